"""The case pages in a real browser: accessible in both colour schemes, narrow, and by keyboard."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize

from casework.states import State
from tests.browser import axe_violations, browser, chromium_path
from tests.integration.web.conftest import Site
from tests.integration.web.test_dev_mail import first_path, keep
from tests.pictures import photo

pytestmark = pytest.mark.skipif(chromium_path() is None, reason="Chromium is not installed")

NARROW: ViewportSize = {"width": 320, "height": 640}

_IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The pages on a port of this machine."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def open_page(chromium: Browser, scheme: Literal["light", "dark"] = "light") -> Page:
    return chromium.new_page(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_small_phone(
    site: Site, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    filed = site.file(seed=1, photos=(site.keep_photo(),), text="word " * 50 + "x" * 200)
    unsure = site.file(seed=2, sure=False)
    private = site.file(seed=3, category="anti_social_behaviour")
    keep(site, "Overdue: AM-4F7-2Q9 " + "Dumped rubbish " * 8)
    paths = [
        site.act_path(filed) + "?act=not_ours#answer",
        site.sort_path(unsure),
        f"/report/{filed.report.reference}",
        f"/report/{private.report.reference}",
        "/report/AM-222-222",
        "/act/broken",
        "/dev/mail",
        first_path(site),
    ]
    page = open_page(chromium, scheme)
    found = {}
    with served(site) as address:
        for path in paths:
            page.goto(address + path)
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            found[path] = [*axe_violations(page), *(["too wide"] if wide else [])]
    page.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_a_crew_answers_by_keyboard_alone(site: Site, chromium: Browser) -> None:
    filed = site.file()
    page = open_page(chromium)
    with served(site) as address:
        page.goto(address + site.act_path(filed) + "?act=in_progress#answer")
        page.focus("#act-in_progress")
        for _ in ("done", "longer", "pause", "unable"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Please say why you cannot do this.").click()
        page.keyboard.type("Private land")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("Thank you. The resident gets your reason.").wait_for()
    page.close()

    assert site.case(filed).cluster.state is State.UNABLE_TO_FIX


def test_whose_it_is_is_asked_only_of_who_says_that_it_is_not_theirs(site: Site, chromium: Browser) -> None:
    filed = site.file()
    page = open_page(chromium)
    with served(site) as address:
        page.goto(address + site.act_path(filed) + "?act=done")
        hidden = page.get_by_label("Whose is it?").is_visible()
        page.get_by_label("It is not ours").check()
        shown = page.get_by_label("Whose is it?").is_visible()
    page.close()

    assert (hidden, shown) == (False, True)


def test_a_new_date_is_named_and_a_photo_added_on_a_narrow_phone(
    site: Site, chromium: Browser, tmp_path: Path
) -> None:
    filed = site.file()
    taken = tmp_path / "done.jpg"
    taken.write_bytes(photo(9))
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    with served(site) as address:
        page.goto(address + site.act_path(filed) + "?act=longer")
        longer = page.locator(".more--longer")
        longer.get_by_label("Why?").select_option("parts")
        longer.get_by_label("By when will it be done?").fill("2026-03-20")
        radio = page.locator("#act-longer").bounding_box()
        day = longer.get_by_label("By when will it be done?").bounding_box()
        page.get_by_role("button", name="Send").click()
        page.get_by_text("The residents know the new date").wait_for()
        page.get_by_label("It is done").check()
        page.get_by_label("A photo of what was done").set_input_files(taken)
        page.get_by_role("button", name="Send").click()
        page.get_by_text("We are asking the resident").wait_for()
        page.goto(f"{address}/report/{filed.report.reference}")
        page.get_by_role("heading", name="What was done").wait_for()
    page.close()

    assert radio is not None
    assert day is not None
    assert day["y"] > radio["y"] + radio["height"], "what belongs to a choice stands under it"
    assert site.told() == [("told.longer", ""), ("told.done_photo", "")]
