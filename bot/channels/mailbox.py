"""The mailbox that services answer to: each mail is stored as it came, once, and then marked as read."""

import base64
import hashlib
from collections.abc import Mapping

from bot.channels.base import Message, hash_address
from bot.channels.mail_reading import message_id_of, sender_of
from storage.inbox import Arrival

NAME = "mailbox"


class MailboxChannel:
    """Mails are no part of the conversation with residents: ``bot.mail.letterbox`` answers them."""

    name = NAME

    def read(self, payload: Mapping[str, object]) -> Message:
        """Nothing that the conversation or the danger screen should look at."""
        return Message(passed_over=True)

    def complete(self, message: Message) -> Message:
        """Attachments come with the mail."""
        return message


def arrival_of(raw: bytes, cut: bool, key: str) -> Arrival:
    """The event to store; the same mail delivered twice is one. ``cut`` if its end was left away."""
    sender = sender_of(raw)
    told = message_id_of(raw)
    return Arrival(
        channel=NAME,
        event_id=hashlib.sha256(told.encode("utf-8", "replace") if told else raw).hexdigest(),
        address_hash=hash_address(key, NAME, sender),
        address=sender or None,
        payload={"raw": base64.b64encode(raw).decode(), "cut": cut},
    )
