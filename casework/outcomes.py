"""What an act leads to: the one shape in which every change reaches storage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework.cases import (
    Cluster,
    Contact,
    ContactLink,
    DeskItem,
    LinkCode,
    Photo,
    Promise,
    Question,
    Report,
    Update,
)
from casework.drafts import Draft

Entity = Contact | Cluster | Report | Photo | Promise | Question | DeskItem | Draft | LinkCode | ContactLink


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered with a message: an id of at most 64 bytes and the key of its label.

    ``label`` is used as it stands where there is no key (names of categories and places).
    """

    id: str
    label: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told to somebody; delivery finds the words when it sends it.

    ``recipient`` is ``contact:ID``, ``service:CODE``, ``councillor:ID`` or ``staff:ID``;
    parameters whose name ends in ``_on`` are ISO 8601 instants, shown as dates in the
    authority's time zone. ``once`` makes the notice unique: a second one is not written.
    ``reply`` marks the answer to the message in hand.
    """

    recipient: str
    key: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    wants: str | None = None
    jurisdiction: str = ""
    report_id: str | None = None
    once: str | None = None
    reply: bool = False


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when and why; ids and codes only, never personal words."""

    at: datetime
    actor: str
    act: str
    subject: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is new or changed, the updates and audit entries, and the notices.

    ``forgotten`` are the ids of contacts whose words and addresses storage takes out of
    everything it keeps; of the notices to them only this outcome's are left.
    """

    new: tuple[Entity, ...] = ()
    changed: tuple[Entity, ...] = ()
    updates: tuple[Update, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    notices: tuple[Notice, ...] = ()
    forgotten: tuple[str, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.new + other.new,
            self.changed + other.changed,
            self.updates + other.updates,
            self.audit + other.audit,
            self.notices + other.notices,
            self.forgotten + other.forgotten,
        )
