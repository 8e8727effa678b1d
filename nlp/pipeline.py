"""The spaCy pipeline: a blank English one with two components of our own.

``streetcall_forms`` gives every token its plain form (lower case, singular, common misspellings
of known words mended) as its norm; ``streetcall_evidence`` looks the vocabulary's phrases up by
those norms and leaves their keys in ``doc.user_data``. A trained text categoriser can stand
behind them as a third component.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.phrases import Phrase, phrase_of, plain_form
from nlp.spelling import mend_table

FOUND = "streetcall_found"
"""The key in ``doc.user_data`` under which the evidence lies: a set of phrase keys."""

FUZZY_FROM = 5
"""Words of at least so many letters are recognised in spite of one slip."""


class Forms:
    """The component that gives each token its plain form."""

    def __init__(self, known: Iterable[str]) -> None:
        words = frozenset(known)
        self._mended = mend_table(words, FUZZY_FROM)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``norm`` of every token."""
        mended = self._mended
        for token in doc:
            form = plain_form(token.lower_)
            token.norm_ = mended.get(form, form)
        return doc


class Evidence:
    """The component that finds the vocabulary's phrases."""

    def __init__(self, vocab: Vocab, phrases: Iterable[Phrase]) -> None:
        self._strings = vocab.strings
        self._exact = PhraseMatcher(vocab, attr="NORM")
        self._starred = Matcher(vocab)
        stems: set[str] = set()
        for phrase in phrases:
            if phrase.starred:
                stems.update(part[:-1] for part in phrase.parts if part.endswith("*"))
                self._starred.add(phrase.key, [[_condition(part) for part in phrase.parts]])
            else:
                self._exact.add(phrase.key, [_as_doc(vocab, phrase.parts)])
        self._stems = re.compile("|".join(map(re.escape, sorted(stems)))) if stems else None

    def __call__(self, doc: Doc) -> Doc:
        """Leave the keys of all phrases found in ``doc.user_data``."""
        found = {self._strings[key] for key, _, _ in self._exact(doc)}
        if self._stems is not None and self._stems.search(doc.text.lower()):
            found.update(self._strings[key] for key, _, _ in self._starred(doc))
        doc.user_data[FOUND] = found
        return doc


def _condition(part: str) -> dict[str, object]:
    if part.endswith("*"):
        return {"LOWER": {"REGEX": "^" + re.escape(part[:-1])}}
    return {"NORM": part}


def _as_doc(vocab: Vocab, parts: tuple[str, ...]) -> Doc:
    doc = Doc(vocab, words=list(parts))
    for token, part in zip(doc, parts, strict=True):
        token.norm_ = part
    return doc


@Language.factory("streetcall_forms", default_config={"known": []})
def make_forms(nlp: Language, name: str, known: list[str]) -> Forms:
    """The forms component, for ``nlp.add_pipe``."""
    return Forms(known)


@Language.factory("streetcall_evidence", default_config={"phrases": []})
def make_evidence(nlp: Language, name: str, phrases: list[str]) -> Evidence:
    """The evidence component, for ``nlp.add_pipe``."""
    return Evidence(nlp.vocab, filter(None, map(phrase_of, phrases)))


@dataclass(frozen=True, slots=True)
class Found:
    """What the pipeline saw in a text: the phrases' keys and all plain forms, in order."""

    phrases: frozenset[str]
    forms: tuple[str, ...]


class Pipeline:
    """The spaCy pipeline over one vocabulary; safe to use from several threads."""

    def __init__(self, phrases: Mapping[str, Phrase], known: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._nlp = spacy.blank("en")
        self._nlp.add_pipe("streetcall_forms", config={"known": sorted(known)})
        self._nlp.add_pipe("streetcall_evidence", config={"phrases": sorted(phrases)})

    def find(self, text: str) -> Found:
        """What the vocabulary knows of in this text."""
        with self._lock, self._nlp.memory_zone():
            doc = self._nlp(text)
            return Found(frozenset(doc.user_data[FOUND]), tuple(token.norm_ for token in doc))
