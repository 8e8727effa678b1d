"""What a pack's files say arrives in the pack, however they were written."""

from datetime import date

import pytest

from casework.packs import COUNCILLORS as ROUTE_TO_COUNCILLORS
from casework.packs import Frequency, Tier, Unit
from casework.places import AreaKind, Point
from casework.understanding import Danger
from tests.packs import (
    AUTHORITY,
    COUNCILLORS,
    NORTH,
    ROUTES,
    SOUTH,
    STREETS,
    box,
    collection,
    faults_of,
    feature,
    load,
)


def test_the_authority_has_its_settings() -> None:
    authority = load().authority
    assert (authority.code, authority.prefix, authority.languages) == ("tarn", "TN", ("en",))
    assert (authority.digest_weekday, authority.digest_hour, authority.contact_months) == (1, 8, 6)


def test_settings_left_out_have_their_usual_values() -> None:
    authority = load(authority=AUTHORITY.partition("[conversation]")[0]).authority
    assert (authority.correction_minutes, authority.digest_weekday, authority.digest_hour) == (10, 0, 7)
    assert authority.contact_months == 12


def test_a_service_is_known_by_its_body_and_its_own_code() -> None:
    pack = load()
    service = pack.service("fellshire/highways")
    assert service is not None
    assert (service.name, service.body, service.phone) == ("Highways", "fellshire", "01632 960701")


def test_a_body_has_its_tier_and_flags() -> None:
    body = load().body("fellshire")
    assert body is not None
    assert (body.tier, body.duty_to_cooperate, body.police) == (Tier.COUNTY, True, False)


def test_categories_excluded_matters_and_emergencies_are_told_apart() -> None:
    pack = load()
    assert [category.code for category in pack.categories if category.hazard] == ["road_surface"]
    assert [matter.code for matter in pack.excluded] == ["planning"]
    assert [advice.danger for advice in pack.emergencies] == [Danger.FLOOD]


def test_a_route_may_name_one_category_or_a_list() -> None:
    assert [route.categories for route in load().routes] == [
        ("fly_tipping",),
        ("road_surface",),
        ("street_light",),
    ]


def test_a_route_may_end_at_the_councillors() -> None:
    pack = load(routes=ROUTES.replace("tarn/streets", ROUTE_TO_COUNCILLORS))
    assert pack.routes[0].service == ROUTE_TO_COUNCILLORS


def test_a_standard_may_vary_by_area() -> None:
    standard = load().charter.standards[-1]
    assert (standard.amount, standard.unit, standard.area) == (5, Unit.CALENDAR_DAYS, SOUTH)


def test_an_empty_digest_is_weekly() -> None:
    assert [member.digest for member in load().councillors] == [Frequency.WEEKLY, Frequency.WEEKLY]


def test_the_areas_of_staff_are_separated_by_spaces() -> None:
    assert [member.areas for member in load().staff] == [frozenset(), frozenset({NORTH, SOUTH})]


def test_a_street_with_several_parts_has_a_line_for_each() -> None:
    streets = [street for street in load().gazetteer.streets if street.locality == "Southend"]
    assert [len(street.line) for street in streets] == [2, 2]
    assert {street.point for street in streets} == {Point(53.0050, 0.5150)}


def test_an_address_without_coordinates_keeps_its_postcode() -> None:
    address = load().gazetteer.addresses[1]
    assert (address.saon, address.paon, address.postcode, address.point) == (
        "Flat 2",
        "Mill House",
        "ZZ1 1AB",
        None,
    )


def test_aliases_are_separated_by_semicolons() -> None:
    assert load().gazetteer.landmarks[0].aliases == ("Bull", "the Bull inn")


def test_postcodes_are_written_in_one_way() -> None:
    pack = load(postcodes="postcode,latitude,longitude\nzz11aa,53.01,0.51\n")
    assert pack.gazetteer.postcodes[0].postcode == "ZZ1 1AA"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("parishes.geojson", AreaKind.PARISH),
        ("divisions-2025.geojson", AreaKind.DIVISION),
        ("neighbourhoods.geojson", AreaKind.NEIGHBOURHOOD),
        ("neighbours.geojson", AreaKind.NEIGHBOUR),
    ],
)
def test_the_name_of_a_file_says_what_its_areas_are(file: str, kind: AreaKind) -> None:
    area = feature(box(53.02, 0.50, 53.03, 0.52), code="X1", name="Elsewhere")
    found = load(extra={f"areas/{file}": collection(area)}).area("X1")
    assert found is not None
    assert found.kind is kind


def test_the_kind_of_an_area_wins_over_the_name_of_its_file() -> None:
    area = feature(box(53.02, 0.50, 53.03, 0.52), code="X1", name="Elsewhere", kind="parish")
    found = load(extra={"areas/neighbours.geojson": collection(area)}).area("X1")
    assert found is not None
    assert found.kind is AreaKind.PARISH


def test_the_authority_knows_its_neighbours() -> None:
    area = feature(box(53.02, 0.50, 53.03, 0.52), code="X1", name="Elsewhere")
    pack = load(extra={"areas/neighbours.geojson": collection(area)})
    assert pack.authority.neighbours == {"X1": "Elsewhere"}


def test_an_area_has_its_dates_and_a_null_date_means_always() -> None:
    area = feature(box(53.02, 0.50, 53.03, 0.52), code="X1", name="X", valid_from="2022-05-05", valid_to=None)
    found = load(extra={"areas/parishes.geojson": collection(area)}).area("X1")
    assert found is not None
    assert (found.valid_from, found.valid_to) == (date(2022, 5, 5), None)


def test_several_files_of_one_kind_stand_side_by_side() -> None:
    pack = load(extra={"gazetteer/streets-north.csv": "street,latitude,longitude\nNew Road,53.011,0.501\n"})
    assert [street.name for street in pack.gazetteer.streets].count("New Road") == 1


@pytest.mark.parametrize(
    ("nation", "day", "off"),
    [
        ("england", date(2026, 12, 28), True),
        ("england", date(2026, 11, 30), False),
        ("scotland", date(2026, 11, 30), True),
        ("northern-ireland", date(2026, 3, 17), True),
        ("wales", date(2026, 3, 17), False),
    ],
)
def test_the_calendar_has_the_nations_bank_holidays(nation: str, day: date, off: bool) -> None:
    holidays = load(authority=AUTHORITY.replace("england", nation)).calendar.bank_holidays
    assert (day in holidays) is off


ACCENTED = COUNCILLORS.replace("Ann Moss", "Zoë Moss")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_table_is_read_as_spreadsheets_write_it(encoding: str, delimiter: str, ending: str) -> None:
    rows = ACCENTED.replace('"Saturdays, 10am"', "Saturdays").replace(",", delimiter)
    pack = load(councillors=rows.replace("\n", ending).encode(encoding))
    assert [member.name for member in pack.councillors] == ["Zoë Moss", "Bob Reed"]


def test_windows_1252_is_read_with_a_warning() -> None:
    content = ACCENTED.encode("cp1252")
    assert load(councillors=content).councillors[0].name == "Zoë Moss"
    [fault] = faults_of(councillors=content)
    assert (fault.file, fault.line, fault.error) == ("councillors.csv", 2, False)
    assert "Windows-1252" in fault.message


def test_a_cell_of_several_lines_does_not_shift_the_line_numbers() -> None:
    rows = COUNCILLORS.replace("Saturdays, 10am", "Saturdays,\n10am").replace("bob.reed@", "bob.reed")
    [fault] = faults_of(councillors=rows)
    assert fault.line == 4


def test_blank_lines_do_not_shift_the_line_numbers() -> None:
    [fault] = faults_of(
        councillors=COUNCILLORS.replace("c-reed", "\n,,,,,,,\nc-reed").replace("bob.reed@", "x")
    )
    assert fault.line == 5


def test_columns_may_stand_in_any_order_and_more_do_no_harm() -> None:
    rows = [line.split(",") for line in (*STREETS.splitlines()[:1], "Mill Lane,Northend,53.012,0.51,")]
    turned = "\n".join(",".join([*reversed(row), "more"]) for row in rows)
    assert load(streets=turned).gazetteer.streets[0].name == "Mill Lane"


def test_column_names_may_have_capitals() -> None:
    assert load(streets=STREETS.replace("street,locality", "Street,LOCALITY")).gazetteer.streets


def test_the_digest_changes_with_every_byte() -> None:
    assert load().digest == load().digest
    assert load().digest != load(routes=ROUTES + "\n").digest
    assert load().digest != load(extra={"gazetteer/streets-b.csv": STREETS}).digest
