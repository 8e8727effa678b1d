"""Reads a text into evidence: names, house numbers and postcodes with where they may be."""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from casework.places import PlaceKind
from geo.clouds import Cloud, Frame, beside, disc, exact
from geo.evidence import (
    POSTCODE_M,
    SCORES,
    VAGUE_SCORE,
    Evidence,
    Option,
    Relation,
    address_cloud,
    entry_cloud,
    importance,
    is_aside,
    junction,
    relation,
    stretch,
)
from geo.gazetteer import Entry, Gazetteer
from geo.localities import Localities
from geo.mentions import Mention, NameReader, Sense
from geo.numbers import HouseNumber, house_numbers
from geo.postcodes import WrittenPostcode, district, postcodes_in, sector
from geo.text import Token, tokens

MOST_EVIDENCE = 8
KNOWN_NUMBER = 4.0
"""A street that has the house number said outweighs its namesakes so many times."""

BETWEEN_SHARE = 0.3
"""The ends of a stretch of another street matter less by themselves."""

POINTS_OF_A_LINE = 5
BESIDE_M, BESIDE_FLOOR = 15.0, 0.05
"""A house is so near its street, where enough of the street is known, metres and the rest's part."""

JUNCTION_SHARE = 0.3
"""Of two streets that meet, all but the junction."""

CACHED_CLOUDS = 6_000


@dataclass(slots=True)
class Said:
    """What a text says of the place; ``unknown`` is a street that no gazetteer has."""

    evidence: list[Evidence] = field(default_factory=list)
    importances: list[float] = field(default_factory=list)
    relations: dict[tuple[int, int], Relation] = field(default_factory=dict)
    phrase: str = ""
    unknown: str = ""
    unknown_first: bool = False


class PlaceReader:
    """Reads texts against the gazetteers of all packs."""

    def __init__(self, gazetteers: Sequence[Gazetteer], localities: Localities, frame: Frame) -> None:
        self._gazetteers = tuple(gazetteers)
        self._localities = localities
        self._frame = frame
        self._names = NameReader(gazetteers, localities.keys)
        self._clouds: OrderedDict[object, Cloud] = OrderedDict()

    def read(self, text: str, answer: bool) -> Said:
        """All evidence of a text, in the order of its words."""
        words = tokens(text)
        postcodes = [p for p in map(self._postcode, postcodes_in(text)) if p]
        mentions = self._names.read(text, words, answer)
        known = [m for m in mentions if m.senses or m.kind is PlaceKind.AREA]
        unknown = [m for m in mentions if not m.senses and m.kind is not PlaceKind.AREA]
        streets = [m for m in known if m.kind is PlaceKind.STREET]
        numbers = house_numbers(text, words, [(m.first, m.last) for m in streets])
        by_street = dict(zip((m.first for m in streets), numbers, strict=True))
        placed = [(m.first, self._evidence(words, m, by_street.get(m.first, ()))) for m in known]
        placed += [(_word_at(words, start), e) for start, e in postcodes]
        placed = _chosen(placed)
        said = Said([e for _, e in placed], unknown=unknown[0].phrase if unknown else "")
        said.importances = [importance(words, first, n) for n, (first, _) in enumerate(placed)]
        said.relations = _relations(text, words, known, said.evidence)
        for (a, b), tie in said.relations.items():
            if tie is Relation.BETWEEN and len(said.evidence) > 2:
                said.importances[a] *= BETWEEN_SHARE
                said.importances[b] *= BETWEEN_SHARE
        said.phrase = _phrase(text, said, unknown)
        _add_junctions(said)
        said.unknown_first = bool(unknown and placed and unknown[0].first < placed[0][0])
        return said

    def _evidence(
        self, words: Sequence[Token], mention: Mention, numbers: tuple[HouseNumber, ...]
    ) -> Evidence:
        if mention.kind is PlaceKind.AREA:
            cloud = self._localities.cloud(mention.key)
            name = self._localities.names[mention.key]
            return _single(mention, Option(cloud, 1.0, name, "", PlaceKind.AREA))
        street = mention.kind is PlaceKind.STREET
        wide = stretch(words, mention, numbers) if street else 1.0
        aside = street and not numbers and is_aside(words, mention)
        shape = (wide, aside)
        options = _rescaled([self._option(sense, mention.kind, numbers, shape) for sense in mention.senses])
        located = any(o.located for o in options)
        kind = PlaceKind.ADDRESS if numbers else mention.kind
        score = SCORES[kind] if located or not numbers else 2 * SCORES[PlaceKind.STREET]
        return Evidence(mention.first, mention.last, kind, mention.trust, score, mention.phrase, options)

    def _option(
        self, sense: Sense, kind: PlaceKind, numbers: tuple[HouseNumber, ...], shape: tuple[float, bool]
    ) -> Option:
        entry, gazetteer = sense.entry, sense.gazetteer
        option = Option(
            self._entry_cloud(gazetteer, entry, shape), sense.weight, entry.name, entry.locality, kind, entry
        )
        if not numbers:
            return option
        option = replace(option, kind=PlaceKind.ADDRESS, numbers=numbers)
        known = gazetteer.numbered(entry)
        found = address_cloud(self._frame, known, numbers[0]) if known else None
        if found is None:
            return option
        cloud, listed = found
        if len(entry.points) >= POINTS_OF_A_LINE:
            cloud = beside(cloud, option.cloud, BESIDE_M, BESIDE_FLOOR)
        weight = sense.weight * (KNOWN_NUMBER if listed else 1.0)
        return replace(option, cloud=cloud, weight=weight, located=True)

    def _entry_cloud(self, gazetteer: Gazetteer, entry: Entry, shape: tuple[float, bool]) -> Cloud:
        key_ = (gazetteer.jurisdiction, entry.id, shape)
        return self._cached(key_, lambda: entry_cloud(self._frame, entry, *shape))

    def _postcode(self, written: WrittenPostcode) -> tuple[int, Evidence] | None:
        for gazetteer in self._gazetteers:
            whole = gazetteer.postcode(written.code) if written.whole else None
            if whole:
                cloud = self._cached(written.code, lambda at=whole: disc(self._frame, [at], POSTCODE_M))  # type: ignore[misc]
                return written.start, self._postcode_evidence(written, cloud, written.code, 0.98)
        for part in _parts(written):
            for gazetteer in self._gazetteers:
                if points := gazetteer.postcodes_under(part, 120):
                    cloud = self._cached(part, lambda at=points: exact(self._frame, at))  # type: ignore[misc]
                    return written.start, self._postcode_evidence(written, cloud, part, 0.9)
        return None

    def _postcode_evidence(self, written: WrittenPostcode, cloud: Cloud, name: str, trust: float) -> Evidence:
        whole = name == written.code and written.whole
        kind = PlaceKind.POSTCODE if whole else PlaceKind.AREA
        score = SCORES[kind] if whole else VAGUE_SCORE
        option = Option(cloud, 1.0, name, "", PlaceKind.POSTCODE)
        return Evidence(-1, -1, kind, trust, score, written.code, (option,))

    def _cached(self, key_: object, make: Callable[[], Cloud]) -> Cloud:
        """A cloud made before, so that its wards need not be looked up again."""
        cloud = self._clouds.get(key_)
        if cloud is None:
            cloud = self._clouds[key_] = make()
            if len(self._clouds) > CACHED_CLOUDS:
                self._clouds.popitem(last=False)
        return cloud


def _parts(written: WrittenPostcode) -> list[str]:
    """The sector and the district to try where a postcode is unknown or not whole."""
    parts = [sector(written.code)] if written.whole else [written.code]
    return [*parts, district(written.code)] if " " in parts[0] else parts


def _single(mention: Mention, option: Option) -> Evidence:
    return Evidence(
        mention.first,
        mention.last,
        mention.kind,
        mention.trust,
        SCORES[mention.kind],
        mention.phrase,
        (option,),
    )


def _rescaled(options: Sequence[Option]) -> tuple[Option, ...]:
    total = sum(o.weight for o in options)
    return tuple(replace(o, weight=o.weight / total) for o in options)


def _word_at(words: Sequence[Token], start: int) -> int:
    return next((i for i, w in enumerate(words) if w.start >= start), len(words))


def _chosen(placed: list[tuple[int, Evidence]]) -> list[tuple[int, Evidence]]:
    """The pieces to be weighed, in order: a name said twice counts once, and the first ones win."""
    seen: set[tuple[object, ...]] = set()
    kept: list[tuple[int, Evidence]] = []
    strongest = sorted(placed, key=lambda p: (-p[1].score, -p[1].trust, p[0]))
    for first, piece in strongest:
        same = tuple(sorted((o.name, o.locality, o.entry.id if o.entry else 0) for o in piece.options))
        if same not in seen:
            seen.add(same)
            kept.append((first, piece))
    return sorted(kept[:MOST_EVIDENCE], key=lambda p: p[0])


def _relations(
    text: str, words: Sequence[Token], mentions: Sequence[Mention], evidence: Sequence[Evidence]
) -> dict[tuple[int, int], Relation]:
    """The ties between neighbouring names; repeated names keep the closest tie of all their mentions."""
    by_name: dict[str, int] = {}
    for n, piece in enumerate(evidence):
        for option in piece.options:
            by_name.setdefault(option.name, n)
    found: dict[tuple[int, int], Relation] = {}
    named = [m for m in mentions if m.senses]
    for one, two in pairwise(named):
        tie = relation(text, words, one, two)
        a, b = by_name.get(one.senses[0].entry.name), by_name.get(two.senses[0].entry.name)
        if tie is not Relation.PLAIN and a is not None and b is not None and a != b:
            pair = (min(a, b), max(a, b))
            found[pair] = max(found.get(pair, tie), tie, key=_closeness)
    _add_stretches(found, len(evidence))
    return found


def _closeness(tie: Relation) -> int:
    return tuple(Relation).index(tie)


def _add_stretches(found: dict[tuple[int, int], Relation], count: int) -> None:
    """Tie the street next to "between A and B" to A and to B."""
    for a, b in [pair for pair, tie in found.items() if tie is Relation.BETWEEN]:
        street = a - 1 if a > 0 else b + 1
        if street < count:
            for end in (a, b):
                found[min(end, street), max(end, street)] = Relation.STRETCH


def _add_junctions(said: Said) -> None:
    """A piece of evidence for each two streets that meet; the streets themselves matter less then."""
    for (a, b), tie in list(said.relations.items()):
        if tie is Relation.JUNCTION and (piece := junction(said.evidence[a], said.evidence[b])):
            said.evidence.append(piece)
            said.importances.append(max(said.importances[a], said.importances[b]))
            said.importances[a] *= JUNCTION_SHARE
            said.importances[b] *= JUNCTION_SHARE


def _phrase(text: str, said: Said, unknown: Sequence[Mention]) -> str:
    """The part of the text that names the place, as written."""
    phrases = [e.phrase for e in said.evidence if e.kind is not PlaceKind.AREA] or [u.phrase for u in unknown]
    phrases = phrases or [e.phrase for e in said.evidence]
    joined = ", ".join(dict.fromkeys(re.sub(r"\s+", " ", p).strip() for p in phrases[:3]))
    return joined[:120]
