"""Ways to break a pack, each in one place of one file."""

from dataclasses import dataclass

from tests.packs import (
    COUNCILLORS,
    NORTH,
    NORTH_BOX,
    PATHS,
    ROUTES,
    SOUTH,
    SOUTH_BOX,
    USUAL,
    box,
    feature,
)

NORTHEND = feature(NORTH_BOX, code=NORTH, name="Northend")
SOUTHEND = feature(SOUTH_BOX, code=SOUTH, name="Southend")
BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[0.50, 53.01], [0.52, 53.02], [0.52, 53.01], [0.50, 53.02], [0.50, 53.01]]],
}
NEITHER_WORDS = 'words = ["pothole*"]\nexamples = ["there is a hole in the road"]\n'


@dataclass(frozen=True)
class Slip:
    """A replacement in one file; the fault is expected on the line that holds ``at``."""

    what: str
    file: str
    old: str
    new: str
    at: str
    says: tuple[str, ...]
    error: bool = True


def slip(what: str, file: str, old: str, new: str, *says: str, at: str = "", error: bool = True) -> Slip:
    return Slip(what, file, old, new, at or new.splitlines()[0], says, error)


HEADER = "[[route]]\n"
SLIPS = [
    # authority.toml
    slip(
        "a missing name",
        "authority",
        'name = "Tarn District Council"\n',
        "",
        "'name' is missing; add it",
        at="short_name",
    ),
    slip("a prefix that is too long", "authority", '"TN"', '"TARNS"', "TARNS", "one to four capital letters"),
    slip("a prefix with a digit", "authority", '"TN"', '"T1"', "one to four capital letters"),
    slip("a prefix in small letters", "authority", '"TN"', '"tn"', "one to four capital letters"),
    slip("an unknown nation", "authority", '"england"', '"englund"', "did you mean 'england'?", "wales"),
    slip(
        "an unknown time zone", "authority", "Europe/London", "Europe/Londn", "did you mean 'Europe/London'?"
    ),
    slip("an unknown language", "authority", '["en"]', '["english"]', "'english'", "write en for English"),
    slip("no language", "authority", '["en"]', "[]", "languages is empty; name at least one"),
    slip("a code with a space", "authority", 'code = "tarn"', 'code = "tarn council"', "letters, digits"),
    slip(
        "a sender that is no address",
        "authority",
        "hello@tarn.example",
        "hello at tarn",
        "is not an e-mail address",
    ),
    slip(
        "a website without https",
        "authority",
        "https://tarn",
        "tarn",
        "begins with https://",
        at='website = "tarn',
    ),
    slip("the hour 24", "authority", "hour = 8", "hour = 24", "hour is 24; it must be at most 23"),
    slip("a negative hour", "authority", "hour = 8", "hour = -1", "hour is -1; it must be at least 0"),
    slip("an hour in quotes", "authority", "hour = 8", 'hour = "8"', "whole number, without quotes"),
    slip("an unknown weekday", "authority", '"tuesday"', '"tusday"', "did you mean 'tuesday'?"),
    slip("negative minutes", "authority", "minutes = 10", "minutes = -5", "at least 0"),
    slip("no time to keep contacts", "authority", "months = 6", "months = 0", "at least 1"),
    slip(
        "an unknown key",
        "authority",
        'short_name = "Tarn"',
        'short_name = "Tarn"\nphon = "1"',
        "'phon' is not known",
        at="phon =",
        error=False,
    ),
    slip(
        "an unknown heading",
        "authority",
        "[retention]",
        "[retentions]",
        "did you mean 'retention'?",
        error=False,
    ),
    slip("a misspelt key", "authority", "hour = 8", "huor = 8", "did you mean 'hour'?", error=False),
    # TOML
    slip(
        "text without quotes",
        "authority",
        '"Tarn"',
        "Tarn",
        "cannot be read",
        "put text in quotes",
        at="= Tarn\n",
    ),
    slip("an unclosed quotation mark", "routes", '"tarn/streets"', '"tarn/streets', "closing quotation mark"),
    slip(
        "a key given twice",
        "routes",
        'service = "tarn/streets"',
        'service = "tarn/streets"\nservice = "x/y"',
        "given twice",
        at='"x/y"',
    ),
    slip(
        "a heading with single brackets",
        "routes",
        ROUTES,
        "[route]\n" + ROUTES[len(HEADER) :].replace(HEADER, "[route]\n"),
        "double brackets",
        at="[route]\ncategory = [\n",
    ),
    slip(
        "a table where a list belongs",
        "charter",
        '["Potholes on bus routes"]',
        '"Potholes"',
        "must be a list in square brackets",
    ),
    # areas
    slip(
        "an area without a code",
        "wards",
        f'"code": "{NORTH}", ',
        "",
        "'code' is missing; add it",
        at="Northend",
    ),
    slip(
        "an area that crosses itself",
        "wards",
        NORTHEND,
        feature(BOWTIE, code=NORTH, name="Northend"),
        "'Northend' crosses itself near latitude 53.01500, longitude 0.51000",
        "draw it again",
    ),
    slip(
        "swapped coordinates",
        "wards",
        NORTHEND,
        feature(box(0.50, 53.01, 0.52, 53.02), code=NORTH, name="Northend"),
        "latitude and longitude swapped",
    ),
    slip(
        "metres of the National Grid",
        "wards",
        NORTHEND,
        feature(box(369000, 567000, 370000, 569000), code=NORTH, name="Northend"),
        "British National Grid",
        "convert it to WGS84",
    ),
    slip(
        "an area in France",
        "wards",
        NORTHEND,
        feature(box(45.0, 2.0, 45.1, 2.1), code=NORTH, name="Northend"),
        "outside the British Isles",
    ),
    slip(
        "a point instead of an area",
        "wards",
        NORTHEND,
        feature({"type": "Point", "coordinates": [0.5, 53.0]}, code=NORTH, name="Northend"),
        "is a Point",
        "must be a Polygon",
    ),
    slip(
        "an area without geometry",
        "wards",
        NORTHEND,
        feature(None, code=NORTH, name="Northend"),
        "without geometry",
    ),
    slip(
        "coordinates that are none",
        "wards",
        NORTHEND,
        feature({"type": "Polygon", "coordinates": [["a", 1]]}, code=NORTH, name="Northend"),
        "cannot be read",
    ),
    slip(
        "an unknown kind of area",
        "wards",
        NORTHEND,
        feature(NORTH_BOX, code=NORTH, name="Northend", kind="wrad"),
        "did you mean 'ward'?",
    ),
    slip(
        "dates of an area that cross",
        "wards",
        NORTHEND,
        feature(NORTH_BOX, code=NORTH, name="Northend", valid_from="2026-05-04", valid_to="2022-05-05"),
        "2022-05-05 is not after valid_from 2026-05-04",
    ),
    slip(
        "a British date",
        "wards",
        NORTHEND,
        feature(NORTH_BOX, code=NORTH, name="Northend", valid_from="7/5/2026"),
        "write 2026-05-07",
    ),
    slip(
        "wards that overlap",
        "wards",
        SOUTHEND,
        feature(box(53.00, 0.50, 53.012, 0.52), code=SOUTH, name="Southend"),
        "'Southend' overlaps 'Northend'",
        "correct the boundary",
    ),
    slip(
        "wards with a gap between them",
        "wards",
        SOUTHEND,
        feature(box(53.00, 0.50, 53.0096, 0.52), code=SOUTH, name="Southend"),
        "hole between the wards 'Northend' and 'Southend'",
        at="Northend",
    ),
    slip("a broken GeoJSON file", "wards", NORTHEND + ",", NORTHEND, "not GeoJSON", "export", at="Southend"),
    slip(
        "an area twice",
        "wards",
        SOUTHEND,
        SOUTHEND + ",\n" + feature(box(52.99, 0.50, 53.00, 0.52), code=SOUTH, name="Twice"),
        f"'{SOUTH}' is already on line 3",
        at="Twice",
    ),
    slip(
        "names as the ONS has them",
        "wards",
        f'"code": "{NORTH}"',
        f'"WD25CD": "{NORTH}"',
        "rename it to 'code'",
        error=False,
    ),
    # bodies.toml
    slip("an unknown tier", "bodies", '"county"', '"country"', "did you mean 'county'?", "unitary"),
    slip(
        "a flag in quotes",
        "bodies",
        "duty_to_cooperate = true",
        'duty_to_cooperate = "yes"',
        "must be true or false",
    ),
    slip(
        "a body twice",
        "bodies",
        'code = "fellshire"',
        'code = "tarn"',
        "the body 'tarn' is already on line 1",
        at='[[body]]\ncode = "tarn"\nname = "Fell',
    ),
    slip(
        "a service twice",
        "bodies",
        'code = "lighting"',
        'code = "highways"',
        "'fellshire/highways' is already on line",
        at='[[body.service]]\ncode = "highways"\nname = "Street',
    ),
    slip(
        "a service without an address",
        "bodies",
        'email = "lighting@fellshire.example"\n',
        "",
        "'email' is missing",
        at='[[body.service]]\ncode = "lighting"',
    ),
    slip(
        "a service with two addresses",
        "bodies",
        "streets@tarn.example",
        "a@tarn.example, b@tarn.example",
        "is not an e-mail address",
    ),
    slip(
        "a body in an unknown area",
        "bodies",
        'tier = "county"',
        'tier = "county"\nareas = ["E99100001", "E991"]',
        "there is no area 'E991'",
        at='"E991"',
    ),
    # categories.toml
    slip(
        "a category twice",
        "categories",
        '"street_light"',
        '"road_surface"',
        "'road_surface' is already on line",
        at='[[category]]\ncode = "road_surface"\nname = "Street',
    ),
    slip(
        "an excluded matter with a category's code",
        "categories",
        '"planning"',
        '"fly_tipping"',
        "'fly_tipping' is already on line 1",
        at="[[excluded]]",
    ),
    slip(
        "a star within a word",
        "categories",
        '"pothole*"',
        '"pot*hole"',
        "'pot*hole' has a * in the wrong place",
        "end a word",
    ),
    slip("a star alone", "categories", '"pothole*"', '"*"', "* in the wrong place", at='["*"]'),
    slip("two stars", "categories", '"pothole*"', '"pothole**"', "* in the wrong place"),
    slip("an empty word", "categories", '"pothole*"', '""', "empty word; take it out", at='words = [""]'),
    slip("an unknown danger", "categories", '"flood"', '"floods"', "did you mean 'flood'?", "gas"),
    slip(
        "a category without words and examples",
        "categories",
        NEITHER_WORDS,
        "",
        "neither words nor examples",
        "add a few",
        at='[[category]]\ncode = "road',
        error=False,
    ),
    slip(
        "a code that no button can hold",
        "categories",
        '"street_light"',
        '"street_light' + "_" * 40 + '"',
        "up to 40 letters",
    ),
    # routes.toml
    slip(
        "an unknown category in a route",
        "routes",
        '"fly_tipping"',
        '"flytiping"',
        "there is no category 'flytiping'; did you mean 'fly_tipping'?",
    ),
    slip(
        "an unknown category in a list",
        "routes",
        '    "road_surface",\n',
        '    "road_surface",\n    "street_lihgt",\n',
        "did you mean 'street_light'?",
        at="street_lihgt",
    ),
    slip(
        "an unknown service",
        "routes",
        '"tarn/streets"',
        '"tarn/street"',
        "there is no service 'tarn/street'; did you mean 'tarn/streets'?",
    ),
    slip(
        "a service without its body",
        "routes",
        '"fellshire/highways"',
        '"highways"',
        "did you mean 'fellshire/highways'?",
    ),
    slip(
        "an unknown area in a route",
        "routes",
        'service = "tarn/streets"',
        'service = "tarn/streets"\narea = "E99100009"',
        "there is no area 'E99100009'",
        at="area =",
    ),
    slip(
        "an unknown landlord",
        "routes",
        'service = "tarn/streets"',
        'service = "tarn/streets"\nlandlord = "tarrn"',
        "there is no body 'tarrn'; did you mean 'tarn'?",
        at="landlord",
    ),
    slip(
        "a landlord without estates",
        "routes",
        ROUTES,
        ROUTES + HEADER + 'category = "street_light"\nservice = "tarn/streets"\nlandlord = "tarn"\n',
        "no estate has the landlord 'tarn'",
        at="landlord",
        error=False,
    ),
    slip(
        "two equal routes",
        "routes",
        ROUTES,
        ROUTES + HEADER + 'category = "fly_tipping"\nservice = "fellshire/highways"\n',
        "the one on line 1 are equally exact for fly_tipping",
        "take one out",
        at='[[route]]\ncategory = "fly_tipping"\nservice = "fell',
    ),
    slip(
        "two equal routes for an area",
        "routes",
        ROUTES,
        ROUTES + 2 * (HEADER + f'category = "fly_tipping"\nservice = "tarn/streets"\narea = "{NORTH}"\n'),
        "equally exact for fly_tipping",
        at=f'[[route]]\ncategory = "fly_tipping"\nservice = "tarn/streets"\narea = "{NORTH}"\n$',
    ),
    slip(
        "a category without a route",
        "routes",
        '[[route]]\ncategory = "street_light"\nservice = "fellshire/lighting"\n',
        "",
        "'street_light' has no route in Northend and Southend; add a [[route]]",
        at="categories:street_light",
    ),
    slip(
        "a ward without a route",
        "routes",
        'service = "fellshire/lighting"',
        f'service = "fellshire/lighting"\narea = "{NORTH}"',
        "'street_light' has no route in Southend;",
        at="categories:street_light",
    ),
    slip(
        "a route that ends",
        "routes",
        'service = "fellshire/lighting"',
        'service = "fellshire/lighting"\nvalid_to = 2026-09-01',
        "no route in Northend and Southend from 2026-09-01 on",
        at="categories:street_light",
    ),
    slip(
        "dates of a route that cross",
        "routes",
        'service = "tarn/streets"',
        'service = "tarn/streets"\nvalid_from = 2026-05-07\nvalid_to = 2026-05-01',
        "2026-05-01 is not after valid_from 2026-05-07",
        at="valid_to",
    ),
    slip(
        "a route without a service",
        "routes",
        'service = "tarn/streets"\n',
        "",
        "'service' is missing",
        at='[[route]]\ncategory = "fly',
    ),
    # charter.toml
    slip(
        "a standard of nothing", "charter", "within = 3", "within = 0", "within is 0; it must be at least 1"
    ),
    slip(
        "a negative standard", "charter", "within = 3", "within = -3", "within is -3; it must be at least 1"
    ),
    slip("an unknown unit", "charter", '"hours"', '"hour"', "did you mean 'hours'?", "working_days"),
    slip(
        "an unknown category in a standard",
        "charter",
        '"road_surface"',
        '"roadsurface"',
        "there is no category 'roadsurface'; did you mean 'road_surface'?",
    ),
    slip(
        "an unknown area in a standard",
        "charter",
        '"E99100002"',
        '"E99100005"',
        "there is no area 'E99100005'",
    ),
    slip(
        "a category without a standard",
        "charter",
        'category = "fly_tipping"',
        'category = "road_surface"\narea = "E99100001"',
        "'fly_tipping' has no standard; add a [[standard]] without an area",
        at="categories:fly_tipping",
    ),
    slip(
        "a standard twice",
        "charter",
        'area = "E99100002"\n',
        "",
        "the standard 'street_light' is already on line",
        at='[[standard]]\ncategory = "street_light"\nwithin = 5',
    ),
    # people
    slip(
        "a councillor for no ward",
        "councillors",
        "Bob Reed,E99100002",
        "Bob Reed,E99100022",
        "there is no ward 'E99100022'; did you mean 'E99100002'?",
        at="c-reed",
    ),
    slip(
        "a term that ends before it begins",
        "councillors",
        "2023-05-08,,bob",
        "2023-05-08,2019-05-02,bob",
        "2019-05-02 is not after from 2023-05-08",
        at="c-reed",
    ),
    slip(
        "an e-mail that is none",
        "councillors",
        "bob.reed@tarn.example",
        "bob.reed",
        "email 'bob.reed' is not an e-mail address",
        at="c-reed",
    ),
    slip("an unknown digest", "councillors", '10am",weekly', '10am",weekley', "did you mean 'weekly'?"),
    slip(
        "overlapping terms of one councillor",
        "councillors",
        COUNCILLORS,
        COUNCILLORS + "c-moss,Ann Moss,E99100002,2025-01-01,,ann.moss@tarn.example,,\n",
        "'c-moss' is already on line 2",
        at="c-moss,Ann Moss,E99100002",
    ),
    slip(
        "a ward with nobody in office",
        "councillors",
        "2023-05-08,,bob",
        "2019-05-02,2023-05-04,bob",
        "the ward 'Southend' (E99100002) has no councillor in office",
        at="wards:Southend",
        error=False,
    ),
    slip(
        "a missing column",
        "councillors",
        "id,name,ward",
        "id,name,wrad",
        "the column 'ward' is missing",
        "'wrad'",
    ),
    slip(
        "a row that is too short",
        "councillors",
        ",2023-05-08,,bob.reed@tarn.example,,",
        "",
        "this row has 3 cells and the first line 8",
        at="c-reed",
    ),
    slip(
        "a comma too many",
        "councillors",
        '"Saturdays, 10am"',
        "Saturdays, 10am",
        "this row has 9 cells",
        "quotation marks",
    ),
    slip(
        "a quotation mark without its partner",
        "councillors",
        '10am"',
        "10am",
        "cannot be read",
        "quotation mark",
    ),
    slip("an empty cell", "councillors", "Bob Reed", "", "'name' is empty; fill it in", at="c-reed"),
    slip("an unknown role", "staff", ",service,", ",servise,", "did you mean 'service'?"),
    slip(
        "nobody for triage",
        "staff",
        ",triage,",
        ",admin,",
        "nobody with the role triage",
        "add somebody",
        at="id,name",
    ),
    slip(
        "triage that has left",
        "staff",
        "2022-01-10,",
        "2022-01-10,2026-05-07",
        "nobody with the role triage",
        at="id,name",
    ),
    slip(
        "staff for an unknown area",
        "staff",
        "E99100001 E99100002",
        "E99100001 E99100003",
        "there is no area 'E99100003'",
    ),
    slip(
        "a member of staff twice",
        "staff",
        "s-lake",
        "s-hill",
        "'s-hill' is already on line 2",
        at="s-hill,Dan",
    ),
    # gazetteer
    slip(
        "a latitude in words", "streets", "53.0120,0.5100", "north,0.5100", "latitude 'north' is not a number"
    ),
    slip(
        "swapped latitude and longitude",
        "streets",
        "53.0120,0.5100",
        "0.5100,53.0120",
        "latitude and longitude swapped",
    ),
    slip("a street in metres", "streets", "53.0120,0.5100", "369000,567000", "British National Grid"),
    slip("a street off the map", "streets", "53.0120,0.5100", "0,0", "outside the British Isles", at=",0,0,"),
    slip(
        "a bad line",
        "streets",
        "LINESTRING (0.5050 53.0120",
        "LINESTRING 0.5050 53.0120",
        "line cannot be read",
        "LINESTRING (",
    ),
    slip(
        "a polygon for a line",
        "streets",
        '"LINESTRING (0.5050 53.0120, 0.5050 53.0180)"',
        '"POINT (0.5050 53.0120)"',
        "line cannot be read",
    ),
    slip(
        "a line with latitude first",
        "streets",
        "LINESTRING (0.5050 53.0120, 0.5050 53.0180)",
        "LINESTRING (53.0120 0.5050, 53.0180 0.5050)",
        "the line has latitude and longitude swapped",
    ),
    slip(
        "a street without a name",
        "streets",
        "Mill Lane,Northend",
        ",Northend",
        "'street' is empty; fill it in",
        at=",Northend,53.0120",
    ),
    slip(
        "half a postcode",
        "postcodes",
        "ZZ1 1AB",
        "ZZ1",
        "'ZZ1' is not a full postcode",
        "SE13 6AA",
        at="ZZ1,",
    ),
    slip(
        "a postcode column that is missing",
        "postcodes",
        "latitude",
        "lat",
        "the column 'latitude' is missing",
        at="postcode,lat,",
    ),
    slip(
        "an address without a place",
        "addresses",
        "ZZ1 1AB",
        "ZZ9 9ZZ",
        "neither coordinates nor a postcode",
        at="Mill House",
        error=False,
    ),
    slip(
        "a landmark twice",
        "landmarks",
        "Tarn Station,station,53.0040,0.5140,Southend,\n",
        "The Black Bull,pub,53.0140,0.5060,,\n",
        "is the same as on line 2; take one out",
        error=False,
    ),
    slip(
        "a landmark without coordinates",
        "landmarks",
        "53.0040,0.5140",
        ",",
        "'latitude' is empty; fill it in",
        at="Tarn Station",
    ),
    slip("unreadable escalation", "escalation", "voices = 3", "voices = ", "cannot be read", at="voices = "),
]


def place_of(case: Slip) -> tuple[str, int]:
    """The path and the line on which the fault is expected: where the marker begins."""
    name, _, marker = case.at.rpartition(":") if case.at.split(":")[0] in PATHS else (case.file, "", case.at)
    text = broken(case) if name == case.file else USUAL[name]
    before = text.rpartition(marker.removesuffix("$")) if marker.endswith("$") else text.partition(marker)
    assert before[1], f"the marker {marker!r} is not in {name}"
    return PATHS[name], before[0].count("\n") + 1


def broken(case: Slip) -> str:
    """The file with the slip in it."""
    text = USUAL[case.file]
    assert case.old in text, f"{case.old!r} is not in {case.file}"
    return text.replace(case.old, case.new, 1)
