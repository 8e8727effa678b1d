"""Turns what a resident wrote, marked or photographed into places with probabilities."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casework.packs import Pack
from casework.places import (
    AreaKind,
    PlaceCandidate,
    PlaceDecision,
    PlaceKind,
    PlaceReading,
    Point,
    distance_m,
)
from geo.areas import AreaIndex
from geo.calibration import Calibration, by_ward, calibrated, shipped
from geo.candidates import Candidates
from geo.clouds import Cloud, Frame
from geo.coordinates import WrittenPoint, points_in, three_words, usable
from geo.gazetteer import Gazetteer
from geo.localities import Localities
from geo.reader import PlaceReader, Said
from geo.text import LONGEST
from geo.weighing import OUTSIDE, weigh

if TYPE_CHECKING:
    from geo.geocoders import Geocoder

PRECISE_M = 150.0
FAR_M = 300.0
"""Words that are precise and so far from a pin are worth a question, metres."""

PIN_M, PHOTO_M = 25.0, 40.0
PIN_SHARE, PHOTO_SHARE = 0.6, 0.4
"""How likely a pin and a photo are right where precise words say otherwise: photos travel."""

TOO_WIDE_M = 400.0
"""Coordinates vaguer than this are a question, metres."""

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
    ) -> None:
        self._areas = areas
        self._geocoder = geocoder
        self._calibration = calibration or shipped()
        self._epochs = sorted(
            {d for p in packs for a in p.areas for d in (a.valid_from, a.valid_to) if d is not None}
        )
        wards = areas.areas([AreaKind.WARD])
        self._wards = [(a.code, a.name, areas.jurisdiction_of(a)) for a in wards]
        self._numbers = {a.code: n for n, a in enumerate(wards)}
        self._frame = Frame(_centre(packs, gazetteers))
        localities = Localities(packs, gazetteers, areas, self._frame)
        self._reader = PlaceReader(gazetteers, localities, self._frame)
        self._candidates = Candidates(gazetteers, self._frame, self._wards.__getitem__)

    def find(
        self,
        text: str,
        on: date,
        pin: Point | None = None,
        photo: Point | None = None,
        answer: bool = False,
    ) -> PlaceReading:
        """The place that the words, the pin and the photo's position tell together.

        ``on`` is the day whose wards count; ``answer`` says that the text answers "where is it?".
        Words never raise: what cannot be read is no place.
        """
        text = text[:LONGEST]
        words = self._from_words(text, on, answer)
        for point, width, share in _marked(text, pin, photo):
            return self._with_point(self._mended(point, on), width, share, words, on)
        if not words.candidates and (code := three_words(text)):
            return PlaceReading(phrase=code)
        return words

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

    def _mended(self, point: Point, on: date) -> Point:
        """The point, with its coordinates swapped where only that makes it a place of ours."""
        swapped = Point(point.longitude, point.latitude)
        if self._areas.at(point, on).ward or not usable(swapped):
            return point
        return swapped if self._areas.at(swapped, on).ward else point

    def _with_point(
        self, point: Point, width_m: float, share: float, words: PlaceReading, on: date
    ) -> PlaceReading:
        """A marked point outweighs words, unless they are precise and far away."""
        best = words.best
        apart = distance_m(point, best.point) if best else 0.0
        marked = self._marked_candidate(point, width_m, on)
        if best is None or not _contradicts(best, apart, width_m):
            if best and words.decision is PlaceDecision.ACCEPT and apart <= PRECISE_M + width_m:
                marked = replace(marked, label=best.label)
            decision = PlaceDecision.ACCEPT if width_m <= TOO_WIDE_M else PlaceDecision.ASK
            return PlaceReading((marked,), decision, words.phrase)
        pair = [replace(marked, probability=share), replace(best, probability=round(0.95 - share, 2))]
        same = marked.ward == best.ward and marked.ward is not None
        pair.sort(key=lambda c: -c.probability)
        return PlaceReading(tuple(pair), PlaceDecision.ACCEPT if same else PlaceDecision.ASK, words.phrase)

    def _marked_candidate(self, point: Point, width_m: float, on: date) -> PlaceCandidate:
        areas = self._areas.at(point, on)
        beside = self._candidates.street_near(point)
        return PlaceCandidate(
            latitude=round(point.latitude, 6),
            longitude=round(point.longitude, 6),
            probability=0.98 if width_m <= TOO_WIDE_M else 0.8,
            label=f"near {beside.name}" if beside else "the place on the map",
            ward=areas.ward.code if areas.ward else None,
            kind=PlaceKind.COORDINATES,
            uncertainty_m=round(width_m),
            jurisdiction=areas.jurisdiction,
        )


def _marked(text: str, pin: Point | None, photo: Point | None) -> list[tuple[Point, float, float]]:
    """What marks a point, best first: its uncertainty in metres and its share against other words."""
    written: list[WrittenPoint] = points_in(text)
    found = [(pin, PIN_M, PIN_SHARE)] if pin else []
    found += [(w.point, max(PIN_M, w.precision_m), PIN_SHARE) for w in written]
    found += [(photo, PHOTO_M, PHOTO_SHARE)] if photo else []
    return [(point, width, share) for point, width, share in found if usable(point)]


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
