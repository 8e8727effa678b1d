"""The dossier of a matter: everything that a committee needs to judge it, as plain data.

It has numbers of people and never names (2.6, 2.32): what was told, promised, broken and tried,
who was not heard, what is asked for, and whether it has a way of its own. A councillor edits the
texts and signs; storage keeps each version as it was. ``complaint`` is the whole record of one
report for whoever looks at how it was dealt with (2.35, 6.7).

Both are mappings of texts, numbers, lists and ISO 8601 instants, so that they are kept, exported
and shown alike.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime

from casework.calls import Matter
from casework.cases import Answer, Case, Photo, PromiseEnd, Publication, Report, Update, state_of
from casework.errors import NotAllowed
from casework.ladder import Deed
from casework.packs import Pack
from casework.stepping import UPDATES, said

EDITABLE = ("issue", "tried", "not_heard", "other_bodies", "sought", "spoken_for")
"""The texts that a councillor writes."""

ABOUT_10_M = 4
"""Decimals of a degree at which a place is shown."""

Body = Mapping[str, object]


def dossier(
    pack: Pack, matter: Matter, history: Iterable[Update], photos: Iterable[Photo], now: datetime
) -> dict[str, object]:
    """The dossier as it stands now, with the texts of its latest version."""
    call, case = matter.call, matter.case
    kept = matter.dossier.body if matter.dossier else {}
    texts = {name: str(kept.get(name, "")) for name in EDITABLE} | _newest_texts(matter)
    return {
        "reference": call.reference if call else (case.reports[0].reference if case else ""),
        "title": call.title if call else "",
        "ward": matter.ward,
        "stage": str(matter.stage or ""),
        "track": str(call.track or "") if call else "",
        "category": case.cluster.category if case else "",
        "excluded": (call.excluded or "") if call else "",
        "systemic": call.systemic if call else False,
        "made_at": now.isoformat(),
        **texts,
        "figures": figures(case, now) if case else {},
        "promises": promises(case, now) if case else [],
        "timeline": timeline(matter, history),
        "attempts": [
            {
                "at": s.at.isoformat(),
                "deed": str(s.deed),
                "actor": s.actor,
                "words": s.words,
                "details": dict(s.details),
            }
            for s in matter.steps
            if s.deed in {Deed.ATTEMPT, Deed.ASK, Deed.ANSWER, Deed.FUND}
        ],
        "checks": [
            {"kind": str(c.kind), "question": c.question, "passed": c.passed, "reason": c.reason}
            for c in matter.checks
            if call and c.draft == call.drafts
        ],
        "place": _place(case) if case else None,
        "photos": [photo.id for photo in photos if photo.publication is not Publication.PRIVATE],
    }


def _newest_texts(matter: Matter) -> dict[str, str]:
    """What the draft of the referral says, where no newer version of the dossier says otherwise."""
    call, kept = matter.call, matter.dossier
    if call is None or (kept is not None and kept.draft == call.drafts):
        return {}
    issue = next((s.words for s in reversed(matter.steps) if s.deed in {Deed.DRAFT, Deed.OPEN}), "")
    drafted = {
        "issue": issue,
        "sought": call.sought,
        "other_bodies": call.other_bodies,
        "spoken_for": call.spoken_for,
    }
    return {name: text for name, text in drafted.items() if text}


def edited(body: Body, texts: Mapping[str, str]) -> dict[str, object]:
    """The dossier with a councillor's texts. Raises NotAllowed without the issue and what is sought."""
    changed = {name: said(texts[name]) for name in EDITABLE if name in texts}
    new = dict(body) | changed
    for name, key in (("issue", "call.reason_needed"), ("sought", "call.sought_needed")):
        if not new.get(name):
            raise NotAllowed("something is missing", key=key)
    return new


def figures(case: Case, now: datetime) -> dict[str, object]:
    """How many told of it and when, who answered, and who was not heard."""
    told = [report.created_at for report in case.standing]
    answers = Counter(question.answer for question in case.questions)
    return {
        "voices": case.voices,
        "reports": len(case.standing),
        "withdrawn": len(case.reports) - len(case.standing),
        "distinct_days": len({moment.date() for moment in told}),
        "first_at": min(told).isoformat() if told else "",
        "last_at": max(told).isoformat() if told else "",
        "days_open": (now - case.cluster.opened_at).days,
        "reopened": len({q.asked_at for q in case.questions if q.answer is Answer.NO}),
        "asked": len(case.questions),
        "said_fixed": answers[Answer.YES],
        "said_not_fixed": answers[Answer.NO],
        "silent": answers[None],
        "not_reachable": sum(report.contact_id is None for report in case.standing),
        "languages": dict(Counter(report.language for report in case.standing)),
    }


def promises(case: Case, now: datetime) -> list[dict[str, object]]:
    """What was promised and what became of it, the oldest first."""
    return [
        {
            "made_at": promise.made_at.isoformat(),
            "due_at": promise.due_at.isoformat(),
            "service": promise.service or "",
            "end": _end(promise.end, promise.due_at, now),
            "ended_at": promise.ended_at.isoformat() if promise.ended_at else "",
        }
        for promise in case.promises
        if promise.end is not PromiseEnd.WITHDRAWN
    ]


def _end(end: PromiseEnd | None, due_at: datetime, now: datetime) -> str:
    if end is not None:
        return str(end)
    return "overdue" if due_at < now else "running"


def timeline(matter: Matter, history: Iterable[Update]) -> list[dict[str, object]]:
    """Everything public that happened to the case and on the ladder, in its order.

    A resident's own words are left out: nobody has looked at them.
    """
    of_case: list[dict[str, object]] = [
        {
            "at": update.at.isoformat(),
            "key": update.key,
            "actor": update.actor,
            "words": "" if update.actor == "resident" else update.words,
        }
        for update in history
        if update.public and update.key not in UPDATES.values()
    ]
    of_call: list[dict[str, object]] = [
        {
            "at": step.at.isoformat(),
            "deed": str(step.deed),
            "actor": step.actor,
            "words": step.words,
            "details": dict(step.details),
        }
        for step in matter.steps
        if step.public
    ]
    return sorted((*of_case, *of_call), key=lambda entry: str(entry["at"]))


def _place(case: Case) -> dict[str, object]:
    point = case.cluster.point
    return {
        "latitude": round(point.latitude, ABOUT_10_M),
        "longitude": round(point.longitude, ABOUT_10_M),
        "reports": [
            [round(report.latitude, ABOUT_10_M), round(report.longitude, ABOUT_10_M)]
            for report in case.standing
        ],
    }


# --- For whoever looks at how it was dealt with -------------------------------------------------


def complaint(
    pack: Pack, matter: Matter, report: Report | None, history: Iterable[Update], now: datetime
) -> dict[str, object]:
    """The whole record of one report, or of a call without one: also what was not public.

    Who decided is named by id or service, the reporter never.
    """
    call, case = matter.call, matter.case
    told = (
        {
            "reference": report.reference,
            "told_at": report.created_at.isoformat(),
            "words": report.text,
            "place": report.label,
            "category": report.category,
            "state": str(state_of(report, case.cluster)),
        }
        if report and case
        else None
    )
    return {
        "authority": pack.authority.name,
        "made_at": now.isoformat(),
        "report": told,
        "service": case.cluster.service if case else None,
        "ward": matter.ward,
        "promises": promises(case, now) if case else [],
        "questions": [_plain(asdict(q), "contact_id") for q in case.questions] if case else [],
        "offers": [_plain(asdict(offer)) for offer in case.offers] if case else [],
        "pauses": [_plain(asdict(pause)) for pause in case.pauses] if case else [],
        "history": [
            _plain(asdict(update))
            for update in history
            if update.report_id is None or report is None or update.report_id == report.id
        ],
        "call": _plain(asdict(call)) if call else None,
        "steps": [_plain(asdict(step)) for step in matter.steps],
        "checks": [_plain(asdict(check)) for check in matter.checks],
        "referrals": [_plain(asdict(referral)) for referral in matter.referrals],
        "clocks": [_plain(asdict(clock)) for clock in matter.clocks],
        "recommendations": [_plain(asdict(r)) for r in matter.recommendations],
        "responses": [_plain(asdict(response)) for response in matter.responses],
        "budget": [_plain(asdict(line)) for line in matter.lines],
    }


def _plain(thing: Mapping[str, object], *without: str) -> dict[str, object]:
    """A thing's fields as JSON has them, without what storage keeps for itself."""
    hidden = {"version", *without}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in thing.items()
        if name not in hidden
    }
