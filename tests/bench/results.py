"""What was measured, beside its budget; as a table for people and as bench.json for programs."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. ``budget`` is what it must keep, None where it only informs.

    ``at_least`` says that more is better; otherwise less is.
    """

    name: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """True where the budget holds, or there is none."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.at_least else self.value <= self.budget


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median_run(runs: Sequence[Sequence[Result]]) -> list[Result]:
    """Of several runs of the same measures, the median of each figure."""
    middle = []
    for same in zip(*runs, strict=True):
        first = same[0]
        value = statistics.median(result.value for result in same)
        middle.append(Result(first.name, value, first.unit, first.budget, first.at_least))
    return middle


def machine() -> str:
    """What this ran on: processors, Python, system, and how busy it was."""
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform()}, load {busy:.1f}"
    )


def show(results: Sequence[Result], console: Console) -> None:
    """The table."""
    table = Table("measure", "value", "unit", "budget", "")
    for result in results:
        sign = "≥" if result.at_least else "≤"
        budget = "" if result.budget is None else f"{sign} {result.budget:g}"
        verdict = "" if result.budget is None else "holds" if result.ok else "[bold]MISSED[/bold]"
        table.add_row(result.name, f"{result.value:,.2f}", result.unit, budget, verdict)
    console.print(table)


def write(results: Sequence[Result], to: Path) -> None:
    """bench.json."""
    rows = [
        {key: value for key, value in asdict(result).items() if key != "at_least"} | {"ok": result.ok}
        for result in results
    ]
    to.write_text(json.dumps({"machine": machine(), "results": rows}, indent=2) + "\n")
