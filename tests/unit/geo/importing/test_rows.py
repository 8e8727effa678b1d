"""What each of the open data tables' rows become."""

from collections.abc import Sequence

import pytest

from casework.packs import Address, Landmark, Postcode, Street
from casework.places import Point, distance_m
from geo.importing import code_point, naptan, open_names, price_paid
from geo.importing.refusing import NoPlace, Refused
from geo.importing.tables import TABLES, Table, Thing, rows_of, table_of

MIDDLE = Point(52.6, -1.1)
"""About easting 461000, northing 300000."""

DIRECTORY = (
    "PCD7,PCD8,PCDS,DOINTR,DOTERM,LAT,LONG,LAD25CD",
    '"ZZ1 1AA","ZZ1  1AA","ZZ1 1AA","200006","",52.600001,-1.1,"E00000001"',
)
STOPS = (
    "ATCOCode,CommonName,LocalityName,Easting,Northing,Longitude,Latitude,StopType,Status",
    "1000A,Mill Lane,Tarn,461000,300000,-1.1,52.6,BCT,active",
)


def by_name(name: str) -> Table:
    """The table of that name."""
    return next(table for table in TABLES if table.name == name)


def read(table: Table, *lines: str) -> list[Thing]:
    """The places of all the lines."""
    return [thing for row in rows_of(table, [line.encode() for line in lines]) for thing in row()]


def line_of(columns: Sequence[str], **cells: str) -> str:
    """A row with these cells and no others."""
    return ",".join(cells.get(column, "") for column in columns)


def names_row(**cells: str) -> str:
    """A row of OS Open Names."""
    usual = {
        "id": "osgb1",
        "type": "transportNetwork",
        "geometry_x": "461000.00",
        "geometry_y": "300000.00",
        "populated_place": "Tarn",
    }
    return line_of(open_names.COLUMNS, **(usual | cells))


def code_point_row(**cells: str) -> str:
    """A row of Code-Point Open."""
    usual = {
        "postcode": "ZZ11AA",
        "positional_quality_indicator": "10",
        "eastings": "461000",
        "northings": "300000",
    }
    return line_of(code_point.COLUMNS, **(usual | cells))


def paid_row(**cells: str) -> str:
    """A row of price paid."""
    usual = {
        "transaction": "{0A1B}",
        "price": "1",
        "postcode": "ZZ1 1AA",
        "paon": "12",
        "street": "MILL LANE",
        "town": "TARN",
        "status": "A",
    }
    return line_of(price_paid.COLUMNS, **(usual | cells))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("os-open-names", names_row(name1="Mill Lane", local_type="Named Road")),
        ("os-open-names", ",".join(open_names.COLUMNS).upper()),
        ("code-point-open", code_point_row()),
        ("ons-postcodes", DIRECTORY[0]),
        ("ons-postcodes", "pcd,pcd2,pcds,dointr,doterm,oseast1m,osnrth1m,osgrdind,lat,long"),
        ("price-paid", paid_row()),
        ("naptan", STOPS[0]),
    ],
)
def test_each_table_is_known_by_its_first_line(name: str, line: str) -> None:
    found = table_of(line)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("line", ["", "name,age", "a,b,c,d,e,f,g,h,i,j", '"', "postcode,latitude,longitude"])
def test_another_table_is_not_known(line: str) -> None:
    assert table_of(line) is None


def test_a_road_is_a_street_with_both_its_names() -> None:
    line = names_row(name1="Mill Lane", name2="Lôn y Felin", local_type="Section Of Named Road")
    first, second = read(by_name("os-open-names"), line)
    assert isinstance(first, Street)
    assert isinstance(second, Street)
    assert [first.name, second.name, first.locality] == ["Mill Lane", "Lôn y Felin", "Tarn"]
    assert distance_m(first.point, MIDDLE) < 5_000


def test_grid_metres_become_the_degrees_that_the_ordnance_survey_publishes() -> None:
    # The Ordnance Survey's worked example: Caister water tower, TG 51409 13177.
    line = names_row(
        name1="The Tower", local_type="Named Road", geometry_x="651409.903", geometry_y="313177.270"
    )
    (street,) = read(by_name("os-open-names"), line)
    assert isinstance(street, Street)
    assert distance_m(street.point, Point(52.657979, 1.716052)) < 6


@pytest.mark.parametrize(
    ("local_type", "kind"),
    [("Railway Station", "station"), ("Primary Education", "school"), ("Village", "village")],
)
def test_other_names_are_landmarks_of_a_kind(local_type: str, kind: str) -> None:
    (found,) = read(by_name("os-open-names"), names_row(name1="Tarn", local_type=local_type, type="other"))
    assert isinstance(found, Landmark)
    assert found.kind == kind


def test_a_postcode_is_written_as_we_write_it() -> None:
    (named,) = read(by_name("os-open-names"), names_row(name1="zz11aa", local_type="Postcode"))
    (coded,) = read(by_name("code-point-open"), code_point_row())
    (listed,) = read(by_name("ons-postcodes"), *DIRECTORY)
    assert {found.postcode for found in (named, coded, listed) if isinstance(found, Postcode)} == {"ZZ1 1AA"}


def test_a_hill_is_passed_over() -> None:
    with pytest.raises(NoPlace):
        read(by_name("os-open-names"), names_row(name1="Great Tarn", local_type="Hill Or Mountain"))


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("os-open-names", names_row(name1="", local_type="Named Road"), "name1 is empty"),
        (
            "os-open-names",
            names_row(name1="A", local_type="Named Road", geometry_x="x"),
            "easting 'x' is not a number",
        ),
        (
            "os-open-names",
            names_row(name1="A", local_type="Named Road", geometry_x="nan"),
            "easting 'nan' is not a number",
        ),
        ("os-open-names", "one,two", "2 cells, not 34"),
        ("os-open-names", names_row(name1='"Mill', local_type="Named Road"), "without its partner"),
        ("code-point-open", code_point_row(postcode="ZZ1"), "'ZZ1' is not a postcode"),
        ("code-point-open", code_point_row(eastings="0", northings="0"), "not in Great Britain"),
        ("code-point-open", code_point_row(eastings="9000000"), "not in Great Britain"),
        ("price-paid", paid_row(paon=""), "the house number or name is empty"),
        ("price-paid", paid_row(postcode="NOWHERE"), "is not a postcode"),
    ],
)
def test_a_wrong_row_is_refused_in_words(table: str, line: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(by_name(table), line)


def test_a_postcode_without_coordinates_is_passed_over() -> None:
    nowhere = [(by_name("code-point-open"), [code_point_row(positional_quality_indicator="90")])]
    directory = by_name("ons-postcodes")
    nowhere += [(directory, [DIRECTORY[0], DIRECTORY[1].replace("52.600001", "99.999999")])]
    for table, lines in nowhere:
        with pytest.raises(NoPlace):
            read(table, *lines)


def test_a_sold_home_is_an_address_by_its_postcode() -> None:
    (found,) = read(by_name("price-paid"), paid_row(saon="FLAT 2", locality="NORTHEND"))
    assert found == Address("FLAT 2", "12", "MILL LANE", "NORTHEND", "ZZ1 1AA")


def test_a_deleted_sale_is_passed_over() -> None:
    with pytest.raises(NoPlace):
        read(by_name("price-paid"), paid_row(status="D"))


def test_a_stop_is_placed_by_degrees_or_else_by_metres() -> None:
    metres = STOPS[1].replace("-1.1,52.6", ",")
    one, other = read(by_name("naptan"), *STOPS, metres)
    assert isinstance(one, Landmark)
    assert isinstance(other, Landmark)
    assert one == Landmark("Mill Lane", "bus_stop", Point(52.6, -1.1), "Tarn")
    assert distance_m(one.point, other.point) < 5_000


@pytest.mark.parametrize("change", [("active", "inactive"), ("BCT", "RPL")])
def test_a_stop_that_is_gone_and_a_platform_are_passed_over(change: tuple[str, str]) -> None:
    with pytest.raises(NoPlace):
        read(by_name("naptan"), STOPS[0], STOPS[1].replace(*change))


def test_every_kind_of_stop_has_a_name() -> None:
    assert all(kind == kind.lower() for kind in naptan.KINDS.values())


def test_a_stray_quotation_mark_spoils_no_other_row() -> None:
    rows = rows_of(by_name("code-point-open"), [b'"ZZ1 1AA,10\n', code_point_row().encode()])
    with pytest.raises(Refused):
        next(rows)()
    assert len(list(next(rows)())) == 1


def test_a_name_that_windows_wrote_is_read() -> None:
    line = names_row(name1="Café Row", local_type="Named Road").encode("cp1252")
    ((street,),) = (tuple(row()) for row in rows_of(by_name("os-open-names"), [line]))
    assert isinstance(street, Street)
    assert street.name == "Café Row"
