"""Every way to break a pack: the fault names the file and the line, and says what to do."""

import pytest

from casework.packs import Fault
from tests.packs import (
    COUNCILLORS,
    NORTH,
    NORTH_BOX,
    PATHS,
    ROUTES,
    SOUTH,
    SOUTH_BOX,
    USUAL,
    WARDS,
    box,
    collection,
    faults_of,
    feature,
    load,
)
from tests.unit.config.slips import NORTHEND, SLIPS, Slip, broken, place_of

RENAMES = (
    "a body twice",
    "a service twice",
    "a category twice",
    "a code that no button can hold",
)
"""Slips that take a code away from others, which are then told so."""


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: case.what)
def test_a_slip_is_reported_where_it_is_with_what_to_do(case: Slip) -> None:
    file, line = place_of(case)
    faults = faults_of(**{case.file: broken(case)})
    here = [fault for fault in faults if (fault.file, fault.line, fault.error) == (file, line, case.error)]
    told = "\n".join(map(str, faults)) or "nothing"
    assert any(all(part in fault.message for part in case.says) for fault in here), told


@pytest.mark.parametrize(
    "case", [case for case in SLIPS if not case.error and "ONS" not in case.what], ids=lambda case: case.what
)
def test_a_warning_does_not_stop_the_start(case: Slip) -> None:
    assert [fault for fault in faults_of(**{case.file: broken(case)}) if fault.error] == []


@pytest.mark.parametrize(
    "case", [case for case in SLIPS if case.error and case.what not in RENAMES], ids=lambda case: case.what
)
def test_one_slip_is_not_blamed_on_other_files(case: Slip) -> None:
    file, _ = place_of(case)
    strangers = {fault.file for fault in faults_of(**{case.file: broken(case)}) if fault.error} - {file}
    assert strangers == set()


@pytest.mark.parametrize(
    "name",
    ["authority", "wards", "bodies", "categories", "routes", "charter", "councillors", "staff", "streets"],
)
def test_a_missing_file_is_named(name: str) -> None:
    faults = faults_of(**{name: None})
    assert [fault.file for fault in faults if fault.error] == [
        "areas" if name == "wards" else PATHS[name],
    ]


@pytest.mark.parametrize("name", ["postcodes", "addresses", "landmarks", "escalation"])
def test_optional_files_may_be_left_out(name: str) -> None:
    assert not any(fault.error for fault in faults_of(**{name: None}))


def test_a_sound_pack_has_no_faults() -> None:
    assert faults_of() == ()


def test_all_slips_are_reported_at_once() -> None:
    faults = faults_of(
        authority=USUAL["authority"].replace('"TN"', '"tarn"').replace("hour = 8", "hour = 30"),
        routes=ROUTES.replace("fly_tipping", "flytiping"),
        councillors=COUNCILLORS.replace("ann.moss@", "ann.moss"),
    )
    assert {(fault.file, fault.line) for fault in faults if fault.error} >= {
        ("authority.toml", 4),
        ("authority.toml", 19),
        ("routes.toml", 2),
        ("councillors.csv", 2),
    }


def test_faults_are_sorted_by_file_and_line() -> None:
    faults = faults_of(routes=ROUTES.replace("tarn/", "x/"), authority=USUAL["authority"].replace("TN", "1"))
    assert list(faults) == sorted(faults, key=lambda fault: (fault.file, fault.line))


def test_a_fault_reads_like_a_compilers() -> None:
    [fault] = faults_of(staff=USUAL["staff"].replace(",triage,", ",admin,"))
    assert str(fault).startswith("staff.csv:1: error: nobody with the role triage")


def test_a_hole_that_wards_enclose_is_an_error() -> None:
    ring = [
        feature(box(53.00, 0.50, 53.01, 0.53), code="A", name="Lower"),
        feature(box(53.02, 0.50, 53.03, 0.53), code="B", name="Upper"),
        feature(box(53.01, 0.50, 53.02, 0.51), code="C", name="Left"),
        feature(box(53.01, 0.52, 53.02, 0.53), code="D", name="Right"),
    ]
    holes = [fault for fault in faults_of(wards=collection(*ring)) if "hole" in fault.message]
    assert [fault.line for fault in holes] == [2]
    assert "near latitude 53.01500, longitude 0.51500" in holes[0].message


@pytest.mark.parametrize("metres", [1, 3, 10])
@pytest.mark.parametrize("direction", [1, -1], ids=["overlap", "gap"])
def test_slivers_between_generalised_boundaries_are_not_faults(metres: int, direction: int) -> None:
    south, shift = 53.00, direction * metres / 111_195 / (3 if direction == 1 else 1)
    wards = collection(NORTHEND, feature(box(south, 0.50, 53.01 + shift, 0.52), code=SOUTH, name="Southend"))
    assert faults_of(wards=wards) == ()


def test_a_notch_in_the_outer_border_is_not_a_hole() -> None:
    notched = {
        "type": "Polygon",
        "coordinates": [
            [[0.50, 53.0], [0.52, 53.0], [0.52, 53.009], [0.517, 53.01], [0.50, 53.01], [0.50, 53.0]]
        ],
    }
    wards = collection(NORTHEND, feature(notched, code=SOUTH, name="Southend"))
    assert faults_of(wards=wards) == ()


def test_wards_of_different_times_may_overlap() -> None:
    old = feature(box(53.00, 0.50, 53.02, 0.52), code="OLD", name="Old", valid_to="2024-05-02")
    new = [
        feature(NORTH_BOX, code=NORTH, name="Northend", valid_from="2024-05-02"),
        feature(SOUTH_BOX, code=SOUTH, name="Southend", valid_from="2024-05-02"),
    ]
    assert faults_of(wards=collection(old, *new)) == ()


def test_wards_whose_times_cross_overlap_from_the_day_it_begins() -> None:
    old = feature(box(53.00, 0.50, 53.02, 0.52), code="OLD", name="Old", valid_to="2024-05-03")
    new = [
        feature(NORTH_BOX, code=NORTH, name="Northend", valid_from="2024-05-02"),
        feature(SOUTH_BOX, code=SOUTH, name="Southend", valid_from="2024-05-02"),
    ]
    faults = faults_of(wards=collection(old, *new))
    assert [fault.line for fault in faults] == [3, 4]
    assert all("overlaps 'Old' from 2024-05-02 on" in fault.message for fault in faults)


def test_wards_that_all_have_ended_are_an_error() -> None:
    wards = WARDS.replace('"name"', '"valid_to": "2026-05-07", "name"')
    assert any("no ward is in force today" in fault.message for fault in faults_of(wards=wards))


def test_routes_for_areas_that_overlap_are_equally_exact() -> None:
    parish = feature(box(53.005, 0.50, 53.015, 0.51), code="P1", name="Midway")
    routes = ROUTES + "".join(
        f'[[route]]\ncategory = "fly_tipping"\nservice = "fellshire/highways"\narea = "{area}"\n'
        for area in (NORTH, "P1")
    )
    faults = faults_of(routes=routes, extra={"areas/parishes.geojson": collection(parish)})
    assert [fault.line for fault in faults] == [18]


def test_routes_of_different_times_do_not_compete() -> None:
    routes = ROUTES.replace('"tarn/streets"', '"tarn/streets"\nvalid_to = 2026-10-01')
    routes += '[[route]]\ncategory = "fly_tipping"\nservice = "fellshire/highways"\nvalid_from = 2026-10-01\n'
    assert faults_of(routes=routes) == ()


def test_routes_of_different_exactness_do_not_compete() -> None:
    estate = feature(box(53.012, 0.505, 53.013, 0.506), code="EST", name="Mill estate", landlord="fellshire")
    routes = ROUTES
    routes += f'[[route]]\ncategory = "fly_tipping"\nservice = "councillors"\narea = "{NORTH}"\n'
    routes += '[[route]]\ncategory = "fly_tipping"\nservice = "fellshire/highways"\nlandlord = "fellshire"\n'
    assert faults_of(routes=routes, extra={"areas/estates.geojson": collection(estate)}) == ()


def test_parishes_that_cover_a_ward_together_serve_it() -> None:
    parishes = [
        feature(box(53.00, 0.50, 53.02, 0.51), code="P1", name="West"),
        feature(box(53.00, 0.51, 53.02, 0.52), code="P2", name="East"),
    ]
    routes = ROUTES.replace('"tarn/streets"', '"tarn/streets"\narea = ["P1", "P2"]')
    assert faults_of(routes=routes, extra={"areas/parishes.geojson": collection(*parishes)}) == ()


def test_an_estate_needs_a_landlord_that_there_is() -> None:
    estates = collection(
        feature(box(53.012, 0.505, 53.013, 0.506), code="E1", name="One"),
        feature(box(53.014, 0.505, 53.015, 0.506), code="E2", name="Two", landlord="fellshir"),
    )
    faults = faults_of(extra={"areas/estates.geojson": estates})
    assert [
        (fault.line, "landlord" in fault.message or "fellshire" in fault.message) for fault in faults
    ] == [
        (2, True),
        (3, True),
    ]


def test_a_file_of_areas_must_say_what_they_are() -> None:
    faults = faults_of(extra={"areas/shapes.geojson": collection(feature(NORTH_BOX, code="X", name="X"))})
    assert [(fault.file, fault.line) for fault in faults] == [("areas/shapes.geojson", 2)]
    assert "'kind' is missing" in faults[0].message


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "not GeoJSON"), ("[]", "not a FeatureCollection"), ('{"features": 3}', "not a FeatureCollection")],
)
def test_a_geojson_file_must_be_a_collection(text: str, says: str) -> None:
    assert any(says in fault.message for fault in faults_of(wards=text))


def test_points_far_from_every_area_are_counted() -> None:
    rows = "Far Lane,,53.9,0.5,\nFurther Lane,,54.0,0.5,\n"
    [fault] = faults_of(streets=USUAL["streets"] + rows)
    assert (fault.file, fault.error) == ("gazetteer/streets.csv", False)
    assert "2 of 5 points lie more than 5 km outside" in fault.message


def test_a_flood_of_faulty_rows_is_counted() -> None:
    rows = "".join(f"ZZ1 1A{letter},here,there\n" for letter in "CDEFGHJKLM") * 30
    faults = faults_of(postcodes=USUAL["postcodes"] + rows)
    assert len(faults) < 250
    assert any("300 rows are faulty; the first 100 are listed" in fault.message for fault in faults)


def test_an_empty_pack_says_where_to_begin() -> None:
    names = {name: None for name in PATHS}
    [fault] = faults_of(**names)
    assert "copy config/demo" in fault.message


def test_warnings_alone_leave_the_pack_usable() -> None:
    assert (
        load(councillors=COUNCILLORS.replace("2023-05-08,,bob", "2019-05-02,2023-05-04,bob")).code == "tarn"
    )


def test_a_fault_has_an_officers_words_and_no_programmers() -> None:
    every = [fault for case in SLIPS for fault in faults_of(**{case.file: broken(case)})]
    forbidden = ("Traceback", "pydantic", "None", "tuple", "str ", "NoneType", "dict")
    assert [fault for fault in every if any(word in fault.message for word in forbidden)] == []
    assert all(isinstance(fault, Fault) for fault in every)
