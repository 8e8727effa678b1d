"""Every report has one route: no two are equally exact, and no place has none."""

from datetime import date
from itertools import combinations

from casework.packs import Route
from config.faults import Faults, excused, listed
from config.ground import overlap, uncovered
from config.parts import Parts, span_of
from config.spans import Span, days_ahead, from_day, later
from config.wards import Map


def check_routes(parts: Parts, ground: Map, today: date, faults: Faults) -> None:
    """Say which routes compete, and which categories have none somewhere."""
    _check_equal_routes(parts, ground, faults)
    _check_places_without_route(parts, ground, today, faults)


def _check_equal_routes(parts: Parts, ground: Map, faults: Faults) -> None:
    """Say which two routes would be taken for the same report."""
    said: dict[tuple[int, int], list[str]] = {}
    routes = list(enumerate(parts.routes.entries))
    for category in sorted({code for route in parts.routes.values for code in route.categories}):
        fitting = [(number, route.value) for number, route in routes if category in route.value.categories]
        for (one, first), (other, second) in combinations(fitting, 2):
            if _equal(first, second) and _meet(first, second, ground):
                said.setdefault((one, other), []).append(category)
    for (one, other), categories in said.items():
        entry, earlier = parts.routes.entries[other], parts.routes.entries[one]
        day = span_of(entry.value).common(span_of(earlier.value))
        faults.error(
            entry.file,
            entry.line,
            f"this route and the one on line {earlier.line} are equally exact for {listed(categories)}"
            f"{from_day(day.start if day else None)}; take one out, or give one an area or dates",
        )


def _equal(first: Route, second: Route) -> bool:
    same_kind = bool(first.areas) == bool(second.areas)
    return same_kind and first.landlord == second.landlord


def _meet(first: Route, second: Route, ground: Map) -> bool:
    """True if there is a day and a place for both."""
    days = span_of(first).common(span_of(second))
    if not days:
        return False
    if not first.areas or first.areas & second.areas:
        return True
    theirs = list(ground.named(second.areas, days))
    return any(
        span.common(other_span) and overlap(shape, other)
        for _, shape, span in ground.named(first.areas, days)
        for _, other, other_span in theirs
    )


def _check_places_without_route(parts: Parts, ground: Map, today: date, faults: Faults) -> None:
    if not parts.routes.whole or not parts.areas.whole:
        return
    spans = [*map(span_of, parts.routes.values), *(span_of(ward.value) for ward, _ in ground.wards())]
    days = days_ahead(today, spans)
    told = parts.routes.faulty | _categories_of_lost_routes(parts)
    for category in parts.categories.entries:
        code = category.value.code
        routes = [route for route in parts.routes.values if code in route.categories]
        bare = next(((day, names) for day in days if (names := _unserved(routes, ground, parts, day))), None)
        if bare and code not in told:
            faults.error(
                category.file,
                category.at("code"),
                f"the category '{code}' has no route in {listed(bare[1])}{later(bare[0], today)}; "
                "add a [[route]] to routes.toml",
            )


def _categories_of_lost_routes(parts: Parts) -> frozenset[str]:
    """The categories that have no route only because a code in theirs is misspelt."""
    areas = {area.code for area in parts.areas.values}
    bodies = {body.code for body in parts.bodies.values}
    known = frozenset(category.code for category in parts.categories.values)
    named = {code for route in parts.routes.values for code in route.categories}
    astray = (r for r in parts.routes.values if r.areas - areas or {r.landlord} - bodies - {None})
    return excused(named, known) | {code for route in astray for code in route.categories}


def _unserved(routes: list[Route], ground: Map, parts: Parts, day: date) -> list[str]:
    """The names of the wards of which a part has no route on that day."""
    open_to_all = [route for route in routes if route.in_force(day) and route.landlord is None]
    if any(not route.areas for route in open_to_all):
        return []
    named = frozenset(code for route in open_to_all for code in route.areas)
    wards = [(ward.value, shape) for ward, shape in ground.wards() if ward.value.in_force(day)]
    if not wards or named & parts.areas.faulty:
        return ["any place"] if not wards and not open_to_all else []
    cover = [shape for area, shape, _ in ground.named(named, Span()) if area.in_force(day)]
    return [ward.name for ward, shape in wards if ward.code not in named and uncovered(shape, cover)]
