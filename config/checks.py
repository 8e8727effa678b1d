"""What a pack promises must hold everywhere and every day: routes, standards, people, wards."""

from datetime import date

from casework.packs import Role
from casework.places import AreaKind
from config.faults import Faults, excused
from config.ground import around, far_points
from config.parts import Parts, span_of
from config.references import check_codes
from config.routes import check_routes
from config.spans import days_ahead, later
from config.wards import Map, check_wards


def check_parts(parts: Parts, today: date, faults: Faults) -> None:
    """Say everything that the files of a pack get wrong together."""
    ground = Map.of(parts)
    check_codes(parts, faults)
    _check_categories(parts, faults)
    _check_people(parts, today, faults)
    _check_council(parts, faults)
    _check_standards(parts, today, faults)
    check_routes(parts, ground, today, faults)
    check_wards(parts, ground, today, faults)
    _check_gazetteer(parts, ground, faults)


def _check_categories(parts: Parts, faults: Faults) -> None:
    for category in parts.categories.entries:
        if not category.value.words and not category.value.examples:
            faults.warning(
                category.file,
                category.line,
                f"the category '{category.value.code}' has neither words nor examples, so no message will be "
                "understood as it; add a few",
            )


def _check_people(parts: Parts, today: date, faults: Faults) -> None:
    staff, councillors = parts.staff, parts.councillors
    triage = any(member.role is Role.TRIAGE and member.in_office(today) for member in staff.values)
    if staff.whole and not triage and Role.TRIAGE not in staff.faulty:
        faults.error(
            "staff.csv",
            1,
            "nobody with the role triage is in office, and unclear reports go there; add somebody",
        )
    wards = frozenset(area.code for area in parts.areas.values)
    served = {member.ward for member in councillors.values if member.in_office(today)}
    served |= councillors.faulty | excused(served, wards)
    for ward in parts.areas.entries if councillors.whole else ():
        area = ward.value
        if area.kind is AreaKind.WARD and area.in_force(today) and area.code not in served:
            faults.warning(
                ward.file,
                ward.line,
                f"the ward '{area.name}' ({area.code}) has no councillor in office; "
                "add one to councillors.csv unless the seats are vacant",
            )


def _check_council(parts: Parts, faults: Faults) -> None:
    """Say where no body is the council itself: nobody would be held to its two months."""
    authority, bodies = parts.authority, parts.bodies
    if authority is None or not bodies.whole or authority.code in bodies.faulty:
        return
    if authority.code not in {body.code for body in bodies.values}:
        faults.warning(
            "bodies.toml",
            1,
            f"no body has the authority's own code '{authority.code}', so no recommendation to the council "
            "would have its two months; give the council's body this code",
        )


def _check_standards(parts: Parts, today: date, faults: Faults) -> None:
    """Say which categories lack a standard that holds everywhere."""
    if not parts.standards.whole:
        return
    named = {standard.category for standard in parts.standards.values}
    told = parts.standards.faulty | excused(named, (category.code for category in parts.categories.values))
    days = days_ahead(today, map(span_of, parts.standards.values))
    for category in parts.categories.entries:
        code = category.value.code
        norms = [norm for norm in parts.standards.values if norm.category == code and norm.area is None]
        bare = next((day for day in days if not any(norm.in_force(day) for norm in norms)), None)
        if bare and code not in told:
            faults.error(
                category.file,
                category.at("code"),
                f"the category '{code}' has no standard{later(bare, today)}; "
                "add a [[standard]] without an area to charter.toml",
            )


def _check_gazetteer(parts: Parts, ground: Map, faults: Faults) -> None:
    shapes = [shape for area, shape in ground.areas if area.value.kind is not AreaKind.NEIGHBOUR]
    if not shapes:
        return
    near = around(shapes)
    for file, points in parts.gazetteer.points.items():
        if far := far_points(points, ground.ground, near):
            faults.warning(
                file,
                0,
                f"{far} of {len(points)} points lie more than 5 km outside every area of the pack; "
                "look whether they belong here",
            )
