"""The index as a file that several processes share."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from geo.gazetteer import Gazetteer
from tests.unit.geo.factories import at, pack, street


def build(folder: Path) -> list[str]:
    """What a process finds after opening, or building, the index."""
    gazetteer = Gazetteer.open(pack(streets=[street("Hazel Grove", at(0.5, 0.5))]), folder)
    try:
        return [e.name for e in gazetteer.named(["hazel grove"])["hazel grove"]]
    finally:
        gazetteer.close()


def test_an_index_is_built_once_under_the_pack_s_digest(tmp_path: Path) -> None:
    build(tmp_path)
    (file,) = tmp_path.iterdir()
    built = file.stat().st_mtime_ns
    build(tmp_path)
    assert file.name.startswith("gazetteer-" + "0" * 40)
    assert file.stat().st_mtime_ns == built


def test_another_digest_is_another_file(tmp_path: Path) -> None:
    for digest in ("a" * 64, "b" * 64):
        Gazetteer.open(pack(digest=digest), tmp_path).close()
    assert len(list(tmp_path.iterdir())) == 2


def test_processes_that_build_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(build, [tmp_path] * 6)) == [["Hazel Grove"]] * 6
    assert [p.suffix for p in tmp_path.iterdir()] == [".sqlite"]


def test_threads_share_one_index(tmp_path: Path) -> None:
    gazetteer = Gazetteer.open(pack(streets=[street("Hazel Grove", at(0.5, 0.5))]), tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: gazetteer.near(at(0.5, 0.5), 50)[0][1].name, range(200)))
    gazetteer.close()
    assert set(found) == {"Hazel Grove"}


def test_a_folder_that_cannot_be_made_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert build(tmp_path / "file" / "folder") == ["Hazel Grove"]


def test_a_broken_file_is_built_anew(tmp_path: Path) -> None:
    build(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"not a database" * 100)
    assert build(tmp_path) == ["Hazel Grove"]
    assert sqlite3.connect(file).execute("SELECT count(*) FROM entry").fetchone() == (1,)
