"""What each part of a message says about the place: options, each a cloud on the ground."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casework.places import PlaceKind, Point, distance_m
from geo.clouds import Cloud, Frame, along, disc, meeting, pinned
from geo.gazetteer import Entry, Numbered
from geo.indexing import EntryKind
from geo.mentions import Mention, Sense
from geo.numbers import HouseNumber
from geo.text import Token, key, words_of

# Median distance in metres between the known point of a street and a pin on it, by last word.
_STREET_MEDIAN_M = {
    "cl": 25.0,
    "ms": 20.0,
    "ct": 45.0,
    "pl": 50.0,
    "tce": 50.0,
    "gdns": 60.0,
    "cres": 60.0,
    "rise": 60.0,
    "wk": 60.0,
    "dr": 60.0,
    "grove": 65.0,
    "av": 70.0,
    "sq": 60.0,
    "st": 75.0,
    "vale": 80.0,
    "rd": 95.0,
    "gn": 110.0,
    "pk": 110.0,
    "way": 130.0,
    "la": 150.0,
    "hl": 150.0,
}
_STREET_ELSE_M = 95.0
_LONG_STREET_M = 170.0
_LONG_STREETS = re.compile(r"\bhigh (?:st|rd)$|^(?:old |new )?\w+ high rd$|^london rd$|bypass$")
_NUMBERED_ROAD_M = 1_500.0
_NUMBERED_ROAD = re.compile(r"^[abm]\d{1,4}$")
_LARGE = re.compile(r"park|common|estate|heath|field|cemeter|hospital|campus|centre|shopping|golf|lake|wood")
_LANDMARK_M = {EntryKind.STOP: 25.0, EntryKind.BUILDING: 40.0, EntryKind.LANDMARK: 35.0}
_LARGE_LANDMARK_M = 140.0

# Median distances in metres between a house's place and the pins of reports that name it.
EXACT_ADDRESS_M, CENTROID_ADDRESS_M = 15.0, 65.0
BETWEEN_PART, MOST_BETWEEN_M = 0.25, 400.0
AWAY_M, METRES_PER_NUMBER, MOST_NUMBERS_AWAY = 25.0, 5.0, 40
POSTCODE_M = 58.0


class Relation(StrEnum):
    """How a name is tied to the one before it.

    ``BETWEEN`` ties the two ends of a stretch, ``STRETCH`` the street itself to each end.
    """

    PLAIN = "plain"
    NEAR = "near"
    STRETCH = "stretch"
    BETWEEN = "between"
    JUNCTION = "junction"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a mention may mean, with its cloud; weights of a mention's options add up to 1."""

    cloud: Cloud
    weight: float
    name: str
    locality: str
    kind: PlaceKind
    entry: Entry | None = None
    numbers: tuple[HouseNumber, ...] = ()
    located: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention as evidence, by its place among the words; ``score`` is how much it says by itself."""

    first: int
    last: int
    kind: PlaceKind
    trust: float
    score: float
    phrase: str
    options: tuple[Option, ...]


SCORES = {
    PlaceKind.COORDINATES: 40.0,
    PlaceKind.ADDRESS: 6.0,
    PlaceKind.POSTCODE: 5.0,
    PlaceKind.JUNCTION: 5.0,
    PlaceKind.STREET: 1.0,
    PlaceKind.LANDMARK: 0.7,
    PlaceKind.AREA: 0.02,
}
VAGUE_SCORE = 0.03


def street_cloud(frame: Frame, entry: Entry, stretch: float = 1.0, aside: bool = False) -> Cloud:
    """Where on a street, if nothing more is said; ``stretch`` widens one of unknown length.

    ``aside`` says that the place is by the street rather than on it.
    """
    if aside:
        return pinned(frame, entry.points, stretch * street_median_m(entry.name), ASIDE_M)
    if entry.is_line:
        return along(frame, entry.points)
    median_m = stretch * street_median_m(entry.name)
    if len(entry.points) == 1:
        return disc(frame, entry.points, median_m)
    return pinned(frame, entry.points, median_m)


def street_median_m(name: str) -> float:
    """How far pins are from a street's one known point, half of them, metres: by its kind of name."""
    key_ = key(name)
    if _NUMBERED_ROAD.match(key_):
        return _NUMBERED_ROAD_M
    if _LONG_STREETS.search(key_):
        return _LONG_STREET_M
    return _STREET_MEDIAN_M.get(key_.split()[-1], _STREET_ELSE_M)


_ROAD_CLASS = re.compile(r"^[ab](?:\d{1,4})?$")
_AT_AN_END = words_of("roundabout crossroads junction corner end traffic mini")
_ALL_OF_IT = words_of("length whole entire along throughout entirety")
_THROUGH_ROADS = words_of("bus buses station roundabout heading travelling approach approaching holes")
_ASIDE = words_of(
    """
    near nr by opp opposite behind beside next adjacent off close before after past towards toward entrance
    exit entry approach approaching top bottom end from
    """
)
_LINKS = words_of("to the of from with a at")
MOST_STRETCH = 2.0
ASIDE_M = 60.0
"""What is said to be near a street lies so far from its pins, half of the time, metres."""


def is_aside(words: Sequence[Token], mention: Mention) -> bool:
    """True for "just after Long Street", "the entrance to Long Street"."""
    place = mention.first - 1
    while place > 0 and words[place].word in _LINKS:
        place -= 1
    return place >= 0 and words[place].word in _ASIDE


def stretch(words: Sequence[Token], mention: Mention, numbers: Sequence[HouseNumber]) -> float:
    """How much longer than others of its kind a street is, by what is said of it, 1 to ``MOST_STRETCH``.

    A numbered road and one with house numbers above 100 are long; junctions and ends are far
    from a street's middle; buses use long streets. Rounded, so that clouds can be kept.
    """
    around = [w.word for w in words[max(0, mention.first - 4) : mention.first]]
    behind = [w.word for w in words[mention.last : mention.last + 3]]
    value = 1.0
    if any(_ROAD_CLASS.match(w) and w != "a" for w in (around[-2:] + behind[:2])) or _split_class(
        around, behind
    ):
        value *= 1.7
    if _AT_AN_END.intersection(around + behind):
        value *= 1.4
    if _ALL_OF_IT.intersection(around + behind):
        value *= 1.3
    if any(w.word in _THROUGH_ROADS for w in words):
        value *= 1.3
    if numbers and numbers[0].number > 40:
        value *= 1.6 if numbers[0].number > 100 else 1.2
    return min(MOST_STRETCH, round(value * 4) / 4)


def _split_class(around: Sequence[str], behind: Sequence[str]) -> bool:
    """True beside "A 40"."""
    pairs = (around[-2:], behind[:2])
    return any(len(p) == 2 and p[0] in ("a", "b") and p[1].isdigit() for p in pairs)


def entry_cloud(frame: Frame, entry: Entry, stretch_: float = 1.0, aside: bool = False) -> Cloud:
    """Where a named place is."""
    if entry.kind is EntryKind.STREET:
        return street_cloud(frame, entry, stretch_, aside)
    large = entry.kind is EntryKind.LANDMARK and _LARGE.search(entry.name.casefold())
    return disc(frame, entry.points, _LARGE_LANDMARK_M if large else _LANDMARK_M[entry.kind])


def address_cloud(
    frame: Frame, numbered: Sequence[Numbered], wanted: HouseNumber
) -> tuple[Cloud, bool] | None:
    """A house number's cloud, and whether the source has it; None where neighbours do not tell."""
    same = [n for n in numbered if n.number == wanted.number]
    same = [n for n in same if n.letter == wanted.letter] or same
    if same:
        best = max(same, key=lambda n: n.exact)
        return disc(frame, [best.point], EXACT_ADDRESS_M if best.exact else CENTROID_ADDRESS_M), True
    side = [n for n in numbered if n.number % 2 == wanted.number % 2]
    exact = all(n.exact for n in side)
    found = _interpolated(side, wanted.number) or _extrapolated(side or numbered, wanted.number)
    if found is None:
        return None
    point, width_m = found
    return disc(frame, [point], width_m if exact else max(width_m, CENTROID_ADDRESS_M)), False


def _interpolated(side: Sequence[Numbered], wanted: int) -> tuple[Point, float] | None:
    """Between the nearest lower and higher number of the same side, if they are near each other."""
    lower = max((n for n in side if n.number < wanted), key=lambda n: n.number, default=None)
    higher = min((n for n in side if n.number > wanted), key=lambda n: n.number, default=None)
    if lower is None or higher is None:
        return None
    gap = distance_m(lower.point, higher.point)
    if gap > MOST_BETWEEN_M:
        return None
    part = (wanted - lower.number) / (higher.number - lower.number)
    point = Point(
        lower.point.latitude + (higher.point.latitude - lower.point.latitude) * part,
        lower.point.longitude + (higher.point.longitude - lower.point.longitude) * part,
    )
    return point, max(EXACT_ADDRESS_M, BETWEEN_PART * gap)


def _extrapolated(side: Sequence[Numbered], wanted: int) -> tuple[Point, float] | None:
    """At the nearest number, the wider the further the wanted one is from it."""
    near = min(side, key=lambda n: abs(n.number - wanted), default=None)
    away = abs(near.number - wanted) if near else 0
    if near is None or away > MOST_NUMBERS_AWAY:
        return None
    return near.point, AWAY_M + away * METRES_PER_NUMBER


_JUNCTION = words_of("junction jct corner cnr crossroads crossroad crossing intersection")
_MEETS = words_of(
    """
    meets meet meeting joins join joining intersects crosses cross turns turn turning onto junction corner
    into entrance entry exit exits mouth
    """
)
_TURNING = words_of("turn turning turns exit exits exiting enter entering entry entrance leaving")
_NEAR = words_of(
    "near nr by opposite opp behind beside next adjacent outside close off before after past between end"
    " top bottom entrance facing alongside backing round"
)
_TOWARDS = words_of("towards toward to from direction leading heading headed via")
_JOINING = words_of("and with of the a at / in & on end")


def relation(text: str, words: Sequence[Token], one: Mention, two: Mention) -> Relation:
    """How two street or landmark names are tied, by the words between and before them."""
    inner = [w.word for w in words[one.last : two.first]]
    before = [w.word for w in words[max(0, one.first - 4) : one.first]]
    after = [w.word for w in words[two.last : two.last + 2]]
    if len(inner) > 10:
        return Relation.PLAIN
    if _is_end(inner, after) or _is_junction(inner, before, after) or _is_slash(text, words, one, two):
        return Relation.JUNCTION
    if "between" in before and inner == ["and"]:
        return Relation.BETWEEN
    return Relation.NEAR if _NEAR.intersection(inner) else Relation.PLAIN


def _is_junction(inner: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    if _JUNCTION.intersection(inner) or (_MEETS.intersection(inner) and len(inner) <= 4):
        return True
    if _TURNING.intersection(before) and inner in (["from"], ["to"], ["off"]):
        return True
    joined = len(inner) <= 3 and all(word in _JOINING for word in inner)
    return joined and bool(_JUNCTION.intersection(before) or _JUNCTION.intersection(after))


def _is_end(inner: Sequence[str], after: Sequence[str]) -> bool:
    """ "the Hazel Road end of Brook Lane", "Brook Lane, Hazel Road end"."""
    return ("end" in inner and len(inner) <= 4) or (after[:1] == ["end"] and len(inner) <= 3)


def _is_slash(text: str, words: Sequence[Token], one: Mention, two: Mention) -> bool:
    gap = text[words[one.last - 1].end : words[two.first].start]
    return one.last == two.first and bool(re.fullmatch(r"\s*[/\\+]\s*", gap))


def importance(words: Sequence[Token], mention_first: int, order: int) -> float:
    """How likely it is that this mention is where it is, rather than on the way: early ones are."""
    before = {w.word for w in words[max(0, mention_first - 2) : mention_first]}
    value: float = max(0.25, 0.75**order)
    if before & _TOWARDS:
        return value * 0.3
    return value * 0.6 if before & _NEAR and order else value


def junction(first: Evidence, second: Evidence) -> Evidence | None:
    """Where two named streets meet, as evidence of its own; None where they are not known to meet."""
    options = []
    for a in first.options:
        for b in second.options:
            cloud = meeting(a.cloud, b.cloud) if a.entry and b.entry and a.name != b.name else None
            if cloud:
                name = f"the junction of {a.name} and {b.name}"
                options.append(Option(cloud, a.weight * b.weight, name, a.locality, PlaceKind.JUNCTION))
    if not options:
        return None
    total = sum(o.weight for o in options)
    return Evidence(
        first.first,
        second.last,
        PlaceKind.JUNCTION,
        first.trust * second.trust,
        SCORES[PlaceKind.JUNCTION],
        f"{first.phrase}, {second.phrase}",
        tuple(replace(o, weight=o.weight / total) for o in options),
    )


def option_of(frame: Frame, cloud: Cloud, sense: Sense, kind: PlaceKind) -> Option:
    """A sense of a name as an option."""
    return Option(cloud, sense.weight, sense.entry.name, sense.entry.locality, kind, sense.entry)
