"""Is a message the answer to what a service asked? By kind and time; where that is unsure we ask."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.intents import Intent, command_of
from bot.conversation.patterns import YES_OR_NO, says_mended
from bot.conversation.situation import Situation, Turn, say
from casework.cases import Case, Inquiry
from casework.drafts import Draft, Step, cleared
from casework.inquiries import answer_inquiry, leave_open, open_inquiries
from casework.outcomes import Button, Outcome
from casework.places import PlaceDecision, distance_m
from casework.understanding import Decision, Kind
from nlp.kinds import looks_like

SURE_FOR = timedelta(hours=1)
"""So long after a question nearly everything is its answer."""

NEAR_M = 200.0
"""A place so near is one that the report is about."""

_FEW_WORDS = 5

_NO_ANSWERS = frozenset(
    {
        Kind.STATUS,
        Kind.OPT_OUT,
        Kind.SPAM,
        Kind.SUGGESTION,
        Kind.COMPLAINT_STAFF,
        Kind.COMPLAINT_COUNCILLOR,
    }
)


def asked_last(situation: Situation) -> tuple[Case, Inquiry] | None:
    """The latest question that waits for an answer of this person, with its case."""
    for inquiry in open_inquiries(situation.inquiries, situation.now):
        for case in situation.mine:
            if any(report.id == inquiry.report_id for report in case.standing):
                return case, inquiry
    return None


def read_answer(situation: Situation) -> Intent | None:
    """ANSWERS, or UNSURE_ANSWER, or None for a message that is something else."""
    if situation.draft.step is Step.ANSWER:
        return _yes_or_no(situation)
    found = asked_last(situation)
    if found is None or situation.draft.telling or _was_before(situation, found[1]):
        return None
    case, inquiry = found
    if any(report.id != inquiry.report_id for _, report in situation.named) or situation.names_unknown:
        return None
    if _is_something_else(situation) or _answers_if_fixed(situation, inquiry):
        return None
    return _by_what_it_tells(situation, case, inquiry)


def _yes_or_no(situation: Situation) -> Intent | None:
    """Of "is this your answer?": a yes or no in few words."""
    found = YES_OR_NO.match(situation.text)
    if found is None or len(situation.text.split()) > _FEW_WORDS:
        return None
    return Intent.YES if found["yes"] else Intent.NO


def _was_before(situation: Situation, inquiry: Inquiry) -> bool:
    received = situation.received_at
    return received is not None and received < inquiry.asked_at


def _is_something_else(situation: Situation) -> bool:
    said = situation.said
    if situation.photos or situation.message.pin or not situation.text:
        return False
    if command_of(situation.text) in (Intent.YES, Intent.NO):
        return False
    small_talk = said.kind is Kind.CHAT and looks_like(situation.text) is not None
    return small_talk or said.decision is Decision.EXCLUDED or said.kind in _NO_ANSWERS


def _answers_if_fixed(situation: Situation, inquiry: Inquiry) -> bool:
    """True if "was it fixed?" was asked later, and this is a yes or a no to that."""
    later = any(
        question.answered_at is None
        and situation.owns(question.contact_id)
        and question.asked_at > inquiry.asked_at
        for case in situation.mine
        for question in case.questions
    )
    return later and bool(YES_OR_NO.match(situation.text) or says_mended(situation.text))


def _by_what_it_tells(situation: Situation, case: Case, inquiry: Inquiry) -> Intent | None:
    """A problem of another sort at a place is a new report; either of them alone may be."""
    said, place = situation.said, situation.place
    other = said.confidence >= situation.ask_below and said.category != case.cluster.category
    if other and place.decision is not PlaceDecision.NONE:
        return None
    report = case.report(inquiry.report_id)
    best = place.best if place.decision is PlaceDecision.ACCEPT else None
    elsewhere = best is not None and distance_m(best.point, report.point) > NEAR_M
    late = situation.now - inquiry.asked_at > SURE_FOR
    return Intent.UNSURE_ANSWER if (other or elsewhere) and late else Intent.ANSWERS


# --- Steps ---------------------------------------------------------------------------------------


def answer(situation: Situation) -> Turn:
    """The words go to who asked."""
    return _answer(situation, cleared(situation.draft, situation.now), _words(situation))


def _answer(situation: Situation, draft: Draft, words: str) -> Turn:
    found = asked_last(situation)
    if found is None:
        return say(draft, situation.reply("choice.gone"))
    case, inquiry = found
    others = [i for i in situation.inquiries if i.report_id == inquiry.report_id]
    photos = tuple({p.id: p for p in (*situation.draft_photos, *situation.photos)}.values())
    outcome = answer_inquiry(case, inquiry, others, words, photos, situation.now, situation.mint)
    reference = case.report(inquiry.report_id).reference
    refused = tuple(situation.reply(key) for key in dict.fromkeys(situation.refused))
    thanks = situation.reply("asked.thanks", reference=reference)
    return Turn(draft, outcome + Outcome(notices=(*refused, thanks)))


def _words(situation: Situation) -> str:
    pin = situation.message.pin
    where = f"{pin.latitude:.5f}, {pin.longitude:.5f}" if pin else ""
    return "\n".join(filter(None, (situation.text, where)))


def ask_if_answer(situation: Situation) -> Turn:
    """It may be the answer or something new: kept, and asked once."""
    draft = situation.draft
    kept = replace(
        cleared(draft, situation.now),
        step=Step.ANSWER,
        text=_words(situation),
        language=situation.said.language,
        photos=tuple(photo.id for photo in situation.photos),
        place=situation.place.best if situation.place.decision is PlaceDecision.ACCEPT else None,
        started_at=situation.now,
    )
    return ask_again(kept, situation)


def ask_again(draft: Draft, situation: Situation) -> Turn:
    """Is it the answer?"""
    found = asked_last(situation)
    if found is None:
        return say(cleared(draft, situation.now), situation.reply("choice.gone"))
    case, inquiry = found
    buttons = (Button("yes", key="button.answer_yes"), Button("no", key="button.answer_no"))
    reference = case.report(inquiry.report_id).reference
    return say(draft, situation.reply_with("asked.is_it", {"reference": reference}, buttons))


def is_answer(situation: Situation) -> Turn:
    """Yes: what was kept is the answer."""
    return _answer(situation, cleared(situation.draft, situation.now), situation.draft.text)


def more_of_it(situation: Situation) -> Turn:
    """Neither yes nor no, but more words: they belong to the same, whatever that is."""
    words = "\n".join(filter(None, (situation.draft.text, _words(situation))))
    photos = (*situation.draft.photos, *(photo.id for photo in situation.photos))
    return ask_again(replace(situation.draft, text=words, photos=photos), situation)


def pass_over(situation: Situation) -> Turn:
    """SKIP: the question is not answered, and not waited for any more."""
    waiting = open_inquiries(situation.inquiries, situation.now)
    draft = situation.draft
    if draft.step is Step.ANSWER:
        draft = cleared(draft, situation.now)
    if not waiting:
        return say(draft, situation.reply("asked.nothing"))
    outcome = leave_open(waiting, situation.now)
    return Turn(draft, outcome + Outcome(notices=(situation.reply("asked.skipped"),)))
