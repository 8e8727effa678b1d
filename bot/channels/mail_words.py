"""What somebody wrote in a mail: without what they answer to, their signature and their disclaimer.

Written by hand because the libraries for it search with nested repetitions: a stranger's mail of
20,000 line breaks keeps `mail-parser-reply` 1.36 busy for a minute. Here each line is looked at once.
"""

import re
from collections.abc import Sequence
from html import unescape

import nh3

MOST_LETTERS = 20_000
"""So many of a mail are read; nobody's own words are longer."""

_LONGEST_LINE = 2_000
_MOST_LINES = 500
_HEADER_LINES = 5
_LONGEST_GREETING = 8

_WROTE = re.compile(r"(on|am|le|ar) .{0,300}(wrote|ysgrifennodd.{0,200}):", re.IGNORECASE)
_BEGINS_WROTE = re.compile(r"(on|ar) \S", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\W{0,20}(original message|forwarded message|begin forwarded message|neges wreiddiol)\W{0,20}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*{0,2}(from|oddi wrth):", re.IGNORECASE)
_OTHER_HEADER = re.compile(r"\*{0,2}(sent|date|to|subject|anfonwyd|dyddiad|at|pwnc):", re.IGNORECASE)
_RULE = re.compile(r"_{10,}")
_SIGNATURE = re.compile(r"--|(sent from|get outlook for|sent via|anfonwyd o)\b.{0,60}", re.IGNORECASE)
_GREETING = re.compile(
    r"((kind|best|warm|many)? ?(regards|wishes|thanks)|yours (sincerely|faithfully)|thanks|thank you|cheers"
    r"|cofion( cynnes)?|diolch)\W{0,3}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\W{0,5}(disclaimer|confidentiality notice|(this|the information (contained )?in this) "
    r"(e-?mail|message|communication)\b.{0,200}\b(confidential|intended|privileged))",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W{0,5}(caution|external|warning|\[external\])\b.{0,200}\b(e-?mail|sender|organi[sz]ation|links?)\b",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """The words that the sender wrote this time, each line and paragraph as it stood."""
    lines = [line.strip()[:_LONGEST_LINE] for line in _plain(text[:MOST_LETTERS]).split("\n")[:_MOST_LINES]]
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _begins_quoted(lines, at) or _ends_letter(lines, at, any(kept)):
            break
        if not line.startswith(">") and not (_BANNER.match(line) and not any(kept)):
            kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _plain(text: str) -> str:
    """Line breaks of one sort, and nothing that cannot be seen."""
    one = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    return "".join(letter for letter in one if letter == "\n" or letter == "\t" or letter.isprintable())


def _begins_quoted(lines: Sequence[str], at: int) -> bool:
    """True where the mail that is answered begins."""
    line = lines[at]
    if _ORIGINAL.fullmatch(line) or (_BEGINS_WROTE.match(line) and _is_wrote(lines, at)):
        return True
    if _RULE.fullmatch(line):
        return any(_is_header(lines, below) for below in range(at + 1, min(at + 4, len(lines))))
    return _is_header(lines, at)


def _is_wrote(lines: Sequence[str], at: int) -> bool:
    """As in "On Monday Jo wrote:", which some programs break into two or three lines."""
    return any(_WROTE.fullmatch(" ".join(lines[at : at + more])) for more in (1, 2, 3))


def _is_header(lines: Sequence[str], at: int) -> bool:
    """From, and soon after it Sent, To or Subject."""
    return bool(_FROM.match(lines[at])) and any(map(_OTHER_HEADER.match, lines[at + 1 : at + _HEADER_LINES]))


def _ends_letter(lines: Sequence[str], at: int, has_words: bool) -> bool:
    """True where a signature or a disclaimer begins, after some words."""
    line = lines[at]
    if _DISCLAIMER.match(line) or _SIGNATURE.fullmatch(line):
        return True
    return has_words and bool(_GREETING.fullmatch(line)) and _is_short(lines[at + 1 :])


def _is_short(rest: Sequence[str]) -> bool:
    """True if a name and an office may follow, and no more letter: "Thanks" alone ends nothing."""
    below = []
    for line in rest:
        if _DISCLAIMER.match(line) or line.startswith(">") or _ORIGINAL.fullmatch(line) or _FROM.match(line):
            break
        if _BEGINS_WROTE.match(line) and line.endswith((":", "<", ">", ",")):
            break
        below += [line] if line else []
    return len(below) <= _LONGEST_GREETING and all(len(line) <= 80 for line in below)


# --- HTML ---------------------------------------------------------------------------------------

_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "ul", "ol", "hr"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "blockquote"})
_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})\b[^<>]*>")


def text_of_html(html: str) -> str:
    """The words of an HTML mail, a line for each block, without what is quoted.

    The standard library's parser needs minutes for a hostile page; nh3 gives a clean one in no time.
    """
    # Outlook's head alone may be longer than what is read; deeply nested pages cost their square.
    body = html[max(html.casefold().find("<body"), 0) :][: 3 * MOST_LETTERS]
    clean = nh3.clean(body, tags=set(_BLOCKS), clean_content_tags=set(_UNSEEN), attributes={})
    lines = unescape(_BLOCK.sub("\n", " ".join(clean.split()))).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
