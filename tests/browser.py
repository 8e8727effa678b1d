"""A real browser for the tests: Debian's Chromium, driven by Playwright, judged by axe-core."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN_AXE = """
async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return found.violations.map((violation) =>
    `${violation.id} (${violation.impact}): ${violation.help}: `
    + violation.nodes.map((node) => node.target.join(" ")).join(", "));
}
"""


def chromium_path() -> str | None:
    """Where Chromium is installed, None where it is not."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that is closed at the end."""
    # Its sandbox refuses to run as root, which is what containers are.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        try:
            yield chromium
        finally:
            chromium.close()


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page by WCAG 2.2 AA and good practice; one line each.

    It is evaluated by the driver, so the page's Content-Security-Policy stays on. Contrast is
    judged at the end of animations only: emulate reduced motion where there are any.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [str(line) for line in page.evaluate(_RUN_AXE, WCAG)]
