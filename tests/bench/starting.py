"""How soon the product is ready, and how much memory it holds when nobody writes."""

import time
from pathlib import Path

from tests.bench.results import Result, median_run
from tests.product import Product

RUNS = 3
SETTLES_S = 3.0


def measure(folder: Path) -> list[Result]:
    """The demo borough from an empty data folder, three times."""
    return median_run([_once(folder / f"start-{number}") for number in range(RUNS)])


def _once(folder: Path) -> list[Result]:
    product = Product(folder, demo=1)
    try:
        started = time.monotonic()
        product.begin()
        took = time.monotonic() - started
        work = product.cpu_s()
        time.sleep(SETTLES_S)
        memory = product.memory_mb()
    finally:
        product.close()
    return [
        Result("start of streetcall run to ready", took, "s", 5.0),
        Result("processor time of the start", work, "s"),
        Result("memory, idle", memory, "MB", 400),
    ]
