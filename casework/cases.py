"""The things that Streetcall keeps: contacts, reports, clusters and what belongs to them.

All are frozen and flat; ``version`` counts changes, and storage refuses a change that was made
on an older version than the one it holds. Datetimes are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from casework.packs import Unit
from casework.places import Point
from casework.states import State

CODE_HOLDS = timedelta(minutes=10)
"""So long a one-time code may be used."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A resident's address on one channel.

    ``address`` is what a message is sent to; None on channels that fetch their own (web chat),
    where only ``address_hash`` is known, and after the contact was forgotten. ``person_id`` is the
    same for all contacts that one person has joined; ``updates_to`` is the contact of that person
    that gets the news of this one's reports.
    """

    id: str
    channel: str
    address_hash: str | None
    address: str | None
    language: str
    created_at: datetime
    opted_out_at: datetime | None = None
    forgotten_at: datetime | None = None
    person_id: str | None = None
    updates_to: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that was given out once. ``contact_id`` asked for it.

    ``subject`` is empty where it joins two contacts of one resident, else ``councillor:ID`` or
    ``staff:ID``, to whose address in the pack it was mailed.
    """

    id: str
    code_hash: str
    contact_id: str
    subject: str
    jurisdiction: str
    created_at: datetime
    used_at: datetime | None = None
    version: int = 1

    def holds(self, now: datetime) -> bool:
        """True while it may be used."""
        return self.used_at is None and now - self.created_at <= CODE_HOLDS


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A chat that belongs to ``councillor:ID`` or ``staff:ID`` of a jurisdiction."""

    id: str
    contact_id: str
    subject: str
    jurisdiction: str
    linked_at: datetime
    version: int = 1


class Publication(StrEnum):
    """Whether a report may be shown."""

    PENDING = "pending"
    PUBLIC = "public"
    PRIVATE = "private"


class Hands(StrEnum):
    """How the service that holds a case stands to it."""

    NOBODY = "nobody"
    OFFERED = "offered"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One problem, told by one or more reports. It holds the state and whose hands it is in.

    ``service`` is ``body/service`` or ``councillors``, None while a person must decide;
    ``handovers`` counts how often it was passed on; ``paused_at`` is set while its clock stands still;
    ``reported_at`` is when it was told last; ``merged_into`` is the cluster that its reports went to.
    """

    id: str
    jurisdiction: str
    category: str
    state: State
    latitude: float
    longitude: float
    cell: int
    ward: str | None
    service: str | None
    hands: Hands
    handovers: int
    opened_at: datetime
    changed_at: datetime
    reported_at: datetime
    paused_at: datetime | None = None
    merged_into: str | None = None
    version: int = 1

    @property
    def point(self) -> Point:
        """Where the problem is."""
        return Point(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Report:
    """One resident's account of one problem at one place.

    ``text`` is what was written, ``redacted`` what may be shown; ``confidence`` the probability
    that the category is right; ``send_after`` the end of the correction window and ``sent_at``
    when it went to its service; ``own_state`` is hidden or cancelled where the report left its
    cluster's state; ``contact_id`` is None once the reporter was forgotten; ``told_with`` is the
    id of the first report of the same message; ``doubtful`` reports wait for a person and are not
    counted as voices.
    """

    id: str
    reference: str
    jurisdiction: str
    cluster_id: str
    contact_id: str | None
    text: str
    redacted: str
    language: str
    category: str
    confidence: float
    latitude: float
    longitude: float
    label: str
    place_kind: str
    uncertainty_m: float
    ward: str | None
    ward_near_edge: bool
    parish: str | None
    division: str | None
    estate: str | None
    own_state: State | None
    publication: Publication
    created_at: datetime
    send_after: datetime
    sent_at: datetime | None = None
    told_with: str | None = None
    doubtful: bool = False
    version: int = 1

    @property
    def point(self) -> Point:
        """Where the resident put it."""
        return Point(self.latitude, self.longitude)


class Shows(StrEnum):
    """When a photo of a problem was taken."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that was cleaned and kept. ``name`` is its name in the photo store.

    ``shows`` is AFTER where the service took it to show what it did.
    """

    id: str
    report_id: str | None
    contact_id: str | None
    name: str
    width: int
    height: int
    dhash: str
    latitude: float | None
    longitude: float | None
    created_at: datetime
    publication: Publication = Publication.PENDING
    shows: Shows = Shows.BEFORE
    version: int = 1


@dataclass(frozen=True, slots=True)
class Update:
    """What happened to a cluster, or to one report of it; appended, never edited.

    ``key`` names the sentence, ``words`` are somebody's own; ``actor`` is ``resident``,
    ``service:CODE``, ``staff:ID``, ``councillor:ID`` or ``system``.
    """

    id: str
    cluster_id: str
    report_id: str | None
    state: State | None
    key: str
    words: str
    public: bool
    actor: str
    at: datetime


class PromiseEnd(StrEnum):
    """How a promise ended. One that slipped was not kept either, but its resident was told in time."""

    KEPT = "kept"
    SLIPPED = "slipped"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """The date that was told to a resident. ``ended_at`` and ``end`` once it is over.

    ``unit`` is what its standard is counted in; ``remind_at`` when its service should be asked
    whether it will be kept; ``paused_at`` since when its clock stands still, ``first_due_at`` the
    date that was told before a pause moved it; ``reason`` the charter's code of why it slipped.
    """

    id: str
    report_id: str
    cluster_id: str
    jurisdiction: str
    category: str
    ward: str | None
    service: str | None
    made_at: datetime
    due_at: datetime
    unit: Unit = Unit.WORKING_DAYS
    remind_at: datetime | None = None
    reminded_at: datetime | None = None
    overdue_told_at: datetime | None = None
    paused_at: datetime | None = None
    first_due_at: datetime | None = None
    ended_at: datetime | None = None
    end: PromiseEnd | None = None
    reason: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock of a case's promises stood still, with the charter's code of why.

    ``until_at`` is when it ends by itself; ``ended_by`` who went on before.
    """

    id: str
    cluster_id: str
    jurisdiction: str
    service: str | None
    reason: str
    actor: str
    began_at: datetime
    until_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """A case laid into a service's hands, and what the service made of it.

    ``offered_by`` is ``system`` for the routes, else the service that passed it on; ``answer_by`` is
    when it should have been accepted, ``chased_at`` when the service was reminded of that and
    ``raised_at`` when a person was called in; ``reason`` is the charter's code of why it was refused,
    ``words`` the service's own, ``actor`` who accepted or refused.
    """

    id: str
    cluster_id: str
    jurisdiction: str
    category: str
    ward: str | None
    service: str
    offered_by: str
    offered_at: datetime
    answer_by: datetime
    chased_at: datetime | None = None
    raised_at: datetime | None = None
    accepted_at: datetime | None = None
    refused_at: datetime | None = None
    reason: str | None = None
    words: str = ""
    actor: str | None = None
    version: int = 1


class Answer(StrEnum):
    """What a resident said to "was it fixed?"."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Question:
    """Was it fixed? Asked of one reporter; ``silent_at`` is when no answer was waited for any more.

    Those asked at one instant were asked about the same work. ``service`` did it.
    """

    id: str
    report_id: str
    cluster_id: str
    contact_id: str
    asked_at: datetime
    jurisdiction: str = ""
    category: str = ""
    ward: str | None = None
    service: str | None = None
    reminded_at: datetime | None = None
    silent_at: datetime | None = None
    answered_at: datetime | None = None
    answer: Answer | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Move:
    """A report that one act, ``deed``, took from one cluster to another.

    ``state`` is what the first one had until then, so that it can be undone.
    """

    id: str
    deed: str
    report_id: str
    from_cluster: str
    to_cluster: str
    state: State
    actor: str
    at: datetime
    undone_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a service or councillor asked a reporter in words of their own.

    ``answered_at`` is also set where it was passed over; the answer itself is an update.
    """

    id: str
    report_id: str
    contact_id: str
    jurisdiction: str
    actor: str
    words: str
    asked_at: datetime
    answered_at: datetime | None = None
    version: int = 1


class DeskKind(StrEnum):
    """Why a person must look."""

    UNSURE_CATEGORY = "unsure_category"
    UNSURE_PLACE = "unsure_place"
    OUTSIDE = "outside"
    NO_SERVICE = "no_service"
    NOT_OURS = "not_ours"
    NOT_ACCEPTED = "not_accepted"
    DISAGREEMENT = "disagreement"
    ABANDONED_DRAFT = "abandoned_draft"
    MESSAGE_FAILED = "message_failed"
    DELIVERY_FAILED = "delivery_failed"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    LOOP = "loop"
    SAME_PROBLEM = "same_problem"
    SAME_WORDS = "same_words"
    CHASED_CLOSED = "chased_closed"
    SERVICE_WROTE = "service_wrote"
    MAIL_UNKNOWN = "mail_unknown"


@dataclass(frozen=True, slots=True)
class DeskItem:
    """Something for the neighbourhood manager's desk.

    ``words`` is what was said where there is no report to hold it; of a report that may be the
    same problem as another's, the other cluster's id.
    """

    id: str
    kind: DeskKind
    jurisdiction: str
    ward: str | None
    report_id: str | None
    contact_id: str | None
    words: str
    created_at: datetime
    mailed_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    version: int = 1


NO_QUESTION_OF_SORTING = frozenset({DeskKind.SAME_PROBLEM, DeskKind.SAME_WORDS, DeskKind.DISAGREEMENT})
"""Items about how reports belong together: the case goes its way meanwhile."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who told a report: ``person`` is the same for all contacts of one person."""

    person: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A cluster with all that hangs on it, as it stands in storage.

    ``reporters`` are those of its reports, by contact.
    """

    cluster: Cluster
    reports: tuple[Report, ...]
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    desk: tuple[DeskItem, ...] = ()
    offers: tuple[Offer, ...] = ()
    pauses: tuple[Pause, ...] = ()
    reporters: Mapping[str, Reporter] = field(default_factory=dict)

    def report(self, report_id: str) -> Report:
        """The report of that id."""
        return next(r for r in self.reports if r.id == report_id)

    @property
    def standing(self) -> tuple[Report, ...]:
        """The reports that were neither withdrawn nor hidden."""
        return tuple(r for r in self.reports if r.own_state is None)

    def person_of(self, report: Report) -> str:
        """Whose report it is; all that are forgotten count as one."""
        contact = report.contact_id or ""
        known = self.reporters.get(contact)
        return known.person if known else contact

    @property
    def hearers(self) -> tuple[Report, ...]:
        """One report of each person who is told of every change: their first that stands."""
        first = {self.person_of(r): r for r in reversed(self.standing) if r.contact_id}
        return tuple(r for r in self.standing if r in first.values())

    @property
    def voices(self) -> int:
        """How many people told it, independently as far as we know; never how many messages."""
        return len({self.person_of(r) for r in self.standing if not r.doubtful})

    @property
    def unsorted(self) -> tuple[DeskItem, ...]:
        """What a person must decide before the case can go on."""
        return tuple(item for item in self.desk if item.kind not in NO_QUESTION_OF_SORTING)

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        """The promises that still run."""
        return tuple(p for p in self.promises if p.ended_at is None)

    @property
    def offer(self) -> Offer | None:
        """The offer to the service that has the case now, unless that refused it."""
        latest = self.offers[-1] if self.offers else None
        held = latest is not None and latest.service == self.cluster.service and latest.refused_at is None
        return latest if held else None

    @property
    def refusals(self) -> tuple[Offer, ...]:
        """The offers that were refused, in order."""
        return tuple(o for o in self.offers if o.refused_at is not None)

    @property
    def pause(self) -> Pause | None:
        """The pause that the case is in."""
        return next((p for p in self.pauses if p.ended_at is None), None)


def state_of(report: Report, cluster: Cluster) -> State:
    """A report shows its cluster's state, except its own hidden and cancelled."""
    return report.own_state or cluster.state
