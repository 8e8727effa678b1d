"""One step on the ladder: the record of it, and everybody who is told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from casework.calendars import local
from casework.calls import (
    BudgetLine,
    CallForAction,
    Check,
    DossierVersion,
    Interest,
    Matter,
    Recommendation,
    Referral,
    Response,
    Step,
)
from casework.cases import Update
from casework.clocks import StatutoryClock
from casework.drafts import Draft
from casework.errors import NotAllowed
from casework.filing import filed_parameters
from casework.ladder import Audience, Deed, check_deed
from casework.minting import Mint
from casework.offices import able_councillors, officers, watchers
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack

T = TypeVar("T")

MAX_WORDS = 1500
"""Letters that somebody may say in one step."""

OFFICE_MAIL = "office.call"
"""The mail that tells a councillor, officer or service of a step, with a link to the page."""

TOLD: Mapping[Deed, str] = {
    Deed.TAKE_UP: "told.call_taken_up",
    Deed.SAY: "told.call_word",
    Deed.FUND: "told.call_funded",
    Deed.RESOLVE: "told.call_resolved",
    Deed.DECLINE: "told.call_declined",
    Deed.REFER: "told.call_referred",
    Deed.ACCEPT: "told.call_accepted",
    Deed.TURN_DOWN: "told.call_turned_down",
    Deed.RETURN: "told.call_returned",
    Deed.INVESTIGATE: "told.call_investigated",
    Deed.SEND: "told.call_recommended",
    Deed.RESPOND: "told.call_response",
    Deed.FOLLOW_UP: "told.call_followed_up",
    Deed.CLOSE: "told.call_closed",
    Deed.TELL_OVERDUE: "told.call_overdue",
}
"""What residents are told of a step."""

UPDATES: Mapping[Deed, str] = {
    Deed.TAKE_UP: "update.call_taken_up",
    Deed.ASK: "update.call_asked",
    Deed.SAY: "update.call_word",
    Deed.FUND: "update.call_funded",
    Deed.RESOLVE: "update.call_resolved",
    Deed.DECLINE: "update.call_declined",
    Deed.REFER: "update.call_referred",
    Deed.ACCEPT: "update.call_accepted",
    Deed.TURN_DOWN: "update.call_turned_down",
    Deed.RETURN: "update.call_returned",
    Deed.INVESTIGATE: "update.call_investigated",
    Deed.REQUEST: "update.call_requested",
    Deed.SEND: "update.call_recommended",
    Deed.RESPOND: "update.call_response",
    Deed.PUBLISH: "update.call_published",
    Deed.MONITOR: "update.call_monitored",
    Deed.FOLLOW_UP: "update.call_followed_up",
    Deed.CLOSE: "update.call_closed",
    Deed.TELL_OVERDUE: "update.call_overdue",
}
"""What the history of the case says of a public step."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts on what, and when: what every act on the ladder takes."""

    pack: Pack
    matter: Matter
    actor: str
    now: datetime
    mint: Mint

    @property
    def today(self) -> date:
        """The day where the authority is."""
        return local(self.now, self.pack.calendar).date()

    @property
    def call(self) -> CallForAction:
        """The call. Raises NotAllowed where there is none yet."""
        if self.matter.call is None:
            raise NotAllowed("no call yet", key="call.none")
        return self.matter.call


Act = Callable[[Scene], Outcome]


def said(words: str) -> str:
    """Somebody's words, trimmed. Raises NotAllowed for far too many."""
    if len(words) > MAX_WORDS:
        raise NotAllowed("too long", key="act.too_long", most=MAX_WORDS)
    return words.strip()


def step(
    scene: Scene,
    deed: Deed,
    call: CallForAction,
    words: str = "",
    *,
    details: Mapping[str, object] | None = None,
    bodies: Iterable[str] = (),
    told: Mapping[str, object] | None = None,
    key: str = "",
) -> Outcome:
    """The call at its next stage, with the record of the step and everybody told.

    ``call`` has its other fields changed already; ``bodies`` are the services that it is addressed
    to; ``told`` fills the residents' sentence and ``key`` replaces it. Raises NotAllowed where
    the table or a missing reason forbids it.
    """
    before = scene.matter.stage
    rung = check_deed(deed, before, scene.actor)
    words = said(words)
    if rung.reason and not words:
        raise NotAllowed("a reason is needed", key="call.reason_needed")
    after = rung.to or before or call.stage
    made = Step(
        id=scene.mint.id(),
        call_id=call.id,
        deed=deed,
        before=before,
        after=after,
        actor=scene.actor,
        at=scene.now,
        words=words,
        public=rung.public,
        details=dict(details or {}),
    )
    moved = replace(call, stage=after, changed_at=scene.now)
    is_new = scene.matter.call is None
    there = replace(scene, matter=replace(scene.matter, call=moved))
    return Outcome(
        new=(*((moved,) if is_new else ()), made),
        changed=() if is_new else (moved,),
        updates=_history(scene, deed, words) if rung.public else (),
        audit=(AuditEntry(scene.now, scene.actor, f"call_{deed}", call.id, {"stage": str(after)}),),
        notices=tuple(
            notice
            for audience in Audience
            if audience in rung.tells
            for notice in _tell(there, audience, moved, made, tuple(bodies), told or {}, key)
        ),
    )


def after(matter: Matter, outcome: Outcome) -> Matter:
    """The matter as storage will have it once the outcome is written."""
    changed: dict[str, object] = {}
    for thing in outcome.changed:
        if not isinstance(thing, Draft):
            changed[thing.id] = replace(thing, version=thing.version + 1)

    def held(cls: type[T], old: tuple[T, ...]) -> tuple[T, ...]:
        kept = [changed.get(getattr(thing, "id", ""), thing) for thing in old]
        return tuple(thing for thing in (*kept, *outcome.new) if isinstance(thing, cls))

    calls = held(CallForAction, (matter.call,) if matter.call else ())
    return replace(
        matter,
        call=calls[-1] if calls else None,
        steps=held(Step, matter.steps),
        checks=held(Check, matter.checks),
        referrals=held(Referral, matter.referrals),
        recommendations=held(Recommendation, matter.recommendations),
        responses=held(Response, matter.responses),
        clocks=held(StatutoryClock, matter.clocks),
        interests=held(Interest, matter.interests),
        lines=tuple(line for line in held(BudgetLine, matter.lines) if line.call_id),
        dossiers=held(DossierVersion, matter.dossiers),
    )


def then(scene: Scene, first: Outcome, act: Act) -> Outcome:
    """Two acts in one transaction: the second on what the first left."""
    return first + act(replace(scene, matter=after(scene.matter, first)))


def office_notice(scene: Scene, recipient: str, call: CallForAction, made: Step) -> Notice:
    """The mail about a step to a councillor, an officer or a service."""
    case = scene.matter.case
    return Notice(
        recipient=recipient,
        key=OFFICE_MAIL,
        parameters={"call": call.id, "step": made.id},
        jurisdiction=scene.pack.code,
        report_id=case.reports[0].id if case and case.reports else None,
    )


def _history(scene: Scene, deed: Deed, words: str) -> tuple[Update, ...]:
    case = scene.matter.case
    if case is None or deed not in UPDATES:
        return ()
    return (
        Update(
            id=scene.mint.id(),
            cluster_id=case.cluster.id,
            report_id=None,
            state=None,
            key=UPDATES[deed],
            words=words,
            public=True,
            actor=scene.actor,
            at=scene.now,
        ),
    )


def _tell(
    scene: Scene,
    audience: Audience,
    call: CallForAction,
    made: Step,
    bodies: tuple[str, ...],
    told: Mapping[str, object],
    key: str,
) -> tuple[Notice, ...]:
    if audience is Audience.REPORTERS:
        return _tell_reporters(scene, call, made, told, key)
    if audience is Audience.BODIES:
        recipients = tuple(f"service:{code}" for code in dict.fromkeys(bodies))
    else:
        recipients = _RECIPIENTS[audience](scene, call)
    return tuple(office_notice(scene, to, call, made) for to in recipients if to != scene.actor)


def _tell_reporters(
    scene: Scene, call: CallForAction, made: Step, told: Mapping[str, object], key: str
) -> tuple[Notice, ...]:
    case = scene.matter.case
    if case is None:
        return ()
    return tuple(
        Notice(
            recipient=f"contact:{report.contact_id}",
            key=key or TOLD[made.deed],
            parameters=filed_parameters(scene.pack, report, case.cluster, None)
            | {"words": made.words, "call": call.reference, "name": _actor_name(scene)}
            | dict(told),
            jurisdiction=scene.pack.code,
            report_id=report.id,
        )
        for report in case.hearers
    )


def _actor_name(scene: Scene) -> str:
    """The name of the councillor who acts; the authority's for anybody else."""
    kind, _, code = scene.actor.partition(":")
    named = (c.name for c in scene.pack.councillors if c.id == code) if kind == "councillor" else iter(())
    return next(named, scene.pack.authority.short_name)


def _councillors(scene: Scene, _call: CallForAction) -> tuple[str, ...]:
    """The ward's others; where the ward has nobody who may act, those who watch over it."""
    able = able_councillors(scene.pack, scene.matter, scene.today)
    if able:
        return tuple(f"councillor:{member.id}" for member in able)
    return tuple(f"staff:{member.id}" for member in watchers(scene.pack, scene.today))


def _scrutiny(scene: Scene, _call: CallForAction) -> tuple[str, ...]:
    return tuple(f"staff:{member.id}" for member in officers(scene.pack, scene.today))


def _holder(scene: Scene, _call: CallForAction) -> tuple[str, ...]:
    case = scene.matter.case
    service = case.cluster.service if case else None
    return (f"service:{service}",) if service and service != COUNCILLORS else ()


def _copied(scene: Scene, call: CallForAction) -> tuple[str, ...]:
    track = call.track
    services = scene.pack.escalation.committee(track).copy_to if track else ()
    return tuple(f"service:{code}" for code in services)


_RECIPIENTS: Mapping[Audience, Callable[[Scene, CallForAction], tuple[str, ...]]] = {
    Audience.COUNCILLORS: _councillors,
    Audience.SCRUTINY: _scrutiny,
    Audience.HOLDER: _holder,
    Audience.COPIED: _copied,
}
