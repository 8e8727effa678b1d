"""The way out by SMS and WhatsApp: words a message when it is sent, and hands it in at Twilio."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.channels.texting import as_chat, as_text_messages
from bot.channels.twilio import SMS, WHATSAPP, written
from bot.channels.twilio_account import TwilioAccount, TwilioFault
from bot.channels.twilio_codes import Act, meaning, reason
from bot.delivery import ChannelDown, Held, Refused, TryAgain, Withheld
from bot.wording import Wording
from casework.clock import Clock
from casework.contacts import opt_out
from casework.errors import Conflict
from storage.lines import Line
from storage.outbox import Waiting
from storage.receipts import LOST
from storage.store import Store

log = structlog.get_logger()

WINDOW = timedelta(hours=24)
"""So long after the resident's last message WhatsApp lets free words through."""

CLOCKS_DIFFER = timedelta(minutes=1)

DANGER = "danger."
"""What may save somebody is tried whatever was said before."""

_SERVICE = "MG"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers, or messaging services (MG…), that we send from, the first by default."""

    sms: tuple[str, ...] = ()
    whatsapp: tuple[str, ...] = ()

    def of(self, channel: str) -> tuple[str, ...]:
        """Those of a channel."""
        return self.sms if channel == SMS else self.whatsapp

    def choose(self, channel: str, written_to: str) -> str:
        """The number that was written to, if it is still ours; else the first."""
        ours = self.of(channel)
        has_service = any(one.startswith(_SERVICE) for one in ours)
        return written_to if written_to and (written_to in ours or has_service) else ours[0]


def parse_numbers(setting: str) -> tuple[str, ...]:
    """Numbers with commas between them, with or without Twilio's prefix."""
    parts = (part.strip().removeprefix("whatsapp:").replace(" ", "") for part in setting.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Sending:
    """How to send: from which numbers, where receipts go, and what WhatsApp is given outside its window.

    ``callback`` is empty where nobody could call it; ``template`` is a Content SID (HX…) with one
    variable, or empty.
    """

    numbers: Numbers
    callback: str = ""
    template: str = ""


class TwilioSender:
    """One channel's way out."""

    def __init__(
        self,
        channel: str,
        account: TwilioAccount,
        store: Store,
        wording: Wording,
        clock: Clock,
        how: Sending,
    ) -> None:
        self._channel = channel
        self._account = account
        self._store = store
        self._wording = wording
        self._clock = clock
        self._how = how

    def send(self, message: Waiting) -> str | None:
        """Send its parts; Twilio's id for the last.

        Raises TryAgain, ChannelDown, Refused, Held or Withheld.
        """
        line = self._store.lines.of(message.contact_id or "")
        to = self._address(message)
        if line.blocked_at and not message.key.startswith(DANGER):
            raise Withheld("the resident has told the carrier STOP")
        try:
            return self._send(message, to, line)
        except TwilioFault as fault:
            raise self._consequence(message, fault.code, fault.status) from fault

    def _address(self, message: Waiting) -> str:
        contact = self._store.cases.contact(message.contact_id or "")
        address = message.address or (contact.address if contact else None)
        if not address:
            raise Withheld("no number to answer to")
        return written(self._channel, address)

    def _send(self, message: Waiting, to: str, line: Line) -> str:
        fields = {"to": to, **self._from(line), **self._receipts_to()}
        if self._is_outside_window(line):
            return self._send_template(message, fields)
        gone = dict(self._store.receipts.parts(message.id))
        parts = self._lay_out(message)
        for number, body in enumerate(parts):
            if number not in gone:
                taken = self._taken_unheard(message, to, body, frozenset(gone.values()))
                gone[number] = self._hand_in(message, number, fields | {"body": body}, taken)
        return gone[len(parts) - 1]

    def _taken_unheard(self, message: Waiting, to: str, body: str, known: frozenset[str]) -> str:
        """Twilio's id of a part that it took though we never heard so; empty if there is none."""
        if message.attempts < 2:
            return ""
        found = self._account.sent(to, body, message.created_at - CLOCKS_DIFFER)
        return next((sid for sid in found if sid not in known and not self._store.receipts.knows(sid)), "")

    def _hand_in(self, message: Waiting, number: int, fields: dict[str, str], taken: str = "") -> str:
        provider_id = taken or self._account.send(**fields)
        known = self._store.receipts.taken(message.id, number, provider_id, self._clock.now())
        if known.state in LOST:
            # Its receipt was here before we knew whose it is.
            self._store.receipts.forget_lost(message.id)
            raise TwilioFault(known.code, 400)
        return provider_id

    def _from(self, line: Line) -> dict[str, str]:
        chosen = self._how.numbers.choose(self._channel, line.ours)
        if chosen.startswith(_SERVICE):
            return {"messaging_service_sid": chosen}
        return {"from_": written(self._channel, chosen)}

    def _receipts_to(self) -> dict[str, str]:
        return {"status_callback": self._how.callback} if self._how.callback else {}

    def _lay_out(self, message: Waiting) -> Sequence[str]:
        worded = self._wording.word(message)
        undo = self._wording.phrase("phone.undo", message.language)
        if self._channel == SMS:
            return as_text_messages(worded, undo, english=(message.language or "en").startswith("en"))
        return as_chat(worded, undo)

    # --- WhatsApp's window ---

    def _is_outside_window(self, line: Line) -> bool:
        if self._channel != WHATSAPP:
            return False
        return line.heard_at is None or self._clock.now() - line.heard_at >= WINDOW

    def _send_template(self, message: Waiting, fields: dict[str, str]) -> str:
        """Outside the window only a template goes, with the words on one line; without one it waits."""
        if not self._how.template:
            raise Held("outside WhatsApp's 24 hours")
        words = " ".join(" ".join(self._lay_out(message)).split())
        variables = json.dumps({"1": words})
        return self._hand_in(
            message, 0, fields | {"content_sid": self._how.template, "content_variables": variables}
        )

    # --- What Twilio says ---

    def _consequence(self, message: Waiting, code: int | None, status: int) -> Exception:
        """What a fault means for this message, in delivery's words."""
        found = meaning(code, status)
        why = reason(code, found)
        note(self._store, message, found.act, self._clock)
        if found.act is Act.RETRY:
            return TryAgain(why)
        if found.act is Act.REST:
            return ChannelDown(why)
        if found.act is Act.WAIT_FOR_WINDOW:
            return Held(why)
        return Withheld(why) if found.act is Act.OPT_OUT else Refused(why)


def note(store: Store, message: Waiting, act: Act, clock: Clock) -> None:
    """What we learn of the contact when a message did not go."""
    contact = store.cases.contact(message.contact_id or "")
    if contact is None:
        return
    if act is Act.WAIT_FOR_WINDOW:
        store.lines.close_window(contact.id)
    if act is Act.OPT_OUT:
        store.lines.block(contact.id, clock.now())
        try:
            store.commit(opt_out(contact, clock.now()), clock.now())
        except Conflict:
            # Somebody else changed the contact meanwhile; the line is blocked all the same.
            log.info("twilio.opt_out_later", outbox_id=message.id)
