"""Points as the sources write them: degrees, or metres of the British National Grid."""

import math
from functools import cache

from pyproj import Transformer

from casework.places import Point
from geo.importing.refusing import Refused

EAST_M, NORTH_M = (-10_000.0, 800_000.0), (-10_000.0, 1_300_000.0)
"""Between these metres lies Great Britain with its islands."""

SOUTH_NORTH, WEST_EAST = (49.0, 61.5), (-11.0, 2.5)
"""Between these degrees lie the British Isles."""

NATIONAL_GRID, WGS84 = 27700, 4326


@cache
def to_degrees(epsg: int) -> Transformer:
    """From a coordinate system to WGS84, longitude first.

    Without the OSTN15 grid, which nobody has by default, the National Grid is right to about five
    metres; the place of a postcode is known to fifty.
    """
    return Transformer.from_crs(epsg, WGS84, always_xy=True)


def from_grid(easting: str | float, northing: str | float) -> Point:
    """The point of National Grid metres. Raises Refused where that is not in Great Britain."""
    east, north = _number("easting", easting), _number("northing", northing)
    if not (EAST_M[0] <= east <= EAST_M[1] and NORTH_M[0] <= north <= NORTH_M[1]) or not (east or north):
        raise Refused(f"easting {east:g}, northing {north:g} is not in Great Britain")
    longitude, latitude = to_degrees(NATIONAL_GRID).transform(east, north)
    return Point(round(latitude, 6), round(longitude, 6))


def from_degrees(latitude: str | float, longitude: str | float) -> Point:
    """The point of degrees. Raises Refused where that is not in the British Isles."""
    lat, lon = _number("latitude", latitude), _number("longitude", longitude)
    if SOUTH_NORTH[0] <= lat <= SOUTH_NORTH[1] and WEST_EAST[0] <= lon <= WEST_EAST[1]:
        return Point(round(lat, 6), round(lon, 6))
    raise Refused(f"latitude {lat:g}, longitude {lon:g} is not in the British Isles")


def _number(name: str, value: str | float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise Refused(f"the {name} '{str(value)[:40]}' is not a number") from None
    if not math.isfinite(number):
        raise Refused(f"the {name} '{str(value)[:40]}' is not a number")
    return number
