"""`make bench`: every budget measured, a table on the screen and bench.json beside it."""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from tests.bench import answering, joining, starting, wards, webhooks
from tests.bench.results import Result, machine, show, write

MEASURES: Mapping[str, Callable[[Path], list[Result]]] = {
    "starting": starting.measure,
    "wards": wards.measure,
    "webhooks": webhooks.measure,
    "answering": answering.measure,
    "joining": joining.measure,
}


def main(names: Sequence[str]) -> int:
    """Measure what is named, or everything; 1 where a budget is missed, 2 for an unknown name."""
    console = Console()
    if unknown := set(names) - set(MEASURES):
        console.print(f"There is no measure {', '.join(sorted(unknown))}. There are {', '.join(MEASURES)}.")
        return 2
    console.print(machine())
    results: list[Result] = []
    for name in names or MEASURES:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="streetcall-bench-") as folder:
            results += MEASURES[name](Path(folder) / name)
        console.print(f"{name}: {time.monotonic() - started:.0f} s")
    show(results, console)
    write(results, Path("bench.json"))
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
