"""Posters for a ward: how to report, with numbers and QR codes, to be printed."""
