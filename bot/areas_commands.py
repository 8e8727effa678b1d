"""The command line for boundaries: ``streetcall areas …``."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from casework.calendars import local
from casework.errors import PackError
from casework.packs import Pack
from casework.places import Area, AreaKind, Point
from config.folders import AREAS
from config.settings import load_settings

if TYPE_CHECKING:
    # Large: imported only when a command runs.
    from bot.redrawing import Change, Plan

areas = typer.Typer(
    help="Wards and other boundaries: what a place is in, what a change moves.", no_args_is_help=True
)
out = Console()
err = Console(stderr=True)

PackFolder = Annotated[
    Path | None, typer.Option("--pack", help="The authority's pack; default: the first of STREETCALL_PACK.")
]
Old = Annotated[
    str | None,
    typer.Argument(help="The file of the wards that were: of the pack, such as wards-2013, or any GeoJSON."),
]
New = Annotated[str | None, typer.Argument(help="The file of the wards that are, or will be.")]
Apply = Annotated[
    bool, typer.Option("--apply", help="Move the cases; without it, only show what would move.")
]


@areas.command()
def at(
    latitude: Annotated[float, typer.Argument(help="Degrees, such as 51.4512.")],
    longitude: Annotated[float, typer.Argument(help="Degrees, such as -0.0123.")],
    pack: PackFolder = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; default: today.")
    ] = None,
) -> None:
    """Say in which ward, division, parish, neighbourhood and estate a place is."""
    from geo.areas import AreaIndex

    loaded = _pack(_folder(pack))
    day = on.date() if on else _today(loaded)
    found = AreaIndex([loaded]).at(Point(latitude, longitude), day)
    named = {
        "ward": found.ward,
        "division": found.division,
        "parish": found.parish,
        "neighbourhood": found.neighbourhood,
        "estate": found.estate,
        "neighbouring council": found.neighbour,
    }
    for kind, area in named.items():
        if area:
            edge = " (the nearest: the place itself is in none)" if kind == "ward" and found.near_edge else ""
            out.print(f"{kind}: {area.name} ({area.code}){edge}", highlight=False)
    if not any(named.values()):
        out.print(f"No area of {loaded.authority.name} holds this place on {day}.", highlight=False)
        raise typer.Exit(1)


@areas.command()
def change(old: Old = None, new: New = None, pack: PackFolder = None, apply: Apply = False) -> None:
    """Show what new ward boundaries move, and with --apply move it.

    Without file names it goes by the dates in the pack (valid_from, valid_to). Open cases move to the
    ward that their place is in now, and with them the digests; reports, promises and cases that are
    over keep the ward of their day. Councillors get one letter about what came and went. Run it again
    whenever you like: what has moved stays, what was interrupted goes on.
    """
    from bot.redrawing import plan
    from storage.database import Database
    from storage.store import Store

    folder = _folder(pack)
    loaded = _pack(folder)
    told = _change(loaded, folder, old, new)
    if not told.old:
        out.print("No ward of this pack has ceased to be in force: there is nothing to change.")
        return
    database = Database(load_settings().database)
    try:
        store = Store(database)
        planned = plan(store, loaded, told)
        _show(loaded, told, planned)
        if apply:
            _check_in_force(loaded, told)
            _apply(store, loaded, told, planned)
        elif planned.cases:
            out.print("Nothing was changed. Add --apply to move them.")
    finally:
        database.close()


def _apply(store: object, pack: Pack, told: "Change", planned: "Plan") -> None:
    from bot.redrawing import apply
    from casework.minting import Mint
    from storage.store import Store

    if not isinstance(store, Store):
        raise TypeError("no store")
    columns = (TextColumn("Moving"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err) as progress:
        task = progress.add_task("moving", total=planned.cases + planned.staying)
        now = datetime.now(UTC)
        done = apply(store, pack, told, "staff:command", now, Mint(), lambda n: progress.advance(task, n))
    out.print(f"Moved: {planned.cases} open cases; in all for this change: {done.cases}.", highlight=False)
    if done.cases:
        out.print("Councillors of wards that won or lost cases get a letter, one for each change.")


def _show(pack: Pack, told: "Change", planned: "Plan") -> None:
    """A table: what becomes of each ward, on the ground and of its open cases."""
    from bot.redrawing import ground, left_behind

    counts = {(move.old, move.new): move.cases for move in planned.moves}
    table = Table("From", "To", "Of its ground", "Open cases", box=None)
    table.columns[2].justify = table.columns[3].justify = "right"
    names = {area.code: area.name for area in (*told.old, *told.new)}
    for old, new, part in ground(told):
        count = counts.pop((old.code, new.code), 0) if new else 0
        table.add_row(escape(old.name), escape(new.name) if new else "no ward", f"{part:.0%}", f"{count}")
    for (old_code, new_code), count in counts.items():
        table.add_row(
            escape(names.get(old_code, old_code)), escape(names.get(new_code, new_code)), "", f"{count}"
        )
    out.print(table, highlight=False)
    for words in left_behind(pack, told):
        out.print(f"[yellow]{escape(words)}[/yellow]", highlight=False, soft_wrap=True)
    out.print(f"Open cases of {pack.authority.name} that move: {planned.cases}.", highlight=False)
    if planned.staying:
        out.print(
            f"In none of the new wards, and so staying where they are: {planned.staying}.", highlight=False
        )


# --- Which wards ------------------------------------------------------------------------------


def _change(pack: Pack, folder: Path, old: str | None, new: str | None) -> "Change":
    from bot.redrawing import Change, change_of_dates

    today = _today(pack)
    if old is None or new is None:
        if old is not None:
            raise typer.BadParameter("name both files, or none to go by the pack's dates", param_hint="NEW")
        return change_of_dates(pack, today)
    before, after = _wards(pack, folder, old), _wards(pack, folder, new)
    starts = [ward.valid_from for ward in after if ward.valid_from]
    return Change(before, after, max([today, *starts]))


def _wards(pack: Pack, folder: Path, named: str) -> tuple[Area, ...]:
    """The wards of a file; the pack's own where it is a file of the pack or has the same wards."""
    from config.areas import read_areas
    from config.faults import Faults

    path = _file(folder, named)
    faults = Faults()
    found = read_areas({f"areas/wards-{path.name}": path.read_bytes()}, faults).values
    wrong = [fault for fault in faults.all() if fault.error]
    if wrong or not found:
        raise PackError("\n".join(f"{path}: {fault.message}" for fault in wrong) or f"{path} has no wards")
    own = {(area.code, area.valid_from): area for area in pack.areas if area.kind is AreaKind.WARD}
    by_code = {code: area for (code, _), area in own.items()}
    return tuple(own.get((a.code, a.valid_from)) or by_code.get(a.code) or a for a in found)


def _file(pack: Path, named: str) -> Path:
    """The file of that name, as it stands or among the pack's areas: ``lewisham/wards_2013`` too."""
    short = Path(named).name.removesuffix(".geojson")
    inside = [pack / AREAS / f"{name}.geojson" for name in (short, short.replace("_", "-"))]
    found = [path for path in (Path(named), Path(f"{named}.geojson"), *inside) if path.is_file()]
    if not found:
        known = ", ".join(sorted(path.stem for path in (pack / AREAS).glob("*.geojson")))
        raise PackError(f"there is no file called {named}; the pack has {known}")
    return found[0]


def _check_in_force(pack: Pack, told: "Change") -> None:
    """Raise PackError where the new wards are not the pack's, or not yet in force."""
    own = {area.code for area in pack.areas if area.kind is AreaKind.WARD}
    missing = [area.name for area in told.new if area.code not in own]
    if missing:
        raise PackError(
            f"the pack does not have these wards yet ({missing[0]} and others): add them with"
            " streetcall import FILE --pack PACK --valid-from DATE, and their councillors"
        )
    if told.day > _today(pack):
        raise PackError(f"these wards are in force from {told.day}: move the cases on that day or later")


def _today(pack: Pack) -> date:
    return local(datetime.now(UTC), pack.calendar).date()


def _folder(named: Path | None) -> Path:
    return named or load_settings().packs[0]


def _pack(folder: Path) -> Pack:
    from config.loading import load_packs

    return load_packs([folder])[0]
