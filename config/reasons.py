"""The reasons that may be given where a charter lists none of its own."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from casework.packs import Reason, Use

USUAL = Path(__file__).with_name("reasons.toml")


@cache
def usual_reasons() -> tuple[Reason, ...]:
    """What services everywhere say, in a pack's own form."""
    listed = tomllib.loads(USUAL.read_text(encoding="utf-8"))["reason"]
    return tuple(Reason(row["code"], row["name"], frozenset(map(Use, row["for"]))) for row in listed)


def with_usual(own: Iterable[Reason]) -> tuple[Reason, ...]:
    """The charter's own reasons; for a use of which it names none, the usual ones."""
    own = tuple(own)
    missing = frozenset(Use).difference(*(reason.uses for reason in own))
    taken = {reason.code for reason in own}
    usual = (
        Reason(reason.code, reason.name, reason.uses & missing)
        for reason in usual_reasons()
        if reason.uses & missing and reason.code not in taken
    )
    return (*own, *usual)
