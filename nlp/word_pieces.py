"""Parts a text into the word pieces that the sentence encoder knows (WordPiece, as BERT has it).

Written here because the library for it brings a client for a model hub along; what the encoder was
trained with is this code, so that the two cannot differ.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

START, END, UNKNOWN, MASK = "[CLS]", "[SEP]", "[UNK]", "[MASK]"
"""The pieces with a meaning of their own."""

MOST_PIECES = 96
"""Pieces of a text that are read, start and end among them."""

LONGEST_WORD = 60
"""Letters of a word that is parted at all."""

_CACHED_WORDS = 20_000
_TOKENS = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """The pieces, numbered in the order given; safe to share between threads."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = tuple(pieces)
        self._ids = {piece: n for n, piece in enumerate(self.pieces)}
        self._start, self._end = self._ids[START], self._ids[END]
        self._unknown = self._ids[UNKNOWN]
        self.of_word = lru_cache(_CACHED_WORDS)(self._part)

    def ids(self, text: str, most: int = MOST_PIECES) -> list[int]:
        """The text's pieces between start and end, at most ``most`` of them."""
        found = [self._start]
        for word in _TOKENS.findall(_plain(text)):
            found += self.of_word(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _part(self, word: str) -> tuple[int, ...]:
        """The longest known pieces, from left to right; unknown if one cannot be parted so."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            piece, start = self._longest(word, start)
            if piece is None:
                return (self._unknown,)
            found.append(piece)
        return tuple(found)

    def _longest(self, word: str, start: int) -> tuple[int | None, int]:
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            piece = self._ids.get(mark + word[start:end])
            if piece is not None:
                return piece, end
        return None, len(word)


def _plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in parted if unicodedata.category(c) not in {"Mn", "Cf"})
