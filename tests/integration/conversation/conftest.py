"""A town for every conversation."""

from tests.talk import tarn, town

__all__ = ["tarn", "town"]
