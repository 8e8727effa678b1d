"""Gettext catalogues: the sentence for a key, in somebody's language.

Message ids are dotted keys such as ``report.filed``; English is a translation like any other,
and the one that others fall back to.
"""

import gettext
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class _Language:
    """One language's sentences: each key with its forms, and which form goes with a number."""

    forms: Mapping[str, tuple[str, ...]]
    form_for: Callable[[int], int]


class Catalogue:
    """The sentences in ``folder/<language>/LC_MESSAGES/<domain>.po``, read once.

    Raises ValueError if there is no English catalogue.
    """

    def __init__(self, folder: Path, domain: str = "streetcall") -> None:
        files = sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))
        self._languages = {_normal(file.parent.parent.name): _read(file) for file in files}
        if ENGLISH not in self._languages:
            raise ValueError(f"there is no English catalogue {domain}.po in {folder}")

    def text(self, key: str, language: str, /, **parameters: object) -> str:
        """The sentence, filled in; English where the language lacks it. KeyError if unknown."""
        return self._find(key, language).forms[key][0].format_map(parameters)

    def plural(self, key: str, n: int, language: str, /, **parameters: object) -> str:
        """The form of the sentence that goes with ``n``, which it may show as ``{n}``."""
        found = self._find(key, language)
        forms = found.forms[key]
        form = forms[min(found.form_for(n), len(forms) - 1)]
        return form.format_map({"n": n, **parameters})

    def keys(self) -> frozenset[str]:
        """Every key that has an English sentence."""
        return frozenset(self._languages[ENGLISH].forms)

    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue, English first."""
        return tuple(sorted(self._languages, key=lambda code: (code != ENGLISH, code)))

    def mistranslated(self) -> tuple[tuple[str, str], ...]:
        """(language, key) of the sentences which English lacks or fills with other placeholders."""
        return tuple(
            (language, key)
            for language in self.languages()
            for key, forms in sorted(self._languages[language].forms.items())
            if not self._agrees(key, forms)
        )

    def _agrees(self, key: str, forms: tuple[str, ...]) -> bool:
        english = self._languages[ENGLISH].forms.get(key)
        if english is None:
            return False
        wanted = placeholders(*english) | {"n"} if len(english) > 1 else placeholders(*english)
        return placeholders(*forms) <= wanted and placeholders(*english) <= placeholders(*forms) | {"n"}

    def _find(self, key: str, language: str) -> _Language:
        wanted = _normal(language)
        for code in (wanted, wanted.partition("_")[0], ENGLISH):
            found = self._languages.get(code)
            if found and key in found.forms:
                return found
        raise KeyError(key)


def placeholders(*sentences: str) -> frozenset[str]:
    """The names in braces that the sentences want filled."""
    fields = (field for text in sentences for _, field, _, _ in string.Formatter().parse(text))
    return frozenset(field for field in fields if field is not None)


def _normal(language: str) -> str:
    return language.replace("-", "_").lower()


def _read(file: Path) -> _Language:
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=file.parent.parent.name, abort_invalid=True)
    forms = {key: texts for key, texts in map(_entry, catalog) if key and all(texts)}
    return _Language(forms, gettext.c2py(catalog.plural_expr))


def _entry(message: Message) -> tuple[str, tuple[str, ...]]:
    """A message's key and forms; no forms count where the translator was unsure (fuzzy)."""
    key = message.id if isinstance(message.id, str) else message.id[0]
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
    return key, ("",) if message.fuzzy else texts
