"""What a service says of a case: seen, begun, done, or that it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from casework.cases import Case, DeskItem, DeskKind, Hands, Photo, PromiseEnd, Publication, Shows
from casework.errors import NotAllowed
from casework.filing import end_promise
from casework.minting import Mint
from casework.offers import accepted, check_holder
from casework.outcomes import AuditEntry, Entity, Outcome
from casework.packs import Pack
from casework.promises import unpaused
from casework.questions import ask
from casework.states import CLOSED, FIXED, OPEN, State, check_transition
from casework.telling import cluster_update, tell_all


class Act(StrEnum):
    """What a service may say of a case from its e-mail."""

    SEEN = "seen"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    LONGER = "longer"
    PAUSE = "pause"
    RESUME = "resume"
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
"""The acts that lead to another state; the others move a date or the case itself."""


def may_act(case: Case, act: Act) -> bool:
    """True where the act leads somewhere from the case's present state."""
    is_paused = case.cluster.paused_at is not None
    is_late = any(promise.overdue_told_at for promise in case.open_promises)
    if act is Act.RESUME:
        return is_paused
    if act is Act.PAUSE and (is_paused or is_late):
        return False
    if act not in EFFECTS:
        return case.cluster.state in OPEN
    try:
        check_transition(case.cluster.state, EFFECTS[act].state)
    except NotAllowed:
        return False
    return True


def act(
    pack: Pack,
    case: Case,
    doing: Act,
    actor: str,
    words: str,
    now: datetime,
    mint: Mint,
    photos: tuple[Photo, ...] = (),
) -> Outcome:
    """A service says seen, in progress, done or unable; every reporter hears of it.

    ``photos`` show what was done. Raises TransitionNotAllowed where the state does not allow it,
    NotAllowed where a reason is missing or the case is no longer with this service.
    """
    effect = EFFECTS[doing]
    check_holder(pack, case, actor, now)
    check_transition(case.cluster.state, effect.state)
    if effect.needs_words and not words.strip():
        raise NotAllowed("a reason is needed", key="act.reason_needed")
    pauses: tuple[Entity, ...] = ()
    if doing is not Act.SEEN:
        case, pauses = unpaused(pack, case, actor, now)
    cluster = replace(case.cluster, state=effect.state, hands=Hands.ACCEPTED, changed_at=now)
    asked, unheard = ask(case, now, mint) if doing is Act.DONE else ((), ())
    shown = bool(photos) and doing is Act.DONE
    return Outcome(
        new=(*asked, *(_of_the_work(photo, case) for photo in photos)),
        changed=(
            cluster,
            *pauses,
            *accepted(case, actor, now),
            *_promises_after(case, effect.state, bool(pauses), now),
            *unheard,
            *_answered(case, doing, actor, now),
        ),
        updates=(cluster_update(case, f"update.{doing}", actor, now, mint, effect.state, words),),
        audit=(AuditEntry(now, actor, f"case_{doing}", cluster.id, {"state": effect.state}),),
        notices=tell_all(
            pack,
            case,
            cluster,
            "told.done_photo" if shown else f"told.{doing}",
            words,
            asks=doing is Act.DONE,
        ),
    )


def _promises_after(case: Case, state: State, was_paused: bool, now: datetime) -> tuple[Entity, ...]:
    """The promises that end with the work, or those whose dates a pause has moved."""
    if state not in FIXED | CLOSED:
        return case.open_promises if was_paused else ()
    end = PromiseEnd.KEPT if state in FIXED else PromiseEnd.BROKEN
    return tuple(end_promise(promise, end, now) for promise in case.open_promises)


def _answered(case: Case, doing: Act, actor: str, now: datetime) -> tuple[DeskItem, ...]:
    """What a person need not look at any more: the service has spoken."""
    kinds = {DeskKind.NOT_ACCEPTED} | ({DeskKind.DISAGREEMENT} if doing is Act.DONE else set())
    return tuple(replace(item, done_at=now, done_by=actor) for item in case.desk if item.kind in kinds)


def _of_the_work(photo: Photo, case: Case) -> Photo:
    """A photo of what was done. Its service took it for everybody; a sensitive case has no public page."""
    return replace(photo, report_id=case.reports[0].id, shows=Shows.AFTER, publication=Publication.PUBLIC)
