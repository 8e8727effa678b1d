"""Words of a message in the form in which names are compared, with their offsets."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 4000
"""Characters of a message that are read; a place comes early."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2018`\u00b4][^\W_]+)*|&", re.UNICODE)
_APOSTROPHE = re.compile(r"['\u2019\u2018`\u00b4]")

# One spelling stands for all; "st" is both street and saint, so that neither has to be guessed.
_SPELLINGS = {
    "rd": "road roads raod roda raed rds",
    "st": "street stret sreet steet streeet streat stereet str saint streets sts",
    "av": "avenue avenu aveneu avanue avenus ave aven avenues avn",
    "la": "lane lne laen ln lanes",
    "cl": "close colse cloes clo",
    "dr": "drive dirve drve drv",
    "gdns": "gardens gardnes gardins gdn gds gardns gdens grdns",
    "cres": "crescent cresent crescant cresant cresc cr crs",
    "grove": "grv gr grov gve",
    "pl": "place palce plce plc",
    "tce": "terrace terace terrece terr ter",
    "sq": "square sqaure squre",
    "pk": "park prk",
    "ct": "court crt",
    "wk": "walk wlk",
    "gn": "green grn",
    "hl": "hill",
    "bdy": "broadway bwy bdwy",
    "pde": "parade",
    "hse": "house",
    "est": "estate",
    "stn": "station sta",
    "ctr": "centre center",
    "rbt": "roundabout rdbt rndbt",
    "ms": "mews",
    "app": "approach",
    "mt": "mount",
    "jn": "junction jct jnc junc jctn junct",
    "cnr": "corner crnr",
    "opp": "opposite",
    "nr": "near",
    "no": "number num nos numbers",
    "and": "&",
    "nth": "north",
    "sth": "south",
    "lwr": "lower",
    "upr": "upper",
}
CANONICAL = {spelling: short for short, all_ in _SPELLINGS.items() for spelling in all_.split()}


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its compared spelling, and where it stands in the text."""

    word: str
    start: int
    end: int
    capital: bool


def canonical(word: str) -> str:
    """The spelling in which a word is compared: no case, accents, apostrophes or abbreviations."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = _APOSTROPHE.sub("", word).casefold()
    return CANONICAL.get(bare, bare)


def words_of(table: str) -> frozenset[str]:
    """The words of a table, in their compared spelling."""
    return frozenset(canonical(word) for word in table.split())


SUFFIXES = words_of(
    """
    rd st av la cl dr gdns cres grove pl tce sq pk ct wk gn hl bdy pde ms way rise vale row yard view
    end gate bank bypass app passage path circus croft orchard villas field fields mead meadow meadows
    drove reach wharf quay heath lawn lawns chase dene dale ridge cottages rbt alley mount wood woods
    crossway promenade piece leys acre acres hurst copse ride spinney bridge cut approach buildings
    """
)
"""Last words of street names, in their compared spelling."""

COMMON = words_of(
    """
    a an the this that these those my our your his her their its some any no not and or of off on in at
    by to from for with near outside opposite opp behind beside between along across up down over under
    main side back front whole same other another every each all both next last first second busy quiet
    narrow private residential public one two three four five six dead wrong right left top bottom far
    new old big small long wide entire is are was were be been has have had it there here where when who
    which what road rd street st lane la park pk hill hl green gn court ct place pl house hse close cl
    way walk wk view end gate bank field fields path bridge grove row yard rise square sq drive dr
    garden gdns estate est station stn school church shop shops pub library centre ctr surgery hospital
    playground garage garages crossing pavement bin bins tree trees light lights lamp post sign signs
    bus stop corner cnr jn nr car cars bike local nearby around high parade pde terrace tce mews ms wood
    woods heath meadow piece ride cut orchard please thanks thank you hi hello dear town village city
    council borough north south east west nth sth market river canal railway common river pond lake
    cross halfway very same cycle foot slip access through gravel tarmac whole stretch entire entrance
    alley drain block flat flats building property venue
    """
)
"""Words that say nothing about which place, in their compared spelling."""


def tokens(text: str) -> list[Token]:
    """The words of a text, at most its first ``LONGEST`` characters."""
    return [
        Token(canonical(found.group()), found.start(), found.end(), found.group()[0].isupper())
        for found in _WORD.finditer(text[:LONGEST])
    ]


def key(name: str) -> str:
    """The form in which two spellings of a name are equal."""
    return " ".join(token.word for token in tokens(name))


def split_suffix(key_: str) -> tuple[str, str]:
    """A street's key as its stem without spaces and its last word, "" if that is part of the name."""
    words = key_.split()
    if len(words) > 1 and words[-1] in SUFFIXES:
        return "".join(words[:-1]), words[-1]
    return "".join(words), ""


def says_something(words: list[str]) -> bool:
    """True if at least one of the words is more than a common one."""
    return any(word not in COMMON and not word.isdigit() for word in words)


def titled(name: str) -> str:
    """A name in capitals as people write it; others as they are."""
    if name != name.upper():
        return name
    return re.sub(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", lambda m: m.group().capitalize(), name)
