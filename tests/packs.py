"""A tiny valid pack: two wards, three categories, a few streets.

``pack_files`` holds it in memory, ``write_pack`` in a folder, ``load`` gives it as a Pack. Each
takes whole files in place of the usual ones, by their short names (``routes="…"``), bytes or
text, or None to leave the file out; ``extra`` adds others by their paths.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casework.packs import Fault, Pack
from config.loading import parse_pack

TODAY = date(2026, 5, 7)
NORTH, SOUTH = "E99100001", "E99100002"
"""The two wards: Northend lies between latitudes 53.01 and 53.02, Southend 53.00 and 53.01."""

PATHS = {
    "authority": "authority.toml",
    "wards": "areas/wards.geojson",
    "bodies": "bodies.toml",
    "categories": "categories.toml",
    "routes": "routes.toml",
    "charter": "charter.toml",
    "councillors": "councillors.csv",
    "staff": "staff.csv",
    "streets": "gazetteer/streets.csv",
    "postcodes": "gazetteer/postcodes.csv",
    "addresses": "gazetteer/addresses.csv",
    "landmarks": "gazetteer/landmarks.csv",
    "escalation": "escalation.toml",
}

AUTHORITY = """\
name = "Tarn District Council"
short_name = "Tarn"
code = "tarn"
prefix = "TN"
nation = "england"
time_zone = "Europe/London"
languages = ["en"]

[contacts]
email = "hello@tarn.example"
phone = "01632 960700"
website = "https://tarn.example"

[conversation]
correction_minutes = 10

[digest]
weekday = "tuesday"
hour = 8

[retention]
contact_months = 6
"""

BODIES = """\
[[body]]
code = "tarn"
name = "Tarn District Council"
tier = "district"

[[body.service]]
code = "streets"
name = "Street Cleansing"
email = "streets@tarn.example"

[[body]]
code = "fellshire"
name = "Fellshire County Council"
tier = "county"
duty_to_cooperate = true

[[body.service]]
code = "highways"
name = "Highways"
email = "highways@fellshire.example"
phone = "01632 960701"

[[body.service]]
code = "lighting"
name = "Street Lighting"
email = "lighting@fellshire.example"
"""

CATEGORIES = """\
[[category]]
code = "fly_tipping"
name = "Dumped rubbish"
words = ["fly tip*", "dumped", "mattress"]
examples = [
    "someone has dumped a sofa by the bins",
    "bags of rubbish tipped in the lane",
]

[[category]]
code = "road_surface"
name = "Potholes"
words = ["pothole*"]
examples = ["there is a hole in the road"]
hazard = true

[[category]]
code = "street_light"
name = "Street lights"
words = ["street light", "lamp post"]
examples = ["the lamp outside my house is out"]

[[excluded]]
code = "planning"
name = "Planning applications"
words = ["planning permission"]
go_to = "Comment at tarn.example/planning."

[[emergency]]
danger = "flood"
advice = "Call 999. For sandbags call 01632 960799."
"""

ROUTES = """\
[[route]]
category = "fly_tipping"
service = "tarn/streets"

[[route]]
category = [
    "road_surface",
]
service = "fellshire/highways"

[[route]]
category = "street_light"
service = "fellshire/lighting"
"""

CHARTER = """\
priorities = ["Potholes on bus routes"]

[[signatory]]
name = "R. Fell"
role = "Chief executive"

[[standard]]
category = "fly_tipping"
within = 3
unit = "working_days"

[[standard]]
category = "road_surface"
within = 24
unit = "hours"

[[standard]]
category = "street_light"
within = 10
unit = "calendar_days"

[[standard]]
category = "street_light"
within = 5
unit = "calendar_days"
area = "E99100002"
"""

COUNCILLORS = """\
id,name,ward,from,to,email,surgery,digest
c-moss,Ann Moss,E99100001,2023-05-08,,ann.moss@tarn.example,"Saturdays, 10am",weekly
c-reed,Bob Reed,E99100002,2023-05-08,,bob.reed@tarn.example,,
"""

STAFF = """\
id,name,email,role,areas,from,to
s-hill,Cat Hill,cat.hill@tarn.example,triage,,2022-01-10,
s-lake,Dan Lake,dan.lake@tarn.example,service,E99100001 E99100002,,
"""

STREETS = """\
street,locality,latitude,longitude,line
High Street,Northend,53.0150,0.5050,"LINESTRING (0.5050 53.0120, 0.5050 53.0180)"
Mill Lane,Northend,53.0120,0.5100,
Mill Lane,Southend,53.0050,0.5150,"MULTILINESTRING ((0.51 53.005, 0.512 53.005), (0.514 53.006, 0.515 53.0))"
"""

POSTCODES = """\
postcode,latitude,longitude
ZZ1 1AA,53.0150,0.5050
ZZ1 1AB,53.0050,0.5150
"""

ADDRESSES = """\
saon,paon,street,locality,postcode,latitude,longitude
,1,High Street,Northend,ZZ1 1AA,53.0151,0.5051
Flat 2,Mill House,Mill Lane,Southend,ZZ1 1AB,,
"""

LANDMARKS = """\
name,kind,latitude,longitude,locality,aliases
The Black Bull,pub,53.0140,0.5060,Northend,Bull; the Bull inn
Tarn Station,station,53.0040,0.5140,Southend,
"""

ESCALATION = """\
[[flag]]
days_beyond_promise = 20
voices = 3
"""


def box(south: float, west: float, north: float, east: float) -> dict[str, object]:
    """A rectangle as a GeoJSON geometry."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object, **properties: object) -> str:
    """An area as one line of GeoJSON."""
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def collection(*features: str) -> str:
    """A GeoJSON file, with the first feature on line 2."""
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


NORTH_BOX, SOUTH_BOX = box(53.01, 0.50, 53.02, 0.52), box(53.00, 0.50, 53.01, 0.52)
WARDS = collection(
    feature(NORTH_BOX, code=NORTH, name="Northend"), feature(SOUTH_BOX, code=SOUTH, name="Southend")
)

USUAL: Mapping[str, str] = {
    "authority": AUTHORITY,
    "wards": WARDS,
    "bodies": BODIES,
    "categories": CATEGORIES,
    "routes": ROUTES,
    "charter": CHARTER,
    "councillors": COUNCILLORS,
    "staff": STAFF,
    "streets": STREETS,
    "postcodes": POSTCODES,
    "addresses": ADDRESSES,
    "landmarks": LANDMARKS,
    "escalation": ESCALATION,
}

Content = str | bytes | None


def pack_files(extra: Mapping[str, Content] | None = None, **overrides: Content) -> dict[str, bytes]:
    """The files of the pack by their paths."""
    strange = overrides.keys() - PATHS.keys()
    assert not strange, f"a pack has no file called {strange}; it has {sorted(PATHS)}"
    contents: dict[str, Content] = {PATHS[name]: text for name, text in (USUAL | overrides).items()}
    contents |= extra or {}
    return {
        path: text.encode() if isinstance(text, str) else text
        for path, text in contents.items()
        if text is not None
    }


def write_pack(folder: Path, extra: Mapping[str, Content] | None = None, **overrides: Content) -> Path:
    """Write the pack into the folder, which need not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in pack_files(extra, **overrides).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def faults_of(extra: Mapping[str, Content] | None = None, **overrides: Content) -> tuple[Fault, ...]:
    """What is wrong with the pack on ``TODAY``."""
    return parse_pack(pack_files(extra, **overrides), TODAY)[1]


def load(extra: Mapping[str, Content] | None = None, **overrides: Content) -> Pack:
    """The pack, which must be without errors."""
    pack, faults = parse_pack(pack_files(extra, **overrides), TODAY)
    assert pack is not None, "\n".join(map(str, faults))
    return pack
