"""What came while we were away: Twilio gives up on a webhook after 15 seconds, but keeps a list."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.twilio import NAMES, SMS, WHATSAPP, arrival_of, written
from bot.channels.twilio_account import Received, TwilioAccount, TwilioFault
from bot.channels.twilio_sending import Numbers
from bot.delivery import ChannelDown, TryAgain
from bot.intake import Intake
from casework.errors import MessageRefused, StorageUnavailable
from storage.store import Store

log = structlog.get_logger()

LOOK_BACK = timedelta(hours=24)
"""So long before the newest message that we have: one may have been lost while others came."""

AGAIN_S = 900.0
AFTER_FAULT_S = 60.0
_SERVICE = "MG"


@dataclass(frozen=True, slots=True)
class TwilioCatchUp:
    """Reads Twilio's lists and takes in what is not in the inbox, once."""

    account: TwilioAccount
    store: Store
    intake: Intake
    numbers: Numbers
    key: str

    def run(self, stopping: threading.Event) -> None:
        """At the start, and now and then: a webhook may be lost at any time."""
        while not stopping.is_set():
            try:
                self.step()
                stopping.wait(AGAIN_S)
            except (TwilioFault, TryAgain, ChannelDown, StorageUnavailable) as fault:
                log.warning("twilio.not_caught_up", error=type(fault).__name__)
                stopping.wait(AFTER_FAULT_S)

    def step(self) -> int:
        """One look; how many messages were missing. Raises TwilioFault, TryAgain or ChannelDown."""
        now = self.intake.clock.now()
        newest = self.store.inbox.newest(NAMES) or now
        found = [
            (channel, received)
            for channel in NAMES
            for number in self._numbers(channel)
            for received in self.account.received(written(channel, number), newest - LOOK_BACK)
        ]
        found.sort(key=lambda pair: pair[1].sent_at or now)
        missing = self._missing(found)
        taken = sum(self._take(received, now) for received in missing)
        log.info("twilio.caught_up", listed=len(found), missed=taken)
        return taken

    def _numbers(self, channel: str) -> Sequence[str]:
        """Every number that may be written to; of a messaging service all that it has."""
        numbers: list[str] = []
        for one in self.numbers.of(channel):
            numbers += self.account.service_numbers(one) if one.startswith(_SERVICE) else [one]
        return tuple(dict.fromkeys(numbers))

    def _missing(self, found: Sequence[tuple[str, Received]]) -> Sequence[Received]:
        known = {
            channel: self.store.inbox.known(
                channel, [received.fields["MessageSid"] for name, received in found if name == channel]
            )
            for channel in (SMS, WHATSAPP)
        }
        return [received for name, received in found if received.fields["MessageSid"] not in known[name]]

    def _take(self, received: Received, now: datetime) -> bool:
        fields = dict(received.fields)
        if received.files:
            fields |= self.account.files_of(fields["MessageSid"])
        try:
            self.intake.add(arrival_of(fields, self.key, received.sent_at or now))
        except MessageRefused:
            log.warning("twilio.no_message")
            return False
        return True
