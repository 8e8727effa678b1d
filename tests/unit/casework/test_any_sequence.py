"""Whatever is done to a case in whatever order, the rules hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.acting import Act, act
from casework.cases import Answer, Case, Cluster, DeskItem, Promise, Question, Report
from casework.correcting import Correction, correct, withdraw
from casework.errors import NotAllowed
from casework.filing import send_on
from casework.handovers import hand_over
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.promises import tell_overdue
from casework.questions import answer
from casework.states import ALLOWED, OPEN, State
from tests.factories import CLEANSING, NOW, ROADS, case_of, file_one, make_pack, mint

PACK = make_pack()
Step = Callable[[Case, datetime, Mint], Outcome]


def by_holder(doing: Act) -> Step:
    """The service that has the case says so."""

    def step(case: Case, now: datetime, with_mint: Mint) -> Outcome:
        return act(PACK, case, doing, f"service:{case.cluster.service}", "why", now, with_mint)

    return step


def passing(to: str | None) -> Step:
    """The service that has the case passes it on."""

    def step(case: Case, now: datetime, with_mint: Mint) -> Outcome:
        return hand_over(PACK, case, to, f"service:{case.cluster.service}", "", now, with_mint)

    return step


def saying(said: Answer) -> Step:
    """The resident answers."""
    return lambda case, now, with_mint: answer(PACK, case, case.reports[0].id, said, "", now, with_mint)


def correcting(category: str) -> Step:
    """The resident corrects."""

    def step(case: Case, now: datetime, with_mint: Mint) -> Outcome:
        correction = Correction(category=category)
        return correct(PACK, case, case.reports[0].id, correction, "resident", now, with_mint).outcome

    return step


def sending(case: Case, now: datetime, with_mint: Mint) -> Outcome:
    """The window is over, where the job would send it."""
    report = case.reports[0]
    due = report.sent_at is None and report.own_state is None and case.cluster.service
    if not due or case.cluster.state not in OPEN - {State.FOR_TRIAGE}:
        return Outcome()
    return send_on(PACK, case, report.id, now, with_mint)


def overdue(case: Case, now: datetime, with_mint: Mint) -> Outcome:
    """The clock looks at the promise, as the job would."""
    running = [p for p in case.open_promises if p.overdue_told_at is None]
    return tell_overdue(PACK, case, running[0], now, with_mint) if running else Outcome()


STEPS: tuple[Step, ...] = (
    *map(by_holder, (Act.SEEN, Act.IN_PROGRESS, Act.DONE, Act.UNABLE)),
    *map(passing, (ROADS, CLEANSING, "councillors", None)),
    *map(saying, Answer),
    *map(correcting, ("fly_tipping", "road_surface", "street_light", "other", "anti_social_behaviour")),
    sending,
    overdue,
    lambda case, now, with_mint: withdraw(case, case.reports[0].id, now, with_mint),
)


def after(case: Case, outcome: Outcome) -> Case:
    """The case as storage would give it back."""
    changed = {
        thing.id: thing for thing in (*outcome.new, *outcome.changed) if not isinstance(thing, Cluster)
    }
    cluster = next((c for c in outcome.changed if isinstance(c, Cluster)), case.cluster)

    def of(kind: type, held: tuple) -> tuple:
        kept = {thing.id: thing for thing in held}
        return tuple((kept | {id: t for id, t in changed.items() if isinstance(t, kind)}).values())

    desk = tuple(item for item in of(DeskItem, case.desk) if item.done_at is None)
    reports, promises = of(Report, case.reports), of(Promise, case.promises)
    return Case(cluster, reports, promises, of(Question, case.questions), desk)


def play(steps: list[int], check: Callable[[Case, Case, Outcome], None]) -> None:
    """File a report and take the steps; what is refused changes nothing."""
    with_mint, now, case = mint(7), NOW, case_of(file_one(PACK))
    for number in steps:
        now += timedelta(hours=7)
        try:
            outcome = STEPS[number](case, now, with_mint)
        except NotAllowed:
            continue
        later = after(case, outcome)
        check(case, later, outcome)
        case = later


sequences = st.lists(st.integers(0, len(STEPS) - 1), max_size=12)


@settings(max_examples=300, deadline=None)
@given(sequences)
def test_no_sequence_makes_an_illegal_transition(steps: list[int]) -> None:
    def check(before: Case, later: Case, outcome: Outcome) -> None:
        old, new = before.cluster.state, later.cluster.state
        assert old == new or new in ALLOWED[old]

    play(steps, check)


@settings(max_examples=300, deadline=None)
@given(sequences)
def test_every_promise_ends_once_and_none_runs_when_the_case_is_over(steps: list[int]) -> None:
    def check(before: Case, later: Case, outcome: Outcome) -> None:
        ended = {p.id: p for p in before.promises if p.ended_at}
        assert all(p == ended.get(p.id, p) for p in later.promises)
        assert all((p.ended_at is None) == (p.end is None) for p in later.promises)
        assert len(later.open_promises) == (later.cluster.state in OPEN)

    play(steps, check)


@settings(max_examples=300, deadline=None)
@given(sequences)
def test_an_open_case_is_always_in_somebodys_hands(steps: list[int]) -> None:
    def check(before: Case, later: Case, outcome: Outcome) -> None:
        if later.cluster.state is State.FOR_TRIAGE:
            assert later.cluster.service is None
            assert later.desk
        elif later.cluster.state in OPEN:
            assert later.cluster.service

    play(steps, check)


@settings(max_examples=200, deadline=None)
@given(sequences)
def test_a_case_that_is_over_waits_on_no_desk(steps: list[int]) -> None:
    def check(before: Case, later: Case, outcome: Outcome) -> None:
        if later.cluster.state is State.CANCELLED:
            assert later.desk == ()

    play(steps, check)


def test_the_steps_can_do_something() -> None:
    reached = set()
    play(list(range(len(STEPS))), lambda _before, later, _outcome: reached.add(later.cluster.state))

    assert len(reached) > 3


def test_replaying_keeps_other_fields() -> None:
    case = case_of(file_one(PACK))

    assert after(case, Outcome(changed=(replace(case.cluster, ward="W2"),))).cluster.ward == "W2"
