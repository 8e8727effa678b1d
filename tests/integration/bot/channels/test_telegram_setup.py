"""What an officer is told of a bot at Telegram."""

from collections.abc import Iterator

import pytest

from bot.channels.telegram_line import TelegramLine
from bot.channels.telegram_setup import TelegramSetup
from config.settings import Settings
from tests.counterparts.telegram_server import TOKEN, BotApi

PUBLIC = {"public_url": "https://reports.tarn.example", "telegram_secret": "s3cret"}
WEBHOOK = "https://reports.tarn.example/webhooks/telegram"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def line(api: BotApi) -> Iterator[TelegramLine]:
    made = TelegramLine(TOKEN, api.url)
    yield made
    made.close()


def make_setup(line: TelegramLine, **settings: str) -> TelegramSetup:
    return TelegramSetup(line, Settings(_env_file=None, **settings))  # type: ignore[call-arg,arg-type]


def told(setup: TelegramSetup) -> list[tuple[bool | None, str]]:
    return [(finding.ok, finding.what) for finding in setup.check()]


def test_a_bot_that_polls_is_well(line: TelegramLine) -> None:
    assert [ok for ok, _ in told(make_setup(line))] == [True, True]


def test_the_bots_name_and_link_are_told(line: TelegramLine) -> None:
    assert "https://t.me/StreetcallTestBot" in told(make_setup(line))[0][1]


def test_a_webhook_that_is_not_set_is_wrong_until_it_is(line: TelegramLine) -> None:
    setup = make_setup(line, **PUBLIC)
    assert (False, f"Telegram should call {WEBHOOK}, but it calls nobody") in told(setup)

    assert [finding.ok for finding in setup.set_webhooks()] == [True]
    assert told(setup)[1] == (True, f"Telegram calls us at {WEBHOOK}")


def test_somebody_elses_webhook_is_wrong(api: BotApi, line: TelegramLine) -> None:
    api.webhook_url = "https://other.example/hook"

    for setup in (make_setup(line), make_setup(line, **PUBLIC)):
        (_, (ok, what), *_) = told(setup)
        assert not ok
        assert "https://other.example/hook" in what


def test_telegrams_last_trouble_is_told(api: BotApi, line: TelegramLine) -> None:
    api.webhook_url, api.last_error = WEBHOOK, "Wrong response from the webhook: 403 Forbidden"

    assert any("403 Forbidden" in what and ok is False for ok, what in told(make_setup(line, **PUBLIC)))


def test_messages_that_wait_are_told(api: BotApi, line: TelegramLine) -> None:
    api.updates = [{"update_id": number} for number in range(200)]

    assert (False, "200 messages wait at Telegram") in told(make_setup(line))


def test_a_wrong_token_is_told(api: BotApi) -> None:
    line = TelegramLine("4242:wrong", api.url)
    (finding,) = make_setup(line).check()
    line.close()

    assert (finding.ok, finding.what) == (False, "Telegram does not know the token")
    assert "BotFather" in finding.do


def test_telegram_out_of_reach_is_told(api: BotApi, line: TelegramLine) -> None:
    api.down = True

    assert "cannot be reached" in told(make_setup(line))[0][1]


def test_without_an_address_no_webhook_is_set(api: BotApi, line: TelegramLine) -> None:
    (finding,) = make_setup(line).set_webhooks()

    assert finding.ok is None
    assert api.webhook_url == ""


def test_a_webhook_must_be_https(api: BotApi, line: TelegramLine) -> None:
    (finding,) = make_setup(line, public_url="http://tarn.example", telegram_secret="s").set_webhooks()

    assert finding.ok is False
    assert api.webhook_url == ""
