"""House numbers beside a street's name, and numbers that only count things."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.text import Token, words_of

HIGHEST = 1_400
"""House numbers above this are years, amounts or references."""

REACH = 6
"""Words on either side of a street's name in which "outside number 12" belongs to it."""

REACH_OF_ONE = 24
"""The same, where no other street is named."""

_SHAPE = re.compile(r"^(?:no)?(\d{1,4})([a-z])?$")
_POINTERS = words_of(
    """
    no house houses outside opp opposite nr near by at door property properties from behind between
    beside alongside address home unit
    """
)
_FILLERS = words_of("no house houses the property my our door")
_AFTERWARDS = words_of(
    """
    and or on in of at the is has was to where which but there a it by near nr opp opposite outside with
    again hazard who they please side towards
    """
)
_ROAD_CLASSES = frozenset({"a", "b", "m"})
_JOINERS = words_of("to and or")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,4})/(\d{1,4}),?\s{1,2}$")
_LONGEST_PAIR = 14
_AMOUNT_BEFORE = re.compile(r"[:/%£$]$|\d\.$")
_AMOUNT_AFTER = re.compile(r"^.?[:/%£$]|^\.\d", re.DOTALL)
_COLUMNS = words_of(
    """
    column col lamp lamppost lampost post light streetlight lightpost lc pole bollard sign asset ref reference
    bin cabinet box stop bus route gully drain manhole
    """
)
_OF_A_COLUMN = words_of("number no ref id")


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number, with a letter or ""."""

    number: int
    letter: str

    def __str__(self) -> str:
        return f"{self.number}{self.letter.upper()}"


Span = tuple[int, int]


def house_numbers(
    text: str, words: Sequence[Token], streets: Sequence[Span]
) -> list[tuple[HouseNumber, ...]]:
    """The house numbers of each of the streets, named by ``words[first:last]`` for (first, last).

    A number counts if it stands directly before the name, or after a word such as "outside" or
    "number" nearby; "3 bags on Hazel Grove" has none. A number belongs to one street only.
    """
    taken = frozenset(i for first, last in streets for i in range(first, last))
    reader = _Reader(text, words, taken, REACH if len(streets) > 1 else REACH_OF_ONE)
    found = [reader.before(first) for first, _ in streets]
    for n, (first, last) in enumerate(streets):
        found[n] = found[n] or reader.pointed(first, last) or reader.after(last)
    return found


class _Reader:
    def __init__(self, text: str, words: Sequence[Token], taken: frozenset[int], reach: int) -> None:
        self._reach = reach
        self._text = text
        self._words = words
        self._taken = set(taken)

    def before(self, first: int) -> tuple[HouseNumber, ...]:
        """ "12 Hazel Grove", "12a, Hazel Grove", "44-46 Hazel Grove"."""
        gap = self._gap(first - 1) if first else ""
        if pair := self._slashed(first):
            return pair
        found = self._number(first - 1)
        if found is None or not re.fullmatch(r"[\s,]{1,3}", gap):
            return ()
        lower = self._number(first - 2)
        self._taken.add(first - 1)
        if lower and re.fullmatch(r"\s*[-\u2013/]\s*", self._gap(first - 2)):
            return (lower, found)
        if first > 2 and self._words[first - 2].word in _JOINERS and (lower := self._number(first - 3)):
            return (lower, found)
        return (found,)

    def _slashed(self, first: int) -> tuple[HouseNumber, ...]:
        """ "54/56 Hazel Grove", which is a range and no part."""
        found = (
            _SLASHED.search(self._text[: self._words[first].start][-_LONGEST_PAIR:]) if first > 1 else None
        )
        if found is None or not 0 < int(found[1]) < int(found[2]) <= HIGHEST:
            return ()
        self._taken.update((first - 1, first - 2))
        return (HouseNumber(int(found[1]), ""), HouseNumber(int(found[2]), ""))

    def pointed(self, first: int, last: int) -> tuple[HouseNumber, ...]:
        """ "Hazel Grove outside number 12", "outside no 12 on Hazel Grove"."""
        for place in (*range(last, last + self._reach), *range(first - 2, first - self._reach, -1)):
            if self._pointed_at(place) and (found := self._number(place)) and self._ends(place):
                self._taken.add(place)
                return (found,)
        return ()

    def after(self, last: int) -> tuple[HouseNumber, ...]:
        """ "Hazel Grove 12" and nothing that 12 could count."""
        found = self._number(last)
        gap = self._gap(last - 1)
        return (found,) if found and re.fullmatch(r",?\s{1,2}", gap) and self._closes(last) else ()

    def _pointed_at(self, place: int) -> bool:
        if not 0 < place < len(self._words):
            return False
        before = place - 1
        while before > 0 and self._words[before].word in _FILLERS and self._words[before].word != "no":
            before -= 1
        return before not in self._taken and self._words[before].word in _POINTERS

    def _ends(self, place: int) -> bool:
        """True if no counted thing follows the number."""
        if self._closes(place):
            return True
        following = self._words[place + 1].word
        return following in _AFTERWARDS or (place + 1) in self._taken

    def _closes(self, place: int) -> bool:
        if place + 1 >= len(self._words):
            return True
        return bool(re.match(r"\s*[.,;!?)\n]", self._gap(place)))

    def _number(self, place: int) -> HouseNumber | None:
        if not 0 <= place < len(self._words) or place in self._taken:
            return None
        found = _SHAPE.match(self._words[place].word)
        if not found or not 0 < int(found[1]) <= HIGHEST or self._is_amount(place):
            return None
        return HouseNumber(int(found[1]), found[2] or "")

    def _is_amount(self, place: int) -> bool:
        """True within times, dates and prices, and in "A 40"."""
        word = self._words[place]
        if (place and self._words[place - 1].word in _ROAD_CLASSES) or self._is_of_a_column(place):
            return True
        before, after = self._text[max(0, word.start - 2) : word.start], self._text[word.end : word.end + 2]
        return bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.search(after))

    def _is_of_a_column(self, place: int) -> bool:
        """True for "lamp column 15", "lamppost no 4": furniture has numbers of its own."""
        before = place - 1
        if before > 0 and self._words[before].word in _OF_A_COLUMN:
            before -= 1
        return before >= 0 and self._words[before].word in _COLUMNS and "." not in self._gap(before)

    def _gap(self, place: int) -> str:
        """The characters between a word and the next."""
        if not 0 <= place < len(self._words):
            return ""
        end = self._words[place + 1].start if place + 1 < len(self._words) else len(self._text)
        return self._text[self._words[place].end : end]
