"""Names as registers write them, and as people do."""

import re
from collections.abc import Mapping

SMALL_WORDS = frozenset({"and", "at", "by", "de", "in", "le", "of", "on", "the", "to", "under", "upon"})

ABBREVIATIONS: Mapping[str, str] = {
    "ave": "Avenue",
    "cir": "Circus",
    "ctr": "Centre",
    "gdns": "Gardens",
    "ln": "Lane",
    "pk": "Park",
    "rd": "Road",
    "sch": "School",
    "sq": "Square",
    "sta": "Station",
    "sth": "South",
    "stn": "Station",
    "ter": "Terrace",
    "tn": "Town",
}
"""What bus stops shorten; a ``ST`` is a saint before a name and a street after one."""

PLACES: Mapping[str, str] = {
    "bridge": "bridge",
    "estate": "industrial estate",
    "footbridge": "bridge",
    "railway": "railway",
    "rfc": "sports ground",
    "station": "station",
    "villa": "monument",
}
"""Last words of names that are places on a map of streets."""

_HOUSE = re.compile(r"\d|units?\b|flats?\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{3,}")
_ROAD_NUMBER = re.compile(r"[ABM]\d{1,4}")


def is_street(name: str) -> bool:
    """True for the name of a street: neither a house, nor a list of numbers, nor a landmark."""
    if _ROAD_NUMBER.fullmatch(name):
        return True
    return bool(_WORD.search(name)) and not _HOUSE.match(name) and kind_of_place(name) is None


def kind_of_place(name: str) -> str | None:
    """What sort of landmark the name is; None for a street's."""
    words = name.lower().split()
    return PLACES.get(words[-1]) if len(words) > 1 and not _HOUSE.match(name) else None


def nice_case(name: str) -> str:
    """``ST MARK'S ROAD`` as ``St Mark's Road``."""
    words = [_nice_word(word) for word in name.split()]
    return " ".join(
        word.lower() if place and word.lower() in SMALL_WORDS else word for place, word in enumerate(words)
    )


def _nice_word(word: str) -> str:
    return re.sub(r"[A-Za-z][A-Za-z'\u2019]*", _capital, word) if not word[:1].isdigit() else word.lower()


def _capital(found: re.Match[str]) -> str:
    word = found[0]
    if re.fullmatch(r"[OD]['\u2019][A-Za-z]{2,}", word, re.IGNORECASE):
        return word[:2].upper() + word[2:].capitalize()
    return word.capitalize()


def stop_name(name: str) -> str:
    """A bus stop's name as people say it."""
    plain = re.sub(r"\[[^\]]*\]|\bhail\s*(?:&|and)\s*ride\b|\.? R$", " ", name, flags=re.IGNORECASE)
    sides = (" ".join(_spelt_out(side.split())) for side in plain.split("/"))
    return " / ".join(side for side in sides if side)


def _spelt_out(words: list[str]) -> list[str]:
    spelt = [ABBREVIATIONS.get(word.lower().rstrip("."), word) for word in words]
    if len(spelt) > 1 and spelt[-1].lower().rstrip(".") == "st":
        spelt[-1] = "Street"
    return nice_case(" ".join(spelt)).split()
