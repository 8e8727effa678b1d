"""Somebody who works on a case asks those who reported it; their answers land in the case."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from casework.cases import Case, Inquiry, Photo, Report
from casework.errors import NotAllowed
from casework.filing import filed_parameters, make_update
from casework.minting import Mint
from casework.offers import check_holder
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack
from casework.routing import service_name
from casework.states import FIXED, OPEN

MOST_LETTERS = 160
"""A question has to fit into two text messages, with what it is about."""

HOLDS = timedelta(days=7)
"""So long after it was asked, a message may be its answer."""


def ask_residents(
    pack: Pack,
    case: Case,
    words: str,
    actor: str,
    now: datetime,
    mint: Mint,
    report_ids: Sequence[str] = (),
) -> Outcome:
    """A service or councillor asks the people of these reports, or all of the case's, in its own words.

    Raises NotAllowed where the case is not with them or is over, nothing is asked, or nobody is left
    who could answer.
    """
    check_holder(pack, case, actor, now)
    asked = words.strip()
    if not asked:
        raise NotAllowed("no question", key="act.question_needed")
    if len(asked) > MOST_LETTERS:
        raise NotAllowed("too long", key="act.question_too_long", most=MOST_LETTERS)
    if case.cluster.state not in OPEN | FIXED:
        raise NotAllowed("the case is over", key="act.over")
    to = _reachable(case, report_ids)
    if not to:
        raise NotAllowed("nobody to ask", key="act.nobody_to_ask")
    return Outcome(
        new=tuple(
            Inquiry(mint.id(), report.id, str(report.contact_id), pack.code, actor, asked, now)
            for report in to
        ),
        updates=(
            make_update(
                to[0], "update.asked", actor, now, mint, words=asked, public=False, whole_cluster=True
            ),
        ),
        audit=(AuditEntry(now, actor, "residents_asked", case.cluster.id, {"reports": len(to)}),),
        notices=tuple(_question(pack, case, report, actor, asked) for report in to),
    )


def _reachable(case: Case, report_ids: Sequence[str]) -> list[Report]:
    """One report of each person who may be asked."""
    wanted = [r for r in case.standing if r.contact_id and (not report_ids or r.id in report_ids)]
    return list({case.person_of(report): report for report in reversed(wanted)}.values())[::-1]


def _question(pack: Pack, case: Case, report: Report, actor: str, words: str) -> Notice:
    return Notice(
        recipient=f"contact:{report.contact_id}",
        key="told.asked",
        parameters=filed_parameters(pack, report, case.cluster, None)
        | {"who": _asker(pack, actor), "words": words},
        wants="text",
        jurisdiction=pack.code,
        report_id=report.id,
    )


def _asker(pack: Pack, actor: str) -> str:
    kind, _, name = actor.partition(":")
    if kind == "councillor":
        return next((c.name for c in pack.councillors if c.id == name), pack.authority.short_name)
    return service_name(pack, name if kind == "service" else None)


def answer_inquiry(
    case: Case,
    inquiry: Inquiry,
    others: Iterable[Inquiry],
    words: str,
    photos: tuple[Photo, ...],
    now: datetime,
    mint: Mint,
) -> Outcome:
    """The resident's answer: kept in the case, shown to nobody outside, and mailed to who asked.

    ``others`` are questions of before that the same person did not answer: they are over too.
    """
    report = case.report(inquiry.report_id)
    over = {asked.id: asked for asked in (inquiry, *others)}
    told = dict.fromkeys((inquiry.actor, _holder(case) or inquiry.actor))
    return Outcome(
        changed=(
            *(replace(asked, answered_at=now) for asked in over.values()),
            *(replace(photo, report_id=report.id) for photo in photos),
        ),
        updates=(make_update(report, "update.answered", "resident", now, mint, words=words, public=False),),
        audit=(AuditEntry(now, "resident", "inquiry_answered", inquiry.id, {"photos": len(photos)}),),
        notices=tuple(_answer(inquiry, report, recipient, words, photos) for recipient in told),
    )


def _holder(case: Case) -> str | None:
    service = case.cluster.service
    return f"service:{service}" if service and service != COUNCILLORS else None


def _answer(
    inquiry: Inquiry, report: Report, recipient: str, words: str, photos: tuple[Photo, ...]
) -> Notice:
    return Notice(
        recipient=recipient,
        key="service.answered",
        parameters={"asked": inquiry.words, "words": words, "photos": [photo.id for photo in photos]},
        jurisdiction=report.jurisdiction,
        report_id=report.id,
    )


def leave_open(inquiries: Iterable[Inquiry], now: datetime) -> Outcome:
    """The resident will not answer."""
    asked = tuple(inquiries)
    return Outcome(
        changed=tuple(replace(inquiry, answered_at=now) for inquiry in asked),
        audit=tuple(AuditEntry(now, "resident", "inquiry_passed_over", inquiry.id) for inquiry in asked),
    )


def open_inquiries(inquiries: Iterable[Inquiry], now: datetime) -> list[Inquiry]:
    """Those that a message may still answer, the latest first."""
    waiting = [i for i in inquiries if i.answered_at is None and now - i.asked_at <= HOLDS]
    return sorted(waiting, key=lambda inquiry: inquiry.asked_at, reverse=True)
