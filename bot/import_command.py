"""The command line for open data: ``streetcall import SOURCE… --pack PACK``."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from casework.places import AreaKind
from config.settings import load_settings

if TYPE_CHECKING:
    # Large: imported only when the command runs.
    from casework.places import Area
    from config.importing import Written
    from geo.importing.boundaries import Boundary, Terms
    from geo.importing.running import Reach
    from geo.importing.sources import Source
    from geo.importing.staging import Staging

out = Console()
err = Console(stderr=True)

FEW_AREAS = 150
"""So many areas are one council's; a file of more is a country's."""

WARD_SHARE, OTHER_SHARE = 0.5, 0.02
"""The part of an area that must lie in the pack's wards for it to be one of the pack's."""


class Into(StrEnum):
    """Where the places go."""

    PACK = "pack"
    INDEX = "index"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders or zips as they were downloaded, or the word 'postcodes' for those that "
        "pip install 'streetcall\\[postcodes]' brings.",
        show_default=False,
    ),
]
PackFolder = Annotated[Path, typer.Option("--pack", help="The folder of the pack.", show_default=False)]
As = Annotated[
    str,
    typer.Option(
        "--as",
        help="What the source is, where it is not seen by itself: os-open-names, code-point-open, "
        "ons-postcodes, price-paid, naptan, openstreetmap or boundaries.",
    ),
]
Council = Annotated[
    str, typer.Option(help="Of boundaries, only those of this council: its name or code in the file.")
]
Kind = Annotated[AreaKind | None, typer.Option(help="What the boundaries are, where the file does not say.")]
From = Annotated[
    datetime | None,
    typer.Option("--valid-from", formats=["%Y-%m-%d"], help="The first day of these boundaries."),
]
To = Annotated[
    datetime | None,
    typer.Option("--valid-to", formats=["%Y-%m-%d"], help="The day from which they no longer hold."),
]
Margin = Annotated[
    int, typer.Option(help="Also take places so many metres outside the pack's areas.", min=0, max=50_000)
]
Everywhere = Annotated[
    bool, typer.Option("--everywhere", help="Take every place, not only those in the pack's areas.")
]
IntoOption = Annotated[
    Into,
    typer.Option(
        "--into",
        help="'pack': CSV files in the pack, that can be reviewed; 'index': the gazetteer's index in "
        "STREETCALL_DATA_DIR, for what is too large for that (more than about 200,000 places).",
    ),
]


def import_(
    sources: Sources,
    pack: PackFolder,
    as_: As = "",
    council: Council = "",
    kind: Kind = None,
    valid_from: From = None,
    valid_to: To = None,
    margin: Margin = 1_000,
    everywhere: Everywhere = False,
    into: IntoOption = Into.PACK,
) -> None:
    """Take streets, postcodes, addresses, places and boundaries from open data into a pack.

    It reads what Ordnance Survey, the ONS, HM Land Registry, NaPTAN and OpenStreetMap publish, as it was
    downloaded, and keeps what lies in the pack's areas. Rows that are wrong are listed and passed over.
    An import that was interrupted goes on when the same command is given again. Begin with the
    boundaries of the wards: docs/places.md says what to download.
    """
    from config.importing import code_of
    from geo.importing.boundaries import Terms
    from geo.importing.refusing import Refused
    from geo.importing.sources import BOUNDARIES, TITLES, expand

    if as_ and as_ not in TITLES:
        raise typer.BadParameter(
            f"'{as_}' is not known; it can be {', '.join(sorted(TITLES))}", param_hint="--as"
        )
    code = code_of(pack)
    try:
        found = [source for named in sources for source in expand(named, as_)]
        maps = [source for source in found if source.format == BOUNDARIES]
        tables = [source for source in found if source.format != BOUNDARIES]
        terms = Terms(kind, _day(valid_from), _day(valid_to))
        for source in maps:
            _import_boundaries(source, pack, terms, council)
        if tables:
            _import_places(tables, pack, code, None if everywhere else margin, into)
    except (Refused, OSError) as reason:
        err.print(f"[red]{escape(str(reason))}[/red]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


# --- Boundaries -------------------------------------------------------------------------------


def _import_boundaries(source: "Source", pack: Path, terms: "Terms", council: str) -> None:
    from config.importing import areas_in, write_areas
    from geo.importing.boundaries import read
    from geo.importing.refusing import Refused

    read_ones: list[Boundary] = []
    refused: list[tuple[str, str, str]] = []
    for where, take in read(source.path, terms):
        try:
            read_ones.append(take())
        except Refused as reason:
            refused.append((source.name, where, str(reason)))
    chosen = _chosen(read_ones, areas_in(pack), council)
    written = [
        write_areas(pack, kind, [b.area for b in chosen if b.area.kind is kind])
        for kind in AreaKind
        if any(b.area.kind is kind for b in chosen)
    ]
    out.print(f"{source.name}: {len(read_ones)} areas, {len(chosen)} of them this pack's.", highlight=False)
    _tell_refused(refused, pack)
    if not chosen:
        raise Refused(f"{source.name} has no area for this pack")
    _tell_written(written, pack)


def _chosen(found: "Sequence[Boundary]", held: "Sequence[Area]", council: str) -> "list[Boundary]":
    """Those of the boundaries that are the pack's."""
    from geo.importing.boundaries import nearest_names, within
    from geo.importing.refusing import Refused

    if council:
        chosen = [boundary for boundary in found if boundary.is_within(council)]
        if not chosen and found:
            near = nearest_names(found, council)
            raise Refused(
                f"no area of the file says that it is of '{council}'"
                + (f"; did you mean {near}?" if near else "")
            )
        return chosen
    wards = [area for area in held if area.kind is AreaKind.WARD]
    if wards:
        shares = {kind: WARD_SHARE if kind is AreaKind.WARD else OTHER_SHARE for kind in AreaKind}
        return within(found, wards, shares)
    if len(found) > FEW_AREAS:
        raise Refused(f"the file has {len(found)} areas: say which council's with --council NAME")
    return list(found)


# --- Places -----------------------------------------------------------------------------------


def _import_places(
    sources: "Sequence[Source]", pack: Path, code: str, margin: int | None, into: Into
) -> None:
    from geo.imported import imported_path
    from geo.importing.running import Wanted, run
    from geo.importing.staging import Staging

    folder = load_settings().data_dir / "gazetteer"
    published = imported_path(folder, code)
    part = folder / f"importing-{code}-{into}.part"
    reach = _reach(pack, margin)
    wanted = Wanted(reach, _known_postcodes(pack))
    with Staging.open(part, published, into is Into.INDEX, reach.identity) as staging:
        with _progress(sources) as tell:
            run(sources, staging, wanted, tell)
        _tell_counts(sources, staging)
        _tell_refused(staging.refused(), pack)
        if into is Into.PACK:
            _tell_written(_write_pack(sources, staging, pack), pack)
            staging.discard()
        else:
            staging.publish(published)
            out.print(f"Written: {published}.", highlight=False, soft_wrap=True)
    if into is Into.INDEX:
        _build_index(pack, folder)


def _build_index(pack: Path, folder: Path) -> None:
    """Build it now, so that the next start need not; a pack with faults has to be mended first."""
    from config.loading import load_pack
    from geo.gazetteer import Gazetteer

    loaded, _ = load_pack(pack)
    if loaded is None:
        out.print(f"The pack has faults (streetcall check {pack}): the first start without builds the index.")
        return
    with err.status("Building the index: some minutes for a country"):
        Gazetteer.open(loaded, folder).close()
    out.print("The index is built.")


def _reach(pack: Path, margin: int | None) -> "Reach":
    from config.importing import areas_in
    from geo.importing.refusing import Refused
    from geo.importing.running import Reach

    if margin is None:
        return Reach()
    areas = [area for area in areas_in(pack) if area.kind is AreaKind.WARD]
    if not areas:
        raise Refused("this pack has no wards yet: import their boundaries first, or add --everywhere")
    return Reach(areas, margin)


def _known_postcodes(pack: Path) -> set[str]:
    """The postcodes that the pack has already."""
    from geo.postcodes import tidy

    found: set[str] = set()
    for file in sorted((pack / "gazetteer").glob("postcodes*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            found |= {tidy(row["postcode"]) for row in csv.DictReader(stream) if row.get("postcode")}
    return found


def _write_pack(sources: "Sequence[Source]", staging: "Staging", pack: Path) -> "Iterator[Written]":
    from config import importing
    from geo.importing.streets import joined, with_localities

    for format_ in dict.fromkeys(source.format for source in sources):
        found = staging.source_of(format_)
        streets = joined(with_localities(found.streets, found.landmarks))
        rows = ((s.name, s.locality, s.point, s.lines) for s in streets)
        written: Iterable[Written | None] = (
            importing.write_streets(pack, format_, rows),
            importing.write_postcodes(pack, format_, found.postcodes),
            importing.write_addresses(pack, format_, found.addresses),
            importing.write_landmarks(pack, format_, found.landmarks),
        )
        yield from filter(None, written)


# --- Telling ----------------------------------------------------------------------------------


@contextmanager
def _progress(sources: "Sequence[Source]") -> "Iterator[Callable[[Source], Callable[[int], None]]]":
    """A bar for each kind of source, by the bytes that were read of it: some come in 800 files."""
    from geo.importing.sources import TITLES

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err) as progress:
        tasks = {
            format_: progress.add_task(
                TITLES[format_], total=sum(s.size for s in sources if s.format == format_)
            )
            for format_ in dict.fromkeys(source.format for source in sources)
        }
        before = dict.fromkeys(tasks, 0)

        def begin(source: "Source") -> Callable[[int], None]:
            start = before[source.format]
            before[source.format] += source.size
            return lambda read: progress.update(tasks[source.format], completed=start + read)

        yield begin


def _tell_counts(sources: "Sequence[Source]", staging: "Staging") -> None:
    from geo.importing.sources import TITLES

    table = Table("Source", "Files", "Rows", "Taken", "Elsewhere", "Refused", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for format_ in dict.fromkeys(source.format for source in sources):
        counts = [staging.progress(source)[0] for source in sources if source.format == format_]
        rows = [(c.items, c.taken, c.outside, c.refused) for c in counts]
        figures = (len(counts), *map(sum, zip(*rows, strict=True)))
        table.add_row(TITLES[format_], *(f"{n:,}" for n in figures))
    out.print(table, highlight=False)


def _tell_refused(refused: Sequence[tuple[str, str, str]], pack: Path) -> None:
    """List what was refused in a file, and show the first of it."""
    if not refused:
        return
    folder = load_settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"refused-{pack.resolve().name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("source", "where", "why"))
        writer.writerows(refused)
    for source, where, why in refused[:5]:
        out.print(f"[yellow]{escape(f'{source}, {where}: {why}')}[/yellow]", highlight=False, soft_wrap=True)
    out.print(f"{len(refused)} rows were refused; all are listed in {path}.", highlight=False, soft_wrap=True)


def _tell_written(written: "Iterable[Written]", pack: Path) -> None:
    for file in written:
        name = file.path.relative_to(pack)
        out.print(f"Written: {name}, {file.rows:,} rows.", highlight=False, soft_wrap=True)
    out.print(f"Now look at what changed, and run: streetcall check {pack}", highlight=False, soft_wrap=True)
