"""The running product and Twilio's stand-in: one whole report by SMS and one by WhatsApp."""

from collections.abc import Iterator

import pytest

from tests.counterparts.twilio_server import ACCOUNT, OUR_WHATSAPP, OURS, TOKEN, Phone, Twilio
from tests.e2e.conftest import Start
from tests.pictures import photo
from tests.product import Product, until


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as server:
        yield server


def start_with(start: Start, twilio: Twilio, **settings: object) -> Product:
    product = start(
        public_url=twilio.public_url,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_sms_from=OURS,
        twilio_whatsapp_from=OUR_WHATSAPP,
        twilio_api_url=twilio.url,
        **settings,
    )
    twilio.calls_over(product.address)
    return product


def ask(phone: Phone, words: str = "", *files: tuple[str, bytes], **more: str) -> str:
    """Send something and wait for the answer."""
    so_far = len(phone.heard)
    assert phone.says(words, *files, **more) == 200
    until(lambda: len(phone.heard) > so_far, what=f"an answer to {words!r}")
    return phone.last


def test_one_whole_report_by_sms(start: Start, twilio: Twilio) -> None:
    product = start_with(start, twilio)
    phone = twilio.phone()
    asked = ask(phone, "Sofa dumped on Church Lane").splitlines()
    number = next(line[0] for line in asked if line.endswith("Church Lane, Ashmere"))
    assert "Dumped rubbish, Church Lane, Ashmere" in ask(phone, number)
    assert "Told to us on" in ask(phone, "STATUS")
    for said in (phone.number, "Sofa", TOKEN):
        assert said not in product.log


def test_one_whole_report_by_whatsapp(start: Start, twilio: Twilio) -> None:
    start_with(start, twilio)
    phone = twilio.phone(channel="whatsapp")
    assert "Thank you for the photo" in ask(phone, "", ("image/jpeg", photo()))
    assert "your location" in ask(phone, "overflowing bin")
    assert "bin" in ask(phone, "", Latitude="53.00712", Longitude="0.45331").lower()


def test_a_report_sent_while_the_product_was_away_is_answered_after_its_start(
    start: Start, twilio: Twilio
) -> None:
    phone = twilio.phone()
    twilio.deaf = True
    phone.says("Sofa dumped on Church Lane")
    twilio.deaf = False
    start_with(start, twilio)
    until(lambda: phone.heard, what="an answer")
    assert "Church Lane, Ashmere" in phone.last
