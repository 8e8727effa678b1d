"""Logs hold ids, codes and places in the code, never somebody's words."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs, tell_where


def fail() -> None:
    words = "I live at 12 Hazel Grove"
    raise ValueError(words)


def test_an_exception_is_logged_by_type_and_place_only() -> None:
    try:
        fail()
    except ValueError:
        event = tell_where(None, "error", {"event": "failed", "exc_info": True})
    assert event["error"] == "ValueError"
    assert event["where"][-1].startswith("bot/test_logs.py:")
    assert "Hazel" not in str(event)


@pytest.fixture
def _logs_afterwards_as_before() -> Iterator[None]:
    before = logging.root.handlers[:]
    yield
    logging.root.handlers[:] = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("_logs_afterwards_as_before")
def test_what_libraries_log_is_discreet_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    try:
        fail()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("failed")
    said = capsys.readouterr().err
    assert "ValueError at " in said
    assert "Hazel" not in said


def test_an_event_without_a_fault_stays_as_it_is() -> None:
    assert tell_where(None, "info", {"event": "started"}) == {"event": "started"}
