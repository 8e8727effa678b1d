"""A small Bot API server on loopback: what the real one does with one bot, as far as we use it.

Written from https://core.telegram.org/bots/api. Residents are ``Person``s, who write, press and
send from the test; what the bot sends to them they ``hear``. ``api.answers`` are faults, given
one for each sendMessage, before it says yes again.
"""

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.product import free_port, until

TOKEN = "4242424242:AAfor-tests-only-not-a-real-token-0000"
BOT = {"id": 4242424242, "is_bot": True, "first_name": "Street reports", "username": "StreetcallTestBot"}

Json = dict[str, Any]
Method = Callable[[Json], Any]


class ApiFault(Exception):
    """An answer that is a refusal."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.code = code


def too_many(seconds: int) -> ApiFault:
    """Flood control."""
    return ApiFault(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def blocked() -> ApiFault:
    """The person blocked the bot."""
    return ApiFault(403, "Forbidden: bot was blocked by the user")


@dataclass
class Heard:
    """A message that the bot sent, as the person sees it now."""

    message_id: int
    chat_id: int
    text: str
    markup: Json

    @property
    def buttons(self) -> dict[str, str]:
        """The inline buttons: what is on them, and what they send."""
        rows = self.markup.get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    @property
    def asks_location(self) -> bool:
        """True if there is a button that sends where the person is."""
        rows = self.markup.get("keyboard", [])
        return any(button.get("request_location") for row in rows for button in row)


@dataclass
class BotApi:
    """The server and everything that it knows."""

    port: int = field(default_factory=free_port)
    updates: list[Json] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    answers: list[ApiFault] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    webhook_url: str = ""
    webhook_secret: str = ""
    last_error: str = ""
    down: bool = False
    files_fail: bool = False
    strange: bool = False
    polls: int = 0

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1000)
        self._update_ids = itertools.count(700_000_001)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Its address, as STREETCALL_TELEGRAM_API_URL has it."""
        return f"http://127.0.0.1:{self.port}"

    # --- Running ---

    def __enter__(self) -> "BotApi":
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{name:path}", self._file),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until(lambda: self._server is not None and self._server.started, what="the Bot API server")
        return self

    def __exit__(self, *_: object) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()

    # --- What people do ---

    def person(self, number: int = 5001, name: str = "Ada") -> "Person":
        """A resident with a private chat."""
        return Person(self, number, name)

    def push(self, update_id: int | None = None, **body: Any) -> Json:
        """An update; it waits for the bot or goes to the webhook."""
        update = {"update_id": next(self._update_ids) if update_id is None else update_id, **body}
        self.push_again(update)
        return update

    def push_again(self, update: Json) -> None:
        """The same update, as after a lost answer."""
        if self.webhook_url:
            self.deliver(update)
        else:
            self.updates.append(update)

    def deliver(self, update: Json) -> int:
        """Call the webhook; the status that it answered."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
        try:
            status = httpx.post(self.webhook_url, json=update, headers=headers, timeout=10).status_code
        except httpx.TransportError:
            status = 0
        if not 200 <= status < 300:
            self.last_error = f"Wrong response from the webhook: {status}"
            self.updates.append(update)
        return status

    def number(self) -> int:
        """A number that was not used before."""
        return next(self._numbers)

    # --- What the bot calls ---

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        given = await _parameters(request)
        self.calls.append((method, given))
        if self.down:
            return Response("<html>502 Bad Gateway</html>", status_code=502)
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        try:
            if method == "getUpdates":
                result = await self._get_updates(given)
            else:
                result = self._methods()[method](given)
        except ApiFault as fault:
            return JSONResponse(fault.body, fault.code)
        except KeyError:
            return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
        return JSONResponse({"ok": True, "result": result})

    def _methods(self) -> Mapping[str, Method]:
        return {
            "getMe": lambda _given: BOT,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "answerCallbackQuery": lambda _given: True,
            "getFile": self._get_file,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
        }

    async def _get_updates(self, given: Json) -> list[Json]:
        if self.webhook_url:
            raise ApiFault(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.polls += 1
        offset, end = int(given.get("offset", 0)), time.monotonic() + float(given.get("timeout", 0))
        self.updates = [u for u in self.updates if u["update_id"] >= offset]
        while not self.updates and time.monotonic() < end and not self._ending:  # noqa: ASYNC110
            # Tests push from other threads, which no asyncio.Event may.
            await asyncio.sleep(0.01)
        return [u for u in self.updates if u["update_id"] >= offset][:100]

    @property
    def _ending(self) -> bool:
        return self._server is None or self._server.should_exit

    def _send_message(self, given: Json) -> Json:
        chat = int(given["chat_id"])
        if self.answers:
            raise self.answers.pop(0)
        if chat in self.blocked:
            raise blocked()
        if not 0 < len(given["text"]) <= 4096:
            raise ApiFault(400, "Bad Request: message is too long")
        markup = given.get("reply_markup") or {}
        for row in markup.get("inline_keyboard", []):
            for button in row:
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise ApiFault(400, "Bad Request: BUTTON_DATA_INVALID")
        heard = Heard(self.number(), chat, given["text"], markup)
        self.heard.append(heard)
        return {"message_id": "from the future"} if self.strange else self.shown(heard)

    def _edit_message_text(self, given: Json) -> Json:
        heard = self._find(int(given["message_id"]))
        markup = given.get("reply_markup") or {}
        if (heard.text, heard.markup) == (given["text"], markup):
            raise ApiFault(400, "Bad Request: message is not modified")
        heard.text, heard.markup = given["text"], markup
        return self.shown(heard)

    def _find(self, message_id: int) -> Heard:
        found = next((h for h in self.heard if h.message_id == message_id), None)
        if found is None:
            raise ApiFault(400, "Bad Request: message to edit not found")
        return found

    def _get_file(self, given: Json) -> Json:
        if self.files_fail:
            raise ApiFault(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        data = self.files.get(given["file_id"])
        if data is None:
            raise ApiFault(400, "Bad Request: invalid file_id")
        if len(data) > 20_000_000:
            raise ApiFault(400, "Bad Request: file is too big")
        named = {"file_id": given["file_id"], "file_unique_id": given["file_id"]}
        return named | {"file_size": len(data), "file_path": f"photos/{given['file_id']}.jpg"}

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"].rpartition("/")[2].removesuffix(".jpg")
        if self.down or name not in self.files:
            return Response(status_code=502 if self.down else 404)
        return Response(self.files[name], media_type="application/octet-stream")

    def _set_webhook(self, given: Json) -> bool:
        self.webhook_url, self.webhook_secret = given["url"], given.get("secret_token", "")
        waiting, self.updates = self.updates, []
        threading.Thread(target=lambda: [self.deliver(update) for update in waiting]).start()
        return True

    def _delete_webhook(self, given: Json) -> bool:
        self.webhook_url = ""
        if given.get("drop_pending_updates") == "true":
            self.updates.clear()
        return True

    def _get_webhook_info(self, _given: Json) -> Json:
        known: Json = {"url": self.webhook_url, "has_custom_certificate": False}
        known["pending_update_count"] = len(self.updates)
        if self.last_error:
            known |= {"last_error_date": 1_780_000_000, "last_error_message": self.last_error}
        return known

    def shown(self, heard: Heard) -> Json:
        """A message of the bot's as the API tells of it."""
        made: Json = {
            "message_id": heard.message_id,
            "from": BOT,
            "chat": {"id": heard.chat_id, "type": "private", "first_name": "Ada"},
            "date": int(time.time()),
            "text": heard.text,
        }
        if "inline_keyboard" in heard.markup:
            made["reply_markup"] = heard.markup
        return made


async def _parameters(request: Request) -> Json:
    """From the query, a form or multipart; what is JSON in them is read."""
    given: Json = dict(request.query_params)
    if request.method == "POST":
        async with request.form() as form:
            given |= {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: _value(value) if name == "reply_markup" else value for name, value in given.items()}


def _value(text: str) -> Any:
    return json.loads(text)


@dataclass
class Person:
    """Somebody with Telegram on their phone."""

    api: BotApi
    number: int
    name: str = "Ada"

    @property
    def who(self) -> Json:
        """The user."""
        return {"id": self.number, "is_bot": False, "first_name": self.name, "language_code": "en"}

    @property
    def chat(self) -> Json:
        """The private chat with the bot, whose id is the user's."""
        return {"id": self.number, "type": "private", "first_name": self.name}

    def message(self, **content: Any) -> Json:
        """A message of theirs."""
        text = str(content.get("text", ""))
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        made = {"message_id": self.api.number(), "from": self.who, "chat": self.chat}
        return made | {"date": int(time.time()), **content}

    def sends(self, **content: Any) -> Json:
        """Send a message with that content; the update that it makes."""
        return self.api.push(message=self.message(**content))

    def says(self, text: str) -> Json:
        """Write."""
        return self.sends(text=text)

    def edits(self, update: Json, **content: Any) -> Json:
        """Change a message that was sent."""
        return self.api.push(edited_message=update["message"] | content | {"edit_date": int(time.time())})

    def photo(self, data: bytes) -> list[Json]:
        """A photo in three sizes, kept by the server."""
        sizes = []
        for width in (90, 320, 1280):
            file_id = f"photo{self.api.number()}"
            self.api.files[file_id] = data if width == 1280 else b"a small one"
            sizes.append({"file_id": file_id, "file_unique_id": file_id, "width": width, "height": width})
        return sizes

    def presses(self, label: str) -> Json:
        """Press a button of the last message that has it."""
        heard = next(h for h in reversed(self.heard) if label in h.buttons)
        query = {"id": str(self.api.number()), "from": self.who, "chat_instance": "-77"}
        return self.api.push(
            callback_query=query | {"message": self.api.shown(heard), "data": heard.buttons[label]}
        )

    @property
    def heard(self) -> list[Heard]:
        """What the bot sent to them."""
        return [h for h in self.api.heard if h.chat_id == self.number]

    def hears(self, words: str, seconds: float = 20.0) -> Heard:
        """Wait for a message with those words."""
        return until(
            lambda: next((h for h in reversed(self.heard) if words in h.text), None),
            seconds,
            f"{words!r} among {[h.text for h in self.heard]}",
        )
