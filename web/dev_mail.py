"""``/dev/mail``: every mail that the demo has sent, as its reader would see it. Never in earnest."""

import base64
import mailbox
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from web.forms import plain_page
from web.rendering import Pages

_MOST = 200
"""Mails of the list, newest first."""

_HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "References", "List-Id")
_LINK = re.compile(r"https?://[^\s<>]+")
_CID = re.compile(r'"cid:([^"]+)"')

# A mail brings its own style and pictures and nothing else; its links open in a new tab.
_FRAME_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    key: str
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: plain words, or an address to open."""

    text: str
    is_link: bool


def create_dev_mail_routes(folder: Path, pages: Pages) -> list[Route]:
    """The routes ``/dev/mail``, ``/dev/mail/KEY`` and ``/dev/mail/KEY/html`` on a Maildir."""
    shown = _DevMail(folder, pages)
    return [
        Route("/dev/mail", shown.index, name="dev-mail"),
        Route("/dev/mail/{key}", shown.mail, name="dev-mail-one"),
        Route("/dev/mail/{key}/html", shown.html, name="dev-mail-html"),
    ]


@dataclass(frozen=True, slots=True)
class _DevMail:
    folder: Path
    pages: Pages

    def index(self, request: Request) -> Response:
        """The mails, newest first."""
        return self.pages.page("dev_mails.html", request, mails=self._listed())

    def mail(self, request: Request) -> Response:
        """One mail: headers, text, and its HTML in a frame."""
        key = request.path_params["key"]
        mail = self._read(key)
        if mail is None:
            return plain_page(self.pages, request, "dev_mail.gone", HTTPStatus.NOT_FOUND)
        return self.pages.page(
            "dev_mail.html",
            request,
            key=key,
            subject=str(mail["Subject"]),
            headers=[(name, str(mail[name])) for name in _HEADERS if mail[name]],
            pieces=list(_pieces(_body(mail, "plain"))),
        )

    def html(self, request: Request) -> Response:
        """The HTML part alone, for the frame."""
        mail = self._read(request.path_params["key"])
        if mail is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        headers = {"Content-Security-Policy": _FRAME_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        body = _with_pictures(mail).replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(body, headers=headers)

    def _listed(self) -> list[Listed]:
        if not self.folder.is_dir():
            return []
        maildir = self._maildir()
        read = ((key, mail) for key in maildir.iterkeys() if (mail := self._read(key)))
        listed = [Listed(key, str(mail["To"]), str(mail["Subject"]), _date(mail)) for key, mail in read]
        return sorted(listed, key=lambda one: (one.at, one.key), reverse=True)[:_MOST]

    def _read(self, key: str) -> EmailMessage | None:
        """The mail of that key, if there is one."""
        if not self.folder.is_dir():
            return None
        try:
            mail = message_from_bytes(self._maildir().get_bytes(key), policy=default)
        except (KeyError, OSError):
            return None
        return mail if isinstance(mail, EmailMessage) else None

    def _maildir(self) -> mailbox.Maildir:
        return mailbox.Maildir(self.folder, create=False)


def _date(mail: EmailMessage) -> datetime:
    try:
        return parsedate_to_datetime(str(mail["Date"])).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _body(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()) if isinstance(body, EmailMessage) else ""


def _pieces(text: str) -> Iterable[Piece]:
    """The text with its addresses apart, so that they can be opened."""
    end = 0
    for found in _LINK.finditer(text):
        yield Piece(text[end : found.start()], False)
        yield Piece(found.group(), True)
        end = found.end()
    yield Piece(text[end:], False)


def _with_pictures(mail: EmailMessage) -> str:
    """The HTML with its own photos inside, for nothing may be fetched from the frame."""
    pictures = {
        str(part["Content-ID"]).strip("<>"): base64.b64encode(part.get_content()).decode()
        for part in mail.walk()
        if part["Content-ID"] and isinstance(part, EmailMessage)
    }

    def inlined(found: re.Match[str]) -> str:
        return f'"data:image/jpeg;base64,{pictures.get(found.group(1), "")}"'

    return _CID.sub(inlined, _body(mail, "html"))
