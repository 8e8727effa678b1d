"""The packs for measuring are complete, sound, and the same each time."""

from datetime import date
from pathlib import Path

import pytest

from casework.packs import Pack
from casework.places import AreaKind
from config.building import BLUEPRINTS, CHELTENHAM, LEWISHAM, SOURCE, Blueprint, build, categories, main
from config.loading import load_pack, load_packs
from tests.packs import COUNCILLORS, TODAY, faults_of

needs_data = pytest.mark.skipif(not SOURCE.is_dir(), reason=f"the data folder {SOURCE} is not here")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SOURCE.is_dir():
        pytest.skip(f"the data folder {SOURCE} is not here")
    out = tmp_path_factory.mktemp("packs")
    build(SOURCE, out)
    return out


def load(folder: Path) -> Pack:
    pack, faults = load_pack(folder, TODAY)
    assert pack is not None, [str(fault) for fault in faults if fault.error]
    return pack


@pytest.mark.parametrize("blueprint", [LEWISHAM, CHELTENHAM], ids=lambda blueprint: blueprint.name)
def test_a_blueprint_has_a_route_and_a_standard_for_every_category(blueprint: Blueprint) -> None:
    names = ("authority", "bodies", "routes", "charter", "escalation")
    files = {name: (BLUEPRINTS / blueprint.name / f"{name}.toml").read_text("utf-8") for name in names}
    files["staff"] = (BLUEPRINTS / blueprint.name / "staff.csv").read_text("utf-8")
    assert faults_of(councillors=COUNCILLORS, categories=categories(blueprint), **files) == ()


def test_a_built_pack_says_nothing_of_the_demo_borough() -> None:
    assert "ashmere" not in categories(LEWISHAM).lower()
    assert "01632" not in categories(LEWISHAM)


@pytest.mark.parametrize("name", ["lewisham", "cheltenham"])
def test_a_built_pack_has_no_vacant_seat(built: Path, name: str) -> None:
    _, faults = load_pack(built / name, TODAY)
    assert [str(fault) for fault in faults if "points lie more than" not in fault.message] == []


def test_both_packs_are_served_together(built: Path) -> None:
    assert [pack.code for pack in load_packs([built / "lewisham", built / "cheltenham"])] == [
        "lewisham",
        "cheltenham",
    ]


@pytest.mark.parametrize(("day", "wards"), [(date(2022, 5, 3), 18), (date(2022, 5, 4), 19)])
def test_lewisham_has_the_wards_of_the_day(built: Path, day: date, wards: int) -> None:
    pack = load(built / "lewisham")
    in_force = [area for area in pack.areas if area.kind is AreaKind.WARD and area.in_force(day)]
    assert len(in_force) == wards


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2023, 1, 1), TODAY])
def test_every_ward_of_the_day_has_councillors(built: Path, day: date) -> None:
    pack = load(built / "lewisham")
    assert all(len(pack.councillors_of(ward.code, day)) == 3 for ward in pack.areas if ward.in_force(day))


def test_councillors_have_names_of_their_own(built: Path) -> None:
    people = load(built / "lewisham").councillors
    assert len({member.name for member in people}) == len({member.email for member in people}) == len(people)
    assert all(member.email.endswith(".example") for member in people)


def test_every_number_is_one_for_drama(built: Path) -> None:
    drama = ("020 7946 0", "01632 960")
    for name in ("lewisham", "cheltenham"):
        phones = [service.phone for body in load(built / name).bodies for service in body.services]
        assert all(phone.startswith(drama) for phone in phones)


def test_streets_are_streets_and_stops_are_named_nicely(built: Path) -> None:
    streets = {street.name for street in load(built / "cheltenham").gazetteer.streets}
    assert {"High Street", "Promenade"} <= streets
    assert not any(name[:1].isdigit() for name in streets)
    stops = [place.name for place in load(built / "lewisham").gazetteer.landmarks if place.kind == "bus_stop"]
    assert len(stops) > 1000
    assert not any(name.isupper() for name in stops)


def test_addresses_are_placed_by_their_postcodes(built: Path) -> None:
    gazetteer = load(built / "cheltenham").gazetteer
    known = {entry.postcode for entry in gazetteer.postcodes}
    assert len(gazetteer.addresses) > 1000
    placed = [address for address in gazetteer.addresses if address.point is None]
    assert len(placed) > 1000
    assert all(address.postcode in known for address in placed)


@needs_data
def test_building_twice_gives_the_same_packs(built: Path, tmp_path: Path) -> None:
    build(SOURCE, tmp_path)
    build(SOURCE, tmp_path)
    for name in ("lewisham", "cheltenham"):
        assert load(tmp_path / name).digest == load(built / name).digest


@needs_data
def test_the_command_says_what_it_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SOURCE), str(tmp_path)]) == 0
    assert f"{tmp_path / 'lewisham'}: built" in capsys.readouterr().out


def test_without_data_nothing_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nothing"), str(tmp_path / "out")]) == 1
    assert "nothing was built" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_pack_for_measuring_has_fewer_pins_and_no_street_without_one(built: Path, tmp_path: Path) -> None:
    build(SOURCE, tmp_path, 0.5)
    for name in ("lewisham", "cheltenham"):
        half, whole = (load(folder / name).gazetteer.streets for folder in (tmp_path, built))
        assert 0 < len(half) < len(whole)
        assert {s.name for s in half} < {s.name for s in whole}
