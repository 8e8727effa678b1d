"""What Twilio sends, read from recorded payloads; its signature; its codes."""

import json
from pathlib import Path

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.base import Carrier, FetchFailed, Message
from bot.channels.twilio import SMS, WHATSAPP, TwilioChannel, arrival_of, carrier_of
from bot.channels.twilio_codes import CODES, Act, meaning, reason
from bot.channels.twilio_sending import Numbers, parse_numbers
from bot.channels.twilio_setup import readable
from casework.errors import MessageRefused
from casework.places import Point

PAYLOADS = Path(__file__).parents[3] / "counterparts" / "twilio_payloads"
MESSAGES = sorted(path.stem for path in PAYLOADS.glob("*.json") if not path.stem.startswith("status"))
CHURCH = Point(53.00712, 0.45331)


def fields(name: str) -> dict[str, str]:
    return dict(json.loads((PAYLOADS / f"{name}.json").read_text())["fields"])


def read(name: str) -> Message:
    return TwilioChannel(SMS, lambda _url: b"").read(fields(name))


@pytest.mark.parametrize("name", MESSAGES)
def test_every_recorded_message_is_stored_and_read(name: str) -> None:
    arrival = arrival_of(fields(name), "key")
    assert arrival.channel == (WHATSAPP if name.startswith("whatsapp") else SMS)
    assert arrival.event_id == fields(name)["MessageSid"]
    assert arrival.payload == fields(name)
    assert "+44" not in arrival.address_hash
    read(name)


def test_every_payload_names_the_documentation_it_is_of() -> None:
    sources = [json.loads(path.read_text())["source"] for path in PAYLOADS.glob("*.json")]
    assert all(source.startswith("https://www.twilio.com/docs/") for source in sources)


def test_the_same_number_on_two_channels_is_two_addresses() -> None:
    sms, whatsapp = arrival_of(fields("sms"), "key"), arrival_of(fields("whatsapp"), "key")
    assert sms.address == whatsapp.address == "+447700900123"
    assert sms.address_hash != whatsapp.address_hash


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sms", Message(text="Sofa dumped on Church Lane")),
        ("whatsapp_location", Message(pin=CHURCH)),
        ("whatsapp_venue", Message(pin=CHURCH)),
        ("whatsapp_button", Message(text="Yes", button="yes")),
        ("whatsapp_voice", Message(unread=("unread.voice",))),
        ("whatsapp_contact", Message(unread=("unread.contact",))),
        ("whatsapp_document", Message(text="report.pdf", refused=("unread.file",))),
        ("sms_opt_out", Message(text="ARRET", carrier=Carrier.STOP)),
    ],
)
def test_a_message_is_read(name: str, message: Message) -> None:
    assert read(name) == message


def test_pictures_are_named_until_they_are_fetched() -> None:
    channel = TwilioChannel(SMS, lambda url: url.encode()[-2:])
    message = channel.read(fields("mms"))
    assert len(message.media) == 2
    assert channel.complete(message) == Message(photos=(b"06", b"07"))


def test_a_picture_that_does_not_come_is_said_so() -> None:
    def fail(_url: str) -> bytes:
        raise FetchFailed("photo.not_fetched")

    channel = TwilioChannel(SMS, fail)
    assert channel.complete(channel.read(fields("whatsapp_photo"))).refused == ("photo.not_fetched",)


def test_a_sender_with_a_name_has_no_address() -> None:
    assert arrival_of(fields("sms_from_a_name"), "key").address is None


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("91", "0"), ("nan", "0"), ("0", "inf"), ("", ""), ("x", "1"), ("0", "181")]
)
def test_a_location_that_is_none_is_passed_over(latitude: str, longitude: str) -> None:
    payload = fields("whatsapp_location") | {"Latitude": latitude, "Longitude": longitude}
    assert TwilioChannel(WHATSAPP, lambda _url: b"").read(payload).pin is None


@pytest.mark.parametrize("count", ["-1", "x", "", "9999999", "3"])
def test_a_false_number_of_files_does_no_harm(count: str) -> None:
    payload = fields("sms") | {"NumMedia": count}
    assert TwilioChannel(SMS, lambda _url: b"").read(payload).media == ()


def test_a_form_without_a_sender_is_no_message() -> None:
    with pytest.raises(MessageRefused):
        arrival_of({"MessageSid": "SM1"}, "key")


# --- The carrier's words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "carrier"),
    [
        ("STOP", Carrier.STOP),
        (" cancel ", Carrier.STOP),
        ("Yes", Carrier.START),
        ("INFO", Carrier.HELP),
        ("stop.", None),
        ("please stop", None),
    ],
)
def test_the_carrier_acts_on_a_word_alone(body: str, carrier: Carrier | None) -> None:
    assert carrier_of({"From": "+447700900123", "Body": body}) is carrier


def test_whatsapp_has_no_carrier() -> None:
    assert carrier_of({"From": "whatsapp:+447700900123", "Body": "STOP"}) is None


# --- The signature ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "caller", "signature"),
    [
        # https://www.twilio.com/docs/usage/security, and the older example in Twilio's own libraries.
        ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_twilios_own_example_of_a_signature_is_accepted(url: str, caller: str, signature: str) -> None:
    example = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": caller,
        "Digits": "1234",
        "From": caller,
        "To": "+18005551212",
    }
    assert RequestValidator("12345").validate(url, example, signature)
    assert not RequestValidator("12345").validate(url, example | {"Digits": "1235"}, signature)
    assert not RequestValidator("12346").validate(url, example, signature)


# --- Codes and numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "status", "act"),
    [
        (21610, 400, Act.OPT_OUT),
        (63016, 400, Act.WAIT_FOR_WINDOW),
        (30003, 0, Act.RETRY),
        (30006, 0, Act.REFUSE),
        (30007, 0, Act.REFUSE),
        (21211, 400, Act.REFUSE),
        (21614, 400, Act.REFUSE),
        (20429, 429, Act.REST),
        (None, 429, Act.REST),
        (None, 503, Act.REST),
        (None, 401, Act.REST),
        (99999, 400, Act.REFUSE),
        (99999, 500, Act.REST),
    ],
)
def test_each_code_is_acted_on_in_its_way(code: int | None, status: int, act: Act) -> None:
    assert meaning(code, status).act is act


def test_every_code_says_why() -> None:
    assert all(reason(code, found) == f"{code}: {found.words}" for code, found in CODES.items())
    assert reason(None, meaning(None, 503)) == "Twilio is not available"


def test_numbers_are_written_as_people_write_settings() -> None:
    assert parse_numbers(" +44 7700 900100, whatsapp:+447700900102,,MG5 ") == (
        "+447700900100",
        "+447700900102",
        "MG5",
    )
    assert parse_numbers("") == ()


def test_the_number_that_was_written_to_answers_while_it_is_ours() -> None:
    numbers = Numbers(sms=("+447700900100", "+447700900101"))
    assert numbers.choose(SMS, "+447700900101") == "+447700900101"
    assert numbers.choose(SMS, "+447700900199") == "+447700900100"
    assert numbers.choose(SMS, "") == "+447700900100"
    assert Numbers(sms=("MG5",)).choose(SMS, "+447700900199") == "+447700900199"


def test_a_number_is_shown_as_people_write_it() -> None:
    assert readable("+447700900100") == "07700 900100"
    assert readable("60060") == "60060"
