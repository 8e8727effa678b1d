"""Logs hold ids, codes and places in the code, never somebody's words."""

import subprocess
import sys

from bot.logs import tell_where

PROGRAM = """
import logging
import structlog
from bot.logs import set_up_logs

set_up_logs("json")
try:
    raise ValueError("I live at 12 Hazel Grove")
except ValueError:
    logging.getLogger("uvicorn.error").exception("failed")
    structlog.get_logger().exception("broken", inbox_id=7)
"""
"""In a process of its own: how logs are set up holds for the whole of one."""


def test_an_exception_is_logged_by_type_and_place_only() -> None:
    try:
        raise ValueError("I live at 12 Hazel Grove")
    except ValueError:
        event = tell_where(None, "error", {"event": "failed", "exc_info": True})
    assert event["error"] == "ValueError"
    assert event["where"][-1].startswith("bot/test_logs.py:")
    assert "Hazel" not in str(event)


def test_what_we_and_our_libraries_log_is_discreet() -> None:
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stderr
    assert "ERROR uvicorn.error failed\nValueError at " in said
    assert '"error": "ValueError"' in said
    assert "Hazel" not in said


def test_an_event_without_a_fault_stays_as_it_is() -> None:
    assert tell_where(None, "info", {"event": "started"}) == {"event": "started"}
