"""The table of transitions: every pair of states, allowed or refused."""

from itertools import product

import pytest

from casework.errors import TransitionNotAllowed
from casework.states import CLOSED, FIXED, OPEN, State, check_transition

CONFIRMED, TRIAGE, HIDDEN = State.CONFIRMED, State.FOR_TRIAGE, State.HIDDEN

EXPECTED = {
    **{state: set(State) - {state} for state in OPEN},
    State.FIXED_COUNCIL: {State.FIXED_USER, CONFIRMED, HIDDEN},
    State.FIXED_USER: {State.FIXED_COUNCIL, CONFIRMED, HIDDEN},
    **{state: {CONFIRMED, TRIAGE, HIDDEN} for state in CLOSED},
    HIDDEN: {CONFIRMED, TRIAGE},
}


def is_allowed(old: State, new: State) -> bool:
    try:
        check_transition(old, new)
    except TransitionNotAllowed:
        return False
    return True


@pytest.mark.parametrize(("old", "new"), [*product(State, State)])
def test_a_transition_is_allowed_by_the_table_and_no_other(old: State, new: State) -> None:
    assert is_allowed(old, new) is (new in EXPECTED[old])


def test_every_state_is_open_fixed_closed_or_hidden_and_only_one_of_them() -> None:
    assert sorted([*OPEN, *FIXED, *CLOSED, HIDDEN]) == sorted(State)


def test_a_closed_case_never_slips_into_fixed() -> None:
    assert not any(is_allowed(closed, fixed) for closed, fixed in product(CLOSED, FIXED))


def test_a_refusal_names_both_states() -> None:
    with pytest.raises(TransitionNotAllowed) as refused:
        check_transition(State.CLOSED, State.FIXED_USER)

    assert refused.value.parameters == {"old": "closed", "new": "fixed - user"}
