"""A real mail server for the tests, which can be rude, slow or away."""

import asyncio
import socket
import ssl
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Handler:
    """Keeps what it gets. ``answers`` are given, one for each mail, before it says yes again."""

    mails: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    no_such_mailbox: set[str] = field(default_factory=set)
    slow_s: float = 0.0
    sessions: set[int] = field(default_factory=set)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.no_such_mailbox:
            return f"550 5.1.1 <{address}>: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow_s)
        self.sessions.add(id(session))
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


class MailServer:
    """An SMTP server on a port of its own."""

    def __init__(self, *, user: str = "", password: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.handler = Handler()
        self.port = free_port()
        self._controller: Controller | None = None
        self._options: dict[str, Any] = {}
        if user:
            self._options |= {
                "authenticator": _knows(user, password),
                "auth_required": True,
                "auth_require_tls": False,
            }
        self._tls = tls

    @property
    def url(self) -> str:
        """Its address, without user and password."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What arrived."""
        return self.handler.mails

    def start(self) -> None:
        """Answer from now on."""
        if self._tls:
            self._options |= {"tls_context": self._tls, "require_starttls": True}
        self._controller = Controller(self.handler, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def stop(self) -> None:
        """Be gone."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
            time.sleep(0.01)

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _knows(user: str, password: str) -> object:
    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        good = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=good)

    return check
