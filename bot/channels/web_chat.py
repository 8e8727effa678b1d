"""The chat on the web page: ``POST`` and ``GET /api/chat``."""

import asyncio
import base64
import binascii
import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.base import Message, hash_address
from bot.intake import Intake
from bot.wording import Wording
from casework.cases import Cluster, Report, state_of
from casework.errors import MessageRefused, StorageUnavailable
from casework.places import Point
from storage.inbox import Arrival
from storage.outbox import Waiting
from storage.store import Store
from web.error_pages import unavailable

MOST_BYTES = 30 * 1024 * 1024
"""A body may be so large: a photo of 20 MB in base64 and its words."""

LONGEST_WAIT_S = 20.0

SHORTEST_SECRET = 16


class _Location(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class ChatPost(BaseModel):
    """What the page sends. Strict: ``false`` is no latitude and ``1`` no text."""

    model_config = ConfigDict(strict=True, extra="ignore")

    conversation: Annotated[str, Field(min_length=SHORTEST_SECRET, max_length=200)]
    message_id: Annotated[str, Field(min_length=1, max_length=100)]
    text: Annotated[str, Field(max_length=100_000)] | None = None
    location: _Location | None = None
    button: Annotated[str, Field(max_length=64)] | None = None
    photo: str | None = None


class WebChat:
    """Reads what the page sent. The terminal speaks the same payload."""

    def __init__(self, name: str = "web_chat") -> None:
        self.name = name

    def read(self, payload: Mapping[str, object]) -> Message:
        """The message of a stored payload."""
        post = ChatPost.model_validate(payload)
        return Message(
            text=(post.text or "").replace("\0", ""),
            pin=Point(post.location.latitude, post.location.longitude) if post.location else None,
            photos=(_decode(post.photo),) if post.photo else (),
            button=post.button or None,
        )

    def complete(self, message: Message) -> Message:
        """The page sends its photo with the message: there is nothing to fetch."""
        return message

    def arrival(self, payload: Mapping[str, object], key: str) -> Arrival:
        """The event to store. Of the conversation's secret only a keyed hash is kept.

        Raises MessageRefused for a payload that is no message.
        """
        try:
            post = ChatPost.model_validate(payload)
            if post.photo:
                _decode(post.photo)
        except (ValidationError, binascii.Error) as error:
            raise MessageRefused(_fault(error), key="chat.bad_request") from error
        address_hash = hash_address(key, self.name, post.conversation)
        stored = post.model_dump(exclude_none=True) | {"conversation": "-" * SHORTEST_SECRET}
        event = hashlib.sha256(f"{address_hash}\0{post.message_id}".encode()).hexdigest()
        return Arrival(self.name, event, address_hash, None, stored)


def _decode(photo: str) -> bytes:
    """The bytes of a base64 photo, also of a data: URL as browsers make them."""
    _, _, after = photo.rpartition(",")
    return base64.b64decode("".join(after.split()), validate=True)


def _fault(error: ValidationError | binascii.Error) -> str:
    if isinstance(error, binascii.Error):
        return "photo: must be base64"
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}"


@dataclass(frozen=True, slots=True)
class WebChatApi:
    """The two endpoints, over the same inbox and outbox as every channel."""

    channel: WebChat
    intake: Intake
    store: Store
    wording: Wording
    key: str

    def routes(self) -> list[Route]:
        """What to mount."""
        return [
            Route("/api/chat", self.post, methods=["POST"]),
            Route("/api/chat", self.get, methods=["GET"]),
        ]

    async def post(self, request: Request) -> Response:
        """Take a message in and answer it."""
        try:
            payload = await read_json(request)
            return JSONResponse(await self.ask(payload))
        except MessageRefused as error:
            status = 413 if error.key == "chat.too_large" else 400
            return JSONResponse({"error": str(error)}, status_code=status)
        except StorageUnavailable:
            return unavailable()

    async def ask(self, payload: Mapping[str, object]) -> dict[str, object]:
        """Store the message, wait until it is answered, and give the answer."""
        arrival = self.channel.arrival(payload, self.key)
        inbox_id, contact_id = await self.intake.take(arrival)
        await self.intake.wait_until_handled(inbox_id, LONGEST_WAIT_S)
        return await run_in_threadpool(self._answer, inbox_id, contact_id)

    def _answer(self, inbox_id: int, contact_id: str) -> dict[str, object]:
        shown = self.store.outbox.fetch(contact_id, inbox_id, self.intake.clock.now())
        return self._body(contact_id, shown, 0)

    async def get(self, request: Request) -> Response:
        """What came later than message number ``after``."""
        conversation = request.headers.get("X-Conversation", "")
        after = request.query_params.get("after", "0")
        if len(conversation) < SHORTEST_SECRET:
            return JSONResponse({"error": "the header X-Conversation is missing"}, status_code=400)
        if not after.isdecimal() or len(after) > 9:
            return JSONResponse({"error": "after: must be a whole number"}, status_code=400)
        try:
            return JSONResponse(await run_in_threadpool(self._later, conversation, int(after)))
        except StorageUnavailable:
            return unavailable()

    async def recall(self, conversation: str, after: int) -> dict[str, object]:
        """The same for the page without scripts."""
        return await run_in_threadpool(self._later, conversation, after)

    def _later(self, conversation: str, after: int) -> dict[str, object]:
        address_hash = hash_address(self.key, self.channel.name, conversation)
        contact = self.store.cases.contact_at(self.channel.name, address_hash)
        if contact is None:
            return {"replies": [], "report": None, "reports": [], "next": after}
        shown = self.store.outbox.after(contact.id, after)
        self._mark(contact.id, shown)
        return self._body(contact.id, shown, after)

    def _mark(self, contact_id: str, shown: Sequence[Waiting]) -> None:
        if shown:
            self.store.outbox.mark_fetched(contact_id, _last(shown), self.intake.clock.now())

    def _body(self, contact_id: str, shown: Sequence[Waiting], after: int) -> dict[str, object]:
        reports = self._last_filed(contact_id)
        return {
            "replies": [self._reply(message) for message in shown],
            "report": reports[0] if reports else None,
            "reports": reports,
            "next": max(after, _last(shown)),
        }

    def _reply(self, message: Waiting) -> dict[str, object]:
        worded = self.wording.word(message)
        return {
            "text": worded.text,
            "buttons": [{"id": button.id, "label": button.label} for button in worded.buttons],
            "wants": worded.wants,
        }

    def _last_filed(self, contact_id: str) -> list[dict[str, object]]:
        """The reports of the message that last filed any, the first told first."""
        latest = self.store.cases.reports_of(contact_id)
        if not latest:
            return []
        first_id = latest[0].told_with or latest[0].id
        group = [r for r in latest if first_id in (r.id, r.told_with)]
        group.sort(key=lambda report: report.told_with is not None)
        clusters = self.store.cases.clusters_of(group)
        return [self._report(report, clusters.get(report.cluster_id)) for report in group]

    def _report(self, report: Report, cluster: Cluster | None) -> dict[str, object]:
        return {
            "reference": report.reference,
            "category": report.category,
            "ward": report.ward,
            "latitude": report.latitude,
            "longitude": report.longitude,
            "state": str(state_of(report, cluster)) if cluster else None,
        }


async def _limited(request: Request) -> AsyncIterator[bytes]:
    """The body piece by piece, 30 MB at most; one that says it is longer need not be sent at all."""
    too_large = MessageRefused("the body is over 30 MB", key="chat.too_large")
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said[:20]) > MOST_BYTES:
        raise too_large
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise too_large
        yield chunk


def _last(shown: Sequence[Waiting]) -> int:
    return max((message.seq or 0 for message in shown), default=0)


async def read_json(request: Request) -> Mapping[str, object]:
    """The body as a JSON object. Raises MessageRefused if it is none, or too large."""
    chunks = [chunk async for chunk in _limited(request)]
    try:
        payload = await asyncio.to_thread(json.loads, b"".join(chunks))
    except (ValueError, RecursionError) as error:
        raise MessageRefused("the body is not JSON", key="chat.bad_request") from error
    if not isinstance(payload, dict):
        raise MessageRefused("the body is not a JSON object", key="chat.bad_request")
    return payload
