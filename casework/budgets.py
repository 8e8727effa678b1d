"""A ward's budget (2.28, 2.32): what its councillors may spend at once on what they hear of.

All money is in pence. Every line changes its ledger's version: of two councillors who commit at
the same instant one is refused by storage, reads the ledger again, and may find it spent.
"""

import re
from dataclasses import replace
from datetime import date

from casework.calls import BudgetLine, CallForAction, Ledger, LineKind
from casework.errors import NotAllowed
from casework.escalation import WardBudget
from casework.ladder import Deed
from casework.offices import acting_councillor
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Role
from casework.stepping import Scene, said, step

MOST_PENCE = 100_000_000_00
"""Nobody's ward budget is a hundred million pounds: a slip of the finger."""

_AMOUNT = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{2}))?")


def read_amount(text: str) -> int:
    """Pence from what somebody typed: 150, £150, 1,200.50. Raises NotAllowed for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise NotAllowed("not an amount", key="budget.not_an_amount")
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)


def pounds(pence: int) -> str:
    """As it is written: 150 or 150.50."""
    whole, rest = divmod(pence, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def year_of(budget: WardBudget, day: date) -> date:
    """The day on which the budget's year began that holds this day."""
    year = day.year if day.month >= budget.first_month else day.year - 1
    return date(year, budget.first_month, 1)


def allocate(scene: Scene, ward: str, ledger: Ledger | None, pence: int, words: str) -> Outcome:
    """Money for a ward: a new year's ledger, or more in the one that there is.

    The clock allocates what the pack says; an officer may add to it.
    """
    _check_pence(pence)
    begins = year_of(scene.pack.escalation.budget, scene.today)
    held = ledger or Ledger(scene.mint.id(), scene.pack.code, ward, begins, 0, 0, 0)
    more = replace(held, allocated=held.allocated + pence)
    line = _line(scene, held, LineKind.ALLOCATION, pence, words)
    return Outcome(
        new=(*(() if ledger else (more,)), line),
        changed=(more,) if ledger else (),
        audit=(_audit(scene, line),),
    )


def commit_funds(scene: Scene, ledger: Ledger | None, pence: int, words: str) -> Outcome:
    """A councillor commits money to a case, with the line that everybody can read.

    Raises NotAllowed for an amount that is none, more than there is, or more than may go at once.
    """
    acting_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    call = scene.call
    if ledger is None or ledger.ward != call.ward or _is_over(scene, ledger):
        raise NotAllowed("no budget", key="budget.none")
    _check_pence(pence)
    most = scene.pack.escalation.budget.most_pence
    if most is not None and pence > most:
        raise NotAllowed("too much at once", key="budget.too_much_at_once", most=pounds(most))
    if pence > ledger.balance:
        raise NotAllowed("not enough left", key="budget.overspent", balance=pounds(ledger.balance))
    line = _of(call, _line(scene, ledger, LineKind.COMMITMENT, pence, words))
    told = {"amount": pounds(pence)}
    outcome = step(scene, Deed.FUND, call, words, details={"pence": pence, "line": line.id}, told=told)
    return outcome + Outcome(
        new=(line,),
        changed=(replace(ledger, committed=ledger.committed + pence),),
        audit=(_audit(scene, line),),
    )


def pay(scene: Scene, ledger: Ledger, commitment: BudgetLine, pence: int, words: str) -> Outcome:
    """Money goes out of a commitment; recorded by an officer. Raises NotAllowed for more than is left."""
    _check_left(scene, ledger, commitment, pence)
    line = _out_of(scene, ledger, LineKind.PAYMENT, commitment, pence, words)
    paid = replace(ledger, committed=ledger.committed - pence, paid=ledger.paid + pence)
    return Outcome(new=(line,), changed=(paid,), audit=(_audit(scene, line),))


def release(scene: Scene, ledger: Ledger, commitment: BudgetLine, words: str) -> Outcome:
    """What is left of a commitment may be spent on something else; by its councillor or an officer."""
    pence = left_of(scene, commitment)
    _check_left(scene, ledger, commitment, pence)
    line = _out_of(scene, ledger, LineKind.RELEASE, commitment, pence, words)
    freed = replace(ledger, committed=ledger.committed - pence)
    return Outcome(new=(line,), changed=(freed,), audit=(_audit(scene, line),))


def left_of(scene: Scene, commitment: BudgetLine) -> int:
    """What of a commitment was neither paid nor released."""
    gone = (line.pence for line in scene.matter.lines if line.commitment_id == commitment.id)
    return commitment.pence - sum(gone)


def _check_left(scene: Scene, ledger: Ledger, commitment: BudgetLine, pence: int) -> None:
    if scene.actor.startswith("councillor:"):
        acting_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    elif not _is_officer(scene):
        raise NotAllowed("no officer", key="budget.not_officer")
    known = commitment.kind is LineKind.COMMITMENT and commitment in scene.matter.lines
    if not known or commitment.ledger_id != ledger.id:
        raise NotAllowed("no such commitment", key="budget.no_commitment")
    _check_pence(pence)
    if pence > (left := left_of(scene, commitment)):
        raise NotAllowed("more than is left", key="budget.more_than_committed", left=pounds(left))


def _check_pence(pence: int) -> None:
    if not 0 < pence <= MOST_PENCE:
        raise NotAllowed("not an amount", key="budget.not_an_amount")


def _is_officer(scene: Scene) -> bool:
    return any(
        scene.actor == f"staff:{s.id}" and s.role in {Role.SCRUTINY, Role.ADMIN} and s.in_office(scene.today)
        for s in scene.pack.staff
    )


def _is_over(scene: Scene, ledger: Ledger) -> bool:
    return ledger.begins != year_of(scene.pack.escalation.budget, scene.today)


def _line(scene: Scene, ledger: Ledger, kind: LineKind, pence: int, words: str) -> BudgetLine:
    public = said(words)
    if not public:
        raise NotAllowed("a public line is needed", key="budget.words_needed")
    return BudgetLine(
        id=scene.mint.id(),
        ledger_id=ledger.id,
        jurisdiction=scene.pack.code,
        ward=ledger.ward,
        kind=kind,
        pence=pence,
        words=public,
        actor=scene.actor,
        at=scene.now,
    )


def _out_of(
    scene: Scene, ledger: Ledger, kind: LineKind, commitment: BudgetLine, pence: int, words: str
) -> BudgetLine:
    line = _line(scene, ledger, kind, pence, words)
    return replace(_of(scene.call, line), commitment_id=commitment.id)


def _of(call: CallForAction, line: BudgetLine) -> BudgetLine:
    return replace(line, cluster_id=call.cluster_id, call_id=call.id)


def _audit(scene: Scene, line: BudgetLine) -> AuditEntry:
    details = {"kind": str(line.kind), "pence": line.pence, "ward": line.ward}
    return AuditEntry(scene.now, scene.actor, f"budget_{line.kind}", line.id, details)
