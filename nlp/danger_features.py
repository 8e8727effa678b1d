"""What the danger scorer looks at: hashed words, pairs of words, and pieces of words.

Pieces (three to five letters, the word's edges marked) see through misspellings and dialect. Only
buckets are kept, no word, so that nobody's sentence can be read out of the weights.
"""

import itertools
import re
import unicodedata
import zlib
from functools import lru_cache

BUCKETS = 1 << 19
"""Buckets that words, pairs and pieces are hashed into."""

LONGEST = 4000
"""Characters that are looked at: nobody tells a danger after two pages."""

_LONGEST_WORD = 24
_PIECES = range(3, 6)
_CACHED_WORDS = 20_000
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")
_WORDS = re.compile(r"[^\W_]+|[\U0001F300-\U0001FAFF]")
_DIGITS = re.compile(r"\d")


def words_of(text: str) -> list[str]:
    """The words and pictures (emoji) in small letters, without accents; every digit is a nought."""
    plain = text[:LONGEST].lower().translate(_APOSTROPHES)
    if not plain.isascii():
        parted = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in parted if not unicodedata.combining(c))
    return [_DIGITS.sub("0", word[:_LONGEST_WORD]) for word in _WORDS.findall(plain)]


def word_buckets(words: list[str]) -> list[int]:
    """Of each word and each pair of neighbours."""
    pairs = [f"{one} {two}" for one, two in itertools.pairwise(words)]
    return [_bucket(gram) for gram in (*words, *pairs)]


def piece_buckets(words: list[str]) -> list[int]:
    """Of each piece of each word."""
    return [bucket for word in words for bucket in _pieces(word)]


@lru_cache(_CACHED_WORDS)
def _pieces(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    return tuple(
        _bucket("~" + edged[start : start + length])
        for length in _PIECES
        for start in range(max(1, len(edged) - length + 1))
    )


def _bucket(gram: str) -> int:
    return zlib.crc32(gram.encode("utf-8", "replace")) % BUCKETS
