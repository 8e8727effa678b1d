"""The names of streets, landmarks and areas in a text, spelt well or badly."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.places import PlaceKind
from geo.gazetteer import Entry, Gazetteer, Similar
from geo.indexing import EntryKind
from geo.text import COMMON, SUFFIXES, Token, key, says_something, split_suffix, words_of

LONGEST_NAME = 6
"""Words of the longest name that is looked for."""

ANSWER_WORDS = 14
"""An answer longer than this is read as any other message."""

SIZE_POWER = 0.7
"""How a street's known points count among its namesakes."""

STRONG_SUFFIXES = words_of("rd st av la cl dr gdns cres grove pl tce sq ct way wk ms rise hl gn vale row")
"""Last words that make a street of nearly any word before them."""

_DETERMINERS = words_of(
    """
    the a an this that these those my our your his her their its some any no each every other another
    same main side whole entire all of on in off at by to and or from up down across along busy quiet
    back front near outside opp behind beside through over under two one three four both next old new
    wrong dead slip right left residential private public narrow wide first second last access cycle
    foot few
    """
)
_PLACE_WORDS = words_of("in at on near nr by opp opposite outside behind off along beside from of up down")
_QUALIFIERS = words_of("old new upr lwr upper lower nth sth north south east west great little st mt")
_AFTER_NAMES = words_of(
    """
    and or is was has have are were there where which that on in at by near opposite it they there please
    again since for with but so because today yesterday side
    """
)
_SHORTENED = words_of("st mt")
_CROSSINGS = words_of("roundabout junction end lights traffic")
_ROAD_NUMBER = re.compile(r"^[abm]\d{1,4}$")
_GAP = re.compile(r"[ \t\u00a0]{1,3}|[ ]?[-\u2013][ ]?|\.[ ]?|[ ]?&[ ]?|\n|['\u2019]")


@dataclass(frozen=True, slots=True)
class Sense:
    """One entry that a name may mean; the weights of a mention's senses add up to 1."""

    gazetteer: Gazetteer
    entry: Entry
    weight: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, the words ``first`` to before ``last``.

    ``trust`` is the probability that a place of that name is meant; ``senses`` are empty for a
    street that no gazetteer knows and for areas, which are in ``areas`` by key.
    """

    first: int
    last: int
    kind: PlaceKind
    trust: float
    phrase: str
    key: str
    senses: tuple[Sense, ...] = ()


class NameReader:
    """Finds names; ``area_names`` are the keys of wards, neighbourhoods and localities."""

    def __init__(self, gazetteers: Sequence[Gazetteer], area_names: frozenset[str]) -> None:
        self._gazetteers = tuple(gazetteers)
        self._area_names = area_names

    def read(self, text: str, words: Sequence[Token], answer: bool) -> list[Mention]:
        """All mentions, in order, none overlapping another."""
        page = _Page(text, words, answer and len(words) <= ANSWER_WORDS)
        self._exact(page)
        self._misspelt(page)
        if page.answer:
            self._misspelt_landmarks(page)
        self._without_suffix(page)
        return sorted(page.mentions, key=lambda m: m.first)

    def _exact(self, page: "_Page") -> None:
        spans = page.spans()
        keys = set(spans.values())
        found = self._named(keys)
        hits = [(first, last, k) for (first, last), k in spans.items() if k in found or k in self._area_names]
        for first, last, key_ in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
            if not page.free(first, last):
                continue
            senses = () if self._is_area(key_) else found.get(key_, ())
            kind = _kind(senses)
            trust = page.trust(first, last, kind)
            if kind is PlaceKind.STREET and trust > 0 and page.named_before(first):
                if self._longer(page, first, last):
                    continue
                trust *= 1.0 if self._area_before(spans, first) else 0.6
            if trust > 0:
                page.add(first, last, kind, trust, key_, senses)

    def _area_before(self, spans: Mapping[tuple[int, int], str], first: int) -> bool:
        """True in "Prestbury High Street": what stands before is a place of its own."""
        return any(spans.get((first - n, first)) in self._area_names for n in (1, 2, 3))

    def _is_area(self, key_: str) -> bool:
        """True for a village that is in the table of streets too."""
        return key_ in self._area_names and not split_suffix(key_)[1]

    def _named(self, keys: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
        pairs: dict[str, list[tuple[Gazetteer, Entry]]] = {}
        for gazetteer in self._gazetteers:
            for key_, entries in gazetteer.named(keys).items():
                pairs.setdefault(key_, []).extend((gazetteer, e) for e in entries)
        return {key_: _senses(_preferred(held)) for key_, held in pairs.items()}

    def _misspelt(self, page: "_Page") -> None:
        for last in page.suffix_ends():
            options = [o for n in (1, 2, 3) if (o := self._spelling(page, last - n - 1, last))]
            if options:
                _, trust, first, senses = min(options, key=lambda o: (o[0], o[2]))
                page.add(first, last, PlaceKind.STREET, trust, page.key(first, last), senses)
            else:
                page.add_unknown(last)

    def _longer(self, page: "_Page", first: int, last: int) -> bool:
        """Note the street whose longer name the words misspell: "Warden Hal Road", not "Hal Road"."""
        option = self._spelling(page, first - 1, last)
        if option is None or option[0] >= 1:
            return False
        page.add(first - 1, last, PlaceKind.STREET, option[1], page.key(first - 1, last), option[3])
        return True

    def _spelling(
        self, page: "_Page", first: int, last: int
    ) -> "tuple[float, float, int, tuple[Sense, ...]] | None":
        """Cost, trust, first word and senses of the street that the words may misspell."""
        if first < 0 or not page.free(first, last) or not page.joined(first, last):
            return None
        stem_words = [w.word for w in page.words[first : last - 1]]
        if stem_words[0] in _DETERMINERS - _QUALIFIERS or not says_something(stem_words):
            return None
        stem, suffix = "".join(stem_words), page.words[last - 1].word
        for allowed, suffix_, trust in _attempts(stem, suffix, page.answer):
            if found := self._similar(stem, suffix_, allowed):
                names = len({(s.entry.name, s.suffix) for _, s in found})
                edits = found[0][1].edits
                senses = _senses([(g, s.entry) for g, s in found])
                return edits / len(stem) + (suffix_ is None), trust / names**0.3, first, senses
        return None

    def _similar(self, stem: str, suffix: str | None, edits: int) -> list[tuple[Gazetteer, Similar]]:
        found = [(g, s) for g in self._gazetteers for s in g.similar(stem, suffix, edits)]
        found = [(g, s) for g, s in found if s.edits < 2 or key(s.entry.name)[0] == stem[0]]
        best = min((s.edits for _, s in found), default=0)
        return [(g, s) for g, s in found if s.edits == best][:4]

    def _without_suffix(self, page: "_Page") -> None:
        for first, last in page.bare_names():
            stem = "".join(w.word for w in page.words[first:last])
            if not page.free(first, last) or page.key(first, last) in self._area_names:
                continue
            edits = 1 if page.answer and len(stem) >= 6 else 0
            if found := self._similar(stem, None, edits):
                names = len({(s.entry.name, s.suffix) for _, s in found})
                trust = (0.85 if page.answer else 0.6) / (1 if page.answer else names)
                senses = _senses([(g, s.entry) for g, s in found])
                page.add(first, last, PlaceKind.STREET, trust, page.key(first, last), senses)

    def _misspelt_landmarks(self, page: "_Page") -> None:
        for (first, last), key_ in page.spans().items():
            joined = key_.replace(" ", "")
            if len(joined) < 6 or page.words[first].word in COMMON or not page.free(first, last):
                continue
            edits = 2 if len(joined) >= 10 else 1
            found = [(g, s.entry) for g in self._gazetteers for s in g.similar_landmarks(joined, edits)]
            if found:
                senses = _senses(found[:4])
                page.add(first, last, PlaceKind.LANDMARK, 0.8, key_, senses)


def _attempts(stem: str, suffix: str, answer: bool) -> Iterator[tuple[int, str | None, float]]:
    """Edits allowed, suffix required and trust, surest first."""
    yield 0, suffix, 0.95
    if len(stem) >= 4:
        yield 1, suffix, 0.75 if len(stem) < 6 else 0.93
    if len(stem) >= 5:
        yield 0, None, 0.6
    if len(stem) >= 8:
        yield 2, suffix, 0.85
    if len(stem) >= 12:
        yield 3, suffix, 0.7
    if answer and len(stem) >= 6:
        yield 1, None, 0.5


def _kind(senses: Sequence[Sense]) -> PlaceKind:
    if not senses:
        return PlaceKind.AREA
    street = any(s.entry.kind is EntryKind.STREET for s in senses)
    return PlaceKind.STREET if street else PlaceKind.LANDMARK


def _preferred(held: list[tuple[Gazetteer, Entry]]) -> list[tuple[Gazetteer, Entry]]:
    """Streets, where streets and stops or shops share a name."""
    streets = [(g, e) for g, e in held if e.kind is EntryKind.STREET]
    others = [(g, e) for g, e in held if e.kind is not EntryKind.STOP]
    return streets or others or held


def _senses(held: Sequence[tuple[Gazetteer, Entry]]) -> tuple[Sense, ...]:
    """Senses by how much is known of each: a long or often reported street is meant more often."""
    sizes = [len(e.points) ** SIZE_POWER if e.kind is EntryKind.STREET else 1.0 for _, e in held]
    return tuple(Sense(g, e, size / sum(sizes)) for (g, e), size in zip(held, sizes, strict=True))


class _Page:
    """A text being read: its words, and which of them belong to a mention."""

    def __init__(self, text: str, words: Sequence[Token], answer: bool) -> None:
        self.text = text
        self.words = words
        self.answer = answer
        self.mentions: list[Mention] = []
        self._taken: set[int] = set()
        letters = [c for c in text[:400] if c.isalpha()]
        uppers = sum(c.isupper() for c in letters)
        self._shouted = uppers > 0.7 * len(letters)
        self._plain = not any(c.isupper() for c in text[1:])
        self._joined = [self._is_joined(i) for i in range(len(words) - 1)]

    def _between(self, place: int) -> str:
        return self.text[self.words[place].end : self.words[place + 1].start]

    def _is_joined(self, place: int) -> bool:
        """True if the next word may belong to the same name: a full stop only shortens "St." and "Mt."."""
        gap = self._between(place)
        if "." in gap and self.words[place].word not in _SHORTENED:
            return False
        return bool(_GAP.fullmatch(gap))

    def joined(self, first: int, last: int) -> bool:
        """True if nothing but spaces and the like stands between the words."""
        return all(self._joined[first : last - 1])

    def spans(self) -> dict[tuple[int, int], str]:
        """Keys of all runs of words."""
        found = {}
        for first in range(len(self.words)):
            key_ = self.words[first].word
            found[first, first + 1] = key_
            for last in range(first + 2, min(first + LONGEST_NAME, len(self.words)) + 1):
                if not self._joined[last - 2]:
                    break
                key_ = f"{key_} {self.words[last - 1].word}"
                found[first, last] = key_
        return found

    def key(self, first: int, last: int) -> str:
        """The key of a run of words."""
        return " ".join(w.word for w in self.words[first:last])

    def phrase(self, first: int, last: int) -> str:
        """A run of words as written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def free(self, first: int, last: int) -> bool:
        """True if no mention has one of the words."""
        return self._taken.isdisjoint(range(first, last))

    def add(
        self, first: int, last: int, kind: PlaceKind, trust: float, key_: str, senses: tuple[Sense, ...]
    ) -> None:
        """Note a mention."""
        self._taken.update(range(first, last))
        self.mentions.append(Mention(first, last, kind, trust, self.phrase(first, last), key_, senses))

    def add_unknown(self, last: int) -> None:
        """Note a street that is not in the gazetteer: the words with capitals before its last word."""
        first = last - 1
        while first > 0 and last - first < 4 and self._may_begin(first - 1):
            first -= 1
        if first < last - 1:
            self.add(first, last, PlaceKind.STREET, 0.0, self.key(first, last), ())

    def _may_begin(self, place: int) -> bool:
        word = self.words[place]
        named = word.word not in COMMON and not word.word.isdigit() and (word.capital or self.answer)
        return named and self._joined[place] and place not in self._taken

    def suffix_ends(self) -> list[int]:
        """Where a street's name that is not yet found may end."""
        return [
            i + 1
            for i, w in enumerate(self.words)
            if i and w.word in STRONG_SUFFIXES and i not in self._taken and self._joined[i - 1]
            if not self._part_of_longer(i, i + 1)
        ]

    def bare_names(self) -> Iterator[tuple[int, int]]:
        """Runs of one to three words that may be a street's name without its last word."""
        for length in (3, 2, 1):
            for first in range(len(self.words) - length + 1):
                last = first + length
                if self.free(first, last) and self.joined(first, last) and self._is_bare(first, last):
                    yield first, last

    def _is_bare(self, first: int, last: int) -> bool:
        words = self.words[first:last]
        if any(w.word in COMMON or w.word.isdigit() or w.word == "&" for w in (words[0], words[-1])):
            return False
        if len("".join(w.word for w in words)) < (4 if self.answer else 5):
            return False
        if self.answer:
            return True
        placed = first > 0 and self.words[first - 1].word in _PLACE_WORDS
        placed = placed or self._at_crossing(first, last)
        return placed and not self._shouted and all(w.capital for w in words) and not self._goes_on(last)

    def _at_crossing(self, first: int, last: int) -> bool:
        """True beside a slash, and before "roundabout" or "end"."""
        if last < len(self.words) and self.words[last].word in _CROSSINGS:
            return True
        before = first > 0 and "/" in self._between(first - 1)
        return before or (last < len(self.words) and "/" in self._between(last - 1))

    def named_before(self, first: int) -> bool:
        """True if a word with a capital that says something stands directly before, in a sentence."""
        if first < 2 or not self._joined[first - 1] or first - 1 in self._taken:
            return False
        word = self.words[first - 1]
        named = word.capital and word.word not in COMMON and not word.word[0].isdigit()
        named = named and not self.text[word.start : word.end].isupper()
        starts = not self._joined[first - 2] or "." in self._between(first - 2)
        return named and not starts and not self._shouted and len(word.word) > 2

    def _goes_on(self, last: int) -> bool:
        """True if the name goes on, as in "Hazel Primary" and "Prince of Wales"."""
        if last >= len(self.words) or not self._joined[last - 1]:
            return False
        return self.words[last].capital or self.words[last].word == "of"

    def trust(self, first: int, last: int, kind: PlaceKind) -> float:
        """The probability that these words, which are a name, are used as one."""
        words = [w.word for w in self.words[first:last]]
        if self._part_of_longer(first, last):
            return 0.0
        if len(words) == 1:
            return self._trust_of_one(first, kind)
        suffixed = words[-1] in SUFFIXES
        stem = words[:-1] if suffixed else words
        if says_something(stem):
            value = 0.97 if suffixed or self._capital(first, last) else 0.92
        else:
            value = self._trust_of_common(first, last, stem, suffixed)
        return value * self._qualified(first)

    def _trust_of_common(self, first: int, last: int, stem: list[str], suffixed: bool) -> float:
        """Trust in names made of everyday words: "High Street", "The Park"."""
        capital = self._capital(first, last) and not self._shouted
        words = [w.word for w in self.words[first:last]]
        if all(word in _DETERMINERS for word in stem):
            return 0.8 if capital and first > 0 else 0.0
        if suffixed or (len(words) > 2 and STRONG_SUFFIXES.intersection(words[1:])):
            return 0.92 if capital else 0.9 if self._plain else 0.8
        return 0.6 if capital else 0.7 if self._pointed_out(first, last) else 0.0

    def _trust_of_one(self, place: int, kind: PlaceKind) -> float:
        word = self.words[place]
        if _ROAD_NUMBER.match(word.word):
            return 0.9
        if word.word in COMMON or word.word in SUFFIXES or len(word.word) < 4 or word.word.isdigit():
            known = kind is PlaceKind.LANDMARK and self._pointed_out(place, place + 1)
            return 0.7 if known and not word.word.isdigit() else 0.0
        if self.answer:
            return 0.85
        placed = place > 0 and self.words[place - 1].word in (_PLACE_WORDS | {"the"})
        if word.capital and not self._shouted and (placed or place > 0 or kind is PlaceKind.AREA):
            return 0.85 if placed else 0.6
        return 0.6 if placed and kind is not PlaceKind.LANDMARK and len(word.word) > 4 else 0.0

    def _pointed_out(self, first: int, last: int) -> bool:
        """True in "by the park", and where an answer is "park" and nothing else."""
        if self.answer and last - first == len(self.words):
            return True
        if first == 0 or self.words[first - 1].word != "the" or self._goes_on_lower(last):
            return False
        return self.words[first - 2].word in _PLACE_WORDS if first > 1 else self.answer

    def _goes_on_lower(self, last: int) -> bool:
        """True if a word follows that may belong to the name: "the park bench"."""
        return last < len(self.words) and self._joined[last - 1] and self.words[last].word not in _AFTER_NAMES

    def _part_of_longer(self, first: int, last: int) -> bool:
        """True for "Hazel Grove" in "Hazel Grove Road"."""
        follows = last < len(self.words) and self._joined[last - 1]
        return follows and self.words[last].word in STRONG_SUFFIXES and last not in self._taken

    def _qualified(self, first: int) -> float:
        """Less trust in "Brook Road" within "Upper Brook Road"."""
        if first == 0 or not self._joined[first - 1] or not self.words[first - 1].capital or self._shouted:
            return 1.0
        return 0.4 if self.words[first - 1].word in _QUALIFIERS else 1.0

    def _capital(self, first: int, last: int) -> bool:
        return all(w.capital or len(w.word) < 3 for w in self.words[first:last])
