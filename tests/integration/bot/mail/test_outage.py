"""From the outbox to a real mail server that is away for an hour."""

import random
from datetime import timedelta
from pathlib import Path

from bot import case_jobs
from bot.delivery import Delivery
from bot.mail.composing import Composer
from bot.mail.sending import MailSender
from bot.mail.smtp import SmtpTransport
from casework.clock import DrivenClock
from config.links import Links
from storage.photos import PhotoFolder
from storage.store import Store
from tests.factories import NOW, keep_report, make_pack, mint
from tests.mailbox import MailServer

MINUTE = timedelta(minutes=1)


class Post:
    """Jobs and delivery round one mail server."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.packs = {"ashmere": make_pack()}
        self.clock = DrivenClock(NOW)
        self.server = MailServer()
        self.mint = mint(9)
        self.transport = SmtpTransport(self.server.url, timeout=1.0)
        links = Links("a secret of the test", "https://report.ashmere.example", self.clock)
        composer = Composer(store, self.packs, PhotoFolder(folder), links, self.clock)
        sender = MailSender(composer, self.transport)
        self.delivery = Delivery(store, {"email": sender}, self.clock, self.mint, source=random.Random(1))

    def run_for(self, minutes: int) -> None:
        for _ in range(minutes):
            self.clock.advance(MINUTE)
            case_jobs.send_on_due(self.store, self.packs, self.clock, self.mint)
            self.delivery.deliver_due()

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.server.mails]


def test_mail_waits_for_an_hour_and_goes_in_order_and_once(store: Store, tmp_path: Path) -> None:
    post = Post(store, tmp_path)
    filed = [keep_report(store, post.packs["ashmere"], seed=seed) for seed in range(1, 6)]

    post.run_for(60)
    assert store.outbox.states() == {("email", "waiting"): 5}

    with post.server:
        post.run_for(10)
        post.transport.close()
    assert {subject.split()[0] for subject in post.subjects} == {one.report.reference for one in filed}
    ids = [int(str(mail["Message-ID"]).strip("<").split(".")[0]) for mail in post.server.mails]
    assert ids == sorted(ids)
    assert store.outbox.states() == {("email", "sent"): 5}


def test_a_mailbox_that_is_gone_does_not_hold_up_the_others(store: Store, tmp_path: Path) -> None:
    post = Post(store, tmp_path)
    post.server.handler.no_such_mailbox.add("street.cleansing@ashmere.example")
    keep_report(store, post.packs["ashmere"], seed=1)
    keep_report(store, post.packs["ashmere"], seed=2, category="road_surface")

    with post.server:
        post.run_for(15)
        post.transport.close()

    assert store.outbox.states() == {("email", "failed"): 1, ("email", "sent"): 1}
    (item,) = store.cases.desk_to_mail()
    assert item.words.endswith("550 5.1.1 …: no such mailbox")
