"""What "my street" means: asked once, kept only if the resident agrees, forgotten with everything else."""

from dataclasses import replace

from bot.conversation.situation import Situation, Turn, say
from casework.drafts import Draft, Step
from casework.outcomes import Button, Notice
from casework.places import PlaceCandidate, PlaceKind, distance_m
from geo.homes import speaks_of_home

_MAY_BE_HOME = frozenset({PlaceKind.ADDRESS, PlaceKind.STREET, PlaceKind.POSTCODE, PlaceKind.COORDINATES})
MOVED_M = 250.0
"""A home so far from the one that is kept is another one, metres."""


def home_to_offer(draft: Draft, situation: Situation) -> PlaceCandidate | None:
    """The place of a report that was told as the resident's own street, if it is not kept yet."""
    place, kept = draft.place, situation.draft.home
    if place is None or place.kind not in _MAY_BE_HOME or not speaks_of_home(draft.text):
        return None
    return None if kept and distance_m(kept.point, place.point) <= MOVED_M else place


def offering(draft: Draft, home: PlaceCandidate, situation: Situation) -> tuple[Draft, Notice]:
    """May it be kept for the next time?"""
    buttons = (Button("yes", key="button.home_yes"), Button("no", key="button.home_no"))
    notice = situation.reply_with("home.ask", {"where": home.label}, buttons)
    return replace(draft, step=Step.HOME, places=(home,)), notice


def keep_home(situation: Situation) -> Turn:
    """Yes: remember it."""
    home = situation.draft.places[0]
    draft = replace(_asked(situation.draft), home=home)
    return say(draft, situation.reply_with("home.kept", {"where": home.label}))


def leave_home(situation: Situation) -> Turn:
    """No: the question is over, and what was kept before stays."""
    return say(_asked(situation.draft), situation.reply("home.not_kept"))


def passed_over(before: Draft, after: Draft) -> Draft:
    """The question holds for one message: whoever tells something else was not interested."""
    unanswered = before.step is Step.HOME and after.step is Step.HOME and before.focus == after.focus
    return _asked(after) if unanswered else after


def _asked(draft: Draft) -> Draft:
    return replace(draft, step=Step.IDLE, places=())
