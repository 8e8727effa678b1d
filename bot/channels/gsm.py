"""Words as they fit into text messages: GSM-7, two segments, and never a word cut in two.

3GPP TS 23.038 has the alphabet, TS 23.040 9.2.3.24.1 what a joined message loses to its header:
one segment holds 160 septets, joined ones 153 each; in UCS-2 they hold 70 and 67 units of UTF-16.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""These take two septets."""

MOST_SEGMENTS = 2

_SEPTETS, _JOINED_SEPTETS = 160, 153
_UNITS, _JOINED_UNITS = 70, 67

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2000\u2002\u2003\u2004\u2005\u2006\u2007\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u2022\u00b7\u2023\u25cf", "-"),
        "\u2026": "...",
        "\u00d7": "x",
        "\u00bd": "1/2",
        "\u00bc": "1/4",
        "\u00be": "3/4",
        "\u2190": "<-",
        "\u2192": "->",
        "\u2122": "TM",
        "\u00a9": "(c)",
        "\u00ae": "(R)",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_STROKES = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE"}  # no accent to take off
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")


def is_gsm(text: str) -> bool:
    """True if every character is in GSM-7 or its extension."""
    return all(char in BASIC or char in EXTENDED for char in text)


_ENDS = re.compile(r"\r+\n")


def to_gsm(text: str, fold: bool = True) -> str:
    """The text with typography made plain, pictures left out, and, if ``fold``, accents that
    GSM-7 lacks taken off; letters of other alphabets stay, for there the words need them.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    kept = "".join(_folded(char, fold) for char in plain if _is_wanted(char))
    return _ENDS.sub("\n", kept)


def _is_wanted(char: str) -> bool:
    """Signs that are neither of GSM-7 nor of any word (pictures, joiners, controls) go."""
    return char in BASIC or char in EXTENDED or unicodedata.category(char)[0] in "LMN"


def _folded(char: str, fold: bool) -> str:
    if not fold or char in BASIC or char in EXTENDED:
        return char
    char = _STROKES.get(char, char)
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base if base and is_gsm(base) else char


# --- Counting ----------------------------------------------------------------------------------


def segments(text: str) -> int:
    """How many text messages this is on the way."""
    if is_gsm(text):
        return _count(text, lambda char: 2 if char in EXTENDED else 1, _SEPTETS, _JOINED_SEPTETS)
    return _count(text, lambda char: 2 if ord(char) > 0xFFFF else 1, _UNITS, _JOINED_UNITS)


def _count(text: str, width: Callable[[str], int], alone: int, joined: int) -> int:
    """A character of two is never parted by the end of a segment."""
    widths = [width(char) for char in text]
    if sum(widths) <= alone:
        return 1
    full, used = 1, 0
    for size in widths:
        if used + size > joined:
            full, used = full + 1, 0
        used += size
    return full


# --- Splitting ---------------------------------------------------------------------------------


def split(text: str, most: int = MOST_SEGMENTS) -> tuple[str, ...]:
    """The text as messages of at most so many segments each, numbered where there are several.

    It is parted between sentences, else between words; only a word that is longer than a whole
    message is cut.
    """
    return split_by(text, lambda part: segments(part) <= most)


def split_by(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The same for messages that fit in some other sense."""
    if fits(text):
        return (text,)
    # The numbers take room, and how much is known only when the parts are counted.
    for total in (9, 99, 999):
        parts = _pack(text, _with_mark(f"{total}/{total} ", fits))
        if len(parts) <= total:
            return tuple(f"{n}/{len(parts)} {part}" for n, part in enumerate(parts, start=1))
    raise ValueError("a text of more than 999 messages")


def _with_mark(mark: str, fits: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda part: fits(mark + part)


def _pack(text: str, fits: Callable[[str], bool]) -> list[str]:
    parts: list[str] = []
    rest = text.strip()
    while rest:
        taken = _longest(rest, fits)
        parts.append(rest[:taken].strip())
        rest = rest[taken:].strip()
    return [part for part in parts if part]


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """How much of the text goes into one message: whole sentences if that is a good half of it."""
    if fits(text):
        return len(text)
    fitting = _most(list(_ends(re.finditer(r"\s+", text))), text, fits)
    sentences = [end for end in _ends(_SENTENCE_END.finditer(text)) if end <= fitting]
    if sentences and sentences[-1] >= fitting / 2:
        return sentences[-1]
    return fitting or _most(list(range(1, len(text))), text, fits) or 1


def _ends(found: Iterator[re.Match[str]]) -> Iterator[int]:
    return (match.start() for match in found if match.start())


def _most(places: list[int], text: str, fits: Callable[[str], bool]) -> int:
    """The last of the places, which grow, up to which the text fits; 0 if none."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if fits(text[: places[middle]].strip()):
            low = middle + 1
        else:
            high = middle
    return places[low - 1] if low else 0
