"""``streetcall areas`` as an officer gives it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from casework.cases import Cluster
from casework.errors import PackError
from config.loading import load_pack
from storage.database import Database
from storage.store import Store
from tests.factories import keep_report, make_areas, make_place
from tests.packs import NORTH, NORTH_BOX, SOUTH, SOUTH_BOX, box, collection, feature, write_pack

NOW = datetime.now(UTC)
THEN = collection(
    feature(NORTH_BOX, code=NORTH, name="Northend", valid_to="2026-05-07"),
    feature(SOUTH_BOX, code=SOUTH, name="Southend", valid_to="2026-05-07"),
)
NEW = box(53.00, 0.50, 53.02, 0.51), box(53.00, 0.51, 53.02, 0.52)
TODAY = collection(
    feature(NEW[0], code="E1", name="Westend", valid_from="2026-05-07"),
    feature(NEW[1], code="E2", name="Eastend", valid_from="2026-05-07"),
)
COUNCILLORS = f"""\
id,name,ward,from,to,email,surgery,digest
c-moss,Ann Moss,{NORTH},2023-05-08,2026-05-11,ann.moss@tarn.example,,
c-reed,Bob Reed,E1,2026-05-11,,bob.reed@tarn.example,,
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack whose wards changed on 7 May 2026."""
    charter = (
        '[[standard]]\ncategory = "fly_tipping"\nwithin = 3\nunit = "working_days"\n'
        '[[standard]]\ncategory = "road_surface"\nwithin = 24\nunit = "hours"\n'
        '[[standard]]\ncategory = "street_light"\nwithin = 10\nunit = "calendar_days"\n'
    )
    return write_pack(
        tmp_path / "pack",
        extra={"areas/wards-2023.geojson": THEN, "areas/wards-2026.geojson": TODAY},
        wards=None,
        councillors=COUNCILLORS,
        charter=charter,
    )


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A database with nothing in it, that the command uses too."""
    monkeypatch.setenv("STREETCALL_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'data' / 'streetcall.db'}")
    database.migrate()
    return Store(database)


@pytest.fixture
def cluster(store: Store, pack: Path) -> Cluster:
    """An open case in the west of Northend."""
    loaded, faults = load_pack(pack)
    assert loaded is not None, faults
    place = make_place(latitude=53.015, longitude=0.505)
    areas = make_areas(loaded, NORTH)
    return keep_report(store, loaded, NOW, place=place, areas=areas).cluster


def give(*words: object) -> Result:
    """Give the command."""
    return CliRunner().invoke(cli, ["areas", *map(str, words)])


def ward_of(store: Store, cluster: Cluster) -> str | None:
    case = store.cases.case(cluster.id)
    assert case is not None
    return case.cluster.ward


@pytest.mark.parametrize(
    "files", [(), ("wards_2023", "wards_2026"), ("tarn/wards-2023.geojson", "wards-2026")]
)
def test_a_change_is_shown_and_then_made(
    store: Store, pack: Path, cluster: Cluster, files: tuple[str, ...]
) -> None:
    shown = give("change", *files, "--pack", pack)
    assert shown.exit_code == 0, shown.output
    lines = [line.split() for line in shown.output.splitlines()]
    assert ["Northend", "Westend", "50%", "1"] in lines
    assert ["Southend", "Eastend", "50%", "0"] in lines
    assert "Nothing was changed" in shown.output
    assert ward_of(store, cluster) == NORTH
    made = give("change", *files, "--pack", pack, "--apply")
    assert made.exit_code == 0, made.output
    assert "Moved: 1 open cases; in all for this change: 1." in made.output
    assert ward_of(store, cluster) == "E1"


def test_wards_that_the_pack_does_not_have_can_be_looked_at_only(
    store: Store, pack: Path, cluster: Cluster, tmp_path: Path
) -> None:
    later = tmp_path / "wards_2030.geojson"
    later.write_text(collection(feature(box(53.0, 0.5, 53.02, 0.52), code="E9", name="Allend")))
    shown = give("change", "wards-2023", later, "--pack", pack)
    assert "Allend" in shown.output
    made = give("change", "wards-2023", later, "--pack", pack, "--apply")
    assert isinstance(made.exception, PackError)
    assert "does not have these wards yet" in str(made.exception)
    assert ward_of(store, cluster) == NORTH


def test_a_file_that_is_not_there_is_told_with_those_that_are(store: Store, pack: Path) -> None:
    given = give("change", "wards-1999", "wards-2026", "--pack", pack)
    assert "the pack has wards-2023, wards-2026" in str(given.exception)


def test_a_place_is_told_with_its_tiers_on_a_day(pack: Path) -> None:
    assert "ward: Westend (E1)" in give("at", 53.015, 0.505, "--pack", pack).output
    assert "Northend" in give("at", 53.015, 0.505, "--pack", pack, "--on", "2024-01-01").output
    beside = give("at", 53.0202, 0.505, "--pack", pack)
    assert "the nearest" in beside.output
    assert give("at", 51, 0.505, "--pack", pack).exit_code == 1
