"""Sends the outbox: bounded retries with growing waits, then an honest failure on the desk.

What is sent is decided before, in the transaction that wrote the message; here it only goes out.
A message can go out twice where a process died between the provider's acceptance and our mark of
it; ``streetcall_delivery_maybe_twice_total`` counts those.
"""

import random
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Protocol

import structlog
from prometheus_client import CollectorRegistry, Counter

from casework.cases import DeskKind
from casework.clock import Clock
from casework.delivering import Undelivered, put_on_desk
from casework.errors import StorageUnavailable, StreetcallError
from casework.minting import Mint
from casework.outcomes import Outcome
from storage.outbox import Waiting
from storage.store import Store

log = structlog.get_logger()

WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=20),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""How long to wait after each attempt; the last holds for all later ones."""

GIVE_UP_AFTER = timedelta(hours=72)
"""A message that was tried as often as there are waits, and is as old as this, has failed."""

PAUSES = WAITS[:4]
"""How long a whole channel rests when it cannot be reached, longer each time in a row."""

JITTER = 0.2
"""Waits are longer or shorter by up to this part, so that retries do not come in waves."""

UNEXPECTED_ATTEMPTS = 4
"""A message that our own program cannot send is not tried for days."""

LEASE = timedelta(minutes=5)
IDLE_S = 0.2
"""Between two looks at an outbox in which nothing is due."""

_MARK_ATTEMPTS = 3


class TryAgain(StreetcallError):
    """It did not go this time; ``after`` is how long the provider asked us to wait.

    ``reason`` is for officers and logs: a code and few words, nothing personal.
    """

    key = "error.try_again"

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class ChannelDown(TryAgain):
    """Nothing goes on this channel now, so nothing else needs to be tried."""

    key = "error.channel_down"


class Refused(StreetcallError):
    """It will never go: the provider said no for good, or there is no such recipient."""

    key = "error.refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Held(StreetcallError):
    """It may go only after the contact has written again (WhatsApp's window)."""

    key = "error.held"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Withheld(StreetcallError):
    """It is not wanted there: the contact, or its carrier for it, said STOP."""

    key = "error.withheld"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sender(Protocol):
    """One channel's way out."""

    def send(self, message: Waiting) -> str | None:
        """Send it and return the provider's id for it, if it has one.

        Raises TryAgain, ChannelDown, Refused, Held or Withheld.
        """
        ...


class Figures:
    """What is counted of sending, for all channels together."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.attempts = Counter(
            "streetcall_delivery_attempts",
            "Attempts to send a message",
            ["channel", "result"],
            registry=registry,
        )
        self.maybe_twice = Counter(
            "streetcall_delivery_maybe_twice",
            "Messages sent again although an interrupted attempt may have reached the provider",
            ["channel"],
            registry=registry,
        )


class Delivery:
    """Sends what is due on the channels that have a sender.

    ``deliver_due`` may run in several processes at once, and in one thread for each channel if
    each has its own Delivery: then a slow mail server holds nobody else up.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        clock: Clock,
        mint: Mint,
        *,
        registry: CollectorRegistry | None = None,
        figures: Figures | None = None,
        source: random.Random | None = None,
        batch: int = 20,
    ) -> None:
        self._store = store
        self._senders = senders
        self._clock = clock
        self._mint = mint
        self._source = source or random.Random()
        self._batch = batch
        self._paused_until: dict[str, datetime] = {}
        self._failures_in_a_row: dict[str, int] = defaultdict(int)
        self._figures = figures or Figures(registry)

    def run(self, stopping: threading.Event) -> None:
        """Send what is due until told to stop."""
        while not stopping.is_set():
            try:
                done = self.deliver_due()
            except StorageUnavailable:
                log.warning("storage_unavailable", channels=list(self._senders))
                done = 0
            except Exception:
                log.exception("delivery.broken", channels=list(self._senders))
                done = 0
            if not done:
                stopping.wait(IDLE_S)

    def deliver_due(self) -> int:
        """Send one batch of what is due on each channel; how many messages were dealt with."""
        return sum(self._deliver(channel) for channel in self._senders if not self._is_paused(channel))

    def _is_paused(self, channel: str) -> bool:
        until = self._paused_until.get(channel)
        return until is not None and self._clock.now() < until

    def _deliver(self, channel: str) -> int:
        started = self._clock.now()
        batch = self._store.outbox.claim([channel], started, LEASE, self._batch)
        held: dict[str, datetime] = {}
        for number, message in enumerate(batch):
            if self._clock.now() > started + LEASE / 2:
                # The server is slow: what is left must not be taken by two.
                self._put_back(batch[number:], self._clock.now())
                return number
            if message.recipient in held:
                self._put_back([message], held[message.recipient])
                continue
            try:
                again_at = self._attempt(message)
            except ChannelDown as down:
                self._rest(channel, down, batch[number:])
                return number
            if again_at:
                held[message.recipient] = again_at
        return len(batch)

    def _attempt(self, message: Waiting) -> datetime | None:
        """Send one message and mark it; if it did not go, when it is tried again.

        Raises ChannelDown; every other fault is this message's own and is dealt with.
        """
        if message.interrupted:
            self._figures.maybe_twice.labels(message.channel).inc()
        try:
            provider_id = self._senders[message.channel].send(message)
        except (ChannelDown, StorageUnavailable):
            raise
        except TryAgain as fault:
            return self._retry(message, fault.reason, fault.after)
        except (Refused, Held, Withheld) as fault:
            self._settle(message, fault)
            return None
        except Exception as fault:  # Whatever is wrong with this message, the others must go.
            return self._stumble(message, fault)
        self._mark_sent(message, provider_id)
        return None

    def _settle(self, message: Waiting, fault: Refused | Held | Withheld) -> None:
        """It is not tried again by itself."""
        if isinstance(fault, Refused):
            return self._fail(message, fault.reason)
        if isinstance(fault, Held):
            self._store.outbox.hold(message.id, fault.reason)
        else:
            self._store.outbox.suppress(message.id, fault.reason)
        self._count(message, "held" if isinstance(fault, Held) else "withheld")
        log.info("delivery.settled", **_named(message), reason=fault.reason)

    def _mark_sent(self, message: Waiting, provider_id: str | None) -> None:
        """It is out: a database that is busy for a moment must not make it go twice."""
        self._count(message, "sent")
        self._failures_in_a_row[message.channel] = 0
        for attempt in range(_MARK_ATTEMPTS):
            try:
                return self._store.outbox.mark_sent(message.id, self._clock.now(), provider_id)
            except StorageUnavailable:
                if attempt == _MARK_ATTEMPTS - 1:
                    raise

    def _retry(self, message: Waiting, reason: str, after: timedelta | None) -> datetime | None:
        if self._is_too_old(message) and message.attempts >= len(WAITS):
            self._fail(message, reason)
            return None
        wait = WAITS[min(message.attempts, len(WAITS)) - 1]
        at = self._clock.now() + max(self._jittered(wait), after or timedelta())
        self._store.outbox.mark_retry(message.id, at, reason)
        self._count(message, "retried")
        log.info("delivery.retry", **_named(message), reason=reason)
        return at

    def _fail(self, message: Waiting, reason: str) -> None:
        desk = on_desk(self._store, message, reason, self._clock.now(), self._mint)
        self._store.outbox.mark_failed(message.id, reason, desk, self._clock.now())
        self._count(message, "failed")
        log.warning("delivery.failed", **_named(message), reason=reason)

    def _stumble(self, message: Waiting, fault: Exception) -> datetime | None:
        """Our own fault. An exception's words could be somebody's, so the log gets its place only."""
        error_id = self._mint.id()[:8]
        where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(fault.__traceback__)]
        kind = type(fault).__name__
        log.error("delivery.unexpected", **_named(message), error_id=error_id, error=kind, where=where)
        reason = f"{kind}, error {error_id}"
        if message.attempts >= UNEXPECTED_ATTEMPTS:
            self._fail(message, reason)
            return None
        return self._retry(message, reason, None)

    def _rest(self, channel: str, down: ChannelDown, untried: Sequence[Waiting]) -> None:
        """Nothing goes now: everything keeps its place, and the channel rests for a while."""
        failures = self._failures_in_a_row[channel]
        self._failures_in_a_row[channel] += 1
        wait = self._jittered(PAUSES[min(failures, len(PAUSES) - 1)])
        until = self._clock.now() + max(wait, down.after or timedelta())
        self._paused_until[channel] = until
        log.warning("delivery.channel_down", channel=channel, reason=down.reason, until=until.isoformat())
        self._put_back([message for message in untried if not self._is_too_old(message)], until)
        for message in filter(self._is_too_old, untried):
            self._fail(message, down.reason)

    def _put_back(self, messages: Sequence[Waiting], at: datetime) -> None:
        if messages:
            self._store.outbox.put_back([message.id for message in messages], at)

    def _is_too_old(self, message: Waiting) -> bool:
        return self._clock.now() - message.created_at > GIVE_UP_AFTER

    def _jittered(self, wait: timedelta) -> timedelta:
        return wait * self._source.uniform(1 - JITTER, 1 + JITTER)

    def _count(self, message: Waiting, result: str) -> None:
        self._figures.attempts.labels(message.channel, result).inc()


def on_desk(store: Store, message: Waiting, reason: str, now: datetime, mint: Mint) -> Outcome:
    """Somebody is to look at it, unless the same thing is on the desk already."""
    case = store.cases.case_of_report(message.report_id) if message.report_id else None
    what = Undelivered(
        recipient=message.recipient,
        key=message.key,
        reason=reason,
        jurisdiction=message.jurisdiction,
        ward=case.cluster.ward if case else None,
        report_id=message.report_id,
        contact_id=message.contact_id,
    )
    if store.cases.is_on_desk(DeskKind.DELIVERY_FAILED, what.report_id, what.contact_id):
        return Outcome()
    return put_on_desk(what, now, mint)


def _named(message: Waiting) -> dict[str, object]:
    """What a log may say of a message."""
    return {
        "outbox_id": message.id,
        "channel": message.channel,
        "key": message.key,
        "attempts": message.attempts,
    }
