"""Mail as one installation has it: what sends it, and what answers the mail that comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.imap import mailbox_address, parse_imap_url
from bot.channels.mailbox import NAME
from bot.codes import Codes
from bot.delivery import Sender
from bot.mail.answering import MailAnswerSender
from bot.mail.composing import Composer
from bot.mail.folder import FolderTransport
from bot.mail.letterbox import Letterbox
from bot.mail.reply_addresses import ReplyAddresses
from bot.mail.sending import MailSender
from bot.mail.smtp import SmtpTransport
from bot.mail.transports import Both, Transport
from bot.wording import Wording
from casework.clock import Clock
from casework.minting import Mint
from casework.packs import Pack
from config.links import Links
from config.settings import Settings
from nlp.redaction import redact
from storage.commit import EMAIL
from storage.photos import PhotoStore
from storage.store import Store


@dataclass(slots=True)
class Post:
    """Everything that mail is made of and with."""

    settings: Settings
    key: str
    store: Store
    packs: Mapping[str, Pack]
    photos: PhotoStore
    links: Links
    codes: Codes
    wording: Wording
    clock: Clock
    mint: Mint
    _smtp: SmtpTransport | None = None

    @property
    def replies(self) -> ReplyAddresses | None:
        """The addresses that services answer to; None where no mailbox is read. Raises SettingsError."""
        url = self.settings.mail_in_url.get_secret_value()
        if not url:
            return None
        return ReplyAddresses(self.key, mailbox_address(parse_imap_url(url), self.settings.mail_in_address))

    def senders(self) -> Mapping[str, Sender]:
        """The ways out that are set up. In the demo every mail can be read in the browser as well."""
        transports = [way for way in (self._server(), self._folder()) if way]
        if not transports:
            return {}
        transport = Both(*transports) if len(transports) > 1 else transports[0]
        composer = Composer(
            self.store, self.packs, self.photos, self.links, self.clock, self.codes, self.replies
        )
        host = urlsplit(self.links.public_url).hostname or "localhost"
        answers = MailAnswerSender(self.store, self.packs, self.wording, self.clock, transport, host)
        return {EMAIL: MailSender(composer, transport), NAME: answers}

    def _server(self) -> Transport | None:
        url, replies = self.settings.smtp_url.get_secret_value(), self.replies
        self._smtp = SmtpTransport(url, bounces_to=replies.mailbox if replies else "") if url else None
        return self._smtp

    def _folder(self) -> Transport | None:
        return FolderTransport(mail_folder(self.settings)) if self.settings.demo else None

    def close(self) -> None:
        """Say goodbye to the mail server."""
        if self._smtp is not None:
            self._smtp.close()

    def desks(self) -> Mapping[str, Letterbox]:
        """What answers the mail that comes in, by its channel."""
        replies = self.replies
        if replies is None:
            return {}
        return {NAME: Letterbox(self.store, self.packs, self.photos, replies, redact, self.mint)}


def mail_folder(settings: Settings) -> Path:
    """Where the demo keeps its mail."""
    return settings.data_dir / "mail"
