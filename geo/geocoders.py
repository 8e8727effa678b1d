"""A geocoder behind the gazetteer: somebody's Nominatim, asked seldom and never trusted alone.

Off unless a deployment gives a URL. Only the phrase that names the place, and the box to look in,
leave the machine. The usage policy of OpenStreetMap's own server asks for at most one call a second
from all of an application together, for answers to be kept, and for the application to say who it is.
"""

import ipaddress
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim

from casework.places import Point

TIME_LIMIT_S = 2.0
"""For an answer, and for a turn to ask: a resident waits for both."""

PUBLIC_INTERVAL_S = 1.0
"""The usage policy of OpenStreetMap's server: at most one call a second."""

FAILURES, REST_S = 3, 60.0
"""After so many failures in a row nothing is asked for so many seconds."""

KEPT_S = 30 * 24 * 3600.0
"""Answers are kept for a month: maps change, and phrases are residents' own words."""

LONGEST_PHRASE = 100
USER_AGENT = "streetcall/0.1"
COUNTRIES = "gb"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer
    (server TEXT, phrase TEXT, box TEXT, at REAL, latitude REAL, longitude REAL, name TEXT,
     PRIMARY KEY (server, phrase, box));
CREATE TABLE IF NOT EXISTS turn (server TEXT PRIMARY KEY, next REAL);
"""

_FAULTS = (GeopyError, OSError, ValueError, LookupError, TypeError, AttributeError)
"""What a server that is down, busy, or no Nominatim at all leads to."""


@dataclass(frozen=True, slots=True)
class Geocoded:
    """What a geocoder found: a point and its own name for it."""

    point: Point
    name: str


class Geocoder(Protocol):
    """Anything that finds a phrase near a point."""

    def locate(self, phrase: str, around: Point, reach_degrees: float) -> Geocoded | None:
        """The likeliest place of that name around a point, None if there is none or nobody answers."""


class Answers:
    """Answers and turns in a file that all processes of a machine share; in memory without a path.

    A file that cannot be used keeps nothing and lets nobody ask a public server.
    """

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            path or ":memory:", check_same_thread=False, timeout=TIME_LIMIT_S, isolation_level=None
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("DELETE FROM answer WHERE at < ?", (clock() - KEPT_S,))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def find(self, server: str, phrase: str, box: str) -> tuple[Geocoded | None] | None:
        """What was answered before, alone in a tuple: nothing found is an answer too; None if never asked."""
        query = (
            "SELECT latitude, longitude, name FROM answer WHERE (server, phrase, box) = (?, ?, ?) AND at > ?"
        )
        with self._lock:
            row = self._connection.execute(query, (server, phrase, box, self._clock() - KEPT_S)).fetchone()
        if row is None:
            return None
        return (Geocoded(Point(row[0], row[1]), row[2]) if row[0] is not None else None,)

    def keep(self, server: str, phrase: str, box: str, found: Geocoded | None) -> None:
        """Remember an answer."""
        point = (found.point.latitude, found.point.longitude, found.name) if found else (None, None, None)
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)",
                (server, phrase, box, self._clock(), *point),
            )

    def turn(self, server: str, interval: float) -> float:
        """Take the next turn to ask; how many seconds until it comes, across all processes.

        No turn is taken, and the wait is told, where it is too long to wait for.
        """
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                row = cursor.execute("SELECT next FROM turn WHERE server = ?", (server,)).fetchone()
                now = self._clock()
                # A clock that was put back must not keep everybody waiting.
                due = min(row[0], now + 60.0) if row else now
                wait = max(0.0, due - now)
                if wait <= TIME_LIMIT_S:
                    cursor.execute(
                        "INSERT OR REPLACE INTO turn VALUES (?, ?)", (server, max(due, now) + interval)
                    )
            finally:
                cursor.execute("COMMIT")
        return wait


class NominatimGeocoder:
    """Nominatim by URL with a time limit, a cache, a brake and a circuit breaker."""

    def __init__(
        self,
        url: str,
        cache: Path | None = None,
        *,
        who: str = "",
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(url)
        self._server = (parts.netloc + parts.path).strip("/")
        self._geopy = Nominatim(
            domain=self._server,
            scheme=parts.scheme or "https",
            user_agent=f"{USER_AGENT} ({who})" if who else USER_AGENT,
            timeout=TIME_LIMIT_S,
            # The other adapter tries three times by itself: three limits long, and three calls.
            adapter_factory=URLLibAdapter,
        )
        self._interval = 0.0 if is_own(parts.hostname or "") else PUBLIC_INTERVAL_S
        self._clock, self._sleep = clock, sleep
        self._answers = Answers(cache, clock)
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = float("-inf")

    def close(self) -> None:
        """Let go of the cache."""
        self._answers.close()

    def locate(self, phrase: str, around: Point, reach_degrees: float) -> Geocoded | None:
        """As ``Geocoder.locate``. Never raises: without an answer in time there is none."""
        wanted = " ".join(phrase.split())[:LONGEST_PHRASE].casefold()
        if not wanted:
            return None
        box = f"{around.latitude:.3f},{around.longitude:.3f},{reach_degrees:.3f}"
        with suppress(sqlite3.Error):
            if known := self._answers.find(self._server, wanted, box):
                return known[0]
            if self._may_ask():
                return self._asked(wanted, box, around, reach_degrees)
        return None

    def _may_ask(self) -> bool:
        """True when it is our turn; False where the server rests or the queue is too long."""
        with self._lock:
            # A clock that was put back must not make the rest longer.
            if 0 < self._rests_until - self._clock() <= REST_S:
                return False
        if not self._interval:
            return True
        wait = self._answers.turn(self._server, self._interval)
        if wait > TIME_LIMIT_S:
            return False
        self._sleep(wait)
        return True

    def _asked(self, phrase: str, box: str, around: Point, reach: float) -> Geocoded | None:
        try:
            found = self._answer(phrase, around, reach)
        except _FAULTS:
            self._failed()
            return None
        with self._lock:
            self._failures = 0
        self._answers.keep(self._server, phrase, box, found)
        return found

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until, self._failures = self._clock() + REST_S, 0

    def _answer(self, phrase: str, around: Point, reach: float) -> Geocoded | None:
        corners = [
            (around.latitude - reach, around.longitude - 1.6 * reach),
            (around.latitude + reach, around.longitude + 1.6 * reach),
        ]
        found = self._geopy.geocode(phrase, viewbox=corners, bounded=True, country_codes=COUNTRIES)
        return Geocoded(Point(found.latitude, found.longitude), str(found.address)) if found else None


def is_own(host: str) -> bool:
    """True for a server on this machine or in a private network, which has no usage policy."""
    if host == "localhost" or host.endswith((".internal", ".local")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
