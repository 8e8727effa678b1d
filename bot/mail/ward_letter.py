"""The letter to a councillor about new ward boundaries: what came to the ward and what went."""

from collections.abc import Sequence
from typing import cast

from bot.mail.letters import Letter, Voice
from storage.outbox import Waiting


def write_wards(message: Waiting, voice: Voice, name: str) -> Letter:
    """The letter, with a line for each ward that open reports came from or went to."""
    ward = voice.area(str(message.parameters["ward"]))
    return Letter(
        folder="wards",
        subject={"ward": ward},
        context={
            "name": name,
            "ward": ward,
            "gained": _lines(voice, "mail.wards.from", message.parameters.get("gained")),
            "lost": _lines(voice, "mail.wards.to", message.parameters.get("lost")),
        },
    )


def _lines(voice: Voice, key: str, moves: object) -> tuple[str, ...]:
    """A line for each ward, the most first."""
    counted = cast("Sequence[tuple[str, int]]", moves or ())
    named = [(voice.area(code) or code, count) for code, count in counted]
    return tuple(voice.count(key, n, ward=ward) for ward, n in sorted(named, key=lambda m: (-m[1], m[0])))
