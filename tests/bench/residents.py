"""What residents of the demo borough say to the benchmarks: whole reports, half ones, other words."""

import itertools
import json
from collections.abc import Sequence
from uuid import uuid4

from tests.bench.load import request

Said = tuple[str, ...]

STREETS = ("Albert Street", "Albion Street", "Alma Terrace", "Abbot's Walk")
TALKS: tuple[Said, ...] = (
    ("sofa dumped outside {n} {street}",),
    ("pothole on {street}, near number {n}",),
    ("street light out, {n} {street}", "thank you"),
    ("someone has dumped a mattress", "{n} {street}"),
    ("graffiti on the wall of {n} {street}", "any news?"),
    ("my bin was not emptied", "{n} {street}", "cheers"),
    ("hello", "there is broken glass all over the pavement on {street}"),
)
"""Conversations, message by message; about two in three of the messages file a report."""


def conversations(count: int) -> list[Sequence[bytes]]:
    """So many residents' prepared requests to the chat."""
    places = itertools.product(range(2, 200, 2), STREETS)
    talks = zip(itertools.cycle(TALKS), itertools.cycle(places), strict=False)
    return [_talk(said, n, street) for said, (n, street) in itertools.islice(talks, count)]


def _talk(said: Said, number: int, street: str) -> Sequence[bytes]:
    browser = uuid4().hex
    return [_message(browser, text.format(n=number, street=street)) for text in said]


def _message(browser: str, text: str) -> bytes:
    body = {"conversation": browser, "message_id": uuid4().hex, "text": text}
    return request("/api/chat", json.dumps(body).encode(), "application/json")
