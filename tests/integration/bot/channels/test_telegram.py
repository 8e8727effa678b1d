"""Telegram end to end in one process: the real library against a Bot API server."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from telegram.error import Conflict, NetworkError

from bot.channels.telegram import start_parameter
from casework.cases import DeskKind
from storage.tables import inbox
from tests import packs
from tests.counterparts.telegram_server import BotApi, Person, too_many
from tests.integration.bot.channels.telegram_office import Office
from tests.pictures import photo
from tests.product import until
from tests.unit.web.client import TestClient

MINUTE = timedelta(minutes=1)
HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}
SOFA = "mattress dumped on High Street, Northend"
UNSURE = "Someone dumped a sofa on High Street, Northend"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packs.write_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def office(api: BotApi, tmp_path: Path, pack: Path) -> Iterator[Office]:
    made = Office(api, tmp_path, pack)
    yield made
    made.close()


@pytest.fixture
def ada(api: BotApi) -> Person:
    return api.person()


# --- A report -----------------------------------------------------------------------------------


def test_a_report_in_one_message_is_filed_and_said(office: Office, ada: Person) -> None:
    said = office.told(ada, SOFA)

    assert "Dumped rubbish" in said
    assert office.reports(ada)[0].reference in said
    assert "Undo" in ada.heard[-1].buttons


def test_the_place_is_asked_for_with_a_button_and_sent_with_it(office: Office, ada: Person) -> None:
    office.told(ada, "there is a deep pothole")
    assert ada.heard[-1].asks_location
    ada.sends(location=HIGH_STREET)
    office.work()

    assert "Potholes, near High Street" in ada.heard[-1].text


def test_a_choice_is_a_button_that_goes_once_it_is_pressed(office: Office, ada: Person) -> None:
    office.told(ada, UNSURE)
    asked = ada.heard[-1]
    assert "Street lights" in asked.buttons
    ada.presses("Street lights")
    office.work()

    assert office.reports(ada)[0].category == "street_light"
    until(lambda: asked.buttons == {}, what="the edit")
    assert asked.text.endswith("» Street lights")
    assert [name for name, _ in office.api.calls].count("answerCallbackQuery") == 1


def test_undo_takes_it_back(office: Office, ada: Person) -> None:
    office.told(ada, SOFA)
    ada.presses("Undo")
    office.work()

    assert "Withdrawn" in ada.heard[-1].text


def test_a_photo_is_fetched_in_its_largest_size(office: Office, ada: Person) -> None:
    ada.sends(photo=ada.photo(photo()), caption=SOFA)
    office.work()
    (kept,) = office.app.store.cases.photos_of([office.reports(ada)[0].id])

    assert (kept.width, kept.height) == (64, 48)


def test_an_album_is_one_report_with_one_answer(office: Office, ada: Person) -> None:
    for number in range(4):
        caption = {"caption": SOFA} if number == 0 else {}
        ada.sends(photo=ada.photo(photo(number)), media_group_id="77", **caption)
    office.work()

    (report,) = office.reports(ada)
    assert len(office.app.store.cases.photos_of([report.id])) == 4
    assert len(ada.heard) == 1


def test_an_album_without_words_gets_one_question(office: Office, ada: Person) -> None:
    for number in range(3):
        ada.sends(photo=ada.photo(photo(number)), media_group_id="78")
    office.work()
    assert len(ada.heard) == 1

    office.told(ada, SOFA)
    (report,) = office.reports(ada)
    assert len(office.app.store.cases.photos_of([report.id])) == 3


def test_a_picture_sent_as_a_file_is_a_photo(office: Office, ada: Person) -> None:
    office.api.files["doc1"] = photo(3)
    document = {"file_id": "doc1", "file_unique_id": "doc1", "mime_type": "image/jpeg", "file_size": 900}
    ada.sends(document=document, caption=SOFA)
    office.work()

    assert len(office.app.store.cases.photos_of([office.reports(ada)[0].id])) == 1


def test_a_photo_that_does_not_come_is_asked_for_again_and_the_words_are_kept(
    office: Office, ada: Person
) -> None:
    office.api.files_fail = True
    ada.sends(photo=ada.photo(photo()), caption=SOFA)
    office.work()

    assert ada.heard[0].text.startswith("That photo did not reach me")
    assert len(office.reports(ada)) == 1


def test_a_voice_message_is_answered_honestly(office: Office, ada: Person) -> None:
    ada.sends(voice={"duration": 3, "file_id": "v", "file_unique_id": "v"})
    office.work()

    assert "cannot listen" in ada.heard[-1].text


def test_a_voice_message_is_kept_and_a_word_is_not_kept_twice(office: Office, ada: Person) -> None:
    ada.sends(voice={"duration": 3, "file_id": "v", "file_unique_id": "v"})
    ada.sends(text="hello")
    office.work()

    with office.app.store.database.read() as connection:
        payloads = connection.execute(select(inbox.c.payload).order_by(inbox.c.id)).scalars().all()
    assert [bool(payload) for payload in payloads] == [True, False]


# --- Edits, posters, commands --------------------------------------------------------------------


def test_an_edit_corrects_the_report_and_files_no_other(office: Office, ada: Person) -> None:
    sent = ada.says(SOFA)
    office.work()
    ada.edits(sent, text="Someone dumped a sofa at the Black Bull, Northend")
    office.work(MINUTE)

    (report,) = office.reports(ada)
    assert report.label.startswith("The Black Bull")


def test_an_edit_of_an_old_message_files_nothing_new(office: Office, ada: Person) -> None:
    sent = ada.says(SOFA)
    office.work()
    ada.edits(sent, text="Someone dumped two sofas on Mill Lane, Southend")
    office.work(timedelta(days=3))

    assert len(office.reports(ada)) == 1


def test_a_posters_link_says_where_and_the_next_words_are_there(office: Office, ada: Person) -> None:
    said = office.told(ada, f"/start {start_parameter('53.0151_0.5051')}")
    assert "You are at" in said
    office.told(ada, "overflowing, someone dumped a mattress here")

    (report,) = office.reports(ada)
    assert (report.latitude, report.longitude) == pytest.approx((53.0151, 0.5051))


def test_a_poster_read_yesterday_is_no_place_today(office: Office, ada: Person) -> None:
    office.told(ada, f"/start {start_parameter('53.0151_0.5051')}")
    office.clock.advance(timedelta(days=1))
    office.told(ada, "someone dumped a mattress")

    assert office.reports(ada) == ()


def test_a_posters_ward_is_greeted_by_name(office: Office, ada: Person) -> None:
    assert "Northend" in office.told(ada, f"/start {start_parameter(packs.NORTH)}")


def test_a_strangers_link_is_a_plain_start(office: Office, ada: Person) -> None:
    link = base64.urlsafe_b64encode(b"nowhere").decode()

    assert "Tell me what is wrong" in office.told(ada, f"/start {link}")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/start", "Hello, this is Tarn"),
        ("/help", "In danger? Call 999"),
        ("/report", "What is wrong, and where is it?"),
        ("/mine", "I have no reports of yours"),
        ("/status", "I have no reports of yours"),
        ("/stop", "You will get no more messages"),
        ("/language", "I speak English"),
        ("/mine@StreetcallTestBot", "I have no reports of yours"),
    ],
)
def test_a_command_is_answered(office: Office, ada: Person, command: str, answer: str) -> None:
    assert answer in office.told(ada, command)


# --- Groups and others that are no residents ------------------------------------------------------


def in_group(ada: Person, text: str) -> None:
    name = text.split()[0]
    kind = "mention" if name.startswith("@") else "bot_command"
    group = {"id": -1007, "type": "supergroup", "title": "Neighbours"}
    entities = [{"type": kind, "offset": 0, "length": len(name)}]
    ada.api.push(message=ada.message(text=text) | {"chat": group, "entities": entities})


def test_in_a_group_nothing_personal_is_said(office: Office, ada: Person) -> None:
    office.told(ada, SOFA)
    in_group(ada, "/mine@StreetcallTestBot")
    in_group(ada, "@StreetcallTestBot sofa on High Street, Northend")
    office.work()
    said = [h for h in office.api.heard if h.chat_id == -1007]

    assert [h.text.startswith("Please write to me privately") for h in said] == [True, True]
    assert len(office.reports(ada)) == 1


def test_talk_in_a_group_is_passed_over_and_its_words_are_not_kept(office: Office, ada: Person) -> None:
    in_group(ada, "/weather@OtherBot please")
    office.work()

    assert office.api.heard == []
    assert office.app.store.inbox.oldest_unhandled() is None


def test_another_bot_is_not_answered(office: Office, ada: Person) -> None:
    ada.api.push(message=ada.message(text=SOFA) | {"from": ada.who | {"is_bot": True}})
    office.work()

    assert office.api.heard == []


def test_a_machine_that_echoes_us_is_soon_alone(office: Office, ada: Person) -> None:
    office.told(ada, "thank you")
    for _ in range(60):
        heard = len(ada.heard)
        ada.says(ada.heard[-1].text)
        office.work(timedelta(seconds=1))
        if len(ada.heard) == heard:
            break

    assert len(ada.heard) < 40


def test_unknown_kinds_are_stored_and_passed_over(office: Office, ada: Person) -> None:
    ada.api.push(hologram={"from": ada.who, "beam": [1, 2]})
    ada.api.push(my_chat_member={"chat": ada.chat, "from": ada.who, "date": 1})
    office.work()

    assert office.count() == 2
    assert office.app.store.inbox.oldest_unhandled() is None
    assert office.api.heard == []


# --- What comes twice, out of order, late -----------------------------------------------------------


def test_an_update_twice_is_one_message(office: Office, ada: Person) -> None:
    update = ada.says(SOFA)
    office.api.push_again(update)
    office.work()
    office.poller._offset = 0
    office.api.push_again(update)
    office.work()

    assert (office.count(), len(ada.heard)) == (1, 1)


def test_updates_in_the_wrong_order_lose_nothing(office: Office, ada: Person) -> None:
    later = {"update_id": 900_000_002, "message": ada.message(location=HIGH_STREET)}
    earlier = {"update_id": 900_000_001, "message": ada.message(text="there is a deep pothole")}
    for update in (later, earlier):
        office.intake.take(update)
        office.answer()
    office.deliver()

    assert len(office.reports(ada)) == 1


def test_an_update_of_yesterday_is_answered_today(office: Office, ada: Person) -> None:
    ada.sends(text=SOFA, date=int(office.clock.now().timestamp()) - 86_400)
    office.work()

    assert len(office.reports(ada)) == 1


def test_an_update_is_asked_for_until_it_is_stored(
    office: Office, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    ada.says(SOFA)
    with monkeypatch.context() as broken:
        broken.setattr(office.app.store.inbox, "add", full)
        with pytest.raises(OSError, match="no space"):
            office.poller.step()
    office.work()

    assert len(ada.heard) == 1


# --- The webhook ------------------------------------------------------------------------------------


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=office.webhook.routes())) as made:
        yield made


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: ""}, {HEADER: "S3cret"}, {HEADER: "s3cret "}, {HEADER: "é"}]
)
def test_a_wrong_secret_is_refused_and_leaves_no_row(
    office: Office, ada: Person, client: TestClient, headers: dict[str, str]
) -> None:
    body = json.dumps({"update_id": 1, "message": ada.message(text=SOFA)})
    encoded = {name.encode(): value.encode() for name, value in headers.items()}

    assert client.post("/webhooks/telegram", content=body, headers=encoded).status_code == 403
    assert (office.count(), office.count("contacts")) == (0, 0)


def test_with_the_secret_it_is_stored_and_answered(office: Office, ada: Person, client: TestClient) -> None:
    update = {"update_id": 1, "message": ada.message(text=SOFA)}
    for _ in range(2):
        assert client.post("/webhooks/telegram", json=update, headers={HEADER: "s3cret"}).status_code == 200
    office.answer()
    office.deliver()

    assert (office.count(), len(ada.heard)) == (1, 1)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"{}", b'{"update_id": "x"}', b"[" * 100_000])
def test_what_is_no_update_is_refused(office: Office, client: TestClient, body: bytes) -> None:
    answer = client.post("/webhooks/telegram", content=body, headers={HEADER: "s3cret"})

    assert answer.status_code == 400
    assert office.count() == 0


def test_an_update_too_large_is_refused(office: Office, client: TestClient) -> None:
    answer = client.post("/webhooks/telegram", content=b" " * 1_100_000, headers={HEADER: "s3cret"})

    assert answer.status_code == 400


# --- Telegram's limits and faults ----------------------------------------------------------------------


def test_too_many_messages_wait_as_long_as_telegram_says(office: Office, ada: Person) -> None:
    ada.says("/help")
    office.api.answers = [too_many(300)]
    office.work()
    office.work(4 * MINUTE)
    assert ada.heard == []

    office.work(2 * MINUTE)
    assert len(ada.heard) == 1


def test_an_answer_that_nobody_can_read_is_no_reason_to_send_again(office: Office, ada: Person) -> None:
    ada.says("/help")
    office.api.strange = True
    for _ in range(3):
        office.work(10 * MINUTE)

    assert len(ada.heard) == 1


def test_whoever_blocked_us_is_not_written_to_again(office: Office, ada: Person) -> None:
    office.told(ada, SOFA)
    office.api.blocked.add(ada.number)
    office.tell(ada, "answer.thanks", reference="TN-234-567")
    office.work()
    assert office.contact(ada).opted_out_at is not None
    assert office.states() == {"sent": 1, "failed": 1}
    assert office.app.store.cases.is_on_desk(DeskKind.DELIVERY_FAILED, None, office.contact(ada).id)

    office.tell(ada, "answer.thanks", reference="TN-234-567")
    assert office.states()["suppressed"] == 1


def test_whoever_comes_back_is_written_to_again(office: Office, ada: Person) -> None:
    office.told(ada, SOFA)
    office.api.blocked.add(ada.number)
    office.tell(ada, "answer.thanks", reference="TN-234-567")
    office.work()
    office.api.blocked.clear()
    office.told(ada, "/start")

    assert office.contact(ada).opted_out_at is None


def test_telegram_down_for_an_hour_loses_nothing_and_no_order(office: Office, ada: Person) -> None:
    bo = office.api.person(5002, "Bo")
    office.told(ada, SOFA)
    office.told(bo, "hello")
    office.api.down = True
    for minute in range(60):
        if minute % 12 == 0:
            for person in (ada, bo):
                office.tell(person, "answer.thanks", reference=f"TN-{minute}")
        office.clock.advance(MINUTE)
        office.deliver()
    assert office.states() == {"sent": 2, "waiting": 10}

    office.api.down = False
    for _ in range(10):
        office.work(MINUTE)
    for person in (ada, bo):
        said = [h.text.split()[2] for h in person.heard[1:]]
        assert said == ["TN-0", "TN-12", "TN-24", "TN-36", "TN-48"]


def test_a_message_before_an_outage_is_answered_after_it(office: Office, ada: Person) -> None:
    office.api.down = True
    ada.says(SOFA)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        office.work()
    office.api.down = False
    office.work(timedelta(hours=1))

    assert len(office.reports(ada)) == 1


def test_forgetting_is_confirmed_to_the_chat_that_is_forgotten(office: Office, ada: Person) -> None:
    office.told(ada, SOFA, "FORGET ME", "yes")

    assert "receipt" in ada.heard[-1].text


def test_a_webhook_that_is_set_is_dropped_by_whoever_polls(office: Office, ada: Person) -> None:
    office.line.set_webhook("http://127.0.0.1:9/webhooks/telegram", "s3cret")
    ada.says(SOFA)
    office.api.last_error = ""
    with pytest.raises(Conflict) as conflict:
        office.poller.step()
    office.poller._conflict(conflict.value)
    office.work()

    assert len(ada.heard) == 1


def test_nothing_answers_at_an_address_that_is_wrong(office: Office) -> None:
    answer = httpx.get(f"{office.api.url}/bot0:wrong/getMe")

    assert answer.status_code == 401
