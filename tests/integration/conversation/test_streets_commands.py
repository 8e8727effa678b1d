"""Officers confirm the streets that residents name and pin and no gazetteer has."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.streets_commands import streets
from config.loading import load_packs
from tests.packs import write_pack
from tests.talk import HIGH_STREET, Town


@pytest.fixture
def folder(town: Town, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town's pack as a folder, after three people pinned a street that it does not have."""
    for name in ("ann", "bob", "cy"):
        resident = town.resident(name)
        resident.says("a sofa was dumped in Zebedee Terrace")
        resident.says(pin=HIGH_STREET)
    monkeypatch.setenv("STREETCALL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("STREETCALL_DATA_DIR", str(tmp_path / "data"))
    return write_pack(tmp_path / "pack")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(streets, list(arguments))
    return f"{result.exit_code} {result.output}"


def test_what_three_people_pinned_is_in_the_list(folder: Path) -> None:
    told = run("list", "--pack", str(folder))
    assert told.startswith("0 ")
    assert "Zebedee Terrace" in told


def test_a_confirmed_street_is_in_the_pack_and_no_longer_in_the_list(folder: Path) -> None:
    assert run("confirm", "zebedee terrace", "--pack", str(folder)).startswith("0 ")
    (pack,) = load_packs([folder])
    added = pack.gazetteer.streets[-1]
    assert added.name == "Zebedee Terrace"
    assert (added.point.latitude, added.point.longitude) == (HIGH_STREET.latitude, HIGH_STREET.longitude)
    assert "Zebedee" not in run("list", "--pack", str(folder))


def test_a_refused_street_is_not_offered_again(folder: Path) -> None:
    assert run("refuse", "Zebedee Terrace", "--pack", str(folder)).startswith("0 ")
    assert load_packs([folder])
    assert "Zebedee" not in run("list", "--pack", str(folder))


def test_a_street_that_nobody_named_cannot_be_confirmed(folder: Path) -> None:
    assert run("confirm", "Nowhere Road", "--pack", str(folder)).startswith("2 ")
