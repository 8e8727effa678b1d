"""Is it alive, is it ready, how does it do: ``/healthz``, ``/readyz``, ``/metrics``."""

from collections.abc import Callable
from datetime import timedelta

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from casework.clock import Clock
from casework.errors import StreetcallError
from storage.store import Store

QUIET = timedelta(seconds=30)
"""A worker that has not shown itself for so long is taken for dead."""


class Health:
    """The three pages that a monitor reads."""

    def __init__(self, store: Store, clock: Clock, figures: CollectorRegistry) -> None:
        self._store = store
        self._clock = clock
        self._figures = figures

    def routes(self) -> list[Route]:
        """What to mount."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def alive(self, _request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    async def ready(self, _request: Request) -> Response:
        """503, and which part, unless messages can be taken in and answered."""
        faults = await run_in_threadpool(self.faults)
        return JSONResponse(
            {"ready": not faults, "faults": faults},
            status_code=503 if faults else 200,
            headers={"Cache-Control": "no-store"},
        )

    def faults(self) -> dict[str, str]:
        """What keeps this from working, by part."""
        checks: dict[str, Callable[[], str | None]] = {
            "database": self._database,
            "migrations": self._migrations,
            "workers": self._workers,
        }
        found = {}
        for part, check in checks.items():
            try:
                fault = check()
            except StreetcallError as error:
                fault = str(error)
            if fault:
                found[part] = fault
        return found

    def _database(self) -> str | None:
        self._store.database.ping()
        if self._store.database.is_current():
            self._store.inbox.ping()
        return None

    def _migrations(self) -> str | None:
        return None if self._store.database.is_current() else "run: streetcall migrate"

    def _workers(self) -> str | None:
        beat = self._store.cases.last_beat()
        alive = beat is not None and self._clock.now() - beat <= QUIET
        return None if alive else "no worker is running: streetcall worker"

    async def metrics(self, _request: Request) -> Response:
        """Figures for Prometheus: those of the process, and those of the queues."""
        try:
            queues = await run_in_threadpool(self._queues)
        except StreetcallError:
            queues = b""
        return Response(
            generate_latest() + generate_latest(self._figures) + queues, media_type=CONTENT_TYPE_LATEST
        )

    def _queues(self) -> bytes:
        registry = CollectorRegistry()
        age = Gauge(
            "streetcall_inbox_oldest_seconds", "Age of the oldest unanswered message", registry=registry
        )
        oldest = self._store.inbox.oldest_unhandled()
        age.set((self._clock.now() - oldest).total_seconds() if oldest else 0)
        messages = Gauge(
            "streetcall_outbox_messages", "Messages out", ["channel", "state"], registry=registry
        )
        for (channel, state), count in self._store.outbox.states().items():
            messages.labels(channel, state).set(count)
        return generate_latest(registry)
