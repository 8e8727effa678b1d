"""What Twilio tells of a message after it took it, and what follows when it did not arrive.

The fields: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.channels.twilio_codes import Act, Code, meaning, reason
from bot.channels.twilio_sending import note
from bot.delivery import on_desk
from casework.clock import Clock
from casework.minting import Mint
from storage.outbox import Waiting
from storage.receipts import LOST, STATES
from storage.store import Store

log = structlog.get_logger()

MOST_ATTEMPTS = 3
AGAIN_AFTER = timedelta(minutes=30)
"""A carrier has tried for hours before it says that a phone cannot be reached."""


@dataclass(frozen=True, slots=True)
class TwilioReceipts:
    """Takes receipts in."""

    store: Store
    clock: Clock
    mint: Mint

    def take(self, fields: Mapping[str, str]) -> None:
        """One receipt; one that says nothing new, or is of no message of ours, changes nothing."""
        provider_id = fields.get("MessageSid") or fields.get("SmsSid") or ""
        state = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
        if not provider_id or len(provider_id) > 64 or state not in STATES:
            log.info("twilio.receipt_unknown", state=state[:20])
            return
        digits = fields.get("ErrorCode", "")
        code = int(digits) if digits.isdecimal() and len(digits) < 7 else None
        outbox_id = self.store.receipts.record(provider_id, state, code, self.clock.now())
        message = self.store.outbox.message(outbox_id) if outbox_id is not None else None
        if message is not None and state in LOST:
            self._lost(message, code)

    def _lost(self, message: Waiting, code: int | None) -> None:
        found = meaning(code)
        log.info("twilio.lost", outbox_id=message.id, code=code, act=str(found.act))
        note(self.store, message, found.act, self.clock)
        why = reason(code, found)
        if self._may_go_again(message, found):
            self.store.receipts.forget_lost(message.id)
            self.store.outbox.mark_retry(message.id, self.clock.now() + AGAIN_AFTER, why)
        elif found.act is Act.WAIT_FOR_WINDOW:
            self.store.receipts.forget_lost(message.id)
            self.store.outbox.hold(message.id, why)
        elif found.act is Act.OPT_OUT:
            self.store.outbox.suppress(message.id, why)
        else:
            now = self.clock.now()
            desk = on_desk(self.store, message, why, now, self.mint)
            self.store.outbox.mark_failed(message.id, why, desk, now)

    def _may_go_again(self, message: Waiting, found: Code) -> bool:
        return found.act in (Act.RETRY, Act.REST) and message.attempts < MOST_ATTEMPTS
