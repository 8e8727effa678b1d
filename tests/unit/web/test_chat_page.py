"""The chat page: the same for everyone, and a plain form for those without scripts."""

import base64
import json
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette

from casework.errors import MessageRefused, StorageUnavailable
from tests.unit.web.client import TestClient
from web.assets import HERE
from web.chat_page import COOKIE, MAX_BODY, SCRIPT_WORDS, Body, create_routes
from web.rendering import Pages, SecurityHeaders, create_pages

BUTTONS = [
    {"id": "category:fly_tipping", "label": "Dumped rubbish"},
    {"id": "none", "label": "None of these"},
]


class Talk:
    """The other end of the form: remembers what it was asked, answers what it is told to."""

    def __init__(self) -> None:
        self.asked: list[Body] = []
        self.said: list[Body] = []
        self.answer: Body = {"replies": [{"text": "Where is it?", "buttons": [], "wants": "location"}]}
        self.fault: Exception | None = None

    async def ask(self, body: Body) -> Body:
        """Answer as POST /api/chat does."""
        self.asked.append(body)
        if self.fault:
            raise self.fault
        return self.answer

    async def recall(self, conversation: str, after: int) -> Body:
        """Answer as GET /api/chat does."""
        if self.fault:
            raise self.fault
        return {"replies": self.said, "next": len(self.said)}


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The product's pages."""
    return create_pages("Fenmoor Council")


@pytest.fixture
def talk() -> Talk:
    """A conversation that can be looked into."""
    return Talk()


@pytest.fixture
def client(pages: Pages, talk: Talk) -> TestClient:
    """A browser without scripts."""
    routes = create_routes(pages, talk.ask, recall=talk.recall)
    return TestClient(SecurityHeaders(Starlette(routes=[pages.assets.mount(), *routes])))


def form(**fields: str) -> dict[str, tuple[None, str]]:
    """Fields as a browser posts them, in parts."""
    return {name: (None, value) for name, value in fields.items()}


def test_the_page_says_whose_it_is_and_what_to_do(client: TestClient) -> None:
    page = client.get("/").text
    assert "Fenmoor Council" in page
    assert "Call 999" in page
    assert 'role="log"' in page
    assert 'aria-live="polite"' in page
    assert '<html lang="en" dir="ltr">' in page


def test_the_page_has_no_script_or_style_of_its_own(client: TestClient) -> None:
    page = client.get("/").text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert "<style" not in page
    assert not re.search(r"\s(style|on\w+)=", page)


def test_everything_the_page_asks_for_is_there(client: TestClient) -> None:
    for address in re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/").text):
        assert client.get(address).status_code == 200, address


def test_every_control_has_a_label(client: TestClient) -> None:
    page = client.get("/").text
    for control in re.findall(r"<(?:textarea|input)[^>]*>", page):
        if 'type="hidden"' not in control:
            found = re.search(r'id="([^"]+)"', control)
            assert found
            assert f'for="{found[1]}"' in page


def test_the_script_finds_all_its_sentences(client: TestClient) -> None:
    found = re.search(r'data-words="([^"]*)"', client.get("/").text)
    assert found
    assert json.loads(unescape(found[1])).keys() == set(SCRIPT_WORDS)
    scripts = "".join(path.read_text() for path in Path(HERE, "static").rglob("chat*/**/*.js"))
    scripts += (HERE / "static" / "chat.js").read_text()
    assert set(re.findall(r'"(chat\.[a-z_.]+)"', scripts)) == set(SCRIPT_WORDS)


def test_examples_of_the_place_take_the_place_of_ours(pages: Pages, talk: Talk) -> None:
    routes = create_routes(pages, talk.ask, examples=["<Bins> in Mill Lane", "b", "c", "d"])
    page = TestClient(Starlette(routes=[pages.assets.mount(), *routes])).get("/").text
    assert "&lt;Bins&gt; in Mill Lane" in page
    assert page.count('class="example"') == 3


def test_words_are_asked_and_answered_on_the_page(client: TestClient, talk: Talk) -> None:
    answer = client.post("/chat", files=form(text="Sofa <b>here</b>", message_id="0123456789abcdef"))
    assert answer.status_code == 200
    (asked,) = talk.asked
    assert asked == {
        "conversation": client.cookies[COOKIE],
        "message_id": "0123456789abcdef",
        "text": "Sofa <b>here</b>",
    }
    assert "Sofa &lt;b&gt;here&lt;/b&gt;" in answer.text
    assert "Where is it?" in answer.text


def test_the_next_post_is_the_same_conversation(client: TestClient, talk: Talk) -> None:
    client.post("/chat", files=form(text="A sofa"))
    client.post("/chat", files=form(text="Hazel Grove"))
    assert talk.asked[0]["conversation"] == talk.asked[1]["conversation"]
    assert len(str(talk.asked[0]["conversation"])) >= 16


def test_the_conversation_is_hidden_from_other_sites_and_from_scripts(client: TestClient) -> None:
    cookie = client.post("/chat", files=form(text="A sofa")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_on_https_the_cookie_stays_on_https(pages: Pages, talk: Talk) -> None:
    routes = create_routes(pages, talk.ask, public_url="https://report.fenmoor.example")
    client = TestClient(Starlette(routes=[pages.assets.mount(), *routes]))
    assert "secure" in client.post("/chat", files=form(text="A sofa")).headers["set-cookie"].lower()


def test_a_cookie_that_is_no_secret_is_replaced(client: TestClient, talk: Talk) -> None:
    client.cookies[COOKIE] = "short"
    client.post("/chat", files=form(text="A sofa"))
    assert talk.asked[0]["conversation"] != "short"


def test_a_photo_is_asked_as_base64(client: TestClient, talk: Talk) -> None:
    answer = client.post("/chat", files={"photo": ("sofa.jpg", b"\xff\xd8photo", "image/jpeg")})
    assert base64.b64decode(str(talk.asked[0]["photo"])) == b"\xff\xd8photo"
    assert "text" not in talk.asked[0]
    assert "Photo" in answer.text


def test_a_form_without_a_photo_asks_none(client: TestClient, talk: Talk) -> None:
    client.post("/chat", files=form(text="A sofa") | {"photo": ("", b"", "application/octet-stream")})
    assert "photo" not in talk.asked[0]


def test_buttons_are_buttons_that_post_their_id(client: TestClient, talk: Talk) -> None:
    talk.answer = {"replies": [{"text": "Which is it?", "buttons": BUTTONS, "wants": None}]}
    page = client.post("/chat", files=form(text="Rubbish")).text
    found = re.search(r'<button[^>]*name="button" value="([^"]*)"', page)
    assert found
    answer = client.post("/chat", files=form(button=unescape(found[1]).replace("\n", "\r\n")))
    assert talk.asked[1]["button"] == "category:fly_tipping"
    assert '<div class="bubble" dir="auto">Dumped rubbish</div>' in answer.text


def test_only_the_last_reply_can_still_be_answered(client: TestClient, talk: Talk) -> None:
    replies: list[Body] = [{"text": text, "buttons": BUTTONS, "wants": None} for text in ("One?", "Two?")]
    talk.answer = {"replies": replies}
    assert client.post("/chat", files=form(text="Rubbish")).text.count('class="choices"') == 1


def test_the_reference_is_shown(client: TestClient, talk: Talk) -> None:
    talk.answer["report"] = {"reference": "FM-4F7-2Q9"}
    assert "<strong>FM-4F7-2Q9</strong>" in client.post("/chat", files=form(text="A sofa")).text


def test_of_several_problems_every_reference_is_shown(client: TestClient, talk: Talk) -> None:
    talk.answer["reports"] = [{"reference": "FM-4F7-2Q9"}, {"reference": "FM-222-333"}]
    page = client.post("/chat", files=form(text="A sofa and a pothole")).text
    assert "FM-4F7-2Q9" in page
    assert "FM-222-333" in page


def test_later_news_is_there_when_the_page_is_opened_again(client: TestClient, talk: Talk) -> None:
    client.post("/chat", files=form(text="A sofa"))
    talk.said = [{"text": "The sofa is gone.", "buttons": [], "wants": None}]
    assert "The sofa is gone." in client.get("/").text


def test_a_stranger_sees_no_ones_replies(client: TestClient, talk: Talk) -> None:
    talk.said = [{"text": "The sofa is gone.", "buttons": [], "wants": None}]
    assert "The sofa is gone." not in client.get("/").text


def test_an_empty_form_is_told_what_is_missing(client: TestClient, talk: Talk) -> None:
    answer = client.post("/chat", files=form(text="  \r\n "))
    assert "Write a message or add a photo first." in answer.text
    assert talk.asked == []


def test_when_messages_cannot_be_taken_the_words_are_kept(client: TestClient, talk: Talk) -> None:
    talk.fault = StorageUnavailable()
    answer = client.post("/chat", files=form(text="A <sofa>", message_id="0123456789abcdef"))
    assert answer.status_code == 503
    assert ">A &lt;sofa&gt;</textarea>" in answer.text
    # The same id again: if it had arrived after all, it is not filed twice.
    assert 'name="message_id" value="0123456789abcdef"' in answer.text
    assert 'role="alert"' in answer.text


def test_a_message_that_cannot_be_read_is_said_so(client: TestClient, talk: Talk) -> None:
    talk.fault = MessageRefused()
    answer = client.post("/chat", files=form(text="A sofa"))
    assert answer.status_code == 400
    assert "another way" in answer.text


def test_the_page_opens_while_the_database_is_away(client: TestClient, talk: Talk) -> None:
    client.post("/chat", files=form(text="A sofa"))
    talk.fault = StorageUnavailable()
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_form_is_refused(client: TestClient, talk: Talk, headers: dict[str, str]) -> None:
    answer = client.post("/chat", files=form(text="A sofa"), headers=headers)
    assert answer.status_code == 403
    assert talk.asked == []
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["http://testserver", "https://report.fenmoor.example"])
def test_our_own_form_is_taken_behind_a_proxy_too(pages: Pages, talk: Talk, origin: str) -> None:
    routes = create_routes(pages, talk.ask, public_url="https://report.fenmoor.example")
    client = TestClient(Starlette(routes=[pages.assets.mount(), *routes]))
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/chat", files=form(text="A sofa"), headers=headers).status_code == 200


def test_what_is_too_big_is_refused_before_it_is_read(client: TestClient, talk: Talk) -> None:
    answer = client.post("/chat", content=b"x", headers={"Content-Length": str(MAX_BODY + 1)})
    assert answer.status_code == 413
    assert "at most 20 MB" in answer.text


def test_without_a_length_nothing_is_read(client: TestClient, talk: Talk) -> None:
    answer = client.post("/chat", content=iter([b"text=x"]))
    assert answer.status_code == 413
    assert talk.asked == []


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain"])
def test_a_body_that_is_no_form_is_said_so(client: TestClient, talk: Talk, kind: str) -> None:
    answer = client.post("/chat", content=b"--nonsense", headers={"Content-Type": kind})
    assert answer.status_code in {200, 400}
    assert talk.asked == []


def test_an_answered_page_tells_the_script_whose_conversation_it_is(client: TestClient) -> None:
    assert "data-answered" not in client.get("/").text
    page = client.post("/chat", files=form(text="A sofa")).text
    assert "data-answered" in page
    assert f'data-conversation="{client.cookies[COOKIE]}"' in page
