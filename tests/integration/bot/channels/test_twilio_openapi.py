"""Our calls, made by Twilio's own client, against Twilio's own OpenAPI."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.channels.twilio_account import TwilioAccount, TwilioFault
from tests.counterparts.prism import PRISM, prism
from tests.factories import NOW

ACCOUNT = "AC" + "1" * 32
MESSAGE = "SM" + "2" * 32


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Prism listens."""
    if not PRISM.exists():
        pytest.skip("Prism is not installed: run `make counterparts`")
    with prism(tmp_path_factory.mktemp("prism") / "log") as running:
        yield running


@pytest.fixture
def account(address: str) -> Iterator[TwilioAccount]:
    """The account, with Prism for Twilio."""
    with closing(TwilioAccount(ACCOUNT, "token", address)) as made:
        yield made


def test_a_text_message_is_well_formed(account: TwilioAccount) -> None:
    sid = account.send(
        to="+447700900123",
        from_="+447700900100",
        body="Thank you.",
        status_callback="https://reports.ashmere.example/webhooks/twilio/status",
    )
    assert sid.startswith("SM")


def test_a_message_by_a_service_and_a_template_is_well_formed(account: TwilioAccount) -> None:
    assert account.send(to="+447700900123", messaging_service_sid="MG" + "3" * 32, body="Thank you.")
    template = {"content_sid": "HX" + "4" * 32, "content_variables": '{"1": "Done."}'}
    assert account.send(to="whatsapp:+447700900123", from_="whatsapp:+447700900102", **template)


def test_the_lists_are_asked_for_in_a_well_formed_way(account: TwilioAccount) -> None:
    account.received("+447700900100", NOW - timedelta(days=1))
    assert "NumMedia" in account.files_of(MESSAGE)


def test_numbers_are_looked_up_and_set_in_a_well_formed_way(account: TwilioAccount) -> None:
    assert account.status()
    found = account.number("+447700900100")
    assert found is not None
    account.set_webhook("PN" + "5" * 32, "https://reports.ashmere.example/webhooks/twilio")


def test_what_is_not_well_formed_is_refused(account: TwilioAccount) -> None:
    """Or the tests above would prove nothing."""
    with pytest.raises(TwilioFault):
        account.send(to="+447700900123", messaging_service_sid="not a service", body="Thank you.")
