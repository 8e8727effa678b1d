"""SMS and WhatsApp from the webhook to the phone, with Twilio's stand-in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.channels.gsm import is_gsm, segments
from casework.acting import Act, act
from casework.cases import DeskKind
from casework.filing import send_on
from casework.outcomes import Notice, Outcome
from storage.tables import inbox, reports
from tests.counterparts.twilio_server import OUR_WHATSAPP, OURS, OURS_TOO, SERVICE, Fault, Phone, Sms
from tests.phones import Exchange, exchange
from tests.pictures import photo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FOREIGN = "https://169.254.169.254/latest/meta-data"


@pytest.fixture
def here(tmp_path: Path, sqlite_url: str) -> Iterator[Exchange]:
    """A product with one number for text messages and one for WhatsApp."""
    with exchange(tmp_path, sqlite_url) as made:
        yield made


@pytest.fixture
def sms(here: Exchange) -> Phone:
    """A phone that texts."""
    return here.twilio.phone()


@pytest.fixture
def whatsapp(here: Exchange) -> Phone:
    """A phone with WhatsApp."""
    return here.twilio.phone(channel="whatsapp")


def rows(here: Exchange) -> int:
    with here.store.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(inbox)).scalar_one())


def reports_made(here: Exchange) -> int:
    with here.store.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(reports)).scalar_one())


def contact_of(here: Exchange) -> str:
    with here.store.database.read() as connection:
        return str(connection.execute(select(inbox.c.contact_id)).scalars().first())


def tell(here: Exchange, key: str = "told.reply", **parameters: object) -> None:
    """Something happens that the resident hears of without having asked."""
    notice = Notice(
        f"contact:{contact_of(here)}", key, parameters or {"words": "Done."}, jurisdiction="ashmere"
    )
    here.store.commit(Outcome(notices=(notice,)), here.clock.now())


def talk(here: Exchange, phone: Phone, *said: str) -> list[str]:
    """Say one thing after the other; what was heard in all."""
    for words in said:
        assert phone.says(words) == 200
        here.run(timedelta(seconds=20))
    return phone.heard


# --- A whole report ----------------------------------------------------------------------------


def test_a_report_by_sms_takes_two_messages(here: Exchange, sms: Phone) -> None:
    asked = talk(here, sms, "Sofa dumped on Church Lane")
    choices = dict(line.split(" ", 1)[::-1] for line in asked[0].splitlines()[1:])
    assert choices.keys() == {"Church Lane, Ashmere", "Church Lane, Sedgeholme", "None of these"}
    assert list(choices.values()) == ["1", "2", "3"]
    heard = talk(here, sms, choices["Church Lane, Ashmere"])
    assert "Dumped rubbish, Church Lane, Ashmere" in heard[1]
    assert all(is_gsm(text) and segments(text) <= 2 for text in heard)
    assert reports_made(here) == 1


def test_a_report_by_whatsapp_with_a_photo_and_a_location(here: Exchange, whatsapp: Phone) -> None:
    whatsapp.says("", ("image/jpeg", photo()))
    here.run()
    assert "photo" in whatsapp.last
    whatsapp.says("dumped sofa")
    here.run()
    assert "location" in whatsapp.last
    whatsapp.says("", Latitude="53.0", Longitude="0.45")
    here.run()
    assert "Dumped rubbish" in whatsapp.last
    assert reports_made(here) == 1


def test_an_answer_is_asked_for_in_words_that_the_channel_can_do(here: Exchange, sms: Phone) -> None:
    heard = talk(here, sms, "there is rubbish everywhere")
    assert "your location" not in heard[0]
    assert "link from your maps" in heard[0]


def test_a_link_from_a_map_is_a_place(here: Exchange, sms: Phone) -> None:
    heard = talk(here, sms, "dumped sofa", "https://maps.google.com/?q=53.00712,0.45331")
    assert "Dumped rubbish" in heard[-1]


# --- The webhook -------------------------------------------------------------------------------


def test_the_answer_to_a_webhook_is_empty_twiml(here: Exchange, sms: Phone) -> None:
    fields = here.twilio.fields_of(sms.writes("Hello"))
    from twilio.request_validator import RequestValidator

    signature = RequestValidator("for-tests-only").compute_signature(
        here.twilio.public_url + "/webhooks/twilio", fields
    )
    answer = here.client.post("/webhooks/twilio", data=fields, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response></Response>")


@pytest.mark.parametrize("path", ["/webhooks/twilio", "/webhooks/twilio/status"])
def test_a_wrong_signature_is_refused_and_leaves_no_row(here: Exchange, sms: Phone, path: str) -> None:
    fields = here.twilio.fields_of(sms.writes("Hello"))
    assert here.twilio.post(path, fields, token="another") == 403
    assert here.client.post(path, data=fields).status_code == 403
    assert rows(here) == 0


def test_an_altered_field_is_refused(here: Exchange, sms: Phone) -> None:
    from twilio.request_validator import RequestValidator

    fields = here.twilio.fields_of(sms.writes("Hello"))
    signature = RequestValidator("for-tests-only").compute_signature(
        here.twilio.public_url + "/webhooks/twilio", fields
    )
    altered = fields | {"Body": "Sofa on Hazel Grove"}
    answer = here.client.post("/webhooks/twilio", data=altered, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert rows(here) == 0


def test_a_message_delivered_twice_is_stored_once(here: Exchange, sms: Phone) -> None:
    message = sms.writes("Hello")
    assert here.twilio.receive(message) == 200
    assert here.twilio.post("/webhooks/twilio", here.twilio.fields_of(message)) == 200
    here.run()
    assert here.twilio.post("/webhooks/twilio", here.twilio.fields_of(message)) == 200
    here.run()
    assert rows(here) == 1
    assert len(sms.heard) == 1


def test_a_day_late_and_out_of_order_messages_are_still_taken(here: Exchange, sms: Phone) -> None:
    first, second = sms.writes("Sofa dumped on Church Lane"), sms.writes("1")
    here.twilio.receive(second)
    here.run(DAY)
    here.twilio.receive(first)
    here.run()
    talk(here, sms, "1")
    assert reports_made(here) == 1


@pytest.mark.parametrize("missing", ["From", "MessageSid"])
def test_a_form_that_is_no_message_is_refused(here: Exchange, sms: Phone, missing: str) -> None:
    fields = here.twilio.fields_of(sms.writes("Hello"))
    kept = {name: value for name, value in fields.items() if name != missing and "Sms" not in name}
    assert here.twilio.post("/webhooks/twilio", kept) == 400
    assert rows(here) == 0


def test_a_form_that_is_too_large_is_refused(here: Exchange, sms: Phone) -> None:
    assert sms.says("x" * 300_000) == 413
    assert rows(here) == 0


def test_nothing_is_taken_in_without_credentials(tmp_path: Path, sqlite_url: str) -> None:
    with exchange(tmp_path, sqlite_url, twilio_auth_token="") as made:
        assert made.app.ways()["twilio"] is False
        assert made.twilio.phone().says("Hello") == 404


# --- The carrier's own words ---------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "Stop", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", " stop "])
def test_after_stop_nothing_goes_out_by_sms_and_start_resumes(here: Exchange, sms: Phone, word: str) -> None:
    talk(here, sms, "Sofa dumped on Church Lane")
    before = len(sms.heard)
    talk(here, sms, word)
    tell(here)
    here.run(HOUR)
    assert len(sms.heard) == before
    assert talk(here, sms, "START")[-2].startswith("Welcome back")
    assert "Dumped rubbish" in talk(here, sms, "1")[-1]


def test_cancel_is_stop_to_the_carrier_and_so_to_us(here: Exchange, sms: Phone) -> None:
    before = len(talk(here, sms, "Sofa dumped on Church Lane"))
    talk(here, sms, "CANCEL")
    contact = here.store.cases.contact(contact_of(here))
    draft = here.store.cases.draft(contact_of(here))
    assert contact is not None
    assert contact.opted_out_at is not None
    assert draft is not None
    assert not draft.telling
    assert len(sms.heard) == before


def test_drop_cancels_by_sms(here: Exchange, sms: Phone) -> None:
    assert (
        talk(here, sms, "Sofa dumped on Church Lane", "DROP")[-1]
        == "OK, I have dropped that. Nothing was sent."
    )


def test_yes_resumes_as_it_does_at_the_carrier(here: Exchange, sms: Phone) -> None:
    assert talk(here, sms, "Hello", "STOP", "YES")[-1].startswith("Welcome back")


def test_cancel_on_whatsapp_only_drops_the_report(here: Exchange, whatsapp: Phone) -> None:
    assert "dropped" in talk(here, whatsapp, "Sofa dumped on Church Lane", "CANCEL")[-1]


def test_advanced_opt_out_is_believed_on_any_channel(here: Exchange, whatsapp: Phone) -> None:
    talk(here, whatsapp, "Hello")
    whatsapp.says("genug", OptOutType="STOP")
    here.run()
    assert len(whatsapp.heard) == 1
    assert here.states("whatsapp") == {"sent": 1, "suppressed": 1}


def test_danger_is_answered_even_after_stop(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "STOP")
    here.twilio.stopped.clear()
    assert "999" in talk(here, sms, "the house next door is on fire, people inside")[0]


def test_21610_opts_the_contact_out(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    here.twilio.stopped.add(sms.number)
    tell(here)
    here.run()
    contact = here.store.cases.contact(contact_of(here))
    assert contact is not None
    assert contact.opted_out_at is not None
    assert here.states() == {"sent": 1, "suppressed": 1}
    assert not here.store.cases.is_on_desk(DeskKind.DELIVERY_FAILED, None, contact.id)


def test_the_receipt_of_forgetting_still_arrives(here: Exchange, sms: Phone) -> None:
    heard = talk(here, sms, "Hello", "FORGET ME", "YES")
    assert heard[-1].startswith("Done. We have deleted your number")
    with here.store.database.read() as connection:
        from storage.tables import contacts, outbox

        assert set(connection.execute(select(outbox.c.address)).scalars()) == {None}
        assert set(connection.execute(select(contacts.c.address)).scalars()) == {None}


# --- Files ---------------------------------------------------------------------------------------


def test_a_photo_is_fetched_with_our_credentials_and_its_redirect_without(
    here: Exchange, whatsapp: Phone
) -> None:
    whatsapp.says("Sofa dumped on Church Lane, Ashmere", ("image/jpeg", photo()))
    here.run()
    media = [headers for path, headers in here.twilio.seen if "/Media/" in path]
    store = [headers for path, headers in here.twilio.seen if path.startswith("/cdn/")]
    assert all("authorization" in headers for headers in media)
    assert len(store) == 1
    assert all("authorization" not in headers for headers in store)


def test_a_photo_that_comes_a_moment_later_is_waited_for(here: Exchange, whatsapp: Phone) -> None:
    here.twilio.files_fail = 1
    whatsapp.says("", ("image/jpeg", photo()))
    here.run()
    assert whatsapp.last.startswith("Thank you for the photo")


def test_a_photo_that_does_not_come_is_asked_for_again(here: Exchange, whatsapp: Phone) -> None:
    here.twilio.files_fail = 99
    whatsapp.says("", ("image/jpeg", photo()))
    here.run()
    assert "did not reach me" in whatsapp.last


@pytest.mark.parametrize(
    "url",
    [
        FOREIGN,
        "http://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME",
        "https://api.twilio.com.evil.example/x",
        "https://evil.example/api.twilio.com",
        "https://user@api.twilio.com:8443/x",
        "file:///etc/passwd",
    ],
)
def test_a_file_elsewhere_is_not_fetched(here: Exchange, whatsapp: Phone, url: str) -> None:
    account_calls = len(here.twilio.seen)
    fields = here.twilio.fields_of(whatsapp.writes("", ("image/jpeg", photo()))) | {"MediaUrl0": url}
    if url.startswith("http://api"):
        # With another address for the API set, only https is taken for Twilio's own.
        fields["MediaUrl0"] = url.replace("http://api", "http://media")
    here.twilio.post("/webhooks/twilio", fields)
    here.work()
    assert len(here.twilio.seen) == account_calls
    here.deliver()
    assert "did not reach me" in whatsapp.last


def test_a_redirect_elsewhere_is_not_followed(here: Exchange, whatsapp: Phone) -> None:
    here.twilio.redirect_to = FOREIGN
    whatsapp.says("", ("image/jpeg", photo()))
    here.run()
    assert "did not reach me" in whatsapp.last


def test_a_file_that_is_too_large_is_refused(here: Exchange, whatsapp: Phone) -> None:
    whatsapp.says("", ("image/jpeg", b"\xff" * 20_000_001))
    here.run()
    assert "over 20 MB" in whatsapp.last


def test_a_voice_note_is_answered_honestly(here: Exchange, whatsapp: Phone) -> None:
    whatsapp.says("", ("audio/ogg", b"OggS"))
    here.run()
    assert "photo" in whatsapp.last or "words" in whatsapp.last


# --- The way out -----------------------------------------------------------------------------------


def test_the_number_that_was_written_to_answers(tmp_path: Path, sqlite_url: str) -> None:
    with exchange(tmp_path, sqlite_url, twilio_sms_from=f"{OURS}, {OURS_TOO}") as made:
        phone = made.twilio.phone(ours=OURS_TOO)
        talk(made, phone, "Hello")
        assert made.twilio.sent_to(phone.number)[0].asked["From"] == OURS_TOO


def test_a_retired_number_is_answered_from_the_first(tmp_path: Path, sqlite_url: str) -> None:
    with exchange(tmp_path, sqlite_url) as made:
        phone = made.twilio.phone(ours="+447700900199")
        talk(made, phone, "Hello")
        assert made.twilio.sent_to(phone.number)[0].asked["From"] == OURS


def test_a_messaging_service_answers_from_the_number_that_was_written_to(
    tmp_path: Path, sqlite_url: str
) -> None:
    with exchange(tmp_path, sqlite_url, twilio_sms_from=SERVICE) as made:
        phone = made.twilio.phone(ours=OURS_TOO)
        talk(made, phone, "Hello")
        assert made.twilio.sent_to(phone.number)[0].asked["From"] == OURS_TOO


def test_receipts_are_asked_for_at_the_public_address(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    asked = here.twilio.sent_to(sms.number)[0].asked
    assert asked["StatusCallback"] == "https://reports.ashmere.example/webhooks/twilio/status"


def test_a_long_text_goes_as_numbered_messages_of_two_segments(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    words = "The team came twice and could not get to it \u2013 a van stood there. " * 12
    tell(here, words=words)
    here.run()
    parts = sms.heard[1:]
    assert len(parts) == 3
    assert all(segments(part) <= 2 and is_gsm(part) for part in parts)
    assert [part[:3] for part in parts] == ["1/3", "2/3", "3/3"]


def test_parts_that_went_are_not_sent_again(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    tell(here, words="The team came twice and could not get to it. " * 12)
    here.twilio.faults = [Fault(500, 20500)]
    here.work()
    sent = len(sms.heard)
    original = here.app.senders["sms"]
    here.deliver()
    assert len(sms.heard) == sent
    # The second part fails: the first is out and stays out.
    here.clock.advance(HOUR)
    here.twilio.faults = []
    _fail_second(here, original)
    here.run(HOUR)
    assert [part[:3] for part in sms.heard[1:]] == ["1/2", "2/2"]


def test_what_was_taken_without_our_hearing_so_is_not_sent_again(here: Exchange, sms: Phone) -> None:
    here.twilio.answers_lost = 1
    talk(here, sms, "Hello")
    assert here.states() == {"waiting": 1}
    here.run(HOUR)
    assert here.states() == {"sent": 1}
    assert len(sms.heard) == 1


def _fail_second(here: Exchange, sender: object) -> None:
    """Let one part through, then refuse once."""
    account = sender._account  # type: ignore[attr-defined]
    send, calls = account.send, []

    def flaky(**fields: str) -> str:
        calls.append(fields)
        if len(calls) == 2:
            here.twilio.faults = [Fault(500, 20500)]
        return str(send(**fields))

    account.send = flaky
    here.deliver()
    account.send = send


def test_twilio_down_for_an_hour_loses_nothing_and_keeps_the_order(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    here.twilio.down = True
    for n in range(5):
        tell(here, words=f"Number {n}.")
        here.run(timedelta(minutes=12))
    assert len(sms.heard) == 1
    here.twilio.down = False
    for _ in range(10):
        here.run(timedelta(minutes=5))
    assert [text.split()[-1] for text in sms.heard[1:]] == ["0.", "1.", "2.", "3.", "4."]
    assert here.states() == {"sent": 6}


@pytest.mark.parametrize("fault", [Fault(429, 20429), Fault(429), Fault(500), Fault(401, 20003)])
def test_what_passes_is_tried_again(here: Exchange, sms: Phone, fault: Fault) -> None:
    here.twilio.faults = [fault]
    talk(here, sms, "Hello")
    assert sms.heard == []
    assert here.states() == {"waiting": 1}
    here.run(HOUR)
    assert len(sms.heard) == 1


@pytest.mark.parametrize("code", [21211, 21614, 21408])
def test_what_will_never_go_is_put_on_the_desk(here: Exchange, sms: Phone, code: int) -> None:
    here.twilio.faults = [Fault(400, code)]
    talk(here, sms, "Hello")
    assert here.states() == {"failed": 1}
    item = next(i for i in here.store.cases.desk_to_mail() if i.kind is DeskKind.DELIVERY_FAILED)
    assert str(code) in item.words
    assert sms.number not in item.words


def test_a_sender_without_a_number_is_not_answered(here: Exchange) -> None:
    named = here.twilio.phone("DeliveryCo")
    talk(here, named, "Your parcel is on its way")
    assert here.states() == {"suppressed": 1}


# --- Receipts ----------------------------------------------------------------------------------------


def out(here: Exchange, phone: Phone, n: int = -1) -> Sms:
    return here.twilio.sent_to(phone.address(phone.number))[n]


def outbox_id(here: Exchange) -> int:
    from storage.tables import outbox

    with here.store.database.read() as connection:
        return int(connection.execute(select(func.max(outbox.c.id))).scalar_one())


def test_receipts_come_into_the_outbox_in_any_order(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    message = out(here, sms)
    seen = []
    for state in ("sent", "queued", "delivered", "sent", "delivered"):
        assert here.twilio.tell(message, state) == 200
        seen.append(here.store.receipts.state(outbox_id(here)))
    assert seen == ["sent", "sent", "delivered", "delivered", "delivered"]


def test_a_message_of_several_parts_is_delivered_with_the_last(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    tell(here, words="The team came twice and could not get to it. " * 12)
    here.run()
    here.twilio.tell(out(here, sms, -1), "delivered")
    assert here.store.receipts.state(outbox_id(here)) == "queued"
    here.twilio.tell(out(here, sms, -2), "delivered")
    assert here.store.receipts.state(outbox_id(here)) == "delivered"


def test_a_landline_is_put_on_the_desk_once_told(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    here.twilio.tell(out(here, sms), "undelivered", 30006)
    here.twilio.tell(out(here, sms), "undelivered", 30006)
    assert here.states() == {"failed": 1}
    assert [i.kind for i in here.store.cases.desk_to_mail()] == [DeskKind.DELIVERY_FAILED]


def test_a_phone_out_of_reach_is_tried_again_and_then_given_up(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    for _ in range(3):
        here.twilio.tell(out(here, sms), "undelivered", 30003)
        here.run(HOUR)
    assert len(sms.heard) == 3
    assert here.states() == {"failed": 1}


def test_an_opt_out_told_by_receipt_is_kept(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    here.twilio.tell(out(here, sms), "failed", 21610)
    contact = here.store.cases.contact(contact_of(here))
    assert contact is not None
    assert contact.opted_out_at is not None


def test_a_receipt_of_a_message_that_is_not_ours_changes_nothing(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Hello")
    message = out(here, sms)
    stranger = Sms(
        "SMstranger", message.from_, message.to, "", "outbound-api", message.sent_at, asked=message.asked
    )
    assert here.twilio.tell(stranger, "failed", 30006) == 200
    assert here.twilio.tell(message, "partially") == 200
    assert here.states() == {"sent": 1}


def test_a_receipt_that_comes_before_the_answer_counts(here: Exchange, sms: Phone) -> None:
    sms.says("Hello")
    here.work()
    sid = here.twilio.sid()
    here.twilio.sid = lambda kind="SM": sid  # type: ignore[method-assign,assignment]
    early = {
        "MessageSid": sid,
        "MessageStatus": "undelivered",
        "ErrorCode": "30006",
        "From": OURS,
        "To": sms.number,
    }
    assert here.twilio.post("/webhooks/twilio/status", early) == 200
    here.deliver()
    assert here.states() == {"failed": 1}


# --- WhatsApp's window ------------------------------------------------------------------------------


def test_outside_the_window_words_wait_until_the_resident_writes(here: Exchange, whatsapp: Phone) -> None:
    talk(here, whatsapp, "Hello")
    here.clock.advance(DAY)
    tell(here, words="It is done.")
    here.run(HOUR)
    assert here.states("whatsapp") == {"sent": 1, "held": 1}
    talk(here, whatsapp, "Hi again")
    assert "It is done." in whatsapp.heard[1]
    assert here.states("whatsapp") == {"sent": 3}


def test_63016_holds_the_message_too(here: Exchange, whatsapp: Phone) -> None:
    talk(here, whatsapp, "Hello")
    tell(here, words="It is done.")
    here.twilio.faults = [Fault(400, 63016)]
    here.run()
    assert here.states("whatsapp") == {"sent": 1, "held": 1}
    talk(here, whatsapp, "Hi again")
    assert "It is done." in whatsapp.heard[1]


def test_63016_told_by_receipt_holds_the_message(here: Exchange, whatsapp: Phone) -> None:
    talk(here, whatsapp, "Hello")
    tell(here, words="It is done.")
    here.run()
    here.twilio.tell(out(here, whatsapp), "undelivered", 63016)
    assert here.states("whatsapp") == {"sent": 1, "held": 1}
    talk(here, whatsapp, "Hi again")
    assert whatsapp.heard.count(whatsapp.heard[1]) == 2


def test_outside_the_window_a_template_goes_where_one_is_set(tmp_path: Path, sqlite_url: str) -> None:
    with exchange(tmp_path, sqlite_url, twilio_whatsapp_template_sid="HX" + "0" * 32) as made:
        phone = made.twilio.phone(channel="whatsapp")
        talk(made, phone, "Hello")
        made.clock.advance(DAY)
        tell(made, words="It is done.\nThank you.")
        made.run()
        asked = made.twilio.sent_to(f"whatsapp:{phone.number}")[1].asked
        assert asked["ContentSid"].startswith("HX")
        assert asked["ContentVariables"] == '{"1": "An answer from the council: It is done. Thank you."}'
        assert asked["From"] == f"whatsapp:{OUR_WHATSAPP}"


# --- What was missed ---------------------------------------------------------------------------------


def test_what_came_while_we_were_away_is_taken_in_once(here: Exchange, sms: Phone, whatsapp: Phone) -> None:
    talk(here, sms, "Hello")
    here.twilio.deaf = True
    sms.says("Sofa dumped on Church Lane")
    here.clock.advance(timedelta(seconds=5))
    sms.says("1")
    whatsapp.says("broken swing in the park", ("image/jpeg", photo()))
    here.clock.advance(HOUR)
    catch_up = here.app.providers["twilio"].catch_up  # type: ignore[union-attr]
    assert catch_up() == 3
    assert catch_up() == 0
    here.twilio.deaf = False
    here.run()
    assert reports_made(here) >= 1
    assert "Dumped rubbish, Church Lane, " in sms.last
    assert any("/Media/" in path for path, _ in here.twilio.seen)
    assert rows(here) == 4


def test_a_messaging_services_numbers_are_all_looked_at(tmp_path: Path, sqlite_url: str) -> None:
    with exchange(tmp_path, sqlite_url, twilio_sms_from=SERVICE) as made:
        made.twilio.deaf = True
        made.twilio.phone(ours=OURS).says("Hello")
        made.twilio.phone("+447700900124", ours=OURS_TOO).says("Hello")
        assert made.app.providers["twilio"].catch_up() == 2  # type: ignore[union-attr]


def test_the_window_counts_from_when_a_missed_message_was_sent(here: Exchange, whatsapp: Phone) -> None:
    here.twilio.deaf = True
    whatsapp.says("Hello")
    here.clock.advance(timedelta(hours=23))
    here.app.providers["twilio"].catch_up()  # type: ignore[union-attr]
    here.run()
    assert len(whatsapp.heard) == 1
    tell(here)
    here.run(2 * HOUR)
    assert here.states("whatsapp") == {"sent": 1, "held": 1}


# --- Machines ------------------------------------------------------------------------------------------


def test_a_bot_that_answers_our_answers_is_met_with_silence(here: Exchange, sms: Phone) -> None:
    for _ in range(12):
        sms.says("Thanks for your message!")
        here.run(timedelta(seconds=5))
    assert len(sms.heard) <= 5
    item = next(i for i in here.store.cases.desk_to_mail() if i.kind is DeskKind.LOOP)
    assert item.words == "Thanks for your message!"


# --- The end of it ---------------------------------------------------------------------------------------


def test_a_resident_hears_by_sms_that_it_is_done_and_answers(here: Exchange, sms: Phone) -> None:
    talk(here, sms, "Sofa dumped on Church Lane", "1")
    here.clock.advance(HOUR)
    [report] = here.store.cases.reports_of(contact_of(here))
    case, pack = here.store.cases.case(report.cluster_id), here.app.packs["ashmere"]
    assert case is not None
    now, mint = here.clock.now(), here.app.mint
    here.store.commit(send_on(pack, case, report.id, now, mint), now)
    case = here.store.cases.case(report.cluster_id)
    assert case is not None
    done = act(pack, case, Act.DONE, f"service:{case.cluster.service}", "We took it away.", now, mint)
    here.store.commit(done, now)
    here.run()
    assert "Is it fixed? Answer YES or NO." in sms.last
    assert "1 Yes" not in sms.last
    assert "marked as fixed" in talk(here, sms, "yes")[-1]
