"""The geocoder against a server on this machine that answers as Nominatim does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from casework.places import Point
from geo.geocoders import FAILURES, REST_S, Geocoded, NominatimGeocoder, is_own

AROUND = Point(51.5, -0.1)


class FakeNominatim(ThreadingHTTPServer):
    """Answers with the prepared status and places, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.places: object = [{"lat": "51.51", "lon": "-0.12", "display_name": "Zebedee Terrace, Testshire"}]
        self.asked: list[dict[str, list[str]]] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeNominatim

    def do_GET(self) -> None:
        """Answer a search."""
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        body = json.dumps(self.server.places).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Pass."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    """A fake Nominatim that listens."""
    fake = FakeNominatim()
    thread = threading.Thread(target=fake.serve_forever, daemon=True)
    thread.start()
    yield fake
    fake.shutdown()
    thread.join()
    fake.server_close()


def test_a_phrase_is_found_once_and_then_remembered(server: FakeNominatim) -> None:
    geocoder = NominatimGeocoder(server.url)
    found = [geocoder.locate("Zebedee  Terrace", AROUND, 0.2) for _ in range(2)]
    assert found == [Geocoded(Point(51.51, -0.12), "Zebedee Terrace, Testshire")] * 2
    assert len(server.asked) == 1


def test_only_the_phrase_and_the_box_leave_the_machine(server: FakeNominatim) -> None:
    NominatimGeocoder(server.url).locate("Zebedee Terrace", AROUND, 0.2)
    assert set(server.asked[0]) == {"q", "format", "limit", "viewbox", "bounded"}
    assert server.asked[0]["q"] == ["zebedee terrace"]


def test_nothing_found_is_remembered_too(server: FakeNominatim) -> None:
    server.places = []
    geocoder = NominatimGeocoder(server.url)
    assert [geocoder.locate("Nowhere", AROUND, 0.2) for _ in range(2)] == [None, None]
    assert len(server.asked) == 1


def test_after_failures_it_rests_and_then_tries_again(server: FakeNominatim) -> None:
    server.status = 500
    clock = Clock()
    geocoder = NominatimGeocoder(server.url, clock=clock, sleep=clock.sleep)
    for n in range(FAILURES + 3):
        assert geocoder.locate(f"Lane {n}", AROUND, 0.2) is None
    assert len(server.asked) == FAILURES
    server.status, clock.now = 200, clock.now + REST_S
    assert geocoder.locate("Lane 0", AROUND, 0.2) is not None


@pytest.mark.parametrize("places", [{"error": "busy"}, [{"lat": "north"}], "text", 3])
def test_an_answer_that_makes_no_sense_is_none(server: FakeNominatim, places: object) -> None:
    server.places = places
    assert NominatimGeocoder(server.url).locate("Zebedee Terrace", AROUND, 0.2) is None


def test_a_public_server_is_asked_at_most_once_a_second(
    server: FakeNominatim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.geocoders.is_own", lambda host: False)
    clock = Clock()
    geocoder = NominatimGeocoder(server.url, clock=clock, sleep=clock.sleep)
    geocoder.locate("One Lane", AROUND, 0.2)
    clock.now += 0.4
    geocoder.locate("Two Lane", AROUND, 0.2)
    assert clock.slept == [0.0, pytest.approx(0.6)]


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("10.1.2.3", True),
        ("geo.internal", True),
        ("nominatim.example.org", False),
        ("", False),
    ],
)
def test_only_private_hosts_are_our_own(host: str, own: bool) -> None:
    assert is_own(host) is own
