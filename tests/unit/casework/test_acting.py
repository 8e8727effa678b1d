"""What a service says of a case, what residents answer, and what the clock says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TypeVar

import pytest

from casework.acting import EFFECTS, Act, act, may_act
from casework.cases import Answer, Case, Cluster, DeskItem, DeskKind, Hands, Promise, PromiseEnd, Question
from casework.errors import NotAllowed
from casework.handovers import MOST_HANDOVERS, hand_over
from casework.outcomes import Outcome
from casework.promises import tell_overdue
from casework.questions import answer, reopen
from casework.states import ALLOWED, CLOSED, FIXED, State
from tests.factories import (
    CLEANSING,
    NOW,
    ROADS,
    make_case,
    make_cluster,
    make_contact,
    make_pack,
    make_promise,
    make_report,
    mint,
)

PACK = make_pack()
ACTOR = f"service:{CLEANSING}"
LATER = NOW + timedelta(days=1)
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def in_state(state: State, **fields: object) -> Case:
    return make_case(make_cluster(state=state, **fields))


def done(doing: Act, case: Case | None = None, words: str = "because") -> Outcome:
    return act(PACK, case or make_case(), doing, ACTOR, words, LATER, mint(5))


def cluster_of(outcome: Outcome) -> Cluster:
    (found,) = of(Cluster, outcome.changed)
    return found


# --- Acts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("doing", "state"), [*product(EFFECTS, State)])
def test_an_act_is_possible_from_where_the_table_allows_it(doing: Act, state: State) -> None:
    case = in_state(state)
    allowed = EFFECTS[doing].state in ALLOWED[state]

    assert may_act(case, doing) is allowed
    if allowed:
        assert cluster_of(done(doing, case)).state is EFFECTS[doing].state
    else:
        with pytest.raises(NotAllowed):
            done(doing, case)


@pytest.mark.parametrize("doing", EFFECTS)
def test_every_act_is_in_the_history_and_every_reporter_hears_it(doing: Act) -> None:
    outcome = done(doing)

    assert [update.key for update in outcome.updates] == [f"update.{doing}"]
    assert [(n.recipient, n.key) for n in outcome.notices] == [
        (f"contact:{make_contact().id}", f"told.{doing}")
    ]


def test_a_forgotten_reporter_and_one_who_withdrew_hear_nothing() -> None:
    forgotten = make_report(contact_id=None)
    gone = make_report(id="b" * 32, own_state=State.CANCELLED)

    assert done(Act.DONE, make_case(reports=[forgotten, gone])).notices == ()


def test_cannot_be_done_needs_a_reason() -> None:
    with pytest.raises(NotAllowed) as refused:
        done(Act.UNABLE, words="  ")
    assert refused.value.key == "act.reason_needed"


@pytest.mark.parametrize(
    ("doing", "end"), [(Act.DONE, PromiseEnd.KEPT), (Act.UNABLE, PromiseEnd.BROKEN), (Act.SEEN, None)]
)
def test_a_promise_ends_with_the_work(doing: Act, end: PromiseEnd | None) -> None:
    ended = [promise.end for promise in of(Promise, done(doing).changed)]

    assert ended == ([end] if end else [])


def test_done_after_the_promised_date_is_a_promise_broken() -> None:
    late = act(PACK, make_case(), Act.DONE, ACTOR, "", NOW + timedelta(days=9), mint(5))

    assert [promise.end for promise in of(Promise, late.changed)] == [PromiseEnd.BROKEN]


def test_done_asks_each_reporter_whether_it_is() -> None:
    outcome = done(Act.DONE)

    assert [question.report_id for question in of(Question, outcome.new)] == ["a" * 32]
    assert [b.id for b in outcome.notices[0].buttons] == ["fixed:yes:AM-4F7-2Q9", "fixed:no:AM-4F7-2Q9"]


def test_who_was_asked_and_has_not_answered_is_not_asked_twice() -> None:
    case = replace(make_case(), questions=(question(),))

    assert of(Question, done(Act.DONE, case).new) == []


# --- Passing on ---------------------------------------------------------------------------------


def passed(to: str | None, handovers: int = 0, actor: str = ACTOR) -> Outcome:
    case = make_case(make_cluster(handovers=handovers))
    return hand_over(PACK, case, to, actor, "it is a county road", LATER, mint(5))


def test_a_case_goes_to_whose_it_is() -> None:
    outcome = passed(ROADS)

    assert (cluster_of(outcome).service, cluster_of(outcome).hands) == (ROADS, Hands.OFFERED)
    assert (f"service:{ROADS}", "service.new_report") in [(n.recipient, n.key) for n in outcome.notices]


@pytest.mark.parametrize("to", [None, CLEANSING])
def test_a_case_that_nobody_takes_goes_before_a_person(to: str | None) -> None:
    outcome = passed(to)

    assert (cluster_of(outcome).service, cluster_of(outcome).state) == (None, State.FOR_TRIAGE)
    assert [item.kind for item in of(DeskItem, outcome.new)] == [DeskKind.NOT_OURS]


def test_a_case_bounces_three_times_and_then_goes_before_a_person() -> None:
    services = [cluster_of(passed(ROADS, handovers=n)).service for n in range(MOST_HANDOVERS + 1)]

    assert services == [ROADS, ROADS, ROADS, None]


def test_the_resident_is_told_once_and_never_of_a_wrong_council() -> None:
    told = [[n.key for n in passed(ROADS, n).notices if n.recipient.startswith("contact:")] for n in (0, 1)]

    assert told == [["told.passed_on"], []]


def test_the_reason_is_kept_for_officers_only() -> None:
    note = next(update for update in passed(ROADS).updates if update.words)

    assert (note.words, note.public) == ("it is a county road", False)


def test_a_case_for_councillors_of_a_vacant_ward_goes_before_a_person() -> None:
    vacant = make_pack(councillors=())
    outcome = hand_over(vacant, make_case(), "councillors", ACTOR, "", LATER, mint(5))

    assert cluster_of(outcome).service is None


def test_a_service_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotAllowed) as refused:
        passed("ashmere/nobody")
    assert refused.value.key == "act.no_service"


@pytest.mark.parametrize("state", sorted(FIXED | CLOSED | {State.HIDDEN}))
def test_a_case_that_is_over_is_not_passed_on(state: State) -> None:
    with pytest.raises(NotAllowed):
        hand_over(PACK, in_state(state), ROADS, ACTOR, "", LATER, mint(5))


# --- Answers ------------------------------------------------------------------------------------


def question(report_id: str = "a" * 32, **fields: object) -> Question:
    asked = Question("e" * 32, report_id, "c" * 32, make_contact().id, NOW)
    return replace(asked, **fields)


def asked(state: State = State.FIXED_COUNCIL) -> Case:
    other = make_report(id="b" * 32, reference="AM-222-222", contact_id="d" * 32)
    case = make_case(make_cluster(state=state), reports=[make_report(), other], promises=[])
    return replace(case, questions=(question(), question("b" * 32, id="f" * 32, contact_id="d" * 32)))


def answered(said: Answer, case: Case | None = None, report_id: str = "a" * 32) -> Outcome:
    return answer(PACK, case or asked(), report_id, said, "look again", LATER, mint(5))


def test_yes_confirms_it() -> None:
    outcome = answered(Answer.YES)

    assert cluster_of(outcome).state is State.FIXED_USER
    assert [q.answer for q in of(Question, outcome.changed)] == [Answer.YES]


def test_no_opens_it_again_with_a_new_promise_to_everyone() -> None:
    outcome = answered(Answer.NO)

    assert cluster_of(outcome).state is State.CONFIRMED
    assert [promise.report_id for promise in of(Promise, outcome.new)] == ["a" * 32, "b" * 32]


def test_no_tells_the_service_and_the_other_reporters() -> None:
    heard = {notice.recipient: notice.key for notice in answered(Answer.NO).notices}

    assert heard == {f"service:{CLEANSING}": "service.not_fixed", f"contact:{'d' * 32}": "told.not_fixed"}


def test_a_no_outweighs_the_yes_of_another() -> None:
    said_yes = replace(asked(), cluster=make_cluster(state=State.FIXED_USER))

    assert cluster_of(answered(Answer.NO, said_yes, "b" * 32)).state is State.CONFIRMED


def test_a_yes_after_a_no_changes_nothing() -> None:
    opened = replace(asked(), cluster=make_cluster(state=State.CONFIRMED))

    assert of(Cluster, answered(Answer.YES, opened).changed) == []


def test_a_second_no_changes_nothing_more() -> None:
    opened = replace(asked(), cluster=make_cluster(state=State.CONFIRMED))

    assert answered(Answer.NO, opened).notices == ()


def test_what_was_not_asked_cannot_be_answered() -> None:
    with pytest.raises(NotAllowed) as refused:
        answered(Answer.YES, make_case())
    assert refused.value.key == "answer.not_asked"


def test_an_answer_counts_once() -> None:
    once = replace(make_case(), questions=(question(answered_at=NOW, answer=Answer.YES),))

    with pytest.raises(NotAllowed):
        answered(Answer.NO, once)


@pytest.mark.parametrize("state", sorted(set(State) - FIXED))
def test_only_what_is_called_fixed_is_opened_again(state: State) -> None:
    case = in_state(state)

    assert reopen(PACK, case, case.reports[0], "", LATER, mint(5)) == Outcome()


# --- Overdue ------------------------------------------------------------------------------------


def overdue(case: Case) -> Outcome:
    return tell_overdue(PACK, case, case.promises[0], NOW + timedelta(days=9), mint(5))


def test_a_broken_date_is_told_to_the_resident_and_the_service_once() -> None:
    outcome = overdue(make_case())

    assert [notice.key for notice in outcome.notices] == ["told.overdue", "service.overdue"]
    assert [p.overdue_told_at for p in of(Promise, outcome.changed)] == [NOW + timedelta(days=9)]


def test_the_promise_runs_on() -> None:
    assert [promise.ended_at for promise in of(Promise, overdue(make_case()).changed)] == [None]


def test_a_report_that_nobody_sorted_in_time_comes_before_staff_again() -> None:
    item = DeskItem(
        "e" * 32, DeskKind.UNSURE_CATEGORY, "ashmere", "W1", "a" * 32, None, "", NOW, mailed_at=NOW
    )
    unsorted = make_cluster(state=State.FOR_TRIAGE, service=None)
    outcome = overdue(make_case(unsorted, promises=[make_promise(service=None)], desk=[item]))

    assert [desk.mailed_at for desk in of(DeskItem, outcome.changed)] == [None]
