"""SIGKILL between any two steps of a message's way: nothing is lost and nothing is done twice."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, update

from storage.tables import metadata, outbox
from tests.mailbox import MailServer
from tests.pictures import photo
from tests.product import Product, until

ROOT = Path(__file__).parents[2]
LEASE_S = 1
SERVICE = "streets@tarn.example"
HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}

ANSWERED = [
    ("storage.inbox:Inbox.add", "before", 1),
    ("storage.inbox:Inbox.add", "commit", 1),
    ("storage.inbox:Inbox.add", "after", 1),
    ("storage.inbox:Inbox.screen", "commit", 1),
    ("storage.inbox:Inbox.screen", "after", 1),
    ("storage.inbox:Inbox.claim", "commit", 1),
    ("storage.inbox:Inbox.claim", "after", 1),
    ("bot.conversation.gathering:Gatherer.gather", "before", 1),
    ("storage.photos:PhotoFolder.put", "after", 1),
    ("bot.conversation.gathering:Gatherer.gather", "after", 1),
    ("storage.store:Store.commit", "before", 1),
    ("storage.store:Store.commit", "commit", 1),
    ("storage.store:Store.commit", "after", 1),
    ("storage.inbox:Inbox.release", "before", 1),
    ("storage.inbox:Inbox.release", "commit", 1),
    ("storage.inbox:Inbox.release", "after", 1),
]
"""From the inbox to the answer."""

MAILED = [
    ("storage.store:Store.commit", "before", 2),
    ("storage.store:Store.commit", "commit", 2),
    ("storage.store:Store.commit", "after", 2),
    ("storage.outbox:Outbox.claim", "commit", 1),
    ("storage.outbox:Outbox.mark_sent", "after", 1),
]
"""From the end of the correction window to the service's mail."""

MAYBE_ONCE = [
    ("storage.outbox:Outbox.claim", "after", 1),
    ("bot.mail.smtp:SmtpTransport.deliver", "before", 1),
]
"""Between our taking it up and the mail server's yes: from our side it looks the same as what follows."""

MAYBE_TWICE = [
    ("bot.mail.smtp:SmtpTransport.deliver", "after", 1),
    ("storage.outbox:Outbox.mark_sent", "before", 1),
    ("storage.outbox:Outbox.mark_sent", "commit", 1),
]
"""Between the mail server's yes and our mark of it."""

RACING = [("storage.store:Store.commit", "after", 2)]
"""The mail is written: whether delivery, in its own thread, has begun on it when we die is chance."""


class Forked:
    """A process that another than ours has made; it is there or it is not."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs."""
        return None if Path(f"/proc/{self.pid}").exists() else -9

    def send_signal(self, sig: int) -> None:
        """Signal it, if it is still there."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(9)

    def wait(self, timeout: float | None = None) -> int:
        """Until it is gone."""
        until(lambda: self.poll() is not None, timeout or 60, "the end of the process")
        return -9


class Forks:
    """Makes processes of the product that may crash where we want it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.e2e.crashing"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        self._turn = threading.Lock()

    def make(self, variables: dict[str, str], log: Path, crash: tuple[str, str, int] | None) -> Forked:
        """A process that runs, and crashes there."""
        assert self._process.stdin
        assert self._process.stdout
        order = {"variables": variables, "log": str(log), "crash": crash}
        with self._turn:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return Forked(int(self._process.stdout.readline()))

    def close(self) -> None:
        """No more of them."""
        self._process.communicate()


class CrashingProduct(Product):
    """The product, forked, with a place where it crashes; with none after that."""

    def __init__(self, forks: Forks, folder: Path, **settings: Any) -> None:
        super().__init__(folder, **settings)
        self._forks = forks
        self.crash: tuple[str, str, int] | None = None

    def launch(self) -> Forked:
        """A new process of ours."""
        return self._forks.make(dict(self.variables), self.log_file, self.crash)

    def has_crashed(self) -> None:
        """Wait until it has; it does not crash again."""
        until(lambda: self.status is not None, 20, f"a crash at {self.crash}")
        self.kill()
        self.crash = None


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """One process from which all others are forked."""
    made = Forks()
    yield made
    made.close()


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """Where the services' mails arrive."""
    with MailServer() as server:
        yield server


@pytest.fixture
def streetcall(
    forks: Forks, tmp_path: Path, tiny_pack: Path, database_url: str, mail_server: MailServer
) -> Iterator[CrashingProduct]:
    """A product that is not started yet, on each engine in turn."""
    settings = {"database_url": database_url, "pack": tiny_pack, "smtp_url": mail_server.url}
    made = CrashingProduct(forks, tmp_path / "product", lease_seconds=LEASE_S, **settings)
    yield made
    made.close()


class Page:
    """The chat page of one resident: it sends a message until it is answered, as the real one does."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._talk = product.talk()
        self.message_id = uuid4().hex
        self.asked = 0

    def send(self) -> dict[str, Any] | None:
        """Once; None where the connection broke."""
        self.asked += 1
        try:
            return self._talk.say(
                "Someone has dumped a sofa", self.message_id, location=HIGH_STREET, photo=photo()
            )
        except httpx.TransportError:
            return None

    def said(self) -> list[str]:
        """All that was ever said to this resident."""
        return [reply["text"] for reply in self._talk.later()["replies"]]


def count(product: Product, table: str) -> int:
    """The rows in a table."""
    with product.store.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one())


def let_time_pass(product: Product) -> None:
    """Whoever was sending when it died is taken for dead."""
    with product.store.database.write() as connection:
        long_ago = datetime(2026, 1, 1, tzinfo=UTC)
        connection.execute(update(outbox).where(outbox.c.state == "sending").values(next_attempt_at=long_ago))


def check_mailed(product: Product, server: MailServer, reference: str) -> int:
    """Wait until there is nothing left to send; how many mails came."""

    def unsent() -> list[str]:
        mails = select(outbox.c.state).where(outbox.c.recipient == "service:tarn/streets")
        with product.store.database.read() as connection:
            return [*connection.execute(mails).scalars()]

    until(lambda: unsent() == ["sent"], 20, f"one mail sent, not {unsent()}")
    return sum(reference in str(mail["Subject"]) for mail in server.mails)


def name(crash: tuple[str, str, int]) -> str:
    """How the place is called in a test's name."""
    return f"{crash[0].partition(':')[2]}-{crash[1]}-{crash[2]}"


def _expected(crash: tuple[str, str, int]) -> list[tuple[int, bool]]:
    """How many mails the service may have got, and whether one of them was counted as a repetition."""
    if crash in RACING:
        return [(1, False), (1, True), (2, True)]
    if crash in MAYBE_TWICE:
        return [(2, True)]
    return [(1, crash in MAYBE_ONCE)]


@pytest.mark.parametrize("crash", [*ANSWERED, *MAILED, *MAYBE_ONCE, *MAYBE_TWICE], ids=name)
def test_a_crash_loses_no_message_and_repeats_no_report(
    streetcall: CrashingProduct, mail_server: MailServer, crash: tuple[str, str, int]
) -> None:
    streetcall.crash = crash
    streetcall.begin()
    page = Page(streetcall)
    page.send()
    streetcall.has_crashed()

    let_time_pass(streetcall)
    streetcall.begin()
    answer = page.send()

    assert answer
    reference = answer["report"]["reference"]
    mails = check_mailed(streetcall, mail_server, reference)
    # What was on its way may have arrived, for all that we know, and so it is counted.
    counted = 'maybe_twice_total{channel="email"} 1.0' in streetcall.client.get("/metrics").text
    assert (mails, counted) in _expected(crash)
    assert [count(streetcall, table) for table in ("inbox", "contacts", "clusters")] == [1, 1, 1]
    assert [count(streetcall, table) for table in ("reports", "promises", "photos")] == [1, 1, 1]
    said = page.said()
    assert len(said) == 1, said
    assert reference in said[0]
