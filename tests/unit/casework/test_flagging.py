"""When a cluster is laid before its ward's councillors, and that nothing more comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.calls import Matter
from casework.cases import Answer, Case, PromiseEnd
from casework.escalation import FlagRule
from casework.flagging import Evidence, evidence, flag, is_met
from casework.outcomes import Outcome
from casework.states import State
from tests.climbing import ADA, ESCALATION, Climb
from tests.factories import NOW, make_case, make_cluster, make_pack, make_promise, make_question, make_report

PACK = make_pack()
LATE = NOW + timedelta(days=60)
FOUND = Evidence(days_beyond_promise=30, voices=3, reopenings=1, harm=False)


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        (FlagRule(days_beyond_promise=30, voices=3), True),
        (FlagRule(days_beyond_promise=31), False),
        (FlagRule(voices=4), False),
        (FlagRule(reopenings=1), True),
        (FlagRule(reopenings=2), False),
        (FlagRule(days_beyond_promise=1, harm=True), False),
    ],
)
def test_all_that_a_rule_says_must_hold(rule: FlagRule, met: bool) -> None:
    assert is_met(rule, FOUND) is met


def test_without_a_broken_promise_no_age_is_enough() -> None:
    assert not is_met(FlagRule(days_beyond_promise=0), replace(FOUND, days_beyond_promise=None))


def days_late(case: Case) -> int | None:
    return evidence(PACK, case, LATE).days_beyond_promise


def test_a_kept_withdrawn_or_paused_promise_is_not_broken() -> None:
    promise = make_promise()
    for changed in (
        replace(promise, ended_at=NOW, end=PromiseEnd.KEPT),
        replace(promise, ended_at=NOW, end=PromiseEnd.WITHDRAWN),
        replace(promise, paused_at=NOW),
    ):
        assert days_late(make_case(promises=[changed])) is None
    assert days_late(make_case(promises=[replace(promise, ended_at=LATE, end=PromiseEnd.BROKEN)])) == 56


def test_the_first_promise_that_was_not_kept_counts() -> None:
    later = make_promise(id="1" * 32, due_at=LATE - timedelta(days=1))

    assert days_late(make_case(promises=[later, make_promise()])) == 56


def test_people_count_and_not_their_messages() -> None:
    same = [make_report(), make_report(id="b" * 32, reference="AM-4F7-2QC")]

    assert evidence(PACK, make_case(reports=same), LATE).voices == 1


def test_everybody_who_was_asked_of_one_piece_of_work_is_one_reopening() -> None:
    asked = NOW + timedelta(days=1)
    said = [
        make_question(id=f"{n}" * 32, asked_at=at, answered_at=at, answer=Answer.NO)
        for n, at in enumerate((asked, asked, asked + timedelta(days=9)))
    ]

    assert evidence(PACK, replace(make_case(), questions=tuple(said)), LATE).reopenings == 2


def test_a_hazard_is_harm() -> None:
    lamp = make_case(cluster=make_cluster(category="street_light"))

    assert evidence(PACK, lamp, LATE).harm
    assert not evidence(PACK, make_case(), LATE).harm


@pytest.mark.parametrize("state", [State.FIXED_COUNCIL, State.CLOSED, State.DUPLICATE, State.HIDDEN])
def test_what_is_over_is_not_flagged(state: State) -> None:
    climb = Climb()
    assert climb.matter.case is not None
    cluster = replace(climb.matter.case.cluster, state=state)
    climb.matter = Matter(case=replace(climb.matter.case, cluster=cluster))

    assert flag(climb.scene("system")) == Outcome()


def test_what_councillors_have_seen_once_is_theirs_to_take_up_again() -> None:
    from casework.carrying import decline

    climb = Climb()
    climb.do(ADA, decline, "It is private land.")

    assert flag(climb.scene("system")) == Outcome()


def test_a_flag_tells_councillors_and_neither_residents_nor_the_service() -> None:
    outcome = Climb().do("system", flag)

    assert {notice.recipient for notice in outcome.notices} == {"councillor:c1", "councillor:c2"}
    assert outcome.updates == ()


def test_without_rules_nothing_is_flagged() -> None:
    climb = Climb()
    climb.pack = replace(climb.pack, escalation=replace(ESCALATION, rules=()))

    assert flag(climb.scene("system")) == Outcome()
