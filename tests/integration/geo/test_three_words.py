"""what3words against a server on this machine that answers as theirs does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from casework.places import Point
from geo.three_words import FAILURES, REST_S, What3Words

FOUND = {
    "country": "GB",
    "nearestPlace": "Testshire",
    "coordinates": {"lng": -0.195521, "lat": 51.520847},
    "words": "apple.pear.plum",
    "language": "en",
    "map": "https://w3w.co/apple.pear.plum",
}


class FakeWhat3Words(ThreadingHTTPServer):
    """Answers with the prepared status and body, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body = 200, json.dumps(FOUND)
        self.asked: list[tuple[str, dict[str, list[str]]]] = []


class _Handler(BaseHTTPRequestHandler):
    server: FakeWhat3Words

    def do_GET(self) -> None:
        """Answer a conversion."""
        parts = urlsplit(self.path)
        self.server.asked.append((parts.path, parse_qs(parts.query)))
        body = self.server.body.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[FakeWhat3Words]:
    """A server that listens."""
    fake = FakeWhat3Words()
    thread = threading.Thread(target=fake.serve_forever, daemon=True)
    thread.start()
    yield fake
    fake.shutdown()
    fake.server_close()
    thread.join()


def url(server: FakeWhat3Words) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def test_three_words_become_a_point(server: FakeWhat3Words) -> None:
    assert What3Words("a-key", url(server)).point("///apple.pear.plum") == Point(51.520847, -0.195521)


def test_only_the_words_and_the_key_leave_the_machine(server: FakeWhat3Words) -> None:
    What3Words("a-key", url(server)).point("///apple.pear.plum")
    asked = {"words": ["apple.pear.plum"], "key": ["a-key"]}
    assert server.asked == [("/v3/convert-to-coordinates", asked)]


def test_words_of_no_place_are_no_point_and_no_fault(server: FakeWhat3Words) -> None:
    server.status, server.body = 400, json.dumps({"error": {"code": "BadWords", "message": "words must be"}})
    ours = What3Words("a-key", url(server))
    for _ in range(FAILURES + 2):
        assert ours.point("///no.such.place") is None
    assert len(server.asked) == FAILURES + 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, json.dumps({"error": {"code": "InvalidKey", "message": "Authentication failed"}})),
        (402, json.dumps({"error": {"code": "QuotaExceeded", "message": "Quota Exceeded"}})),
        (500, "<html>"),
        (200, "[]"),
        (200, "{}"),
        (200, json.dumps({"coordinates": {"lat": "x", "lng": None}})),
    ],
)
def test_a_service_that_fails_is_left_in_peace_for_a_while(
    server: FakeWhat3Words, status: int, body: str
) -> None:
    server.status, server.body = status, body
    now = [0.0]
    ours = What3Words("a-key", url(server), clock=lambda: now[0])
    for _ in range(FAILURES + 3):
        assert ours.point("///apple.pear.plum") is None
    assert len(server.asked) == FAILURES
    now[0], server.status, server.body = REST_S + 1, 200, json.dumps(FOUND)
    assert ours.point("///apple.pear.plum") is not None


def test_nobody_who_answers_is_no_point() -> None:
    assert What3Words("a-key", "http://127.0.0.1:9").point("///apple.pear.plum") is None
