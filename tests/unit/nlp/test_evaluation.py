"""The figures of an evaluation, worked out by hand."""

import csv
from pathlib import Path

import pytest

from casework.packs import Category, ExcludedMatter
from casework.understanding import Decision
from nlp.evaluation import Catalogue, Judged, calibration_error, macro_f1, measure, read_reports, table

PACK = Catalogue(
    (
        Category("graffiti", "Graffiti", words=("graffiti",)),
        Category("road_surface", "Potholes"),
    ),
    (ExcludedMatter("planning", "Planning", ("planning permission",), "the planning desk"),),
)


def write_reports(path: Path, rows: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["created", "text", "category", "has_photo"])
        for n in range(rows):
            what = ("graffiti on a wall", "graffiti") if n % 2 else ("pothole in the road", "road_surface")
            writer.writerow([f"2026-01-{n + 1:02}", *what, "0"])
    return path


def judged(truth: str, guess: str, confidence: float) -> Judged:
    return Judged(truth, (guess,), confidence, Decision.ASK)


def test_only_the_newest_reports_are_read(tmp_path: Path) -> None:
    path = write_reports(tmp_path / "reports.csv", 10)
    assert [report.category for report in read_reports(path, 0.2)] == ["road_surface", "graffiti"]
    assert len(read_reports(path, 1.0)) == 10


def test_clear_reports_are_all_right(tmp_path: Path) -> None:
    path = write_reports(tmp_path / "reports.csv", 20)
    figures = measure(PACK, read_reports(path, 1.0))
    assert (figures.reports, figures.accuracy, figures.top_3) == (20, 1.0, 1.0)


def test_the_table_shows_the_figures(tmp_path: Path) -> None:
    path = write_reports(tmp_path / "reports.csv", 20)
    assert "accuracy               1.000" in table("ours", measure(PACK, read_reports(path, 1.0)))


def test_macro_f1_counts_each_large_category_once() -> None:
    many = [judged("a", "a", 1.0)] * 60 + [judged("b", "a", 1.0)] * 30 + [judged("c", "a", 1.0)] * 5
    assert macro_f1(many) == pytest.approx((2 * 60 / (60 + 95) + 0) / 2)


def test_calibration_error_is_the_distance_from_being_right() -> None:
    assert calibration_error([judged("a", "a", 0.75), judged("a", "b", 0.75)]) == pytest.approx(0.25)
    assert calibration_error([judged("a", "a", 1.0)]) == 0.0
