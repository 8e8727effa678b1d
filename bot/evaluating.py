"""Prints what reading and finding are worth: ``python -m bot.evaluating words|places PACK CSV…``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.flag_evaluation import candidates, measure_flags
from bot.replay import read_rows
from casework.packs import Pack
from config.loading import load_packs
from geo.areas import AreaIndex
from geo.evaluation import evaluate, rows_of
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from nlp.evaluation import NEWEST, measure, read_reports, table

cli = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False)

PackFolder = Annotated[Path, typer.Argument(help="The pack's folder.")]
Reports = Annotated[list[Path], typer.Argument(help="Files of reports, as the data's README has them.")]


@cli.command()
def words(
    pack: PackFolder,
    reports: Reports,
    every: Annotated[bool, typer.Option("--all", help="Also what words were learnt from.")] = False,
) -> None:
    """What messages are about: accuracy, macro-F1, what is accepted and how often that is right."""
    loaded = _load(pack)
    for path in reports:
        _write(table(str(path), measure(loaded, read_reports(path, 1.0 if every else NEWEST))))


@cli.command()
def flags(pack: PackFolder, reports: Annotated[Path, typer.Argument(help="A file of reports.")]) -> None:
    """How many clusters a month each ward's councillors would be laid before, by several rules."""
    loaded = _load(pack)
    index = AreaIndex([loaded])
    rows = sorted(read_rows(reports), key=lambda row: row.created)
    measured = measure_flags(
        loaded, rows, lambda row: index.at(row.point, row.created.date()), candidates(loaded)
    )
    for found in measured:
        line = f"{found.dealing}; {found.rule}: {found.flagged} of {found.clusters} clusters flagged, "
        rates = (found.per_ward_month, found.quietest_ward, found.busiest_ward)
        _write(line + "{:.2f} a ward and month (from {:.2f} to {:.2f})".format(*rates))


@cli.command()
def places(pack: PackFolder, reports: Reports) -> None:
    """Where messages are: the right ward, what is accepted and asked, distances by kind."""
    loaded = _load(pack)
    areas = AreaIndex([loaded])
    finder = Finder([loaded], [Gazetteer.in_memory(loaded)], areas)
    for path in reports:
        for line in _places(loaded, areas, finder, path):
            _write(line)


def _places(pack: Pack, areas: AreaIndex, finder: Finder, path: Path) -> Iterator[str]:
    yield str(path)
    yield from evaluate(pack, finder, areas, rows_of(path, pack, areas))


def _load(folder: Path) -> Pack:
    (pack,) = load_packs([folder])
    return pack


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    cli()
