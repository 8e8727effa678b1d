"""Which report "it" is, when somebody says "it's still there" or "come back again"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.readings import open_question
from bot.conversation.situation import OTHER, Situation, Turn
from casework.cases import Case, Report
from casework.chasing import is_live
from casework.outcomes import Button, Outcome
from casework.places import PlaceDecision, distance_m

MOST_CHOICES = 4
NEAR_M = 200.0

Own = tuple[Case, Report]


def candidates(situation: Situation) -> list[Own]:
    """The reports that it may be, likeliest first; more than one where nobody can tell."""
    named = [(c, r) for c, r in situation.named if situation.owns(r.contact_id)]
    if named:
        return named[:1]
    live = [pair for pair in _own(situation) if is_live(pair[0], situation.now)] or _own(situation)[:1]
    spoken = _spoken_of(situation, live)
    if len(spoken) == 1:
        return spoken
    return spoken or _on_the_table(situation) or live


def _on_the_table(situation: Situation) -> list[Own]:
    """What was spoken of last: the report just filed, or the one of which we asked whether it is fixed."""
    asked, focused = open_question(situation), list(situation.focused())
    filed = max((report.created_at for _, report in focused), default=None)
    if asked and (filed is None or filed < asked[1].asked_at):
        return [(asked[0], asked[0].report(asked[1].report_id))]
    return focused[:1]


def _own(situation: Situation) -> list[Own]:
    """One report of each case, the latest told first."""
    found: dict[str, Own] = {}
    for case in situation.mine:
        for report in sorted(case.standing, key=lambda report: report.created_at, reverse=True):
            if situation.owns(report.contact_id):
                found.setdefault(case.cluster.id, (case, report))
    return sorted(found.values(), key=lambda pair: pair[1].created_at, reverse=True)


def _spoken_of(situation: Situation, live: Sequence[Own]) -> list[Own]:
    """Those whose place and whose matter the words name; either alone will do where not both fit."""
    there = [pair for pair in live if _is_there(situation, pair[1])]
    about = [pair for pair in live if _is_about(situation, pair)]
    return [pair for pair in there if pair in about] or there or about


def _is_there(situation: Situation, report: Report) -> bool:
    best = situation.place.best if situation.place.decision is PlaceDecision.ACCEPT else None
    if best is not None and distance_m(best.point, report.point) <= NEAR_M:
        return True
    return _has_words_of(situation.text, report.label)


def _is_about(situation: Situation, pair: Own) -> bool:
    case, report = pair
    category = situation.pack_of(case).category(case.cluster.category)
    likely = {c.category for c in situation.said.candidates if c.probability >= situation.ask_below} - {OTHER}
    named = category is not None and _has_words_of(situation.text, category.name)
    return named or case.cluster.category in likely or report.category in likely


def _has_words_of(text: str, label: str) -> bool:
    """True if the words of the text hold a telling word of the label."""
    words = set(re.findall(r"\w{4,}", text.casefold()))
    return bool(words & (set(re.findall(r"\w{4,}", label.casefold())) - _COMMON))


_COMMON = frozenset(
    ("road", "street", "lane", "avenue", "close", "near", "grove", "drive", "place", "with", "there", "still")
)


def ask_which(situation: Situation, found: Sequence[Own]) -> Turn:
    """Several it may be: the resident chooses, and what was said is kept meanwhile."""
    buttons = tuple(
        Button(f"still:{report.reference}", _label(situation, case, report))
        for case, report in found[:MOST_CHOICES]
    )
    notice = situation.reply_with("follow.which", buttons=buttons)
    return Turn(replace(situation.draft, said=situation.text), Outcome(notices=(notice,)))


def _label(situation: Situation, case: Case, report: Report) -> str:
    category = situation.pack_of(case).category(case.cluster.category)
    return f"{category.name if category else case.cluster.category}, {report.label}"[:60]
