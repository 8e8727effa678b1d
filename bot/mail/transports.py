"""The ways in which a finished mail leaves."""

from email.message import EmailMessage
from typing import Protocol


class Transport(Protocol):
    """Takes a mail to somebody, or keeps it."""

    def deliver(self, mail: EmailMessage) -> None:
        """Raises TryAgain, ChannelDown or Refused from ``bot.delivery``."""
        ...


class Both:
    """First one way, and where that went well the other too."""

    def __init__(self, first: Transport, second: Transport) -> None:
        self._first = first
        self._second = second

    def deliver(self, mail: EmailMessage) -> None:
        """Raises what either raises."""
        self._first.deliver(mail)
        self._second.deliver(mail)
