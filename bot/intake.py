"""Takes messages in: stored first, answered afterwards by a worker."""

import asyncio
import threading
from collections import defaultdict
from concurrent.futures import Future
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from casework.cases import Contact
from casework.clock import Clock
from casework.minting import Mint
from storage.inbox import Arrival
from storage.store import Store

FIRST_LOOK_S = 0.1
LAST_LOOK_S = 1.0
"""Before the first look at whether another process has answered; each wait is twice the last, to this."""


class Bell:
    """Rings when there is something to do, or when a message was answered, in this process.

    Other processes are found out by polling.
    """

    def __init__(self) -> None:
        self._work = threading.Condition()
        self._rung = False
        self._lock = threading.Lock()
        self._waiting: dict[int, list[Future[None]]] = defaultdict(list)

    def ring(self) -> None:
        """There is work."""
        with self._work:
            self._rung = True
            self._work.notify_all()

    def wait(self, seconds: float) -> None:
        """Sleep until there is work, so many seconds at most."""
        with self._work:
            if not self._rung:
                self._work.wait(seconds)
            self._rung = False

    def answered(self, inbox_id: int) -> None:
        """That message was answered."""
        with self._lock:
            waiting = self._waiting.pop(inbox_id, [])
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def expect(self, inbox_id: int) -> Future[None]:
        """Done when that message is answered in this process."""
        future: Future[None] = Future()
        with self._lock:
            self._waiting[inbox_id].append(future)
        return future

    def forget(self, inbox_id: int, future: Future[None]) -> None:
        """Nobody waits for it any more."""
        with self._lock:
            waiting = self._waiting.get(inbox_id, [])
            if future in waiting:
                waiting.remove(future)
            if not waiting:
                self._waiting.pop(inbox_id, None)


class Intake:
    """The one way in, for every channel. Whoever wrote nothing for ``idle`` starts afresh."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        mint: Mint,
        bell: Bell,
        language: str = "en",
        idle: timedelta = timedelta(days=365),
    ) -> None:
        self._store = store
        self.clock = clock
        self._mint = mint
        self._bell = bell
        self._language = language
        self._idle = idle

    def add(self, arrival: Arrival) -> tuple[int, str]:
        """Store an event once; its inbox id and its contact's id."""
        now = self.clock.now()
        contact = Contact(
            id=self._mint.id(),
            channel=arrival.channel,
            address_hash=arrival.address_hash,
            address=arrival.address,
            language=self._language,
            created_at=now,
        )
        inbox_id, contact_id, _ = self._store.inbox.add(arrival, contact, now, now - self._idle)
        self._bell.ring()
        return inbox_id, contact_id

    async def take(self, arrival: Arrival) -> tuple[int, str]:
        """The same from a coroutine."""
        return await run_in_threadpool(self.add, arrival)

    async def wait_until_handled(self, inbox_id: int, seconds: float) -> bool:
        """Wait until a worker, here or elsewhere, has answered that message."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        future = self._bell.expect(inbox_id)
        answered, pause = asyncio.wrap_future(future), FIRST_LOOK_S
        try:
            while loop.time() < until:
                await asyncio.wait([answered], timeout=min(pause, until - loop.time()))
                if future.done() or await run_in_threadpool(self._store.inbox.is_handled, inbox_id):
                    return True
                pause = min(2 * pause, LAST_LOOK_S)
            return False
        finally:
            self._bell.forget(inbox_id, future)
