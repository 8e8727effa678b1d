"""OpenStreetMap extracts, ``.osm`` and ``.osm.pbf``: streets with lines, places, house numbers."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import osmium
import shapely
from osmium.osm import Area, Node, TagList, Way
from shapely.geometry.base import BaseGeometry

from casework.packs import Address, Landmark, Street
from casework.places import Point
from geo.areas import METRES_PER_DEGREE
from geo.importing.points import from_degrees
from geo.importing.refusing import Refused
from geo.importing.writing import postcode

Thing = Street | Address | Landmark
Element = Node | Way | Area
Geometry = Callable[[], BaseGeometry]


def _words(table: str) -> list[str]:
    return table.split()


def _same(key: str, values: str, kind: str = "") -> list[tuple[str, str, str]]:
    """Values of a tag that are kinds by themselves, or are all of one kind."""
    return [(key, value, kind or value) for value in values.split()]


STREETS = frozenset(
    _words(
        """
        motorway trunk primary secondary tertiary unclassified residential living_street pedestrian
        road service track footway path cycleway bridleway steps busway motorway_link trunk_link
        primary_link secondary_link tertiary_link
        """
    )
)

SUBURBS = frozenset({"city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "locality"})
"""Places that give streets their locality."""

_KINDS: tuple[tuple[str, str, str], ...] = (
    ("amenity", "kindergarten", "nursery"),
    ("amenity", "doctors", "surgery"),
    ("amenity", "clinic", "surgery"),
    ("amenity", "pharmacy", "chemist"),
    ("amenity", "fast_food", "takeaway"),
    ("amenity", "fuel", "petrol_station"),
    ("amenity", "parking", "car_park"),
    ("amenity", "bar", "pub"),
    ("amenity", "biergarten", "pub"),
    ("amenity", "toilets", "public_toilet"),
    ("amenity", "grave_yard", "cemetery"),
    *_same(
        "amenity",
        """
        pub cafe restaurant school college university hospital dentist library community_centre
        police fire_station post_office bank cinema theatre townhall bus_station marketplace
        nightclub arts_centre courthouse recycling social_centre
        """,
    ),
    ("shop", "supermarket", "supermarket"),
    ("shop", "mall", "shopping_centre"),
    ("shop", "*", "shop"),
    ("leisure", "recreation_ground", "park"),
    ("leisure", "sports_centre", "leisure_centre"),
    ("leisure", "pitch", "sports_ground"),
    *_same(
        "leisure",
        """
        park playground garden nature_reserve common golf_course stadium swimming_pool sports_hall
        fitness_centre track
        """,
    ),
    ("landuse", "cemetery", "cemetery"),
    ("landuse", "allotments", "allotments"),
    ("landuse", "recreation_ground", "park"),
    ("landuse", "village_green", "park"),
    ("landuse", "residential", "estate"),
    ("landuse", "industrial", "industrial_estate"),
    ("landuse", "retail", "shopping_centre"),
    ("landuse", "forest", "wood"),
    ("railway", "station", "station"),
    ("railway", "halt", "station"),
    ("railway", "tram_stop", "tram_stop"),
    ("highway", "bus_stop", "bus_stop"),
    ("place", "square", "square"),
    *_same("place", "city town village hamlet suburb"),
    ("place", "neighbourhood", "suburb"),
    ("place", "quarter", "suburb"),
    ("natural", "wood", "wood"),
    ("natural", "water", "water"),
    ("natural", "heath", "common"),
    ("tourism", "hotel", "hotel"),
    ("tourism", "museum", "museum"),
    ("tourism", "attraction", "attraction"),
    ("man_made", "bridge", "bridge"),
    *_same("building", "apartments residential dormitory house terrace", "block"),
    *_same("building", "church mosque synagogue temple school hospital train_station"),
    ("building", "*", "building"),
)
"""What a named thing is, by the first of these tags that it has; * stands for any value."""

_WORSHIP = {"christian": "church", "muslim": "mosque", "jewish": "synagogue", "hindu": "temple"}
_ALIASES = ("alt_name", "short_name", "loc_name", "old_name", "official_name", "name:en", "name:cy")

MOST_NUMBERS = 20
"""A house number tag that lists more is not a house's."""


def read(file: Path) -> Iterator[tuple[str, Callable[[], Iterable[Thing]]]]:
    """Each named or numbered element as ``way 123`` with a call that gives what it is, or raises Refused.

    Streets are single ways: one street is many of them.
    """
    shapes = osmium.geom.WKBFactory()
    wanted = osmium.filter.KeyFilter("name", "ref", "addr:housenumber", "addr:housename")
    try:
        for found in osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(wanted):
            if isinstance(found, Node):
                yield f"node {found.id}", _reading(found.tags, _node(found))
            elif isinstance(found, Way) and found.tags.get("highway") in STREETS:
                yield f"way {found.id}", _street(found, shapes)
            elif isinstance(found, Area) and found.tags.get("highway") not in STREETS:
                yield _area_name(found), _reading(found.tags, _area(found, shapes))
    except RuntimeError as error:
        raise Refused(f"the file cannot be read as OpenStreetMap ({error})") from None


def _area_name(area: Area) -> str:
    return f"{'way' if area.from_way() else 'relation'} {area.orig_id()}"


def _node(node: Node) -> Geometry:
    location = node.location
    place = shapely.Point(location.lon, location.lat) if location.valid() else shapely.Point()
    return lambda: place


def _area(area: Area, shapes: osmium.geom.WKBFactory) -> Geometry:
    # The element is gone when the loop goes on: its shape is taken now.
    try:
        shape = shapely.from_wkb(shapes.create_multipolygon(area))
    except (RuntimeError, osmium.InvalidLocationError):
        shape = shapely.Polygon()
    return lambda: shape


def _street(way: Way, shapes: osmium.geom.WKBFactory) -> Callable[[], Iterable[Thing]]:
    tags = {tag.k: tag.v for tag in way.tags}
    names = _names(tags)
    known = [(n.location.lon, n.location.lat) for n in way.nodes if n.location.valid()]
    ref = tags.get("ref", "")

    def read() -> Iterable[Thing]:
        if len(known) < 2:
            raise Refused("fewer than two of the street's points are in the file")
        line = tuple(from_degrees(lat, lon) for lon, lat in known)
        numbered = [r.replace(" ", "") for r in ref.split(";") if re.fullmatch(r"[ABM] ?\d{1,4}", r.strip())]
        for name in dict.fromkeys((*names, *numbered)):
            yield Street(name, "", line[len(line) // 2], line)

    return read


def _reading(tags: TagList, geometry: Geometry) -> Callable[[], Iterable[Thing]]:
    kept = {tag.k: tag.v for tag in tags}

    def read() -> Iterable[Thing]:
        shape = geometry()
        if shape.is_empty:
            raise Refused("its points are not all in the file")
        middle = shape.representative_point()
        point = from_degrees(middle.y, middle.x)
        yield from _addresses(kept, point)
        kind = kind_of(kept)
        names = _names(kept)
        if names and kind:
            size = _radius_m(shape)
            yield Landmark(names[0], kind, point, kept.get("addr:suburb", ""), tuple(names[1:]), size)

    return read


def kind_of(tags: Mapping[str, str]) -> str | None:
    """What sort of place the tags describe, None for none that anybody would name."""
    if tags.get("amenity") == "place_of_worship":
        return _WORSHIP.get(tags.get("religion", ""), "place_of_worship")
    if tags.get("disused") == "yes":
        return None
    for key, value, kind in _KINDS:
        if key in tags and value in ("*", tags[key]) and tags[key] not in ("no", "vacant"):
            return kind
    return None


def _names(tags: Mapping[str, str]) -> list[str]:
    """The name and its other forms, each once."""
    given = [tags.get("name", "")]
    for key in _ALIASES:
        given += tags.get(key, "").split(";")
    names = (" ".join(name.split()) for name in given)
    return list({name.casefold(): name for name in names if name}.values()) if given[0].strip() else []


def _addresses(tags: Mapping[str, str], point: Point) -> Iterator[Address]:
    numbers = [n.strip() for n in re.split(r"[;,]", tags.get("addr:housenumber", "")) if n.strip()]
    street = tags.get("addr:street") or tags.get("addr:place") or ""
    if not street or len(numbers) > MOST_NUMBERS:
        return
    flat = tags.get("addr:unit", "") or tags.get("addr:flats", "")
    for number in numbers or [tags.get("addr:housename", "")]:
        if number:
            yield Address(flat, number, street, tags.get("addr:suburb", ""), _postcode(tags), point)


def _postcode(tags: Mapping[str, str]) -> str:
    try:
        return postcode(tags.get("addr:postcode", ""))
    except Refused:
        return ""


def _radius_m(shape: BaseGeometry) -> float:
    """The radius of a circle as large as the shape, metres, 0 for a point."""
    if shape.geom_type == "Point":
        return 0.0
    narrowing = math.cos(math.radians(shape.centroid.y))
    return round(math.sqrt(shape.area * narrowing / math.pi) * METRES_PER_DEGREE)
