"""What every channel gives to and takes from the conversation."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from casework.places import Point


class Carrier(StrEnum):
    """What a provider does by itself with some words, whatever we make of them."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody sent: any mix of words, photos, a pin and a pressed button.

    ``photos`` are files as they came; ``media`` names files that the provider still has, which
    ``Channel.complete`` fetches; ``unread`` names what was sent but cannot be read here (a
    sticker, a broken attachment); ``refused`` are the keys of what is said of files that could
    not be taken; ``carrier`` is set where the provider acts on the word itself.

    ``accuracy_m`` is how wide the device says that the pin may be off, 0 where it does not say;
    ``edited`` is an earlier message put right, never a new report; ``album`` names the set of
    photos that it is one of; ``arrived`` is the place key of the poster that led here;
    ``public`` was said where others read the answer; ``passed_over`` is kept and not answered.
    """

    text: str = ""
    pin: Point | None = None
    accuracy_m: float = 0.0
    photos: tuple[bytes, ...] = ()
    button: str | None = None
    unread: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    carrier: Carrier | None = None
    edited: bool = False
    album: str | None = None
    arrived: str | None = None
    public: bool = False
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class WordedButton:
    """A choice as the person reads it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words, as a channel shows it."""

    text: str
    buttons: tuple[WordedButton, ...] = ()
    wants: str | None = None


class FetchFailed(Exception):
    """A file did not come; ``key`` is the sentence for the resident."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Channel(Protocol):
    """A way in. ``name`` is stored with contacts and messages."""

    name: str

    def read(self, payload: Mapping[str, object]) -> Message:
        """The message of a stored payload, without asking anybody."""
        ...

    def complete(self, message: Message) -> Message:
        """The message with its ``media`` fetched into ``photos``, or refused.

        Called by the worker before any transaction; may take seconds.
        """
        ...


def hash_address(key: str, channel: str, address: str) -> str:
    """The keyed hash under which an address is found again; it cannot be guessed back."""
    return hmac.new(key.encode(), f"{channel}\0{address}".encode(), hashlib.sha256).hexdigest()
