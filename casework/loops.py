"""Two machines that thank each other would never stop: when we fall silent.

An automatic answer ("I am on holiday") gets an answer of ours, which gets one again. A person
who sends the same thing several times in a few minutes is told the same thing each time, but not
for ever.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework.outcomes import Notice, Outcome

WITHIN = timedelta(minutes=10)
MOST_ALIKE = 4
"""So many answers alike are given within that time; the next is not."""

MOST = 30
"""So many answers of any kind to words alone: nobody reads or types as fast for as long."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was given, or is about to be."""

    key: str
    parameters: Mapping[str, object]
    at: datetime


def is_loop(answers: Sequence[Said], earlier: Sequence[Said], now: datetime) -> bool:
    """True if these answers would only go on with a talk between machines.

    ``earlier`` are the answers given to the same contact before.
    """
    recent = [said for said in earlier if now - said.at <= WITHIN]
    if not answers:
        return False
    return len(recent) >= MOST or all(_alike(answer, recent) >= MOST_ALIKE for answer in answers)


def _alike(answer: Said, recent: Sequence[Said]) -> int:
    return sum(said.key == answer.key and _same(said.parameters, answer.parameters) for said in recent)


def _same(some: Mapping[str, object], others: Mapping[str, object]) -> bool:
    """Parameters that were stored come back as JSON has them: compare as that."""
    one, other = (json.dumps(_without_thread(p), default=str, sort_keys=True) for p in (some, others))
    return one == other


def silenced(outcome: Outcome) -> Outcome:
    """The same outcome without its answers; what it changes and tells others stays."""
    return replace(outcome, notices=tuple(n for n in outcome.notices if not n.reply))


def answers_of(outcome: Outcome, now: datetime) -> tuple[Said, ...]:
    """What would be answered."""
    return tuple(_said(notice, now) for notice in outcome.notices if notice.reply)


def _said(notice: Notice, now: datetime) -> Said:
    return Said(notice.key, notice.parameters, now)


def _without_thread(parameters: Mapping[str, object]) -> dict[str, object]:
    """What was said, without which mail it answers: each of a machine's has another id."""
    return {name: value for name, value in parameters.items() if not name.startswith("mail_")}
