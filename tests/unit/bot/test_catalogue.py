"""What residents are told: every key has a sentence, every sentence a use and the length of two SMS."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.wording import LOCALE, Wording
from casework.acting import EFFECTS
from casework.states import State
from casework.understanding import Danger
from config.wording import Catalogue
from nlp.foreign import LANGUAGES
from storage.outbox import Waiting
from tests.factories import NOW, make_pack
from tests.gsm import TWO_SEGMENTS, segments, septets

ROOT = Path(__file__).parents[3]
CATALOGUE = Catalogue(LOCALE)
SPEAKING = ("bot", "casework", "storage")

BUILT = {
    *(f"told.{act}" for act in EFFECTS),
    *(f"told.{how}" for how in ("not_fixed", "judged_open")),
    *(f"danger.{danger}" for danger in Danger),
    *(f"state.{state}" for state in State),
    *(f"tongue.{language}" for language in LANGUAGES),
}
"""The keys that are put together: one for each act, way of opening again, danger, state and language."""

TWO_UNICODE_SEGMENTS = 2 * 67
"""Characters of two segments where GSM-7 has not all letters."""

NOT_PUBLIC = {"update.not_ours", "update.wrote", "update.asked", "update.answered"}

LONG = {
    "mine.list": "a list: as long as it has to be",
    "status.history": "a list",
    "told.reply": "a person's own words",
}


def written(path: Path) -> Iterator[str]:
    """The strings of a file that are no docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


STRINGS = {text for folder in SPEAKING for path in (ROOT / folder).rglob("*.py") for text in written(path)}
SPOKEN = STRINGS - {text for path in (ROOT / "bot" / "channels").glob("*.py") for text in written(path)}
"""A channel's own keys are for programs, not for residents."""


EVENTS = {
    *(f"event.update.{act}" for act in EFFECTS),
    *(f"event.update.{how}" for how in ("not_fixed", "judged_open")),
    *(f"event.{text}" for text in STRINGS - NOT_PUBLIC if re.fullmatch(r"update\.[a-z_]+", text)),
}
"""What can have happened to a case, told with its state."""


def families() -> set[str]:
    """The first words of the keys with which residents are spoken to."""
    return {key.partition(".")[0] for key in CATALOGUE.keys() if "." in key} - {"error"}  # noqa: SIM118


def test_every_key_that_is_used_has_a_sentence() -> None:
    names = "|".join(sorted(families()))
    used = {text for text in SPOKEN if re.fullmatch(rf"(?:{names})\.[a-z_]+", text)}

    assert used | BUILT | EVENTS <= CATALOGUE.keys()


def test_every_sentence_is_used() -> None:
    # A channel's own wording of a sentence has its name after the key: "help.sms".
    keys = {re.sub(r"\.(sms|whatsapp|telegram)$", "", key) for key in CATALOGUE.keys()}  # noqa: SIM118

    assert keys <= STRINGS | BUILT | EVENTS


# --- How long they are --------------------------------------------------------------------------

REALISTIC: dict[str, object] = {
    "amount": "1,250.50",
    "answer": "will not do what it said",
    "body": "Fenshire County Council",
    "call": "AM-7H3-9XP",
    "advice": "Please keep children and pets away from it.",
    "by_on": NOW.isoformat(),
    "contact": "https://www.ashmere.example",
    "at_day": NOW.isoformat(),
    "error_id": "1f3a5c7e",
    "event_key": "event.update.not_fixed",
    "filed_day": NOW.isoformat(),
    "go_to": "To comment or to appeal, go to ashmere.example/planning or call 01632 960110.",
    "matter": "Planning applications",
    "minutes": 10,
    "most": 160,
    "name": "Ashmere Borough Council",
    "one_time_code": "4F7X-2Q9C",
    "neighbour": "Weald District Council",
    "until_on": datetime(2026, 11, 25, 23, 59, tzinfo=UTC).isoformat(),
    "was_on": datetime(2026, 11, 25, 23, 59, tzinfo=UTC).isoformat(),
    "reason": "somebody else has to do their part first",
    "phrase": "the little alley behind the old Woolworths",
    "reference": "AM-4F7-2Q9",
    "state_key": "state.action scheduled",
    "told_day": NOW.isoformat(),
    "ward": "Sedgeholme and Skelby",
    "what": "Traffic signs, signals and crossings",
    "where": "31 Hazel Grove, near Kesterby Road",
    "who": "Highways, Fenshire County Council",
    "words": "The part is on order and we will be back on Monday.",
}
"""Words as long as they come in the demo borough and the real ones."""


def said(key: str) -> str:
    """The sentence as a resident reads it."""
    parameters: dict[str, object] = dict(REALISTIC)
    parameters["lines"] = [{"key": "mine.line", "parameters": REALISTIC}] * 5
    wording = Wording({"ashmere": make_pack()}, "https://reports.ashmere.example")
    message = Waiting(
        1, "contact:x", "x", 1, "sms", key, parameters, (), None, "en", "ashmere", None, None, 1, NOW
    )
    return wording.word(message).text


PARTS = ("button.", "event.", "response.", "state.", "who.")
MESSAGES = sorted(key for key in CATALOGUE.keys() if not key.startswith(PARTS))  # noqa: SIM118


@pytest.mark.parametrize("key", [k for k in MESSAGES if k not in LONG and not k.startswith("tongue.")])
def test_a_message_is_at_most_two_sms(key: str) -> None:
    if key == "danger.own":
        pytest.skip("the authority's own words: the check of its pack measures them")

    assert septets(said(key)) <= TWO_SEGMENTS


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_is_said_in_another_language_is_at_most_two_sms_and_names_the_number(language: str) -> None:
    words = said(f"tongue.{language}")
    assert len(words.encode("utf-16-be")) / 2 <= TWO_UNICODE_SEGMENTS
    assert "999" in words


def test_the_exceptions_are_really_longer() -> None:
    assert segments(said("mine.list")) > 2


@pytest.mark.parametrize(
    ("text", "length", "count"),
    [("a" * 160, 160, 1), ("a" * 161, 161, 2), ("€" * 80, 160, 1), ("a" * 307, 307, 3)],
)
def test_septets_are_counted_as_the_standard_does(text: str, length: int, count: int) -> None:
    assert (septets(text), segments(text)) == (length, count)


def test_a_character_outside_gsm_7_is_refused() -> None:
    with pytest.raises(ValueError, match="not in GSM-7"):
        septets("łódka")
