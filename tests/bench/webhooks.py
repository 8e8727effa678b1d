"""How soon a provider's webhook is answered when 200 messages come in a second, for a minute."""

import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from storage.tables import inbox
from tests.bench import load
from tests.bench.results import Result, percentile
from tests.counterparts.twilio_server import ACCOUNT, OURS, TOKEN
from tests.product import product

RATE = 200
SECONDS = 60
RESIDENTS = 1000
PATH = "/webhooks/twilio"


def measure(folder: Path) -> list[Result]:
    """Text messages from a thousand numbers over SQLite, with the worker busy beside it."""
    settings = {
        "limits": "off",
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": TOKEN,
        "twilio_sms_from": OURS,
        # Nobody listens there: what goes out waits, as it does when a provider is away.
        "twilio_api_url": "http://127.0.0.1:9",
    }
    with product(folder, **settings) as running:
        prepared = [_message(running.address, number) for number in range(RATE * SECONDS)]
        answers = load.at_a_rate(running.port, prepared, RATE)
        kept = _kept(running.store.database)
        time.sleep(1)
    seconds = [answer.seconds for answer in answers]
    return [
        Result("a webhook's answer, 200 a second, p50", 1000 * percentile(seconds, 0.5), "ms"),
        Result("a webhook's answer, 200 a second, p99", 1000 * percentile(seconds, 0.99), "ms", 50),
        Result("webhooks refused", sum(answer.status // 100 != 2 for answer in answers), "", 0),
        Result("messages lost", len(prepared) - kept, "", 0),
    ]


def _kept(database: object) -> int:
    with database.read() as connection:  # type: ignore[attr-defined]
        return int(connection.execute(select(func.count()).select_from(inbox)).scalar_one())


def _message(address: str, number: int) -> bytes:
    """One signed webhook, as Twilio posts it. The numbers are Ofcom's for drama."""
    fields = {
        "MessageSid": f"SM{uuid4().hex}",
        "AccountSid": ACCOUNT,
        "From": f"+447700900{number % RESIDENTS:03}",
        "To": OURS,
        "Body": f"sofa dumped outside {number % 90 + 1} Albert Street",
        "NumMedia": "0",
    }
    signature = RequestValidator(TOKEN).compute_signature(address + PATH, fields)
    body = urlencode(fields).encode()
    return load.request(PATH, body, "application/x-www-form-urlencoded", {"X-Twilio-Signature": signature})
