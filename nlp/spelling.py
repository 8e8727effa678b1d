"""How people misspell: tables of likely slips for words that must be recognised.

Only slips that a hurried thumb makes are listed (a letter left out, doubled, or swapped with its
neighbour; another vowel in a long word), so that one English word is not taken for another.
"""

from collections.abc import Iterable, Iterator

VOWELS = "aeiou"


def words_of(table: str) -> frozenset[str]:
    """The words of a table written as one string."""
    return frozenset(table.split())


SHORT_FORMS: dict[str, str] = {
    "sum1": "someone",
    "some1": "someone",
    "someones": "someone",
    "somebodys": "someone",
    "somebody": "someone",
    "sumone": "someone",
    "somthing": "something",
    "sumthing": "something",
    "sumfing": "something",
    "thru": "through",
    "threw": "threw",
    "gonna": "going to",
    "gunna": "going to",
    "gona": "going to",
    "wanna": "want to",
    "wana": "want to",
    "hangin": "hanging",
    "sparkin": "sparking",
    "burnin": "burning",
    "bleedin": "bleeding",
    "comin": "coming",
    "fightin": "fighting",
    "beatin": "beating",
    "nxt": "next",
    "neighbor": "neighbour",
    "neighbors": "neighbours",
    "neigbour": "neighbour",
    "neighbours": "neighbours",
    "cannot": "cant",
    "unconcious": "unconscious",
    "unconscous": "unconscious",
    "uncounscious": "unconscious",
    "colasped": "collapsed",
    "collasped": "collapsed",
    "colapsing": "collapsing",
    "sucide": "suicide",
    "suiside": "suicide",
    "suicidle": "suicidal",
    "fyre": "fire",
    "fiyah": "fire",
    "smell": "smell",
    "smel": "smell",
    "gass": "gas",
    "gaz": "gas",
    "lek": "leak",
    "leek": "leak",
    "nife": "knife",
    "nives": "knives",
    "knive": "knife",
    "knifes": "knives",
    "shank": "knife",
    "warter": "water",
    "watter": "water",
    "elctric": "electric",
    "electic": "electric",
    "exsposed": "exposed",
    "amblance": "ambulance",
    "ambulence": "ambulance",
    "abulance": "ambulance",
    "bulding": "building",
    "bilding": "building",
    "sinkhole": "sink hole",
    "floodwater": "flood water",
    "lampost": "lamppost",
    "lamposts": "lamppost",
    "lampposts": "lamppost",
    "streetlight": "street light",
    "streetlamp": "street light",
    "alite": "alight",
    "u": "you",
    "r": "are",
    "ur": "your",
    "im": "i am",
    "ive": "i have",
    "id": "i would",
    "theres": "there is",
    "ther": "there",
    "its": "it is",
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "were": "were",
    "w": "with",
}

DANGER_WORDS = words_of(
    "alight ambulance attacked attacking assaulted beating bleeding breathing burning building "
    "ceiling chimney choking collapse collapsed collapsing dangling drowning electric electrical "
    "electrocuted explosion exploded exposed falling fighting flames flooded flooding gunshots "
    "hanging hitting injured knife machete masonry missing overdose pavement scaffolding screaming "
    "seizure smoke someone sparking sparks stabbed stabbing suicide suicidal threatened "
    "threatening toddler trapped unconscious wandering water wires abused abusing alzheimers dementia "
    "elderly vulnerable raped robbed mugged shooting fallen fire gunshot monoxide kidnapped"
)

REAL_WORDS = words_of(
    "tripped trepped troped wender sacred tapped hose stoke sock waiter wander sparse hiding flaming"
    " filling feeling beaming "
    "raced bating string praying fighting biting hitting robed files fine fore fair fare fore "
    "felling filing fathering finer wries weirs spars knaves farming fallen fellen flaked "
    "fer fir fie fare firer barning heading haling mussing massing mossing smoke smoky "
    "water waiver wafer later pavements rapid reaped roped wired wire wares "
    "wines boning bleating breeding flowed flooring "
    "abuse expose flame messing shooing shouting spark stubbing wondering"
)
"""Words that a slip could look like, but that mean themselves."""


def slips(word: str) -> Iterator[str]:
    """Likely misspellings of ``word``; its first letter stays."""
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i] + word[i:]
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if len(word) > 6 and word[i] in VOWELS:
            yield from (word[:i] + vowel + word[i + 1 :] for vowel in VOWELS)


def mend_table(words: Iterable[str], shortest: int = 4) -> dict[str, str]:
    """From a likely misspelling to the word meant; real words are never mended into others."""
    known = frozenset(words)
    table: dict[str, str] = {}
    for word in sorted(w for w in known if len(w) >= shortest):
        for slip in slips(word):
            if len(slip) >= shortest and slip not in known and slip not in REAL_WORDS:
                table.setdefault(slip, word)
    return table


DANGER_SPELLINGS: dict[str, str] = mend_table(DANGER_WORDS) | SHORT_FORMS
