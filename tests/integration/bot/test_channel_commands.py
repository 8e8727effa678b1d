"""`streetcall channels …` as an officer runs it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import cli
from tests.counterparts.twilio_server import ACCOUNT, OURS, TOKEN, Twilio


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as server:
        yield server


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Settings of our own only."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STREETCALL_DATA_DIR", str(tmp_path / "data"))
    return monkeypatch


@pytest.fixture
def with_twilio(officer: pytest.MonkeyPatch, twilio: Twilio) -> Twilio:
    """A number at Twilio that sends elsewhere."""
    settings = {
        "PUBLIC_URL": twilio.public_url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_SMS_FROM": OURS,
        "TWILIO_API_URL": twilio.url,
    }
    for name, value in settings.items():
        officer.setenv(f"STREETCALL_{name}", value)
    return twilio


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command sets logs up for its whole process, which here is everybody's."""
    config, handlers = structlog.get_config(), logging.root.handlers[:]
    yield
    structlog.configure(**config)
    logging.root.handlers[:] = handlers


def channels(*words: str) -> Result:
    return CliRunner().invoke(cli, ["channels", *words])


@pytest.mark.usefixtures("officer")
def test_channels_without_credentials_are_off_and_that_is_no_fault() -> None:
    result = channels("check")
    assert result.exit_code == 0
    assert "its credentials (STREETCALL_TWILIO_…) are not set" in result.output


@pytest.mark.usefixtures("with_twilio")
def test_what_is_wrong_is_put_right_by_the_command_that_it_names() -> None:
    first = channels("check")
    assert first.exit_code == 1
    assert "Run: streetcall channels set-webhooks" in first.output
    assert channels("set-webhooks").exit_code == 0
    assert channels("check").exit_code == 0


def test_catch_up_counts_what_was_missing(with_twilio: Twilio) -> None:
    with_twilio.deaf = True
    with_twilio.phone().says("Sofa dumped on Church Lane")
    assert "twilio: 1 messages were missing." in channels("catch-up").output
    assert "twilio: 0 messages were missing." in channels("catch-up").output


@pytest.mark.usefixtures("with_twilio")
def test_a_poster_is_made_for_the_ward_that_is_named(tmp_path: Path) -> None:
    result = channels("poster", "--ward", "E99000001", "--folder", str(tmp_path / "posters"))
    assert result.exit_code == 0
    [page] = (tmp_path / "posters").glob("*.html")
    assert "07700 900100" in page.read_text()


@pytest.mark.usefixtures("officer")
def test_a_ward_that_is_not_there_is_said() -> None:
    result = channels("poster", "--ward", "E1")
    assert result.exit_code == 1
    assert "No ward has the code E1" in result.output
