"""From a message of the outbox to a finished e-mail."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from bot.codes import Codes
from bot.delivery import Refused
from bot.mail.call_letters import CallLetters
from bot.mail.case_letters import KINDS, CaseLetters
from bot.mail.digest_letter import DigestLetters
from bot.mail.letters import Letter, Picture, Voice
from bot.mail.link_code_letter import write_link_code
from bot.mail.recipients import Recipient, find_recipient
from bot.mail.reply_addresses import ReplyAddresses
from bot.mail.triage_letter import TriageLetters
from bot.mail.ward_letter import write_wards
from casework.calendars import local
from casework.clock import Clock
from casework.packs import Authority, Pack
from casework.stepping import OFFICE_MAIL
from config.links import Links
from config.wording import Catalogue
from storage.outbox import Waiting
from storage.photos import PhotoStore
from storage.store import Store
from web.assets import HERE as PAGES

HERE = Path(__file__).parent
LOCALE = HERE.parent / "locale"

_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_SUBJECT_LENGTH = 150


class Composer:
    """Makes the mails to services, councillors and staff."""

    def __init__(
        self,
        store: Store,
        packs: Mapping[str, Pack],
        photos: PhotoStore,
        links: Links,
        clock: Clock,
        codes: Codes | None = None,
        replies: ReplyAddresses | None = None,
    ) -> None:
        self._replies = replies
        self._packs = packs
        self._clock = clock
        self._catalogue = Catalogue(LOCALE, domain="mail")
        self._environment = _environment()
        self._host = urlsplit(links.public_url).hostname or "localhost"
        self._cases = CaseLetters(store, photos, links)
        self._digests = DigestLetters(store, links)
        self._triage = TriageLetters(store, links)
        self._calls = CallLetters(store, links, Catalogue(PAGES / "locale"))
        self._codes = codes or Codes("")

    def compose(self, message: Waiting) -> EmailMessage | None:
        """The mail for a message, or None where there is nothing left to tell.

        Raises Refused where the recipient or the report is gone.
        """
        pack = self._packs.get(message.jurisdiction)
        if pack is None:
            raise Refused(f"no authority {message.jurisdiction!r} is served here")
        now = self._clock.now()
        to = find_recipient(pack, message.recipient, local(now, pack.calendar).date())
        voice = Voice(self._catalogue, pack, message.language or pack.authority.languages[0])
        letter = self._letter(message, voice, to, now)
        return self._mail(message, letter, voice, to, now) if letter else None

    def _letter(self, message: Waiting, voice: Voice, to: Recipient, now: datetime) -> Letter | None:
        if message.key in KINDS:
            return self._cases.write(message, voice, now)
        if message.key == "councillor.digest":
            return self._digests.write(message, voice)
        if message.key == "staff.triage":
            return self._triage.write(message, voice, to.name)
        if message.key == OFFICE_MAIL:
            return self._calls.write(message, voice, now)
        if message.key == "office.ward":
            return self._calls.write_ward(message, voice, to.name)
        if message.key == "office.link_code":
            return write_link_code(message, self._codes, to.name)
        if message.key == "councillor.wards":
            return write_wards(message, voice, to.name)
        raise Refused(f"no mail is called {message.key}")

    def _mail(
        self, message: Waiting, letter: Letter, voice: Voice, to: Recipient, now: datetime
    ) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        for name, value in self._headers(message, letter, voice, to, now).items():
            mail[name] = value
        mail.set_content(self._render(letter, "body.txt", voice))
        mail.add_alternative(self._render(letter, "body.html", voice), subtype="html")
        _attach(mail, letter.pictures)
        # Last, because setting a content takes every header away that begins with "Content".
        mail["Content-Language"] = voice.language
        return mail

    def _headers(
        self, message: Waiting, letter: Letter, voice: Voice, to: Recipient, now: datetime
    ) -> Mapping[str, object]:
        sender = voice.pack.authority
        headers: dict[str, object] = {
            "From": address(sender.name, sender.email),
            "To": address(to.name, to.email),
            "Reply-To": address(sender.name, self._reply_to(message, letter) or sender.email),
            "Subject": one_line(self._render(letter, "subject.txt", voice))[:_SUBJECT_LENGTH],
            "Date": format_datetime(now.astimezone(ZoneInfo(voice.pack.calendar.time_zone))),
            # The same for every attempt: a mailbox that got it already shows it once.
            "Message-ID": f"<{message.id}.{int(message.created_at.timestamp())}@{self._host}>",
            # RFC 3834: no answering machine should answer; the second says it to Exchange.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        }
        if letter.thread:
            # Nobody ever got the first message of the thread; that is enough to hold it together.
            headers["In-Reply-To"] = headers["References"] = f"<{letter.thread}@{self._host}>"
        if letter.list_id:
            headers["List-Id"] = f"<{letter.list_id}.{self._host}>"
        return headers

    def _reply_to(self, message: Waiting, letter: Letter) -> str:
        """Where the answer reaches the case by itself; empty where a person reads all answers."""
        if self._replies is None or not letter.reference:
            return ""
        return self._replies.address(letter.reference, message.recipient)

    def _render(self, letter: Letter, part: str, voice: Voice) -> str:
        authority: Authority = voice.pack.authority
        words = self._environment.get_template(f"{letter.folder}/{part}").render(
            t=voice.say,
            n=voice.count,
            language=voice.language,
            direction=Locale.parse(voice.language.replace("-", "_")).text_direction,
            authority=authority,
            host=self._host,
            **(letter.subject if part == "subject.txt" else letter.context),
        )
        return words if part.endswith(".html") else tidy(words)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = quoted
    environment.filters["broken"] = broken
    return environment


def quoted(words: str) -> str:
    """Somebody's own words, each line marked, so that none can pass for ours."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def broken(words: str) -> Markup:
    """Somebody's own words with their line breaks, for HTML."""
    return Markup("<br>").join(escape(line) for line in words.splitlines())


def tidy(words: str) -> str:
    """Plain text with no more than one blank line at a time."""
    lines = "\n".join(line.rstrip() for line in words.strip().splitlines())
    return _MANY_BLANK_LINES.sub("\n\n", lines) + "\n"


def one_line(words: str) -> str:
    """Words that are safe in a header: no line breaks, no control or direction characters."""
    spaced = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in words)
    return " ".join(spaced.split())


def address(name: str, email: str) -> Address:
    """A name and an address for a header. Raises Refused for an address that is none."""
    try:
        return Address(one_line(name), addr_spec=email)
    except (MessageError, ValueError, IndexError) as error:
        raise Refused("that is no e-mail address") from error


def _attach(mail: EmailMessage, pictures: tuple[Picture, ...]) -> None:
    """The photos inside the HTML part; who reads plain text finds them as attachments."""
    html = mail.get_body(("html",))
    if not isinstance(html, EmailMessage):
        raise TypeError("the mail has no HTML")
    for picture in pictures:
        html.add_related(
            picture.jpeg,
            "image",
            "jpeg",
            cid=f"<{picture.cid}>",
            disposition="inline",
            filename=f"{picture.cid}.jpg",
        )
