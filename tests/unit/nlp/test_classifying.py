"""The lines of ``streetcall classify``."""

import json
import time

import pytest

from nlp.classifying import classify_lines
from nlp.reader import Reader

KEYS = [
    "id",
    "category",
    "confidence",
    "candidates",
    "decision",
    "kind",
    "problems",
    "language",
    "redacted",
]


def classify(reader: Reader, *lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in classify_lines(lines, reader)]


def test_every_line_is_answered_in_order_with_every_key(reader: Reader) -> None:
    lines = [
        json.dumps({"id": n, "text": text}) for n, text in enumerate(["pothole", "thanks", "sofa dumped"])
    ]
    answers = classify(reader, *lines)
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert all(list(answer) == KEYS for answer in answers)


def test_the_values_are_those_of_the_fixed_interface(reader: Reader) -> None:
    (answer,) = classify(reader, '{"id": "a", "text": "graffiti on the wall, call me on 07700 900123"}')
    assert answer["category"] == "graffiti"
    assert answer["decision"] in {"accept", "ask"}
    assert answer["kind"] == "report"
    assert answer["problems"] == ["graffiti"]
    assert answer["language"] == "en"
    assert answer["redacted"] == "graffiti on the wall, call me on [phone]"
    assert answer["candidates"][0] == {"category": "graffiti", "probability": answer["confidence"]}  # type: ignore[index]


def test_no_report_has_no_category(reader: Reader) -> None:
    (answer,) = classify(reader, '{"id": 1, "text": "thanks"}')
    assert (answer["category"], answer["decision"], answer["problems"]) == (None, "not_a_report", [])


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        "null",
        '"text"',
        '{"id": 3}',
        '{"id": 3, "text": 5}',
        "[" * 100_000,
        '{"id": 3, "text": null}',
    ],
)
def test_a_faulty_line_gets_an_error_and_the_next_one_its_answer(reader: Reader, line: str) -> None:
    faulty, good = classify(reader, line, '{"id": 4, "text": "pothole"}')
    assert "error" in faulty
    assert (good["id"], good["category"]) == (4, "road_surface")


def test_blank_lines_are_passed_over(reader: Reader) -> None:
    assert classify(reader, "\n", "  ") == []


def test_a_lone_surrogate_can_be_written(reader: Reader) -> None:
    (line,) = classify_lines(['{"id": 1, "text": "pothole \\ud800"}'], reader)
    assert line.encode("utf-8")


def test_150_lines_a_second_are_read(reader: Reader) -> None:
    text = (
        "There is a large pothole on Mill Lane by the shop and it has been there for weeks, please fix it. "
    )
    lines = [json.dumps({"id": n, "text": f"{text}{n}"}) for n in range(150)]
    # Of the processor: what else the machine is doing does not count.
    start = time.thread_time()
    assert len(list(classify_lines(lines, reader))) == 150
    assert time.thread_time() - start < 1.0
