"""What an importer says of a row that it does not take."""


class Refused(ValueError):
    """What is wrong with a row, in an officer's words: the rest of "line 12: …"."""


class NoPlace(Exception):
    """The row is right, but about nothing that has a place: it is passed over without a word."""
