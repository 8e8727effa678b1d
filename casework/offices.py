"""Who may act for a ward, a committee or a body, on a day: refused with what is possible instead."""

from datetime import date

from casework.calls import Matter
from casework.errors import NotAllowed
from casework.escalation import Handling
from casework.packs import Body, Councillor, Pack, Role, StaffMember


def name_of(actor: str) -> str:
    """The id or code in an actor such as ``councillor:ID``."""
    return actor.partition(":")[2]


def names(people: tuple[Councillor, ...]) -> str:
    """Their names in one line; "" for nobody."""
    return ", ".join(person.name for person in people)


def able_councillors(pack: Pack, matter: Matter, on: date) -> tuple[Councillor, ...]:
    """The ward's councillors in office who declared no interest in the matter."""
    return tuple(c for c in pack.councillors_of(matter.ward, on) if not matter.has_interest(c.id))


def ward_councillor(pack: Pack, matter: Matter, actor: str, on: date) -> Councillor:
    """The ward's councillor that the actor is today. Raises NotAllowed, saying why and who is."""
    held = [c for c in pack.councillors if c.id == name_of(actor)]
    area = pack.area(matter.ward) if matter.ward else None
    ward, who = area.name if area else "", names(able_councillors(pack, matter, on))
    if not actor.startswith("councillor:") or not held:
        raise NotAllowed("no such councillor", key="call.no_councillor", ward=ward, who=who)
    in_office = [c for c in held if c.in_office(on)]
    if not in_office:
        raise NotAllowed("the term has ended", key="call.term_ended", ward=ward, who=who)
    here = [c for c in in_office if c.ward == matter.ward]
    if not here:
        own = pack.area(in_office[0].ward)
        raise NotAllowed(
            "another ward", key="call.other_ward", ward=ward, who=who, own=own.name if own else ""
        )
    return here[0]


def acting_councillor(pack: Pack, matter: Matter, actor: str, on: date) -> Councillor:
    """The councillor who may decide. Raises NotAllowed also for an interest, or where another leads."""
    councillor = ward_councillor(pack, matter, actor, on)
    able = able_councillors(pack, matter, on)
    if matter.has_interest(councillor.id):
        raise NotAllowed("an interest", key="call.interest", who=names(able))
    lead = matter.call.councillor if matter.call else None
    if pack.escalation.handling is Handling.LEAD and lead not in (None, councillor.id):
        leading = tuple(c for c in able if c.id == lead)
        if leading:
            raise NotAllowed("another leads", key="call.led", who=names(leading))
    return councillor


def scrutiny_officer(pack: Pack, actor: str, on: date) -> StaffMember:
    """The scrutiny officer that the actor is today. Raises NotAllowed for anybody else."""
    found = next((s for s in officers(pack, on) if f"staff:{s.id}" == actor), None)
    if found is None:
        who = ", ".join(s.name for s in officers(pack, on))
        raise NotAllowed("no scrutiny officer", key="call.not_scrutiny", who=who)
    return found


def officers(pack: Pack, on: date) -> tuple[StaffMember, ...]:
    """The scrutiny officers in office."""
    return tuple(s for s in pack.staff if s.role is Role.SCRUTINY and s.in_office(on))


def watchers(pack: Pack, on: date) -> tuple[StaffMember, ...]:
    """Who hears what no councillor can: scrutiny officers, else triage, else whoever runs it."""
    for role in (Role.SCRUTINY, Role.TRIAGE, Role.ADMIN):
        found = tuple(s for s in pack.staff if s.role is role and s.in_office(on))
        if found:
            return found
    return ()


def body_of(pack: Pack, service: str) -> Body:
    """The body of a service. Raises NotAllowed where there is no such service."""
    found = pack.service(service)
    body = pack.body(found.body) if found else None
    if body is None:
        raise NotAllowed("no such service", key="call.no_service")
    return body


def is_council(pack: Pack, body: Body) -> bool:
    """True for the council whose committee it is: its two months run, not another's."""
    return body.code == pack.code
