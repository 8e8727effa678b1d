"""Makes a ward's poster as a page of HTML, and as PDF where Chromium is installed."""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.reaching import Reach
from casework.packs import Authority
from casework.places import Area
from config.wording import Catalogue

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PRINTING_S = 60


@dataclass(frozen=True, slots=True)
class _Shown:
    label: str
    shown: str
    code: Markup


class Posters:
    """Posters in one language."""

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._words = Catalogue(HERE.parent / "locale", "poster")
        self._pages = Environment(
            loader=FileSystemLoader(HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, authority: Authority, ward: Area, reaches: Sequence[Reach]) -> str:
        """The poster, a page that needs nothing else."""
        return self._pages.get_template("poster.html").render(
            language=self._language,
            text=self._text,
            authority=authority,
            ward=ward.name,
            numbers=[(self._text(f"kind.{r.kind}"), r.shown) for r in reaches if r.kind == "sms"],
            codes=[self._shown(r) for r in reaches if r.kind != "sms"],
        )

    def _text(self, key: str, **parameters: object) -> str:
        return self._words.text(f"poster.{key}", self._language, **parameters)

    def _shown(self, reach: Reach) -> _Shown:
        label = self._text(f"kind.{reach.kind}")
        return _Shown(label, reach.shown, code(reach.link, self._text("code", what=label, where=reach.shown)))


def code(link: str, name: str) -> Markup:
    """A QR code as SVG, named for those who hear the page. It can be read with a corner torn off."""
    out = io.BytesIO()
    made = segno.make_qr(link, error="q", boost_error=False)
    made.save(out, kind="svg", xmldecl=False, dark="#14211f", light="#ffffff", border=4, omitsize=True)
    svg = out.getvalue().decode()
    # Made by the library from black and white squares; the name is escaped here.
    named = Markup('<svg role="img" aria-label="{}" ').format(name)
    return Markup(svg.replace("<svg ", str(named), 1))


def find_browser() -> str | None:
    """A Chromium that can print."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_pdf(browser: str, page: Path, pdf: Path) -> bool:
    """Print a page to a file; False if the browser could not."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf.resolve()}",
            page.resolve().as_uri(),
        ]
        if os.geteuid() == 0:
            # Chromium's sandbox refuses root; the page is our own.
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PRINTING_S)
        except (subprocess.SubprocessError, OSError):
            return False
    return pdf.exists()
