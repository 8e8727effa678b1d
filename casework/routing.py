"""Whose job is it? Category, area and landlord lead to a service (Cm 6939-I 3.62)."""

from datetime import date

from casework.packs import COUNCILLORS, Pack, Route, Standard
from casework.places import Areas


def _exactness(route: Route) -> int:
    """A route that names the landlord beats one with an area, which beats one with neither."""
    return 2 * (route.landlord is not None) + bool(route.areas)


def choose_service(pack: Pack, category: str, areas: Areas, on: date) -> str | None:
    """The code of the service that a report of this category at this place goes to."""
    landlord = areas.estate.landlord if areas.estate else None
    fitting = [
        route
        for route in pack.routes
        if category in route.categories
        and route.in_force(on)
        and (route.landlord is None or route.landlord == landlord)
        and (not route.areas or route.areas & areas.codes)
    ]
    return max(fitting, key=_exactness).service if fitting else None


def choose_standard(pack: Pack, category: str, areas: Areas, on: date) -> Standard | None:
    """The charter's standard for the category, the area's own variation first (2.51)."""
    fitting = [
        standard
        for standard in pack.charter.standards
        if standard.category == category
        and standard.in_force(on)
        and (standard.area is None or standard.area in areas.codes)
    ]
    return max(fitting, key=lambda standard: standard.area is not None) if fitting else None


def service_name(pack: Pack, code: str | None) -> str:
    """How a service is called to a resident: "Street Cleansing, Ashmere Borough Council"."""
    service = pack.service(code) if code else None
    if service is None:
        return pack.authority.name
    body = pack.body(service.body)
    return f"{service.name}, {body.name}" if body else service.name


def holder(pack: Pack, code: str | None, ward: str | None) -> object:
    """The same for a message: its words, or the key of them where councillors have the case."""
    if code != COUNCILLORS:
        return service_name(pack, code)
    area = pack.area(ward) if ward else None
    return {"key": "who.councillors", "parameters": {"ward": area.name if area else ""}}


def recipients(pack: Pack, service: str, ward: str | None, on: date) -> tuple[str, ...]:
    """Whom a case for this service is sent to; empty where the ward has no councillor."""
    if service != COUNCILLORS:
        return (f"service:{service}",)
    return tuple(f"councillor:{member.id}" for member in pack.councillors_of(ward, on))
