"""Who a mail is for: services, councillors and staff as the pack has them today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.delivery import Refused
from casework.packs import Pack
from casework.routing import service_name


@dataclass(frozen=True, slots=True)
class Recipient:
    """A name and an address."""

    name: str
    email: str


def find_recipient(pack: Pack, recipient: str, on: date) -> Recipient:
    """Who ``service:BODY/SERVICE``, ``councillor:ID`` or ``staff:ID`` is.

    Raises Refused for one that the pack does not know, or that is no longer in office.
    """
    kind, _, name = recipient.partition(":")
    find = _FINDERS.get(kind)
    found = find(pack, name, on) if find else None
    if found is None or not found.email:
        raise Refused(f"nobody is known as {recipient}")
    return found


def _service(pack: Pack, code: str, _on: date) -> Recipient | None:
    service = pack.service(code)
    return Recipient(service_name(pack, code), service.email) if service else None


def _councillor(pack: Pack, code: str, on: date) -> Recipient | None:
    held = (c for c in pack.councillors if c.id == code and c.in_office(on))
    return next((Recipient(councillor.name, councillor.email) for councillor in held), None)


def _staff(pack: Pack, code: str, on: date) -> Recipient | None:
    held = (s for s in pack.staff if s.id == code and s.in_office(on))
    return next((Recipient(member.name, member.email) for member in held), None)


_FINDERS: Mapping[str, Callable[[Pack, str, date], Recipient | None]] = {
    "service": _service,
    "councillor": _councillor,
    "staff": _staff,
}
