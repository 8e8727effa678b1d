"""Coordinates in a text: decimals, degrees and minutes, map links, OS grid references, Plus Codes."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from casework.places import Point

METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class WrittenPoint:
    """Coordinates as written: ``precision_m`` is half the last digit's step, in metres."""

    point: Point
    precision_m: float
    start: int
    end: int

    @classmethod
    def of(cls, point: Point, precision_m: float, match: re.Match[str]) -> "WrittenPoint":
        """The point that a pattern found."""
        return cls(point, precision_m, match.start(), match.end())


_NUMBER = r"[-\u2212+]?\d{1,3}[.,]\d{3,}"
_DECIMAL = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s*°?\s*([NSEW])?(?:\s*[;/|]\s*|\s*,\s+|\s+|,)({_NUMBER})\s*°?\s*([NSEW])?(?![\d])",
    re.IGNORECASE,
)
_FRACTION = r"\d{1,2}(?:[.,]\d+)?"
_QUOTES = r"(?:\"|\u201d|\u2033|''|\u2019\u2019)?"


def _angle(sides: str) -> str:
    """An angle with its side before or after it; groups: side, degrees, minutes, seconds, side."""
    minutes = rf"({_FRACTION})\s*(?:['\u2019\u2032:]\s*|\s)?"
    seconds = rf"(?:({_FRACTION})\s*{_QUOTES})?"
    return rf"(?:([{sides}])\s*)?(\d{{1,3}})\s*[°º:\s]\s*{minutes}{seconds}\s*(?:([{sides}])(?![A-Za-z]))?"


_SEXAGESIMAL = re.compile(rf"(?<![\w.,]){_angle('NS')}[\s,;/]*{_angle('EW')}", re.IGNORECASE)
_SIGNED = r"(-?\d{1,3}\.\d+)"
_LINKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"!3d{_SIGNED}!4d{_SIGNED}",
        rf"[?&](?:q|query|ll|sll|daddr|destination|center|coordinate|address|cp)=(?:loc:)?{_SIGNED}[,~\s+]{{1,2}}{_SIGNED}",
        rf"/@{_SIGNED},{_SIGNED}",
        rf"/(?:search|place|dir/)/?{_SIGNED},[\s+]?{_SIGNED}",
        rf"[?&]mlat={_SIGNED}&(?:amp;)?mlon={_SIGNED}",
        rf"#map=\d+(?:\.\d+)?/{_SIGNED}/{_SIGNED}",
        rf"\bgeo:{_SIGNED},{_SIGNED}",
    )
)
_SQUARES = (
    "HP|HT|HU|HW|HX|HY|HZ|NA|NB|NC|ND|NF|NG|NH|NJ|NK|NL|NM|NN|NO|NR|NS|NT|NU|NW|NX|NY|NZ"
    "|OV|SC|SD|SE|SH|SJ|SK|SM|SN|SO|SP|SR|SS|ST|SU|SV|SW|SX|SY|SZ|TA|TF|TG|TL|TM|TQ|TR|TV"
)
_GRID = re.compile(
    rf"(?<![A-Za-z0-9])({_SQUARES})[ ]?"
    r"(?:(\d{5})[ ,]?(\d{5})|(\d{4})[ ,]?(\d{4})|(\d{3})[ ,]?(\d{3}))(?!\w)"
)
_PLUS = re.compile(
    r"(?<![A-Z0-9])([23456789CFGHJMPQRVWX]{8})\+([23456789CFGHJMPQRVWX]{2,3})(?!\w)", re.IGNORECASE
)
_SHORT_PLUS = re.compile(
    r"(?<![A-Z0-9+])(?=[A-Z0-9+]*[CFGHJMPQRVWX])([23456789CFGHJMPQRVWX]{4}|[23456789CFGHJMPQRVWX]{6})"
    r"\+([23456789CFGHJMPQRVWX]{2,3})(?![\w+])",
    re.IGNORECASE,
)
_SHORTENED_LINK = re.compile(
    r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs|osm\.org/go|maps\.apple\.com/p|bit\.ly|tinyurl\.com)/\S+",
    re.IGNORECASE,
)
_WORDS_LINK = re.compile(r"\b(?:w3w\.co|what3words\.com)/([a-z]{3,}\.[a-z]{3,}\.[a-z]{3,})\b", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:///\s?|\bw3w\W{1,3}|what3words[^a-z]{1,6})([a-z]{3,}[.:,][a-z]{3,}[.:,][a-z]{3,})\b", re.IGNORECASE
)


def three_words(text: str) -> str | None:
    """A what3words address in the text, which only its owner's service can resolve."""
    found = _WORDS_LINK.search(text) or _WORDS.search(text)
    return f"///{re.sub('[.:,]', '.', found[1].lower())}" if found else None


def shortened_link(text: str) -> bool:
    """True for a link to a map that only its owner's service can follow."""
    return bool(_SHORTENED_LINK.search(text))


def usable(point: Point) -> bool:
    """False for points off the globe and for 0, 0, which devices send when they know nothing."""
    on_globe = abs(point.latitude) <= 90 and abs(point.longitude) <= 180
    return on_globe and (abs(point.latitude) > 0.01 or abs(point.longitude) > 0.01)


def points_in(text: str, around: Sequence[Point] = ()) -> list[WrittenPoint]:
    """All coordinates of a text, the most exact notation first, without those that cannot be a place.

    A Plus Code without its first letters is the nearest such code to each of the points ``around``.
    """
    readable = unquote(text)
    readers: tuple[Callable[[str], Iterator[WrittenPoint]], ...] = (
        _from_links,
        _from_sexagesimals,
        _from_decimals,
        _from_grid,
        _from_plus_codes,
        lambda readable: _from_short_plus_codes(readable, around),
    )
    found: list[WrittenPoint] = []
    for reader in readers:
        for written in reader(readable):
            if usable(written.point) and not any(_overlap(written, other) for other in found):
                found.append(written)
    return found


def _overlap(a: WrittenPoint, b: WrittenPoint) -> bool:
    return a.start < b.end and b.start < a.end


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("\u2212", "-"))


def _precision(*numbers: str) -> float:
    decimals = max(len(re.split(r"[.,]", n)[-1]) for n in numbers)
    return METRES_PER_DEGREE * 0.5 * 10.0**-decimals


def _from_links(text: str) -> Iterator[WrittenPoint]:
    for pattern in _LINKS:
        for m in pattern.finditer(text):
            yield WrittenPoint.of(Point(float(m[1]), float(m[2])), _precision(m[1], m[2]), m)


def _from_decimals(text: str) -> Iterator[WrittenPoint]:
    for m in _DECIMAL.finditer(text):
        first, second = _signed(m[1], m[2]), _signed(m[3], m[4])
        if m[2] and m[2].upper() in "EW":
            first, second = second, first
        yield WrittenPoint.of(Point(first, second), _precision(m[1], m[3]), m)


def _signed(number: str, side: str | None) -> float:
    value = _number(number)
    return -abs(value) if side and side.upper() in "SW" else value


def _from_sexagesimals(text: str) -> Iterator[WrittenPoint]:
    for m in _SEXAGESIMAL.finditer(text):
        north, east = m[1] or m[5], m[6] or m[10]
        if north and east:
            latitude, longitude = _degrees(m[2], m[3], m[4], north), _degrees(m[7], m[8], m[9], east)
            precision = max(_angle_precision(m[3], m[4]), _angle_precision(m[8], m[9]))
            yield WrittenPoint.of(Point(latitude, longitude), precision, m)


def _angle_precision(minutes: str, seconds: str | None) -> float:
    """Half the last digit's step, metres."""
    last, unit = (seconds, 3600) if seconds else (minutes, 60)
    decimals = len(re.split(r"[.,]", last)[1]) if re.search(r"[.,]", last) else 0
    return METRES_PER_DEGREE / unit * 0.5 * 10.0**-decimals


def _degrees(whole: str, minutes: str, seconds: str | None, side: str) -> float:
    value = int(whole) + _number(minutes) / 60 + (_number(seconds) / 3600 if seconds else 0.0)
    return -value if side.upper() in "SW" else value


def _from_grid(text: str) -> Iterator[WrittenPoint]:
    for m in _GRID.finditer(text):
        across, up = (figures for figures in m.groups()[1:] if figures)
        step = 10 ** (5 - len(across))
        east, north = _hundred_km(m[1].upper())
        point = from_national_grid(east + (int(across) + 0.5) * step, north + (int(up) + 0.5) * step)
        yield WrittenPoint.of(point, step / 2, m)


def _hundred_km(letters: str) -> tuple[int, int]:
    """South-west corner of a 100 km square of the National Grid, metres."""
    alphabet = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    first, second = alphabet.index(letters[0]), alphabet.index(letters[1])
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    return east * 100_000, north * 100_000


def from_national_grid(easting: float, northing: float) -> Point:
    """WGS84 of an OSGB36 easting and northing in metres, within about 5 m.

    Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C.
    """
    a, b, f0 = 6_377_563.396, 6_356_256.909, 0.9996012717
    lat0, lon0, n0, e0 = math.radians(49), math.radians(-2), -100_000.0, 400_000.0
    e2, n = 1 - b * b / (a * a), (a - b) / (a + b)
    lat, arc = lat0, 0.0
    for _ in range(12):
        lat += (northing - n0 - arc) / (a * f0)
        arc = b * f0 * _arc(n, lat, lat0)
    sin2 = math.sin(lat) ** 2
    nu = a * f0 / math.sqrt(1 - e2 * sin2)
    rho = a * f0 * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2, tan, d = nu / rho - 1, math.tan(lat), easting - e0
    lat_ = (
        lat
        - tan / (2 * rho * nu) * d**2
        + tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2) * d**4
    )
    sec = 1 / math.cos(lat)
    lon = lon0 + sec / nu * d - sec / (6 * nu**3) * (nu / rho + 2 * tan**2) * d**3
    return _helmert(lat_, lon, a, e2)


def _arc(n: float, lat: float, lat0: float) -> float:
    diff, total = lat - lat0, lat + lat0
    return (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * diff
        - (3 * n + 3 * n**2 + 2.625 * n**3) * math.sin(diff) * math.cos(total)
        + (1.875 * n**2 + 1.875 * n**3) * math.sin(2 * diff) * math.cos(2 * total)
        - 35 / 24 * n**3 * math.sin(3 * diff) * math.cos(3 * total)
    )


def _helmert(lat: float, lon: float, a: float, e2: float) -> Point:
    """OSGB36 (Airy) to WGS84, latitude and longitude in radians."""
    nu = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    x = nu * math.cos(lat) * math.cos(lon)
    y = nu * math.cos(lat) * math.sin(lon)
    z = (1 - e2) * nu * math.sin(lat)
    scale = 1 - 20.4894e-6
    rx, ry, rz = (math.radians(s / 3600) for s in (0.1502, 0.2470, 0.8421))
    x2 = 446.448 + scale * x - rz * y + ry * z
    y2 = -125.157 + rz * x + scale * y - rx * z
    z2 = 542.060 - ry * x + rx * y + scale * z
    a2, b2 = 6_378_137.0, 6_356_752.314245
    e22, p = 1 - b2 * b2 / (a2 * a2), math.hypot(x2, y2)
    latitude = math.atan2(z2, p * (1 - e22))
    for _ in range(6):
        nu2 = a2 / math.sqrt(1 - e22 * math.sin(latitude) ** 2)
        latitude = math.atan2(z2 + e22 * nu2 * math.sin(latitude), p)
    return Point(math.degrees(latitude), math.degrees(math.atan2(y2, x2)))


_ALPHABET = "23456789CFGHJMPQRVWX"


def _from_plus_codes(text: str) -> Iterator[WrittenPoint]:
    for m in _PLUS.finditer(text):
        yield WrittenPoint.of(*_decoded(m[1] + m[2]), m)


def _from_short_plus_codes(text: str, around: Sequence[Point]) -> Iterator[WrittenPoint]:
    for m in _SHORT_PLUS.finditer(text):
        for point in around:
            found, precision = _decoded(completed(m[1] + m[2], 8 - len(m[1]), point))
            yield WrittenPoint.of(found, precision, m)


def _decoded(code: str) -> tuple[Point, float]:
    """The middle of a full code without its plus, and half its height in metres."""
    digits = [_ALPHABET.index(c) for c in code.upper()]
    latitude, longitude, step = -90.0, -180.0, 400.0
    for place in range(0, 10, 2):
        step /= 20
        latitude += digits[place] * step
        longitude += digits[place + 1] * step
    return Point(latitude + step / 2, longitude + step / 2), step / 2 * METRES_PER_DEGREE


def completed(short: str, missing: int, near: Point) -> str:
    """The full code nearest to a point, of one without its first digits.

    Open Location Code, recoverNearest.
    """
    step = 20.0 ** (2 - missing // 2)
    there = _decoded(encoded(near)[:missing] + short)[0]
    latitude = _nearest(there.latitude, near.latitude, step)
    longitude = _nearest(there.longitude, near.longitude, step)
    return encoded(Point(latitude, longitude))[:missing] + short


def _nearest(value: float, wanted: float, step: float) -> float:
    return value + step * round((wanted - value) / step)


def encoded(point: Point) -> str:
    """The first ten digits of a point's code."""
    latitude, longitude, step, code = point.latitude + 90, point.longitude + 180, 20.0, ""
    for _ in range(5):
        code += _ALPHABET[min(19, int(latitude / step) % 20)] + _ALPHABET[min(19, int(longitude / step) % 20)]
        latitude, longitude, step = latitude % step, longitude % step, step / 20
    return code
