"""What a service says of a case, and what that leads to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TypeVar

import pytest

from casework.acting import EFFECTS, Act, act, may_act
from casework.cases import (
    Case,
    Cluster,
    DeskItem,
    DeskKind,
    Offer,
    Photo,
    Promise,
    PromiseEnd,
    Publication,
    Question,
    Shows,
)
from casework.errors import NotAllowed
from casework.outcomes import Outcome
from casework.states import ALLOWED, OPEN, State
from tests.factories import (
    CLEANSING,
    NOW,
    make_case,
    make_cluster,
    make_contact,
    make_desk_item,
    make_offer,
    make_pack,
    make_photo,
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


def test_work_done_again_is_asked_about_anew_and_the_old_question_is_silence() -> None:
    old = Question("e" * 32, "a" * 32, "c" * 32, make_contact().id, NOW)
    outcome = done(Act.DONE, replace(make_case(), questions=(old,)))

    assert [question.asked_at for question in of(Question, outcome.new)] == [LATER]
    assert [(q.id, q.silent_at) for q in of(Question, outcome.changed)] == [(old.id, LATER)]


def test_the_question_remembers_who_did_the_work() -> None:
    (question,) = of(Question, done(Act.DONE).new)

    assert (question.service, question.category, question.ward) == (CLEANSING, "fly_tipping", "W1")


@pytest.mark.parametrize("doing", EFFECTS)
def test_whatever_a_service_does_first_accepts_the_case(doing: Act) -> None:
    offered = replace(make_case(), offers=(make_offer(),))
    outcome = done(doing, offered)

    assert [(o.accepted_at, o.actor) for o in of(Offer, outcome.changed)] == [(LATER, ACTOR)]


def test_a_case_is_accepted_once() -> None:
    offered = replace(make_case(), offers=(make_offer(accepted_at=NOW),))

    assert of(Offer, done(Act.DONE, offered).changed) == []


def test_a_photo_of_the_work_is_the_cases_and_for_everybody_and_the_residents_hear_of_it() -> None:
    photo = make_photo(report_id=None, contact_id=None)
    outcome = act(PACK, make_case(), Act.DONE, ACTOR, "", LATER, mint(5), (photo,))

    (kept,) = of(Photo, outcome.new)
    assert (kept.report_id, kept.shows, kept.publication) == ("a" * 32, Shows.AFTER, Publication.PUBLIC)
    assert [notice.key for notice in outcome.notices] == ["told.done_photo"]


def test_an_act_leaves_a_person_nothing_to_chase() -> None:
    items = [make_desk_item(kind=kind) for kind in (DeskKind.NOT_ACCEPTED, DeskKind.COMPLAINT)]
    outcome = done(Act.SEEN, make_case(desk=items))

    assert [item.kind for item in of(DeskItem, outcome.changed)] == [DeskKind.NOT_ACCEPTED]


def test_what_moves_dates_is_possible_while_the_case_is_open() -> None:
    for doing in (Act.LONGER, Act.PAUSE, Act.NOT_OURS):
        assert {state for state in State if may_act(in_state(state), doing)} == OPEN


def test_a_case_on_hold_can_go_on_and_cannot_be_held_twice() -> None:
    held = in_state(State.CONFIRMED, paused_at=NOW)

    assert may_act(held, Act.RESUME)
    assert not may_act(held, Act.PAUSE)
    assert not may_act(make_case(), Act.RESUME)


def test_a_case_that_is_late_cannot_be_put_on_hold() -> None:
    assert not may_act(make_case(promises=[make_promise(overdue_told_at=NOW)]), Act.PAUSE)
