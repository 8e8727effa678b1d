"""Turns what a resident wrote, marked or photographed into places with probabilities."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casework.packs import Pack
from casework.places import (
    AreaKind,
    Marker,
    PlaceCandidate,
    PlaceDecision,
    PlaceKind,
    PlaceReading,
    Point,
    Unresolved,
    distance_m,
)
from geo.areas import AreaIndex
from geo.calibration import Calibration, by_ward, calibrated, shipped
from geo.candidates import Candidates
from geo.clouds import Cloud, Frame
from geo.coordinates import WrittenPoint, points_in, shortened_link, three_words, usable
from geo.gazetteer import Gazetteer
from geo.homes import speaks_of_home
from geo.localities import Localities
from geo.reader import PlaceReader, Said
from geo.text import LONGEST
from geo.weighing import OUTSIDE, weigh

if TYPE_CHECKING:
    from geo.geocoders import Geocoder
    from geo.three_words import ThreeWords

PRECISE_M = 150.0
FAR_M = 300.0
"""Words that are precise and so far from a pin are worth a question, metres."""

PIN_M, PHOTO_M = 25.0, 40.0
PIN_SHARE, PHOTO_SHARE = 0.6, 0.4
"""How likely a pin and a photo are right where precise words say otherwise: photos travel."""

TOO_WIDE_M = 400.0
"""Coordinates vaguer than this are a question, metres."""

NO_POINT_M = 1_500.0
"""A pin wider than this is no point, metres."""

FAR_OUTSIDE_M = 40_000.0
"""Nobody reports from so far away, unless they mean it, metres."""

FRESH_DAYS, OLD_SHARE = 14, 0.3
"""A photo taken longer ago may be of another place."""

NO_PLACE_M = 1_600.0
"""A town alone is not a place yet, metres."""

UNKNOWN_STREET_DOUBT = 0.96
GEOCODER_REACH = 0.2
"""Half the height of the box that a geocoder may search, degrees."""

GEOCODED_M, GEOCODED_SHARE = 200.0, 0.7
_VAGUE = frozenset({PlaceKind.AREA})


class Finder:
    """Finds places for all packs of a deployment. Safe for many threads."""

    def __init__(
        self,
        packs: Sequence[Pack],
        gazetteers: Sequence[Gazetteer],
        areas: AreaIndex,
        geocoder: "Geocoder | None" = None,
        calibration: Calibration | None = None,
        three_words: "ThreeWords | None" = None,
    ) -> None:
        self._areas = areas
        self._geocoder = geocoder
        self._calibration = calibration or shipped()
        self._three_words = three_words
        self._epochs = sorted(
            {d for p in packs for a in p.areas for d in (a.valid_from, a.valid_to) if d is not None}
        )
        wards = areas.areas([AreaKind.WARD])
        self._wards = [(a.code, a.name, areas.jurisdiction_of(a)) for a in wards]
        self._numbers = {a.code: n for n, a in enumerate(wards)}
        self._centres = tuple(g.centre for g in gazetteers if g.centre)
        self._frame = Frame(_centre(packs, gazetteers))
        localities = Localities(packs, gazetteers, areas, self._frame)
        self._reader = PlaceReader(gazetteers, localities, self._frame)
        self._candidates = Candidates(gazetteers, self._frame, self._wards.__getitem__)

    def find(
        self,
        text: str,
        on: date,
        pin: Marker | Point | None = None,
        photo: Marker | Point | None = None,
        answer: bool = False,
    ) -> PlaceReading:
        """The place that the words, the pin and the photo's position tell together.

        ``on`` is the day whose wards count; ``answer`` says that the text answers "where is it?".
        Words never raise: what cannot be read is no place.
        """
        text = text[:LONGEST]
        words = self._from_words(text, on, answer)
        for mark in self._marked(text, _marker(pin), _marker(photo), on):
            return self._with_mark(mark, words, on)
        if code := three_words(text):
            return self._with_three_words(code, words, on)
        if words.candidates:
            return words
        why = (
            Unresolved.MAP_LINK if shortened_link(text) else Unresolved.HOME if speaks_of_home(text) else None
        )
        return replace(words, unresolved=why)

    def _with_three_words(self, code: str, words: PlaceReading, on: date) -> PlaceReading:
        """Their owner's service tells the place, where we may ask it; else the other words do."""
        point = self._three_words.point(code) if self._three_words else None
        if point and usable(point):
            return self._with_mark(_Mark(*self._mended(point, on), PIN_M, PIN_SHARE), words, on)
        return words if words.candidates else PlaceReading((), words.decision, code, Unresolved.THREE_WORDS)

    def _marked(self, text: str, pin: Marker | None, photo: Marker | None, on: date) -> "Iterator[_Mark]":
        """What marks a point, best first."""
        if pin and usable(pin.point):
            yield _Mark(*self._mended(pin.point, on), max(PIN_M, pin.accuracy_m), PIN_SHARE)
        for written in self._written(text, on):
            yield _Mark(*self._mended(written.point, on), max(PIN_M, written.precision_m), PIN_SHARE)
        if photo and usable(photo.point):
            fresh = photo.taken is None or abs((on - photo.taken).days) <= FRESH_DAYS
            width = max(PHOTO_M, photo.accuracy_m)
            yield _Mark(self._mended(photo.point, on)[0], fresh, width, PHOTO_SHARE if fresh else OLD_SHARE)

    def _written(self, text: str, on: date) -> Sequence[WrittenPoint]:
        """Coordinates in the text; a short Plus Code is near the pack in whose ward it then is."""
        found: Sequence[WrittenPoint] = ()
        for centre in self._centres or (self._frame.centre,):
            here = points_in(text, (centre,))
            if here and self._areas.at(here[0].point, on).ward:
                return here
            found = found or here
        return found

    def unknown_street(self, text: str) -> str:
        """The one street that a text names and no gazetteer has, as people write it; "" for none."""
        said = self._reader.read(text[:LONGEST], False)
        return " ".join(said.unknown.split()) if said.unknown and not said.evidence else ""

    def _from_words(self, text: str, on: date, answer: bool) -> PlaceReading:
        said = self._reader.read(text, answer)
        if not said.evidence:
            return self._geocoded(said.phrase or said.unknown, on)
        if _is_too_wide(said):
            return PlaceReading(phrase=said.phrase)
        groups = weigh(said.evidence, said.importances, said.relations, lambda cloud: self._codes(cloud, on))
        doubt = UNKNOWN_STREET_DOUBT if said.unknown_first else 1.0
        weighed = self._candidates.of(said, groups, doubt)
        candidates = calibrated(weighed, self._calibration.power)
        return PlaceReading(candidates, _decision(candidates, said, self._calibration.sure), said.phrase)

    def _geocoded(self, phrase: str, on: date) -> PlaceReading:
        """What a geocoder makes of a street that no gazetteer has: always a question."""
        if self._geocoder is None or not phrase:
            return PlaceReading(phrase=phrase)
        found = self._geocoder.locate(phrase, self._frame.centre, GEOCODER_REACH)
        if found is None:
            return PlaceReading(phrase=phrase)
        marked = self._marked_candidate(found.point, GEOCODED_M, on)
        candidate = replace(marked, label=phrase, kind=PlaceKind.STREET, probability=GEOCODED_SHARE)
        return PlaceReading((candidate,), PlaceDecision.ASK, phrase)

    def _codes(self, cloud: Cloud, on: date) -> NDArray[np.int64]:
        """The numbers of the wards that hold the cloud's samples that day."""
        epoch = bisect_right(self._epochs, on)
        found = cloud.codes.get(epoch)
        if found is None:
            wards = self._areas.wards_at(*self._frame.degrees(cloud.xs, cloud.ys), on)
            found = np.array([self._numbers[w.code] if w else OUTSIDE for w in wards], dtype=np.int64)
            cloud.codes[epoch] = found
        return found

    def _mended(self, point: Point, on: date) -> tuple[Point, bool]:
        """The point, and whether it is sure: mended where only that makes it a place of ours.

        Swapped coordinates are sure; a lost minus sign and a point far from every pack are asked about.
        """
        if self._areas.at(point, on).ward:
            return point, True
        swapped = Point(point.longitude, point.latitude)
        for other, sure in ((swapped, True), (_mirrored(point), False), (_mirrored(swapped), False)):
            if usable(other) and self._areas.at(other, on).ward:
                return other, sure
        return point, self._away_m(point) <= FAR_OUTSIDE_M

    def _away_m(self, point: Point) -> float:
        """From the nearest pack's middle, metres; 0 where no pack has one."""
        return min((distance_m(point, centre) for centre in self._centres), default=0.0)

    def _with_mark(self, mark: "_Mark", words: PlaceReading, on: date) -> PlaceReading:
        """A marked point outweighs words, unless they are precise and far away, or it is vague."""
        best = words.best
        if mark.width_m > NO_POINT_M:
            return self._with_circle(mark, words)
        marked = self._marked_candidate(mark.point, mark.width_m, on)
        apart = distance_m(mark.point, best.point) if best else 0.0
        if best and not mark.sure:
            return words
        if best is None or not _contradicts(best, apart, mark.width_m):
            if best and words.decision is PlaceDecision.ACCEPT and apart <= PRECISE_M + mark.width_m:
                marked = replace(marked, label=best.label)
            sure = mark.sure and mark.width_m <= TOO_WIDE_M
            decision = PlaceDecision.ACCEPT if sure else PlaceDecision.ASK
            probability = marked.probability if sure else min(marked.probability, mark.share)
            return PlaceReading((replace(marked, probability=probability),), decision, words.phrase)
        pair = [
            replace(marked, probability=mark.share),
            replace(best, probability=round(0.95 - mark.share, 2)),
        ]
        same = marked.ward == best.ward and marked.ward is not None
        pair.sort(key=lambda c: -c.probability)
        return PlaceReading(tuple(pair), PlaceDecision.ACCEPT if same else PlaceDecision.ASK, words.phrase)

    def _with_circle(self, mark: "_Mark", words: PlaceReading) -> PlaceReading:
        """A pin kilometres wide tells which of several namesakes is meant, and no more."""
        reach = mark.width_m + FAR_M
        inside = [c for c in words.candidates if distance_m(c.point, mark.point) <= reach + c.uncertainty_m]
        if not words.candidates:
            return PlaceReading(phrase=words.phrase, unresolved=Unresolved.WIDE_PIN)
        if len(inside) == len(words.candidates):
            return words
        kept = tuple(inside) or words.candidates
        return replace(words, candidates=kept, decision=PlaceDecision.ASK)

    def _bare_label(self, point: Point) -> str:
        """What a point with no street beside it is called."""
        away = self._away_m(point)
        return f"a place {away / 1000:.0f} km away" if away > FAR_OUTSIDE_M else "the place on the map"

    def _marked_candidate(self, point: Point, width_m: float, on: date) -> PlaceCandidate:
        areas = self._areas.at(point, on)
        beside = self._candidates.street_near(point)
        return PlaceCandidate(
            latitude=round(point.latitude, 6),
            longitude=round(point.longitude, 6),
            probability=0.98 if width_m <= TOO_WIDE_M else 0.8,
            label=f"near {beside.name}" if beside else self._bare_label(point),
            ward=areas.ward.code if areas.ward else None,
            kind=PlaceKind.COORDINATES,
            uncertainty_m=round(width_m),
            jurisdiction=areas.jurisdiction,
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked point: is it sure, its width in metres, its share against precise words elsewhere."""

    point: Point
    sure: bool
    width_m: float
    share: float


def _marker(given: Marker | Point | None) -> Marker | None:
    return Marker(given) if isinstance(given, Point) else given


def _mirrored(point: Point) -> Point:
    """With the minus sign of a western longitude put back, or taken away."""
    return Point(point.latitude, -point.longitude)


def _is_too_wide(said: Said) -> bool:
    """True if only a town or the like was named."""
    wide = (e.kind is PlaceKind.AREA and e.options[0].kind is PlaceKind.AREA for e in said.evidence)
    return all(wide) and min(e.options[0].cloud.radius_m for e in said.evidence) > NO_PLACE_M


def _contradicts(best: PlaceCandidate, apart_m: float, width_m: float) -> bool:
    precise = best.uncertainty_m <= 2 * PRECISE_M and best.probability >= 0.7 and best.kind not in _VAGUE
    return precise and apart_m > FAR_M + width_m + best.uncertainty_m


def _decision(candidates: Sequence[PlaceCandidate], said: Said, sure: float) -> PlaceDecision:
    """Accept where one ward holds nearly all of the probability."""
    if not candidates:
        return PlaceDecision.NONE
    if all(e.kind is PlaceKind.AREA for e in said.evidence) or candidates[0].kind is PlaceKind.AREA:
        return PlaceDecision.ASK
    ward, probability = max(by_ward(candidates).items(), key=lambda w: w[1])
    precise = {PlaceKind.ADDRESS, PlaceKind.POSTCODE}
    if ward is None and candidates[0].kind not in precise:
        return PlaceDecision.ASK
    return PlaceDecision.ACCEPT if probability >= sure else PlaceDecision.ASK


def _centre(packs: Sequence[Pack], gazetteers: Sequence[Gazetteer]) -> Point:
    """The middle of the gazetteers, or of Great Britain where they are empty."""
    centres = [g.centre for g in gazetteers if g.centre]
    if not centres:
        return Point(53.0, -1.5)
    latitudes, longitudes = [c.latitude for c in centres], [c.longitude for c in centres]
    return Point(sum(latitudes) / len(centres), sum(longitudes) / len(centres))
