"""What a service says of a case, and who may say it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from casework.calendars import local
from casework.cases import Case, Hands, PromiseEnd
from casework.errors import NotAllowed
from casework.filing import end_promise
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Pack
from casework.questions import ask
from casework.routing import recipients, service_name
from casework.states import CLOSED, FIXED, State, check_transition
from casework.telling import cluster_update, tell


class Act(StrEnum):
    """What a service may say of a case from its e-mail."""

    SEEN = "seen"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    UNABLE = "unable"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Effect:
    """The state an act leads to, and whether the service must say why."""

    state: State
    needs_words: bool = False


EFFECTS: Mapping[Act, Effect] = {
    Act.SEEN: Effect(State.INVESTIGATING),
    Act.IN_PROGRESS: Effect(State.IN_PROGRESS),
    Act.DONE: Effect(State.FIXED_COUNCIL),
    Act.UNABLE: Effect(State.UNABLE_TO_FIX, needs_words=True),
}


def may_act(case: Case, act: Act) -> bool:
    """True where the act leads somewhere from the case's present state."""
    if act is Act.NOT_OURS:
        return case.cluster.state not in (FIXED | CLOSED | {State.HIDDEN})
    try:
        check_transition(case.cluster.state, EFFECTS[act].state)
    except NotAllowed:
        return False
    return True


def act(pack: Pack, case: Case, doing: Act, actor: str, words: str, now: datetime, mint: Mint) -> Outcome:
    """A service says seen, in progress, done or unable; every reporter hears of it.

    Raises TransitionNotAllowed where the state does not allow it, NotAllowed where a reason is
    missing or the case is no longer with this service.
    """
    effect = EFFECTS[doing]
    check_holder(pack, case, actor, now)
    check_transition(case.cluster.state, effect.state)
    if effect.needs_words and not words.strip():
        raise NotAllowed("a reason is needed", key="act.reason_needed")
    cluster = replace(case.cluster, state=effect.state, hands=Hands.ACCEPTED, changed_at=now)
    over = effect.state in FIXED | CLOSED
    ended = tuple(end_promise(p, _end_for(effect.state), now) for p in case.open_promises) if over else ()
    questions = ask(case, now, mint) if doing is Act.DONE else ()
    return Outcome(
        new=questions,
        changed=(cluster, *ended),
        updates=(cluster_update(case, f"update.{doing}", actor, now, mint, effect.state, words),),
        audit=(AuditEntry(now, actor, f"case_{doing}", cluster.id, {"state": effect.state}),),
        notices=tuple(
            tell(pack, case, cluster, report, f"told.{doing}", words, asks=doing is Act.DONE)
            for report in case.hearers
            if report.contact_id
        ),
    )


def is_holder(pack: Pack, case: Case, actor: str, now: datetime) -> bool:
    """True if the case is with this ``service:CODE`` or ``councillor:ID``, or it is no such actor.

    A link of a service that has passed the case on does nothing any more, nor that of somebody
    who is not the ward's councillor now.
    """
    if not actor.startswith(("service:", "councillor:")):
        return True
    holder = case.cluster.service
    if holder is None:
        return False
    return actor in recipients(pack, holder, case.cluster.ward, local(now, pack.calendar).date())


def check_holder(pack: Pack, case: Case, actor: str, now: datetime) -> None:
    """Raise NotAllowed where the case is no longer with this actor."""
    if not is_holder(pack, case, actor, now):
        raise NotAllowed("passed on", key="act.passed_on", who=service_name(pack, case.cluster.service))


def _end_for(state: State) -> PromiseEnd:
    return PromiseEnd.KEPT if state in FIXED else PromiseEnd.BROKEN
