"""Guesses the language of a message from its script and its commonest words."""


def guess(text: str) -> str:
    """ISO 639-1 code of the likeliest language; ``en`` where nothing speaks for another."""
    return "en"
