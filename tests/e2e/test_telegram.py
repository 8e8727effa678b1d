"""The running product and a Bot API server: by polls, and by a webhook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counterparts.telegram_server import TOKEN, BotApi, Heard, Person
from tests.e2e.conftest import Start
from tests.pictures import photo
from tests.product import Product, until

HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def ada(api: BotApi) -> Person:
    return api.person()


def start_with(start: Start, api: BotApi, pack: Path, **settings: object) -> Product:
    return start(pack=pack, telegram_token=TOKEN, telegram_api_url=api.url, **settings)


def next_heard(person: Person, so_far: int) -> Heard:
    until(lambda: len(person.heard) > so_far, what="an answer")
    return person.heard[-1]


def test_one_whole_report_by_polling(start: Start, api: BotApi, ada: Person, tiny_pack: Path) -> None:
    product = start_with(start, api, tiny_pack)
    said = []
    for step in (
        lambda: ada.says("/start"),
        lambda: ada.says("there is a deep pothole"),
        lambda: ada.sends(location=HIGH_STREET),
        lambda: ada.sends(photo=ada.photo(photo())),
        lambda: ada.says("/mine"),
    ):
        heard = len(ada.heard)
        step()
        said.append(next_heard(ada, heard))

    greeting, where, filed, added, mine = (heard.text for heard in said)
    assert "Tell me what is wrong and where" in greeting
    assert said[1].asks_location
    assert "where is it" in where.lower()
    assert "Potholes, near High Street" in filed
    assert "added" in added
    assert filed.split()[2].rstrip(":") in mine
    assert TOKEN not in product.log
    assert "pothole" not in product.log


def test_a_webhook_takes_messages_in(start: Start, api: BotApi, ada: Person, tiny_pack: Path) -> None:
    product = start_with(start, api, tiny_pack, telegram_secret="s3cret")
    api.webhook_url, api.webhook_secret = f"{product.address}/webhooks/telegram", "s3cret"
    ada.says("mattress dumped on Mill Lane, Southend")

    assert "Dumped rubbish, Mill Lane" in ada.hears("Thank you").text
    assert api.polls == 0


def test_a_wrong_secret_is_refused(start: Start, api: BotApi, ada: Person, tiny_pack: Path) -> None:
    product = start_with(start, api, tiny_pack, telegram_secret="s3cret")
    api.webhook_url, api.webhook_secret = f"{product.address}/webhooks/telegram", "other"
    ada.says("mattress dumped on Mill Lane, Southend")

    assert api.last_error.endswith("403")
    assert product.store.inbox.oldest_unhandled() is None


def test_what_was_sent_while_we_were_away_is_answered(
    start: Start, api: BotApi, ada: Person, tiny_pack: Path
) -> None:
    for number in range(3):
        ada.says(f"mattress dumped on Mill Lane, Southend, number {number}")
    start_with(start, api, tiny_pack)

    until(lambda: len(ada.heard) >= 3, what="three answers")


def test_without_a_token_telegram_is_off_and_says_so(start: Start, tiny_pack: Path) -> None:
    product = start(pack=tiny_pack)

    assert "telegram" in product.log
    assert product.client.post("/webhooks/telegram", json={"update_id": 1}).status_code in (404, 405)
