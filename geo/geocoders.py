"""A geocoder behind the gazetteer: somebody's Nominatim, asked seldom and never trusted alone.

Off unless a deployment gives a URL. Only the phrase that names the place leaves the machine.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from geopy.exc import GeopyError
from geopy.geocoders import Nominatim

from casework.places import Point

TIME_LIMIT_S = 2.0
PUBLIC_INTERVAL_S = 1.0
"""The usage policy of OpenStreetMap's server: at most one call a second."""

FAILURES, REST_S = 3, 60.0
"""After so many failures in a row nothing is asked for so many seconds."""

CACHED = 2_000
LONGEST_PHRASE = 100
USER_AGENT = "streetcall/0.1"


@dataclass(frozen=True, slots=True)
class Geocoded:
    """What a geocoder found: a point and its own name for it."""

    point: Point
    name: str


class Geocoder(Protocol):
    """Anything that finds a phrase near a point."""

    def locate(self, phrase: str, around: Point, reach_degrees: float) -> Geocoded | None:
        """The likeliest place of that name around a point, None if there is none or nobody answers."""


class NominatimGeocoder:
    """Nominatim by URL with a time limit, a cache, a brake and a circuit breaker."""

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(url)
        self._geopy = Nominatim(
            domain=(parts.netloc + parts.path).strip("/"),
            scheme=parts.scheme or "https",
            user_agent=USER_AGENT,
            timeout=TIME_LIMIT_S,
        )
        self._interval = 0.0 if is_own(parts.hostname or "") else PUBLIC_INTERVAL_S
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, Point], Geocoded | None] = OrderedDict()
        self._failures = 0
        self._rests_until = self._last = float("-inf")

    def locate(self, phrase: str, around: Point, reach_degrees: float) -> Geocoded | None:
        """As ``Geocoder.locate``; one call at a time."""
        wanted = (" ".join(phrase.split())[:LONGEST_PHRASE].casefold(), around)
        if not wanted[0]:
            return None
        with self._lock:
            if wanted in self._cache:
                return self._cache[wanted]
            if self._clock() < self._rests_until:
                return None
            return self._asked(wanted, reach_degrees)

    def _asked(self, wanted: tuple[str, Point], reach: float) -> Geocoded | None:
        self._sleep(max(0.0, self._last + self._interval - self._clock()))
        self._last = self._clock()
        try:
            found = self._answer(*wanted, reach)
        except (GeopyError, OSError, ValueError, LookupError, TypeError, AttributeError):
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until, self._failures = self._clock() + REST_S, 0
            return None
        self._failures = 0
        self._cache[wanted] = found
        if len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        return found

    def _answer(self, phrase: str, around: Point, reach: float) -> Geocoded | None:
        corners = [
            (around.latitude - reach, around.longitude - 1.6 * reach),
            (around.latitude + reach, around.longitude + 1.6 * reach),
        ]
        found = self._geopy.geocode(phrase, viewbox=corners, bounded=True)
        return Geocoded(Point(found.latitude, found.longitude), str(found.address)) if found else None


def is_own(host: str) -> bool:
    """True for a server on this machine or in a private network, which has no usage policy."""
    if host == "localhost" or host.endswith((".internal", ".local")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
