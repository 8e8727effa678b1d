"""What this message is meant to do, given where the conversation stands: readings, tried in order."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.channels.base import Carrier, Message
from bot.conversation.asked import asked_last, read_answer
from bot.conversation.intents import BUTTONS, KINDS, Intent, command_of
from bot.conversation.patterns import (
    ASKS,
    CORRECTS,
    DENIES,
    JUST_WRONG,
    MORE,
    NOT_MENDED,
    STILL,
    WRONG_CATEGORY,
    WRONG_PLACE,
    YES_OR_NO,
    normal,
    says_mended,
)
from bot.conversation.situation import FRESH, Situation
from casework.cases import Case, Question, Report
from casework.drafts import Step
from casework.places import PlaceDecision, distance_m
from casework.understanding import Decision, Kind
from nlp.kinds import looks_like

JUST_FILED = timedelta(minutes=15)
"""So long after a report, words that name no place and nothing new belong to it."""

_LONG = 25
_NEAR_M = 200.0

_FEW_WORDS = 6
"""A yes or no with more words than this may tell something of its own."""


def picked(situation: Situation) -> Situation:
    """A bare number is the button of that number, where choices were just offered.

    So everything that has buttons can be answered where there are none (SMS, a terminal).
    """
    offered = situation.draft.offered
    if not situation.text.isdecimal() or situation.message.button or not offered:
        return situation
    if _is_asked_since(situation):
        return situation
    number = int(situation.text[:6])
    if not 1 <= number <= len(offered) or _came_before(situation):
        return situation
    return replace(situation, message=Message(button=offered[number - 1]))


def _is_asked_since(situation: Situation) -> bool:
    """True where a service's question came after our choices: "12" is a house then."""
    found, offered = asked_last(situation), situation.draft.offered_at
    return found is not None and not situation.draft.telling and (not offered or found[1].asked_at > offered)


def _came_before(situation: Situation) -> bool:
    """True if the message was sent before our last answer, so that it cannot be meant for that."""
    received, offered = situation.received_at, situation.draft.offered_at
    return received is not None and offered is not None and received < offered


def intent_of(situation: Situation) -> Intent:
    """What this message is meant to do: the first reading that holds."""
    return next(found for read in _READINGS if (found := read(situation)) is not None)


def open_question(situation: Situation) -> tuple[Case, Question] | None:
    """The latest "was it fixed?" that the resident has not answered."""
    asked = [
        (case, question)
        for case in situation.mine
        for question in case.questions
        if question.answered_at is None and situation.owns(question.contact_id)
    ]
    return max(asked, key=lambda pair: pair[1].asked_at, default=None)


def latest_report(situation: Situation) -> tuple[Case, Report] | None:
    """The report that "it" most likely is: one that was named, else the last one filed."""
    own = [(c, r) for c, r in situation.named if situation.owns(r.contact_id)]
    mine = [
        (case, report)
        for case in situation.mine
        for report in case.standing
        if situation.owns(report.contact_id)
    ]
    return own[0] if own else max(mine, key=lambda pair: pair[1].created_at, default=None)


# --- The readings, in the order in which they are tried --------------------------------------


def _arrival(situation: Situation) -> Intent | None:
    return Intent.ARRIVES if situation.message.arrived else None


def _carrier(situation: Situation) -> Intent | None:
    """Where the carrier has acted on a word by itself, we agree with it: on SMS CANCEL is STOP."""
    carrier = situation.message.carrier
    if carrier is Carrier.STOP:
        return Intent.STOP
    back = carrier is Carrier.START and situation.contact.opted_out_at is not None
    return Intent.START if back else None


def _button(situation: Situation) -> Intent | None:
    button = situation.message.button
    if not button:
        return None
    kind, _, rest = button.partition(":")
    if kind == "fixed":
        return Intent.FIXED if rest.startswith("yes") else Intent.NOT_FIXED
    if kind == "same":
        return Intent.SAME if rest.startswith("yes") else Intent.NOT_SAME
    intent = BUTTONS.get(kind, Intent.EMPTY)
    return _yes_or_no(situation, intent) if intent in (Intent.YES, Intent.NO) else intent


def _command(situation: Situation) -> Intent | None:
    if situation.message.photos or situation.message.pin:
        return None
    found = command_of(situation.text)
    if found in (Intent.YES, Intent.NO):
        return _yes_or_no(situation, found)
    return found


def _yes_or_no(situation: Situation, said: Intent) -> Intent:
    """A bare yes or no answers what was asked last."""
    if situation.draft.telling or situation.draft.step in (Step.FORGET, Step.HOME):
        return said
    if situation.draft.step is Step.SAME:
        return Intent.SAME if said is Intent.YES else Intent.NOT_SAME
    if read_answer(situation) is Intent.ANSWERS:
        return Intent.ANSWERS
    if _asks_if_fixed(situation):
        return Intent.FIXED if said is Intent.YES else Intent.NOT_FIXED
    if situation.focused():
        return Intent.CONFIRMS if said is Intent.YES else Intent.CORRECTS
    return said


def _asks_if_fixed(situation: Situation) -> bool:
    """True if "was it fixed?" is the last thing that was asked."""
    found = open_question(situation)
    filed = max((report.created_at for _, report in situation.focused()), default=None)
    return found is not None and (filed is None or filed <= found[1].asked_at)


def _long_yes_or_no(situation: Situation) -> Intent | None:
    """As in "yes all done thanks" and "no it hasn't been touched": an answer with a reason."""
    if situation.draft.telling or len(situation.text.split()) > 25:
        return None
    found = YES_OR_NO.match(situation.text)
    if situation.draft.step in (Step.FORGET, Step.HOME) and found and len(situation.text.split()) <= 5:
        return Intent.YES if found["yes"] else Intent.NO
    if not _asks_if_fixed(situation):
        return None
    if found and (not found["yes"] or not NOT_MENDED.search(situation.text)):
        return Intent.FIXED if found["yes"] else Intent.NOT_FIXED
    return Intent.FIXED if says_mended(situation.text) else None


def _empty(situation: Situation) -> Intent | None:
    if re.search(r"\w", situation.text) or situation.photos or situation.message.pin:
        return None
    thumb = situation.text and situation.focused() and not situation.draft.telling
    return Intent.CHATS if thumb else Intent.EMPTY


def _danger(situation: Situation) -> Intent | None:
    """Somebody in danger is telling something, whatever else it looks like."""
    return Intent.TELLS if situation.danger else None


def _reference(situation: Situation) -> Intent | None:
    if situation.names_unknown and len(situation.text.split()) <= 6:
        return Intent.STATUS
    if not situation.named:
        return None
    _, report = situation.named[0]
    own = situation.owns(report.contact_id)
    rest = situation.text.casefold().replace(report.reference.casefold(), "").strip(" .!-")
    kind = situation.said.kind
    if not own or (ASKS.match(rest) and not situation.photos):
        return Intent.STATUS
    if kind is Kind.FOLLOWUP:
        return Intent.FOLLOWS_UP
    asks = kind in (Kind.STATUS, Kind.QUESTION, Kind.CHAT) or rest.endswith("?")
    says_more = len(rest.split()) > 2 and not asks
    return Intent.ADDS if situation.photos or says_more else Intent.STATUS


def _same(situation: Situation) -> Intent | None:
    """As in "yes it's that one" and "no, a different one", where we asked whether it is the same."""
    if situation.draft.step is not Step.SAME or situation.photos or situation.message.pin:
        return None
    found = YES_OR_NO.match(situation.text)
    if found is None or len(situation.text.split()) > _FEW_WORDS:
        return None
    return Intent.SAME if found["yes"] else Intent.NOT_SAME


def _code(situation: Situation) -> Intent | None:
    return Intent.SENDS_CODE if situation.sends_code else None


def _name(situation: Situation) -> Intent | None:
    """Who was asked for their id or e-mail address says it."""
    asked = situation.draft.step is Step.LINK and situation.text and not situation.photos
    return Intent.NAMES_SELF if asked else None


def _edit(situation: Situation) -> Intent | None:
    """An earlier message put right: of the report that it told, and never a new one."""
    if not situation.message.edited or situation.draft.telling:
        return None
    focused = situation.focused()
    if not focused:
        return Intent.ADDS if latest_report(situation) else None
    _, report = focused[0]
    if normal(report.text) == normal(situation.text):
        return Intent.REPEATS
    best = situation.place.best if situation.place.decision is PlaceDecision.ACCEPT else None
    if best and best.label != report.label:
        return Intent.CORRECTS_PLACE
    said = situation.said
    other = said.decision is Decision.ACCEPT and said.category != report.category
    return Intent.CORRECTS_CATEGORY if other else Intent.ADDS


def _still_wrong(situation: Situation) -> Intent | None:
    """The answer to "what is still wrong?": anything but a new report, a question or small talk."""
    draft, said = situation.draft, situation.said
    if draft.step is not Step.STILL_WRONG or draft.updated_at is None:
        return None
    if situation.now - draft.updated_at > FRESH:
        return None
    if situation.photos:
        return Intent.SAYS_WHAT_IS_WRONG
    elsewhere = said.decision is Decision.ACCEPT and situation.place.decision is PlaceDecision.ACCEPT
    talk = said.kind not in (Kind.REPORT, Kind.FOLLOWUP) and looks_like(situation.text) is not None
    return None if elsewhere or talk else Intent.SAYS_WHAT_IS_WRONG


def _repetition(situation: Situation) -> Intent | None:
    """The same words again, as a bad connection or an impatient thumb sends them."""
    said = normal(situation.text)
    if said and said == situation.draft.picked and _came_before(situation):
        return Intent.REPEATS
    if not said or situation.draft.telling:
        return None
    again = any(
        _is_told(report, said, situation) for _, report in situation.focused() if report.own_state is None
    )
    return Intent.REPEATS if again and not situation.photos else None


def _is_told(report: Report, said: str, situation: Situation) -> bool:
    """True if the report was told by these words, or just completed by them."""
    just_filed = situation.now - report.created_at <= JUST_FILED
    last = report.text.rpartition("\n")[2]
    return normal(report.text) == said or (just_filed and normal(last) == said)


def _correction(situation: Situation) -> Intent | None:
    """So "no, it's graffiti", "wrong street", a new pin: about the report that was just filed."""
    focused = situation.focused()
    if not focused or situation.draft.telling:
        return None
    if situation.message.pin and not situation.text and not situation.photos:
        return Intent.CORRECTS_PLACE
    if WRONG_PLACE.search(situation.text) or _names_missing_place(situation):
        return Intent.CORRECTS_PLACE
    if WRONG_CATEGORY.search(situation.text):
        return Intent.CORRECTS_CATEGORY
    if JUST_WRONG.match(situation.text):
        return Intent.CORRECTS
    if not CORRECTS.match(situation.text) or len(situation.text.split()) > 25:
        return None
    return _what_it_corrects(situation)


def _names_missing_place(situation: Situation) -> bool:
    """A place and little else, where the report just filed lacks one of ours."""
    lacking = any(report.ward is None and report.own_state is None for _, report in situation.focused())
    told = situation.said.confidence >= situation.ask_below
    return lacking and not told and situation.place.decision is not PlaceDecision.NONE


def _what_it_corrects(situation: Situation) -> Intent | None:
    """Of "no, …" and "sorry, …": what comes after it."""
    said = situation.said
    other = said.category is not None and all(said.category != r.category for _, r in situation.focused())
    nowhere = situation.place.decision is PlaceDecision.NONE
    if other and (said.confidence >= situation.ask_below or (nowhere and DENIES.match(situation.text))):
        return Intent.CORRECTS_CATEGORY
    return None if nowhere else Intent.CORRECTS_PLACE


def _still_there(situation: Situation) -> Intent | None:
    """As in "the sofa is STILL there, come on": of the same sort and not elsewhere, it is no new report."""
    if situation.draft.telling or situation.photos or not STILL.search(situation.text):
        return None
    said, best = situation.said, situation.place.best
    if said.kind is not Kind.REPORT or len(situation.text.split()) > _LONG:
        return None
    for case in situation.mine:
        same = said.category == case.cluster.category and said.confidence >= situation.ask_below
        if same and (best is None or distance_m(best.point, case.cluster.point) <= _NEAR_M):
            return Intent.FOLLOWS_UP
    return None


def _addition(situation: Situation) -> Intent | None:
    """A further photo, or words that tell nothing new by themselves, soon after a report."""
    focused = situation.focused()
    if not focused or situation.draft.telling:
        return None
    if situation.photos and (not situation.text or MORE.match(situation.text)):
        return Intent.ADDS
    said = situation.said
    same = any(said.category == report.category for _, report in focused)
    nothing_new = said.kind is Kind.REPORT and (same or said.confidence < situation.ask_below)
    nowhere = situation.place.decision is PlaceDecision.NONE
    just_filed = any(situation.now - report.created_at <= JUST_FILED for _, report in focused)
    return Intent.ADDS if nothing_new and nowhere and just_filed else None


def _kind(situation: Situation) -> Intent | None:
    """What nlp takes the message for; while a report is being told, an answer is an answer."""
    said = situation.said
    if situation.photos or situation.message.pin:
        return None
    if said.decision is Decision.EXCLUDED:
        return Intent.EXCLUDED
    intent = KINDS.get(said.kind)
    if intent is Intent.CHATS and looks_like(situation.text) is None:
        # Nothing was recognised in it: not small talk, but too few words, such as "desk".
        return None
    if situation.draft.telling:
        # What is put right is filed already: "any news?" asks of it, and is no answer to our question.
        heard = (Intent.STOP, Intent.CHATS, *((Intent.STATUS,) if situation.draft.correcting else ()))
        return intent if intent in heard else None
    if intent is Intent.FOLLOWS_UP and latest_report(situation) is None:
        return None
    return intent


def _tells(situation: Situation) -> Intent:
    return Intent.TELLS


_READINGS: tuple[Callable[[Situation], Intent | None], ...] = (
    _carrier,
    _arrival,
    _button,
    _command,
    _same,
    _code,
    _name,
    _edit,
    _danger,
    _empty,
    read_answer,
    _reference,
    _still_wrong,
    _repetition,
    _long_yes_or_no,
    _correction,
    _still_there,
    _addition,
    _kind,
    _tells,
)
