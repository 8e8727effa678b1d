"""Plays real reports through the conversation, as residents would tell them, on the data's clock."""

import csv
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import func, select

from bot.app import WEB_CHAT, App, build, prepare_database
from bot.channels.web_chat import WebChat
from bot.worker import Worker
from casework.cases import Report
from casework.clock import DrivenClock
from casework.places import Point
from config.settings import Settings
from storage.outbox import Waiting
from storage.tables import audit, promises, reports

MOST_QUESTIONS = 6
"""A resident gives up after so many."""

SEED = 2006


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file."""

    id: str
    created: datetime
    category: str
    text: str
    point: Point


@dataclass
class Tally:
    """What the table shows."""

    rows: int = 0
    outside: int = 0
    filed: int = 0
    unanswered: int = 0
    messages: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right_category: int = 0
    right_ward: int = 0
    for_triage: int = 0
    dangers: int = 0
    not_filed: Counter[str] = field(default_factory=Counter)
    outside_filed: int = 0
    reports: int = 0
    joined: int = 0
    asked_same: int = 0
    sizes: Counter[int] = field(default_factory=Counter)
    promises: int = 0
    seconds: float = 0.0


def read_rows(path: Path, limit: int | None = None) -> Iterator[Row]:
    """The rows of a reports file, in its order."""
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if limit is not None and number >= limit:
                return
            yield Row(
                row["id"],
                datetime.fromisoformat(row["created"]),
                row["category"],
                row["text"],
                Point(float(row["latitude"]), float(row["longitude"])),
            )


def replay_file(settings: Settings, path: Path, limit: int | None, console: Console) -> None:
    """Replay a file and print the table."""
    rows = sorted(read_rows(path, limit), key=lambda row: row.created)
    if not rows:
        console.print("The file has no rows.")
        return
    clock = DrivenClock(rows[0].created)
    app = build(settings, clock, random.Random(SEED))
    prepare_database(app)
    tally = replay(app, clock, rows, console)
    console.print(_table(path, tally))


def replay(app: App, clock: DrivenClock, rows: list[Row], console: Console | None = None) -> Tally:
    """Tell every row as a first message of a new contact, and answer what is asked."""
    tally = Tally()
    player = _Player(app, app.worker())
    began = time.perf_counter()
    shown = track(rows, "Replaying", console=console) if console else rows
    for row in shown:
        clock.set(max(clock.now(), row.created))
        player.play(row, tally)
    tally.seconds = time.perf_counter() - began
    _count_clusters(app, tally)
    return tally


def _count_clusters(app: App, tally: Tally) -> None:
    """How the reports came together, as it stands in the database."""
    with app.database.read() as connection:
        told = connection.execute(select(func.count(reports.c.id)).group_by(reports.c.cluster_id)).scalars()
        tally.sizes = Counter(told)
        counted = connection.execute(select(audit.c.act, func.count().label("n")).group_by(audit.c.act))
        acts: dict[str, int] = {row.act: row.n for row in counted}
        tally.promises = connection.execute(select(func.count()).select_from(promises)).scalar_one()
    tally.reports = sum(size * count for size, count in tally.sizes.items())
    tally.joined, tally.asked_same = acts.get("report_joined", 0), acts.get("report_may_be_same", 0)


class _Player:
    """Speaks for the residents."""

    def __init__(self, app: App, worker: Worker) -> None:
        self._app = app
        self._worker = worker
        self._channel = WebChat(WEB_CHAT)

    def play(self, row: Row, tally: Tally) -> None:
        """One resident, from the first message until the report is filed or nothing is asked."""
        tally.rows += 1
        areas = self._app.understander.areas.at(row.point, row.created.date())
        inside = areas.ward is not None and not areas.near_edge
        tally.outside += not inside
        conversation = uuid4().hex
        payload: dict[str, object] | None = {"text": row.text}
        contact_id, seen, sent = "", 0, 0
        last: Waiting | None = None
        while payload is not None and sent < MOST_QUESTIONS:
            contact_id, replies = self._send(conversation, payload, seen)
            sent += 1
            tally.messages += inside
            if not replies:
                tally.unanswered += 1
                break
            seen = max(reply.seq or 0 for reply in replies)
            last = replies[-1]
            tally.dangers += any(reply.key.startswith("danger.") for reply in replies)
            payload = self._answer(last, row)
            if payload is not None and inside:
                tally.asked[last.key] += 1
        self._count(row, contact_id, inside, last, tally)

    def _send(
        self, conversation: str, payload: dict[str, object], seen: int
    ) -> tuple[str, tuple[Waiting, ...]]:
        named = {"conversation": conversation, "message_id": uuid4().hex}
        arrival = self._channel.arrival(named | payload, self._app.key)
        inbox_id, contact_id = self._app.intake.add(arrival)
        while not self._app.store.inbox.is_handled(inbox_id):
            self._worker.step()
        return contact_id, self._app.store.outbox.after(contact_id, seen)

    def _answer(self, asked: Waiting, row: Row) -> dict[str, object] | None:
        """A question for the place gets the pin; one for the category the right one, if offered.

        "Is it the same?" is left unanswered: nothing in the data says what the resident would say.
        """
        if asked.key.startswith(("ask.place", "ask.which_place", "ask.this_place", "ask.more")):
            return {"location": {"latitude": row.point.latitude, "longitude": row.point.longitude}}
        if asked.key == "ask.category":
            offered = {button["id"] for button in asked.buttons}
            wanted = f"category:{row.category}"
            return {"button": wanted if wanted in offered else "none"}
        if asked.key.startswith("ask.words"):
            return {"text": f"{row.category.replace('_', ' ')} problem"}
        return None

    def _count(self, row: Row, contact_id: str, inside: bool, last: Waiting | None, tally: Tally) -> None:
        filed = self._app.store.cases.reports_of(contact_id)
        if not inside:
            tally.outside_filed += bool(filed)
            return
        if not filed:
            tally.not_filed[last.key if last else "nothing"] += 1
            return
        tally.filed += 1
        first = next((r for r in filed if r.told_with is None), filed[0])
        case = self._app.store.cases.case(first.cluster_id)
        tally.for_triage += case is not None and case.cluster.state == "for triage"
        tally.right_category += any(report.category == row.category for report in filed)
        tally.right_ward += self._right_ward(row, first)

    def _right_ward(self, row: Row, report: Report) -> bool:
        ward = self._app.understander.areas.at(row.point, row.created.date()).ward
        return ward is not None and report.ward == ward.code


def _table(path: Path, tally: Tally) -> Table:
    inside = tally.rows - tally.outside
    table = Table(title=f"Replay of {path.parent.name}/{path.name}", show_header=False)
    share = _share(inside)
    rows: list[tuple[str, str]] = [
        ("rows", str(tally.rows)),
        (
            "outside the authority's wards",
            f"{tally.outside} (of them filed for triage: {tally.outside_filed})",
        ),
        ("inside", str(inside)),
        ("filed", share(tally.filed)),
        ("of these for triage", share(tally.for_triage)),
        *((f"not filed, last answer {key}", share(n)) for key, n in tally.not_filed.most_common()),
        ("unanswered messages", str(tally.unanswered)),
        *((f"question: {key}", share(n)) for key, n in tally.asked.most_common()),
        ("right category", share(tally.right_category)),
        ("right ward", share(tally.right_ward)),
        ("danger advice given", str(tally.dangers)),
        ("reports", str(tally.reports)),
        ("clusters", str(sum(tally.sizes.values()))),
        ("clusters by size", ", ".join(f"{n} of {size}" for size, n in sorted(tally.sizes.items()))),
        ("joined", _share(tally.reports)(tally.joined)),
        ("asked, or left to a person, whether it is the same", _share(tally.reports)(tally.asked_same)),
        ("promises", str(tally.promises)),
        ("messages per report", f"{tally.messages / inside:.2f}" if inside else "-"),
        ("seconds", f"{tally.seconds:.1f}"),
        ("rows a second", f"{tally.rows / tally.seconds:.0f}" if tally.seconds else "-"),
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _share(whole: int) -> Callable[[int], str]:
    return lambda n: f"{n} ({n / whole:.1%})" if whole else str(n)
