"""What is said when a page cannot be shown."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.logs import tell_where
from casework.errors import StorageUnavailable
from tests.unit.web.client import TestClient
from web.assets import Asset, Assets
from web.error_pages import create_error_handlers
from web.rendering import create_pages


def client() -> TestClient:
    def fails(_request: Request) -> Response:
        raise RuntimeError("the resident's own words")

    def away(_request: Request) -> Response:
        raise StorageUnavailable("gone")

    paths = ("/act/secret", "/api/fails")
    routes = [Route(path, fails) for path in paths] + [Route("/away", away), Route("/api/away", away)]
    files = {name: Asset(b"", "text/css") for name in _asset_names()}
    pages = create_pages("Ashmere", Assets(files, "d"))
    app = Starlette(routes=routes, exception_handlers=dict(create_error_handlers(pages)))
    return TestClient(app, raise_server_exceptions=False)


def _asset_names() -> set[str]:
    folder = Path("web/templates")
    return {n for f in folder.glob("*.html") for n in re.findall(r"asset\('([^']+)'\)", f.read_text())}


def test_an_unknown_page_is_said_in_words_with_a_way_back() -> None:
    answer = client().get("/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text


def test_a_program_is_told_in_json() -> None:
    answer = client().get("/api/nowhere")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("path", ["/away", "/api/away"])
def test_a_database_that_is_away_asks_to_try_again(path: str) -> None:
    answer = client().get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("path", ["/act/secret", "/api/fails"])
def test_a_fault_of_ours_shows_a_number_and_nothing_else(path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 500
    assert "words" not in answer.text
    assert "number" in answer.text


def test_neither_a_signed_link_nor_words_are_written_into_the_log() -> None:
    with capture_logs(processors=[tell_where]) as logged:
        client().get("/act/secret")
    assert [entry["error"] for entry in logged] == ["RuntimeError"]
    assert "secret" not in str(logged)
    assert "words" not in str(logged)
