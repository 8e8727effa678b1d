"""What a service's form says, as an act on the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.acting import EFFECTS, Act, act
from casework.calendars import end_of_day
from casework.cases import Case, Photo
from casework.errors import NotAllowed
from casework.handovers import hand_over
from casework.minting import Mint
from casework.offers import is_holder
from casework.outcomes import Outcome
from casework.packs import Pack, Use
from casework.promises import pause, promise_anew, resume
from web.forms import MAX_WORDS

SOMEBODY = "unknown"
"""The answer "I do not know" to "whose is it?"."""

FIELDS = {
    "act.reason_needed": "words",
    "act.too_long": "words",
    "act.whose_needed": "whose",
    "act.no_service": "whose",
    "act.choose": "answer",
    "act.why_longer": "why-longer",
    "act.why_pause": "why-pause",
    "act.why_not_ours": "why-not_ours",
    "act.date_needed": "day",
    "act.date_past": "day",
    "act.date_too_far": "day",
    "act.date_not_later": "day",
    "act.pause_too_long": "day",
    "photo.too_big": "photo",
    "photo.bomb": "photo",
    "photo.not_a_photo": "photo",
}
"""What is wrong with the form itself, and where to mend it; every other fault is the case's."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, of which case, and when."""

    pack: Pack
    case: Case
    actor: str
    now: datetime


def chosen(typed: Mapping[str, str]) -> Act | None:
    """The act that the form chooses."""
    value = typed.get("act", "")
    return Act(value) if value in set(Act) else None


def field_of(key: str, typed: Mapping[str, str]) -> str:
    """The id of the field that is wrong; "" where it is not the form."""
    field = FIELDS.get(key, "")
    return f"day-{typed.get('act')}" if field == "day" else field


def outcome_of(said: Said, typed: Mapping[str, str], photos: tuple[Photo, ...], mint: Mint) -> Outcome:
    """What the form leads to. Raises NotAllowed for what is missing in it or not possible."""
    words, doing = typed.get("words", ""), chosen(typed)
    if len(words) > MAX_WORDS:
        raise NotAllowed("too long", key="act.too_long", most=MAX_WORDS)
    if doing is None:
        raise NotAllowed("nothing chosen", key="act.choose")
    pack, case, actor, now = said.pack, said.case, said.actor, said.now
    if doing in EFFECTS:
        return act(pack, case, doing, actor, words, now, mint, photos if doing is Act.DONE else ())
    if doing is Act.RESUME:
        return resume(pack, case, actor, now, mint)
    why = _why(pack, doing, typed)
    if doing is Act.NOT_OURS:
        return hand_over(pack, case, _whose(typed), why, actor, words, now, mint)
    rule = promise_anew if doing is Act.LONGER else pause
    return rule(pack, case, _day(doing, typed), why, actor, words, now, mint)


def _why(pack: Pack, doing: Act, typed: Mapping[str, str]) -> str:
    """The reason; the only one there is need not be chosen."""
    reasons = pack.reasons(Use(doing))
    why = typed.get(f"why_{doing}", "") or (reasons[0].code if len(reasons) == 1 else "")
    if reasons and not why:
        raise NotAllowed("no reason", key=f"act.why_{doing}")
    return why


def _whose(typed: Mapping[str, str]) -> str | None:
    whose = typed.get("whose", "")
    if not whose:
        raise NotAllowed("whose is it?", key="act.whose_needed")
    return None if whose == SOMEBODY else whose


def _day(doing: Act, typed: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(typed.get(f"day_{doing}", ""))
    except ValueError:
        raise NotAllowed("no date", key="act.date_needed") from None


def is_so_already(said: Said, typed: Mapping[str, str]) -> bool:
    """A form sent twice, or a colleague who was quicker with the same: that is no fault."""
    doing = chosen(typed)
    if doing is None or not is_holder(said.pack, said.case, said.actor, said.now):
        return False
    if doing in EFFECTS:
        return said.case.cluster.state is EFFECTS[doing].state
    if doing is Act.LONGER:
        return _is_promised(said, typed)
    last = said.case.pauses[-1] if said.case.pauses else None
    if doing is Act.PAUSE:
        return last is not None and last.ended_at is None and last.actor == said.actor
    return doing is Act.RESUME and last is not None and last.ended_by == said.actor


def _is_promised(said: Said, typed: Mapping[str, str]) -> bool:
    """True if that very day was promised to everyone after an earlier one."""
    try:
        day = _day(Act.LONGER, typed)
    except NotAllowed:
        return False
    due_at = end_of_day(day, said.pack.calendar)
    running = said.case.open_promises
    moved = any(promise.reason is not None for promise in said.case.promises)
    return moved and bool(running) and all(promise.due_at == due_at for promise in running)
