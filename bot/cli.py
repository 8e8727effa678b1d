"""The command line: each command translates its words and calls the piece that does it.

Exit status 0, 1 for a fault in the data, 2 for wrong use.
"""

import io
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.areas_commands import areas
from bot.audit_commands import audit
from bot.channel_commands import channels
from bot.import_command import import_
from bot.logs import set_up_logs
from bot.streets_commands import streets
from casework.clocks import ClockKind
from casework.errors import PackError, SettingsError, StorageUnavailable, StreetcallError
from casework.packs import Fault, Pack
from config.settings import Settings, load_settings

cli = typer.Typer(
    name="streetcall",
    help="Residents say what is wrong in their street; the right service hears of it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.add_typer(channels, name="channels")
cli.add_typer(areas, name="areas")
cli.add_typer(streets, name="streets")
cli.add_typer(audit, name="audit")
out = Console()
err = Console(stderr=True)

PackOption = Annotated[Path | None, typer.Option("--pack", help="The authority's pack; default: the demo.")]


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


def main() -> None:
    """Run the command; errors that we know are told in a sentence."""
    try:
        cli()
    except (PackError, SettingsError) as error:
        err.print(f"[red]{escape(str(error))}[/red]", highlight=False, soft_wrap=True)
        sys.exit(1)
    except StorageUnavailable as error:
        err.print(f"[red]{escape(str(error))}. Is STREETCALL_DATABASE_URL right, and the server up?[/red]")
        sys.exit(1)
    except StreetcallError as error:
        err.print(f"[red]{escape(str(error))}[/red]")
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone (… | head): nothing to complain of.
        sys.stderr.close()


# --- Running ----------------------------------------------------------------------------------


@cli.command()
def run() -> None:
    """Everything in one process: web, workers, delivery and the scheduled jobs."""
    from bot.running import serve

    serve(_settings(), web=True, work=True)


@cli.command()
def web() -> None:
    """The web server alone; messages are answered by `streetcall worker`."""
    from bot.running import serve

    serve(_settings(), web=True, work=False)


@cli.command()
def worker() -> None:
    """Workers, delivery and scheduled jobs without the web server."""
    from bot.running import work

    work(_settings())


@cli.command()
def chat() -> None:
    """Talk as a resident, in this terminal. /photo FILE and /pin LAT LON send those."""
    set_up_logs("text", logging.ERROR)
    from bot.app import build, prepare_database
    from bot.channels.terminal import Terminal

    app = build(load_settings())
    prepare_database(app)
    Terminal(app, out).talk(lambda: out.input("[bold green]You[/bold green]         "))


@cli.command()
def migrate() -> None:
    """Bring the database to this version."""
    from storage.database import Database

    database = Database(_settings().database)
    database.migrate()
    out.print("The database is up to date.")


# --- Packs ------------------------------------------------------------------------------------


@cli.command()
def check(pack: Annotated[Path, typer.Argument(help="The folder of the pack.")]) -> None:
    """Say everything that is wrong with a pack, by file and line."""
    from config import loading

    faults = [*loading.check(pack), *_too_few_examples(pack)]
    for fault in faults:
        style = "red" if fault.error else "yellow"
        out.print(f"[{style}]{escape(str(fault))}[/{style}]", soft_wrap=True, highlight=False)
    errors = sum(fault.error for fault in faults)
    out.print(f"{errors} errors, {len(faults) - errors} warnings.", highlight=False)
    if errors:
        raise typer.Exit(1)


cli.command("import")(import_)


# --- Reading ----------------------------------------------------------------------------------


@cli.command()
def classify(pack: PackOption = None) -> None:
    """Say what each message is about: JSON lines {"id", "text"} in, one line each out."""
    from bot.models import running_model
    from nlp.classifying import classify_lines
    from nlp.reader import Reader

    settings = load_settings()
    reader = Reader(_one_pack(pack), running_model(settings.data_dir, settings.nlp))
    for line in classify_lines(_lines(), reader):
        sys.stdout.write(line + "\n")


@cli.command()
def locate(
    pack: PackOption = None,
    map_: Annotated[
        Path | None,
        typer.Option("--map", help="Also draw them: a page with candidates, wards and true places."),
    ] = None,
) -> None:
    """Say where each message is: JSON lines {"id", "text"} in, one line each out.

    With a map a line may also have "latitude" and "longitude", where it really was.
    """
    from bot.app import make_geocoder, understand
    from geo.locating import locate_lines

    loaded = _one_pack(pack)
    settings = load_settings()
    geocoder = make_geocoder(settings)
    finder = understand({loaded.code: loaded}, settings.data_dir, geocoder=geocoder).finder
    today = datetime.now(UTC).date()
    if map_ is None:
        for line in locate_lines(_lines(), finder, today):
            sys.stdout.write(line + "\n")
        return
    from bot.maps.drawing import asked_and_found, page

    asked = [line for line in _lines() if line.strip()]
    found = list(locate_lines(asked, finder, today))
    sys.stdout.writelines(line + "\n" for line in found)
    drawings = (asked_and_found(*pair) for pair in zip(asked, found, strict=True))
    try:
        map_.write_text(page(loaded, (d for d in drawings if d), today), encoding="utf-8")
    except FileNotFoundError as missing:
        raise typer.BadParameter(f"{missing.filename} is missing: make set-up brings it") from None


# --- Deadlines --------------------------------------------------------------------------------


@cli.command()
def clock(
    kind: Annotated[ClockKind, typer.Argument(help="Whose clock: a partner body's or the council's.")],
    day: Annotated[
        datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="The day of the request.")
    ],
    nation: Annotated[Nation, typer.Option(help="Whose bank holidays count.")],
) -> None:
    """Say when a statutory clock of a Call for Action ends.

    A partner has 20 working days, the day after the request the first; the council two calendar
    months. Both end at 23:59.
    """
    from casework.calendars import local
    from casework.clocks import deadline
    from config.calendars import KNOWN_YEARS, calendar_around

    if day.year not in KNOWN_YEARS:
        raise typer.BadParameter(f"a year from {KNOWN_YEARS.start} to {KNOWN_YEARS.stop - 1} is needed")
    calendar = calendar_around(nation.value, day.date())
    sys.stdout.write(local(deadline(kind, day.date(), calendar), calendar).isoformat() + "\n")


@cli.command()
def dossier(
    reference: Annotated[str, typer.Argument(help="The reference of a report or of a call for action.")],
    complaint: Annotated[
        bool, typer.Option("--complaint", help="The whole record for an ombudsman, as JSON and as a page.")
    ] = False,
    into: Annotated[Path, typer.Option("--into", help="The folder for the files.")] = Path(),
) -> None:
    """Write the dossier of a matter, or everything that was done, as a page to send or print."""
    from bot.dossier_files import write_dossier

    for path in write_dossier(load_settings(), reference, complaint, into):
        out.print(str(path), highlight=False, soft_wrap=True)


# --- Measuring --------------------------------------------------------------------------------


@cli.command()
def replay(
    reports: Annotated[Path, typer.Argument(help="A CSV of reports, as the data's README describes it.")],
    limit: Annotated[int | None, typer.Option(help="Only so many rows.", min=1)] = None,
) -> None:
    """Play reports through the conversation as residents would, on the data's own clock."""
    set_up_logs("text", logging.ERROR)
    from bot.replay import replay_file

    replay_file(load_settings(), reports, limit, out)


@cli.command()
def figures(
    pack: PackOption = None,
    since: Annotated[datetime | None, typer.Option(help="The first day; default: a year ago.")] = None,
    until: Annotated[datetime | None, typer.Option(help="The day after the last; default: now.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How promises are kept, fixes confirmed and reports routed, from the ledger, as of now."""
    from bot.figures import as_json as to_json
    from bot.figures import read_figures, show
    from storage.database import Database
    from storage.ledger import Ledger

    set_up_logs("text", logging.ERROR)
    now = datetime.now(UTC)
    begin = since.replace(tzinfo=UTC) if since else now - timedelta(days=365)
    end = until.replace(tzinfo=UTC) if until else now
    ledger = Ledger(Database(load_settings().database))
    found = read_figures(ledger, _one_pack(pack), begin, end, now)
    if as_json:
        sys.stdout.write(to_json(found) + "\n")
    else:
        show(found, out)


def _too_few_examples(folder: Path) -> list[Fault]:
    """Warnings of categories that the trained model will hardly tell apart; none where the pack is faulty."""
    from bot.models import running_model
    from config.loading import load_pack
    from nlp.examples import too_few

    pack, _ = load_pack(folder)
    model = running_model(load_settings().data_dir, "small")
    if pack is None or model is None:
        return []
    lines = (folder / "categories.toml").read_text(encoding="utf-8").splitlines()
    places = {line.replace(" ", ""): number for number, line in reversed(list(enumerate(lines, 1)))}
    return [
        Fault("categories.toml", places.get(f'code="{code}"', 1), warning, error=False)
        for code, warning in too_few(pack.categories, model.classes)
    ]


def _lines() -> Iterator[str]:
    """Standard input in UTF-8, whatever the machine's own language; a broken letter stops nothing."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")


def _settings() -> Settings:
    settings = load_settings()
    set_up_logs(settings.log_format)
    return settings


def _one_pack(folder: Path | None) -> Pack:
    from config.loading import load_packs

    return load_packs([folder] if folder else load_settings().packs[:1])[0]
