"""The measuring of the finder on a small file."""

from pathlib import Path

from geo.areas import AreaIndex
from geo.evaluation import causes, evaluate, examples, measure, rows_of, worst
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from tests.unit.geo.factories import SOUTH, WEST, at, pack, street

HEAD = "id,created,text,latitude,longitude,names_place\n"


def test_rows_that_name_a_place_inside_the_wards_are_measured(tmp_path: Path) -> None:
    here = at(0.5, 0.5)
    lines = [
        f"1,2026-05-01T10:00:00+00:00,rubbish in Hazel Grove,{here.latitude},{here.longitude},street",
        f"2,2026-05-01T10:00:00+00:00,hole in Some Lane,{here.latitude},{here.longitude},street",
        f"3,2026-05-01T10:00:00+00:00,no place,{here.latitude},{here.longitude},",
        f"4,2026-05-01T10:00:00+00:00,Hazel Grove,{SOUTH - 1},{WEST},street",
    ]
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    ours = pack(streets=[street("Hazel Grove", here)])
    areas = AreaIndex([ours])
    rows = rows_of(file, ours, areas)
    figures = "\n".join(evaluate(ours, Finder([ours], [Gazetteer.in_memory(ours)], areas), areas, rows))
    assert [r.id for r in rows] == ["1", "2"]
    assert "accepted 50.0 %, right ward 100.0 %" in figures
    assert "then right 100.0 %" in figures


def test_misses_are_told_by_id_and_cause_without_a_word_of_the_text(tmp_path: Path) -> None:
    far, edge = at(1.5, 1.5), at(0.5, 1.001)
    lines = [
        f"far,2026-05-01T10:00:00+00:00,rubbish in Hazel Grove,{far.latitude},{far.longitude},street",
        f"edge,2026-05-01T10:00:00+00:00,rubbish in Hazel Grove,{edge.latitude},{edge.longitude},street",
    ]
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    ours = pack(streets=[street("Hazel Grove", at(0.5, 0.5))])
    areas = AreaIndex([ours])
    finder = Finder([ours], [Gazetteer.in_memory(ours)], areas)
    rows = rows_of(file, ours, areas, frozenset({"far", "edge"}))
    measured = measure(ours, finder, areas, rows)
    told = "\n".join(worst(measured.results))
    assert "the pin is far from what the words name" in told
    assert "within 15 m of a ward's edge" in told
    assert "Hazel" not in told
    assert sum(causes(measured.results).values()) == 2
    assert [ward for _, ward in examples(measured.results)] == [row.ward for row in rows]
    assert len((measured + measured).results) == 4
