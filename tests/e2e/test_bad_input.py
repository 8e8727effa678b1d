"""What is no message, or a bad one, at the running product on each engine."""

import base64
import io
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from storage.tables import contacts, inbox, reports
from tests.databases import ENGINES
from tests.pictures import photo
from tests.product import Product, product, until

HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}
SOFA = "Someone has dumped a sofa"
MEGABYTE = 1024 * 1024
MOST_BYTES = 30 * MEGABYTE


@pytest.fixture(scope="module", params=ENGINES)
def streetcall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tiny_pack: Path
) -> Iterator[Product]:
    """One product for all of them; each test talks as somebody new."""
    settings = {"pack": tiny_pack}
    if request.param == "postgresql":
        settings["database_url"] = request.getfixturevalue("postgres").create(migrated=False)
    with product(tmp_path_factory.mktemp("product"), **settings) as made:
        yield made


def message(**fields: object) -> dict[str, object]:
    """A message of a new conversation."""
    return {"conversation": uuid4().hex, "message_id": uuid4().hex, **fields}


def post(streetcall: Product, body: bytes) -> int:
    """The status that a body gets."""
    headers = {"Content-Type": "application/json"}
    return streetcall.client.post("/api/chat", content=body, headers=headers).status_code


# --- The same message again ----------------------------------------------------------------------


def test_a_message_that_comes_twice_files_one_report_and_is_answered_the_same(streetcall: Product) -> None:
    talk = streetcall.talk()
    first = talk.say(SOFA, "m-1", location=HIGH_STREET)
    again = talk.say(SOFA, "m-1", location=HIGH_STREET)
    assert first["report"]
    assert again == first
    assert [len(talk.later()["replies"]), len(reports_of(streetcall, first))] == [1, 1]


def test_a_message_that_comes_ten_times_at_once_files_one_report(streetcall: Product) -> None:
    talk = streetcall.talk()

    def send(_number: int) -> dict[str, object]:
        return talk.say(SOFA, "m-1", location=HIGH_STREET)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(send, range(10)))
    assert {answer["report"]["reference"] for answer in answers} == {answers[0]["report"]["reference"]}
    assert all(answer["replies"] == answers[0]["replies"] for answer in answers)
    filed = [reply for reply in talk.later()["replies"] if reply["text"].startswith("Thank you")]
    assert len(filed) == 1
    assert len(reports_of(streetcall, answers[0])) == 1


def reports_of(streetcall: Product, answer: dict[str, object]) -> list[object]:
    """The reports of whoever got this answer."""
    report = answer["report"]
    assert isinstance(report, dict)
    whose = select(reports.c.contact_id).where(reports.c.reference == report["reference"])
    with streetcall.store.database.read() as connection:
        contact_id = connection.execute(whose).scalar_one()
        return list(connection.execute(select(reports.c.id).where(reports.c.contact_id == contact_id)))


def test_two_conversations_may_use_the_same_message_id(streetcall: Product) -> None:
    ann, bob = streetcall.talk(), streetcall.talk()
    assert ann.say(SOFA, "1", location=HIGH_STREET)["report"]["reference"]
    assert bob.say("hello", "1")["report"] is None


# --- What is no message --------------------------------------------------------------------------

NO_MESSAGES = {
    "nothing": b"",
    "no json": b"conversation=1",
    "half a json": b'{"conversation": "',
    "no object": b"[1, 2]",
    "a number": b"17",
    "no utf-8": b'{"conversation": "\xff\xfe"}',
    "deep": b"[" * 100_000,
    "a huge number": b'{"conversation": ' + b"9" * 5000 + b"}",
    "nothing in it": b"{}",
    "no message id": json.dumps({"conversation": "c" * 20}).encode(),
    "a short secret": json.dumps(message(conversation="short")).encode(),
    "a secret that is a number": json.dumps(message(conversation=12345678901234567890)).encode(),
    "an empty message id": json.dumps(message(message_id="")).encode(),
    "a text that is a list": json.dumps(message(text=["a"])).encode(),
    "half a place": json.dumps(message(location={"latitude": 53.0})).encode(),
    "a place off the earth": json.dumps(message(location={"latitude": 91.0, "longitude": 0.5})).encode(),
    "a place nowhere": json.dumps(message(location={"latitude": float("nan"), "longitude": 0.5})).encode(),
    "a place in words": json.dumps(message(location={"latitude": "53", "longitude": "0"})).encode(),
    "a photo that is no base64": json.dumps(message(photo="not a photo!")).encode(),
    "a photo cut short": json.dumps(message(photo="/9j/4AA")).encode(),
    "a button as long as a letter": json.dumps(message(button="b" * 65)).encode(),
    "half a letter as secret": b'{"conversation": "' + rb"\ud800" * 20 + b'", "message_id": "1"}',
    "half a letter as text": rb'{"conversation": "cccccccccccccccc", "message_id": "1", "text": "\ud83d"}',
    "half a letter as id": b'{"conversation": "cccccccccccccccccccc", "message_id": "' + rb"\ud800" + b'"}',
}


@pytest.mark.parametrize("body", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_what_is_no_message_is_refused_and_not_stored(streetcall: Product, body: bytes) -> None:
    before = stored(streetcall)
    answer = streetcall.client.post("/api/chat", content=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]
    assert stored(streetcall) == before


def stored(streetcall: Product) -> list[int]:
    """How many messages and contacts there are."""
    with streetcall.store.database.read() as connection:
        return [
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (inbox, contacts)
        ]


STRANGE = {
    "a nul": r"a sofa \u0000 dumped",
    "from right to left": "كنبة مرمية في الشارع",
    "emoji": "🛋️🗑️👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "4,000 letters": "a sofa was dumped " * 220,
    "nothing": "",
    "blanks": "   ",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_words_get_a_sensible_answer(streetcall: Product, text: str) -> None:
    body = f'{{"conversation": "{uuid4().hex}", "message_id": "1", "text": "{text}"}}'
    answer = streetcall.client.post("/api/chat", content=body.encode())
    assert answer.status_code == 200, answer.text
    assert answer.json()["replies"]
    assert "number is" not in answer.text  # that would be an apology for a fault of ours


# --- Too large -----------------------------------------------------------------------------------


class Line:
    """A connection by hand, to say what no client would."""

    def __init__(self, streetcall: Product) -> None:
        self._socket = socket.create_connection(("127.0.0.1", streetcall.port), 20)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def head(self, *headers: str) -> None:
        """Begin to post."""
        lines = ("POST /api/chat HTTP/1.1", "Host: localhost", *headers, "", "")
        self._socket.sendall("\r\n".join(lines).encode())

    def chunk(self, size: int) -> bool:
        """Send so many bytes more; False once an answer is there."""
        self._socket.setblocking(False)
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            self._socket.settimeout(20)
            self._socket.sendall(f"{size:x}\r\n".encode() + b" " * size + b"\r\n")
            return True

    def status(self) -> int:
        """The status of the answer."""
        self._socket.settimeout(20)
        return int(self._socket.recv(12).split()[1])


def test_a_body_just_under_the_limit_is_read(streetcall: Product) -> None:
    body = json.dumps(message(text="hello")).encode()
    assert post(streetcall, body + b" " * (MOST_BYTES - len(body))) == 200


def test_a_body_over_the_limit_is_too_large(streetcall: Product) -> None:
    body = json.dumps(message(text="hello")).encode()
    assert post(streetcall, body + b" " * (MOST_BYTES - len(body) + 1)) == 413


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(streetcall: Product) -> None:
    with Line(streetcall) as line:
        line.head(f"Content-Length: {MOST_BYTES + 1}")
        assert line.status() == 413


def test_a_body_without_end_is_refused_without_being_kept(streetcall: Product) -> None:
    before = streetcall.peak_mb()
    with Line(streetcall) as line:
        line.head("Transfer-Encoding: chunked")
        sent = 0
        while sent < 400 and line.chunk(MEGABYTE):
            sent += 1
        assert line.status() == 413
    assert sent < 100
    assert streetcall.peak_mb() - before < 150


def test_many_large_bodies_at_once_do_not_eat_the_memory(streetcall: Product) -> None:
    before = streetcall.peak_mb()
    with ExitStack() as stack:
        lines = [stack.enter_context(Line(streetcall)) for _ in range(20)]
        for line in lines:
            line.head(f"Content-Length: {MOST_BYTES}0")
        assert [line.status() for line in lines] == [413] * 20
    assert streetcall.peak_mb() - before < 50


def test_a_client_that_breaks_off_is_no_fault_of_ours(streetcall: Product) -> None:
    with Line(streetcall) as line:
        line.head("Content-Length: 1000")
    until(lambda: streetcall.talk().say("hello"), 5)
    assert "request_failed" not in streetcall.log
    assert "Traceback" not in streetcall.log


# --- Photos --------------------------------------------------------------------------------------


def bomb() -> bytes:
    """A small file that would be 400 million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


BAD_PHOTOS = {
    "too big": (photo() + bytes(20 * MEGABYTE), "over 20 MB"),
    "broken": (photo(size=(640, 480))[:600], "could not open"),
    "a text": (b"%PDF-1.4 is no photo", "could not open"),
    "a bomb": (bomb(), "too large to open"),
}


@pytest.mark.parametrize(("data", "told"), BAD_PHOTOS.values(), ids=BAD_PHOTOS)
def test_a_bad_photo_is_told_and_the_words_are_kept(streetcall: Product, data: bytes, told: str) -> None:
    talk = streetcall.talk()
    answer = talk.say(SOFA, photo=base64.b64encode(data).decode(), location=HIGH_STREET)
    assert told in answer["replies"][0]["text"]
    assert any(answer["report"]["reference"] in reply["text"] for reply in answer["replies"])
    assert not list((streetcall.folder / "data" / "photos").rglob(".part*"))


def test_a_photo_as_browsers_write_it_is_read(streetcall: Product) -> None:
    data = "data:image/jpeg;base64," + base64.b64encode(photo()).decode()
    answer = streetcall.talk().say(SOFA, photo=data, location=HIGH_STREET)
    assert answer["report"]
    assert answer["replies"][0]["text"].startswith("Thank you")


# --- Hearing later -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("secret", "after", "status"),
    [
        ("", "0", 400),
        ("short", "0", 400),
        ("s" * 20, "-1", 400),
        ("s" * 20, "1e3", 400),
        ("s" * 20, "0", 200),
    ],
)
def test_hearing_needs_a_secret_and_a_number(
    streetcall: Product, secret: str, after: str, status: int
) -> None:
    headers = {"X-Conversation": secret}
    assert streetcall.client.get("/api/chat", params={"after": after}, headers=headers).status_code == status


def test_only_the_secret_opens_a_conversation(streetcall: Product) -> None:
    talk = streetcall.talk()
    talk.say(SOFA, location=HIGH_STREET)
    assert streetcall.talk().later() == {"replies": [], "report": None, "reports": [], "next": 0}
    with streetcall.store.database.read() as connection:
        rows = [*connection.execute(select(contacts)), *connection.execute(select(inbox))]
    assert all(talk.secret not in str(row) for row in rows)
    assert talk.secret not in streetcall.log
