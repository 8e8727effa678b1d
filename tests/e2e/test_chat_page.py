"""The chat page in a real browser at the running product, as different people use it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser import axe_violations, browser, chromium_path
from tests.pictures import photo
from tests.product import Product, product

pytestmark = pytest.mark.skipif(chromium_path() is None, reason="Chromium is not installed")

MARKET = {"latitude": 53.00148, "longitude": 0.45027}
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
SOFA = "Someone dumped an old sofa by the bins"

_IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def streetcall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The demo borough."""
    with product(tmp_path_factory.mktemp("product")) as made:
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as running:
        yield running


@pytest.fixture
def context(chromium: Browser, streetcall: Product) -> Iterator[BrowserContext]:
    """A browser of somebody new, on a desk."""
    made = new_context(chromium, streetcall)
    yield made
    made.close()


def new_context(chromium: Browser, streetcall: Product, **options: Any) -> BrowserContext:
    """A browser of somebody new; animations are off, so that what is seen is what stays."""
    made = chromium.new_context(
        base_url=streetcall.address, reduced_motion="reduce", **({"viewport": DESK} | options)
    )
    made.set_default_timeout(20_000)
    return made


def open_chat(context: BrowserContext) -> Page:
    """The chat, ready to be written in."""
    page = context.new_page()
    page.goto("/")
    return page


def say(page: Page, words: str) -> None:
    """Write and send by keyboard."""
    box(page).fill(words)
    box(page).press("Enter")


def box(page: Page) -> Any:
    """Where one writes."""
    return page.get_by_role("textbox", name="Your message")


def replies(page: Page) -> Any:
    """What Streetcall said, after its welcome."""
    return page.locator(".entry--bot .bubble__text")


def check_looks(page: Page, name: str) -> None:
    """Accessible, and nothing sticks out at the side; a picture of it for people to look at."""
    folder = os.environ.get("STREETCALL_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")
    assert axe_violations(page) == []
    assert not page.evaluate(_IS_TOO_WIDE)


# --- Telling -------------------------------------------------------------------------------------


def test_a_problem_is_told_by_keyboard_alone(context: BrowserContext) -> None:
    page = open_chat(context)
    check_looks(page, "welcome")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Pothole on the High Street")
    page.keyboard.press("Enter")
    expect(page.locator(".choices button").first).to_be_visible()
    expect(box(page)).to_be_focused()
    check_looks(page, "which-place")

    page.locator(".choices button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reference-plate")).to_be_visible()
    check_looks(page, "filed")

    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(replies(page).last).to_contain_text("Withdrawn")


def test_a_place_is_picked_by_its_button_and_other_buttons_rest(context: BrowserContext) -> None:
    page = open_chat(context)
    say(page, "Pothole on the High Street")
    chosen = page.locator(".choices button").first
    label = chosen.inner_text()
    chosen.click()
    expect(page.locator(".entry--me .bubble__text").last).to_have_text(label)
    expect(page.locator(".reference-plate strong")).to_contain_text("AM-")
    expect(chosen).to_be_disabled()
    expect(chosen).to_have_class("button button--choice is-chosen")


def test_a_photo_goes_along_and_can_be_taken_off_before(context: BrowserContext, tmp_path: Path) -> None:
    page = open_chat(context)
    files = [tmp_path / f"sofa-{number}.jpg" for number in range(2)]
    for number, file in enumerate(files):
        file.write_bytes(photo(number, (800, 600)))
    page.set_input_files("#photo", files)
    expect(page.locator(".tray__item")).to_have_count(2)
    box(page).fill(f"{SOFA}, Market Place")
    check_looks(page, "photos-chosen")
    page.get_by_role("button", name="Remove sofa-0.jpg").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".reference-plate")).to_be_visible()
    expect(page.get_by_alt_text("Photo")).to_have_count(1)
    check_looks(page, "photo-sent")


def test_what_is_no_photo_is_said_and_not_sent(context: BrowserContext, tmp_path: Path) -> None:
    page = open_chat(context)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "empty.jpg").write_bytes(b"")
    for name, told in (("letter.pdf", "is not a photo"), ("empty.jpg", "could not be read")):
        page.set_input_files("#photo", tmp_path / name)
        expect(page.get_by_role("status")).to_contain_text(told)
    expect(page.locator(".tray__item")).to_have_count(0)


def test_my_location_answers_where_it_is(chromium: Browser, streetcall: Product) -> None:
    context = new_context(chromium, streetcall, geolocation=MARKET, permissions=["geolocation"])
    page = open_chat(context)
    say(page, SOFA)
    expect(replies(page).last).to_contain_text("here")
    expect(page.get_by_role("button", name="Use my location")).to_have_class(
        "button button--quiet needs-script is-wanted"
    )
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator(".bubble__place")).to_have_text("My location")
    expect(page.locator(".reference-plate")).to_be_visible()
    expect(replies(page).last).to_contain_text("Street Cleansing")
    context.close()


def test_who_does_not_share_the_location_is_told_what_else_helps(context: BrowserContext) -> None:
    page = open_chat(context)
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_role("status")).to_contain_text("type the street or the postcode")
    check_looks(page, "location-denied")


def test_an_empty_message_is_not_sent(context: BrowserContext) -> None:
    page = open_chat(context)
    say(page, "   ")
    expect(page.get_by_role("status")).not_to_be_empty()
    expect(page.locator(".entry--me")).to_have_count(0)


# --- Bad networks --------------------------------------------------------------------------------


def test_a_reload_keeps_the_talk_and_what_is_half_written(context: BrowserContext) -> None:
    page = open_chat(context)
    say(page, SOFA)
    expect(replies(page)).to_have_count(1)
    box(page).fill("Market")
    page.reload()
    expect(page.locator(".entry--me .bubble__text")).to_have_text(SOFA)
    expect(replies(page)).to_have_count(1)
    expect(box(page)).to_have_value("Market")
    say(page, "Market Place, by number 4")
    expect(page.locator(".reference-plate")).to_be_visible()


def test_what_is_said_offline_is_sent_once_when_the_line_is_back(context: BrowserContext) -> None:
    page = open_chat(context)
    say(page, "hello")
    expect(replies(page)).to_have_count(1)
    context.set_offline(True)
    say(page, SOFA)
    say(page, "Market Place")
    expect(page.locator(".entry--unsent")).to_have_count(2)
    check_looks(page, "offline")
    # Even a page that is closed and opened again keeps what waits.
    context.set_offline(False)
    expect(page.locator(".reference-plate")).to_have_count(1)
    expect(page.locator(".entry--unsent")).to_have_count(0)
    page.reload()
    expect(page.locator(".reference-plate")).to_have_count(1)
    expect(page.locator(".entry--me")).to_have_count(3)


def test_what_waited_when_the_page_was_closed_is_sent_when_it_is_opened(context: BrowserContext) -> None:
    page = open_chat(context)
    page.route("**/api/chat*", lambda route: route.abort())
    say(page, f"{SOFA}, Market Place")
    expect(page.locator(".entry--unsent")).to_have_count(1)
    page.close()
    page = open_chat(context)
    expect(page.locator(".reference-plate")).to_have_count(1)
    expect(page.locator(".entry--me")).to_have_count(1)


def test_an_answer_that_got_lost_on_the_way_is_heard_without_a_second_report(context: BrowserContext) -> None:
    page = open_chat(context)
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/api/chat*", lose_the_first_answer)
    say(page, f"{SOFA}, Market Place")
    expect(page.locator(".reference-plate")).to_have_count(1)
    say(page, "mine")
    expect(replies(page).last).to_contain_text("AM-")
    assert lost == [200]
    assert replies(page).last.inner_text().count("AM-") == 1


@pytest.mark.parametrize(("status", "name"), [(503, "unavailable"), (400, "refused")])
def test_a_message_that_was_not_taken_can_be_sent_again(
    context: BrowserContext, status: int, name: str
) -> None:
    page = open_chat(context)

    def refuse(route: Route) -> None:
        route.fulfill(status=status, json={"error": "not now"}, headers={"Retry-After": "5"})

    page.route("**/api/chat", refuse)
    say(page, f"{SOFA}, Market Place")
    expect(page.locator(".entry--unsent")).to_have_count(1)
    check_looks(page, name)
    page.unroute("**/api/chat")
    page.get_by_role("button", name="Try now").click()
    expect(page.locator(".reference-plate")).to_have_count(1)
    expect(page.locator(".entry--unsent")).to_have_count(0)


def test_clearing_the_chat_forgets_it_on_this_device(context: BrowserContext) -> None:
    page = open_chat(context)
    say(page, f"{SOFA}, Market Place")
    expect(page.locator(".reference-plate")).to_have_count(1)
    page.get_by_text("Your privacy").click()
    page.get_by_role("button", name="Clear this chat from this device").click()
    check_looks(page, "clear")
    page.get_by_role("button", name="Clear it").click()
    expect(page.locator(".entry--me")).to_have_count(0)
    page.reload()
    expect(page.locator(".entry--me")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_what_happens_later_is_heard_by_a_page_that_waits(context: BrowserContext) -> None:
    """Two tabs of one browser are one conversation."""
    page, other = open_chat(context), open_chat(context)
    say(page, f"{SOFA}, Market Place")
    expect(page.locator(".reference-plate")).to_have_count(1)
    other.bring_to_front()
    expect(other.locator(".entry--me")).to_have_count(1)
    expect(other.locator(".reference-plate")).to_have_count(1)


# --- Small screens, dark rooms, no scripts -------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_small_phone(
    chromium: Browser, streetcall: Product, scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    context = new_context(chromium, streetcall, viewport=PHONE, color_scheme=scheme, has_touch=True)
    page = open_chat(context)
    check_looks(page, f"phone-{scheme}-welcome")
    (tmp_path / "sofa.jpg").write_bytes(photo(3, (800, 600)))
    page.set_input_files("#photo", tmp_path / "sofa.jpg")
    box(page).fill("Pothole " + "x" * 60 + " on the High Street")
    check_looks(page, f"phone-{scheme}-photo")
    page.get_by_role("button", name="Send").click()
    page.locator(".choices button").first.click()
    expect(page.locator(".reference-plate")).to_be_visible()
    # However long the answer is: it is read from its beginning.
    expect(replies(page).last).to_be_in_viewport()
    check_looks(page, f"phone-{scheme}-filed")
    context.close()


def test_everything_works_without_scripts(chromium: Browser, streetcall: Product, tmp_path: Path) -> None:
    context = new_context(chromium, streetcall, viewport=PHONE, java_script_enabled=False)
    page = open_chat(context)
    expect(page.get_by_role("button", name="Use my location")).to_be_hidden()
    (tmp_path / "hole.jpg").write_bytes(photo(4))
    page.set_input_files("#photo", tmp_path / "hole.jpg")
    box(page).fill("Pothole on the High Street")
    page.get_by_role("button", name="Send").click()
    choice = page.locator(".choices button").first
    expect(choice).to_be_visible()
    choice.click()
    expect(page.locator(".reference-plate")).to_be_visible()
    folder = os.environ.get("STREETCALL_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / "without-scripts.png")
    box(page).fill("mine")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".entry--bot .bubble").last).to_contain_text("AM-")
    context.close()
