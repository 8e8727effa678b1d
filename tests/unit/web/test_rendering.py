"""Pages: their words, their language, and the headers that keep them safe."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from config.wording import Catalogue
from tests.unit.web.client import TestClient
from web.assets import HERE, Assets
from web.rendering import Pages, SecurityHeaders, create_pages, preferred_language

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "hello"
msgstr "WORD <{name}>"
"""


def pages_of(folder: Path, template: str, **words: str) -> Pages:
    """A renderer of one template, with a catalogue of one sentence per language."""
    for language, word in ({"en": "Hello"} | words).items():
        file = folder / language / "LC_MESSAGES" / "streetcall.po"
        file.parent.mkdir(parents=True)
        file.write_text(PO.replace("WORD", word), encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"page.html": template}), autoescape=True, undefined=StrictUndefined
    )
    return Pages(environment, Catalogue(folder), Assets({}), "Fenmoor Council")


def request(accept_language: str = "") -> Request:
    """A browser's wish for a page."""
    headers = [(b"accept-language", accept_language.encode())]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def test_words_and_names_are_escaped(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, "{{ t('hello', name=name) }}")
    page = pages.page("page.html", request(), name="<script>")
    assert page.body == b"Hello &lt;&lt;script&gt;&gt;"


def test_a_name_that_nobody_gave_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        pages_of(tmp_path, "{{ forgotten }}").page("page.html", request())


def test_a_page_speaks_the_readers_language(tmp_path: Path) -> None:
    pages = pages_of(
        tmp_path, "{{ language }} {{ direction }} {{ t('hello', name='x') }}", cy="Helo", ur="سلام"
    )
    assert bytes(pages.page("page.html", request("cy-GB, en;q=0.5")).body).startswith(b"cy ltr Helo")
    assert bytes(pages.page("page.html", request("ur")).body).startswith("ur rtl سلام".encode())
    assert bytes(pages.page("page.html", request("fr")).body).startswith(b"en ltr Hello")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("cy", "cy"),
        ("cy-GB", "cy"),
        ("en;q=0.4, cy;q=0.9", "cy"),
        ("cy;q=0, en", "en"),
        ("cy;q=nonsense", "en"),
        ("xx-yy-zz;;;q=1,,;", "en"),
    ],
)
def test_the_language_is_the_one_most_wished_for_that_there_is(accept: str, language: str) -> None:
    assert preferred_language(accept, ("en", "cy")) == language


def test_a_page_is_not_kept_by_browsers(tmp_path: Path) -> None:
    page = pages_of(tmp_path, "x").page("page.html", request(), status=404)
    assert page.headers["cache-control"] == "no-store"
    assert page.status_code == 404


def test_every_sentence_of_the_pages_is_filled_alike_in_every_language() -> None:
    assert Catalogue(HERE / "locale").mistranslated() == ()


def test_the_product_has_its_pages() -> None:
    assert create_pages("Fenmoor Council").site == "Fenmoor Council"


async def _plain(request: Request) -> Response:
    return PlainTextResponse("x", headers={"Referrer-Policy": "no-referrer"})


def client(*, https: bool = False) -> TestClient:
    """A site with one page behind the middleware."""
    return TestClient(SecurityHeaders(Starlette(routes=[Route("/", _plain)]), https=https))


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_has_the_safe_headers(path: str) -> None:
    headers = client().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert "camera=(self)" in headers["permissions-policy"]


def test_a_page_may_be_stricter() -> None:
    assert client().get("/").headers["referrer-policy"] == "no-referrer"


def test_only_a_site_on_https_asks_for_https() -> None:
    assert "strict-transport-security" not in client().get("/").headers
    assert "max-age" in client(https=True).get("/").headers["strict-transport-security"]
