"""Answers the mails that come in: a service's reply to ours reaches its case, everything else a person.

Only who answers to the address we gave them, from an address of theirs, may act by mail: the sender
of a mail is easily forged, and a reference can be read by everybody.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.channels.mail_reading import Bounce, Mail, read_mail
from bot.conversation.gathering import keep_photo
from bot.mail.reply_addresses import ReplyAddresses
from bot.mail.spoken_acts import Spoken, service_in, spoken_act, spoken_question
from casework.acting import EFFECTS, Act, act
from casework.cases import Case, Contact, DeskKind, Photo, Report, state_of
from casework.delivering import Undelivered, put_on_desk
from casework.errors import NotAllowed, PhotoRefused
from casework.handovers import hand_over
from casework.hearing import hear, lay_before_a_person, speaker, speaks_for
from casework.inquiries import MOST_LETTERS, ask_residents
from casework.minting import Mint
from casework.outcomes import Notice, Outcome
from casework.packs import Pack
from casework.references import find_references
from casework.routing import holder
from storage.inbox import Stored
from storage.outbox import Waiting
from storage.photos import PhotoStore
from storage.store import Store

log = structlog.get_logger()

MOST_WORDS = 4000
_LEAST_SIDE = 300
"""Pixels: smaller pictures are the logos under a signature."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The case that a mail is about and who wrote it; ``trusted`` if they answer to our own address."""

    pack: Pack
    case: Case
    report: Report
    actor: str | None
    trusted: bool


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Takes one mail after the other. ``redacted`` hides what must not be published."""

    store: Store
    packs: Mapping[str, Pack]
    photos: PhotoStore
    replies: ReplyAddresses
    redacted: Callable[[str], str]
    mint: Mint

    def answer(self, contact: Contact, stored: Stored, now: datetime) -> Outcome:
        """Everything that a mail leads to."""
        mail = read_mail(base64.b64decode(str(stored.payload["raw"])))
        if mail.bounces or mail.is_report:
            return self._bounced(mail.bounces, now)
        meant = self._meant(mail, now)
        if mail.automatic or self.replies.is_ours(mail.sender):
            return self._noted(meant, mail, now)
        outcome = self._answer(contact, mail, meant, now)
        if stored.payload.get("cut"):
            outcome += Outcome(notices=(self._say(contact, mail, "mailbox.cut", meant),))
        return outcome

    # --- What it is about ---

    def _meant(self, mail: Mail, now: datetime) -> Meant | None:
        """By the address it was sent to, else by what it answers, else by a reference in it."""
        for tag in self.replies.tags(mail.addressed):
            found = self.store.cases.case_by_reference(tag.reference)
            pack = self._pack(found[0]) if found else None
            if found and pack:
                to = next((r for r in _recipients(pack) if self.replies.is_for(tag, r)), None)
                known = to is not None and speaks_for(pack, to, mail.sender)
                if to is not None:
                    return Meant(pack, *found, to if known else None, known)
        found = self._by_thread(mail) or self._by_reference(mail)
        pack = self._pack(found[0]) if found else None
        if found is None or pack is None:
            return None
        return Meant(pack, *found, speaker(pack, found[0].cluster.service, mail.sender), False)

    def _by_thread(self, mail: Mail) -> tuple[Case, Report] | None:
        for outbox_id in mail.outbox_ids:
            sent = self.store.outbox.message(outbox_id)
            case = self.store.cases.case_of_report(sent.report_id) if sent and sent.report_id else None
            if case and sent and sent.report_id:
                return case, case.report(sent.report_id)
        cases = (self.store.cases.case(case_id) for case_id in mail.case_ids)
        return next(((case, case.reports[0]) for case in cases if case), None)

    def _by_reference(self, mail: Mail) -> tuple[Case, Report] | None:
        prefixes = {pack.authority.prefix for pack in self.packs.values()}
        named = find_references(f"{mail.subject}\n{mail.words}", prefixes)[:3]
        return next(filter(None, map(self.store.cases.case_by_reference, named)), None)

    def _pack(self, case: Case) -> Pack | None:
        return self.packs.get(case.cluster.jurisdiction)

    # --- What it leads to ---

    def _answer(self, contact: Contact, mail: Mail, meant: Meant | None, now: datetime) -> Outcome:
        if meant is None:
            said = self._say(contact, mail, "mailbox.unknown", None)
            return self._on_desk(mail, None, contact, now) + Outcome(notices=(said,))
        if meant.actor is None:
            # Somebody may have passed our mail on, or guesses: a person decides what it is worth.
            return self._on_desk(mail, meant, contact, now)
        spoken, asked = spoken_act(mail.words), spoken_question(mail.words)
        if asked and meant.trusted:
            return self._asked(contact, mail, meant, asked, now)
        if spoken is None:
            return self._heard(meant, mail, now) + self._on_desk(mail, meant, contact, now)
        if not meant.trusted:
            said = self._say(contact, mail, "mailbox.answer_ours", meant)
            return (
                self._heard(meant, mail, now)
                + self._on_desk(mail, meant, contact, now)
                + Outcome(notices=(said,))
            )
        return self._acted(contact, mail, meant, spoken, now)

    def _acted(self, contact: Contact, mail: Mail, meant: Meant, spoken: Spoken, now: datetime) -> Outcome:
        """What was said is done; where it cannot be, the words are kept and the reason is told."""
        try:
            done = self._act(meant, spoken, now)
        except NotAllowed as refused:
            key = "mailbox.reason_needed" if refused.key == "act.reason_needed" else "mailbox.not_done"
            said = self._say(contact, mail, key, meant)
            heard = self._heard(meant, mail, now)
            desk = self._on_desk(mail, meant, contact, now) if key == "mailbox.not_done" else Outcome()
            return heard + desk + Outcome(notices=(said,))
        photos = self._keep(mail, meant, now)
        heard = self._hear(meant, "", photos, now) if photos else Outcome()
        return done + heard + Outcome(notices=(self._thanks(contact, mail, meant, spoken.act),))

    def _thanks(self, contact: Contact, mail: Mail, meant: Meant, done: Act) -> Notice:
        if done is Act.NOT_OURS:
            return self._say(contact, mail, "mailbox.passed_on", meant)
        thanks = self._say(contact, mail, "mailbox.done", meant)
        state = {"state_key": f"state.{EFFECTS[done].state}"}
        return replace(thanks, parameters={**thanks.parameters, **state})

    def _asked(self, contact: Contact, mail: Mail, meant: Meant, words: str, now: datetime) -> Outcome:
        """A question goes to those who reported it; where it cannot, why not is told."""
        try:
            asked = ask_residents(meant.pack, meant.case, words, str(meant.actor), now, self.mint)
        except NotAllowed as refused:
            long = refused.key == "act.question_too_long"
            said = self._say(contact, mail, "mailbox.ask_shorter" if long else "mailbox.not_asked", meant)
            return self._heard(meant, mail, now) + Outcome(notices=(said,))
        return asked + Outcome(notices=(self._say(contact, mail, "mailbox.asked", meant),))

    def _act(self, meant: Meant, spoken: Spoken, now: datetime) -> Outcome:
        """Raises NotAllowed."""
        pack, case, actor = meant.pack, meant.case, str(meant.actor)
        if spoken.act is Act.NOT_OURS:
            to = service_in(pack, spoken.words)
            return hand_over(pack, case, to, "", actor, spoken.words, now, self.mint)
        words = self.redacted(spoken.words[:MOST_WORDS])
        return act(pack, case, spoken.act, actor, words, now, self.mint)

    def _heard(self, meant: Meant, mail: Mail, now: datetime) -> Outcome:
        return self._hear(meant, mail.words, self._keep(mail, meant, now), now)

    def _hear(self, meant: Meant, words: str, photos: tuple[Photo, ...], now: datetime) -> Outcome:
        actor, kept = str(meant.actor), words[:MOST_WORDS]
        return hear(meant.case, meant.report, actor, kept, photos, meant.trusted, now, self.mint)

    def _noted(self, meant: Meant | None, mail: Mail, now: datetime) -> Outcome:
        """A machine's words are kept where they are a service's, and never answered."""
        log.info("mail.automatic", known=meant is not None)
        if meant is None or meant.actor is None or not mail.words:
            return Outcome()
        return self._hear(meant, mail.words, (), now)

    def _on_desk(self, mail: Mail, meant: Meant | None, contact: Contact, now: datetime) -> Outcome:
        known = meant is not None and meant.actor is not None
        jurisdiction = meant.pack.code if meant else next(iter(self.packs))
        return lay_before_a_person(
            DeskKind.SERVICE_WROTE if known else DeskKind.MAIL_UNKNOWN,
            jurisdiction,
            "\n".join(filter(None, (mail.subject, mail.words[:MOST_WORDS]))),
            now,
            self.mint,
            meant.report if meant else None,
            contact.id if contact.address else None,
        )

    def _say(self, contact: Contact, mail: Mail, key: str, meant: Meant | None) -> Notice:
        """An answer by mail to whoever wrote."""
        return Notice(
            recipient=f"contact:{contact.id}",
            key=key,
            parameters=(_about(meant) if meant else {})
            | {"mail_subject": mail.subject[:150], "mail_id": mail.message_id},
            jurisdiction=meant.pack.code if meant else next(iter(self.packs)),
            reply=True,
        )

    # --- Photos ---

    def _keep(self, mail: Mail, meant: Meant, now: datetime) -> tuple[Photo, ...]:
        """The photos, cleaned; not the logos, nor those that we had sent ourselves."""
        ours = {photo.dhash for photo in self.store.cases.photos_of([meant.report.id])}
        kept = (self._keep_one(data, now) for data in mail.photos)
        return tuple(photo for photo in kept if photo and photo.dhash not in ours)

    def _keep_one(self, data: bytes, now: datetime) -> Photo | None:
        try:
            photo, _ = keep_photo(self.photos, data, None, now, self.mint)
        except PhotoRefused as refused:
            log.info("photo_refused", reason=refused.key, bytes=len(data))
            return None
        return photo if min(photo.width, photo.height) >= _LEAST_SIDE else None

    # --- Mail that came back ---

    def _bounced(self, bounces: Iterable[Bounce], now: datetime) -> Outcome:
        """Each mail of ours that a server could not deliver is on the desk, once."""
        outcomes = (self._lost(bounce, now) for bounce in bounces)
        return sum(outcomes, Outcome())

    def _lost(self, bounce: Bounce, now: datetime) -> Outcome:
        sent = self.store.outbox.message(bounce.outbox_id)
        if sent is None or int(sent.created_at.timestamp()) != bounce.second:
            log.info("mail.unknown_bounce")
            return Outcome()
        if self.store.cases.is_on_desk(DeskKind.DELIVERY_FAILED, sent.report_id, sent.contact_id):
            return Outcome()
        return put_on_desk(self._undelivered(sent, bounce.reason), now, self.mint)

    def _undelivered(self, sent: Waiting, reason: str) -> Undelivered:
        case = self.store.cases.case_of_report(sent.report_id) if sent.report_id else None
        ward = case.cluster.ward if case else None
        return Undelivered(
            sent.recipient, sent.key, reason, sent.jurisdiction, ward, sent.report_id, sent.contact_id
        )


def _recipients(pack: Pack) -> list[str]:
    """Everybody who may have been given an address to answer to."""
    services = [f"service:{service.code}" for body in pack.bodies for service in body.services]
    return [*services, *(f"councillor:{councillor.id}" for councillor in pack.councillors)]


def _about(meant: Meant) -> dict[str, object]:
    category = meant.pack.category(meant.case.cluster.category)
    return {
        "reference": meant.report.reference,
        "what": category.name if category else meant.case.cluster.category,
        "where": meant.report.label,
        "most": MOST_LETTERS,
        "state_key": f"state.{state_of(meant.report, meant.case.cluster)}",
        "who": holder(meant.pack, meant.case.cluster.service, meant.case.cluster.ward),
    }
