"""``streetcall import`` as an officer gives it."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from casework.errors import PackError
from config.loading import load_pack
from geo.gazetteer import Gazetteer
from geo.indexing import EntryKind
from tests.integration.geo.importing.extract import write
from tests.integration.geo.importing.maps import WARDS, in_grid, write_geojson, write_geopackage
from tests.packs import TODAY, write_pack
from tests.unit.geo.importing.test_rows import names_row, paid_row

DIRECTORY = "pcds,lat,long\nZZ1 1AA,53.0150,0.5050\nZZ1 1AC,53.0151,0.5060\nYY1 1YY,54.5,-1\nrubbish,1,1\n"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREETCALL_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack."""
    return write_pack(tmp_path / "pack")


def give(*words: object) -> Result:
    """Give the command."""
    return CliRunner().invoke(cli, ["import", *map(str, words)])


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_postcodes_and_homes_of_the_pack_s_area_are_written(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "onspd.csv").write_text(DIRECTORY)
    (tmp_path / "pp.csv").write_text(
        paid_row(postcode="ZZ1 1AC") + "\n" + paid_row(postcode="YY1 1YY") + "\n"
    )
    given = give(tmp_path / "pp.csv", tmp_path / "onspd.csv", "--pack", pack)
    assert given.exit_code == 0, given.output
    assert [row["postcode"] for row in rows(pack / "gazetteer/postcodes-ons-postcodes.csv")] == [
        "ZZ1 1AA",
        "ZZ1 1AC",
    ]
    (home,) = rows(pack / "gazetteer/addresses-price-paid.csv")
    assert (home["paon"], home["street"], home["locality"]) == ("12", "Mill Lane", "Tarn")
    assert "onspd.csv, line 5: 'rubbish' is not a postcode" in given.output
    (refused,) = rows(tmp_path / "data" / "refused-pack.csv")
    assert refused == {"source": "onspd.csv", "where": "line 5", "why": "'rubbish' is not a postcode"}


def test_what_was_written_is_a_sound_pack_and_finds_its_places(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "onspd.csv").write_text(DIRECTORY)
    extract = write(tmp_path / "tarn.osm.pbf")
    assert give(extract, tmp_path / "onspd.csv", "--pack", pack).exit_code == 0
    loaded, faults = load_pack(pack, TODAY)
    assert loaded is not None, faults
    gazetteer = Gazetteer.in_memory(loaded)
    (park,) = gazetteer.named(["tarn pk"])["tarn pk"]
    assert (park.what, park.radius_m > 30) == ("park", True)
    (street,) = (e for e in gazetteer.named(["high st"])["high st"] if e.kind is EntryKind.STREET)
    assert street.is_line
    assert {n.number for n in gazetteer.numbered(street)} >= {4, 6}
    assert gazetteer.postcode("ZZ1 1AC") is not None
    assert gazetteer.named(["black bull"]).keys() == gazetteer.named(["black bull", "lost la"]).keys()


def test_the_same_again_changes_nothing(tmp_path: Path, pack: Path) -> None:
    extract = write(tmp_path / "tarn.osm")
    give(extract, "--pack", pack)
    first = {f.name: f.read_bytes() for f in (pack / "gazetteer").iterdir()}
    give(extract, "--pack", pack)
    assert {f.name: f.read_bytes() for f in (pack / "gazetteer").iterdir()} == first
    assert not list((tmp_path / "data" / "gazetteer").glob("*.part*"))


def test_boundaries_come_first_in_a_new_pack(tmp_path: Path, pack: Path) -> None:
    (pack / "areas" / "wards.geojson").unlink()
    (tmp_path / "onspd.csv").write_text(DIRECTORY)
    early = give(tmp_path / "onspd.csv", "--pack", pack)
    assert early.exit_code == 1
    assert "no wards yet" in early.output
    wards = write_geojson(tmp_path / "Wards_Dec_2024.geojson", WARDS)
    given = give(wards, "--pack", pack, "--council", "tarn", "--valid-from", "2026-05-07")
    assert given.exit_code == 0, given.output
    whole = json.loads((pack / "areas" / "wards-2026-05-07.geojson").read_text())
    assert [f["properties"] for f in whole["features"]] == [
        {"code": "E99100011", "name": "Moor", "valid_from": "2026-05-07"},
        {"code": "E99100012", "name": "Marsh", "valid_from": "2026-05-07"},
    ]
    assert give(tmp_path / "onspd.csv", "--pack", pack).exit_code == 0


def test_two_tiers_come_from_one_file(tmp_path: Path, pack: Path) -> None:
    def named(name: str, code: str) -> dict[str, str]:
        return {"name": name, "census_code": code}

    inside, outside = (in_grid(WARDS[n][1]) for n in (0, 2))
    layers = {
        "parish": [(named("Moor CP", "E04999991"), inside), (named("Far CP", "E04999992"), outside)],
        "county_electoral_division": [(named("Tarn ED", "E58999991"), inside)],
    }
    given = give(write_geopackage(tmp_path / "bdline_gb.gpkg", layers), "--pack", pack)
    assert given.exit_code == 0, given.output
    loaded, faults = load_pack(pack, date(2026, 11, 23))
    assert loaded is not None, faults
    assert {(a.kind, a.name) for a in loaded.areas} >= {("parish", "Moor"), ("division", "Tarn")}
    assert not any(area.name == "Far" for area in loaded.areas)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing.csv"], "there is no file called nothing.csv"),
        (["wards.geojson", "--council", "Tarm"], "did you mean Tarn?"),
        (["wards.geojson", "--as", "maps"], "is not known"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_geojson(tmp_path / "wards.geojson", WARDS)
    given = give(*words, "--pack", pack)
    assert given.exit_code in (1, 2)
    assert told in " ".join(given.output.replace("│", " ").split())


def test_a_folder_that_is_no_pack_is_told(tmp_path: Path) -> None:
    given = give("x.csv", "--pack", tmp_path / "none")
    assert isinstance(given.exception, PackError)
    assert "there is no folder" in str(given.exception)


def test_what_is_too_large_for_a_pack_goes_into_the_index(tmp_path: Path, pack: Path) -> None:
    names = [names_row(name1=name, local_type="Named Road") for name in ("Long Row", "Short Row")]
    (tmp_path / "names.csv").write_text("\n".join(names))
    (tmp_path / "onspd.csv").write_text(DIRECTORY)
    assert give(tmp_path / "names.csv", "--pack", pack, "--everywhere", "--into", "index").exit_code == 0
    given = give(tmp_path / "onspd.csv", "--pack", pack, "--everywhere", "--into", "index")
    assert given.exit_code == 0, given.output
    loaded, _ = load_pack(pack, TODAY)
    assert loaded is not None
    gazetteer = Gazetteer.open(loaded, tmp_path / "data" / "gazetteer")
    assert set(gazetteer.named(["long row", "mill la"])) == {"long row", "mill la"}
    assert gazetteer.postcode("YY1 1YY") is not None
    gazetteer.close()
    other = replace(loaded, digest="f" * 64)
    Gazetteer.open(other, tmp_path / "data" / "gazetteer").close()
    assert len(list((tmp_path / "data" / "gazetteer").glob("gazetteer-*"))) == 1


def test_a_command_that_was_killed_goes_on(tmp_path: Path, pack: Path) -> None:
    codes = (
        f"ZZ{n // 1000} {n // 100 % 10}{chr(65 + n // 10 % 10)}{chr(65 + n % 10)}" for n in range(60_000)
    )
    (tmp_path / "onspd.csv").write_text("pcds,lat,long\n" + "".join(f"{c},53.015,0.505\n" for c in codes))
    command = [sys.executable, "-m", "bot", "import", str(tmp_path / "onspd.csv"), "--pack", str(pack)]
    running = subprocess.Popen(
        command, env=os.environ.copy(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    part = tmp_path / "data" / "gazetteer" / "importing-tarn-pack.part"
    deadline = time.monotonic() + 60
    while not (part.exists() and part.with_name(part.name + "-wal").exists()) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert part.exists()
    assert give(*command[4:]).exit_code == 0
    assert len(rows(pack / "gazetteer" / "postcodes-ons-postcodes.csv")) == 60_000
    assert not part.exists()
