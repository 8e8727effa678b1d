"""The connection to Telegram's Bot API, and the way out over it.

python-telegram-bot is a library of coroutines and the core is not: it lives in a thread with a
loop of its own, and whoever calls waits for it.
"""

import asyncio
import os
import threading
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

# How long to wait is then told as a timedelta, which is what the library will do by default.
os.environ.setdefault("PTB_TIMEDELTA", "true")

import structlog
from telegram import WebhookInfo
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram import KINDS, MOST_FILE_BYTES, FetchFailed, Markup, Sheet, lay_out
from bot.delivery import ChannelDown, Refused, TryAgain
from bot.wording import Wording
from casework.clock import Clock
from casework.contacts import unreachable
from casework.errors import Conflict as Changed
from storage.outbox import Waiting
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

CALL_S = 10.0
"""As long as Telegram may take for one call."""

LONGEST_CALL_S = 30.0
"""With waiting for a free connection and for the rate limit."""

FETCH_S = 25.0
POLL_S = 20
"""As long as Telegram holds a poll open while nothing comes."""

FETCH_ATTEMPTS = 2
NO_LONGER_THERE = ("chat not found", "user is deactivated", "bot was blocked", "not enough rights")


class TelegramLine:
    """Calls the Bot API from any thread."""

    def __init__(self, token: str, api_url: str) -> None:
        self._root = f"{api_url.rstrip('/')}/bot{token}"
        self._polls = HTTPXRequest(connection_pool_size=1, connect_timeout=CALL_S)
        self.bot: ExtBot[int] = ExtBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=16,
                connect_timeout=CALL_S,
                read_timeout=CALL_S,
                write_timeout=CALL_S,
                pool_timeout=CALL_S,
            ),
            get_updates_request=self._polls,
            rate_limiter=AIORateLimiter(max_retries=0),
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()

    # --- Calling ---

    def call(self, coroutine: Coroutine[Any, Any, T], seconds: float = LONGEST_CALL_S) -> T:
        """Wait for a coroutine of the library's. Raises TelegramError."""
        future = self.begin(coroutine)
        try:
            return future.result(seconds)
        except FutureTimeout:
            future.cancel()
            raise NetworkError("no answer in time") from None

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        """Start a coroutine without waiting."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """Give back the connections and end the thread."""
        self.call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _shut(self) -> None:
        await self.bot.request.shutdown()
        await self._polls.shutdown()

    # --- What is asked of Telegram ---

    def username(self) -> str:
        """The bot's name. Raises TelegramError."""
        return str(self.call(self.bot.get_me()).username)

    def webhook(self) -> WebhookInfo:
        """What Telegram knows of our webhook. Raises TelegramError."""
        return self.call(self.bot.get_webhook_info())

    def set_webhook(self, url: str, secret: str) -> None:
        """Have updates sent to that address. Raises TelegramError."""
        self.call(self.bot.set_webhook(url, secret_token=secret, allowed_updates=list(KINDS)))

    def drop_webhook(self) -> None:
        """Poll from now on; what waits is kept. Raises TelegramError."""
        self.call(self.bot.delete_webhook(drop_pending_updates=False))

    def updates(self, offset: int, wait: int = POLL_S) -> Sequence[Mapping[str, object]]:
        """The updates from number ``offset`` on, as they came. Raises TelegramError."""
        asked = urlencode(
            {"offset": offset, "timeout": wait, "allowed_updates": str(list(KINDS)).replace("'", '"')}
        )
        poll = self._polls.post(f"{self._root}/getUpdates?{asked}", read_timeout=wait + CALL_S)
        found = self.call(poll, wait + LONGEST_CALL_S)
        return found if isinstance(found, list) else []

    def fetch(self, file_id: str) -> bytes:
        """A file that somebody sent. Raises FetchFailed with what to say."""
        for attempt in range(FETCH_ATTEMPTS):
            try:
                return self.call(self._fetch(file_id), FETCH_S)
            except BadRequest as fault:
                log.info("telegram.file_refused", reason=fault.message)
                key = "photo.too_big" if "too big" in fault.message.lower() else "photo.not_fetched"
                raise FetchFailed(key) from fault
            except TelegramError as fault:
                log.info("telegram.file_failed", error=type(fault).__name__, attempt=attempt + 1)
        raise FetchFailed("photo.not_fetched")

    async def _fetch(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        if (file.file_size or 0) > MOST_FILE_BYTES:
            raise FetchFailed("photo.too_big")
        return bytes(await file.download_as_bytearray())

    def acknowledge(self, payload: Mapping[str, object]) -> None:
        """Let a pressed button go: its clock stops, and its message keeps the choice as words."""
        query = payload.get("callback_query")
        if isinstance(query, Mapping):
            self.begin(self._acknowledge(query))

    async def _acknowledge(self, query: Mapping[str, Any]) -> None:
        try:
            await self.bot.answer_callback_query(str(query["id"]))
            if shown := _shown(query):
                await self.bot.edit_message_text(**shown)
        except TelegramError as fault:
            # Too old, or pressed twice: nothing hangs on it.
            log.info("telegram.not_acknowledged", error=type(fault).__name__)

    def send(self, chat: str, sheets: Sequence[Sheet]) -> str:
        """Send the parts of one message; Telegram's number of the last. Raises TelegramError."""
        return [str(self.call(self._send(int(chat), sheet.text, sheet.markup))) for sheet in sheets][-1]

    async def _send(self, chat: int, text: str, markup: Markup | None) -> int:
        try:
            sent = await self.bot.send_message(chat, text, reply_markup=markup, disable_web_page_preview=True)
        except (TypeError, ValueError, KeyError) as fault:
            # Telegram took it, and its answer has something in it that the library does not know.
            log.warning("telegram.answer_unreadable", error=type(fault).__name__)
            return 0
        return sent.message_id


def _shown(query: Mapping[str, Any]) -> dict[str, Any] | None:
    """The edit by which a message loses its buttons and shows which was pressed."""
    message = query.get("message") or {}
    text = message.get("text")
    rows = (message.get("reply_markup") or {}).get("inline_keyboard") or []
    if not text or not rows:
        return None
    label = next((b["text"] for row in rows for b in row if b.get("callback_data") == query.get("data")), "")
    chosen = f"{text}\n\n» {label}" if label else text
    return {"text": chosen[:4096], "chat_id": message["chat"]["id"], "message_id": message["message_id"]}


# --- The way out ---------------------------------------------------------------------------------


class TelegramSender:
    """Words a message when it is sent, and sends it."""

    def __init__(self, line: TelegramLine, store: Store, wording: Wording, clock: Clock) -> None:
        self._line = line
        self._store = store
        self._wording = wording
        self._clock = clock

    def send(self, message: Waiting) -> str | None:
        """Send it; Telegram's number for it. Raises TryAgain, ChannelDown or Refused."""
        contact = self._store.cases.contact(message.contact_id or "")
        address = message.address or (contact.address if contact else None)
        if not address:
            raise Refused("no address")
        label = self._wording.phrase("button.send_location", message.language)
        sheets = lay_out(self._wording.word(message), label)
        try:
            return self._line.send(address, sheets)
        except TelegramError as fault:
            raise self._told(message, fault) from fault

    def _told(self, message: Waiting, fault: TelegramError) -> Exception:
        """The same fault in the words of delivery; whoever blocked us is not written to again."""
        if isinstance(fault, Forbidden) or _is_gone(fault):
            self._mark_unreachable(message)
        return explain(fault)

    def _mark_unreachable(self, message: Waiting) -> None:
        contact = self._store.cases.contact(message.contact_id or "")
        if contact is None:
            return
        try:
            self._store.commit(unreachable(contact, self._clock.now()), self._clock.now())
        except Changed:
            log.info("telegram.unreachable_later", outbox_id=message.id)


def _is_gone(fault: TelegramError) -> bool:
    return isinstance(fault, BadRequest) and any(words in fault.message.lower() for words in NO_LONGER_THERE)


def explain(fault: TelegramError) -> TryAgain | Refused:
    """What a fault of Telegram's means for a message.

    Source: https://core.telegram.org/bots/api#making-requests
    """
    reason = _reason(fault)
    if isinstance(fault, RetryAfter):
        wait = fault.retry_after
        return TryAgain(reason, wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
    if isinstance(fault, Forbidden | BadRequest | ChatMigrated):
        return Refused(reason)
    if isinstance(fault, InvalidToken | NetworkError):
        return ChannelDown(reason)
    return TryAgain(reason)


def _reason(fault: TelegramError) -> str:
    """A code and few words. What Telegram adds could name a person."""
    known: Mapping[type[TelegramError], str] = {
        RetryAfter: "429 too many messages",
        Forbidden: "403 the person blocked the bot",
        InvalidToken: "401 the token is not valid",
        Conflict: "409 conflict",
        ChatMigrated: "400 the group has moved",
        BadRequest: f"400 {fault.message[:80]}",
    }
    return known.get(type(fault), f"cannot be reached: {type(fault).__name__}")
