"""Was it fixed? A yes, a no, both, and silence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from casework.cases import Answer, Case, Cluster, DeskItem, DeskKind, Promise, PromiseEnd, Question
from casework.errors import NotAllowed
from casework.outcomes import Outcome
from casework.questions import ASK_AGAIN_AFTER, SILENT_AFTER, answer, ask_again, decide, end_questions, reopen
from casework.states import FIXED, OPEN, State
from tests.factories import (
    CLEANSING,
    NOW,
    make_case,
    make_cluster,
    make_contact,
    make_desk_item,
    make_pack,
    make_promise,
    make_report,
    mint,
)

PACK = make_pack()
LATER = NOW + timedelta(days=1)
ANN, BEN = make_contact().id, "d" * 32
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def cluster_of(outcome: Outcome) -> Cluster:
    (found,) = of(Cluster, outcome.changed)
    return found


def question(report_id: str = "a" * 32, **fields: object) -> Question:
    return replace(Question("e" * 32, report_id, "c" * 32, ANN, NOW), **fields)


def asked(state: State = State.FIXED_COUNCIL, ben: Answer | None = None, **fields: object) -> Case:
    """Two were asked of the same work; the second may have answered."""
    other = make_report(id="b" * 32, reference="AM-222-222", contact_id=BEN)
    case = make_case(make_cluster(state=state), reports=[make_report(), other], promises=[])
    bens = question("b" * 32, id="f" * 32, contact_id=BEN, answer=ben, answered_at=NOW if ben else None)
    return replace(case, questions=(question(), bens), **fields)


def answered(said: Answer, case: Case | None = None, report_id: str = "a" * 32) -> Outcome:
    return answer(PACK, case or asked(), report_id, said, "look again", LATER, mint(5))


# --- Answers -------------------------------------------------------------------------------------


def test_yes_confirms_it_and_the_others_hear_so() -> None:
    outcome = answered(Answer.YES)

    assert cluster_of(outcome).state is State.FIXED_USER
    assert [q.answer for q in of(Question, outcome.changed)] == [Answer.YES]
    assert [(n.recipient, n.key) for n in outcome.notices] == [(f"contact:{BEN}", "told.fixed_user")]


def test_no_opens_it_again_with_a_new_promise_to_everyone() -> None:
    outcome = answered(Answer.NO)

    assert cluster_of(outcome).state is State.CONFIRMED
    assert {promise.report_id for promise in of(Promise, outcome.new)} == {"a" * 32, "b" * 32}


def test_no_tells_the_service_and_the_other_reporters() -> None:
    heard = {notice.recipient: notice.key for notice in answered(Answer.NO).notices}

    assert heard == {f"service:{CLEANSING}": "service.not_fixed", f"contact:{BEN}": "told.not_fixed"}


def test_no_takes_the_words_to_the_service() -> None:
    (mail,) = (n for n in answered(Answer.NO).notices if n.key == "service.not_fixed")

    assert mail.parameters["words"] == "look again"


def test_a_second_no_changes_nothing_more() -> None:
    opened = replace(asked(ben=Answer.NO), cluster=make_cluster(state=State.CONFIRMED))

    assert answered(Answer.NO, opened).notices == ()


def test_what_was_not_asked_cannot_be_answered() -> None:
    with pytest.raises(NotAllowed) as refused:
        answered(Answer.YES, make_case())
    assert refused.value.key == "answer.not_asked"


def test_an_answer_counts_once() -> None:
    once = replace(make_case(), questions=(question(answered_at=NOW, answer=Answer.YES),))

    with pytest.raises(NotAllowed):
        answered(Answer.NO, once)


def test_an_answer_after_the_silence_still_counts() -> None:
    late = replace(asked(), questions=(question(silent_at=NOW),))

    assert cluster_of(answered(Answer.NO, late)).state is State.CONFIRMED


@pytest.mark.parametrize("state", sorted(set(State) - FIXED))
def test_only_what_is_called_fixed_is_opened_again(state: State) -> None:
    case = make_case(make_cluster(state=state))

    assert reopen(PACK, case, case.reports[0], "", LATER, mint(5)) == Outcome()


# --- Two who disagree ----------------------------------------------------------------------------


def test_a_no_after_anothers_yes_is_for_a_person_and_nothing_is_confirmed_any_more() -> None:
    outcome = answered(Answer.NO, asked(State.FIXED_USER, ben=Answer.YES))

    assert cluster_of(outcome).state is State.FIXED_COUNCIL
    assert [(item.kind, item.words) for item in of(DeskItem, outcome.new)] == [
        (DeskKind.DISAGREEMENT, "look again")
    ]
    assert [(n.recipient, n.key) for n in outcome.notices] == [(f"contact:{BEN}", "told.disputed")]


def test_a_yes_after_anothers_no_is_for_a_person_and_the_case_stays_open() -> None:
    outcome = answered(Answer.YES, asked(State.CONFIRMED, ben=Answer.NO))

    assert cluster_of(outcome).state is State.CONFIRMED
    assert [item.kind for item in of(DeskItem, outcome.new)] == [DeskKind.DISAGREEMENT]


def test_a_third_voice_does_not_call_the_person_again() -> None:
    known = asked(State.FIXED_COUNCIL, ben=Answer.YES, desk=(make_desk_item(kind=DeskKind.DISAGREEMENT),))

    assert of(DeskItem, answered(Answer.NO, known).new) == []


def test_a_yes_about_earlier_work_is_no_disagreement() -> None:
    case = asked(State.FIXED_COUNCIL)
    before = question(
        "b" * 32, id="9" * 32, contact_id=BEN, answer=Answer.YES, asked_at=NOW - timedelta(days=9)
    )
    outcome = answered(Answer.NO, replace(case, questions=(before, *case.questions)))

    assert cluster_of(outcome).state is State.CONFIRMED


def test_who_finds_it_broken_long_after_a_yes_does_not_disagree_with_it() -> None:
    case = asked(State.FIXED_USER, ben=Answer.YES)
    outcome = reopen(PACK, case, case.reports[0], "", NOW + SILENT_AFTER + timedelta(days=1), mint(5))

    assert cluster_of(outcome).state is State.CONFIRMED


def test_who_said_yes_may_say_no_to_it_later() -> None:
    case = asked(State.FIXED_USER, ben=Answer.YES)
    outcome = reopen(PACK, case, case.report("b" * 32), "back again", LATER, mint(5))

    assert cluster_of(outcome).state is State.CONFIRMED


# --- A person decides ----------------------------------------------------------------------------


def disputed(state: State, **fields: object) -> Case:
    return asked(state, desk=(make_desk_item(kind=DeskKind.DISAGREEMENT),), **fields)


def decided(is_fixed: bool, case: Case) -> Outcome:
    return decide(PACK, case, is_fixed, "I went there", "staff:s1", LATER, mint(5))


@pytest.mark.parametrize("state", [State.CONFIRMED, State.FIXED_COUNCIL])
def test_a_person_may_find_it_fixed_and_everybody_hears_it(state: State) -> None:
    outcome = decided(True, disputed(state, promises=(make_promise(),)))

    assert cluster_of(outcome).state is State.FIXED_USER
    assert [promise.end for promise in of(Promise, outcome.changed)] == [PromiseEnd.WITHDRAWN]
    assert [item.done_by for item in of(DeskItem, outcome.changed)] == ["staff:s1"]
    assert {n.recipient: n.key for n in outcome.notices} == {
        f"contact:{ANN}": "told.judged_fixed",
        f"contact:{BEN}": "told.judged_fixed",
    }


def test_a_person_may_find_it_not_fixed_and_it_is_open_again() -> None:
    outcome = decided(False, disputed(State.FIXED_COUNCIL))

    assert cluster_of(outcome).state is State.CONFIRMED
    assert len(of(Promise, outcome.new)) == 2
    assert sorted(n.key for n in outcome.notices) == [
        "service.not_fixed",
        "told.judged_open",
        "told.judged_open",
    ]


def test_what_was_open_again_already_stays_as_it_is_and_everybody_hears_it() -> None:
    outcome = decided(False, disputed(State.CONFIRMED))

    assert of(Cluster, outcome.changed) == []
    assert {n.key for n in outcome.notices} == {"told.judged_open"}


def test_what_nobody_disputes_is_not_decided() -> None:
    with pytest.raises(NotAllowed):
        decided(True, asked())


# --- Silence -------------------------------------------------------------------------------------


def at(moment: datetime, case: Case) -> Outcome:
    return ask_again(PACK, case, moment)


def test_who_has_not_answered_is_asked_once_more() -> None:
    outcome = at(NOW + ASK_AGAIN_AFTER, asked(ben=Answer.YES))

    assert [(n.recipient, n.key, len(n.buttons)) for n in outcome.notices] == [
        (f"contact:{ANN}", "told.ask_again", 2)
    ]
    (again,) = of(Question, outcome.changed)
    assert at(NOW + SILENT_AFTER, replace(asked(), questions=(again,))) == Outcome()


def test_nobody_is_asked_again_too_soon() -> None:
    assert at(NOW + ASK_AGAIN_AFTER - timedelta(seconds=1), asked()) == Outcome()


@pytest.mark.parametrize("state", sorted(OPEN | {State.FIXED_USER}))
def test_nobody_is_asked_again_about_what_is_settled_or_open_again(state: State) -> None:
    assert at(NOW + ASK_AGAIN_AFTER, asked(state)) == Outcome()


def test_silence_is_recorded_as_silence_and_confirms_nothing() -> None:
    outcome = end_questions(asked(ben=Answer.YES), NOW + SILENT_AFTER)

    (silent,) = of(Question, outcome.changed)
    assert (silent.silent_at, silent.answer) == (NOW + SILENT_AFTER, None)
    assert of(Cluster, outcome.changed) == []


def test_silence_is_recorded_once() -> None:
    silent = replace(asked(), questions=(question(silent_at=NOW),))

    assert end_questions(silent, NOW + 2 * SILENT_AFTER) == Outcome()
