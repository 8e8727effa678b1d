"""How Telegram's updates come in: by its call to our webhook, or by our asking for them."""

import hmac
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram import Telegram
from bot.channels.telegram_line import POLL_S, TelegramLine
from bot.intake import Intake
from casework.errors import StorageUnavailable

log = structlog.get_logger()

PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000
PAUSE_S = 5.0
LEARN_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class TelegramIntake:
    """Stores updates. Nothing else is done with them here, but that a pressed button is let go."""

    channel: Telegram
    line: TelegramLine
    intake: Intake
    key: str

    def take(self, payload: Mapping[str, object]) -> None:
        """Store one update, once. Raises ValueError for what is none, StorageUnavailable."""
        self.intake.add(self.channel.arrival(payload, self.key))
        self.line.acknowledge(payload)

    def learn(self, stopping: threading.Event) -> None:
        """Find out what the bot is called: in a group it answers to its name."""
        while not stopping.is_set() and not self.channel.username:
            try:
                self.channel.username = self.line.username()
            except TelegramError as fault:
                log.warning("telegram.unreachable", error=type(fault).__name__)
                stopping.wait(LEARN_AGAIN_S)


@dataclass(frozen=True, slots=True)
class TelegramWebhook:
    """The address that Telegram calls, with the secret that only it and we know."""

    intake: TelegramIntake
    secret: str

    def routes(self) -> list[Route]:
        """What to mount."""
        return [Route(PATH, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Check, store, say yes. Without the secret nothing is even read."""
        given = request.headers.get(SECRET_HEADER, "")
        if not self.secret or not hmac.compare_digest(given.encode(), self.secret.encode()):
            log.warning("telegram.wrong_secret")
            return JSONResponse({"error": "the secret token is wrong"}, status_code=403)
        try:
            await run_in_threadpool(self.intake.take, await _read(request))
        except ValueError as fault:
            return JSONResponse({"error": str(fault)}, status_code=400)
        except StorageUnavailable:
            # Telegram calls again.
            return JSONResponse({"error": "try again"}, status_code=503)
        return Response()


async def _read(request: Request) -> Mapping[str, object]:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise ValueError("too large")
        chunks.append(chunk)
    try:
        payload = json.loads(b"".join(chunks))
    except RecursionError as fault:
        raise ValueError("too deep") from fault
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    return payload


class TelegramPoller:
    """Asks for updates again and again; no public address is needed.

    Telegram keeps an update until we ask for the next one, and we do so only once it is stored.
    """

    def __init__(self, intake: TelegramIntake, wait_s: int = POLL_S) -> None:
        self._intake = intake
        self._wait_s = wait_s
        self._offset = 0

    def run(self, stopping: threading.Event) -> None:
        """Until told to stop."""
        log.info("telegram.polling")
        while not stopping.is_set():
            try:
                self.step()
            except RetryAfter as fault:
                stopping.wait(float(getattr(fault.retry_after, "seconds", PAUSE_S)))
            except Conflict as fault:
                self._conflict(fault)
                stopping.wait(PAUSE_S)
            except TelegramError as fault:
                log.warning("telegram.unreachable", error=type(fault).__name__)
                stopping.wait(PAUSE_S)
            except StorageUnavailable:
                log.warning("storage_unavailable", channel="telegram")
                stopping.wait(PAUSE_S)

    def step(self) -> int:
        """One poll: store what came; how many updates there were."""
        found = self._intake.line.updates(self._offset, self._wait_s)
        for payload in found:
            self._take(payload)
            self._offset = max(self._offset, int(str(payload["update_id"])) + 1)
        return len(found)

    def _take(self, payload: Mapping[str, object]) -> None:
        try:
            self._intake.take(payload)
        except ValueError:
            log.warning("telegram.no_update")

    def _conflict(self, fault: Conflict) -> None:
        """A webhook is set, which is ours to drop; or another process polls, which is not."""
        log.warning("telegram.conflict", webhook="webhook" in fault.message)
        if "webhook" in fault.message:
            self._intake.line.drop_webhook()
