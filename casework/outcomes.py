"""What an act leads to: the one shape in which every change reaches storage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.calls import (
    BudgetLine,
    CallForAction,
    Check,
    DossierVersion,
    Interest,
    Ledger,
    Recommendation,
    Referral,
    Response,
    Step,
)
from casework.cases import (
    Cluster,
    Contact,
    ContactLink,
    DeskItem,
    Inquiry,
    LinkCode,
    Move,
    Offer,
    Pause,
    Photo,
    Promise,
    Question,
    Report,
    Update,
)
from casework.clocks import StatutoryClock
from casework.clusters import Looked
from casework.drafts import Draft
from casework.states import State

Entity = (
    Contact
    | Cluster
    | Report
    | Photo
    | Promise
    | Pause
    | Offer
    | Question
    | Inquiry
    | DeskItem
    | Draft
    | LinkCode
    | ContactLink
    | CallForAction
    | Referral
    | Recommendation
    | StatutoryClock
    | Ledger
    | Move
)
Appended = Step | Check | Response | Interest | BudgetLine | DossierVersion
"""What is written once and never changed."""

_STATES = frozenset(map(str, State))


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
    """Who did what, when and why; ids and codes only, never personal words.

    So forgetting a person leaves the trail whole. Storage refuses any other.
    """

    at: datetime
    actor: str
    act: str
    subject: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_codes_only(self) -> bool:
        """False if it holds a sentence, a name of two words, an e-mail address or a telephone number."""
        told = (self.actor, self.act, self.subject, *self.details, *self.details.values())
        return all(map(_is_code, told))


_CODE = re.compile(r"(?!\d{7,15}$)[\w./:-]{0,160}", re.ASCII)


def _is_code(value: object) -> bool:
    """True for an id, a code, a state, a number, an instant, or several of these."""
    if isinstance(value, (list, tuple)):
        return all(map(_is_code, value))
    if not isinstance(value, str) or isinstance(value, State):
        return value is None or isinstance(value, (int, float, State))
    return bool(_CODE.fullmatch(value)) or value in _STATES or _is_instant(value)


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value) is not None
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is new or changed, the updates and audit entries, and the notices.

    ``forgotten`` are the ids of contacts whose words and addresses storage takes out of
    everything it keeps; of the notices to them only this outcome's are left. ``looked`` is what was
    seen near by before a cluster was chosen: storage refuses the outcome if more is there now.
    """

    new: tuple[Entity | Appended, ...] = ()
    changed: tuple[Entity, ...] = ()
    updates: tuple[Update, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    notices: tuple[Notice, ...] = ()
    forgotten: tuple[str, ...] = ()
    looked: tuple[Looked, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.new + other.new,
            self.changed + other.changed,
            self.updates + other.updates,
            self.audit + other.audit,
            self.notices + other.notices,
            self.forgotten + other.forgotten,
            self.looked + other.looked,
        )


def folded(outcome: Outcome) -> Outcome:
    """The outcome in which each thing stands once, as the last of its acts left it."""
    last = {_name(entity): entity for entity in outcome.changed}
    made = {_name(entity) for entity in outcome.new}
    return replace(
        outcome,
        new=tuple(last.get(_name(entity), entity) for entity in outcome.new),
        changed=tuple(entity for name, entity in last.items() if name not in made),
    )


def _name(entity: Entity | Appended) -> tuple[str, str]:
    return type(entity).__name__, entity.contact_id if isinstance(entity, Draft) else entity.id
