"""All that the conversation knows when a message comes, and how it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.channels.base import Message
from casework.cases import Case, Contact, Inquiry, LinkCode, Photo, Report, Update
from casework.clusters import Near, Neighbour
from casework.drafts import Draft
from casework.minting import Mint
from casework.outcomes import Button, Notice, Outcome
from casework.packs import Pack
from casework.places import Areas, PlaceReading, Point
from casework.understanding import Danger, Understanding

FRESH = timedelta(hours=24)
"""So long after it was filed, later words may still be meant for a report."""

MOST_WORDS = 4000
"""So many characters of one message, and of one report, are kept."""


CLEAR = 2.0
"""So many times likelier than the next is a category that a resident names when asked for it."""

LEAST_SURE = 0.2
"""A category less likely than this is not named at all."""

OTHER = "other"
"""The category of what is none of the others."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a step may look at; it was all read before, so that a step is a pure function.

    ``said`` is what this message alone means, ``told`` what the draft and it mean together;
    ``photos`` are the new ones, cleaned, ``draft_photos`` those told before; ``refused`` are the
    keys of what was wrong with the others; ``named`` are the reports whose reference is in the
    text, ``names_unknown`` tells of one that nobody has, ``history`` is of the
    report that is asked about; ``mine`` the contact's own cases, newest
    first; ``ask_below`` is the confidence under
    which a category is asked for, ``middle`` a point in the middle of the authority,
    ``received_at`` when the message came in, which may be before our last answer; ``people`` the
    contacts of the same person, this one among them; ``sends_code`` if the message is a one-time
    code, ``code`` the one that it is, ``code_people`` those who gave it out; ``hash_of_code`` says
    what is kept of the code with that id. ``inquiries`` are what services
    asked and still wait for. ``was_noticed`` tells whether a notice that may be given
    once was given. ``near`` and ``case_at`` read what is only needed when a
    report is filed: the clusters near by, and the case of one of them.
    """

    now: datetime
    packs: Mapping[str, Pack]
    pack: Pack
    contact: Contact
    draft: Draft
    message: Message
    said: Understanding
    told: Understanding
    place: PlaceReading
    areas_at: Callable[[Point], Areas]
    mint: Mint
    ask_below: float
    middle: Point
    photos: tuple[Photo, ...] = ()
    draft_photos: tuple[Photo, ...] = ()
    refused: tuple[str, ...] = ()
    named: tuple[tuple[Case, Report], ...] = ()
    names_unknown: bool = False
    history: tuple[Update, ...] = ()
    mine: tuple[Case, ...] = ()
    danger: Danger | None = None
    received_at: datetime | None = None
    people: tuple[Contact, ...] = ()
    sends_code: bool = False
    code: LinkCode | None = None
    code_people: tuple[Contact, ...] = ()
    hash_of_code: Callable[[str], str] = str
    inquiries: tuple[Inquiry, ...] = ()
    was_noticed: Callable[[str], bool] = lambda once: False
    near: Callable[[Near], tuple[Neighbour, ...]] = lambda near: ()
    case_at: Callable[[str], Case | None] = lambda cluster_id: None

    def owns(self, contact_id: str | None) -> bool:
        """True if that contact is the same person's."""
        return contact_id == self.contact.id or any(c.id == contact_id for c in self.people)

    @property
    def text(self) -> str:
        """The words of the message, as many as are kept."""
        return self.message.text.strip()[:MOST_WORDS]

    def reply(self, key: str, /, **parameters: object) -> Notice:
        """An answer in words only to the message in hand."""
        return self.reply_with(key, parameters)

    def reply_with(
        self,
        key: str,
        parameters: Mapping[str, object] | None = None,
        buttons: tuple[Button, ...] = (),
        wants: str | None = None,
        pack: Pack | None = None,
        report_id: str | None = None,
    ) -> Notice:
        """An answer with choices, or with a hint of what it wants: location, photo or text."""
        return Notice(
            recipient=f"contact:{self.contact.id}",
            key=key,
            parameters=parameters or {},
            buttons=buttons,
            wants=wants,
            jurisdiction=(pack or self.pack).code,
            report_id=report_id,
            reply=True,
        )

    @property
    def named_category(self) -> str | None:
        """The category that the message names by itself, where it answers what it is about."""
        if self.said.category is None:
            return None
        known = [c for c in self.said.candidates if c.category != OTHER]
        first, second = (*(c.probability for c in known), 0.0, 0.0)[:2]
        clear = first >= self.ask_below or first >= max(CLEAR * second, LEAST_SURE)
        return known[0].category if clear else None

    def pack_of(self, case: Case) -> Pack:
        """The pack of a case; the contact's own where the case's is no longer served."""
        return self.packs.get(case.cluster.jurisdiction, self.pack)

    def focused(self) -> tuple[tuple[Case, Report], ...]:
        """The reports last filed, if they are fresh: what later words and corrections belong to."""
        wanted = self.draft.focus
        return tuple(
            (case, report)
            for case in self.mine
            for report in case.reports
            if report.id in wanted and self.now - report.created_at <= FRESH
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step answers: the draft as it is now, and what it leads to."""

    draft: Draft
    outcome: Outcome

    def saying(self, *notices: Notice) -> "Turn":
        """The turn with more said after it."""
        return replace(self, outcome=self.outcome + Outcome(notices=notices))

    def after(self, *notices: Notice) -> "Turn":
        """The turn with something said before it."""
        return replace(self, outcome=Outcome(notices=notices) + self.outcome)


def say(draft: Draft, *notices: Notice) -> Turn:
    """Only words."""
    return Turn(draft, Outcome(notices=notices))
