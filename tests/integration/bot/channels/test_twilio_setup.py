"""`streetcall channels check` and `set-webhooks` against Twilio's stand-in."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.channels.checking import Finding
from tests.counterparts.twilio_server import OURS, OURS_TOO, SERVICE
from tests.phones import Exchange, exchange


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def office(folder: Path, url: str, **more: object) -> AbstractContextManager[Exchange]:
    return exchange(folder, url, **more)


def check(made: Exchange) -> Sequence[Finding]:
    way = made.app.providers["twilio"]
    assert way is not None
    assert way.check is not None
    return way.check()


def set_webhooks(made: Exchange) -> Sequence[Finding]:
    way = made.app.providers["twilio"]
    assert way is not None
    assert way.set_webhooks is not None
    return way.set_webhooks()


def wrong(findings: Sequence[Finding]) -> list[str]:
    return [finding.what for finding in findings if finding.ok is False]


def test_a_number_that_sends_elsewhere_is_found_and_put_right(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url, twilio_sms_from=f"{OURS},{OURS_TOO}") as made:
        found = check(made)
        assert len(wrong(found)) == 2
        assert "demo.twilio.com" in wrong(found)[0]
        assert "streetcall channels set-webhooks" in next(f.do for f in found if f.ok is False)
        set_webhooks(made)
        assert wrong(check(made)) == []
        assert {n["sms_url"] for n in made.twilio.numbers.values()} == {
            "https://reports.ashmere.example/webhooks/twilio"
        }


def test_a_messaging_service_is_looked_at_and_put_right(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url, twilio_sms_from=SERVICE) as made:
        set_webhooks(made)
        assert made.twilio.service["inbound_request_url"] == "https://reports.ashmere.example/webhooks/twilio"
        assert wrong(check(made)) == []


def test_whatsapp_has_to_be_looked_at_by_a_person(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url, twilio_sms_from="") as made:
        assert [finding.ok for finding in check(made)].count(None) == 1


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"twilio_auth_token": "another"}, "20003"),
        ({"twilio_sms_from": "+447700900199"}, "not a number of this account"),
        ({"twilio_sms_from": "", "twilio_whatsapp_from": ""}, "no number to send from"),
        ({"public_url": ""}, "no public https address"),
        ({"public_url": "http://reports.ashmere.example"}, "no public https address"),
    ],
)
def test_what_is_wrong_is_said(
    folder: Path, sqlite_url: str, settings: dict[str, object], words: str
) -> None:
    with office(folder, sqlite_url, **settings) as made:
        assert any(words in what for what in wrong(check(made)))


def test_twilio_away_is_said(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url) as made:
        made.twilio.down = True
        assert any("not available" in what for what in wrong(check(made)))


def test_the_last_errors_are_said(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url) as made:
        made.twilio.alerts = ["11200", "11205"]
        assert any("2 errors in seven days, the last 11200" in what for what in wrong(check(made)))


def test_a_number_without_text_messages_is_said(folder: Path, sqlite_url: str) -> None:
    with office(folder, sqlite_url) as made:
        made.twilio.numbers[OURS]["capabilities"]["sms"] = False
        assert any("cannot send text messages" in what for what in wrong(check(made)))
