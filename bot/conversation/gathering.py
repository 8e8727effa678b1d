"""Reads all that a step may look at, before any transaction: storage, nlp and geo come in here."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

import structlog

from bot.channels.base import Message
from bot.codes import Codes, code_in
from bot.conversation.intents import Intent, command_of
from bot.conversation.situation import MOST_WORDS, Situation
from casework.calendars import local
from casework.cases import Case, Contact, LinkCode, Photo, Report, Update
from casework.drafts import Draft, Step, without_old_poster
from casework.errors import PhotoRefused
from casework.minting import Mint
from casework.packs import Pack
from casework.places import Areas, Marker, PlaceCandidate, PlaceDecision, PlaceReading, Point, Unresolved
from casework.references import find_references, is_like_reference, mentions_reference
from casework.understanding import Danger, Kind, Understanding
from geo.areas import AreaIndex
from geo.finder import Finder
from nlp.reader import Reader
from storage.photos import PhotoStore, process_alone
from storage.store import Store

log = structlog.get_logger()

MOST_PHOTOS = 10
"""So many photos of one message are kept."""


@dataclass(frozen=True, slots=True)
class Understander:
    """The readers of words and places, one set for every pack served."""

    packs: Mapping[str, Pack]
    readers: Mapping[str, Reader]
    finder: Finder
    areas: AreaIndex
    middles: Mapping[str, Point]

    @property
    def first(self) -> Pack:
        """The pack of a newcomer of whom nothing is known."""
        return next(iter(self.packs.values()))

    def warm(self) -> None:
        """Load what is loaded at first use, so that the first message does not wait for it."""
        for reader in self.readers.values():
            reader.warm()


class _Code(TypedDict):
    sends_code: bool
    code: LinkCode | None
    code_people: tuple[Contact, ...]


class Gatherer:
    """Makes a Situation of a message."""

    def __init__(
        self,
        store: Store,
        photos: PhotoStore,
        understander: Understander,
        mint: Mint | None = None,
        codes: Codes | None = None,
    ) -> None:
        self._store = store
        self._photos = photos
        self._by = understander
        self._mint = mint or Mint(random.SystemRandom())
        self._codes = codes or Codes("")

    def gather(
        self,
        contact: Contact,
        message: Message,
        danger: Danger | None,
        now: datetime,
        received_at: datetime | None = None,
    ) -> Situation:
        """Everything that is known when this message comes."""
        draft = self._store.cases.draft(contact.id) or Draft(contact.id, language=contact.language)
        draft = without_old_poster(draft, now)
        people = self._store.cases.people_of(contact)
        kept, refused, taken_at = self._keep(contact, message, now)
        pack = self._by.packs.get(draft.jurisdiction or "", self._by.first)
        text = message.text.strip()[:MOST_WORDS]
        reader = self._by.readers[pack.code]
        said = reader.read(text, has_photo=bool(message.photos))
        place = self._place(message, draft, taken_at, pack, now)
        return Situation(
            now=now,
            packs=self._by.packs,
            pack=pack,
            contact=contact,
            draft=draft,
            message=message,
            said=said,
            told=self._told(reader, draft, text, said, bool(kept)),
            place=place,
            areas_at=self._areas_at(pack, now),
            mint=self._mint,
            ask_below=reader.ask_below,
            middle=self._by.middles[pack.code],
            photos=kept,
            draft_photos=self._store.cases.photos_by_id(draft.photos) if draft.photos else (),
            refused=refused,
            named=(named := self._named(message.button or text)),
            names_unknown=not named and self._looks_named(text),
            mine=self._store.cases.cases_of(*(one.id for one in people)),
            history=self._history(people, text, said, named),
            danger=danger,
            received_at=received_at,
            people=people,
            was_noticed=self._store.cases.was_noticed,
            inquiries=self._store.cases.inquiries_of(one.id for one in people),
            near=self._store.cases.near,
            case_at=self._store.cases.present_case,
            hash_of_code=lambda code_id: self._codes.hash_of(self._codes.code_of(code_id)),
            **self._code(text),
        )

    def _code(self, text: str) -> _Code:
        """The one-time code that the message is, and who gave it out."""
        written = code_in(text)
        if written is None:
            return {"sends_code": False, "code": None, "code_people": ()}
        code = self._store.cases.link_code(self._codes.hash_of(written[0]))
        giver = self._store.cases.contact(code.contact_id) if code else None
        return {
            "sends_code": code is not None or written[1],
            "code": code,
            "code_people": self._store.cases.people_of(giver) if giver else (),
        }

    def _history(
        self,
        people: tuple[Contact, ...],
        text: str,
        said: Understanding,
        named: tuple[tuple[Case, Report], ...],
    ) -> tuple[Update, ...]:
        """What happened to the report that the message asks about."""
        asks = said.kind is Kind.STATUS or command_of(text) is Intent.STATUS
        if named:
            return self._store.cases.history(named[0][0].cluster.id)
        latest = self._store.cases.reports_of(*(one.id for one in people), limit=1) if asks else ()
        return self._store.cases.history(latest[0].cluster_id) if latest else ()

    def _told(
        self, reader: Reader, draft: Draft, text: str, said: Understanding, has_photo: bool
    ) -> Understanding:
        """What all that was told so far means together; an answer to "where?" adds little."""
        if not draft.text:
            return said
        joined = draft.text if text in draft.text else f"{draft.text}\n{text}"
        return reader.read(joined[:MOST_WORDS], has_photo=has_photo or bool(draft.photos))

    def _place(
        self, message: Message, draft: Draft, photo: Marker | None, pack: Pack, now: datetime
    ) -> PlaceReading:
        """Where the message says it is. A command says nothing of a place."""
        if message.button or (command_of(message.text) and not message.pin and not message.photos):
            return PlaceReading()
        on = local(now, pack.calendar).date()
        pin = Marker(message.pin, message.accuracy_m) if message.pin else None
        answering = draft.step in (Step.PLACE, Step.WHICH_PLACE)
        text = message.text.strip()[:MOST_WORDS]
        if draft.step is Step.WHICH_PLACE and (picked := _picked_by_words(draft.places, text)):
            return PlaceReading((picked,), PlaceDecision.ACCEPT, text)
        reading = self._by.finder.find(text, on, pin=pin, photo=photo, answer=answering)
        if reading.unresolved is Unresolved.HOME and draft.home:
            return PlaceReading((draft.home,), PlaceDecision.ACCEPT)
        if answering and text and draft.text and not (pin or photo):
            return with_what_was_told(self._by.finder, reading, draft, text, on)
        return reading

    def _areas_at(self, pack: Pack, now: datetime) -> Callable[[Point], Areas]:
        on = local(now, pack.calendar).date()
        return lambda point: self._by.areas.at(point, on)

    def _looks_named(self, text: str) -> bool:
        return mentions_reference(text, self._prefixes()) or is_like_reference(text)

    def _prefixes(self) -> set[str]:
        return {pack.authority.prefix for pack in self._by.packs.values()}

    def _named(self, text: str) -> tuple[tuple[Case, Report], ...]:
        references = find_references(text, self._prefixes())[:3]
        found = (self._store.cases.case_by_reference(reference) for reference in references)
        return tuple(pair for pair in found if pair is not None)

    # --- Photos ---

    def _keep(
        self, contact: Contact, message: Message, now: datetime
    ) -> tuple[tuple[Photo, ...], tuple[str, ...], Marker | None]:
        """Clean and store the photos; also where the first one that says so was taken.

        Storing is by content, so that doing it again is harmless.
        """
        kept: list[Photo] = []
        places: list[Marker] = []
        refused = list(message.refused)
        for data in message.photos[:MOST_PHOTOS]:
            try:
                photo, place = keep_photo(self._photos, data, contact.id, now, self._mint)
                kept.append(photo)
                places += [place] if place else []
            except PhotoRefused as error:
                log.info("photo_refused", reason=error.key, bytes=len(data))
                refused.append(error.key)
        if len(message.photos) > MOST_PHOTOS:
            refused.append("photo.too_many")
        if len(message.text.strip()) > MOST_WORDS:
            refused.append("text.too_long")
        return tuple(kept), tuple(refused), next(iter(places), None)


def keep_photo(
    store: PhotoStore, data: bytes, contact_id: str | None, now: datetime, mint: Mint
) -> tuple[Photo, Marker | None]:
    """Clean a file and keep it; also where and when it was taken. Raises PhotoRefused."""
    processed = process_alone(data)
    gps = processed.gps.point if processed.gps else None
    photo = Photo(
        id=mint.id(),
        report_id=None,
        contact_id=contact_id,
        name=store.put(processed),
        width=processed.width,
        height=processed.height,
        dhash=f"{processed.dhash:016x}",
        latitude=gps.latitude if gps else None,
        longitude=gps.longitude if gps else None,
        created_at=now,
    )
    return photo, processed.gps


def with_what_was_told(
    finder: Finder, alone: PlaceReading, draft: Draft, text: str, on: date
) -> PlaceReading:
    """An answer settles what was told before: "number 12" the street, "by the library" the namesake."""
    if alone.decision is PlaceDecision.ACCEPT and not draft.places:
        return alone
    joined = finder.find(f"{draft.text}\n{text}"[-MOST_WORDS:], on)
    return joined if joined.decision is PlaceDecision.ACCEPT else alone


def _picked_by_words(places: tuple[PlaceCandidate, ...], text: str) -> PlaceCandidate | None:
    """The one choice whose label holds the words of the answer ("the one in Sydenham")."""
    words = {word for word in text.casefold().replace(",", " ").split() if len(word) > 2}
    fitting = [place for place in places if words & set(place.label.casefold().replace(",", " ").split())]
    return fitting[0] if len(fitting) == 1 else None
