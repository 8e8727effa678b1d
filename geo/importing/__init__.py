"""Readers of the open data that a gazetteer is made from: pure functions from a row to places."""
