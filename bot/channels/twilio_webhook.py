"""The two addresses that Twilio calls: a message came, and what became of one that went out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from bot.channels.twilio import arrival_of
from bot.channels.twilio_receipts import TwilioReceipts
from bot.intake import Intake
from casework.errors import MessageRefused, StorageUnavailable

log = structlog.get_logger()

PATH = "/webhooks/twilio"
STATUS_PATH = "/webhooks/twilio/status"
MOST_BYTES = 256 * 1024
MOST_FIELDS = 500

SIGNATURE = "X-Twilio-Signature"
NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@dataclass(frozen=True, slots=True)
class TwilioWebhook:
    """Checks, stores, says yes. ``address`` is the public one, which the signature is made over:
    behind a proxy that ends TLS the request itself does not know it.
    """

    intake: Intake
    receipts: TwilioReceipts
    address: str
    token: str
    key: str

    def routes(self) -> list[Route]:
        """What to mount."""
        return [
            Route(PATH, self.message, methods=["POST"]),
            Route(STATUS_PATH, self.status, methods=["POST"]),
        ]

    async def message(self, request: Request) -> Response:
        """A message came. The answer is empty: what we say goes out by the outbox."""
        return await self._take(request, self._store)

    async def status(self, request: Request) -> Response:
        """A receipt came."""
        return await self._take(request, self.receipts.take)

    def _store(self, fields: Mapping[str, str]) -> None:
        self.intake.add(arrival_of(fields, self.key))

    async def _take(self, request: Request, act: Callable[[Mapping[str, str]], None]) -> Response:
        fields = await _read(request)
        if fields is None:
            return PlainTextResponse("too large", status_code=413)
        if not self._is_signed(request, fields):
            log.warning("twilio.wrong_signature", path=request.url.path)
            return PlainTextResponse("the signature is wrong", status_code=403)
        try:
            await run_in_threadpool(act, {name: value.replace("\0", "") for name, value in fields.items()})
        except MessageRefused as refused:
            return PlainTextResponse(str(refused), status_code=400)
        except StorageUnavailable:
            # What was missed is read from Twilio's own list afterwards.
            return PlainTextResponse("try again", status_code=503)
        return Response(NO_REPLY, media_type="text/xml")

    def _is_signed(self, request: Request, fields: Mapping[str, str]) -> bool:
        given = request.headers.get(SIGNATURE, "")
        query = f"?{request.url.query}" if request.url.query else ""
        validator = RequestValidator(self.token)
        return bool(given) and bool(
            validator.validate(f"{self.address}{_path(request)}{query}", fields, given)
        )


def _path(request: Request) -> str:
    """The path as it was mounted; a prefix of the public address is in the address already."""
    return PATH if request.url.path.rstrip("/").endswith(PATH) else STATUS_PATH


async def _read(request: Request) -> Mapping[str, str] | None:
    """The form's fields; None if there is too much of it. No field of Twilio's comes twice."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            return None
        chunks.append(chunk)
    body = b"".join(chunks).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None
