"""The things of a Call for Action: the call, its steps, checks, recommendations and money.

All are frozen and flat like those of ``casework.cases``. Steps, checks, responses, budget lines
and dossiers are appended and never edited. Money is in pence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from casework.cases import Case
from casework.clocks import StatutoryClock
from casework.escalation import Track
from casework.ladder import BEFORE_REFERRAL, OVER, Deed, Stage


class CallType(StrEnum):
    """What the matter came from."""

    PROBLEM = "problem"
    PETITION = "petition"
    ASSET_TRANSFER = "asset_transfer"


@dataclass(frozen=True, slots=True)
class CallForAction:
    """A matter that was laid before a ward's councillors, and how far it has climbed.

    ``cluster_id`` is None where a councillor opened it with no reporter. ``councillor`` is the id
    of the one who carries it, None while that is nobody in particular; ``raised_by`` who referred
    it. ``spoken_for`` are those who cannot speak for themselves, in the councillor's words.
    ``excluded`` is the matter with a route of its own that it looks like, ``systemic`` that a
    total or systemic failure is alleged all the same.
    """

    id: str
    reference: str
    jurisdiction: str
    ward: str
    cluster_id: str | None
    type: CallType
    stage: Stage
    title: str
    opened_at: datetime
    changed_at: datetime
    councillor: str | None = None
    track: Track | None = None
    sought: str = ""
    other_bodies: str = ""
    spoken_for: str = ""
    excluded: str | None = None
    systemic: bool = False
    drafts: int = 0
    raised_by: str | None = None
    referred_at: datetime | None = None
    review_on: date | None = None
    passed_on_told: str | None = None
    version: int = 1

    @property
    def is_over(self) -> bool:
        """True where nobody needs to do anything."""
        return self.stage in OVER

    @property
    def is_with_councillor(self) -> bool:
        """True before it is referred."""
        return self.stage is Stage.FLAGGED or self.stage in BEFORE_REFERRAL


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: by whom, when, why, and from which stage to which.

    ``words`` are somebody's own; ``details`` ids, codes and numbers for the sentence.
    """

    id: str
    call_id: str
    deed: Deed
    before: Stage | None
    after: Stage
    actor: str
    at: datetime
    words: str
    public: bool
    details: Mapping[str, object]


class CheckKind(StrEnum):
    """What a question belongs to."""

    SAFEGUARD = "safeguard"
    TEST = "test"


class Safeguard(StrEnum):
    """What a person must rule out before a referral, with reasons (2.30, 2.33)."""

    VEXATIOUS = "vexatious"
    DISCRIMINATORY = "discriminatory"
    COHESION = "cohesion"


class CommitteeTest(StrEnum):
    """What a committee asks before it takes a call (Brent's questions), and what its answer must be."""

    OWN_WARD = "own_ward"
    ATTEMPTS = "attempts"
    NOT_CONSIDERED = "not_considered"
    SERVICE_TOLD = "service_told"
    NOT_COMPLAINT = "not_complaint"
    NO_OTHER_SCRUTINY = "no_other_scrutiny"


@dataclass(frozen=True, slots=True)
class Check:
    """A person's answer to one question, with the reason. ``draft`` is the draft it was given for."""

    id: str
    call_id: str
    draft: int
    kind: CheckKind
    question: str
    passed: bool
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Referral:
    """A call as it went to its committee, and what the committee decided."""

    id: str
    call_id: str
    track: Track
    committee: str
    dossier_id: str
    referred_by: str
    referred_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision: Deed | None = None
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a committee recommends to one body. ``service`` is where it is sent.

    ``received_at`` is the receipt, ``done_at`` when it was carried out or given up.
    """

    id: str
    call_id: str
    number: int
    body: str
    service: str
    words: str
    issued_at: datetime
    sent_at: datetime | None = None
    received_at: datetime | None = None
    received_by: str | None = None
    done_at: datetime | None = None
    done: bool | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Response:
    """A body's answer to a recommendation; ``decided_by`` names who made the decision (3.39)."""

    id: str
    call_id: str
    recommendation_id: str
    body: str
    accepts: bool
    words: str
    decided_by: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Interest:
    """A councillor's interest in one matter (3.49). ``about`` is the cluster's id, or the call's."""

    id: str
    jurisdiction: str
    about: str
    councillor: str
    words: str
    declared_at: datetime


class LineKind(StrEnum):
    """What a line of a ward's budget is."""

    ALLOCATION = "allocation"
    COMMITMENT = "commitment"
    PAYMENT = "payment"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ward's budget of one year, which begins on ``begins``; all in pence.

    ``committed`` is promised and not paid yet. Every line changes its ledger's version, so that
    of two at the same instant one reads it again.
    """

    id: str
    jurisdiction: str
    ward: str
    begins: date
    allocated: int
    committed: int
    paid: int
    version: int = 1

    @property
    def balance(self) -> int:
        """What may still be committed."""
        return self.allocated - self.committed - self.paid


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One entry of a ledger, with its public line.

    A payment or release names the ``commitment_id`` that it takes from. All but an allocation
    belong to a case (``cluster_id``) or to a call without one.
    """

    id: str
    ledger_id: str
    jurisdiction: str
    ward: str
    kind: LineKind
    pence: int
    words: str
    actor: str
    at: datetime
    cluster_id: str | None = None
    call_id: str | None = None
    commitment_id: str | None = None


@dataclass(frozen=True, slots=True)
class DossierVersion:
    """A dossier as it was kept: ``body`` is the whole of it, as ``casework.dossiers`` writes it."""

    id: str
    call_id: str
    number: int
    draft: int
    body: Mapping[str, object]
    made_by: str
    made_at: datetime
    signed: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """A call with all that hangs on it, and the case that it is about; either may be missing.

    A case that nobody has laid before a councillor has no call; a call that a councillor opened
    with no reporter has no case.
    """

    case: Case | None = None
    call: CallForAction | None = None
    steps: tuple[Step, ...] = ()
    checks: tuple[Check, ...] = ()
    referrals: tuple[Referral, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    responses: tuple[Response, ...] = ()
    clocks: tuple[StatutoryClock, ...] = ()
    interests: tuple[Interest, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    dossiers: tuple[DossierVersion, ...] = ()

    @property
    def stage(self) -> Stage | None:
        """Where it stands; None before there is a call."""
        return self.call.stage if self.call else None

    @property
    def ward(self) -> str | None:
        """Whose ward it is."""
        if self.call:
            return self.call.ward
        return self.case.cluster.ward if self.case else None

    @property
    def about(self) -> str:
        """The id by which interests are declared: the cluster's, or the call's."""
        if self.call:
            return self.call.cluster_id or self.call.id
        return self.case.cluster.id if self.case else ""

    @property
    def dossier(self) -> DossierVersion | None:
        """The latest version."""
        return max(self.dossiers, key=lambda version: version.number, default=None)

    def response_to(self, recommendation_id: str) -> Response | None:
        """The answer to a recommendation."""
        return next((r for r in self.responses if r.recommendation_id == recommendation_id), None)

    def has_interest(self, councillor: str) -> bool:
        """True if that councillor declared one in this matter."""
        return any(interest.councillor == councillor for interest in self.interests)
