"""The geocoder against a server on this machine that answers as Nominatim does."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from casework.places import Point, distance_m
from geo.geocoders import (
    FAILURES,
    PUBLIC_INTERVAL_S,
    REST_S,
    TIME_LIMIT_S,
    Geocoded,
    NominatimGeocoder,
    is_own,
)

AROUND = Point(51.5, -0.1)
TARN = Point(53.0145, 0.5055)
RECORDED = Path(__file__).parent / "nominatim"
"""Answers of Nominatim 5.3 that had imported ``tests.integration.geo.importing.extract``."""


class FakeNominatim(ThreadingHTTPServer):
    """Answers with the prepared status and places, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.places: object = [{"lat": "51.51", "lon": "-0.12", "display_name": "Zebedee Terrace, Testshire"}]
        self.asked: list[dict[str, list[str]]] = []
        self.agents: list[str] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeNominatim

    def do_GET(self) -> None:
        """Answer a search."""
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        self.server.agents.append(self.headers["User-Agent"])
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
    assert set(server.asked[0]) == {"q", "format", "limit", "viewbox", "bounded", "countrycodes"}
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
    server.status, clock.now = 200, clock.now + REST_S + 1
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


def test_processes_share_turns_and_answers(
    server: FakeNominatim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("geo.geocoders.is_own", lambda host: False)
    clock = Clock()
    one, other = (
        NominatimGeocoder(server.url, tmp_path / "geocoded.sqlite", clock=clock, sleep=clock.sleep)
        for _ in range(2)
    )
    first = one.locate("One Lane", AROUND, 0.2)
    assert other.locate("One Lane", AROUND, 0.2) == first
    other.locate("Two Lane", AROUND, 0.2)
    assert len(server.asked) == 2
    assert clock.slept == [0.0, pytest.approx(PUBLIC_INTERVAL_S)]


def test_nobody_waits_long_for_a_turn(
    server: FakeNominatim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("geo.geocoders.is_own", lambda host: False)
    clock = Clock()
    geocoders = [
        NominatimGeocoder(server.url, tmp_path / "geocoded.sqlite", clock=clock, sleep=lambda _: None)
        for _ in range(6)
    ]
    found = [geocoder.locate(f"Lane {n}", AROUND, 0.2) for n, geocoder in enumerate(geocoders)]
    assert [place is not None for place in found] == [True, True, True, False, False, False]
    assert len(server.asked) == 3


def test_an_answer_is_forgotten_after_a_month(server: FakeNominatim, tmp_path: Path) -> None:
    clock = Clock()
    for days in (0, 29, 1.1):
        clock.now += days * 24 * 3600
        geocoder = NominatimGeocoder(server.url, tmp_path / "geocoded.sqlite", clock=clock)
        assert geocoder.locate("Zebedee Terrace", AROUND, 0.2) is not None
        geocoder.close()
    assert len(server.asked) == 2


def test_a_cache_that_is_broken_leads_to_no_place(server: FakeNominatim, tmp_path: Path) -> None:
    geocoder = NominatimGeocoder(server.url, tmp_path / "geocoded.sqlite")
    geocoder.close()
    assert geocoder.locate("Zebedee Terrace", AROUND, 0.2) is None
    assert server.asked == []


def test_the_server_hears_who_asks(server: FakeNominatim) -> None:
    NominatimGeocoder(server.url, who="https://report.tarn.example").locate("One Lane", AROUND, 0.2)
    assert server.agents == ["streetcall/0.1 (https://report.tarn.example)"]


def test_a_server_that_does_not_answer_in_time_is_no_place() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        geocoder = NominatimGeocoder(f"http://127.0.0.1:{silent.getsockname()[1]}")
        start = time.monotonic()
        assert geocoder.locate("One Lane", AROUND, 0.2) is None
        assert time.monotonic() - start < 2 * TIME_LIMIT_S


# --- What a real Nominatim answers ------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.stem for path in RECORDED.glob("*.json")))
def test_recorded_answers_are_understood(server: FakeNominatim, name: str) -> None:
    recorded = json.loads((RECORDED / f"{name}.json").read_text())
    server.places = recorded["answer"]
    found = NominatimGeocoder(server.url).locate(recorded["phrase"], TARN, 0.2)
    expected = recorded["expected"]
    assert (found is None) == (expected is None)
    if found is not None:
        assert distance_m(found.point, Point(*expected)) < 1
    assert server.asked[0]["q"] == [recorded["phrase"]]


@pytest.mark.skipif("STREETCALL_TEST_NOMINATIM_URL" not in os.environ, reason="no Nominatim to ask")
class TestWithARealNominatim:
    """It must have imported the extract that ``tests.integration.geo.importing.extract`` writes."""

    def setup_method(self) -> None:
        self.geocoder = NominatimGeocoder(os.environ["STREETCALL_TEST_NOMINATIM_URL"])

    @pytest.mark.parametrize(
        ("phrase", "latitude", "longitude", "metres"),
        [
            ("High Street", 53.015, 0.505, 350),
            ("4 High Street", 53.0142, 0.5052, 5),
            ("the black bull", 53.0141, 0.5051, 5),
            ("Tarn Park", 53.0145, 0.5065, 60),
        ],
    )
    def test_it_finds_what_the_map_has(
        self, phrase: str, latitude: float, longitude: float, metres: float
    ) -> None:
        found = self.geocoder.locate(phrase, TARN, 0.2)
        assert found is not None
        assert distance_m(found.point, Point(latitude, longitude)) < metres

    @pytest.mark.parametrize("phrase", ["Hihg Street", "No Such Lane", "'; DROP TABLE", "\u202e", "a" * 500])
    def test_what_it_does_not_have_is_no_place(self, phrase: str) -> None:
        assert self.geocoder.locate(phrase, TARN, 0.2) is None


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
