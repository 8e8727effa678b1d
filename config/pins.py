"""Where streets are, by the pins of reports: a street has a point wherever somebody stood in it.

Only names of streets and points come out of here, rounded to some ten metres; no resident's words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Row = Mapping[str, str]

LONGEST_NAME = 6
"""Words of the longest name that is looked for in a text."""

DECIMALS = 4
"""Of a degree: about eleven metres."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_HOUSE = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Road:
    """What OpenStreetMap says at a pin: a house number or "", the street, its suburb or town."""

    number: str
    street: str
    locality: str


def earlier(rows: Iterable[Row], share: float) -> list[Row]:
    """The earliest part of reports, by the time they were made."""
    ordered = sorted(rows, key=lambda row: (row["created"], row["id"]))
    return ordered[: round(share * len(ordered))]


def road_of(nearest_road: str) -> Road | None:
    """ "66, Long Street, Hillside, Newtown" read; None where there is no street in it."""
    parts = [part.strip() for part in nearest_road.split(",") if part.strip()]
    number = parts.pop(0) if parts and _HOUSE.fullmatch(parts[0]) else ""
    if not parts or parts[0][0].isdigit():
        return None
    return Road(number, parts[0], parts[1] if len(parts) > 1 else "")


def street_points(rows: Iterable[Row], names: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Locality, latitude and longitude of each pin in a street of these names, each point once.

    A pin is in the street that the map has there, or in the only one that the words name.
    """
    known = {_key(name): name for name in names}
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in rows:
        road = road_of(row["nearest_road"])
        named = known.get(_key(road.street)) if road else only_name(row["text"], known)
        if named:
            point = (_rounded(row["latitude"]), _rounded(row["longitude"]))
            found[named].setdefault(point, road.locality if road else "")
    return {
        name: sorted((locality, *point) for point, locality in points.items())
        for name, points in found.items()
    }


def numbered_points(rows: Iterable[Row]) -> Iterator[tuple[Road, str, str]]:
    """The map's house numbers with the middle of the pins beside them."""
    pins: dict[Road, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        road = road_of(row["nearest_road"])
        if road and road.number:
            pins[road].append((float(row["latitude"]), float(row["longitude"])))
    for road, points in sorted(pins.items(), key=lambda p: (p[0].street, p[0].locality, p[0].number)):
        yield road, _middle(lat for lat, _ in points), _middle(lon for _, lon in points)


def only_name(text: str, known: Mapping[str, str]) -> str | None:
    """The one name of a street in the text; None for none and for several."""
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]
    found = set(_names(words, known))
    return found.pop() if len(found) == 1 else None


def _names(words: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    """The longest names, left to right."""
    first = 0
    while first < len(words):
        for length in range(min(LONGEST_NAME, len(words) - first), 0, -1):
            if name := known.get(" ".join(words[first : first + length])):
                yield name
                first += length
                break
        else:
            first += 1


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name)).lower().replace("\u2019", "'")


def _rounded(degrees: str) -> str:
    return f"{float(degrees):.{DECIMALS}f}"


def _middle(degrees: Iterable[float]) -> str:
    return f"{median(degrees):.5f}"
