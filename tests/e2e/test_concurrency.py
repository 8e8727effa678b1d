"""Many residents at once: everybody is answered, in order, and nothing is filed twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.tables import inbox, outbox, reports
from tests.product import Product, Talk, product, worker

CONVERSATIONS = 50
MESSAGES = ("hello", "Someone has dumped a sofa", None, "thank you")
"""What each resident says; None is the pin that answers where the sofa is."""
THREADS = 20


@pytest.fixture(scope="module", params=["one process", "a web server and two workers"])
def streetcall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tiny_pack: Path
) -> Iterator[Product]:
    """SQLite in one process, or PostgreSQL in three."""
    folder = tmp_path_factory.mktemp("product")
    with ExitStack() as stack:
        if request.param == "one process":
            yield stack.enter_context(product(folder, pack=tiny_pack))
            return
        url = request.getfixturevalue("postgres").create(migrated=False)
        settings = {"pack": tiny_pack, "database_url": url}
        for _ in range(2):
            stack.enter_context(worker(folder, **settings))
        yield stack.enter_context(product(folder, command="web", **settings))


def talk_through(talk: Talk, number: int) -> list[dict[str, Any]]:
    """One resident's part; each has a sofa of their own."""
    pin = {"latitude": 53.0105 + number * 0.00015, "longitude": 0.5101}
    said = []
    for step, words in enumerate(MESSAGES):
        fields: dict[str, Any] = {"location": pin} if words is None else {}
        said.append(talk.say(words, f"{number}-{step}", **fields))
    return said


def at_once(act: Callable[[int], Any], count: int) -> list[Any]:
    """Do it so many times in twenty threads."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(act, range(count)))


def rows(streetcall: Product, *columns: Any, since: int = 0) -> list[Any]:
    """What is stored, of messages that came after that one."""
    wanted = select(*columns).select_from(inbox).where(inbox.c.id > since)
    with streetcall.store.database.read() as connection:
        return list(connection.execute(wanted))


def latest(streetcall: Product) -> int:
    """The number of the last message."""
    return int(rows(streetcall, func.coalesce(func.max(inbox.c.id), 0))[0][0])


def test_two_hundred_messages_of_fifty_residents_are_answered_in_order(streetcall: Product) -> None:
    before = latest(streetcall)
    talks = [streetcall.talk() for _ in range(CONVERSATIONS)]
    answers = at_once(lambda number: talk_through(talks[number], number), CONVERSATIONS)

    assert all(len(said["replies"]) == 1 for answer in answers for said in answer)
    for greeting, asked, filed, thanked in answers:
        assert greeting["report"] is None
        assert asked["replies"][0]["wants"] == "location"
        assert filed["report"]["reference"] in filed["replies"][0]["text"]
        assert thanked["report"] == filed["report"]
    with streetcall.store.database.read() as connection:
        filed_by = Counter(connection.execute(select(reports.c.contact_id)).scalars())
    assert list(filed_by.values()) == [1] * CONVERSATIONS
    handled, attempts = rows(
        streetcall, func.count(inbox.c.handled_at), func.max(inbox.c.attempts), since=before
    )[0]
    assert (handled, attempts) == (CONVERSATIONS * len(MESSAGES), 0)
    assert "Traceback" not in streetcall.log


def test_what_one_resident_sends_without_waiting_is_answered_in_order(streetcall: Product) -> None:
    before = latest(streetcall)
    talk = streetcall.talk()
    at_once(lambda number: talk.say("CANCEL", f"m-{number}"), THREADS)
    came = [row.id for row in rows(streetcall, inbox.c.id, since=before)]
    with streetcall.store.database.read() as connection:
        said = select(outbox.c.inbox_id).where(outbox.c.inbox_id > before).order_by(outbox.c.seq)
        answered = list(connection.execute(said).scalars())
    assert len(came) == THREADS
    assert answered == sorted(came)


def test_a_contact_who_writes_for_the_first_time_twice_at_once_is_one(streetcall: Product) -> None:
    before = latest(streetcall)
    talks = [streetcall.talk() for _ in range(5)]
    at_once(lambda number: talks[number % 5].say("hello", f"m-{number}"), THREADS)
    wrote = Counter(row.contact_id for row in rows(streetcall, inbox.c.contact_id, since=before))
    assert list(wrote.values()) == [4] * 5
