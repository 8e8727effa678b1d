"""The command line for channels: ``streetcall channels …``."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
from rich.console import Console
from rich.markup import escape

from bot.channels.checking import Finding
from casework.places import Area, AreaKind

if TYPE_CHECKING:
    # Large: imported only when a command runs.
    from bot.app import App
    from bot.ways import Way

channels = typer.Typer(help="Telegram, SMS and WhatsApp: check them, set them up.", no_args_is_help=True)
out = Console()
log = structlog.get_logger()

POSTERS = Path("build/posters")


@channels.command()
def check() -> None:
    """Say what is right and wrong with each channel, and what to do about it."""
    with _providers() as providers:
        wrong = sum(_show(name, way, way.check if way else None) for name, way in providers)
    if wrong:
        raise typer.Exit(1)


@channels.command()
def set_webhooks() -> None:
    """Have each provider send its messages to STREETCALL_PUBLIC_URL."""
    with _providers() as providers:
        wrong = sum(_show(name, way, way.set_webhooks if way else None) for name, way in providers)
    if wrong:
        raise typer.Exit(1)


@channels.command()
def catch_up() -> None:
    """Take in what came while we were away, where the provider keeps it. Run and worker do it too."""
    with _providers() as providers:
        for name, way in providers:
            if way and way.catch_up:
                out.print(f"{name}: {way.catch_up()} messages were missing.", highlight=False)


@channels.command()
def poster(
    ward: Annotated[str | None, typer.Option(help="The code of the ward; default: every ward.")] = None,
    folder: Annotated[Path, typer.Option(help="Where to put them.")] = POSTERS,
) -> None:
    """Make a poster with number, links and QR codes for a ward, to be printed."""
    from bot.posters.making import Posters, find_browser, print_pdf

    browser = find_browser()
    made = 0
    with _app() as app:
        for pack in app.packs.values():
            posters = Posters(pack.authority.languages[0])
            for area in _wards(pack.areas, ward):
                page = folder / f"{pack.code}-{area.code}.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(posters.page(pack.authority, area, app.reaches(area.code)), encoding="utf-8")
                printed = browser and print_pdf(browser, page, page.with_suffix(".pdf"))
                out.print(str(page.with_suffix(".pdf") if printed else page), highlight=False, soft_wrap=True)
                made += 1
    if not made:
        out.print(f"No ward has the code {ward}. `streetcall check` names the file of the areas.")
        raise typer.Exit(1)


def _wards(areas: Sequence[Area], code: str | None) -> list[Area]:
    return [area for area in areas if area.kind is AreaKind.WARD and code in (None, area.code)]


@contextmanager
def _app() -> Iterator["App"]:
    import logging

    from bot.app import build, prepare_database
    from bot.logs import set_up_logs
    from config.settings import load_settings

    set_up_logs("text", logging.ERROR)
    app = build(load_settings())
    prepare_database(app)
    try:
        yield app
    finally:
        app.stop()


@contextmanager
def _providers() -> Iterator[list[tuple[str, "Way | None"]]]:
    with _app() as app:
        yield list(app.providers.items())


def _show(name: str, way: "Way | None", look: Callable[[], Sequence[Finding]] | None) -> int:
    """Print what was found; how much of it is wrong."""
    out.print(f"[bold]{escape(name)}[/bold]")
    if way is None:
        out.print(f"off    its credentials (STREETCALL_{name.upper()}_…) are not set", highlight=False)
        return 0
    findings = look() if look else ()
    for finding in findings:
        style = {True: "green", False: "red", None: "yellow"}[finding.ok]
        out.print(f"[{style}]{escape(str(finding))}[/{style}]", highlight=False, soft_wrap=True)
    return sum(finding.ok is False for finding in findings)
