"""The account at Twilio: sends, lists and looks, by Twilio's own client; fetches files by httpx."""

import base64
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
import structlog
from requests.exceptions import ConnectionError as CannotConnect
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bot.channels.base import FetchFailed
from bot.delivery import ChannelDown, TryAgain
from storage.receipts import LOST

log = structlog.get_logger()
T = TypeVar("T")

TWILIO = "https://api.twilio.com"
TIMEOUT_S = 10.0

MOST_BYTES = 20_000_000
FETCH_S = 15.0
"""As long as one file may take."""
FETCH_ATTEMPTS = 3
FETCH_PAUSE_S = 0.5
"""A file may come a moment after its message."""
MOST_REDIRECTS = 3

_CDN = ("twiliocdn.com", "twilio.com")
_STORE = ("s3-external-1.amazonaws.com", "/media.twiliocdn.com/")
"""Twilio sends on to its store: https://www.twilio.com/docs/messaging/api/media-resource"""

_quiet = logging.getLogger("streetcall.twilio")
_quiet.setLevel(logging.WARNING)


class _HttpClient:
    """Twilio's own, pointed to another address where one is set (a proxy, a test)."""

    is_async = False

    def __init__(self, api_url: str, timeout: float) -> None:
        self._inner = TwilioHttpClient(timeout=timeout, logger=_quiet)
        self._api_url = api_url.rstrip("/")

    def request(self, method: str, url: str, *args: object, **options: object) -> object:
        """The same request, elsewhere."""
        return self._inner.request(method, self._elsewhere(url), *args, **options)

    def close(self) -> None:
        """Give back the connections."""
        if self._inner.session:
            self._inner.session.close()

    def _elsewhere(self, url: str) -> str:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return f"{self._api_url}{path}" if self._api_url else url


class TwilioFault(Exception):
    """Twilio said no. ``code`` is its own, ``status`` that of HTTP."""

    def __init__(self, code: int | None, status: int) -> None:
        super().__init__(f"Twilio {code or status}")
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class Received:
    """A message in Twilio's list, as its webhook would have told of it."""

    fields: Mapping[str, str]
    sent_at: datetime | None
    files: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the account, as it is set up."""

    sid: str
    number: str
    sms: bool
    mms: bool
    webhook: str
    method: str = "POST"


class TwilioAccount:
    """May be used by several threads. ``api_url`` is another address for Twilio's API."""

    def __init__(self, sid: str, token: str, api_url: str = "", timeout: float = TIMEOUT_S) -> None:
        self.sid = sid
        self._auth = (sid, token)
        self._api_url = api_url.rstrip("/")
        self._http = _HttpClient(api_url, timeout)
        self._client = Client(sid, token, http_client=self._http)
        self._files = httpx.Client(timeout=httpx.Timeout(5.0), follow_redirects=False)

    def close(self) -> None:
        """Give back the connections."""
        self._files.close()
        self._http.close()

    # --- Messages ---

    def send(self, **fields: str) -> str:
        """Hand a message in; Twilio's id for it. Raises TwilioFault, TryAgain or ChannelDown."""
        try:
            return str(self._client.messages.create(**fields).sid)
        except TwilioRestException as fault:
            raise TwilioFault(fault.code or None, int(fault.status)) from fault
        except (CannotConnect, ConnectTimeout) as fault:
            raise ChannelDown(f"Twilio cannot be reached ({type(fault).__name__})") from fault
        except (RequestException, TwilioException, ValueError, KeyError) as fault:
            raise TryAgain(f"no answer of Twilio's ({type(fault).__name__})") from fault

    def sent(self, to: str, body: str, since: datetime) -> Sequence[str]:
        """The ids of the messages with these words that went to that number since then."""
        found = self._ask(lambda: self._client.messages.list(to=to, date_sent_after=since, limit=100))
        return [
            str(message.sid)
            for message in reversed(found)
            if message.direction != "inbound" and message.body == body and str(message.status) not in LOST
        ]

    def received(self, to: str, since: datetime) -> Sequence[Received]:
        """What was sent to that number since then, oldest first. Raises what ``send`` does."""
        found = self._ask(
            lambda: self._client.messages.list(to=to, date_sent_after=since, page_size=500, limit=10_000)
        )
        inbound = [message for message in reversed(found) if message.direction == "inbound"]
        inbound.sort(key=lambda message: message.date_sent or since)
        return [
            Received(
                {
                    "MessageSid": message.sid or "",
                    "AccountSid": message.account_sid or "",
                    "From": message.from_ or "",
                    "To": message.to or "",
                    "Body": message.body or "",
                    "NumMedia": message.num_media or "0",
                },
                message.date_sent,
                files=(message.num_media or "0") != "0",
            )
            for message in inbound
        ]

    def files_of(self, message_sid: str) -> Mapping[str, str]:
        """The fields that its webhook would have had for the files of a message."""
        found = self._ask(lambda: self._client.messages(message_sid).media.list(limit=10))
        fields = {"NumMedia": str(len(found))}
        for n, file in enumerate(found):
            fields[f"MediaUrl{n}"] = f"{TWILIO}{(file.uri or '').removesuffix('.json')}"
            fields[f"MediaContentType{n}"] = file.content_type or ""
        return fields

    # --- Setting up ---

    def status(self) -> str:
        """The account's state: active, suspended or closed."""
        return str(self._ask(lambda: self._client.api.v2010.accounts(self.sid).fetch()).status)

    def number(self, number: str) -> Number | None:
        """How one of the account's numbers is set up; None if it is not the account's."""
        found = self._ask(lambda: self._client.incoming_phone_numbers.list(phone_number=number, limit=1))
        if not found:
            return None
        can = found[0].capabilities
        return Number(
            sid=str(found[0].sid),
            number=number,
            sms=_can(can, "sms"),
            mms=_can(can, "mms"),
            webhook=found[0].sms_url or "",
            method=found[0].sms_method or "POST",
        )

    def set_webhook(self, number_sid: str, url: str) -> None:
        """Have the number's messages sent to that address."""
        self._ask(
            lambda: self._client.incoming_phone_numbers(number_sid).update(sms_url=url, sms_method="POST")
        )

    def service_numbers(self, service_sid: str) -> Sequence[str]:
        """The numbers of a messaging service."""
        found = self._ask(lambda: self._client.messaging.v1.services(service_sid).phone_numbers.list())
        return [str(one.phone_number) for one in found]

    def service_webhook(self, service_sid: str) -> str:
        """Where a messaging service sends its messages; empty where each number says it."""
        service = self._ask(lambda: self._client.messaging.v1.services(service_sid).fetch())
        return "" if service.use_inbound_webhook_on_number else str(service.inbound_request_url or "")

    def set_service_webhook(self, service_sid: str, url: str) -> None:
        """Have the messaging service's messages sent to that address."""
        self._ask(
            lambda: self._client.messaging.v1.services(service_sid).update(
                inbound_request_url=url, inbound_method="POST", use_inbound_webhook_on_number=False
            )
        )

    def alerts(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        """The errors that Twilio has noted, newest first: code and when."""
        found = self._ask(
            lambda: self._client.monitor.v1.alerts.list(log_level="error", start_date=since, limit=50)
        )
        return [(str(alert.error_code), alert.date_created or since) for alert in found]

    def _ask(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except TwilioRestException as fault:
            raise TwilioFault(fault.code or None, int(fault.status)) from fault
        except TwilioException as fault:
            # Of a page of a list the client gives the answer itself.
            status = getattr(fault.args[-1] if fault.args else None, "status_code", 0)
            raise TwilioFault(None, status) from fault
        except (RequestException, ValueError, KeyError) as fault:
            raise ChannelDown(f"Twilio cannot be reached ({type(fault).__name__})") from fault

    # --- Files ---

    def fetch(self, url: str) -> bytes:
        """A file that somebody sent. Raises FetchFailed with what to say."""
        for attempt in range(FETCH_ATTEMPTS):
            try:
                return self._fetch(self._ours(url), time.monotonic() + FETCH_S)
            except (httpx.InvalidURL, ValueError) as fault:
                raise FetchFailed("photo.not_fetched") from fault
            except (httpx.HTTPError, _NotYet) as fault:
                log.info("twilio.file_failed", error=type(fault).__name__, attempt=attempt + 1)
                time.sleep(FETCH_PAUSE_S)
        raise FetchFailed("photo.not_fetched")

    def _ours(self, url: str) -> str:
        """Where the API is elsewhere, so are its files."""
        at_api = self._api_url and url.startswith(f"{TWILIO}/")
        return f"{self._api_url}{url.removeprefix(TWILIO)}" if at_api else url

    def _fetch(self, url: str, until: float) -> bytes:
        """Follow Twilio to its store; only Twilio itself is told who we are."""
        for hop in range(MOST_REDIRECTS + 1):
            if not self._may_fetch(url, asked_by_us=hop == 0):
                log.warning("twilio.file_elsewhere", hop=hop)
                raise FetchFailed("photo.not_fetched")
            headers = {"Authorization": _basic(*self._auth)} if hop == 0 else {}
            with self._files.stream("GET", url, headers=headers) as answer:
                if not answer.has_redirect_location:
                    return _read(answer, until)
                url = urljoin(url, answer.headers["Location"])
        raise FetchFailed("photo.not_fetched")

    def _may_fetch(self, url: str, asked_by_us: bool) -> bool:
        """Only from Twilio, and from where Twilio keeps files: nobody can make us call elsewhere."""
        parts = urlsplit(url)
        if self._api_url and _origin(url) == _origin(self._api_url):
            return True
        if parts.scheme != "https" or parts.username or (parts.port or 443) != 443:
            return False
        host = parts.hostname or ""
        if asked_by_us:
            return host == "twilio.com" or host.endswith(".twilio.com")
        at_twilio = any(host == name or host.endswith(f".{name}") for name in _CDN)
        return at_twilio or (host == _STORE[0] and parts.path.startswith(_STORE[1]))


class _NotYet(Exception):
    """The file is not there, or Twilio has a fault: in a moment it may be."""


def _read(answer: httpx.Response, until: float) -> bytes:
    """The body, if it is a picture of a size that we keep."""
    if answer.status_code == 404 or answer.status_code == 429 or answer.status_code >= 500:
        raise _NotYet
    if answer.status_code != 200:
        raise FetchFailed("photo.not_fetched")
    kind = answer.headers.get("Content-Type", "").partition("/")[0].strip().lower()
    if kind not in ("image", "application"):
        raise FetchFailed("photo.not_a_photo")
    chunks, size = [], 0
    for chunk in answer.iter_bytes(65536):
        size += len(chunk)
        if size > MOST_BYTES:
            raise FetchFailed("photo.too_big")
        if time.monotonic() > until:
            raise FetchFailed("photo.not_fetched")
        chunks.append(chunk)
    return b"".join(chunks)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _can(capabilities: object, what: str) -> bool:
    """Twilio's client gives them as a mapping, in either case of the name."""
    if not isinstance(capabilities, Mapping):
        return False
    return bool(capabilities.get(what, capabilities.get(what.upper(), False)))
