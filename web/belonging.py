"""What the sort page shows and does where the question is which reports belong together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from casework import bursts
from casework.cases import Case, DeskItem, DeskKind, Move, Report
from casework.errors import NotAllowed
from casework.merging import merge, older_first, undo
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome, folded
from casework.packs import Pack
from web.case_words import CaseWords

KINDS = frozenset({DeskKind.SAME_PROBLEM, DeskKind.SAME_WORDS})
"""The items that ask which reports belong together."""

DEEDS = ("merge", "apart", "undo", "count", "discount")

MOST_SHOWN = 10
"""So many of the other reports are shown."""


class Kept(Protocol):
    """Where cases and moves are read."""

    def case(self, cluster_id: str) -> Case | None:
        """The case of that cluster."""

    def present_case(self, cluster_id: str) -> Case | None:
        """The case of that cluster, or of the one it was merged into."""

    def moves_of(self, cluster_id: str) -> tuple[Move, ...]:
        """The moves of the cluster that were not undone, newest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """Another report, as staff see it."""

    title: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The other reports, and what can be done."""

    title: str
    others: tuple[Told, ...]
    deeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """One question of that sort: the case of the item's report, and the other where there is one."""

    cases: Kept
    pack: Pack
    case: Case
    item: DeskItem

    def shown(self, words: CaseWords) -> Shown:
        """What the page has of it."""
        others = [r for r in self._other_reports() if r.id != self.item.report_id]
        told = tuple(
            Told(
                f"{report.reference}: {words.what(report.category)}, {words.where(report)}",
                words.moment(report.created_at),
                report.text,
            )
            for report in others[:MOST_SHOWN]
        )
        together = self.item.kind is DeskKind.SAME_PROBLEM and self._is_together()
        return Shown(
            words.t(f"sort.belonging.{'merged' if together else self.item.kind}"), told, self._deeds()
        )

    def _other_reports(self) -> Sequence[Report]:
        if self.item.kind is DeskKind.SAME_WORDS:
            return [report for report in self.case.reports if report.doubtful]
        other = self.cases.present_case(self.item.words)
        return other.reports if other else ()

    def _is_together(self) -> bool:
        other = self.cases.present_case(self.item.words)
        return other is not None and other.cluster.id == self.case.cluster.id

    def _deeds(self) -> tuple[str, ...]:
        if self.item.kind is DeskKind.SAME_WORDS:
            return () if self.item.done_at else ("count", "discount")
        if self._last_deed():
            return ("undo",)
        return () if self.item.done_at or self._is_together() else ("merge", "apart")

    def outcome(self, deed: str, actor: str, now: datetime, mint: Mint) -> Outcome:
        """What the button leads to. Raises NotAllowed for one that is not, or no longer, there."""
        if deed not in DEEDS:
            raise NotAllowed("nothing chosen", key="act.choose")
        if deed not in self._deeds():
            raise NotAllowed("done already", key="sort.already_done")
        if deed == "undo":
            return self._undone(actor, now, mint)
        if deed == "merge":
            return self._merged(actor, now, mint)
        if deed == "apart":
            audit = AuditEntry(now, actor, "reports_kept_apart", self.item.report_id or "")
            return Outcome(changed=(replace(self.item, done_at=now, done_by=actor),), audit=(audit,))
        return bursts.decide(self.case, self.item, deed == "count", actor, now)

    def _merged(self, actor: str, now: datetime, mint: Mint) -> Outcome:
        other = self.cases.present_case(self.item.words)
        if other is None:
            raise NotAllowed("the other case is gone", key="merge.over")
        kept, gone = older_first(self.case, other)
        done = Outcome(changed=(replace(self.item, done_at=now, done_by=actor),))
        return folded(merge(self.pack, kept, gone, actor, now, mint) + done)

    def _last_deed(self) -> tuple[Move, ...]:
        """What moved this report last, if that can still be undone."""
        moves = [m for m in self.cases.moves_of(self.case.cluster.id) if m.to_cluster == self.case.cluster.id]
        own = {self.item.report_id, *(m.report_id for m in moves if m.from_cluster == self.item.words)}
        last = next((move.deed for move in moves if move.report_id in own), None)
        return tuple(move for move in moves if move.deed == last) if last else ()

    def _undone(self, actor: str, now: datetime, mint: Mint) -> Outcome:
        moves = self._last_deed()
        before = self.cases.case(moves[0].from_cluster)
        if before is None:
            raise NotAllowed("nothing to undo", key="merge.nothing_to_undo")
        return undo(self.pack, moves, self.case, before, actor, now, mint)
