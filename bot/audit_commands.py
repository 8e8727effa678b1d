"""The command line for the audit trail: ``streetcall audit …``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from casework.audit import Flaw, Head, Wrong, parse_head
from casework.references import LENGTH, format_reference
from config.settings import load_settings
from storage.audit import Audit, Kept, Tail
from storage.database import Database
from storage.store import Store

audit = typer.Typer(help="Who did what, when and why: list it, verify it.", no_args_is_help=True)
out = Console(width=None if sys.stdout.isatty() else 200)
err = Console(stderr=True)

MOST_SHOWN = 20
"""So many flaws are shown one by one."""

_WORDS = {
    Wrong.CHANGED: "was changed after it was chained",
    Wrong.MISSING: "is missing",
    Wrong.MOVED: "is not where it was chained: entries were moved, or the chain was written anew",
}

ExpectOption = Annotated[
    str, typer.Option("--expect", help="A head that you wrote down before, as POSITION:HASH.")
]
HeadOption = Annotated[bool, typer.Option("--head", help="Print the head only: write it down, to compare.")]


@audit.command()
def verify(expect: ExpectOption = "", head: HeadOption = False) -> None:
    """Find entries that were changed, removed or moved. Exit status 1 if there are any."""
    wanted = parse_head(expect) if expect else None
    if expect and wanted is None:
        err.print("A head looks like 1234:9f86d0…, as `streetcall audit verify --head` prints it.")
        raise typer.Exit(2)
    with _store() as store:
        found = _flaws(store.audit)
        faults = [*map(_sentence, found[:MOST_SHOWN]), *_more(len(found)), *_differs(store.audit, wanted)]
        last = store.audit.head()
        told = err if head else out
        for fault in faults:
            told.print(f"[red]{escape(fault)}[/red]", highlight=False, soft_wrap=True)
        told.print(_summary(last, len(found), store.audit.tail()), highlight=False, soft_wrap=True)
    if head and last:
        out.print(str(last), highlight=False, soft_wrap=True)
    if faults:
        raise typer.Exit(1)


def _flaws(trail: Audit) -> list[Flaw]:
    columns = (TextColumn("Verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("", total=trail.length())
        return list(trail.flaws(lambda links: progress.advance(task, links)))


def _sentence(flaw: Flaw) -> str:
    if flaw.until > flaw.position:
        return f"Entries {flaw.position} to {flaw.until} of the chain are missing."
    return f"Entry {flaw.position} of the chain {_WORDS[flaw.wrong]}."


def _more(flaws: int) -> list[str]:
    return [f"… and {flaws - MOST_SHOWN} more."] if flaws > MOST_SHOWN else []


def _differs(trail: Audit, wanted: Head | None) -> list[str]:
    if wanted is None or trail.hash_at(wanted.position) == wanted.hash:
        return []
    return [f"The chain does not hold the head {wanted}: it was cut short, or written anew since."]


def _summary(head: Head | None, flaws: int, tail: Tail) -> str:
    """What was verified, and what could not be yet."""
    chained = f"{head.position:,} entries are chained, {flaws} faults." if head else "Nothing is chained yet."
    lines = [chained, f"Head: {head}" if head else ""]
    if tail.entries and tail.since:
        lines.append(
            f"{tail.entries:,} entries are not chained yet, the oldest of {tail.since:%d %B %Y %H:%M} UTC: "
            "the job that chains them runs every minute while Streetcall runs."
        )
    return "\n".join(filter(None, lines))


@audit.command("list")
def list_(reference: Annotated[str, typer.Argument(help="The reference of a report.")]) -> None:
    """Show what was done to a report's case, by whom and when."""
    with _store() as store:
        found = store.cases.case_by_reference(_tidied(reference))
        if found is None:
            err.print(f"No report has the reference {escape(reference)}.", highlight=False)
            raise typer.Exit(1)
        entries = store.audit.of_case(found[0])
    table = Table("Place", "When (UTC)", "Who", "What", "Of", "Details", box=None, pad_edge=False)
    for kept in entries:
        table.add_row(*map(escape, _row(kept)))
    out.print(table)


def _row(kept: Kept) -> tuple[str, ...]:
    entry = kept.entry
    details = " ".join(f"{name}={value}" for name, value in sorted(entry.details.items()))
    place = str(kept.position) if kept.position else "not yet"
    return place, f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.actor, entry.act, entry.subject[:8], details


def _tidied(reference: str) -> str:
    """The reference as it is kept, however it was typed."""
    bare = "".join(filter(str.isalnum, reference)).upper()
    return format_reference(bare[:-LENGTH], bare[-LENGTH:])


@contextmanager
def _store() -> Iterator[Store]:
    database = Database(load_settings().database)
    try:
        yield Store(database)
    finally:
        database.close()
