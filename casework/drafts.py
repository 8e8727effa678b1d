"""A report still being told, and where the conversation with its resident stands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from casework.places import PlaceCandidate, Point

POSTER_HOLDS = timedelta(hours=1)
"""So long after a poster was read, what is told without a place is at the poster."""


class Step(StrEnum):
    """What the resident was last asked."""

    IDLE = "idle"
    WORDS = "words"
    PLACE = "place"
    WHICH_PLACE = "which_place"
    CATEGORY = "category"
    FORGET = "forget"
    LINK = "link"
    HOME = "home"
    SAME = "same"
    ANSWER = "answer"
    STILL_WRONG = "still_wrong"


@dataclass(frozen=True, slots=True)
class Draft:
    """One contact's conversation.

    ``text`` is everything told of the present problem so far; ``photos`` the ids of its photos;
    ``category`` is set once the resident chose; ``place`` once it is sure, ``places`` while the
    resident chooses; ``asked_place`` counts how often the place was asked for; ``about`` is
    the report of which we asked what is still wrong with it; ``focus`` are the
    ids of the reports last filed, which later words, photos and corrections belong to;
    ``offered`` the ids of the buttons of our last answer, in order, ``offered_at`` its time, and
    ``picked`` the number that chose one of them; ``said`` what was said of one of
    several reports while we ask of which; ``album`` the set of photos that the last message
    was one of. ``home`` is what the resident's "my street" means, once they agreed to have it kept.
    """

    contact_id: str
    step: Step = Step.IDLE
    text: str = ""
    language: str = "en"
    photos: tuple[str, ...] = ()
    photo_point: Point | None = None
    category: str | None = None
    place: PlaceCandidate | None = None
    places: tuple[PlaceCandidate, ...] = ()
    asked_place: int = 0
    correcting: str | None = None
    about: str | None = None
    focus: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    offered_at: datetime | None = None
    album: str | None = None
    picked: str = ""
    said: str = ""
    jurisdiction: str | None = None
    home: PlaceCandidate | None = None
    started_at: datetime | None = None
    updated_at: datetime | None = None
    nudged_at: datetime | None = None
    version: int = 0

    @property
    def telling(self) -> bool:
        """True while a report is being told."""
        return self.step in (Step.WORDS, Step.PLACE, Step.WHICH_PLACE, Step.CATEGORY, Step.ANSWER)


def cleared(draft: Draft, now: datetime, focus: tuple[str, ...] | None = None) -> Draft:
    """The conversation with nothing being told; ``focus`` replaces the reports last filed."""
    return Draft(
        contact_id=draft.contact_id,
        language=draft.language,
        jurisdiction=draft.jurisdiction,
        home=draft.home,
        focus=draft.focus if focus is None else focus,
        updated_at=now,
        version=draft.version,
    )


def with_words(draft: Draft, words: str, limit: int) -> Draft:
    """The draft with more words, cut at ``limit`` characters in all."""
    joined = f"{draft.text}\n{words}" if draft.text and words else draft.text or words
    return replace(draft, text=joined[:limit])


def without_old_poster(draft: Draft, now: datetime) -> Draft:
    """The conversation without the place of a poster that was read too long ago."""
    fresh = draft.updated_at is not None and now - draft.updated_at <= POSTER_HOLDS
    return draft if draft.telling or draft.place is None or fresh else replace(draft, place=None)
