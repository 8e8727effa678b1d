"""Makes ids and references. A seeded source makes a replay repeatable."""

import random
from uuid import UUID

from casework.references import ALPHABET, LENGTH, format_reference


class Mint:
    """Ids (32 hex digits) and references from a source of randomness."""

    def __init__(self, source: random.Random | None = None) -> None:
        self._source = source or random.SystemRandom()

    def id(self) -> str:
        """A new id."""
        return UUID(int=self._source.getrandbits(128), version=4).hex

    def reference(self, prefix: str) -> str:
        """A new reference; storage refuses one that is taken, and the caller tries again."""
        return format_reference(prefix, "".join(self._source.choices(ALPHABET, k=LENGTH)))
