"""Telegram: reads the Bot API's updates, and lays out what is said back.

The shapes are those of https://core.telegram.org/bots/api#update. An update is stored as it came
and read here by python-telegram-bot's own classes; nothing here talks to Telegram.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram import Message as Said
from telegram.constants import ChatType, MessageLimit

from bot.channels.base import Message, Worded, hash_address
from casework.errors import SettingsError
from casework.places import Point
from storage.inbox import Arrival

NAME = "telegram"

MOST_FILE_BYTES = 20_000_000
"""Bots may fetch files of at most 20 MB (https://core.telegram.org/bots/api#getfile)."""

KINDS = ("message", "edited_message", "callback_query")
"""The kinds of updates that we ask for; others are stored and passed over if they come."""

MOST_START = 64
"""A deep link's parameter: so many of ``A-Z a-z 0-9 _ -`` (https://core.telegram.org/bots/features)."""

PASSED_OVER = Message(passed_over=True)

_COMMAND = re.compile(r"^/(?P<name>\w+)(?:@\w+)?(?:\s+(?P<rest>.*))?$", re.DOTALL)
_POINT = re.compile(r"^(-?\d{1,2}\.\d{1,7})_(-?\d{1,3}\.\d{1,7})$")

_UNREAD: Mapping[str, str] = {
    "sticker": "unread.sticker",
    "voice": "unread.voice",
    "audio": "unread.voice",
    "video_note": "unread.video",
    "video": "unread.video",
    "animation": "unread.video",
    "contact": "unread.contact",
    "document": "unread.file",
    **dict.fromkeys(("poll", "dice", "game", "story", "paid_media", "checklist"), "unread.other"),
}
"""What can be sent but not read here, and the sentence for it. What is in neither table, such as
"a picture was pinned", is nobody's message and is passed over."""


class Telegram:
    """Reads updates. ``fetch`` gets a file by its id, or raises FetchFailed."""

    name = NAME

    def __init__(self, bot_id: int, fetch: Callable[[str], bytes]) -> None:
        self._bot_id = bot_id
        self._fetch = fetch
        self.username = ""  # known once Telegram has told us

    # --- Taking in ---

    def arrival(self, payload: Mapping[str, object], key: str) -> Arrival:
        """The event to store, whatever kind it is of. Raises ValueError for what is no update."""
        event = payload.get("update_id")
        if not isinstance(event, int) or isinstance(event, bool):
            raise ValueError("an update without update_id")
        address = _chat_of(payload)
        return Arrival(NAME, str(event), hash_address(key, NAME, address or "nobody"), address, payload)

    # --- Reading ---

    def read(self, payload: Mapping[str, object]) -> Message:
        """The message of a stored update, without asking Telegram."""
        try:
            update = Update.de_json(dict(payload), None)
        except (TypeError, ValueError, KeyError, AttributeError):
            return _unknown(payload)
        if update.callback_query:
            return _pressed(update.callback_query)
        said = update.message or update.edited_message
        if said is None or said.from_user is None or said.from_user.is_bot:
            return PASSED_OVER
        if said.chat.type != ChatType.PRIVATE:
            return self._in_group(said)
        return _edited(_read(said)) if update.edited_message else _read(said)

    def _in_group(self, said: Said) -> Message:
        """Answered only when addressed, and never with anything personal."""
        if said.edit_date or not self._is_addressed(said):
            return PASSED_OVER
        return Message(text=said.text or said.caption or "", public=True)

    def _is_addressed(self, said: Said) -> bool:
        answered = said.reply_to_message and said.reply_to_message.from_user
        if answered and answered.id == self._bot_id:
            return True
        return any(
            self._is_us(entity, words)
            for found in (said.parse_entities(), said.parse_caption_entities())
            for entity, words in found.items()
        )

    def _is_us(self, entity: MessageEntity, words: str) -> bool:
        if entity.user:
            return entity.user.id == self._bot_id
        named = f"@{self.username}".casefold()
        return bool(self.username) and words.casefold().endswith(named)

    def complete(self, message: Message) -> Message:
        """The message with its files fetched; one that does not come is asked for again."""
        photos, refused = list(message.photos), list(message.refused)
        for file_id in message.media:
            try:
                photos.append(self._fetch(file_id))
            except FetchFailed as failed:
                refused.append(failed.key)
        if not (message.text or message.pin or photos) and refused:
            return replace(message, media=(), refused=(), unread=tuple(refused))
        return replace(message, media=(), photos=tuple(photos), refused=tuple(refused))


def bot_id_of(token: str) -> int:
    """A token begins with the bot's own id. Raises SettingsError for what is no token."""
    digits, _, rest = token.partition(":")
    if not digits.isdecimal() or not rest:
        raise SettingsError("STREETCALL_TELEGRAM_TOKEN: must be as BotFather gave it, like 123456:ABC…")
    return int(digits)


class FetchFailed(Exception):
    """A file did not come; ``key`` is the sentence for the resident."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _chat_of(payload: Mapping[str, object]) -> str | None:
    """The id of the chat that an update of any kind belongs to; a user's id is that of their chat."""
    for body in payload.values():
        if not isinstance(body, Mapping):
            continue
        inner = body.get("message")
        for holder, name in ((body, "chat"), (inner, "chat"), (body, "from"), (body, "user")):
            found = holder.get(name) if isinstance(holder, Mapping) else None
            if isinstance(found, Mapping) and isinstance(found.get("id"), int):
                return str(found["id"])
    return None


def _read(said: Said) -> Message:
    text = _clean(said.text or said.caption or "")
    message = Message(
        text=text,
        pin=_pin(said),
        accuracy_m=said.location.horizontal_accuracy or 0.0 if said.location else 0.0,
        media=_photo(said),
        album=said.media_group_id,
    )
    unread = _unread(said)
    if unread and text:
        return replace(message, refused=(unread,))
    if unread:
        return replace(message, unread=(unread,))
    if not (text or message.pin or message.media):
        return PASSED_OVER
    return _command(message)


def _unknown(payload: Mapping[str, object]) -> Message:
    """What the library cannot read: a person who sent it is told so, anything else is passed over."""
    body = payload.get("message")
    chat = body.get("chat") if isinstance(body, Mapping) else None
    private = isinstance(chat, Mapping) and chat.get("type") == ChatType.PRIVATE
    return Message(unread=("unread.other",)) if private else PASSED_OVER


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _pin(said: Said) -> Point | None:
    """A location, also a live one (its first point) and a venue's."""
    location = said.location or (said.venue.location if said.venue else None)
    return Point(location.latitude, location.longitude) if location else None


def _photo(said: Said) -> tuple[str, ...]:
    """The largest size of a photo, or a picture sent as a file, which keeps its GPS."""
    if said.photo:
        return (max(said.photo, key=lambda size: size.width * size.height).file_id,)
    return (said.document.file_id,) if said.document and _is_picture(said) and not _unread(said) else ()


def _is_picture(said: Said) -> bool:
    document = said.document
    return document is not None and (document.mime_type or "").startswith("image/")


def _unread(said: Said) -> str | None:
    if said.document and _is_picture(said):
        return "photo.too_big" if (said.document.file_size or 0) > MOST_FILE_BYTES else None
    return next((key for kind, key in _UNREAD.items() if getattr(said, kind, None)), None)


def _edited(message: Message) -> Message:
    """An edit puts words right. A live location that moves on is no new place."""
    if message.pin or not message.text:
        return PASSED_OVER
    return replace(message, edited=True)


def _pressed(query: CallbackQuery) -> Message:
    """A button; one of a message that is not ours any more has no data."""
    if query.from_user.is_bot or not query.data:
        return PASSED_OVER
    if query.message and query.message.chat.type != ChatType.PRIVATE:
        return PASSED_OVER
    return Message(button=query.data)


# --- Commands and deep links --------------------------------------------------------------------


def _command(message: Message) -> Message:
    """``/mine`` is the word "mine", ``/report words`` the words, ``/start KEY`` a poster's place."""
    found = _COMMAND.match(message.text)
    if not found:
        return message
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "start":
        return _arrived(message, read_start(rest)) if rest else replace(message, text="start")
    if name == "report":
        return replace(message, text=rest)
    return replace(message, text=f"{name} {rest}".strip())


def _arrived(message: Message, place_key: str | None) -> Message:
    """By a poster's link; its point is a pin like any other."""
    if place_key is None:
        return replace(message, text="start")
    return replace(message, text="", pin=point_of(place_key), arrived=place_key)


def start_parameter(place_key: str) -> str:
    """The parameter of ``https://t.me/BOT?start=…`` for a ward's code or ``LATITUDE_LONGITUDE``."""
    made = base64.urlsafe_b64encode(place_key.encode()).decode().rstrip("=")
    if len(made) > MOST_START:
        raise ValueError(f"too long for a deep link: {place_key}")
    return made


def read_start(parameter: str) -> str | None:
    """The place key of a deep link; None for one that is not ours."""
    padded = parameter + "=" * (-len(parameter) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def point_of(place_key: str) -> Point | None:
    """The point that a place key names, if it names one."""
    found = _POINT.match(place_key)
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


# --- Laying out ---------------------------------------------------------------------------------

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

SHORT_LABEL = 18
"""Two buttons with labels up to so long stand side by side."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message as Telegram takes it: plain text and a keyboard."""

    text: str
    markup: Markup | None = None


def lay_out(worded: Worded, send_location: str) -> tuple[Sheet, ...]:
    """What is said, cut where Telegram needs it; the keyboard hangs on the last part.

    ``send_location`` is the label of the button that sends where the person is.
    """
    *parts, last = cut(worded.text, MessageLimit.MAX_TEXT_LENGTH)
    return (*map(Sheet, parts), Sheet(last, _keyboard(worded, send_location)))


def _keyboard(worded: Worded, send_location: str) -> Markup:
    if worded.buttons:
        buttons = [InlineKeyboardButton(b.label, callback_data=b.id) for b in worded.buttons]
        return InlineKeyboardMarkup(_rows(buttons))
    if worded.wants == "location":
        button = KeyboardButton(send_location, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    return ReplyKeyboardRemove()


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        fits = rows and len(rows[-1]) < 2
        if fits and all(len(b.text) <= SHORT_LABEL for b in (*rows[-1], button)):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def cut(text: str, limit: int) -> list[str]:
    """Parts of at most ``limit`` characters, cut at a line, else a space, else anywhere."""
    parts = []
    rest = text.strip()
    while len(rest) > limit:
        at = max(rest.rfind("\n", 1, limit + 1), 0) or max(rest.rfind(" ", 1, limit + 1), 0) or limit
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest or "…"]
