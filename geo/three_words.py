"""what3words: three words for three metres, which only their owner can turn into a point.

Off unless a deployment has a key (``STREETCALL_W3W_KEY``). Only the three words leave the machine.
Source: https://developer.what3words.com/public-api/docs#convert-to-coords
"""

import math
import threading
import time
from collections.abc import Callable
from typing import Protocol

from geopy.exc import GeocoderQueryError, GeopyError
from geopy.geocoders import What3WordsV3

from casework.places import Point
from geo.geocoders import USER_AGENT

URL = "https://api.what3words.com"
TIME_LIMIT_S = 2.0
FAILURES, REST_S = 3, 60.0
"""After so many failures in a row nothing is asked for so many seconds."""


class ThreeWords(Protocol):
    """Anything that knows where three words are."""

    def point(self, words: str) -> Point | None:
        """Where ``///apple.pear.plum`` is; None where there is no such place or nobody answers."""


class What3Words:
    """The owner's service by geopy, with a time limit and a circuit breaker."""

    def __init__(self, key: str, url: str = URL, clock: Callable[[], float] = time.monotonic) -> None:
        self._geopy = What3WordsV3(key, timeout=TIME_LIMIT_S, user_agent=USER_AGENT)
        self._geopy.geocode_api = url.rstrip("/") + What3WordsV3.geocode_path
        self._clock = clock
        self._lock = threading.Lock()
        self._failures, self._rests_until = 0, -math.inf

    def point(self, words: str) -> Point | None:
        """As ``ThreeWords.point``."""
        with self._lock:
            if self._clock() < self._rests_until:
                return None
        try:
            found = self._geopy.geocode(words.removeprefix("///"))
            point = Point(float(found.latitude), float(found.longitude))
        except GeocoderQueryError:
            # It answered: there is no such place.
            return None
        except (GeopyError, OSError, ValueError, LookupError, TypeError, AttributeError):
            self._failed()
            return None
        with self._lock:
            self._failures = 0
        return point

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until, self._failures = self._clock() + REST_S, 0
