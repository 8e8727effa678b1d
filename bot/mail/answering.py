"""Answers to mails that came in: plain words, in the thread of the mail that is answered."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from bot.delivery import Refused
from bot.mail.composing import address, one_line
from bot.mail.transports import Transport
from bot.wording import Wording
from casework.clock import Clock
from casework.packs import Pack
from storage.outbox import Waiting
from storage.store import Store


class MailAnswerSender:
    """The way out of the channel ``mailbox``."""

    def __init__(
        self,
        store: Store,
        packs: Mapping[str, Pack],
        wording: Wording,
        clock: Clock,
        transport: Transport,
        host: str,
    ) -> None:
        self._store = store
        self._packs = packs
        self._wording = wording
        self._clock = clock
        self._transport = transport
        self._host = host

    def send(self, message: Waiting) -> str | None:
        """Send it; its Message-ID. Raises TryAgain, ChannelDown or Refused."""
        mail = self._compose(message)
        self._transport.deliver(mail)
        return str(mail["Message-ID"])

    def _compose(self, message: Waiting) -> EmailMessage:
        pack = self._packs.get(message.jurisdiction) or next(iter(self._packs.values()))
        authority = pack.authority
        mail = EmailMessage(policy=SMTP)
        mail["From"] = address(authority.name, authority.email)
        mail["To"] = address("", self._to(message))
        mail["Subject"] = self._subject(message, authority.name)
        mail["Date"] = format_datetime(self._clock.now().astimezone(ZoneInfo(pack.calendar.time_zone)))
        mail["Message-ID"] = f"<{message.id}.{int(message.created_at.timestamp())}@{self._host}>"
        answered = one_line(str(message.parameters.get("mail_id", "")))
        if answered.startswith("<") and answered.endswith(">"):
            mail["In-Reply-To"] = mail["References"] = answered
        # RFC 3834: an answer to an answer would never end.
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(f"{self._wording.word(message).text}\n\n{authority.name}\n")
        return mail

    def _to(self, message: Waiting) -> str:
        contact = self._store.cases.contact(message.contact_id) if message.contact_id else None
        found = message.address or (contact.address if contact else None)
        if not found:
            raise Refused("nobody is known there any more")
        return found

    def _subject(self, message: Waiting, name: str) -> str:
        asked = one_line(str(message.parameters.get("mail_subject", "")))
        if not asked:
            return one_line(name)
        return asked if asked.casefold().startswith("re:") else f"Re: {asked}"
