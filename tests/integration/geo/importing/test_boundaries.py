"""Boundary files, in degrees and in metres."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from casework.places import AreaKind
from geo.importing import boundaries
from geo.importing.boundaries import Boundary, Terms, nearest_names, within
from geo.importing.refusing import Refused
from tests.integration.geo.importing.maps import WARDS, in_grid, square, write_geojson, write_geopackage

METRES = tuple((properties, in_grid(area)) for properties, area in WARDS)


def everything(file: Path, terms: Terms | None = None) -> tuple[list[Boundary], list[str]]:
    """The areas of a file, and why others were refused."""
    taken, refused = [], []
    for where, read in boundaries.read(file, terms or Terms()):
        try:
            taken.append(read())
        except Refused as reason:
            refused.append(f"{where}: {reason}")
    return taken, refused


@pytest.fixture(params=["degrees", "metres", "named", "geopackage"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same three wards in each format."""
    match request.param:
        case "degrees":
            return write_geojson(tmp_path / "wards.geojson", WARDS)
        case "metres":
            return write_geojson(tmp_path / "wards.geojson", METRES)
        case "named":
            return write_geojson(tmp_path / "wards.geojson", METRES, "urn:ogc:def:crs:EPSG::27700")
        case _:
            return write_geopackage(tmp_path / "wards.gpkg", {"ward": METRES})


def test_wards_are_read_whatever_their_coordinates(file: Path) -> None:
    found, refused = everything(file)
    assert refused == []
    assert [(b.area.code, b.area.name, b.area.kind) for b in found] == [
        ("E99100011", "Moor", AreaKind.WARD),
        ("E99100012", "Marsh", AreaKind.WARD),
        ("E99100013", "Far", AreaKind.WARD),
    ]
    for boundary, (_, wanted) in zip(found, WARDS, strict=True):
        held = shape(boundary.area.geometry)  # type: ignore[arg-type]
        # Ten metres: what the National Grid without its grid file, written and read, may differ.
        assert held.hausdorff_distance(wanted) < 10 / 65_000


def test_dates_of_the_command_are_the_areas(file: Path) -> None:
    found, _ = everything(file, Terms(valid_from=date(2026, 5, 7)))
    assert {boundary.area.valid_from for boundary in found} == {date(2026, 5, 7)}


def test_boundary_line_has_many_layers_and_its_own_endings(tmp_path: Path) -> None:
    def named(name: str, code: str, area_code: str) -> dict[str, str]:
        return {"name": name, "area_code": area_code, "census_code": code}

    layers = {
        "district_borough_unitary_ward": [(named("Moor Ward", "E05999991", "DIW"), in_grid(square(53, 0.5)))],
        "county_electoral_division": [(named("Tarn East ED", "E58999991", "CED"), in_grid(square(53, 0.5)))],
        "parish": [(named("Marsh CP", "E04999991", "CPC"), in_grid(square(53, 0.5)))],
        "westminster_const": [(named("Tarn Co Const", "E14999991", "WMC"), in_grid(square(53, 0.5)))],
    }
    found, refused = everything(write_geopackage(tmp_path / "bdline_gb.gpkg", layers))
    assert refused == []
    assert {(b.area.name, b.area.kind) for b in found} == {
        ("Moor", AreaKind.WARD),
        ("Tarn East", AreaKind.DIVISION),
        ("Marsh", AreaKind.PARISH),
    }


def test_a_shape_that_crosses_itself_at_a_point_is_mended(tmp_path: Path) -> None:
    spike = shapely.Polygon(
        [(0.5, 53), (0.52, 53), (0.52, 53.01), (0.53, 53.02), (0.52, 53.01), (0.5, 53.01)]
    )
    found, refused = everything(
        write_geojson(tmp_path / "wards.geojson", [({"code": "A", "name": "B"}, spike)])
    )
    assert refused == []
    assert shape(found[0].area.geometry).is_valid  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("properties", "geometry", "words"),
    [
        ({"name": "Moor"}, square(53, 0.5), "it has no code"),
        ({"code": "a b", "name": "Moor"}, square(53, 0.5), "it has no code"),
        ({"code": "A"}, square(53, 0.5), "it has no name"),
        ({"code": "A", "name": "Moor"}, shapely.Point(0.5, 53), "not a polygon"),
        ({"code": "A", "name": "Moor"}, square(10, 100), "British Isles"),
        (
            {"code": "A", "name": "Moor"},
            shapely.Polygon([(0, 53), (1, 54), (1, 53), (0, 54)]),
            "crosses itself",
        ),
    ],
)
def test_a_wrong_area_is_refused_and_the_others_are_taken(
    tmp_path: Path, properties: dict[str, str], geometry: shapely.Geometry, words: str
) -> None:
    file = write_geojson(tmp_path / "wards.geojson", [(properties, geometry), *WARDS])
    found, refused = everything(file)
    assert len(found) == len(WARDS)
    assert len(refused) == 1
    assert words in refused[0]
    assert refused[0].startswith("area 1")


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "not GeoJSON"), ("[]", "not a FeatureCollection"), ('{"features": 1}', "not a Feat")],
)
def test_what_is_no_map_is_refused_whole(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "wards.geojson"
    file.write_text(text)
    with pytest.raises(Refused, match=words):
        everything(file)


def test_a_geopackage_that_is_none_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "wards.gpkg"
    file.write_bytes(b"SQLite it is not" * 100)
    with pytest.raises(Refused, match="not a GeoPackage"):
        everything(file)


def test_features_that_are_anything_at_all_are_refused_one_by_one(tmp_path: Path) -> None:
    features: list[object] = [None, 1, {}, {"geometry": {"type": "Polygon"}}, {"properties": 3}]
    file = tmp_path / "wards.geojson"
    file.write_text(json.dumps({"features": features}))
    found, refused = everything(file)
    assert found == []
    assert len(refused) == len(features)


def test_areas_are_chosen_by_council_or_by_the_ground(file: Path) -> None:
    found, _ = everything(file)
    assert [b.area.name for b in found if b.is_within("tarn")] == ["Moor", "Marsh"]
    assert [b.area.name for b in found if b.is_within("E07999992")] == ["Far"]
    assert nearest_names(found, "tarm") == "Tarn"
    ground = [found[0].area]
    assert [b.area.name for b in within(found, ground, dict.fromkeys(AreaKind, 0.5))] == ["Moor"]
