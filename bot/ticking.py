"""Ticks the scheduled jobs, in one process at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot import calling_jobs, case_jobs, jobs
from casework.clock import Clock
from casework.errors import StorageUnavailable
from casework.minting import Mint
from casework.packs import Pack
from storage.locks import JOBS
from storage.store import Store

log = structlog.get_logger()

Job = Callable[[Store, Mapping[str, Pack], Clock, Mint], int]


@dataclass(frozen=True, slots=True)
class Tick:
    """A job and how often it runs."""

    job: Job
    every: timedelta


TICKS = (
    Tick(case_jobs.send_on_due, timedelta(seconds=5)),
    Tick(case_jobs.tell_overdue, timedelta(minutes=1)),
    Tick(case_jobs.end_pauses, timedelta(minutes=1)),
    Tick(case_jobs.remind_services, timedelta(minutes=5)),
    Tick(case_jobs.chase_offers, timedelta(minutes=5)),
    Tick(case_jobs.ask_again, timedelta(minutes=10)),
    Tick(case_jobs.end_questions, timedelta(hours=1)),
    Tick(jobs.ask_about_drafts, timedelta(minutes=1)),
    Tick(jobs.send_digests, timedelta(minutes=1)),
    Tick(jobs.chain_audit, timedelta(minutes=1)),
    Tick(jobs.chain_audit_left_behind, timedelta(hours=1)),
    Tick(jobs.mail_desk, timedelta(minutes=15)),
    Tick(jobs.forget_idle, timedelta(hours=1)),
    Tick(calling_jobs.tell_clocks, timedelta(minutes=5)),
    Tick(calling_jobs.flag_clusters, timedelta(hours=1)),
    Tick(calling_jobs.pass_on_calls, timedelta(hours=1)),
    Tick(calling_jobs.welcome_councillors, timedelta(hours=1)),
    Tick(calling_jobs.allocate_budgets, timedelta(hours=1)),
)


def lock_of(job: Job) -> int:
    """The lock of a job: two jobs that are due at one instant must not keep each other from running."""
    return JOBS + crc32(job.__name__.encode())


class Ticker:
    """Runs the jobs in the background until it is stopped."""

    def __init__(
        self,
        store: Store,
        packs: Mapping[str, Pack],
        clock: Clock,
        mint: Mint,
        ticks: Sequence[Tick] = TICKS,
    ) -> None:
        self._store = store
        self._packs = packs
        self._clock = clock
        self._mint = mint
        self._scheduler = BackgroundScheduler(timezone="UTC")
        for tick in ticks:
            self._scheduler.add_job(
                self.run,
                "interval",
                # What came due while nothing ran does not wait for the first interval to pass.
                next_run_time=datetime.now(UTC),
                args=[tick.job],
                seconds=tick.every.total_seconds(),
                id=tick.job.__name__,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    @property
    def running(self) -> bool:
        """True between start and stop."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the job in hand."""
        self._scheduler.shutdown(wait=True)

    def run(self, job: Job) -> None:
        """One job once, unless another process is at it; a fault in it does not end the ticking."""
        try:
            with self._store.database.only_one(lock_of(job)) as mine:
                done = job(self._store, self._packs, self._clock, self._mint) if mine else 0
        except StorageUnavailable:
            log.warning("storage_unavailable", job=job.__name__)
        except Exception:
            log.exception("job_failed", job=job.__name__)
        else:
            if done:
                log.info("job", name=job.__name__, done=done)
