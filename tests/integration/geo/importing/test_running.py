"""Reading sources: what is refused, what is kept, and what happens when it is killed."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.packs import Address, Postcode, Street
from casework.places import AreaKind, Point
from geo.imported import tile_of, tiles
from geo.importing import running
from geo.importing.refusing import Refused
from geo.importing.running import Reach, Wanted, in_order, read_source, run
from geo.importing.sources import Source, expand
from geo.importing.staging import Staging
from tests.unit.geo.factories import area, square
from tests.unit.geo.importing.test_rows import names_row, paid_row

HEADER = "PCD7,PCDS,DOTERM,LAT,LONG"


def directory(path: Path, count: int, wrong: int = 0) -> Path:
    """Postcodes along a line from latitude 53 to the north, the first ones wrong."""
    rows = [HEADER]
    for n in range(count):
        code = (
            "nonsense"
            if n < wrong
            else f"ZZ{n // 1000} {n // 100 % 10}{chr(65 + n // 10 % 10)}{chr(65 + n % 10)}"
        )
        rows.append(f'"{code}","{code}",,{53 + n / 10_000:.4f},0.5')
    path.write_text("\n".join(rows) + "\n")
    return path


def only(path: Path) -> Source:
    """The one source that a path names."""
    (source,) = expand(str(path))
    return source


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    """A new staging file."""
    held = Staging(tmp_path / "staging.sqlite")
    yield held
    held.discard()


def test_bad_rows_are_told_by_line_and_the_rest_is_taken(tmp_path: Path, staging: Staging) -> None:
    source = only(directory(tmp_path / "onspd.csv", 10, wrong=2))
    counts = read_source(source, staging, Wanted(Reach()), lambda _: None)
    assert (counts.taken, counts.refused) == (8, 2)
    assert staging.refused() == [
        ("onspd.csv", "line 2", "'nonsense' is not a postcode"),
        ("onspd.csv", "line 3", "'nonsense' is not a postcode"),
    ]


def test_only_what_lies_in_reach_is_taken(tmp_path: Path, staging: Staging) -> None:
    source = only(directory(tmp_path / "onspd.csv", 100))
    ward = area("W", "Ward", square(53.0, 0.49, 0.00205, 0.02), AreaKind.WARD)
    near = read_source(source, staging, Wanted(Reach([ward])), lambda _: None)
    assert (near.taken, near.outside) == (21, 79)
    assert Reach([ward], 250).holds(Point(53.004, 0.5))
    assert not Reach([ward], 250).holds(Point(53.005, 0.5))


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 10)
    source = only(directory(tmp_path / "onspd.csv", 95))
    whole = Staging(tmp_path / "whole.sqlite")
    read_source(source, whole, Wanted(Reach()), lambda _: None)

    class Killed(Exception):
        pass

    def kill(read: int) -> None:
        if read > source.size / 2:
            raise Killed

    with Staging(tmp_path / "killed.sqlite") as first:
        with pytest.raises(Killed):
            read_source(source, first, Wanted(Reach()), kill)
        kept = len(first.postcodes())
    again = Staging(tmp_path / "killed.sqlite")
    counts = read_source(source, again, Wanted(Reach()), lambda _: None)
    assert 40 < kept < 60
    assert counts.taken == 95
    assert again.source_of("ons-postcodes") == whole.source_of("ons-postcodes")
    assert read_source(source, again, Wanted(Reach()), kill) == counts


def test_a_newer_file_of_the_same_kind_takes_the_place_of_the_old(tmp_path: Path, staging: Staging) -> None:
    path = tmp_path / "onspd.csv"
    run([only(directory(path, 10))], staging, Wanted(Reach()), lambda _: lambda _: None)
    run([only(directory(path, 4))], staging, Wanted(Reach()), lambda _: lambda _: None)
    assert len(staging.postcodes()) == 4


def test_homes_are_placed_by_postcodes_whatever_comes_first(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "staging.sqlite")
    paid = tmp_path / "pp.csv"
    paid.write_text(paid_row(postcode="ZZ0 0AA") + "\n" + paid_row(postcode="YY1 1YY") + "\n")
    sources = [only(paid), only(directory(tmp_path / "onspd.csv", 3))]
    assert [source.format for source in in_order(sources)] == ["ons-postcodes", "price-paid"]
    run(sources, staging, Wanted(Reach()), lambda _: lambda _: None)
    (home,) = staging.source_of("price-paid").addresses
    assert home == Address("", "12", "MILL LANE", "TARN", "ZZ0 0AA")
    published = staging.publish(tmp_path / "published.sqlite")
    ((_, whole),) = tiles(published)
    assert whole.addresses == (home,)


def test_a_finished_file_is_read_by_squares(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "staging.sqlite")
    run([only(directory(tmp_path / "onspd.csv", 9_000))], staging, Wanted(Reach()), lambda _: lambda _: None)
    staging.publish(tmp_path / "imported.sqlite")
    found = dict(tiles(tmp_path / "imported.sqlite"))
    assert len(found) == 2
    for tile, places in found.items():
        assert {tile_of(p.point) for p in places.postcodes} == {tile}


def test_a_zip_is_read_without_its_copies_and_documents(tmp_path: Path) -> None:
    whole = directory(tmp_path / "onspd.csv", 3).read_text()
    with zipfile.ZipFile(tmp_path / "onspd.zip", "w") as archive:
        archive.writestr("Data/ONSPD_NOV_2026_UK.csv", whole)
        archive.writestr("Data/multi_csv/ONSPD_NOV_2026_UK_ZZ.csv", whole)
        archive.writestr("Documents/2011 names and codes.csv", "code,name\nE1,Tarn\n")
    (source,) = expand(str(tmp_path / "onspd.zip"))
    assert source.member == "Data/ONSPD_NOV_2026_UK.csv"
    staging = Staging(tmp_path / "staging.sqlite")
    assert read_source(source, staging, Wanted(Reach()), lambda _: None).taken == 3


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for number in (1, 2):
        row = names_row(name1=f"Mill Lane {number}", local_type="Named Road")
        (tmp_path / f"TG{number}0.csv").write_text(row + "\n")
    (tmp_path / "readme.txt").write_text("Thank you for downloading\n")
    sources = expand(str(tmp_path))
    staging = Staging(tmp_path / "staging.sqlite")
    run(sources, staging, Wanted(Reach()), lambda _: lambda _: None)
    assert [s.name for s in staging.source_of("os-open-names").streets] == ["Mill Lane 1", "Mill Lane 2"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "no file called"),
        ("odd.csv", b"a,b\n1,2\n", "not known what odd.csv is"),
        ("half.zip", b"PK\x03\x04half", "not a whole zip"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=words):
        expand(str(tmp_path / name))


def test_the_installed_postcodes_are_those_of_the_country(tmp_path: Path) -> None:
    pytest.importorskip("brotli")
    sources = [s for s in expand("postcodes") if s.path.name.startswith("postcodes_Z")]
    staging = Staging(tmp_path / "staging.sqlite")
    run(sources, staging, Wanted(Reach()), lambda _: lambda _: None)
    found = staging.source_of("ons-package").postcodes
    lerwick = [p for p in found if p.postcode.startswith("ZE1 ")]
    assert len(lerwick) > 100
    assert all(59.5 < p.point.latitude < 61 and -2 < p.point.longitude < -0.5 for p in lerwick)


def test_things_are_known_apart() -> None:
    places = [Street("A", "", Point(53, 0)), Postcode("ZZ1 1AA", Point(53, 0))]
    assert all(Wanted(Reach()).takes(place) for place in places)
    assert not Wanted(Reach()).takes(Address("", "1", "A", "", "ZZ1 1AA"))


def test_two_imports_at_once_do_not_mix(tmp_path: Path) -> None:
    with Staging(tmp_path / "staging.sqlite"), pytest.raises(Refused, match="another import"):
        Staging(tmp_path / "staging.sqlite")


def test_on_other_terms_it_is_read_again(tmp_path: Path) -> None:
    source = only(directory(tmp_path / "onspd.csv", 100))
    ward = area("W", "Ward", square(53.0, 0.49, 0.00205, 0.02), AreaKind.WARD)
    for reach, taken in ((Reach(), 100), (Reach([ward]), 21)):
        with Staging(tmp_path / "staging.sqlite", reach.identity) as staging:
            run([source], staging, Wanted(reach), lambda _: lambda _: None)
            assert len(staging.postcodes()) == taken


def test_a_broken_staging_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "staging.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(Refused, match="is broken"):
        Staging(tmp_path / "staging.sqlite")
