"""The e-mail channel of ``bot.delivery``."""

from bot.mail.composing import Composer
from bot.mail.transports import Transport
from storage.outbox import Waiting

NOT_NEEDED = "not needed"
"""The provider's id of a mail that was not sent because there was nothing left to tell."""


class MailSender:
    """Composes each message when it is sent, from what is kept then."""

    def __init__(self, composer: Composer, transport: Transport) -> None:
        self._composer = composer
        self._transport = transport

    def send(self, message: Waiting) -> str | None:
        """Send it; its Message-ID. Raises TryAgain, ChannelDown or Refused."""
        mail = self._composer.compose(message)
        if mail is None:
            return NOT_NEEDED
        self._transport.deliver(mail)
        return str(mail["Message-ID"])
