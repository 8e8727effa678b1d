"""The command line as an officer, an engineer and a resident at a keyboard use it."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from config.settings import DEMO_PACK
from tests import packs
from tests.pictures import photo
from tests.product import STREETCALL, environment


def streetcall(folder: Path, *arguments: str, typed: str | bytes = b"", **settings: object) -> Any:
    """Run a command to its end; its exit status and what it said are the result's."""
    told = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [STREETCALL, *arguments],
        input=told,
        capture_output=True,
        cwd=folder,
        env=environment(folder, **settings)
        | {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8:strict"},
        timeout=120,
        check=False,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


# --- As a resident -------------------------------------------------------------------------------


def test_a_resident_can_tell_everything_at_a_keyboard(tmp_path: Path) -> None:
    (tmp_path / "my sofa.jpg").write_bytes(photo())
    lines = (
        "Someone dumped an old sofa",
        "/pin 53.00148 0.45027",
        '/photo "my sofa.jpg"',
        "/photo nowhere.jpg",
        "/pin here",
        "",
        "mine",
        "1",
        "/quit",
        "not read any more",
    )
    done = streetcall(tmp_path, "chat", typed="\n".join(lines))
    assert done.returncode == 0, done.stderr
    said = done.stdout
    reference = re.search(r"AM-\w{3}-\w{3}", said)
    assert reference, said
    assert "where is it?" in said
    assert "Street Cleansing" in said
    assert "[1] Undo" in said
    assert "nowhere.jpg" in said
    assert "/pin LATITUDE LONGITUDE" in said
    assert "not read any more" not in said
    assert not done.stderr
    assert len(list((tmp_path / "data" / "photos").rglob("*.jpg"))) == 1


def test_the_end_of_input_ends_the_talk(tmp_path: Path, tiny_pack: Path) -> None:
    done = streetcall(tmp_path, "chat", typed="hello", pack=tiny_pack)
    assert done.returncode == 0
    assert "Streetcall" in done.stdout
    assert "Traceback" not in done.stderr


# --- As an officer -------------------------------------------------------------------------------


def test_the_demo_pack_is_faultless(tmp_path: Path) -> None:
    done = streetcall(tmp_path, "check", str(DEMO_PACK))
    assert (done.returncode, done.stdout.strip()) == (0, "0 errors, 0 warnings.")


def test_every_fault_of_a_pack_is_told_by_file_and_line(tmp_path: Path) -> None:
    folder = packs.write_pack(
        tmp_path / "pack",
        routes=packs.ROUTES.replace("fellshire/lighting", "fellshire/lamps"),
        staff=packs.STAFF.replace("cat.hill@tarn.example", "cat.hill"),
    )
    done = streetcall(tmp_path, "check", str(folder))
    assert done.returncode == 1
    assert re.search(r"routes\.toml:\d+", done.stdout), done.stdout
    assert "staff.csv:2" in done.stdout
    assert "2 errors" in done.stdout


def test_a_faulty_pack_does_not_start(tmp_path: Path) -> None:
    folder = packs.write_pack(tmp_path / "pack", bodies="[[body]\n")
    done = streetcall(tmp_path, "run", pack=folder)
    assert done.returncode == 1
    assert "bodies.toml:1" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "streetcall.db").exists()


WRONG_SETTINGS = {
    "database_url": ("mysql://localhost/x", "STREETCALL_DATABASE_URL"),
    "smtp_url": ("mail.example", "STREETCALL_SMTP_URL"),
    "workers": ("many", "STREETCALL_WORKERS"),
}


@pytest.mark.parametrize(("name", "value", "told"), [(n, *v) for n, v in WRONG_SETTINGS.items()])
def test_a_wrong_setting_is_named(tmp_path: Path, tiny_pack: Path, name: str, value: str, told: str) -> None:
    done = streetcall(tmp_path, "run", **{"pack": tiny_pack, name: value})
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path, tiny_pack: Path) -> None:
    url = f"postgresql://nobody@/none?host={tmp_path}"
    done = streetcall(tmp_path, "run", pack=tiny_pack, database_url=url)
    assert done.returncode == 1
    assert "STREETCALL_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


# --- As an engineer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["run", "--nope"], ["nonsense"], ["check"], ["replay", "--limit", "x"]]
)
def test_wrong_use_is_status_2(tmp_path: Path, arguments: list[str]) -> None:
    assert streetcall(tmp_path, *arguments).returncode == 2


LINES = (
    {"id": 1, "text": "someone dumped a sofa outside 37 Albert Street"},
    {"id": "two", "text": "smell of gas in Albion Street"},
    {"id": None, "text": ""},
    {"id": 4, "text": "Sofa 🛋️ " * 400},
)
BAD = ('{"id": 5}', "no json", "[]", '{"id": 6, "text": 7}', "\udcff\udcfe")


def answered(tmp_path: Path, command: str) -> list[dict[str, Any]]:
    """What the command makes of good lines, and of bad ones between them."""
    typed = "\n".join([json.dumps(LINES[0]), *BAD, "", *map(json.dumps, LINES[1:])])
    # As Windows saves it, and as a machine with a language of its own reads it.
    told = b"\xef\xbb\xbf" + typed.encode("utf-8", "surrogateescape")
    done = streetcall(tmp_path, command, "--pack", str(DEMO_PACK), typed=told)
    assert "Traceback" not in done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == [1, 5, None, None, 6, None, "two", None, 4]
    assert all(line["error"] for line in lines[1:6])
    return [lines[0], *lines[6:]]


def test_classify_answers_each_line_in_order_with_every_key(tmp_path: Path) -> None:
    first, danger, nothing, long = answered(tmp_path, "classify")
    for line in (first, danger, nothing, long):
        assert set(line) == {
            "id",
            "category",
            "confidence",
            "candidates",
            "decision",
            "kind",
            "problems",
            "language",
            "redacted",
        }
        assert line["decision"] in {"accept", "ask", "not_a_report", "excluded", "emergency"}
        assert 0 <= line["confidence"] <= 1
        assert all(set(c) == {"category", "probability"} for c in line["candidates"])
    assert (first["category"], first["decision"], first["kind"]) == ("fly_tipping", "accept", "report")
    assert first["confidence"] == first["candidates"][0]["probability"]
    assert danger["decision"] == "emergency"
    assert (nothing["category"], nothing["decision"]) == (None, "not_a_report")


def test_locate_answers_each_line_in_order_with_every_key(tmp_path: Path) -> None:
    first, street, nothing, long = answered(tmp_path, "locate")
    for line in (first, street, nothing, long):
        assert set(line) == {"id", "candidates", "decision"}
        assert line["decision"] in {"accept", "ask", "none"}
        for candidate in line["candidates"]:
            assert set(candidate) == {
                "latitude",
                "longitude",
                "probability",
                "label",
                "ward",
                "kind",
                "uncertainty_m",
            }
    best = first["candidates"][0]
    assert (best["kind"], best["ward"]) == ("address", "E99000001")
    assert abs(best["latitude"] - 53.003) < 0.001
    assert street["candidates"][0]["kind"] == "street"
    assert (nothing["candidates"], nothing["decision"]) == ([], "none")
