"""Labelled reports: parted by time, repeats left out."""

from pathlib import Path

import pytest

from nlp.training.reports import ColumnsMissing, Report, part_by_time, read_reports, without_repeats


def report(text: str, created: str = "2026-01-01", authority: str = "testford") -> Report:
    return Report(authority, text, "bins", "", created)


def test_the_newest_fifth_of_each_authority_is_held_out() -> None:
    old = [report(f"old {n}", f"2020-01-{n:02}", "oldham") for n in range(1, 11)]
    new = [report(f"new {n}", f"2026-01-{n:02}", "newham") for n in range(1, 6)]
    split = part_by_time([*new, *old])
    assert [r.text for r in split.newest] == ["new 5", "old 9", "old 10"]
    assert len(split.earlier) == 12


def test_a_near_repeat_is_left_out() -> None:
    first = report("There is a sofa dumped on the corner of Mill Lane by the shops")
    again = report("there is a sofa dumped on the corner of Mill Lane, by the shops!")
    other = report("The street light outside the library has been out for a week")
    assert without_repeats([again, other], [first]) == [other]
    assert without_repeats([other, again, first], []) == [other, again]


def test_a_file_needs_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("created,text\n2026-01-01,bin full\n")
    with pytest.raises(ColumnsMissing, match="category"):
        read_reports(path, "testford")


def test_rows_without_words_or_category_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(
        "created,text,category\n2026-01-02,bin full,bins\n2026-01-01,,bins\n2026-01-01,lamp out,\n"
    )
    assert read_reports(path, "testford") == [Report("testford", "bin full", "bins", "", "2026-01-02")]
