"""Mail by SMTP."""

import re
import smtplib
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from bot.delivery import ChannelDown, Refused, TryAgain
from casework.errors import SettingsError

TIMEOUT_S = 20.0
IDLE_S = 30.0
"""A connection that rested longer is not used again: servers close them without a word."""

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_CLOSING = 421
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, and how."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def parse_url(url: str) -> Server:
    """The server of ``smtp://``, ``smtp+starttls://`` or ``smtps://user:password@host:port``.

    Raises SettingsError.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingsError("STREETCALL_SMTP_URL has a port that is none") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingsError("STREETCALL_SMTP_URL should look like smtps://user:password@host:465")
    return Server(
        parts.scheme,
        parts.hostname,
        port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


class SmtpTransport:
    """Hands mails in at a server, over one connection while there is much to send.

    ``name`` is what we call ourselves, ``bounces_to`` where servers send back what they cannot
    deliver, if not to the sender; may be used by several threads, one mail at a time.
    """

    def __init__(
        self, url: str, *, name: str = "localhost", timeout: float = TIMEOUT_S, bounces_to: str = ""
    ) -> None:
        self._server = parse_url(url)
        self._bounces_to = bounces_to
        self._name = name
        self._timeout = timeout
        self._link: smtplib.SMTP | None = None
        self._used_at = 0.0
        self._turn = threading.Lock()

    def deliver(self, mail: EmailMessage) -> None:
        """Hand it in. Raises TryAgain, ChannelDown or Refused."""
        with self._turn:
            link = self._ready()
            try:
                link.send_message(mail, from_addr=self._bounces_to or None)
            except smtplib.SMTPRecipientsRefused as fault:
                raise _by_code(*next(iter(fault.recipients.values()))) from fault
            except smtplib.SMTPResponseException as fault:
                raise self._after(fault) from fault
            except smtplib.SMTPNotSupportedError as fault:
                raise Refused("the mail server cannot send to such an address") from fault
            except (smtplib.SMTPException, OSError) as fault:
                self._drop()
                raise TryAgain(f"the mail server went away ({type(fault).__name__})") from fault
            self._used_at = time.monotonic()

    def close(self) -> None:
        """Say goodbye to the server."""
        with self._turn, suppress(smtplib.SMTPException, OSError):
            if self._link is not None:
                self._link.quit()
            self._link = None

    def _after(self, fault: smtplib.SMTPResponseException) -> Exception:
        if fault.smtp_code == _CLOSING:
            self._drop()
            return ChannelDown(_plain(fault.smtp_code, fault.smtp_error))
        return _by_code(fault.smtp_code, fault.smtp_error)

    def _ready(self) -> smtplib.SMTP:
        """The connection in use, if it still answers, or a new one."""
        if self._link is not None and not self._is_alive(self._link):
            self._drop()
        if self._link is None:
            self._link = self._connect()
        return self._link

    def _is_alive(self, link: smtplib.SMTP) -> bool:
        if time.monotonic() - self._used_at > IDLE_S:
            return False
        try:
            return link.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connect(self) -> smtplib.SMTP:
        """Whatever goes wrong before a mail is handed in would go wrong with every mail."""
        try:
            link = self._open()
        except smtplib.SMTPResponseException as fault:
            raise ChannelDown(_plain(fault.smtp_code, fault.smtp_error)) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise ChannelDown(f"the mail server cannot be reached ({type(fault).__name__})") from fault
        self._used_at = time.monotonic()
        return link

    def _open(self) -> smtplib.SMTP:
        server, safe = self._server, ssl.create_default_context()
        if server.scheme == "smtps":
            link: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._name, timeout=self._timeout, context=safe
            )
        else:
            link = smtplib.SMTP(server.host, server.port, self._name, timeout=self._timeout)
        try:
            if server.scheme == "smtp+starttls":
                link.starttls(context=safe)
            if server.user:
                link.login(server.user, server.password)
        except BaseException:
            link.close()
            raise
        return link

    def _drop(self) -> None:
        """Without goodbye: a server that does not answer would keep us waiting for its own."""
        if self._link is not None:
            self._link.close()
        self._link = None


def _by_code(code: int, text: bytes | str) -> TryAgain | Refused:
    """RFC 5321 4.2.1: 5yz is a no for good, all else may go better later."""
    return Refused(_plain(code, text)) if 500 <= code < 600 else TryAgain(_plain(code, text))


def _plain(code: int, text: bytes | str) -> str:
    """The server's answer without anybody's address."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(_ADDRESS.sub('…', said).split())}"[:180]
