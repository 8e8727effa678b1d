"""Rows of open data, one by one."""
