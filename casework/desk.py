"""The neighbourhood manager's desk: who looks at what, and how they hear of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from casework.calendars import local
from casework.cases import DeskItem, DeskKind
from casework.outcomes import Notice, Outcome
from casework.packs import Pack, Role, StaffMember

_LOOK_AFTER = (Role.TRIAGE, Role.ADMIN)


def responsible(pack: Pack, ward: str | None, on: date) -> tuple[StaffMember, ...]:
    """The triage staff of that ward, or all of them where it is nobody's in particular."""
    on_duty = tuple(s for s in pack.staff if s.role is Role.TRIAGE and s.in_office(on))
    own = tuple(s for s in on_duty if not s.areas or ward in s.areas)
    return own or on_duty


def readers(pack: Pack, item: DeskItem, on: date) -> tuple[StaffMember, ...]:
    """Who hears of an item. A complaint never reaches a councillor, who may work here too (3.48)."""
    members = responsible(pack, item.ward, on)
    if item.kind is not DeskKind.COMPLAINT:
        return members
    councillors = {councillor.email.casefold() for councillor in pack.councillors}
    others = (tuple(s for s in pack.staff if s.role is role and s.in_office(on)) for role in _LOOK_AFTER)
    for group in (members, *others):
        allowed = tuple(member for member in group if member.email.casefold() not in councillors)
        if allowed:
            return allowed
    return ()


def tell_staff(pack: Pack, items: Iterable[DeskItem], now: datetime) -> Outcome:
    """One message to each person with everything new that is theirs to look at.

    Where nobody is on duty the items stay untold, so that the next one in office hears of them.
    """
    today = local(now, pack.calendar).date()
    theirs = [(item, readers(pack, item, today)) for item in items]
    listed: dict[str, list[str]] = defaultdict(list)
    for item, members in theirs:
        for member in members:
            listed[member.id].append(item.id)
    return Outcome(
        changed=tuple(replace(item, mailed_at=now) for item, members in theirs if members),
        notices=tuple(
            Notice(f"staff:{member}", "staff.triage", {"items": ids}, jurisdiction=pack.code)
            for member, ids in listed.items()
        ),
    )
