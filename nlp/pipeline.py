"""The spaCy pipeline: a blank English one whose lexemes know their plain form and their stem.

A word's plain form (lower case, singular, common misspellings of known words mended) is its
lexeme's NORM, the longest starred stem that it begins with its lexeme's SHAPE: worked out once
for each word, not for each token. The component ``streetcall_evidence`` looks the vocabulary's
phrases up by these and leaves their keys in ``doc.user_data``. Behind it stands, where there is a
trained model, ``streetcall_categories`` (:mod:`nlp.categoriser`), which reads the text as it came.
"""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

import spacy
from spacy.attrs import LOWER, NORM, SHAPE  # type: ignore[import-not-found]  # compiled, no stub
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.categoriser import ODDS, QUICK, TEXT
from nlp.features import Floats
from nlp.phrases import Phrase, phrase_of, plain_form
from nlp.spelling import mend_table
from nlp.trained import TrainedModel

FOUND = "streetcall_found"
"""The key in ``doc.user_data`` under which the evidence lies: a set of phrase keys."""

FUZZY_FROM = 5
"""Words of at least so many letters are recognised in spite of one slip."""

_TOKENS = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Found:
    """What the pipeline saw in a text: the phrases' keys, how many tokens there were, and the log odds
    of the trained model's classes, where there is one."""

    phrases: frozenset[str]
    tokens: int
    odds: Floats | None = None


def split_words(text: str) -> list[str]:
    """The words and punctuation marks of a text."""
    return _TOKENS.findall(text)


class Stems:
    """The starred parts of the vocabulary, and which of them a word begins with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._stems = frozenset(part[:-1] for p in phrases for part in p.parts if part.endswith("*"))
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)

    def longest(self, word: str) -> str:
        """The longest stem that the word begins with, or nothing."""
        lower = word.lower()
        return next((lower[:n] for n in self._lengths if lower[:n] in self._stems), "")

    def covered(self, stem: str) -> list[str]:
        """The stem and all longer ones that begin with it."""
        return [longer for longer in self._stems if longer.startswith(stem)]


class Evidence:
    """The component that finds the vocabulary's phrases."""

    def __init__(self, vocab: Vocab, phrases: Iterable[Phrase], stems: Stems) -> None:
        self._strings = vocab.strings
        self._exact = PhraseMatcher(vocab, attr="NORM")
        self._stemmed = PhraseMatcher(vocab, attr="SHAPE")
        self._mixed = Matcher(vocab)
        for phrase in phrases:
            self._add(vocab, phrase, stems)

    def _add(self, vocab: Vocab, phrase: Phrase, stems: Stems) -> None:
        if not phrase.starred:
            self._exact.add(phrase.key, [_as_doc(vocab, phrase.parts)])
        elif len(phrase.parts) == 1:
            covered = stems.covered(phrase.parts[0][:-1])
            self._stemmed.add(phrase.key, [_as_doc(vocab, (stem,)) for stem in covered])
        else:
            self._mixed.add(phrase.key, [list(p) for p in product(*(_ways(p, stems) for p in phrase.parts))])

    def __call__(self, doc: Doc) -> Doc:
        """Leave the keys of all phrases found in ``doc.user_data``."""
        matches = (*self._exact(doc), *self._stemmed(doc), *self._mixed(doc))
        doc.user_data[FOUND] = frozenset(self._strings[key] for key in {match[0] for match in matches})
        return doc


def _ways(part: str, stems: Stems) -> list[dict[str, str]]:
    if part.endswith("*"):
        return [{"SHAPE": stem} for stem in stems.covered(part[:-1])]
    return [{"NORM": part}]


def _as_doc(vocab: Vocab, parts: tuple[str, ...]) -> Doc:
    return Doc(vocab, words=list(parts))


class WordTokenizer:
    """Makes a Doc of the words of a text, faster and plainer than spaCy's rules for English."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a Doc; blanks are not kept."""
        return Doc(self._vocab, words=split_words(text))


def _norm_of(known: Iterable[str]) -> Callable[[str], str]:
    mended = mend_table(known, FUZZY_FROM)

    def norm(word: str) -> str:
        form = plain_form(word)
        return mended.get(form, form)

    return norm


@Language.factory("streetcall_evidence", default_config={"phrases": []})
def make_evidence(nlp: Language, name: str, phrases: list[str]) -> Evidence:
    """The evidence component, for ``nlp.add_pipe``."""
    known = [phrase for phrase in map(phrase_of, phrases) if phrase is not None]
    return Evidence(nlp.vocab, known, Stems(known))


class Pipeline:
    """The spaCy pipeline over one vocabulary's phrases; safe to use from several threads."""

    def __init__(self, keys: Iterable[str], model: TrainedModel | None = None, authority: str = "") -> None:
        written = sorted(keys)
        phrases = [phrase for phrase in map(phrase_of, written) if phrase is not None]
        known = {part for phrase in phrases for part in phrase.parts if not part.endswith("*")}
        getters = {LOWER: str.lower, NORM: _norm_of(known), SHAPE: Stems(phrases).longest}
        self._lock = threading.Lock()
        self._nlp = spacy.blank("en", vocab=Vocab(lex_attr_getters=getters))
        self._nlp.tokenizer = WordTokenizer(self._nlp.vocab)
        self._nlp.add_pipe("streetcall_evidence", config={"phrases": written})
        if model is not None:
            asked = {"folder": str(model.folder), "authority": authority, "small": model.small}
            self._nlp.add_pipe("streetcall_categories", config=asked)

    def find(self, text: str, as_it_came: str = "", quick: bool = False) -> Found:
        """What the vocabulary knows of in this text, and what the model makes of it as it came.

        ``quick`` leaves the sentence encoder out.
        """
        with self._lock, self._nlp.memory_zone():
            doc = self._nlp.make_doc(text)
            doc.user_data |= {TEXT: as_it_came or text, QUICK: quick}
            doc = self._nlp(doc)
            return Found(doc.user_data[FOUND], len(doc), doc.user_data.get(ODDS))
