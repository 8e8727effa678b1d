"""A ward's poster."""

import re
from pathlib import Path

import pytest

from bot.channels.reaching import Reach
from bot.posters.making import Posters, code, find_browser, print_pdf
from casework.places import Area, AreaKind
from tests.factories import make_authority

WARD = Area("W1", "St Botolph's & <Quay>", AreaKind.WARD, {})
REACHES = (
    Reach("sms", "07700 900100", "sms:+447700900100"),
    Reach("telegram", "t.me/AshmereBot", "https://t.me/AshmereBot?start=VzE"),
    Reach("whatsapp", "07700 900102", "https://wa.me/447700900102"),
    Reach("web", "reports.ashmere.example", "https://reports.ashmere.example"),
)


@pytest.fixture
def page() -> str:
    """A poster with every way."""
    return Posters().page(make_authority(), WARD, REACHES)


def test_a_poster_says_every_way(page: str) -> None:
    assert all(reach.shown in page for reach in REACHES)
    assert "St Botolph&#39;s &amp; &lt;Quay&gt;" in page


def test_each_code_is_named_for_those_who_hear_the_page(page: str) -> None:
    assert re.findall(r'<svg role="img" aria-label="([^"]+)"', page) == [
        "QR code for Telegram: t.me/AshmereBot",
        "QR code for WhatsApp: 07700 900102",
        "QR code for Online: reports.ashmere.example",
    ]


def test_a_poster_needs_nothing_from_elsewhere(page: str) -> None:
    assert not re.findall(r'(?:src|href)="', page)


def test_a_name_cannot_leave_its_attribute() -> None:
    assert "&#34; onload" in code("https://a.example", 'x" onload="y')


def test_a_poster_without_a_number_has_no_empty_line_for_it() -> None:
    assert "Send a text to" not in Posters().page(make_authority(), WARD, REACHES[3:])


def test_a_poster_prints_on_one_page(page: str, tmp_path: Path) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("Chromium is not installed")
    html, pdf = tmp_path / "poster.html", tmp_path / "poster.pdf"
    html.write_text(page, encoding="utf-8")
    assert print_pdf(browser, html, pdf)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf.read_bytes())) == 1
