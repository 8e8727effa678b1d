"""Whatever stands in a table of open data, it is taken, refused or passed over, and nothing else happens."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.packs import Street
from geo.imported import line_of, wkt
from geo.importing.boundaries import Terms, _reading
from geo.importing.openstreetmap import kind_of
from geo.importing.points import from_degrees, from_grid
from geo.importing.refusing import NoPlace, Refused
from geo.importing.tables import TABLES, Table, rows_of, table_of

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "0", "-1", "nan", "inf", "1e400", "461000", "300000", "52.6", "ZZ1 1AA", "Named Road"]
    ),
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(data=st.data())
def test_any_cells(table: Table, data: st.DataObject) -> None:
    columns = table.columns or tuple(sorted(table.needed))
    cells = data.draw(st.lists(CELLS, min_size=len(columns), max_size=len(columns)))
    lines = [",".join(columns).encode(), ",".join(c.replace(",", " ") for c in cells).encode()]
    for read in rows_of(table, lines):
        with suppress(Refused, NoPlace):
            for thing in read():
                assert not isinstance(thing, Street) or 49 < thing.point.latitude < 62


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(lines=st.lists(st.binary(max_size=200), max_size=4))
def test_any_bytes(table: Table, lines: list[bytes]) -> None:
    for read in rows_of(table, lines):
        with suppress(Refused, NoPlace):
            assert isinstance(read(), tuple)


@given(st.text())
def test_any_first_line(line: str) -> None:
    found = table_of(line)
    assert found is None or found in TABLES


@given(st.floats(), st.floats())
def test_any_coordinates(one: float, other: float) -> None:
    for read in (from_grid, from_degrees):
        with suppress(Refused):
            point = read(one, other)
            assert 48 < point.latitude < 63
            assert -12 < point.longitude < 4


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["code", "name", "WD24CD", "WD24NM", "area_code"]), JSON))
def test_any_properties_of_an_area(properties: dict[str, object]) -> None:
    def no_shape() -> None:
        raise Refused("no shape")

    with pytest.raises(Refused):
        _reading("wards", properties, no_shape, lambda shape: shape, Terms())()  # type: ignore[arg-type]


@given(
    st.dictionaries(st.sampled_from(["amenity", "shop", "building", "name", "religion"]), st.text(max_size=5))
)
def test_any_tags(tags: dict[str, str]) -> None:
    kind = kind_of(tags)
    assert kind is None or kind.islower()


def test_a_line_is_kept_as_it_is() -> None:
    line = (from_degrees(52.6, -1.1), from_degrees(52.7, -1.2))
    assert line_of(wkt(line)) == line
    assert line_of(wkt(())) == ()
