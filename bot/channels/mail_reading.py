"""Reads a mail as it came from the server: who, about what, in which words, and whether by a machine.

Whatever is broken in it is left out; nothing in a mail raises.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses, parseaddr
from itertools import islice
from typing import TypeVar

from bot.channels.mail_words import own_words, text_of_html

T = TypeVar("T")
U = TypeVar("U")

MOST_PHOTOS = 10
_MOST_PARTS = 200
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_NO_PERSON = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+._-].*)?", re.IGNORECASE
)
_AWAY = re.compile(
    r"\W*(automatic reply|auto-?reply|out of (the )?office|auto:|autoreply|ateb awtomatig)", re.IGNORECASE
)
_OUTBOX_ID = re.compile(r"<(\d{1,18})\.(\d{9,12})@")
_CASE_ID = re.compile(r"<case\.([0-9a-f]{32})@")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A server's word that a mail of ours did not arrive: the outbox's number, its second, and why."""

    outbox_id: int
    second: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read. ``addressed`` are all addresses it was sent to; ``words`` the sender's own.

    ``automatic`` if a machine sent it, so that it is never answered; ``outbox_ids`` and ``case_ids``
    are what it answers, as far as its references tell; ``photos`` are files as they came.
    """

    sender: str
    subject: str
    message_id: str
    addressed: tuple[str, ...]
    outbox_ids: tuple[int, ...]
    case_ids: tuple[str, ...]
    words: str
    photos: tuple[bytes, ...]
    automatic: bool
    bounces: tuple[Bounce, ...]
    is_report: bool


def read_mail(raw: bytes) -> Mail:
    """Everything that is looked at in a mail."""
    mail = message_from_bytes(raw, policy=default)
    referred = _header(mail, "References") + _header(mail, "In-Reply-To")
    is_report = mail.get_content_type() == "multipart/report"
    return Mail(
        sender=_address(_header(mail, "From")),
        subject=_header(mail, "Subject")[:300],
        message_id=_header(mail, "Message-ID")[:300],
        addressed=tuple(_addresses(mail)),
        outbox_ids=tuple(int(found) for found, _ in _OUTBOX_ID.findall(referred)),
        case_ids=tuple(_CASE_ID.findall(referred)),
        words=own_words(_body(mail)),
        photos=tuple(_photos(mail)),
        automatic=is_report or _is_automatic(mail),
        bounces=tuple(_bounces(mail)) if is_report else (),
        is_report=is_report,
    )


def message_id_of(raw: bytes) -> str:
    """The mail's own id; empty where it has none."""
    return _header(message_from_bytes(raw, policy=default), "Message-ID").strip()


def sender_of(raw: bytes) -> str:
    """The address that it says it is from; empty where it says none."""
    return _address(_header(message_from_bytes(raw, policy=default), "From"))


def _tried(look: Callable[..., T], otherwise: U, *about: object) -> T | U:
    """What is looked for, unless the mail is broken there: the email package raises many things."""
    try:
        return look(*about)
    except Exception:
        return otherwise


def _header(mail: Message, name: str) -> str:
    """A header in one line; of several the first. Empty where it is missing or cannot be read."""
    # What the parser for this header cannot take is still there as it came.
    found = _tried(_read_header, "", mail, name) or _tried(_raw_header, "", mail, name)
    return " ".join(found.replace("\0", "").split())


def _read_header(mail: Message, name: str) -> str:
    return str(mail.get(name, ""))


def _raw_header(mail: Message, name: str) -> str:
    return next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")


def _address(header: str) -> str:
    return _tried(lambda: parseaddr(header)[1], "").strip().casefold()


def _addresses(mail: Message) -> Iterator[str]:
    for name in _ADDRESSED:
        values = _tried(_all_headers, (), mail, name)
        yield from (address.casefold() for _, address in _tried(getaddresses, (), values) if address)


def _all_headers(mail: Message, name: str) -> list[str]:
    return [str(value) for value in mail.get_all(name, [])]


# --- Its words -----------------------------------------------------------------------------------


def _parts(mail: Message) -> Iterator[EmailMessage]:
    """The parts that hold something, but not those of a mail that is attached."""
    waiting: list[Message] = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart":
            waiting = [*_inside(part), *waiting]
        elif isinstance(part, EmailMessage) and part.get_content_maintype() != "message":
            yield part


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inside for inside in payload if isinstance(inside, Message)] if isinstance(payload, list) else []


def _decoded(part: Message) -> bytes:
    found: object = _tried(lambda: part.get_payload(decode=True), b"")
    return found if isinstance(found, bytes) else b""


def _body(mail: Message) -> str:
    """The first text that is no attachment; the HTML's where there is no plain one."""
    texts: dict[str, str] = {}
    for part in _parts(mail):
        kind = part.get_content_type()
        attached = _tried(part.is_attachment, False)
        if kind in ("text/plain", "text/html") and not attached and not texts.get(kind):
            texts[kind] = _text(part)
    return texts.get("text/plain") or text_of_html(texts.get("text/html", ""))


def _text(part: EmailMessage) -> str:
    """Its text, whatever it says its letters are: a wrong charset costs some letters, not the mail."""
    raw = _decoded(part)
    for charset in (_tried(lambda: part.get_content_charset() or "", "") or "utf-8", "utf-8", "cp1252"):
        with suppress(LookupError, UnicodeError, ValueError):
            return raw.decode(charset).replace("\0", "")
    return raw.decode("latin-1").replace("\0", "")


def _photos(mail: Message) -> Iterator[bytes]:
    images = (part for part in _parts(mail) if part.get_content_maintype() == "image")
    yield from islice(filter(None, map(_decoded, images)), MOST_PHOTOS)


# --- Machines ------------------------------------------------------------------------------------


def _is_automatic(mail: Message) -> bool:
    """True where no person wrote it (RFC 3834, and what programs send that do not know it)."""
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _header(mail, "Precedence").lower()
    local = _address(_header(mail, "From")).partition("@")[0]
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(
            _header(mail, name)
            for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id")
        )
        or _header(mail, "Return-Path") == "<>"
        or bool(_NO_PERSON.fullmatch(local))
        or bool(_AWAY.match(_header(mail, "Subject")))
    )


def _bounces(mail: Message) -> Iterator[Bounce]:
    """The mails of ours that a server says have failed for good (RFC 3464)."""
    parts = _tried(lambda: list(islice(mail.walk(), _MOST_PARTS)), ())
    reasons = [reason for part in parts if (reason := _failure(part))]
    if not reasons:
        return
    ours = {found for part in parts for found in _OUTBOX_ID.findall(_original_id(part))}
    for outbox_id, second in sorted(ours):
        yield Bounce(int(outbox_id), int(second), reasons[0])


def _failure(part: Message) -> str:
    """The status of a recipient's failure, without anybody's address."""
    if _header(part, "Action").lower() != "failed":
        return ""
    status = re.sub(r"[^\d.]", "", _header(part, "Status"))[:10]
    return f"the mail came back: {status or 'no reason given'}"


def _original_id(part: Message) -> str:
    """The id of the mail that came back: of it whole, or of its headers alone."""
    if part.get_content_type() == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        return (
            _header(message_from_bytes(text, policy=default), "Message-ID") if isinstance(text, bytes) else ""
        )
    return _header(part, "Message-ID")
