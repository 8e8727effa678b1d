"""The front door for browsers."""
