"""How many messages a second are answered, beside a bare loop that only keeps them."""

import json
import sqlite3
import time
from pathlib import Path

from tests.bench import load
from tests.bench.residents import conversations
from tests.bench.results import Result, percentile
from tests.product import Product, product

CONVERSATIONS = 600
WARM = 20
LINES = 32
BARE = 2000


def measure(folder: Path) -> list[Result]:
    """Residents talk to `streetcall run` over SQLite, 32 at a time, with and without the encoder."""
    bare = _bare_loop(folder / "bare.db")
    whole = _talks(folder / "whole")
    small = _talks(folder / "small", nlp="small")
    return [
        Result("messages kept by a bare loop", bare, "a second"),
        *_figures("", *whole, budget=100),
        Result("answered, as a share of the bare loop", whole[0] / bare, "ratio", 0.15, at_least=True),
        *_figures(" (STREETCALL_NLP=small)", *small, budget=200),
    ]


def _figures(kind: str, rate: float, p99: float, lost: int, budget: float) -> list[Result]:
    return [
        Result(f"messages answered{kind}", rate, "a second", budget, at_least=True),
        Result(f"answer in the chat{kind}, p99", 1000 * p99, "ms"),
        Result(f"messages without an answer{kind}", lost, "", 0),
    ]


def _talks(folder: Path, **settings: object) -> tuple[float, float, int]:
    """Messages a second, the 99th percentile of their seconds, and how many were not answered."""
    with product(folder, limits="off", **settings) as running:
        _say(running, WARM)
        started = time.perf_counter()
        answers = _say(running, CONVERSATIONS)
        took = time.perf_counter() - started
    lost = sum(answer.status != 200 for answer in answers)
    return len(answers) / took, percentile([a.seconds for a in answers], 0.99), lost


def _say(running: Product, count: int) -> list[load.Answer]:
    return load.one_after_another(running.port, conversations(count), LINES)


def _bare_loop(file: Path) -> float:
    """Parse an update and insert it, one transaction each, as durable as ours: messages a second."""
    file.parent.mkdir(parents=True, exist_ok=True)
    update = json.dumps({"conversation": "c" * 32, "message_id": "m" * 32, "text": "sofa dumped"})
    keeper = sqlite3.connect(file, isolation_level=None)
    keeper.execute("PRAGMA journal_mode=WAL")
    keeper.execute("PRAGMA synchronous=FULL")
    keeper.execute("CREATE TABLE inbox (id INTEGER PRIMARY KEY, conversation TEXT, payload TEXT)")
    started = time.perf_counter()
    for _ in range(BARE):
        said = json.loads(update)
        keeper.execute("BEGIN IMMEDIATE")
        row = (said["conversation"], update)
        keeper.execute("INSERT INTO inbox (conversation, payload) VALUES (?, ?)", row)
        keeper.execute("COMMIT")
    took = time.perf_counter() - started
    keeper.close()
    return BARE / took
