"""The states of a report and the table of allowed transitions.

The names are FixMyStreet's, so that data and Open311 partners map one to one.
"""

from collections.abc import Mapping
from enum import StrEnum

from casework.errors import TransitionNotAllowed


class State(StrEnum):
    """Where the work on a problem stands."""

    CONFIRMED = "confirmed"
    FOR_TRIAGE = "for triage"
    INVESTIGATING = "investigating"
    PLANNED = "planned"
    ACTION_SCHEDULED = "action scheduled"
    IN_PROGRESS = "in progress"
    FIXED_USER = "fixed - user"
    FIXED_COUNCIL = "fixed - council"
    CLOSED = "closed"
    UNABLE_TO_FIX = "unable to fix"
    NOT_RESPONSIBLE = "not responsible"
    DUPLICATE = "duplicate"
    INTERNAL_REFERRAL = "internal referral"
    CANCELLED = "cancelled"
    HIDDEN = "hidden"


OPEN = frozenset(
    {
        State.CONFIRMED,
        State.FOR_TRIAGE,
        State.INVESTIGATING,
        State.PLANNED,
        State.ACTION_SCHEDULED,
        State.IN_PROGRESS,
    }
)
FIXED = frozenset({State.FIXED_USER, State.FIXED_COUNCIL})
CLOSED = frozenset(
    {
        State.CLOSED,
        State.UNABLE_TO_FIX,
        State.NOT_RESPONSIBLE,
        State.DUPLICATE,
        State.INTERNAL_REFERRAL,
        State.CANCELLED,
    }
)

_FROM_OPEN = OPEN | FIXED | CLOSED | {State.HIDDEN}

ALLOWED: Mapping[State, frozenset[State]] = {
    **{state: frozenset(_FROM_OPEN - {state}) for state in OPEN},
    # A service's word waits for the residents': they confirm it or the case is open again.
    State.FIXED_COUNCIL: frozenset({State.FIXED_USER, State.CONFIRMED, State.HIDDEN}),
    # A resident's yes that another gainsays is no more than the service's word again.
    State.FIXED_USER: frozenset({State.FIXED_COUNCIL, State.CONFIRMED, State.HIDDEN}),
    # A closed case can be opened again, but never slips into "fixed".
    **{state: frozenset({State.CONFIRMED, State.FOR_TRIAGE, State.HIDDEN}) for state in CLOSED},
    State.HIDDEN: frozenset({State.CONFIRMED, State.FOR_TRIAGE}),
}


def check_transition(old: State, new: State) -> None:
    """Raise TransitionNotAllowed unless a case may go from ``old`` to ``new``."""
    if new not in ALLOWED[old]:
        raise TransitionNotAllowed(f"{old} -> {new}", old=str(old), new=str(new))
