"""Codes: each is given once, and whatever names one names one that there is."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from casework.packs import COUNCILLORS, Category, ExcludedMatter, Standard
from casework.places import AreaKind
from config.entries import Placed
from config.faults import Faults, did_you_mean
from config.parts import Parts, span_of
from config.spans import Span

T = TypeVar("T")

REPRESENTED = (AreaKind.WARD, AreaKind.DIVISION, AreaKind.PARISH)
"""The areas that have councillors."""

SERVED = tuple(kind for kind in AreaKind if kind is not AreaKind.NEIGHBOUR)
"""The areas that the pack itself speaks of."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that may be named; nothing is said where one of their files could not be read."""

    noun: str
    known: frozenset[str]
    faulty: frozenset[str]
    whole: bool

    def lacks(self, code: str) -> bool:
        """True if there is surely no such code."""
        return self.whole and code not in self.known and code not in self.faulty


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in a file that names a code."""

    file: str
    line: int
    code: str
    target: Codes


def check_codes(parts: Parts, faults: Faults) -> None:
    """Say which codes are given twice, and which are named but do not exist."""
    _say_doubles(parts, faults)
    named = (_of_routes, _of_standards, _of_people, _of_bodies, _of_committees)
    for naming in (naming for of in named for naming in of(parts)):
        if naming.target.lacks(naming.code):
            _say_unknown(naming, faults)
    _say_idle_landlords(parts, faults)


def _say_unknown(naming: Naming, faults: Faults) -> None:
    target = naming.target
    hint = did_you_mean(naming.code, target.known) or "; correct it or add it"
    faults.error(naming.file, naming.line, f"there is no {target.noun} '{naming.code}'{hint}")


def _of_routes(parts: Parts) -> Iterator[Naming]:
    routes = parts.routes.entries
    yield from _naming(routes, "category", lambda route: route.categories, _categories(parts))
    yield from _naming(routes, "service", lambda route: (route.service,), _services(parts))
    yield from _naming(routes, "area", lambda route: route.areas, _areas(parts, SERVED))
    yield from _naming(routes, "landlord", lambda route: _some(route.landlord), _bodies(parts))


def _of_categories(parts: Parts) -> Iterator[Naming]:
    entries = parts.categories.entries
    yield from _naming(entries, "kin", lambda category: category.kin, _categories(parts))


def _of_standards(parts: Parts) -> Iterator[Naming]:
    standards = parts.standards.entries
    yield from _naming(standards, "category", lambda standard: (standard.category,), _categories(parts))
    yield from _naming(standards, "area", lambda standard: _some(standard.area), _areas(parts, SERVED))


def _of_people(parts: Parts) -> Iterator[Naming]:
    wards = _areas(parts, REPRESENTED, "ward")
    yield from _naming(parts.councillors.entries, "ward", lambda member: (member.ward,), wards)
    yield from _naming(parts.staff.entries, "areas", lambda member: member.areas, _areas(parts, SERVED))


def _of_bodies(parts: Parts) -> Iterator[Naming]:
    yield from _naming(parts.bodies.entries, "areas", lambda body: body.areas, _areas(parts, SERVED))
    yield from _naming(parts.areas.entries, "landlord", lambda area: _some(area.landlord), _bodies(parts))


def _of_committees(parts: Parts) -> Iterator[Naming]:
    placed = parts.escalation
    for track, committee in placed.value.committees.items():
        for key, codes, target in (
            ("copy_to", committee.copy_to, _services(parts)),
            ("exempt", sorted(committee.exempt), _bodies(parts)),
        ):
            for code in codes:
                yield Naming(placed.file, placed.at(track, key), code, target)


def _naming(
    entries: Iterable[Placed[T]], key: str, codes_in: Callable[[T], Iterable[str]], target: Codes
) -> Iterator[Naming]:
    for entry in entries:
        for code in codes_in(entry.value):
            yield Naming(entry.file, entry.at(key, code), code, target)


def _some(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def _categories(parts: Parts) -> Codes:
    listing = parts.categories
    return Codes("category", frozenset(c.code for c in listing.values), listing.faulty, listing.whole)


def _bodies(parts: Parts) -> Codes:
    listing = parts.bodies
    return Codes("body", frozenset(body.code for body in listing.values), listing.faulty, listing.whole)


def _services(parts: Parts) -> Codes:
    listing = parts.services
    known = frozenset(service.code for service in listing.values) | {COUNCILLORS}
    return Codes("service", known, listing.faulty, listing.whole)


def _areas(parts: Parts, kinds: tuple[AreaKind, ...], noun: str = "area") -> Codes:
    listing = parts.areas
    known = frozenset(area.code for area in listing.values if area.kind in kinds)
    return Codes(noun, known, listing.faulty, listing.whole)


def _say_doubles(parts: Parts, faults: Faults) -> None:
    matters: tuple[Placed[Category | ExcludedMatter], ...] = (
        *parts.categories.entries,
        *parts.excluded.entries,
    )
    _say_double(matters, "category", lambda matter: matter.code, faults)
    _say_double(parts.bodies.entries, "body", lambda body: body.code, faults)
    _say_double(parts.services.entries, "service", lambda service: service.code, faults)
    _say_double(parts.emergencies.entries, "danger", lambda advice: advice.danger.value, faults)
    _say_double(parts.areas.entries, "area", lambda area: area.code, faults, span_of)
    _say_double(parts.councillors.entries, "councillor", lambda member: member.id, faults, span_of)
    _say_double(parts.staff.entries, "member of staff", lambda member: member.id, faults, span_of)
    _say_double(parts.standards.entries, "standard", _standard_key, faults, span_of)
    _say_double(parts.reasons.entries, "reason", lambda reason: reason.code, faults)


def _standard_key(standard: Standard) -> str:
    return standard.category if standard.area is None else f"{standard.category} in {standard.area}"


def _always(_: object) -> Span:
    return Span()


def _say_double(
    entries: Iterable[Placed[T]],
    noun: str,
    key_of: Callable[[T], str],
    faults: Faults,
    span: Callable[[T], Span] = _always,
) -> None:
    """Say which later entries have the key of an earlier one on the same day."""
    earlier: dict[Hashable, list[Placed[T]]] = {}
    for entry in entries:
        same = earlier.setdefault(key_of(entry.value), [])
        first = next((other for other in same if span(other.value).common(span(entry.value))), None)
        if first:
            where = f"line {first.line}" if first.file == entry.file else f"line {first.line} of {first.file}"
            again = f"the {noun} '{key_of(entry.value)}' is already on {where}"
            faults.error(entry.file, entry.line, f"{again}; take one out, or change its code or its dates")
        same.append(entry)


def _say_idle_landlords(parts: Parts, faults: Faults) -> None:
    """Warn of routes for a landlord that has no estate."""
    owners = {area.landlord for area in parts.areas.values} | parts.areas.faulty
    bodies = {body.code for body in parts.bodies.values}
    for route in parts.routes.entries if parts.areas.whole else ():
        landlord = route.value.landlord
        if landlord in bodies - owners:
            faults.warning(
                route.file,
                route.at("landlord"),
                f"no estate has the landlord '{landlord}', so this route is never taken; "
                "add the estates to areas/estates.geojson",
            )
