"""Every kind of update, as Telegram's documentation shows it, and what we make of it."""

import base64
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channels.base import Message, Worded, WordedButton
from bot.channels.telegram import (
    FetchFailed,
    Telegram,
    bot_id_of,
    cut,
    lay_out,
    point_of,
    read_start,
    start_parameter,
)
from casework.errors import SettingsError
from casework.places import Point

UPDATES = sorted((Path(__file__).parents[3] / "counterparts" / "telegram_updates").glob("*.json"))
BOT_ID = 4242424242


def no_file(file_id: str) -> bytes:
    raise FetchFailed("photo.not_fetched")


def make_channel() -> Telegram:
    channel = Telegram(BOT_ID, no_file)
    channel.username = "StreetcallTestBot"
    return channel


def told(message: Message) -> dict[str, Any]:
    """What stands in a message, as JSON has it."""
    default = Message()
    fields = (f.name for f in dataclasses.fields(message))
    found = {
        name: getattr(message, name) for name in fields if getattr(message, name) != getattr(default, name)
    }
    if isinstance(found.get("pin"), Point):
        found["pin"] = [found["pin"].latitude, found["pin"].longitude]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


@pytest.mark.parametrize("file", UPDATES, ids=lambda file: file.stem)
def test_an_update_of_every_kind_is_read(file: Path) -> None:
    recorded = json.loads(file.read_text())
    assert recorded["source"].startswith("https://core.telegram.org/bots/")

    assert told(make_channel().read(recorded["update"])) == recorded["read"]


@pytest.mark.parametrize("file", UPDATES, ids=lambda file: file.stem)
def test_an_update_of_every_kind_is_an_event_of_its_chat(file: Path) -> None:
    update = json.loads(file.read_text())["update"]
    arrival = make_channel().arrival(update, "key")

    assert arrival.event_id == str(update["update_id"])
    assert arrival.payload == update
    assert arrival.address in ("5001", "777", "-1001234567890", "-1009876543210")


@pytest.mark.parametrize("update", [{}, {"update_id": "7"}, {"update_id": True}, {"update_id": None}])
def test_what_has_no_number_is_no_update(update: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="update_id"):
        make_channel().arrival(update, "key")


def test_a_file_that_does_not_come_is_asked_for_again() -> None:
    alone = make_channel().complete(Message(media=("a",)))
    with_words = make_channel().complete(Message(text="pothole", media=("a",)))

    assert alone.unread == ("photo.not_fetched",)
    assert (with_words.text, with_words.refused) == ("pothole", ("photo.not_fetched",))


def test_a_file_is_fetched() -> None:
    channel = Telegram(BOT_ID, lambda file_id: file_id.encode())

    assert channel.complete(Message(media=("a",))).photos == (b"a",)


# --- Deep links ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["E99000001", "53.00344_0.45989", "-0.5_-179.25", "Ward ä/1"])
def test_a_deep_link_brings_back_its_place(key: str) -> None:
    parameter = start_parameter(key)

    assert read_start(parameter) == key
    assert set(parameter) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def test_a_place_too_long_for_a_link_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        start_parameter("x" * 49)


@pytest.mark.parametrize("parameter", ["!!", "a", "_w", base64.b64encode(b"\xff\xfe").decode()])
def test_somebody_elses_link_names_no_place(parameter: str) -> None:
    assert read_start(parameter) is None


@pytest.mark.parametrize(
    ("key", "point"), [("53.5_0.25", Point(53.5, 0.25)), ("91.5_0.25", None), ("E1", None)]
)
def test_a_place_key_may_be_a_point(key: str, point: Point | None) -> None:
    assert point_of(key) == point


@pytest.mark.parametrize("token", ["", "abc", "12345", "x:y"])
def test_what_is_no_token_is_said_so(token: str) -> None:
    with pytest.raises(SettingsError, match="BotFather"):
        bot_id_of(token)


# --- Laying out ---------------------------------------------------------------------------------


def test_choices_are_buttons_under_the_words() -> None:
    buttons = (
        WordedButton("yes", "Yes"),
        WordedButton("no", "No"),
        WordedButton("x", "A long label to be alone"),
    )
    (sheet,) = lay_out(Worded("Is it?", buttons, "location"), "Here")

    assert isinstance(sheet.markup, InlineKeyboardMarkup)
    assert [[b.callback_data for b in row] for row in sheet.markup.inline_keyboard] == [["yes", "no"], ["x"]]


def test_a_question_for_the_place_has_a_button_that_sends_it() -> None:
    (sheet,) = lay_out(Worded("Where is it?", wants="location"), "Send where I am")

    assert isinstance(sheet.markup, ReplyKeyboardMarkup)
    assert sheet.markup.keyboard[0][0].request_location


def test_a_long_message_is_cut_between_words_and_keeps_its_buttons_at_the_end() -> None:
    words = "word " * 2000
    sheets = lay_out(Worded(words, (WordedButton("yes", "Yes"),)), "Here")

    assert [len(sheet.text) <= 4096 for sheet in sheets] == [True, True, True]
    assert " ".join(sheet.text for sheet in sheets) == words.strip()
    assert [isinstance(sheet.markup, InlineKeyboardMarkup) for sheet in sheets] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "parts"), [("", ["…"]), ("abcdef", ["abcd", "ef"]), ("ab\ncd ef", ["ab", "cd", "ef"])]
)
def test_text_is_cut_where_it_may_be(text: str, parts: list[str]) -> None:
    assert cut(text, 4) == parts
