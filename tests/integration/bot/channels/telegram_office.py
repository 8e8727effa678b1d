"""Streetcall with Telegram in one process, stepped by hand, against the Bot API server for tests."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import func, select

from bot.app import App, build
from bot.channels.telegram import NAME, Telegram
from bot.channels.telegram_intake import TelegramIntake, TelegramPoller, TelegramWebhook
from bot.channels.telegram_line import TelegramLine
from bot.worker import Worker
from casework.cases import Contact, Report
from casework.clock import DrivenClock
from casework.outcomes import Notice, Outcome
from config.settings import Settings
from storage.tables import contacts, inbox, outbox
from tests.counterparts.telegram_server import TOKEN, Person
from tests.factories import NOW


class Server(Protocol):
    """A Bot API server."""

    @property
    def url(self) -> str: ...


class Office:
    """The product; ``work`` polls, answers and delivers until nothing is left to do."""

    def __init__(self, api: Server, folder: Path, pack: Path, start: datetime = NOW, **settings: str) -> None:
        self.api: Any = api
        self.clock = DrivenClock(start)
        made = Settings(
            data_dir=folder / "data",
            pack=str(pack),
            telegram_token=TOKEN,
            telegram_api_url=api.url,
            nlp="words",
            **settings,  # type: ignore[arg-type]
        )
        self.app: App = build(made, self.clock, random.Random(5))
        self.app.database.migrate()
        self.worker: Worker = self.app.worker()
        self.line = TelegramLine(TOKEN, api.url)
        channel = self.app.channels[NAME]
        assert isinstance(channel, Telegram)
        channel.username = "StreetcallTestBot"
        self.intake = TelegramIntake(channel, self.line, self.app.intake, self.app.key)
        self.poller = TelegramPoller(self.intake, wait_s=0)
        self.webhook = TelegramWebhook(self.intake, "s3cret")

    def close(self) -> None:
        """Give everything back."""
        self.line.close()
        self.app.stop()

    # --- Going on ---

    def work(self, wait: timedelta = timedelta()) -> None:
        """Let that time pass, then do all there is to do."""
        self.clock.advance(wait)
        self.poller.step()
        self.answer()
        self.deliver()

    def answer(self) -> None:
        """Answer what is in the inbox."""
        while self.worker.step():
            pass

    def deliver(self) -> None:
        """Send what is due."""
        while self.app.deliveries[NAME].deliver_due():
            pass

    def told(self, person: Person, *messages: str) -> str:
        """Say these; the last that is answered."""
        for text in messages:
            person.says(text)
            self.work()
        return person.heard[-1].text

    def tell(self, person: Person, key: str, **parameters: object) -> None:
        """A notice for that resident, as casework makes them."""
        contact = self.contact(person)
        notice = Notice(f"contact:{contact.id}", key, parameters, jurisdiction="tarn")
        self.app.store.commit(Outcome(notices=(notice,)), self.clock.now())

    # --- Looking ---

    def contact(self, person: Person) -> Contact:
        """Whom we know at that chat."""
        arrival = self.intake.channel.arrival(
            {"update_id": 1, "message": {"chat": person.chat}}, self.app.key
        )
        found = self.app.store.cases.contact_at(NAME, arrival.address_hash)
        assert found is not None
        return found

    def reports(self, person: Person) -> Sequence[Report]:
        """Their reports, newest first."""
        return self.app.store.cases.reports_of(self.contact(person).id)

    def count(self, table: str = "inbox") -> int:
        """How many rows there are."""
        named = {"inbox": inbox, "outbox": outbox, "contacts": contacts}[table]
        with self.app.database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(named)).scalar_one())

    def states(self) -> dict[str, int]:
        """How many messages out are in which state."""
        found = self.app.store.outbox.states()
        return {state: n for (channel, state), n in found.items() if channel == NAME}
