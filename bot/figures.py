"""``streetcall figures``: how an authority keeps its promises, from its ledger, as of now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from casework.ledger import CONFIRMED, FIRST_TIME_RIGHT, ON_TIME, By, Counted, Figure, Line, lines, total
from casework.packs import Pack
from casework.routing import service_name
from storage.ledger import Ledger

TITLES = (
    ("confirmed", "Residents say that it is fixed", CONFIRMED),
    ("on_time", "Promises kept on their date", ON_TIME),
    ("first_time_right", "Went to the right service at once", FIRST_TIME_RIGHT),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """One authority's figures for a time."""

    pack: Pack
    since: datetime
    until: datetime
    as_of: datetime
    rows: Sequence[Sequence[Counted]]


def read_figures(ledger: Ledger, pack: Pack, since: datetime, until: datetime, now: datetime) -> Figures:
    """Count what was judged in that time, no later than now."""
    end = min(until, now)
    counted = (ledger.asked, ledger.promised, ledger.offered)
    return Figures(pack, since, until, now, [count(pack.code, since, end) for count in counted])


def as_json(figures: Figures) -> str:
    """All of it for programs; a number that is too small to say is null."""
    found: dict[str, object] = {
        "jurisdiction": figures.pack.code,
        "since": figures.since.isoformat(),
        "until": figures.until.isoformat(),
        "as_of": figures.as_of.isoformat(),
        "status": "live",
    }
    for (name, _, figure), rows in zip(TITLES, figures.rows, strict=True):
        by = {str(b): [_plain(line) for line in lines(rows, figure, b)] for b in By}
        found[name] = {"all": _plain(total(rows, figure)), **by}
    return json.dumps(found, ensure_ascii=False, indent=2)


def _plain(line: Line) -> dict[str, object]:
    return {
        "group": line.group,
        "good": line.good,
        "judged": line.judged,
        "apart": line.apart,
        "rate": round(line.rate, 4) if line.rate is not None else None,
    }


def show(figures: Figures, console: Console) -> None:
    """The same for people."""
    console.print(f"{figures.pack.authority.name}, live, as of {figures.as_of:%Y-%m-%d %H:%M} UTC")
    for (_, title, figure), rows in zip(TITLES, figures.rows, strict=True):
        console.print(_table(figures.pack, title, figure, rows))


def _table(pack: Pack, title: str, figure: Figure, rows: Sequence[Counted]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("", "rate", "of", *(("silent",) if figure.apart else ())):
        table.add_column(heading)
    shown = [("all", total(rows, figure))]
    shown += [(_name(pack, by, line.group), line) for by in By for line in lines(rows, figure, by)]
    for name, line in shown:
        table.add_row(name, *_cells(line, bool(figure.apart)))
    return table


def _name(pack: Pack, by: By, group: str) -> str:
    if by is By.SERVICE:
        return service_name(pack, group)
    found = pack.category(group) if by is By.CATEGORY else pack.area(group)
    return found.name if found else group or "no ward"


def _cells(line: Line, has_apart: bool) -> tuple[str, ...]:
    if line.judged is None:
        return ("too few to say", "", *(("",) if has_apart else ()))
    rate = f"{line.rate:.0%}" if line.rate is not None else "-"
    return (rate, str(line.judged), *((str(line.apart),) if has_apart else ()))
