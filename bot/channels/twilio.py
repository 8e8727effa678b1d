"""SMS and WhatsApp: reads what Twilio sends, and knows the carriers' own words.

The fields are those of https://www.twilio.com/docs/messaging/guides/webhook-request. A payload is
stored as it came and read here; nothing here talks to Twilio.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.channels.base import Carrier, FetchFailed, Message, hash_address
from casework.errors import MessageRefused
from casework.places import Point
from storage.inbox import Arrival

SMS = "sms"
WHATSAPP = "whatsapp"
NAMES = (SMS, WHATSAPP)

MOST_MEDIA = 10
"""Twilio sends at most ten files with a message."""

CARRIER_WORDS: Mapping[str, Carrier] = {
    **dict.fromkeys(
        ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"), Carrier.STOP
    ),
    **dict.fromkeys(("start", "yes", "unstop"), Carrier.START),
    **dict.fromkeys(("help", "info"), Carrier.HELP),
}
"""What Twilio acts on by itself in text messages, if it is all that is said.

https://help.twilio.com/articles/223134027
"""

_PREFIX = f"{WHATSAPP}:"
_NUMBER = re.compile(r"^\+?\d{3,15}$")
_UNREAD = {"audio": "unread.voice", "video": "unread.video", "text": "unread.contact"}


class TwilioChannel:
    """Reads the payloads of one channel. ``fetch`` gets the files at these addresses, one by one,
    or raises FetchFailed for one of them.
    """

    def __init__(self, name: str, fetch: Callable[[str], bytes]) -> None:
        self.name = name
        self._fetch = fetch

    def read(self, payload: Mapping[str, object]) -> Message:
        """The message of a stored payload, without asking Twilio."""
        media, refused = _media(payload)
        text = _text(payload, "Body").strip()
        pin = _pin(payload)
        return Message(
            text="" if pin and text == _text(payload, "Address") else text,
            pin=pin,
            button=_text(payload, "ButtonPayload")[:64] or None,
            unread=refused if not text else (),
            media=media,
            refused=refused if text else (),
            carrier=carrier_of(payload),
        )

    def complete(self, message: Message) -> Message:
        """The message with its files; one that does not come is asked for again."""
        photos, refused = list(message.photos), list(message.refused)
        for url in message.media:
            try:
                photos.append(self._fetch(url))
            except FetchFailed as failed:
                refused.append(failed.key)
        return replace(message, media=(), photos=tuple(photos), refused=tuple(refused))


def arrival_of(payload: Mapping[str, str], key: str, sent_at: datetime | None = None) -> Arrival:
    """The event to store. Raises MessageRefused for a payload that is no message."""
    sender, to = payload.get("From", ""), payload.get("To", "")
    event = payload.get("MessageSid") or payload.get("SmsMessageSid") or payload.get("SmsSid") or ""
    if not sender or not event or len(event) > 64:
        raise MessageRefused("From and MessageSid are missing", key="error.message")
    channel, address = channel_of(sender), sender.removeprefix(_PREFIX).strip()
    carrier = carrier_of(payload)
    return Arrival(
        channel,
        event,
        hash_address(key, channel, address),
        # A sender with a name instead of a number cannot be answered.
        address if _NUMBER.match(address) else None,
        payload,
        ours=to.removeprefix(_PREFIX)[:64],
        carrier=str(carrier) if carrier else "",
        sent_at=sent_at,
    )


def channel_of(address: str) -> str:
    """The channel of an address as Twilio writes it."""
    return WHATSAPP if address.startswith(_PREFIX) else SMS


def written(channel: str, number: str) -> str:
    """A number as Twilio wants it on that channel."""
    return f"{_PREFIX}{number}" if channel == WHATSAPP else number


def carrier_of(payload: Mapping[str, object]) -> Carrier | None:
    """What Twilio does with this message by itself.

    OptOutType comes from messaging services with Advanced Opt-Out, on any channel; everywhere else
    text messages that are one of the words and nothing else are acted on.
    """
    told = _text(payload, "OptOutType").lower()
    if told in set(Carrier):
        return Carrier(told)
    if channel_of(_text(payload, "From")) != SMS:
        return None
    return CARRIER_WORDS.get(_text(payload, "Body").strip().lower())


def _text(payload: Mapping[str, object], name: str) -> str:
    value = payload.get(name, "")
    return value if isinstance(value, str) else ""


def _pin(payload: Mapping[str, object]) -> Point | None:
    """A location as WhatsApp sends it."""
    try:
        latitude, longitude = float(_text(payload, "Latitude")), float(_text(payload, "Longitude"))
    except ValueError:
        return None
    known = math.isfinite(latitude) and math.isfinite(longitude)
    return Point(latitude, longitude) if known and abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _media(payload: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of the photos, and the sentences for what is no photo."""
    count = _text(payload, "NumMedia")
    number = min(int(count), MOST_MEDIA) if count.isdecimal() and len(count) < 4 else 0
    photos, refused = [], []
    for n in range(number):
        kind = _text(payload, f"MediaContentType{n}").lower().partition("/")[0]
        url = _text(payload, f"MediaUrl{n}")
        if kind in ("image", "") and url:
            photos.append(url)
        else:
            refused.append(_UNREAD.get(kind, "unread.file"))
    return tuple(photos), tuple(dict.fromkeys(refused))
