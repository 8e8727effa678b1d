"""OS Open Names: roads, settlements, postcodes and places of Great Britain, a CSV for each 20 km."""

from collections.abc import Iterator, Mapping

from casework.packs import Landmark, Postcode, Street
from geo.importing.points import from_grid
from geo.importing.refusing import NoPlace
from geo.importing.writing import name, postcode

COLUMNS = (
    "id",
    "names_uri",
    "name1",
    "name1_lang",
    "name2",
    "name2_lang",
    "type",
    "local_type",
    "geometry_x",
    "geometry_y",
    "most_detail_view_res",
    "least_detail_view_res",
    "mbr_xmin",
    "mbr_ymin",
    "mbr_xmax",
    "mbr_ymax",
    "postcode_district",
    "postcode_district_uri",
    "populated_place",
    "populated_place_uri",
    "populated_place_type",
    "district_borough",
    "district_borough_uri",
    "district_borough_type",
    "county_unitary",
    "county_unitary_uri",
    "county_unitary_type",
    "region",
    "region_uri",
    "country",
    "country_uri",
    "related_spatial_object",
    "same_as_dbpedia",
    "same_as_geonames",
)
"""The files of the download have no first line that names them."""

_ROADS = frozenset(
    {"named road", "numbered road", "section of named road", "section of numbered road"},
)
_KINDS = {
    "city": "city",
    "town": "town",
    "village": "village",
    "hamlet": "hamlet",
    "suburban area": "suburb",
    "other settlement": "settlement",
    "railway station": "station",
    "tramway": "tram_stop",
    "bus station": "bus_station",
    "coach station": "bus_station",
    "airport": "airport",
    "airfield": "airport",
    "harbour": "harbour",
    "port consisting of docks and nautical berthing": "harbour",
    "passenger ferry terminal": "ferry",
    "vehicular ferry terminal": "ferry",
    "road user services": "services",
    "primary education": "school",
    "secondary education": "school",
    "non state primary education": "school",
    "non state secondary education": "school",
    "special needs education": "school",
    "further education": "college",
    "higher or university education": "university",
    "hospital": "hospital",
    "hospice": "hospital",
    "medical care accommodation": "hospital",
    "woodland or forest": "wood",
    "beach": "beach",
    "inland water": "water",
}


def read(row: Mapping[str, str]) -> Iterator[Street | Postcode | Landmark]:
    """What a row names; a second name (Welsh, Gaelic) is a street's second row, a place's alias."""
    local_type = row["local_type"].strip().casefold()
    if local_type not in _ROADS and local_type not in _KINDS and local_type != "postcode":
        raise NoPlace
    first, other = name(row["name1"], "name1"), row["name2"].strip()
    point = from_grid(row["geometry_x"], row["geometry_y"])
    locality = row["populated_place"].strip()
    if local_type == "postcode":
        yield Postcode(postcode(first), point)
    elif local_type in _KINDS:
        yield Landmark(first, _KINDS[local_type], point, locality, (other,) if other else ())
    else:
        yield from (Street(each, locality, point) for each in (first, other) if each)
