"""Commands, and messages that are no reports: each gets an honest answer."""

import re
from dataclasses import replace

from bot.conversation.correcting import keep_as_it_is
from bot.conversation.intents import Intent, command_of
from bot.conversation.readings import latest_report
from bot.conversation.situation import Situation, Turn, say
from bot.conversation.telling import ask_again, next_question
from casework.cases import Case, DeskKind, Report, state_of
from casework.contacts import forget, keep_for_desk, opt_in, opt_out
from casework.drafts import Step, cleared
from casework.outcomes import AuditEntry, Button, Notice, Outcome
from casework.packs import Pack
from casework.places import public_label
from casework.routing import holder
from casework.understanding import Kind

_GREETING = re.compile(
    r"^\W*(hi+|hello+|hey+|hiya|morning|good (morning|afternoon|evening)|yo)\b", re.IGNORECASE
)
_THANKS = re.compile(r"\b(thank|thanks|thx|ta|cheers)\b|\bthank", re.IGNORECASE)

EVENTS = 4
"""So many of the latest events are told."""

LISTED = 5
"""So many reports are listed; the rest is said as a number."""


def stop(situation: Situation) -> Turn:
    """No more messages. What is being told stays, and goes to the desk in time; but where CANCEL
    means STOP to the carrier, it is dropped too, as the word says.
    """
    cancels = command_of(situation.text) is Intent.CANCEL
    return Turn(
        cleared(situation.draft, situation.now) if cancels else situation.draft,
        opt_out(situation.contact, situation.now) + Outcome(notices=(situation.reply("stop.done"),)),
    )


def start(situation: Situation) -> Turn:
    """Messages again; a newcomer is greeted, and what was asked last is asked again."""
    was_out = situation.contact.opted_out_at is not None
    greeting = situation.reply("start.done" if was_out else "hello", name=situation.pack.authority.short_name)
    back = Turn(situation.draft, opt_in(situation.contact, situation.now) + Outcome(notices=(greeting,)))
    if not (was_out and situation.draft.telling):
        return back
    asked = ask_again(situation)
    return replace(asked, outcome=back.outcome + asked.outcome)


def help_(situation: Situation) -> Turn:
    """How to use it; what was being told goes on afterwards."""
    return say(situation.draft, situation.reply("help", name=situation.pack.authority.short_name))


def ask_to_forget(situation: Situation) -> Turn:
    """It cannot be undone, so it is asked once."""
    buttons = (Button("yes", key="button.forget_yes"), Button("no", key="button.forget_no"))
    return say(
        replace(situation.draft, step=Step.FORGET), situation.reply_with("forget.ask", buttons=buttons)
    )


def forget_me(situation: Situation) -> Turn:
    """Forget everything that tells who this was."""
    notice = situation.reply("forget.done")
    forgotten = (forget(contact, situation.now) for contact in situation.people)
    return Turn(
        cleared(situation.draft, situation.now, focus=()),
        sum(forgotten, Outcome()) + Outcome(notices=(notice,)),
    )


def keep_me(situation: Situation) -> Turn:
    """Not forgotten after all."""
    draft = replace(situation.draft, step=Step.IDLE)
    kept = situation.reply("forget.kept")
    return next_question(draft, situation).after(kept) if draft.text else say(draft, kept)


def cancel(situation: Situation) -> Turn:
    """Drop what is being told; if nothing is, say how a report is taken back."""
    if situation.draft.correcting:
        return keep_as_it_is(situation)
    if situation.draft.telling:
        return say(cleared(situation.draft, situation.now), situation.reply("draft.dropped"))
    if situation.focused():
        undo = (Button("undo", key="button.undo"),)
        return say(situation.draft, situation.reply_with("cancel.filed", buttons=undo))
    return say(situation.draft, situation.reply("undo.nothing"))


# --- Reports ----------------------------------------------------------------------------------


def status(situation: Situation) -> Turn:
    """A reference, or "any news?": how it stands and what happened."""
    if situation.names_unknown:
        return say(situation.draft, situation.reply("status.unknown"))
    found = situation.named[0] if situation.named else latest_report(situation)
    if found is None:
        return say(situation.draft, situation.reply("mine.none"))
    happened = _happened(situation, *found)
    return say(situation.draft, _status(situation, *found), *happened)


def _happened(situation: Situation, case: Case, report: Report) -> tuple[Notice, ...]:
    """The last things that happened to it, if anything did and it is not private."""
    if _is_private(situation, case, report):
        return ()
    events = [
        {"key": "status.event", "parameters": {"at_day": u.at.isoformat(), "event_key": f"event.{u.key}"}}
        for u in situation.history
        if u.public and u.cluster_id == case.cluster.id and u.report_id in (None, report.id)
    ]
    pack = situation.pack_of(case)
    return (
        (situation.reply_with("status.history", {"lines": events[-EVENTS:]}, pack=pack),)
        if events[1:]
        else ()
    )


def _is_private(situation: Situation, case: Case, report: Report) -> bool:
    category = situation.pack_of(case).category(report.category)
    return bool(category and category.sensitive and not situation.owns(report.contact_id))


def _status(situation: Situation, case: Case, report: Report) -> Notice:
    pack = situation.pack_of(case)
    category = pack.category(report.category)
    if _is_private(situation, case, report):
        return situation.reply("status.private", reference=report.reference)
    promise = next((p for p in case.open_promises if p.report_id == report.id), None)
    parameters = {
        "reference": report.reference,
        "what": category.name if category else report.category,
        "where": _where(situation, pack, report),
        "state_key": f"state.{state_of(report, case.cluster)}",
        "who": holder(pack, case.cluster.service, case.cluster.ward),
        "by_on": promise.due_at.isoformat() if promise else "",
        "filed_day": report.created_at.isoformat(),
    }
    return situation.reply_with("status.promised" if promise else "status.plain", parameters, pack=pack)


def _where(situation: Situation, pack: Pack, report: Report) -> str:
    """The place; for somebody else no more of it than the public page shows."""
    if situation.owns(report.contact_id):
        return report.label
    ward = pack.area(report.ward) if report.ward else None
    shown = public_label(report.label, report.place_kind, report.ward)
    return shown or (ward.name if ward else pack.authority.short_name)


def mine(situation: Situation) -> Turn:
    """My reports, newest first."""
    own = [
        (case, report)
        for case in situation.mine
        for report in case.reports
        if situation.owns(report.contact_id)
    ]
    if not own:
        return say(situation.draft, situation.reply("mine.none"))
    own.sort(key=lambda pair: pair[1].created_at, reverse=True)
    lines = [_line(situation, case, report) for case, report in own[:LISTED]]
    return say(situation.draft, situation.reply("mine.list", lines=lines))


def _line(situation: Situation, case: Case, report: Report) -> dict[str, object]:
    category = situation.pack_of(case).category(report.category)
    return {
        "key": "mine.line",
        "parameters": {
            "reference": report.reference,
            "what": category.name if category else report.category,
            "where": report.label,
            "state_key": f"state.{state_of(report, case.cluster)}",
        },
    }


# --- What is no report ------------------------------------------------------------------------


def nothing(situation: Situation) -> Turn:
    """An empty message, or something that cannot be read here."""
    if situation.message.unread:
        return say(situation.draft, situation.reply(situation.message.unread[0]))
    refused = tuple(situation.reply(key) for key in dict.fromkeys(situation.refused))
    done = situation.focused() and not situation.draft.telling
    if refused and (done or situation.message.refused):
        return say(situation.draft, *refused)
    return ask_again(situation).after(*refused)


def chat(situation: Situation) -> Turn:
    """A greeting or a thank-you."""
    if situation.draft.telling:
        return ask_again(situation)
    thanks = _THANKS.search(situation.text) is not None or (
        bool(situation.focused()) and not _GREETING.match(situation.text)
    )
    key = "chat.thanks" if thanks else "hello"
    return say(situation.draft, situation.reply(key, name=situation.pack.authority.short_name))


def question(situation: Situation) -> Turn:
    """A question that the machine cannot answer: who can."""
    authority = situation.pack.authority
    return say(
        situation.draft,
        situation.reply(
            "question.whom",
            name=authority.name,
            contact=authority.phone or authority.website or authority.email,
        ),
    )


def excluded(situation: Situation) -> Turn:
    """A matter with its own route (2.29): where to go instead. Counted, for the councillors."""
    code = situation.said.excluded
    matter = next((m for m in situation.pack.excluded if m.code == code), None)
    if matter is None:
        return question(situation)
    noted = AuditEntry(situation.now, "resident", "excluded", situation.contact.id, {"matter": matter.code})
    said = situation.reply("excluded", matter=matter.name, go_to=matter.go_to)
    return Turn(situation.draft, Outcome(audit=(noted,), notices=(said,)))


def suggestion(situation: Situation) -> Turn:
    """Every suggestion gets a recorded answer (2.7): a person gives it."""
    return _for_the_desk(situation, DeskKind.SUGGESTION, "suggestion.kept")


def complaint(situation: Situation) -> Turn:
    """About somebody's conduct: to the desk, never to the person it is about."""
    councillor = situation.said.kind is Kind.COMPLAINT_COUNCILLOR
    key = "complaint.kept_councillor" if councillor else "complaint.kept"
    return _for_the_desk(situation, DeskKind.COMPLAINT, key)


def _for_the_desk(situation: Situation, kind: DeskKind, key: str) -> Turn:
    item = keep_for_desk(
        kind, situation.pack.code, situation.contact, situation.text, situation.now, situation.mint
    )
    return Turn(situation.draft, Outcome(new=(item,), notices=(situation.reply(key),)))


def not_understood(situation: Situation) -> Turn:
    """Said kindly, with what would help."""
    return say(situation.draft, situation.reply("not_understood"))


def yes_to_nothing(situation: Situation) -> Turn:
    """A yes or a no that answers nothing we asked."""
    return ask_again(situation) if situation.draft.telling else not_understood(situation)
