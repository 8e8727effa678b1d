"""In whose hands a case is: offered to a service, accepted or refused, and who may act on it."""

from dataclasses import replace
from datetime import datetime

from casework.calendars import add_working_days, end_of_day, local
from casework.cases import Case, Cluster, Offer
from casework.errors import NotAllowed
from casework.minting import Mint
from casework.packs import Pack
from casework.routing import recipients, service_name


def make_offer(
    pack: Pack, cluster: Cluster, service: str, offered_by: str, now: datetime, mint: Mint
) -> Offer:
    """The case laid into a service's hands, to be accepted within the pack's working days."""
    return Offer(
        id=mint.id(),
        cluster_id=cluster.id,
        jurisdiction=pack.code,
        category=cluster.category,
        ward=cluster.ward,
        service=service,
        offered_by=offered_by,
        offered_at=now,
        answer_by=answer_by(pack, now),
    )


def answer_by(pack: Pack, now: datetime) -> datetime:
    """Until when a service should say whether a case is its own."""
    today = local(now, pack.calendar).date()
    return end_of_day(add_working_days(today, pack.authority.accept_within, pack.calendar), pack.calendar)


def accepted(case: Case, actor: str, now: datetime) -> tuple[Offer, ...]:
    """The offer that a service takes up by doing something; empty where it did so before."""
    offer = case.offer
    if offer is None or offer.accepted_at is not None:
        return ()
    return (replace(offer, accepted_at=now, actor=actor),)


def has_refused(case: Case, service: str | None) -> bool:
    """True if the service has said of this case that it is not its own."""
    return any(offer.service == service for offer in case.refusals)


def is_holder(pack: Pack, case: Case, actor: str, now: datetime) -> bool:
    """True if the case is with this ``service:CODE`` or ``councillor:ID``, or it is no such actor.

    A link of a service that has passed the case on does nothing any more, nor that of somebody
    who is not the ward's councillor now.
    """
    if not actor.startswith(("service:", "councillor:")):
        return True
    holder = case.cluster.service
    if holder is None:
        return False
    return actor in recipients(pack, holder, case.cluster.ward, local(now, pack.calendar).date())


def check_holder(pack: Pack, case: Case, actor: str, now: datetime) -> None:
    """Raise NotAllowed where the case is no longer with this actor."""
    if not is_holder(pack, case, actor, now):
        raise NotAllowed("passed on", key="act.passed_on", who=service_name(pack, case.cluster.service))
