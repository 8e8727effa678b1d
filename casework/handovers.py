"""Passing a case on: from service to service, never in circles, and in the end to a person."""

from dataclasses import replace
from datetime import datetime

from casework.acting import Act, may_act
from casework.calendars import local
from casework.cases import Case, Cluster, DeskItem, DeskKind, Hands, Offer, Report
from casework.errors import NotAllowed
from casework.filing import desk_item
from casework.minting import Mint
from casework.offers import answer_by, check_holder, has_refused, make_offer
from casework.outcomes import AuditEntry, Notice, Outcome
from casework.packs import COUNCILLORS, Pack, Use
from casework.promises import unpaused
from casework.routing import recipients
from casework.states import OPEN, State
from casework.telling import cluster_update, tell_all, tell_holder

MOST_HANDOVERS = 3
"""A case is passed on at most so often before it goes to a person (a bounce limit)."""


def hand_over(
    pack: Pack, case: Case, to: str | None, reason: str, actor: str, words: str, now: datetime, mint: Mint
) -> Outcome:
    """The service says "not ours": the case goes on to ``to``, or to a person.

    To a person where nobody knows whose it is, where ``to`` has refused it before, and after so many
    hand-overs. ``reason`` is one of the charter's codes, or "" where only words were said. The resident
    is told once, kindly, and never that it was the wrong council (3.62).
    """
    check_holder(pack, case, actor, now)
    if not may_act(case, Act.NOT_OURS):
        raise NotAllowed("the case is over", key="act.over")
    if to is not None and to != COUNCILLORS and pack.service(to) is None:
        raise NotAllowed("no such service", key="act.no_service")
    if reason and not _is_listed(pack, reason):
        raise NotAllowed("no such reason", key="act.why_not_ours")
    case, pauses = unpaused(pack, case, actor, now)
    refused = _refused(pack, case, reason, words, actor, now, mint)
    onward = _onward(pack, case, to, now)
    cluster = replace(
        case.cluster,
        service=onward,
        handovers=case.cluster.handovers + 1,
        state=State.CONFIRMED if onward else State.FOR_TRIAGE,
        hands=Hands.OFFERED if onward else Hands.NOBODY,
        changed_at=now,
    )
    # The date that was told stands: whoever takes the case takes it over.
    promises = tuple(replace(p, service=onward or p.service) for p in case.open_promises)
    update = cluster_update(case, "update.passed_on", actor, now, mint, cluster.state, "")
    note = replace(update, id=mint.id(), key="update.not_ours", words=words.strip(), public=False, state=None)
    new_refusal = () if case.offer else (refused,)
    return Outcome(
        new=(*new_refusal, *_next(pack, case, cluster, actor, words, now, mint)),
        changed=(cluster, *pauses, *(() if new_refusal else (refused,)), *promises),
        updates=(update, note),
        audit=(
            AuditEntry(
                now, actor, "case_passed_on", cluster.id, {"to": onward, "named": to, "reason": reason}
            ),
        ),
        notices=(
            *_offered(pack, case, cluster, now),
            *(tell_all(pack, case, cluster, "told.passed_on") if case.cluster.handovers == 0 else ()),
        ),
    )


def _is_listed(pack: Pack, reason: str) -> bool:
    found = pack.reason(reason)
    return found is not None and Use.NOT_OURS in found.uses


def _refused(pack: Pack, case: Case, reason: str, words: str, actor: str, now: datetime, mint: Mint) -> Offer:
    """The offer that is refused; made up where the case came to the service before offers were kept."""
    cluster = case.cluster
    offer = case.offer or replace(
        make_offer(pack, cluster, str(cluster.service), "system", now, mint), offered_at=cluster.opened_at
    )
    return replace(offer, refused_at=now, reason=reason or None, words=words.strip(), actor=actor)


def _onward(pack: Pack, case: Case, to: str | None, now: datetime) -> str | None:
    """Where the case can go by itself; None where a person must find out."""
    if to is None or to == case.cluster.service or has_refused(case, to):
        return None
    if case.cluster.handovers >= MOST_HANDOVERS:
        return None
    today = local(now, pack.calendar).date()
    return to if recipients(pack, to, case.cluster.ward, today) else None


def _next(
    pack: Pack, case: Case, cluster: Cluster, actor: str, words: str, now: datetime, mint: Mint
) -> tuple[Offer | DeskItem, ...]:
    """The offer to the next service, or the item on the desk."""
    if cluster.service is not None:
        return (make_offer(pack, cluster, cluster.service, actor, now, mint),)
    return (desk_item(DeskKind.NOT_OURS, _spoken_for(case), now, mint, words.strip()),)


def _spoken_for(case: Case) -> Report:
    return case.standing[0] if case.standing else case.reports[0]


def _offered(pack: Pack, case: Case, cluster: Cluster, now: datetime) -> tuple[Notice, ...]:
    """One mail for the case, not one for each report: the page behind its link shows all of them."""
    return tell_holder(pack, cluster, _spoken_for(case), "service.new_report", now)


def chase(pack: Pack, case: Case, now: datetime, mint: Mint) -> Outcome:
    """Nobody has said in time that the case is theirs: the service is reminded, then a person called."""
    offer = case.offer
    if offer is None or not is_unanswered(offer, now) or case.cluster.state not in OPEN:
        return Outcome()
    report = _spoken_for(case)
    if offer.chased_at is None:
        return Outcome(
            changed=(replace(offer, chased_at=now, answer_by=answer_by(pack, now)),),
            audit=(AuditEntry(now, "system", "offer_chased", offer.id, {"service": offer.service}),),
            notices=tell_holder(pack, case.cluster, report, "service.not_accepted", now),
        )
    known = any(item.kind is DeskKind.NOT_ACCEPTED for item in case.desk)
    return Outcome(
        new=() if known else (desk_item(DeskKind.NOT_ACCEPTED, report, now, mint),),
        changed=(replace(offer, raised_at=now),),
        audit=(AuditEntry(now, "system", "offer_raised", offer.id, {"service": offer.service}),),
    )


def is_unanswered(offer: Offer, now: datetime) -> bool:
    """True if the service should have said by now whether the case is its own."""
    answered = offer.accepted_at is not None or offer.refused_at is not None
    return not answered and offer.raised_at is None and offer.answer_by < now
