"""Fakes of what the program meets at its edges: a channel, a folder of photos."""

from collections.abc import Callable, Mapping

from bot.channels.base import Message
from bot.channels.web_chat import WebChat
from casework.errors import NotFound
from storage.photos import ProcessedPhoto


class BreakingChannel(WebChat):
    """The web chat, but it cannot read what says "crash"."""

    def read(self, payload: Mapping[str, object]) -> Message:
        """The message of a stored payload."""
        message = super().read(payload)
        if "crash" in message.text:
            raise RuntimeError("a fault of ours")
        return message


class PhotosInMemory:
    """A photo store that keeps nothing after the test; ``meanwhile`` happens at each put."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.kept: dict[str, bytes] = {}
        self._meanwhile = meanwhile

    def put(self, photo: ProcessedPhoto) -> str:
        """Keep a photo; its name."""
        self._meanwhile()
        self.kept[photo.sha256] = photo.jpeg
        return photo.sha256

    def get(self, name: str) -> bytes:
        """The photo of that name. Raises NotFound."""
        try:
            return self.kept[name]
        except KeyError:
            raise NotFound("no such photo", key="error.not_found") from None

    def delete(self, name: str) -> None:
        """Forget it."""
        self.kept.pop(name, None)
