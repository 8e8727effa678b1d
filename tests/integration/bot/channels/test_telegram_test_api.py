"""An outside check: the same bot against npm's telegram-test-api, which others wrote.

It knows no photos, locations of the bot's or faults; those are in ``test_telegram.py``.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import packs
from tests.counterparts.telegram_server import TOKEN
from tests.integration.bot.channels.telegram_office import Office
from tests.product import free_port

COUNTERPARTS = Path(__file__).parents[3] / "counterparts"
CHAT = {"id": 5001, "type": "private", "first_name": "Ada"}
ADA = {"id": 5001, "is_bot": False, "first_name": "Ada"}


@dataclass(frozen=True)
class TestApi:
    """The other server, and a resident who writes over it."""

    __test__ = False

    url: str

    def sends(self, path: str, **content: Any) -> None:
        """What the resident's client does."""
        body = {"botToken": TOKEN, "from": ADA, "chat": CHAT, "date": int(time.time()), **content}
        assert httpx.post(f"{self.url}/{path}", json=body).status_code == 200

    def heard(self) -> list[dict[str, Any]]:
        """What the bot sent, in order."""
        history = httpx.post(f"{self.url}/getUpdatesHistory", json={"token": TOKEN}).json()["result"]
        return [item["message"] for item in history if "chat_id" in item.get("message", {})]


@pytest.fixture
def api() -> Iterator[TestApi]:
    if not shutil.which("node") or not (COUNTERPARTS / "node_modules" / "telegram-test-api").exists():
        pytest.skip("telegram-test-api is not installed: make counterparts")
    port = free_port()
    command = ["node", "telegram_test_api.cjs", str(port)]
    with subprocess.Popen(command, cwd=COUNTERPARTS, stdout=subprocess.PIPE) as node:
        assert node.stdout is not None
        assert node.stdout.readline() == b"ready\n"
        yield TestApi(f"http://127.0.0.1:{port}")
        node.kill()


@pytest.fixture
def office(api: TestApi, tmp_path: Path) -> Iterator[Office]:
    made = Office(api, tmp_path, packs.write_pack(tmp_path / "pack"))
    yield made
    made.close()


def test_a_report_with_a_question_is_filed(office: Office, api: TestApi) -> None:
    api.sends("sendMessage", message_id=1, text="there is a deep pothole")
    office.work()
    (asked,) = api.heard()
    assert "here is it" in asked["text"]

    api.sends("sendMessage", message_id=2, text="High Street, Northend")
    office.work()
    assert "Thank you" in api.heard()[-1]["text"]


def test_a_command_and_a_button_are_understood(office: Office, api: TestApi) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    api.sends("sendCommand", message_id=1, text="/start", entities=entities)
    api.sends("sendMessage", message_id=2, text="mattress dumped on Mill Lane, Southend")
    office.work()
    greeting, filed = api.heard()
    assert "Hello" in greeting["text"]
    (((button,),)) = filed["reply_markup"]["inline_keyboard"]

    message = {"message_id": 4, "from": ADA, "chat": CHAT, "date": 1, "text": filed["text"]}
    api.sends("sendCallback", message=message, data=button["callback_data"])
    office.work()
    assert "Withdrawn" in api.heard()[-1]["text"]
