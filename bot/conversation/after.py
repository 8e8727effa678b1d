"""After a report was filed: corrections, more words and photos, "it's still there", "was it fixed?"."""

from dataclasses import replace

from bot.conversation.intents import latest_report, open_question
from bot.conversation.situation import Situation, Turn, say
from bot.conversation.telling import (
    category_buttons,
    choose_category,
    chosen_category,
    corrected,
    likeliest,
    next_question,
    tell,
)
from casework.acting import answer
from casework.cases import Answer, Case, Report
from casework.drafts import Step, cleared
from casework.errors import NotAllowed
from casework.filing import Correction, add_to_report, correct, withdraw
from casework.outcomes import Outcome
from casework.places import PlaceDecision
from casework.states import FIXED


def pick_category(situation: Situation) -> Turn:
    """A category's button: for the report being told, or to put the one just filed right."""
    if situation.draft.step is Step.CATEGORY:
        return choose_category(situation)
    focused = situation.focused()
    code = chosen_category(situation)
    if code is None or not focused:
        return say(situation.draft, situation.reply("choice.gone"))
    return _correct_category(situation, focused[0], code)


def correct_category(situation: Situation) -> Turn:
    """As in "no, it's graffiti": the category in the words; without one, ask which it is."""
    focused = situation.focused()
    code = situation.said.category
    known = code is not None and situation.pack.category(code) is not None
    if not focused:
        return tell(situation)
    if not known or situation.said.confidence < situation.ask_below or code is None:
        pack = situation.pack_of(focused[0][0])
        likely = likeliest(pack, situation.said.candidates)
        return say(
            situation.draft, situation.reply_with("ask.category", buttons=category_buttons(pack, likely))
        )
    return _correct_category(situation, focused[0], code)


def _correct_category(situation: Situation, found: tuple[Case, Report], code: str) -> Turn:
    case, report = found
    pack = situation.pack_of(case)
    filed = correct(
        pack, case, report.id, Correction(category=code), "resident", situation.now, situation.mint
    )
    return corrected(replace(situation.draft, updated_at=situation.now), situation, pack, filed)


def correct_place(situation: Situation) -> Turn:
    """As in "wrong street", or a new pin: the report just filed moves there, or we ask where it is."""
    focused = situation.focused()
    if not focused:
        return tell(situation)
    _, report = focused[0]
    place = situation.place
    draft = replace(
        cleared(situation.draft, situation.now),
        correcting=report.id,
        started_at=situation.now,
        place=place.best if place.decision is PlaceDecision.ACCEPT else None,
        places=place.candidates if place.decision is PlaceDecision.ASK else (),
    )
    return next_question(draft, situation)


def add(situation: Situation) -> Turn:
    """More words or photos for a report."""
    found = _meant(situation)
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
    own = [(c, r) for c, r in situation.named if r.contact_id == situation.contact.id]
    return next(iter((*own, *situation.focused())), None) or latest_report(situation)


def follow_up(situation: Situation) -> Turn:
    """As in "it's still there": answers the open question, or chases the service."""
    found = _meant(situation)
    if found is None:
        return tell(situation)
    case, report = found
    asked = any(q.report_id == report.id and q.answered_at is None for q in case.questions)
    if asked or case.cluster.state in FIXED:
        return _answer(situation, case, report, Answer.NO)
    outcome = add_to_report(case, report.id, situation.text, situation.photos, situation.now, situation.mint)
    said = situation.reply("report.chased", reference=report.reference)
    return Turn(situation.draft, outcome + Outcome(notices=(said,)))


def fixed(situation: Situation) -> Turn:
    """Yes, it was fixed."""
    return _answer_question(situation, Answer.YES)


def not_fixed(situation: Situation) -> Turn:
    """No, it was not."""
    return _answer_question(situation, Answer.NO)


def _answer_question(situation: Situation, said: Answer) -> Turn:
    button = situation.message.button
    reference = button.rpartition(":")[2] if button else ""
    for case in situation.mine:
        for report in case.reports:
            if report.reference == reference:
                return _answer(situation, case, report, said)
    found = open_question(situation)
    if found is None:
        return say(situation.draft, situation.reply("choice.gone"))
    case, question = found
    return _answer(situation, case, case.report(question.report_id), said)


def _answer(situation: Situation, case: Case, report: Report, said: Answer) -> Turn:
    pack = situation.pack_of(case)
    try:
        outcome = answer(pack, case, report.id, said, situation.text, situation.now, situation.mint)
    except NotAllowed as refused:
        return say(situation.draft, situation.reply_with(refused.key, refused.parameters))
    key = "answer.thanks" if said is Answer.YES else "answer.reopened"
    notice = situation.reply(key, reference=report.reference)
    return Turn(situation.draft, outcome + Outcome(notices=(notice,)))


def undo(situation: Situation) -> Turn:
    """Take back the report just filed, and those told with it."""
    focused = [(c, r) for c, r in situation.focused() if r.own_state is None]
    if situation.draft.telling:
        return drop(situation)
    if not focused:
        return say(situation.draft, situation.reply("undo.nothing"))
    outcome = sum((withdraw(c, r.id, situation.now, situation.mint) for c, r in focused), Outcome())
    references = ", ".join(report.reference for _, report in focused)
    notice = situation.reply("report.withdrawn", reference=references)
    draft = cleared(situation.draft, situation.now, focus=())
    return Turn(draft, outcome + Outcome(notices=(notice,)))


def drop(situation: Situation) -> Turn:
    """Forget what was being told; nothing was filed."""
    return say(cleared(situation.draft, situation.now), situation.reply("draft.dropped"))


def repeat(situation: Situation) -> Turn:
    """The same words again: the report is known, nothing new is filed."""
    _, report = situation.focused()[0]
    known = situation.reply("report.known", reference=report.reference)
    return say(situation.draft, known)
