"""The ticking of the jobs, on both engines."""

import threading
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.ticking import Job, Tick, Ticker
from casework.clock import Clock, SystemClock
from casework.minting import Mint
from casework.outcomes import Notice, Outcome
from casework.packs import Pack
from storage.commit import EMAIL
from storage.database import Database
from storage.store import Store
from tests.factories import NOW

ran: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


def ticker(store: Store, *ticks: Tick) -> Ticker:
    """One process that ticks."""
    return Ticker(store, {}, SystemClock(), Mint(), ticks)


def sweep(_store: Store, _packs: Mapping[str, Pack], _clock: Clock, _mint: Mint) -> int:
    """A job."""
    ran.append("sweep")
    return 1


def during(name: str, act: Job) -> Job:
    """A job of that name, in the middle of which something else happens."""

    def job(store: Store, packs: Mapping[str, Pack], clock: Clock, mint: Mint) -> int:
        ran.append(name)
        return act(store, packs, clock, mint)

    job.__name__ = name
    return job


def run(store: Store, job: Job) -> Job:
    """Another process that ticks now."""
    return lambda *_: ticker(store).run(job) or 0


def test_two_jobs_that_are_due_at_one_instant_both_run(store: Store) -> None:
    ticker(store).run(during("polish", run(store, sweep)))
    assert ran == ["polish", "sweep"]


def test_one_job_runs_in_one_process_at_a_time(postgres_url: str) -> None:
    database = Database(postgres_url)
    store = Store(database)
    ticker(store).run(during("sweep", run(store, sweep)))
    database.close()
    assert ran == ["sweep"]


def test_mail_goes_out_while_a_job_runs(store: Store) -> None:
    store.commit(Outcome(notices=(Notice(recipient="service:a/b", key="x", jurisdiction="a"),)), NOW)
    claimed = []

    def claim(store: Store, *_: object) -> int:
        claimed.extend(store.outbox.claim([EMAIL], NOW, timedelta(minutes=5)))
        return 1

    ticker(store).run(during("polish", claim))
    assert len(claimed) == 1


def test_what_came_due_while_nothing_ran_is_done_at_the_start(store: Store) -> None:
    done = threading.Event()

    def catch_up(*_: object) -> int:
        done.set()
        return 1

    process = ticker(store, Tick(catch_up, timedelta(hours=1)))
    process.start()
    try:
        assert done.wait(10)
    finally:
        process.stop()
