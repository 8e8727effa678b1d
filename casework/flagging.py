"""Lays a cluster before its ward's councillors, by the pack's rule and never any further (2.32)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.carrying import new_call
from casework.cases import Answer, Case, PromiseEnd
from casework.escalation import Escalation, FlagRule
from casework.ladder import Deed
from casework.outcomes import Outcome
from casework.packs import Pack
from casework.states import OPEN
from casework.stepping import Scene, step

_NOT_BROKEN = frozenset({PromiseEnd.KEPT, PromiseEnd.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rule looks at: days after the first promise that was not kept, None if none was."""

    days_beyond_promise: int | None
    voices: int
    reopenings: int
    harm: bool


def evidence(pack: Pack, case: Case, now: datetime) -> Evidence:
    """What speaks for laying this case before a councillor."""
    missed = [
        p.due_at
        for p in case.promises
        # While a promise is paused, its date is not its date.
        if p.due_at < now and p.end not in _NOT_BROKEN and (p.ended_at or not p.paused_at)
    ]
    category = pack.category(case.cluster.category)
    return Evidence(
        days_beyond_promise=(now - min(missed)) // timedelta(days=1) if missed else None,
        voices=case.voices,
        # Those who were asked at one instant were asked about the same work.
        reopenings=len({q.asked_at for q in case.questions if q.answer is Answer.NO}),
        harm=category is not None and category.hazard,
    )


def is_met(rule: FlagRule, found: Evidence) -> bool:
    """True where all that the rule asks for holds."""
    wanted = rule.days_beyond_promise
    return (
        (wanted is None or (found.days_beyond_promise is not None and found.days_beyond_promise >= wanted))
        and found.voices >= rule.voices
        and found.reopenings >= rule.reopenings
        and (found.harm or not rule.harm)
    )


def rule_met(escalation: Escalation, found: Evidence) -> FlagRule | None:
    """The first rule that flags it."""
    return next((rule for rule in escalation.rules if is_met(rule, found)), None)


def flag(scene: Scene) -> Outcome:
    """A call that is flagged, and the ward's councillors are told why; nothing where no rule is met.

    A case that is over, has no ward, or was laid before councillors once is left alone: what they
    declined or settled they take up again themselves.
    """
    case = scene.matter.case
    if case is None or scene.matter.call or case.cluster.ward is None or case.cluster.state not in OPEN:
        return Outcome()
    found = evidence(scene.pack, case, scene.now)
    rule = rule_met(scene.pack.escalation, found)
    if rule is None or scene.pack.area(case.cluster.ward) is None:
        return Outcome()
    return step(scene, Deed.FLAG, new_call(scene), details=details_of(found))


def details_of(found: Evidence) -> Mapping[str, object]:
    """The evidence as the step keeps it."""
    return {
        "days": found.days_beyond_promise,
        "voices": found.voices,
        "reopenings": found.reopenings,
        "harm": found.harm,
    }
