"""The product in this process with Twilio's stand-in beside it, on a clock that tests drive."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.app import App, build
from bot.server import create_server
from casework.clock import DrivenClock
from casework.packs import Pack
from config.settings import Settings
from tests.counterparts.twilio_server import ACCOUNT, OUR_WHATSAPP, OURS, TOKEN, Twilio
from tests.factories import NOW
from tests.unit.web.client import TestClient


class Exchange:
    """Messages go in by the webhook and out by delivery, step by step."""

    def __init__(self, app: App, clock: DrivenClock, twilio: Twilio, client: TestClient) -> None:
        self.app = app
        self.clock = clock
        self.twilio = twilio
        self.client = client
        self.worker = app.worker()
        self.store = app.store

    def work(self) -> None:
        """Answer all that came."""
        while self.worker.step():
            pass

    def deliver(self) -> None:
        """Send all that is due."""
        for channel in ("sms", "whatsapp"):
            while channel in self.app.deliveries and self.app.deliveries[channel].deliver_due():
                pass

    def run(self, wait: timedelta = timedelta()) -> None:
        """Let the time pass, then answer and send."""
        self.clock.advance(wait)
        self.work()
        self.deliver()

    def states(self, channel: str = "sms") -> Mapping[str, int]:
        """How many messages out there are in each state."""
        return {state: n for (name, state), n in self.store.outbox.states().items() if name == channel}


@contextmanager
def exchange(
    folder: Path, url: str, packs: Mapping[str, Pack] | None = None, **more: object
) -> Iterator[Exchange]:
    """A product with its own database; ``more`` are settings in lower case."""
    clock = DrivenClock(NOW)
    twilio = Twilio(now=clock.now)
    given: dict[str, object] = {
        "data_dir": folder / "data",
        "database_url": url,
        "public_url": twilio.public_url,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": TOKEN,
        "twilio_sms_from": OURS,
        "twilio_whatsapp_from": f"whatsapp:{OUR_WHATSAPP}",
        "twilio_api_url": twilio.url,
    }
    with twilio:
        settings = Settings(_env_file=None, **(given | more))  # type: ignore[call-arg,arg-type]
        app = build(settings, clock, random.Random(1), packs)
        # Without the lifespan: the test itself is worker, delivery and clock.
        client = TestClient(create_server(app, lambda: None, lambda: None))

        def call(path: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> int:
            return int(client.post(path, data=dict(fields), headers=dict(headers)).status_code)

        twilio.call = call
        try:
            yield Exchange(app, clock, twilio, client)
        finally:
            app.stop()
