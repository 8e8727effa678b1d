"""Answers what is in the inbox: one contact's messages in order, dangers before anything else."""

import os
import socket
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog

from bot.channels.base import Channel, Message
from bot.conversation.gathering import Gatherer, Understander
from bot.conversation.steps import advance
from bot.intake import Bell
from casework import loops
from casework.cases import Contact, DeskKind
from casework.clock import Clock
from casework.contacts import keep_for_desk
from casework.errors import Conflict, HoldLost, StorageUnavailable
from casework.minting import Mint
from casework.outcomes import Notice, Outcome
from casework.packs import Pack
from casework.understanding import Danger
from nlp import danger, foreign, language
from storage.commit import Handled
from storage.inbox import Screened, Stored
from storage.store import Store

log = structlog.get_logger()

VOICE = "unread.voice"
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))
"""How long a message that failed waits: what broke it may be over by then."""
MOST_ATTEMPTS = len(RETRY_AFTER) + 1
MOST_CONFLICTS = 12
CONTACTS_AT_ONCE = 8
IDLE_S = 0.5
_MOST_LOOP_WORDS = 300
BEAT_EVERY = timedelta(seconds=5)


def worker_name() -> str:
    """A name that no other worker has."""
    return f"{socket.gethostname()[:24]}:{os.getpid()}:{uuid4().hex[:8]}"


class Desk(Protocol):
    """Answers the messages of a channel that is not the residents' conversation."""

    def answer(self, contact: Contact, stored: Stored, now: datetime) -> Outcome:
        """Everything that a message leads to."""
        ...


class Worker:
    """Takes contacts one after the other and answers their messages."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        gatherer: Gatherer,
        understander: Understander,
        clock: Clock,
        mint: Mint,
        bell: Bell,
        lease: timedelta = timedelta(seconds=60),
        limits_off: bool = False,
        desks: Mapping[str, Desk] | None = None,
    ) -> None:
        self.name = worker_name()
        self._store = store
        self._channels = channels
        self._gatherer = gatherer
        self._understander = understander
        self._clock = clock
        self._mint = mint
        self._bell = bell
        self._lease = lease
        self._limits_off = limits_off
        self._desks = desks or {}
        self._beat_at = clock.now() - BEAT_EVERY

    # --- The loop ---

    def run(self, stopping: threading.Event) -> None:
        """Work until told to stop; what is in hand is finished first."""
        while not stopping.is_set():
            try:
                self._beat()
                busy = self.step()
            except StorageUnavailable:
                log.warning("storage_unavailable", worker=self.name)
                busy = False
                stopping.wait(IDLE_S)
            except Exception:
                log.exception("worker_failed", worker=self.name)
                busy = False
                stopping.wait(IDLE_S)
            if not busy:
                self._bell.wait(IDLE_S)

    def _beat(self) -> None:
        now = self._clock.now()
        if now - self._beat_at >= BEAT_EVERY:
            self._store.beat(self.name, now)
            self._beat_at = now

    def step(self) -> bool:
        """Screen what is new, then answer a few contacts; True if there was anything to do."""
        now = self._clock.now()
        looked = self._store.inbox.screen(self._look, now)
        taken = self._store.inbox.claim(self.name, now, self._lease, CONTACTS_AT_ONCE)
        try:
            for contact_id in taken:
                self._answer_contact(contact_id)
        finally:
            if taken:
                self._store.inbox.release(taken, self.name)
        return bool(looked or taken)

    # --- Danger ---

    def _look(self, stored: Stored) -> Screened:
        """The danger in a message, and the number to call, before anything else is done."""
        try:
            message = self._channels[stored.channel].read(stored.payload)
            found = danger.screen(message.text)
        except Exception:
            # Unreadable here is unreadable there too: the worker keeps it for the desk.
            log.exception("screen_failed", inbox_id=stored.id)
            return Screened(None, Outcome())
        if found is None:
            return Screened(None, Outcome())
        log.info("danger", inbox_id=stored.id, danger=str(found))
        spoken = language.guess(message.text)
        notices: tuple[Notice, ...] = (self._advice(stored, found),)
        if spoken in foreign.LANGUAGES:
            notices = (self._notice(stored, f"tongue.{spoken}"), *notices)
        return Screened(str(found), Outcome(notices=notices))

    def _advice(self, stored: Stored, found: Danger) -> Notice:
        pack = self._understander.first
        own = next((e.advice for e in pack.emergencies if e.danger is found), None)
        return self._notice(
            stored, "danger.own" if own else f"danger.{found}", {"advice": own} if own else {}
        )

    def _notice(self, stored: Stored, key: str, parameters: Mapping[str, object] | None = None) -> Notice:
        return Notice(
            recipient=f"contact:{stored.contact_id}",
            key=key,
            parameters=parameters or {},
            jurisdiction=self._understander.first.code,
            reply=True,
        )

    # --- Answers ---

    def _answer_contact(self, contact_id: str) -> None:
        """The contact's messages in order; one that fails holds back those after it."""
        for stored in self._store.inbox.unread(contact_id):
            if not self._answer(stored):
                return

    def _answer(self, stored: Stored) -> bool:
        """True if the message is answered, so that the next one may be."""
        try:
            self._answer_or_try_again(stored)
        except StorageUnavailable:
            raise
        except HoldLost:
            # Another worker is at it: nothing of ours was written, and nothing is counted.
            log.info("hold_lost", inbox_id=stored.id)
            return False
        except Exception:
            return self._failed(stored)
        self._bell.answered(stored.id)
        return True

    def _answer_or_try_again(self, stored: Stored) -> None:
        """Where somebody changed the same case meanwhile, read again and try once more.

        When a whole street tells of one flood, others win many times in a row: each time one of
        them is done.
        """
        for _ in range(MOST_CONFLICTS):
            try:
                self._answer_once(stored)
            except HoldLost:
                raise
            except Conflict:
                log.info("conflict", inbox_id=stored.id)
            else:
                return
        self._answer_once(stored)

    def _answer_once(self, stored: Stored) -> None:
        now = self._clock.now()
        contact = self._contact(stored)
        handled = self._handled(stored)
        if stored.channel in self._desks and contact.forgotten_at is None:
            outcome = self._desks[stored.channel].answer(contact, stored, now)
            self._store.commit(self._unless_loop(outcome, contact, Message("mail"), now), now, handled)
            return
        channel = self._channels[stored.channel]
        message = channel.read(stored.payload)
        if contact.forgotten_at is not None or message.passed_over:
            # Nobody's message, or one that came before we had forgotten who wrote it.
            self._store.commit(Outcome(), now, handled)
            return
        message = channel.complete(message)
        found = Danger(stored.danger) if stored.danger else None
        situation = self._gatherer.gather(contact, message, found, now, stored.received_at)
        outcome = self._unless_loop(advance(situation), contact, message, now)
        # A person may still listen to what we cannot: the provider's file is named in the payload.
        keeps = VOICE in message.unread
        self._store.commit(outcome, now, replace(handled, keeps_payload=keeps))

    def _handled(self, stored: Stored) -> Handled:
        return Handled(stored.id, stored.contact_id, self.name)

    def _unless_loop(self, outcome: Outcome, contact: Contact, message: Message, now: datetime) -> Outcome:
        """Silence, and a person is told, where two machines answer each other."""
        by_hand = message.photos or message.pin or message.button or not message.text
        if contact.address is None or by_hand or self._limits_off:
            return outcome
        answers = loops.answers_of(outcome, now)
        replies = self._store.outbox.replies_since(contact.id, now - loops.WITHIN) if answers else ()
        earlier = [loops.Said(reply.key, reply.parameters, reply.created_at) for reply in replies]
        if not loops.is_loop(answers, earlier, now):
            return outcome
        log.warning("loop", channel=contact.channel)
        return loops.silenced(outcome) + self._loop_on_desk(contact, message, now)

    def _loop_on_desk(self, contact: Contact, message: Message, now: datetime) -> Outcome:
        if self._store.cases.is_on_desk(DeskKind.LOOP, None, contact.id):
            return Outcome()
        code = self._understander.first.code
        words = message.text[:_MOST_LOOP_WORDS]
        return Outcome(new=(keep_for_desk(DeskKind.LOOP, code, contact, words, now, self._mint),))

    def _contact(self, stored: Stored) -> Contact:
        contact = self._store.cases.contact(stored.contact_id)
        if contact is None:
            raise LookupError("a message without a contact")
        return contact

    def _failed(self, stored: Stored) -> bool:
        """A fault of ours: tried again a few times, then kept, apologised for and put on the desk."""
        error_id = uuid4().hex[:8]
        log.exception("message_failed", inbox_id=stored.id, error_id=error_id)
        attempts = self._store.inbox.attempted(stored.id)
        if attempts < MOST_ATTEMPTS:
            until = self._clock.now() + RETRY_AFTER[attempts - 1]
            self._store.inbox.set_aside(stored.contact_id, self.name, until)
            return False
        now = self._clock.now()
        contact = self._contact(stored)
        pack: Pack = self._understander.first
        item = keep_for_desk(DeskKind.MESSAGE_FAILED, pack.code, contact, error_id, now, self._mint)
        sorry = Notice(
            recipient=f"contact:{contact.id}",
            key="error.apology",
            parameters={"error_id": error_id},
            jurisdiction=pack.code,
            reply=True,
        )
        # A mail may be a machine's: it gets no apology, or two programs might go on for ever.
        told = () if stored.channel in self._desks else (sorry,)
        try:
            self._store.inbox.give_up(
                self._handled(stored), error_id, Outcome(new=(item,), notices=told), now
            )
        except HoldLost:
            return False
        self._bell.answered(stored.id)
        return True
