"""The command line for streets that residents name and no gazetteer has: ``streetcall streets …``."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from casework.streets import LearntStreet, Naming, learn
from config.folders import GAZETTEER
from config.settings import load_settings

if TYPE_CHECKING:
    from casework.packs import Pack
    from geo.finder import Finder
    from storage.store import Store

streets = typer.Typer(
    help="Streets that residents name and pin and the gazetteer does not have.", no_args_is_help=True
)
out = Console()

PackFolder = Annotated[
    Path | None, typer.Option("--pack", help="The authority's pack; default: the first of STREETCALL_PACK.")
]
Name = Annotated[str, typer.Argument(help="As the list has it.")]

STREETS, REFUSED = "streets.csv", "refused_streets.csv"


@streets.command("list")
def list_(pack: PackFolder = None) -> None:
    """Show the streets that at least three people named and pinned near each other."""
    found = _learnt(_folder(pack))
    if not found:
        out.print("No new street is named and pinned by three people.", highlight=False)
        return
    table = Table("street", "people", "spread", "latitude", "longitude")
    for street in found:
        point = street.point
        table.add_row(
            street.name,
            str(street.people),
            f"{street.spread_m:.0f} m",
            f"{point.latitude:.5f}",
            f"{point.longitude:.5f}",
        )
    out.print(table)


@streets.command()
def confirm(name: Name, pack: PackFolder = None) -> None:
    """Put a street into the pack's gazetteer; it is known from the next start on."""
    folder = _folder(pack)
    street = _named(name, folder)
    told = {
        "street": street.name,
        "latitude": f"{street.point.latitude:.5f}",
        "longitude": f"{street.point.longitude:.5f}",
    }
    _append(folder / GAZETTEER / STREETS, told)
    out.print(f"{street.name} is in {GAZETTEER}/{STREETS}. Restart Streetcall to use it.", highlight=False)


@streets.command()
def refuse(name: Name, pack: PackFolder = None) -> None:
    """Never offer this name again."""
    folder = _folder(pack)
    street = _named(name, folder)
    _append(folder / REFUSED, {"street": street.name})
    out.print(f"{street.name} will not be offered again.", highlight=False)


def _named(name: str, folder: Path) -> LearntStreet:
    from geo.text import key

    for street in _learnt(folder):
        if street.key == key(name):
            return street
    raise typer.BadParameter(f"“{name}” is not in the list")


def _learnt(folder: Path) -> list[LearntStreet]:
    from bot.app import understand
    from config.loading import load_packs
    from geo.text import key
    from storage.database import Database
    from storage.store import Store

    (pack,) = load_packs([folder])
    settings = load_settings()
    finder = understand({pack.code: pack}, settings.data_dir).finder
    database = Database(settings.database)
    try:
        found = learn(namings(Store(database), pack, finder))
    finally:
        database.close()
    refused = {key(row["street"]) for row in _rows(folder / REFUSED)}
    return [street for street in found if street.key not in refused]


def namings(store: "Store", pack: "Pack", finder: "Finder") -> Iterator[Naming]:
    """Each pinned report whose words name a street that the gazetteer does not have."""
    from geo.text import key

    for report in store.cases.pinned_reports(pack.code):
        if name := finder.unknown_street(report.text):
            yield Naming(key(name), name, report.point, report.contact_id or report.id)


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def _append(file: Path, told: dict[str, str]) -> None:
    """One more row, in the columns that the file has."""
    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    columns = next(csv.reader([text.partition("\n")[0]]), []) if text else list(told)
    with file.open("a", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        if not text:
            writer.writeheader()
        elif not text.endswith("\n"):
            stream.write("\n")
        writer.writerow({column: told.get(column, "") for column in columns})


def _folder(given: Path | None) -> Path:
    return given or load_settings().packs[0]
