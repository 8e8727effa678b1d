"""Putting a filed report right: its category, its place, or neither, so that a person does."""

from dataclasses import replace

from bot.conversation.situation import Situation, Turn, say
from casework.cases import Case, DeskKind, Report
from casework.correcting import Correction, add_to_report, correct
from casework.drafts import Draft, cleared
from casework.filing import Filed, desk_item, filed_parameters
from casework.outcomes import Button, Outcome
from casework.packs import Pack
from casework.states import State


def being_corrected(draft: Draft, situation: Situation) -> tuple[Case, Report] | None:
    """The report that the conversation is about to put right."""
    return next(((c, r) for c in situation.mine for r in c.reports if r.id == draft.correcting), None)


def correct_category(draft: Draft, situation: Situation, found: tuple[Case, Report], code: str) -> Turn:
    """The report is about this category. That it was guessed right is a confirmation."""
    case, report = found
    guessed = report.category == code
    if guessed and case.cluster.state is not State.FOR_TRIAGE:
        return say(draft, situation.reply("report.known", reference=report.reference))
    pack = situation.pack_of(case)
    correction = Correction(category=code)
    filed = correct(pack, case, report.id, correction, "resident", situation.now, situation.mint)
    key = "report.confirmed" if guessed else "report.corrected"
    return _corrected(replace(draft, updated_at=situation.now), situation, pack, filed, key)


def correct_place(draft: Draft, situation: Situation) -> Turn:
    """The place that a filed report should have had is known now."""
    found = being_corrected(draft, situation)
    if found is None or draft.place is None:
        return say(cleared(draft, situation.now), situation.reply("choice.gone"))
    case, report = found
    pack = situation.packs.get(draft.place.jurisdiction or "", situation.pack_of(case))
    correction = Correction(place=draft.place, areas=situation.areas_at(draft.place.point))
    filed = correct(pack, case, report.id, correction, "resident", situation.now, situation.mint)
    return _corrected(cleared(draft, situation.now), situation, pack, filed, "report.corrected")


def _corrected(draft: Draft, situation: Situation, pack: Pack, filed: Filed, key: str) -> Turn:
    """Say how the report reads now."""
    parameters = filed_parameters(pack, filed.report, filed.cluster, filed.promise)
    key = key if filed.cluster.service else "report.corrected_unsure"
    undo = (Button("undo", key="button.undo"),)
    notice = situation.reply_with(key, parameters, undo, pack=pack, report_id=filed.report.id)
    return Turn(draft, filed.outcome + Outcome(notices=(notice,)))


def with_photos(turn: Turn, situation: Situation, found: tuple[Case, Report]) -> Turn:
    """The turn of a correction; a photo that came with it is the report's at once."""
    case, report = found
    added = add_to_report(case, report.id, "", situation.photos, situation.now, situation.mint)
    said = situation.reply("report.added", reference=report.reference)
    return replace(turn, outcome=added + Outcome(notices=(said,)) + turn.outcome)


def leave_to_a_person(draft: Draft, situation: Situation, kind: DeskKind) -> Turn:
    """We could not make out what is right instead: the words are kept, and a person looks."""
    found, told = being_corrected(draft, situation), draft.text
    draft = cleared(draft, situation.now)
    if found is None:
        return say(draft, situation.reply("choice.gone"))
    case, report = found
    words = told or situation.text
    added = add_to_report(case, report.id, words, (), situation.now, situation.mint)
    item = desk_item(kind, report, situation.now, situation.mint, words)
    notice = situation.reply("correct.left", reference=report.reference)
    return Turn(draft, added + Outcome(new=(item,), notices=(notice,)))


def keep_as_it_is(situation: Situation) -> Turn:
    """The correction is called off; the report stays."""
    found = being_corrected(situation.draft, situation)
    reference = found[1].reference if found else ""
    kept = situation.reply("correct.kept", reference=reference)
    return say(cleared(situation.draft, situation.now), kept)
