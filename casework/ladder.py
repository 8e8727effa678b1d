"""The ladder of a Call for Action: its stages, and the one table of what may follow what.

Stages are those of the White Paper (Cm 6939-I 2.29-2.34, 3.33-3.35) with ``declined``. A step is
a deed that some kind of person may do at some stages; it records who did it, when and why. The
machine only flags a cluster and tells of clocks: a councillor makes the call (2.32), and a
committee is its gatekeeper (2.34).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.errors import NotAllowed


class Stage(StrEnum):
    """Where a matter stands."""

    FLAGGED = "cluster_flagged"
    COUNCILLOR_REVIEW = "councillor_review"
    INFORMAL_RESOLUTION = "informal_resolution"
    BUDGET_FIX = "delegated_budget_fix"
    RESOLVED = "resolved"
    DECLINED = "declined"
    REFERRAL_DRAFTED = "referral_drafted"
    SAFEGUARDS_CHECKED = "safeguards_checked"
    REFERRED = "referred"
    GATEKEEPING = "gatekeeping"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    INVESTIGATION = "investigation"
    RECOMMENDATIONS_ISSUED = "recommendations_issued"
    RESPONSES_DUE = "responses_due"
    PUBLISHED = "published"
    MONITORED = "monitored"
    CLOSED = "closed"


class Kind(StrEnum):
    """Who does something: the first word of an actor."""

    SYSTEM = "system"
    COUNCILLOR = "councillor"
    SCRUTINY = "scrutiny"
    SERVICE = "service"


class Audience(StrEnum):
    """Who is told of a step."""

    REPORTERS = "reporters"
    COUNCILLORS = "councillors"
    SCRUTINY = "scrutiny"
    HOLDER = "holder"
    """The service that has the case."""
    BODIES = "bodies"
    """Those to whom something is addressed by the step."""
    COPIED = "copied"
    """The services that get a copy on this track."""


class Deed(StrEnum):
    """What can be done on the ladder."""

    FLAG = "flag"
    OPEN = "open"
    TAKE_UP = "take_up"
    ATTEMPT = "attempt"
    ASK = "ask"
    ANSWER = "answer"
    SAY = "say"
    FUND = "fund"
    RESOLVE = "resolve"
    DECLINE = "decline"
    DRAFT = "draft"
    CHECK_SAFEGUARDS = "check_safeguards"
    FAIL_SAFEGUARDS = "fail_safeguards"
    SIGN = "sign"
    REFER = "refer"
    RECEIVE = "receive"
    ACCEPT = "accept"
    TURN_DOWN = "turn_down"
    RETURN = "return"
    INVESTIGATE = "investigate"
    REQUEST = "request"
    INFORM = "inform"
    RECOMMEND = "recommend"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    PUBLISH = "publish"
    MONITOR = "monitor"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    DECLARE_INTEREST = "declare_interest"
    PASS_ON = "pass_on"
    WARN = "warn"
    TELL_OVERDUE = "tell_overdue"


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of the table.

    ``to`` is None where the stage stays; the source None means that there is no call yet.
    ``reason`` says that words are needed; ``public`` that everybody may read the step.
    """

    sources: frozenset[Stage | None]
    to: Stage | None
    by: frozenset[Kind]
    tells: frozenset[Audience] = frozenset()
    reason: bool = False
    public: bool = False


_S, _K, _A = Stage, Kind, Audience

BEFORE_REFERRAL = frozenset(
    {
        _S.COUNCILLOR_REVIEW,
        _S.INFORMAL_RESOLUTION,
        _S.BUDGET_FIX,
        _S.REFERRAL_DRAFTED,
        _S.SAFEGUARDS_CHECKED,
        _S.RETURNED,
    }
)
"""With a councillor who has taken it up."""

OVER = frozenset({_S.RESOLVED, _S.DECLINED, _S.CLOSED})
"""Nobody needs to do anything; each can be taken up again."""

IN_SCRUTINY = frozenset({_S.ACCEPTED, _S.INVESTIGATION})
ANSWERABLE = frozenset({_S.RESPONSES_DUE, _S.PUBLISHED, _S.MONITORED})
LIVE = frozenset(Stage) - OVER


def _rung(
    sources: Iterable[Stage | None],
    to: Stage | None,
    by: Kind | set[Kind],
    tells: set[Audience] | None = None,
    *,
    reason: bool = False,
    public: bool = False,
) -> Rung:
    who = frozenset({by}) if isinstance(by, Kind) else frozenset(by)
    return Rung(frozenset(sources), to, who, frozenset(tells or ()), reason, public)


LADDER: Mapping[Deed, Rung] = {
    # --- The machine sees it; a councillor decides ---
    Deed.FLAG: _rung({None}, _S.FLAGGED, _K.SYSTEM, {_A.COUNCILLORS}),
    Deed.OPEN: _rung({None}, _S.COUNCILLOR_REVIEW, _K.COUNCILLOR, {_A.COUNCILLORS}, reason=True),
    Deed.TAKE_UP: _rung(
        {None, _S.FLAGGED} | OVER,
        _S.COUNCILLOR_REVIEW,
        _K.COUNCILLOR,
        {_A.REPORTERS, _A.COUNCILLORS, _A.HOLDER},
        public=True,
    ),
    Deed.ATTEMPT: _rung(
        BEFORE_REFERRAL - {_S.SAFEGUARDS_CHECKED, _S.REFERRAL_DRAFTED},
        _S.INFORMAL_RESOLUTION,
        _K.COUNCILLOR,
        reason=True,
    ),
    Deed.ASK: _rung(
        BEFORE_REFERRAL - {_S.SAFEGUARDS_CHECKED, _S.REFERRAL_DRAFTED},
        _S.INFORMAL_RESOLUTION,
        _K.COUNCILLOR,
        {_A.BODIES, _A.COUNCILLORS},
        reason=True,
        public=True,
    ),
    Deed.ANSWER: _rung({_S.INFORMAL_RESOLUTION}, None, _K.SERVICE, {_A.COUNCILLORS}, reason=True),
    Deed.SAY: _rung(LIVE, None, {_K.COUNCILLOR, _K.SCRUTINY}, {_A.REPORTERS}, reason=True, public=True),
    Deed.FUND: _rung(
        {_S.COUNCILLOR_REVIEW, _S.INFORMAL_RESOLUTION, _S.BUDGET_FIX, _S.RETURNED},
        _S.BUDGET_FIX,
        _K.COUNCILLOR,
        {_A.REPORTERS, _A.COUNCILLORS, _A.HOLDER},
        reason=True,
        public=True,
    ),
    Deed.RESOLVE: _rung(
        BEFORE_REFERRAL,
        _S.RESOLVED,
        _K.COUNCILLOR,
        {_A.REPORTERS, _A.COUNCILLORS, _A.HOLDER},
        reason=True,
        public=True,
    ),
    Deed.DECLINE: _rung(
        BEFORE_REFERRAL | {None, _S.FLAGGED},
        _S.DECLINED,
        _K.COUNCILLOR,
        {_A.REPORTERS, _A.COUNCILLORS},
        reason=True,
        public=True,
    ),
    # --- The call itself ---
    Deed.DRAFT: _rung(
        {_S.INFORMAL_RESOLUTION, _S.BUDGET_FIX, _S.REFERRAL_DRAFTED, _S.SAFEGUARDS_CHECKED, _S.RETURNED},
        _S.REFERRAL_DRAFTED,
        _K.COUNCILLOR,
        {_A.HOLDER, _A.COUNCILLORS},
        reason=True,
    ),
    Deed.CHECK_SAFEGUARDS: _rung(
        {_S.REFERRAL_DRAFTED}, _S.SAFEGUARDS_CHECKED, {_K.COUNCILLOR, _K.SCRUTINY}, {_A.COUNCILLORS}
    ),
    Deed.FAIL_SAFEGUARDS: _rung({_S.REFERRAL_DRAFTED}, None, {_K.COUNCILLOR, _K.SCRUTINY}, {_A.COUNCILLORS}),
    Deed.SIGN: _rung({_S.REFERRAL_DRAFTED, _S.SAFEGUARDS_CHECKED}, None, _K.COUNCILLOR),
    Deed.REFER: _rung(
        {_S.SAFEGUARDS_CHECKED},
        _S.REFERRED,
        _K.COUNCILLOR,
        {_A.REPORTERS, _A.COUNCILLORS, _A.SCRUTINY, _A.HOLDER, _A.COPIED},
        public=True,
    ),
    # --- The committee, as gatekeeper ---
    Deed.RECEIVE: _rung({_S.REFERRED}, _S.GATEKEEPING, _K.SCRUTINY, {_A.COUNCILLORS}),
    Deed.ACCEPT: _rung(
        {_S.GATEKEEPING},
        _S.ACCEPTED,
        _K.SCRUTINY,
        {_A.REPORTERS, _A.COUNCILLORS, _A.HOLDER},
        reason=True,
        public=True,
    ),
    Deed.TURN_DOWN: _rung(
        {_S.GATEKEEPING}, _S.DECLINED, _K.SCRUTINY, {_A.REPORTERS, _A.COUNCILLORS}, reason=True, public=True
    ),
    Deed.RETURN: _rung(
        {_S.GATEKEEPING}, _S.RETURNED, _K.SCRUTINY, {_A.REPORTERS, _A.COUNCILLORS}, reason=True, public=True
    ),
    Deed.INVESTIGATE: _rung(
        {_S.ACCEPTED}, _S.INVESTIGATION, _K.SCRUTINY, {_A.REPORTERS, _A.COUNCILLORS}, public=True
    ),
    Deed.REQUEST: _rung(IN_SCRUTINY, None, _K.SCRUTINY, {_A.BODIES}, reason=True, public=True),
    Deed.INFORM: _rung(
        LIVE - BEFORE_REFERRAL - {_S.FLAGGED, _S.REFERRED, _S.GATEKEEPING},
        None,
        {_K.SERVICE, _K.SCRUTINY},
        {_A.SCRUTINY, _A.COUNCILLORS},
        reason=True,
    ),
    # --- What it recommends, and what comes of it ---
    Deed.RECOMMEND: _rung(
        IN_SCRUTINY | {_S.RECOMMENDATIONS_ISSUED}, _S.RECOMMENDATIONS_ISSUED, _K.SCRUTINY, reason=True
    ),
    Deed.SEND: _rung(
        {_S.RECOMMENDATIONS_ISSUED},
        _S.RESPONSES_DUE,
        _K.SCRUTINY,
        {_A.REPORTERS, _A.COUNCILLORS, _A.BODIES},
        public=True,
    ),
    Deed.ACKNOWLEDGE: _rung(ANSWERABLE, None, _K.SERVICE),
    Deed.RESPOND: _rung(
        ANSWERABLE,
        None,
        {_K.SERVICE, _K.SCRUTINY},
        {_A.REPORTERS, _A.COUNCILLORS, _A.SCRUTINY},
        reason=True,
        public=True,
    ),
    # A service publishes with the last answer; an officer where some never came.
    Deed.PUBLISH: _rung(
        {_S.RESPONSES_DUE},
        _S.PUBLISHED,
        {_K.SERVICE, _K.SCRUTINY},
        {_A.COUNCILLORS, _A.SCRUTINY},
        public=True,
    ),
    Deed.MONITOR: _rung(
        {_S.PUBLISHED}, _S.MONITORED, _K.SCRUTINY, {_A.COUNCILLORS, _A.BODIES}, reason=True, public=True
    ),
    Deed.FOLLOW_UP: _rung(
        {_S.MONITORED},
        None,
        {_K.SERVICE, _K.SCRUTINY},
        {_A.REPORTERS, _A.COUNCILLORS, _A.SCRUTINY},
        reason=True,
        public=True,
    ),
    Deed.CLOSE: _rung(
        IN_SCRUTINY | {_S.PUBLISHED, _S.MONITORED},
        _S.CLOSED,
        _K.SCRUTINY,
        {_A.REPORTERS, _A.COUNCILLORS},
        reason=True,
        public=True,
    ),
    # --- Whoever carries it, and the clocks ---
    Deed.DECLARE_INTEREST: _rung(LIVE, None, _K.COUNCILLOR, {_A.COUNCILLORS}, reason=True),
    Deed.PASS_ON: _rung(LIVE, None, {_K.SYSTEM, _K.COUNCILLOR, _K.SCRUTINY}, {_A.COUNCILLORS}),
    Deed.WARN: _rung(LIVE, None, _K.SYSTEM, {_A.BODIES, _A.SCRUTINY}),
    Deed.TELL_OVERDUE: _rung(
        LIVE, None, _K.SYSTEM, {_A.BODIES, _A.SCRUTINY, _A.COUNCILLORS, _A.REPORTERS}, public=True
    ),
}

KIND_OF_ACTOR: Mapping[str, Kind] = {
    "system": Kind.SYSTEM,
    "councillor": Kind.COUNCILLOR,
    "staff": Kind.SCRUTINY,
    "service": Kind.SERVICE,
}


def kind_of(actor: str) -> Kind | None:
    """What kind of person an actor such as ``councillor:ID`` is; None for a resident."""
    return KIND_OF_ACTOR.get(actor.partition(":")[0])


def possible(stage: Stage | None, kind: Kind) -> tuple[Deed, ...]:
    """What such a person may do at a stage, in the order of the ladder; None for no call yet."""
    return tuple(deed for deed, rung in LADDER.items() if kind in rung.by and stage in rung.sources)


def check_deed(deed: Deed, stage: Stage | None, actor: str) -> Rung:
    """The line of the table. Raises NotAllowed where it is not this actor's deed or not its time."""
    rung = LADDER[deed]
    kind = kind_of(actor)
    if kind not in rung.by:
        raise NotAllowed("not theirs to do", key="call.not_yours", deed=deed, by=sorted(rung.by))
    if stage not in rung.sources:
        raise NotAllowed(
            f"{deed} at {stage}",
            key="call.not_now",
            deed=deed,
            stage=stage or "",
            possible=possible(stage, kind) if kind else (),
        )
    return rung
