"""What all jobs share: one thing's fault or another's quicker hand keeps none of the others waiting."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from casework.errors import Conflict, StorageUnavailable
from casework.outcomes import Outcome
from casework.packs import Pack
from storage.store import Store

log = structlog.get_logger()

Packs = Mapping[str, Pack]
T = TypeVar("T")

MOST_AT_ONCE = 1000
"""So many things are looked at in one run; what is left is due at the next."""


def one_by_one(things: Iterable[T], do: Callable[[T], bool]) -> int:
    """Do each; how many were done. A fault in one is logged, without words, and the next is done.

    Raises StorageUnavailable, because nothing can be done then.
    """
    return sum(_attempt(thing, do) for thing in things)


def page_by_page(find: Callable[[int], Sequence[T]], do: Callable[[T], bool]) -> int:
    """The same with pages: ``find`` takes how many things at the head of its list were done in vain."""
    done = in_vain = 0
    while done + in_vain < MOST_AT_ONCE and (page := find(in_vain)):
        for thing in page:
            was_done = _attempt(thing, do)
            done += was_done
            in_vain += not was_done
    return done


def _attempt(thing: T, do: Callable[[T], bool]) -> bool:
    try:
        return do(thing)
    except StorageUnavailable:
        raise
    except Exception as error:
        log.exception("job_item_failed", item=_id_of(thing), kind=type(error).__name__)
        return False


def _id_of(thing: object) -> str:
    """What it is known by; never its words."""
    named = thing if isinstance(thing, str) else getattr(thing, "id", None)
    return str(named or type(thing).__name__)


def written(store: Store, outcome: Outcome, now: datetime) -> bool:
    """Write it; False where there is nothing in it, or somebody else was there first."""
    if outcome == Outcome():
        return False
    try:
        store.commit(outcome, now)
    except Conflict:
        log.info("jobs.passed_over")
        return False
    return True
