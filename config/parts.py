"""The entries of a pack's files before they are checked against each other."""

from dataclasses import dataclass

from casework.escalation import Escalation
from casework.packs import (
    Authority,
    Body,
    Category,
    Councillor,
    EmergencyAdvice,
    ExcludedMatter,
    Reason,
    Route,
    Service,
    Signatory,
    StaffMember,
    Standard,
)
from casework.places import Area
from config.entries import Listing, Placed
from config.gazetteer import Gazetteer
from config.spans import Span


@dataclass(frozen=True, slots=True)
class Parts:
    """What each file says by itself."""

    authority: Authority | None
    areas: Listing[Area]
    bodies: Listing[Body]
    services: Listing[Service]
    categories: Listing[Category]
    excluded: Listing[ExcludedMatter]
    emergencies: Listing[EmergencyAdvice]
    routes: Listing[Route]
    standards: Listing[Standard]
    reasons: Listing[Reason]
    signatories: Listing[Signatory]
    priorities: tuple[str, ...]
    councillors: Listing[Councillor]
    staff: Listing[StaffMember]
    gazetteer: Gazetteer
    escalation: Placed[Escalation]


def span_of(value: Area | Route | Standard | Councillor | StaffMember) -> Span:
    """The time for which it holds, or is in office."""
    if isinstance(value, Councillor | StaffMember):
        return Span(value.since, value.until)
    return Span(value.valid_from, value.valid_to)
