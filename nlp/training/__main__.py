"""Trains and measures the model: ``python -m nlp.training train|evaluate [AUTHORITY=CSV …]``.

A CSV has the columns ``created`` (sorts by time), ``text``, ``category`` (codes of a pack's categories) and,
where the authority has finer categories of its own, ``council_category``.
"""

import sys
import time
from pathlib import Path
from typing import Annotated

import torch
import typer

from nlp.trained import METADATA, SHIPPED
from nlp.training.making import Material, make, make_earlier
from nlp.training.reports import ColumnsMissing, Report, read_chat, read_reports

DATA, WORK = Path("../shared/data"), Path("build/training")
THREADS = 2
"""Always the same number: sums in another order give other last digits."""

cli = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False)

Files = Annotated[list[str] | None, typer.Argument(help="AUTHORITY=CSV; without one, the data folder.")]
DataFolder = Annotated[Path, typer.Option(help="A folder with AUTHORITY/reports.csv and sms_spam.csv.")]


@cli.callback()
def _settings() -> None:
    torch.set_num_threads(THREADS)


@cli.command()
def train(
    files: Files = None,
    data: DataFolder = DATA,
    work: Annotated[Path, typer.Option(help="Where the model of the earlier reports goes.")] = WORK,
    out: Annotated[Path, typer.Option(help="Where the model goes.")] = SHIPPED,
    small: Annotated[bool, typer.Option("--small", help="The linear model only: minutes.")] = False,
) -> None:
    """Fit, choose thresholds on the newest fifth, fit again on everything, write the model."""
    begun = time.monotonic()
    make(material_of(files, data), work, out, _say, small)
    _say(f"{out}: made in {(time.monotonic() - begun) / 60:.0f} minutes")


@cli.command()
def evaluate(
    files: Files = None,
    data: DataFolder = DATA,
    work: Annotated[Path, typer.Option(help="The model of the earlier reports.")] = WORK,
) -> None:
    """Measure the model of the earlier reports on the newest; without one, it is trained first."""
    from nlp.training.evaluating import evaluation

    material = material_of(files, data)
    if not (work / METADATA).exists():
        _say("there is no model of the earlier reports yet: training it, which takes longer than measuring")
        make_earlier(material, work, _say)
    for line in evaluation(material, work):
        _say(line)


def material_of(files: list[str] | None, data: Path) -> Material:
    """The reports in the files named, else in the data folder; exit 1 where there are none."""
    named = dict(entry.split("=", 1) for entry in files or () if "=" in entry)
    paths = {code: Path(path) for code, path in named.items()} or {
        path.parent.name: path for path in sorted(data.glob("*/reports.csv"))
    }
    try:
        reports = [report for code in sorted(paths) for report in read_reports(paths[code], code)]
    except (OSError, ColumnsMissing) as error:
        raise SystemExit(f"{error}") from error
    if not reports:
        raise SystemExit(f"there are no reports in {data}: name files as AUTHORITY=CSV")
    return Material.of(reports, _chat(data))


def _chat(data: Path) -> list[Report]:
    path = data / "sms_spam.csv"
    return read_chat(path) if path.exists() else []


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    cli()
