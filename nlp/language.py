"""Guesses the language of a message from its script and its commonest words.

Good enough to choose in which language to answer, no more. The word tables are common words of
each language that English and the others do not share.
"""

import re
from collections import Counter

from nlp import foreign
from nlp.spelling import words_of

LONGEST = 600
"""Characters that are looked at."""

ENGLISH = "en"

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ur", re.compile(r"[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2\u06a9\u06af\u067e\u0686]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)
"""Tried in order: Urdu's own letters first, because it is written in the Arabic script too."""

_WORDS: dict[str, str] = {
    "cy": "mae yn ac ar wrth gyda ddim bod wedi gan hefyd diolch helo sbwriel ffordd stryd golau yw "
    "oedd eich fy os gwelwch biniau bin twll tipio anghyfreithlon rwyf eisiau mewn heb nad ond "
    "sydd dan fore prynhawn",
    "pl": "jest nie na ulicy proszę prosze śmieci smieci dziura jezdni światło swiatlo przy obok dzień "
    "dzien dobry dziękuję dziekuje jak czy są sie się tego przed dom mojego można kosz droga "
    "lampa tutaj od oraz",
    "ro": "este sunt pe stradă strada vă va rog gunoi groapă groapa nu și şi si lumina bună buna ziua "
    "mulțumesc multumesc langă langa casa mea că foarte aici pentru unde trebuie",
    "so": "waa iyo oo ku ka ayaa waxaa qashin wadada jidka iftiin mahadsanid fadlan guriga meel halkan "
    "ma aan jira waxay salaan biyo dab gurigayga hortiisa",
    "pt": "não nao está uma na rua lixo buraco obrigado obrigada por favor olá ola luz em frente muito "
    "minha há porta tem do da dos das estrada bom dia ao",
    "es": "está hay una en la calle basura por favor gracias hola luz farola los las del el que muy "
    "frente mi casa bache funciona buenos días tiene hoyo junto desde",
    "tr": "var bir ve sokakta çöp cop lütfen lutfen \u0131ş\u0131k iş\u0131k yol çukur cukur "
    "teşekkür tesekkurler "
    "merhaba önünde onunde evimin değil degil çok cok için icin caddesinde lamba yan\u0131yor",
    "en": "the is there a and on in of it my to for has been with was this that are at by we i not have "
    "you your please",
}

_SHARED = words_of("a i on in no do to at me is my bin the and of it")
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _WORDS.items():
    for _word in _words.split():
        if _language == ENGLISH or _word not in _SHARED:
            _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)

_TOKENS = re.compile(r"[^\W\d_]+")


def guess(text: str) -> str:
    """ISO 639-1 code of the likeliest language; ``en`` where nothing speaks clearly for another."""
    seen = text[:LONGEST]
    script = _by_script(seen)
    if script:
        return script
    words = _by_words(seen)
    return (foreign.language_of(seen) or words) if words == ENGLISH else words


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = sum(character.isalpha() for character in text)
    for language, script in _SCRIPTS:
        share = len(script.findall(text))
        if language == "ur" and share >= 2 and 12 * share >= letters:
            return language
        if language != "ur" and 3 * share > letters > 0:
            return language
    return None


def _by_words(text: str) -> str:
    votes = Counter(lang for word in _TOKENS.findall(text.lower()) for lang in _LANGUAGES_OF.get(word, ()))
    if not votes:
        return ENGLISH
    best, count = votes.most_common(1)[0]
    return best if best != ENGLISH and count >= 2 + votes[ENGLISH] else ENGLISH
