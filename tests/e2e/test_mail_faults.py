"""The mail server away, or saying no, while residents go on telling."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from casework.cases import DeskKind
from storage.tables import desk_items, outbox
from tests.mailbox import MailServer
from tests.product import Product, product, until

HIGH_STREET = {"latitude": 53.015, "longitude": 0.505}
MILL_LANE = {"latitude": 53.005, "longitude": 0.515}
SOFA = "Someone has dumped a sofa"
FIRST_PAUSE_S = 36 + 10
"""Half a minute and a fifth, until a channel that was down is tried again; and some time for us."""


@pytest.fixture
def post() -> MailServer:
    """A mail server that is not there yet."""
    return MailServer()


@pytest.fixture
def streetcall(tmp_path: Path, tiny_pack: Path, post: MailServer) -> Iterator[Product]:
    """A product that sends there."""
    with product(tmp_path, pack=tiny_pack, smtp_url=post.url) as made:
        yield made
    post.stop()


def mails(streetcall: Product) -> list[str]:
    """How the mails to the service stand, in order."""
    states = select(outbox.c.state).where(outbox.c.recipient == "service:tarn/streets").order_by(outbox.c.id)
    with streetcall.store.database.read() as connection:
        return list(connection.execute(states).scalars())


def test_mail_waits_for_a_server_that_is_away_and_goes_in_order(
    streetcall: Product, post: MailServer
) -> None:
    told = []
    for place in (HIGH_STREET, MILL_LANE):
        answer = streetcall.talk().say(SOFA, location=place)
        assert answer["report"], "residents are answered all the same"
        told.append(answer["report"]["reference"])
    until(lambda: "delivery.channel_down" in streetcall.log, 20, "a look at the mail server")
    until(lambda: mails(streetcall) == ["waiting", "waiting"], 20, "two mails that wait")
    assert streetcall.is_ready()

    post.start()
    until(lambda: len(post.mails) == 2, FIRST_PAUSE_S, "two mails")
    assert [reference in str(mail["Subject"]) for reference, mail in zip(told, post.mails, strict=True)] == [
        True,
        True,
    ]
    until(lambda: mails(streetcall) == ["sent", "sent"], 5, "two mails that went")


def test_a_mail_that_is_refused_for_good_is_laid_on_the_desk(streetcall: Product, post: MailServer) -> None:
    post.handler.no_such_mailbox.add("streets@tarn.example")
    post.start()
    assert streetcall.talk().say(SOFA, location=HIGH_STREET)["report"]
    until(lambda: mails(streetcall) == ["failed"], 20, "a mail that failed")
    with streetcall.store.database.read() as connection:
        kinds = list(connection.execute(select(desk_items.c.kind)).scalars())
    assert kinds == [DeskKind.DELIVERY_FAILED]
    assert "streets@tarn.example" not in streetcall.log
