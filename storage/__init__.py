"""Keeps it: tables, repositories, inbox and outbox, photos, migrations."""
