"""Reads a message: category, urgency, language, what must not be published."""
