"""Is it the same as what somebody else told? Asked once, after the report was filed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.situation import Situation, Turn, say
from casework.cases import Case, Cluster, Report
from casework.drafts import Step
from casework.errors import NotAllowed
from casework.filing import filed_parameters
from casework.joining import Placed, same_problem_items
from casework.merging import merge, older_first, split
from casework.outcomes import Button, Notice, Outcome, folded
from casework.packs import Pack
from casework.questions import reopen
from casework.states import FIXED

_QUESTIONS: Mapping[tuple[bool, bool], str] = {
    (False, True): "ask.same",
    (False, False): "ask.same_near",
    (True, True): "ask.same_done",
    (True, False): "ask.same_done_near",
}
"""What is asked, by whether it was called done, and whether its place may be said."""


def question(situation: Situation, pack: Pack, placed: Sequence[Placed]) -> tuple[Notice, ...]:
    """One question, about the first report that it is asked of."""
    asked = next((one for one in placed if one.asks), None)
    if asked is None or asked.match is None:
        return ()
    neighbour, report = asked.match.neighbour, asked.filed.report
    category = pack.category(neighbour.category)
    what = category.name if category else neighbour.category
    key = _QUESTIONS[neighbour.state in FIXED, bool(neighbour.where)]
    parameters = {"what": what, "where": neighbour.where, "told_day": neighbour.reported_at.isoformat()}
    buttons = (
        Button(f"same:yes:{report.reference}", key="button.same_yes"),
        Button(f"same:no:{report.reference}", key="button.same_no"),
    )
    return (situation.reply_with(key, parameters, buttons, pack=pack, report_id=report.id),)


def may_answer(placed: Sequence[Placed]) -> bool:
    """True where a bare yes or no is about "the same?"."""
    return any(one.joined or one.asks for one in placed)


def other_problem(report: Report) -> Button:
    """The way out for somebody whose report was joined to another's."""
    return Button(f"same:no:{report.reference}", key="button.other_problem")


def is_same(situation: Situation) -> Turn:
    """Yes: a further voice of the other case, not a case of its own."""
    found = _meant(situation)
    if found is None:
        return say(situation.draft, situation.reply("choice.gone"))
    case, report = found
    items = same_problem_items(case, report)
    other = situation.case_at(items[0].words) if items else None
    if other is None or other.cluster.id == case.cluster.id:
        return say(situation.draft, situation.reply("chat.thanks"))
    pack = situation.pack_of(case)
    try:
        outcome, kept = _merged(pack, other, case, report, situation)
    except NotAllowed:
        return say(situation.draft, situation.reply("same.kept", reference=report.reference))
    promise = next((p for p in case.open_promises if p.report_id == report.id), None)
    parameters = filed_parameters(pack, report, kept.cluster, promise)
    notice = situation.reply_with("same.joined", parameters, pack=pack, report_id=report.id)
    done = tuple(replace(item, done_at=situation.now, done_by="resident") for item in items)
    return _answered(situation, folded(outcome + Outcome(changed=done, notices=(notice,))))


def _merged(
    pack: Pack, other: Case, case: Case, report: Report, situation: Situation
) -> tuple[Outcome, Case]:
    """The one case that both become. What was called done is not, if somebody still sees it."""
    outcome, kept = Outcome(), other
    if other.cluster.state in FIXED and other.standing:
        outcome = reopen(pack, other, report, "", situation.now, situation.mint)
        cluster = next(c for c in outcome.changed if isinstance(c, Cluster))
        kept = replace(other, cluster=cluster)
    kept, gone = older_first(kept, case)
    merged = merge(pack, kept, gone, "resident", situation.now, situation.mint)
    return outcome + merged, kept


def is_other(situation: Situation) -> Turn:
    """No: a case of its own, and it is not asked again."""
    found = _meant(situation)
    if found is None:
        return say(situation.draft, situation.reply("choice.gone"))
    case, report = found
    pack = situation.pack_of(case)
    items = same_problem_items(case, report)
    others = [r for r in case.standing if r.id != report.id]
    kept = situation.reply("same.kept", reference=report.reference)
    done = tuple(replace(item, done_at=situation.now, done_by="resident") for item in items)
    if items or not others:
        return _answered(situation, Outcome(changed=done, notices=(kept,)))
    parted = split(pack, case, [report.id], "resident", situation.now, situation.mint)
    return _answered(situation, parted + Outcome(notices=(kept,)))


def _answered(situation: Situation, outcome: Outcome) -> Turn:
    return Turn(replace(situation.draft, step=Step.IDLE), outcome)


def _meant(situation: Situation) -> tuple[Case, Report] | None:
    """The report of the button, else of those just filed the one that was asked about."""
    if situation.message.button:
        return next(((c, r) for c, r in situation.named if situation.owns(r.contact_id)), None)
    focused = [(c, r) for c, r in situation.focused() if r.own_state is None]
    asked = [(c, r) for c, r in focused if same_problem_items(c, r)]
    return next(iter((*asked, *((c, r) for c, r in focused if len(c.standing) > 1))), None)
