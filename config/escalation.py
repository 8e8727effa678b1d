"""escalation.toml: when a cluster is laid before councillors, and what they may do then."""

from casework.escalation import Committee, Escalation, FlagRule, Track, WardBudget
from config.documents import Document, read_heading, read_list
from config.entries import Placed
from config.faults import Faults
from config.schema import BudgetEntry, CommitteeEntry, FlagEntry, HandlingEntry

HEADINGS = ("flag", "councillors", "budget", *Track)


def read_escalation(document: Document, faults: Faults) -> Placed[Escalation]:
    """What the file says, the usual where it says nothing, and where it says it."""
    rules = read_list(document, ("flag",), FlagEntry, faults)
    handling = read_heading(document, "councillors", HandlingEntry, faults) or HandlingEntry()
    budget = read_heading(document, "budget", BudgetEntry, faults) or BudgetEntry()
    most = budget.most_pounds_at_once
    escalation = Escalation(
        rules=tuple(FlagRule(r.days_beyond_promise, r.voices, r.reopenings, r.harm) for r in rules.values),
        handling=handling.handling,
        most_calls=handling.most_calls_a_year,
        answer_days=handling.answer_days,
        committees=_committees(document, faults),
        budget=WardBudget(budget.pounds_a_year * 100, budget.first_month, most * 100 if most else None),
    )
    return Placed(escalation, document.file, 1, (), document.lines)


def _committees(document: Document, faults: Faults) -> dict[Track, Committee]:
    given = [track for track in Track if track in document.root]
    named = {track: read_heading(document, track, CommitteeEntry, faults) for track in given}
    return {
        track: Committee(entry.committee, entry.copy_to, frozenset(entry.exempt))
        for track, entry in named.items()
        if entry
    }
