"""A small Twilio on loopback: one account with its numbers, as far as we use it.

Written from https://www.twilio.com/docs/messaging/api. Residents are ``Phone``s, which text from
the test; what is sent to them they have ``heard``. ``faults`` are answers, given one for each
message that is handed in, before it says yes again.
"""

import base64
import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from bot.channels.gsm import segments
from tests.product import free_port, until

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "for-tests-only"
SERVICE = "MG" + "0" * 31 + "5"
OURS = "+447700900100"
OURS_TOO = "+447700900101"
OUR_WHATSAPP = "+447700900102"

Json = dict[str, Any]
Call = Callable[[str, Mapping[str, str], Mapping[str, str]], int]
"""Calls a webhook: its path, fields and headers; the status that it answered."""

STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT")
START_WORDS = ("START", "YES", "UNSTOP")

_WORDS = {
    20003: "Authenticate",
    20429: "Too Many Requests",
    21211: "The 'To' number is not a valid phone number.",
    21610: "Attempt to send to unsubscribed recipient",
    63016: "Failed to send freeform message because you are outside the allowed window.",
}


class Fault(Exception):
    """An answer that is a refusal."""

    def __init__(self, status: int, code: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


@dataclass
class Sms:
    """A message in the account's list."""

    sid: str
    from_: str
    to: str
    body: str
    direction: str
    sent_at: datetime
    status: str = "queued"
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: Json = field(default_factory=dict)

    @property
    def segments(self) -> int:
        """As it is billed."""
        return segments(self.body)


@dataclass
class Twilio:
    """The server and everything that it knows. ``call`` reaches the product's webhooks."""

    public_url: str = "https://reports.ashmere.example"
    port: int = field(default_factory=free_port)
    call: Call = lambda _path, _fields, _headers: 0
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    messages: list[Sms] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)
    """The numbers to which Twilio lets nothing through."""
    down: bool = False
    deaf: bool = False
    """True while webhooks are not called, as when the product is away."""
    files_fail: int = 0
    answers_lost: int = 0
    """So many messages are taken without our hearing so."""
    redirect_to: str = ""
    seen: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    numbers: dict[str, Json] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    service: Json = field(default_factory=dict)
    page: int = 2

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        for n, number in enumerate((OURS, OURS_TOO)):
            self.numbers[number] = {
                "sid": f"PN{n:032d}",
                "phone_number": number,
                "sms_url": "https://demo.twilio.com/welcome/sms/reply/",
                "sms_method": "POST",
                "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
            }

    @property
    def url(self) -> str:
        """Its address, as STREETCALL_TWILIO_API_URL has it."""
        return f"http://127.0.0.1:{self.port}"

    # --- Running ---

    def __enter__(self) -> "Twilio":
        root = "/2010-04-01/Accounts/{account}"
        routes = [
            Route(f"{root}/Messages.json", self._create, methods=["POST"]),
            Route(f"{root}/Messages.json", self._list),
            Route(f"{root}/Messages/{{sid}}/Media.json", self._files),
            Route(f"{root}/Messages/{{sid}}/Media/{{file}}", self._file),
            Route(f"{root}/IncomingPhoneNumbers.json", self._numbers),
            Route(f"{root}/IncomingPhoneNumbers/{{sid}}.json", self._set_number, methods=["POST"]),
            Route("/2010-04-01/Accounts/{account}.json", self._account),
            Route("/v1/Services/{sid}/PhoneNumbers", self._service_numbers),
            Route("/v1/Alerts", self._alerts),
            Route("/v1/Services/{sid}", self._service, methods=["GET", "POST"]),
            Route("/cdn/{sid}/{file}", self._cdn),
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
        until(lambda: self._server is not None and self._server.started, what="Twilio")
        return self

    def __exit__(self, *_: object) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()

    def calls_over(self, address: str) -> None:
        """Call the webhooks of a product that listens there, as a proxy that ends TLS would."""

        def call(path: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> int:
            try:
                return httpx.post(address + path, data=dict(fields), headers=headers, timeout=15).status_code
            except httpx.TransportError:
                return 0

        self.call = call

    # --- What residents do ---

    def phone(self, number: str = "+447700900123", channel: str = "sms", ours: str = "") -> "Phone":
        """A resident's phone."""
        default = OURS if channel == "sms" else OUR_WHATSAPP
        return Phone(self, number, channel, ours or default)

    def receive(self, sms: Sms, **more: str) -> int:
        """A message came for one of our numbers: the status that our webhook answered, 0 if none."""
        self.messages.append(sms)
        word = sms.body.strip().upper()
        if not sms.from_.startswith("whatsapp:") and word in STOP_WORDS:
            self.stopped.add(sms.from_)
        if word in START_WORDS:
            self.stopped.discard(sms.from_)
        return 0 if self.deaf else self.post("/webhooks/twilio", self.fields_of(sms) | more)

    def fields_of(self, sms: Sms) -> dict[str, str]:
        """The form of the webhook."""
        fields = {
            "ToCountry": "GB",
            "SmsMessageSid": sms.sid,
            "SmsSid": sms.sid,
            "MessageSid": sms.sid,
            "AccountSid": ACCOUNT,
            "SmsStatus": "received",
            "From": sms.from_,
            "To": sms.to,
            "Body": sms.body,
            "NumMedia": str(len(sms.files)),
            "NumSegments": str(sms.segments),
            "ApiVersion": "2010-04-01",
        }
        for n, (file, (kind, _)) in enumerate(sms.files.items()):
            fields[f"MediaContentType{n}"] = kind
            fields[f"MediaUrl{n}"] = (
                f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{sms.sid}/Media/{file}"
            )
        return fields

    def post(self, path: str, fields: Mapping[str, str], token: str = TOKEN) -> int:
        """Call one of our webhooks, signed over its public address."""
        signature = RequestValidator(token).compute_signature(self.public_url + path, dict(fields))
        return self.call(path, fields, {"X-Twilio-Signature": signature})

    def tell(self, sms: Sms, status: str, code: int | None = None) -> int:
        """A receipt for a message that we handed in."""
        sms.status = status
        fields = {
            "MessageSid": sms.sid,
            "SmsSid": sms.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "AccountSid": ACCOUNT,
            "From": sms.from_,
            "To": sms.to,
            "ApiVersion": "2010-04-01",
        }
        path = sms.asked["StatusCallback"].removeprefix(self.public_url)
        return self.post(path, fields | ({"ErrorCode": str(code)} if code else {}))

    def sent_to(self, number: str) -> list[Sms]:
        """What the product handed in for a number, in order."""
        return [m for m in self.messages if m.direction == "outbound-api" and m.to == number]

    def sid(self, kind: str = "SM") -> str:
        """An id that was not used before."""
        return f"{kind}{next(self._ids):032x}"

    # --- What the product calls ---

    def _refusal(self, request: Request) -> Response | None:
        self.seen.append((request.url.path, dict(request.headers)))
        if self.down:
            return Response("<html>503</html>", status_code=503)
        given = request.headers.get("Authorization", "").removeprefix("Basic ")
        if base64.b64decode(given).decode() != f"{ACCOUNT}:{TOKEN}":
            return _refused(Fault(401, 20003))
        return None

    async def _create(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        async with request.form() as form:
            asked = {name: str(value) for name, value in form.items()}
        if self.faults:
            return _refused(self.faults.pop(0))
        if asked["To"] in self.stopped:
            return _refused(Fault(400, 21610))
        sms = Sms(
            self.sid(),
            asked.get("From") or OURS,
            asked["To"],
            asked.get("Body", ""),
            "outbound-api",
            self.now(),
            asked=asked,
        )
        self.messages.append(sms)
        if self.answers_lost:
            self.answers_lost -= 1
            return Response("<html>", 201)
        return JSONResponse(self._shown(sms), 201)

    async def _list(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        to, after = request.query_params.get("To"), request.query_params.get("DateSent>")
        since = datetime.fromisoformat(after) if after else datetime(2000, 1, 1, tzinfo=UTC)
        found = [m for m in reversed(self.messages) if m.to == to and m.sent_at >= since]
        start = int(request.query_params.get("Page", "0")) * self.page
        shown = [self._shown(sms) for sms in found[start : start + self.page]]
        more = None
        if start + self.page < len(found):
            page = request.url.include_query_params(Page=start // self.page + 1)
            more = f"{page.path}?{page.query}"
        return JSONResponse({"messages": shown, "next_page_uri": more, "page_size": self.page})

    def _shown(self, sms: Sms) -> Json:
        return {
            "sid": sms.sid,
            "account_sid": ACCOUNT,
            "from": sms.from_,
            "to": sms.to,
            "body": sms.body,
            "direction": sms.direction,
            "status": "received" if sms.direction == "inbound" else sms.status,
            "num_media": str(len(sms.files)),
            "num_segments": str(sms.segments),
            "date_sent": format_datetime(sms.sent_at),
            "date_created": format_datetime(sms.sent_at),
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sms.sid}.json",
            "error_code": None,
        }

    def _find(self, sid: str) -> Sms:
        return next(m for m in self.messages if m.sid == sid)

    async def _files(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        sid = request.path_params["sid"]
        root = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media"
        found = [
            {"sid": file, "parent_sid": sid, "content_type": kind, "uri": f"{root}/{file}.json"}
            for file, (kind, _) in self._find(sid).files.items()
        ]
        return JSONResponse({"media_list": found, "next_page_uri": None})

    async def _file(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        if self.files_fail:
            self.files_fail -= 1
            return Response(status_code=404)
        sid, file = request.path_params["sid"], request.path_params["file"]
        return RedirectResponse(self.redirect_to or f"{self.url}/cdn/{sid}/{file}")

    async def _cdn(self, request: Request) -> Response:
        self.seen.append((request.url.path, dict(request.headers)))
        kind, data = self._find(request.path_params["sid"]).files[request.path_params["file"]]
        return Response(data, media_type=kind)

    async def _account(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse({"sid": ACCOUNT, "status": "active"})

    async def _numbers(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        found = self.numbers.get(request.query_params.get("PhoneNumber", ""))
        return JSONResponse(
            {"incoming_phone_numbers": [found] if found else [], "next_page_uri": None, "page_size": 50}
        )

    async def _set_number(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        found = next(n for n in self.numbers.values() if n["sid"] == request.path_params["sid"])
        async with request.form() as form:
            found["sms_url"] = form["SmsUrl"]
            found["sms_method"] = form["SmsMethod"]
        return JSONResponse(found)

    async def _service_numbers(self, request: Request) -> Response:
        found = [{"phone_number": number} for number in self.numbers]
        return self._refusal(request) or JSONResponse(
            {"phone_numbers": found, "meta": {"key": "phone_numbers"}}
        )

    async def _alerts(self, request: Request) -> Response:
        found = [{"error_code": code, "date_created": "2026-03-10T09:00:00Z"} for code in self.alerts]
        return self._refusal(request) or JSONResponse({"alerts": found, "meta": {"key": "alerts"}})

    async def _service(self, request: Request) -> Response:
        refusal = self._refusal(request)
        if refusal:
            return refusal
        if request.method == "POST":
            async with request.form() as form:
                self.service["inbound_request_url"] = form["InboundRequestUrl"]
        return JSONResponse({"sid": SERVICE, "use_inbound_webhook_on_number": False} | self.service)


def _refused(fault: Fault) -> Response:
    body = {"status": fault.status, "message": _WORDS.get(fault.code or 0, "No"), "more_info": ""}
    return JSONResponse(body | ({"code": fault.code} if fault.code else {}), fault.status)


@dataclass
class Phone:
    """Somebody with a phone."""

    twilio: Twilio
    number: str
    channel: str
    ours: str

    def address(self, number: str) -> str:
        """A number as Twilio writes it on this channel."""
        return f"whatsapp:{number}" if self.channel == "whatsapp" else number

    def says(self, body: str = "", *files: tuple[str, bytes], **more: str) -> int:
        """Send words, and files with their content type; the status of the webhook's answer."""
        return self.twilio.receive(self.writes(body, *files), **more)

    def writes(self, body: str = "", *files: tuple[str, bytes]) -> Sms:
        """A message of this phone's that has not been sent yet."""
        return Sms(
            self.twilio.sid("MM" if files else "SM"),
            self.address(self.number),
            self.address(self.ours),
            body,
            "inbound",
            self.twilio.now(),
            files={self.twilio.sid("ME"): file for file in files},
        )

    @property
    def heard(self) -> list[str]:
        """What came, in order."""
        return [sms.body for sms in self.twilio.sent_to(self.address(self.number))]

    @property
    def last(self) -> str:
        """What came last."""
        return self.heard[-1]
