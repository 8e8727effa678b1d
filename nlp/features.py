"""The features of the linear model: hashed words, pairs of words and pieces of words.

Only hashes of what several reports share are kept with a model, so that no resident's sentence,
name or number can be read out of it. Pieces of words (three to five letters, the edges marked)
see through misspellings.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Floats = NDArray[np.float32]

PIECES = range(3, 6)
"""Letters of a piece of a word."""

LONGEST_WORD = 24
"""Letters of a word that count: what is longer is no word."""

MOST_WORDS = 400
"""Words of a text that count."""

_WORDS = re.compile(r"[^\W_]{2,}")
_DIGITS = re.compile(r"\d")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents; every digit is a nought."""
    plain = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(c for c in plain if not unicodedata.combining(c)) if not plain.isascii() else plain
    return [_DIGITS.sub("0", word[:LONGEST_WORD]) for word in _WORDS.findall(bare)[:MOST_WORDS]]


def word_hashes(words: Sequence[str]) -> list[int]:
    """Of each word and each pair of neighbours."""
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return [zlib.crc32(gram.encode("utf-8", "replace")) for gram in (*words, *pairs)]


def piece_hashes(word: str) -> list[int]:
    """Of each piece of one word."""
    edged = f" {word} "
    pieces = [edged[i : i + n] for n in PIECES for i in range(max(1, len(edged) - n + 1))]
    return [zlib.crc32(piece.encode("utf-8", "replace"), 1) for piece in pieces]


def term_counts(hashes: Iterable[int]) -> tuple[Hashes, Floats]:
    """The distinct hashes, ascending, and how often each stands there, dampened."""
    found, counts = np.unique(np.fromiter(hashes, dtype=np.uint32), return_counts=True)
    return found, (1.0 + np.log(counts)).astype(np.float32)
