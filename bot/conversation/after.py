"""After a report was filed: corrections, more words and photos, "it's still there", "was it fixed?"."""

from dataclasses import replace

from bot.conversation import correcting
from bot.conversation.correcting import being_corrected
from bot.conversation.following import ask_which, candidates
from bot.conversation.patterns import says_mended
from bot.conversation.readings import latest_report, open_question
from bot.conversation.situation import OTHER, Situation, Turn, say
from bot.conversation.telling import (
    ask_again,
    category_buttons,
    choice_gone,
    choose_category,
    chosen_category,
    likeliest,
    next_question,
    tell,
)
from casework.cases import Answer, Case, Cluster, DeskItem, Report
from casework.chasing import chase, chase_key
from casework.correcting import add_to_report, withdraw
from casework.drafts import Draft, Step, cleared
from casework.filing import filed_parameters
from casework.outcomes import Outcome
from casework.places import PlaceDecision
from casework.questions import answer, reopen
from casework.states import CLOSED, FIXED, State

_BARE_NO = 3
"""A no of so few words does not say what is wrong."""


def pick_category(situation: Situation) -> Turn:
    """A category's button: for the report being told, or to put the one just filed right."""
    draft = situation.draft
    if draft.step is Step.CATEGORY and not draft.correcting:
        return choose_category(situation)
    found = being_corrected(draft, situation) or next(iter(situation.focused()), None)
    code = chosen_category(situation)
    if code is None or found is None:
        return choice_gone(situation)
    after = cleared(draft, situation.now) if draft.correcting else draft
    return _and_go_on(correcting.correct_category(after, situation, found, code), situation)


def _and_go_on(turn: Turn, situation: Situation) -> Turn:
    """The question that was open before is asked again: the report being told is not forgotten."""
    if not turn.draft.telling:
        return turn
    asked = ask_again(replace(situation, draft=turn.draft))
    return Turn(asked.draft, turn.outcome + asked.outcome)


def correct_category(situation: Situation) -> Turn:
    """As in "no, it's graffiti": the category in the words; without one, ask which it is."""
    focused = situation.focused()
    if not focused:
        return tell(situation)
    case, report = focused[0]
    pack, code = situation.pack_of(case), situation.named_category
    if code and pack.category(code):
        return correcting.correct_category(situation.draft, situation, focused[0], code)
    likely = tuple(c for c in situation.said.candidates if c.category != report.category)
    buttons = category_buttons(pack, likeliest(pack, likely))
    draft = replace(_about_to_correct(situation, report), step=Step.CATEGORY, updated_at=situation.now)
    return say(draft, situation.reply_with("ask.category", buttons=buttons, wants="text"))


def _about_to_correct(situation: Situation, report: Report) -> Draft:
    draft = cleared(situation.draft, situation.now)
    return replace(draft, correcting=report.id, started_at=situation.now)


def ask_what_to_correct(situation: Situation) -> Turn:
    """A bare "no" or "that's wrong" soon after a report."""
    return say(situation.draft, situation.reply("correct.what"))


def confirm(situation: Situation) -> Turn:
    """A bare "yes" soon after a report: what was guessed is right."""
    for case, report in situation.focused():
        if case.cluster.state is State.FOR_TRIAGE and report.ward and report.category != OTHER:
            return correcting.correct_category(situation.draft, situation, (case, report), report.category)
    return say(situation.draft, situation.reply("chat.thanks"))


def correct_place(situation: Situation) -> Turn:
    """As in "wrong street", or a new pin: the report just filed moves there, or we ask where it is."""
    focused = situation.focused()
    if not focused:
        return tell(situation)
    _, report = focused[0]
    place = situation.place
    draft = replace(
        _about_to_correct(situation, report),
        place=place.best if place.decision is PlaceDecision.ACCEPT else None,
        places=place.candidates if place.decision is PlaceDecision.ASK else (),
    )
    return next_question(draft, situation)


def add(situation: Situation) -> Turn:
    """More words or photos for a report."""
    return _add_to(situation, _meant(situation))


def say_what_is_wrong(situation: Situation) -> Turn:
    """What is still wrong, said by who said that it is not fixed. After a photo words may follow."""
    about = situation.draft.about
    found = next(((c, r) for c in situation.mine for r in c.reports if r.id == about), None)
    turn = _add_to(situation, found)
    if not situation.text:
        return turn
    return replace(turn, draft=replace(turn.draft, step=Step.IDLE, about=None))


def _add_to(situation: Situation, found: tuple[Case, Report] | None) -> Turn:
    if found is None:
        return tell(situation)
    case, report = found
    outcome = add_to_report(case, report.id, situation.text, situation.photos, situation.now, situation.mint)
    refused = tuple(situation.reply(key) for key in dict.fromkeys(situation.refused))
    said = situation.reply("report.added", reference=report.reference)
    return Turn(
        replace(situation.draft, updated_at=situation.now),
        outcome + Outcome(notices=(*refused, said)),
    )


def _meant(situation: Situation) -> tuple[Case, Report] | None:
    """The report that more is said of: the one named, else the one in focus, else the latest."""
    own = [(c, r) for c, r in situation.named if situation.owns(r.contact_id)]
    return next(iter((*own, *situation.focused())), None) or latest_report(situation)


def follow_up(situation: Situation) -> Turn:
    """As in "it's still there": answers the open question, opens the case again, or chases the service."""
    found = candidates(situation)
    if not found:
        return tell(situation)
    if len(found) > 1:
        return ask_which(situation, found)
    return _follow_up(situation, *found[0])


def chosen_to_follow(situation: Situation) -> Turn:
    """Of several reports this is the one that was meant."""
    reference = (situation.message.button or "").rpartition(":")[2]
    mine = [(case, report) for case in situation.mine for report in case.standing]
    own = [(c, r) for c, r in mine if r.reference == reference and situation.owns(r.contact_id)]
    if not own:
        return choice_gone(situation)
    said = replace(situation.message, button=None, text=situation.draft.said or situation.text)
    draft = replace(situation.draft, said="")
    return _follow_up(replace(situation, message=said, draft=draft), *own[0])


def _follow_up(situation: Situation, case: Case, report: Report) -> Turn:
    mended = says_mended(situation.text)
    if _is_asked(case, report) or (case.cluster.state in FIXED and not mended):
        return _answer(situation, case, report, Answer.YES if mended else Answer.NO)
    if mended:
        outcome = add_to_report(
            case, report.id, situation.text, situation.photos, situation.now, situation.mint
        )
        said = situation.reply("report.added", reference=report.reference)
        return Turn(situation.draft, outcome + Outcome(notices=(said,)))
    return _chase(situation, case, report)


def _chase(situation: Situation, case: Case, report: Report) -> Turn:
    """The service is told, and the resident what it promised and what comes next."""
    pack, now = situation.pack_of(case), situation.now
    told_today = situation.was_noticed(chase_key(pack, case, now))
    outcome = chase(pack, case, report, situation.text, situation.photos, now, situation.mint)
    promise = next((p for p in case.open_promises if p.report_id == report.id), None)
    parameters = filed_parameters(pack, report, case.cluster, promise)
    late = promise is not None and promise.due_at < now
    if case.cluster.state in CLOSED:
        key = "follow.closed"
    elif not outcome.notices or told_today or promise is None:
        key = "follow.noted_late" if late else "follow.noted"
    else:
        key = "follow.chased_late" if late else "follow.chased"
    notice = situation.reply_with(key, parameters, pack=pack)
    return Turn(situation.draft, outcome + Outcome(notices=(notice,)))


def _is_asked(case: Case, report: Report) -> bool:
    return any(q.report_id == report.id and q.answered_at is None for q in case.questions)


def fixed(situation: Situation) -> Turn:
    """Yes, it was fixed."""
    return _answer_question(situation, Answer.YES)


def not_fixed(situation: Situation) -> Turn:
    """No, it was not."""
    return _answer_question(situation, Answer.NO)


def _answer_question(situation: Situation, said: Answer) -> Turn:
    button = situation.message.button
    reference = button.rpartition(":")[2] if button else ""
    for case, report in situation.named:
        if report.reference == reference and situation.owns(report.contact_id):
            return _answer(situation, case, report, said)
    found = open_question(situation)
    if found is None or reference:
        return choice_gone(situation)
    case, question = found
    return _answer(situation, case, case.report(question.report_id), said)


def _answer(situation: Situation, case: Case, report: Report, said: Answer) -> Turn:
    pack = situation.pack_of(case)
    if said is Answer.NO and case.cluster.state in FIXED and not _is_asked(case, report):
        outcome = reopen(pack, case, report, situation.text, situation.now, situation.mint)
    else:
        outcome = answer(pack, case, report.id, said, situation.text, situation.now, situation.mint)
    if situation.photos:
        outcome += add_to_report(case, report.id, "", situation.photos, situation.now, situation.mint)
    key = _what_came_of_it(situation, case, said, outcome)
    asks = key in ("answer.reopened", "answer.disputed") and not situation.draft.telling
    wants = "photo" if asks or key == "answer.reopened_told" else None
    notice = situation.reply_with(key, {"reference": report.reference}, wants=wants)
    draft = situation.draft
    if asks:
        draft = replace(draft, step=Step.STILL_WRONG, about=report.id, updated_at=situation.now)
    return Turn(draft, outcome + Outcome(notices=(notice,)))


def _what_came_of_it(situation: Situation, case: Case, said: Answer, outcome: Outcome) -> str:
    """What the resident is told of their answer: no more than what it led to."""
    if any(isinstance(thing, DeskItem) for thing in outcome.new):
        return "answer.disputed"
    state = next((thing.state for thing in outcome.changed if isinstance(thing, Cluster)), case.cluster.state)
    if said is Answer.YES:
        return "answer.thanks" if state in FIXED else "answer.noted"
    if state in FIXED:
        return "answer.disputed"
    tells = len(situation.text.split()) > _BARE_NO or situation.photos
    return "answer.reopened_told" if tells else "answer.reopened"


def undo(situation: Situation) -> Turn:
    """Take back the report just filed, and those told with it."""
    focused = [(c, r) for c, r in situation.focused() if r.own_state is None]
    draft = situation.draft
    meant_draft = draft.telling and not draft.correcting and not (situation.message.button and focused)
    if meant_draft:
        return drop(situation)
    if not focused:
        return say(draft, situation.reply("undo.nothing"))
    outcome = sum((withdraw(c, r.id, situation.now, situation.mint) for c, r in focused), Outcome())
    references = ", ".join(report.reference for _, report in focused)
    notice = situation.reply("report.withdrawn", reference=references)
    after = cleared(draft, situation.now, ()) if draft.correcting else replace(draft, focus=())
    return _and_go_on(Turn(after, outcome + Outcome(notices=(notice,))), situation)


def drop(situation: Situation) -> Turn:
    """Forget what was being told; nothing was filed."""
    return say(cleared(situation.draft, situation.now), situation.reply("draft.dropped"))


def repeat(situation: Situation) -> Turn:
    """The same words again: the report is known, nothing new is filed."""
    if situation.draft.telling or not situation.focused():
        return ask_again(situation)
    _, report = situation.focused()[0]
    known = situation.reply("report.known", reference=report.reference)
    return say(situation.draft, known)
