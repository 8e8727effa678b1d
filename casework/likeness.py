"""How alike are two accounts: the probability that they tell of one problem.

The place weighs most: how well two points agree, given how well each is known. Then the words, the
house, the photo and the time. Each piece of evidence has a weight in one table; their sum is the
logarithm of the odds. The weights come from a logistic regression on 237 pairs of development reports that
were judged without knowing what had been decided, held near what reason says (tests/blind_pairs.py).
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.cases import Report
from casework.packs import Category, Pack
from casework.places import PlaceCandidate, PlaceKind, Point, distance_m

AT_ONCE = timedelta(minutes=30)
"""So soon after each other and some way apart, the same words are one person's walk along a street."""

WEIGHTS: Mapping[str, float] = {
    "base": -0.8,
    "place": 0.4,
    "apart": -1.0,
    "kin": -0.8,
    "age": -1.1,
    "words": 1.4,
    "all_words": 1.1,
    "other_words": -1.3,
    "echo": -2.0,
    "other_colour": -2.1,
    "tells_new": -1.2,
    "tells_still": 1.2,
    "other_street": -1.5,
    "same_house": 0.9,
    "other_house": -2.6,
    "other_household": -6.0,
    "same_photo": 5.0,
}
"""What each piece of evidence adds to the logarithm of the odds."""

LONGEST_LIFE = 3.0
"""Nobody looks for a case whose last report is older than so many lives of its category."""

ALONE_M = 400.0
"""How far apart two problems of one kind are by chance."""

ALIKE_PHOTOS = 6
"""Photos whose hashes differ in no more bits show the same."""

_NAMED_STREETS = frozenset({PlaceKind.ADDRESS, PlaceKind.STREET})
_HOUSE = re.compile(r"^(\d+\s*[a-z]?)\b", re.IGNORECASE)
_HOUSE_TOLD = re.compile(
    r"\b(?:outside|opposite|opp|numbers?|nos?|front of|by|at|near|behind|between)\W{1,2}"
    r"(?:no\W{0,2}|number )?(\d{1,3}[a-z]?)\b"
    r"(?!\s*(?:[ap]m|hours?|days?|weeks?|months?|years?|met(?:re|er)s?|m|times|f[eo]+t|ft|%))",
    re.IGNORECASE,
)
_ADDRESS_TOLD = re.compile(
    r"\b(\d{1,3}[a-z]?),? (?:[^\W\d]+ ){1,3}(?:road|rd|street|st|avenue|ave|lane|close|grove|gardens|crescent"
    r"|drive|terrace|place|way|hill|court|square)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(another|new|newly|more|additional|further|reappeared"
    r"|(?:after|since) (?:it was|being) (?:removed|cleared))\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(still|2nd|second|3rd|third) (report|time|attempt|request|there|not|here|hasn|waiting|broken|out)"
    r"|\b(reported|told you) (this|it|before|already|previously|last|on|\d|a|several|many)"
    r"|\b(not|hasn.?t|haven.?t) (yet )?been (removed|cleared|collected|fixed|repaired|picked|cleaned)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_DULL_WORDS = """
about above across additional after again all along already also and another any appears are area around
asap attach attached attempt back because been before behind being beside between bit bottom but can
cannot cause causing clean cleaned clear cleared clearing collect collected collecting collection
consistent consistently constant constantly containing contains corner could council criminal damage day
days dear did does done due end every evidence fix for from front full further get getting goes going got
had hand has have hello help her here his how image images into issue item items its just keep kindly know
large last left like load located location long look lot lots madam made mainly make many may more most
much near need needed needs never new next not now number off one only onto opposite other our out outside
over own part past people photo photos pick picked picture pictures place placed please pls plz previously
problem put quite really regular removal remove removed removing report reported reporting reports
residents right road second see seem seems several should show shown side sides since sir small some
someone soon sort still street such take taken than thank thanks that the their them then there these they
thing things third this those though through time times today too top towards two under until urgent
urgently use very was way week weeks well were what when where which while who whole why will with would
year years yesterday you your
"""
_DULL = frozenset(_DULL_WORDS.split())

_COMMON_WORDS = """
bag bags bin blight block box broken car corner danger dirt dirty dog dump dumped fli fly flytip flytipp
graff graffiti grafitti hazard hole household item junction junk kerb lamp lane light litter mess metr
obstruct park path pavement pedestrian piec pil pole poo post pothol rat rubbish safety section sign spill
spot street tag tip tipp trash tree unsightly van vehicl wall wast water
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that many reports of one kind share, as they are stemmed: they count for little."""

COMMON_WEIGHT = 0.35

_COLOURS = frozenset(
    (
        "black",
        "blue",
        "brown",
        "gold",
        "green",
        "grey",
        "orange",
        "pink",
        "purple",
        "red",
        "silver",
        "white",
        "yellow",
    )
)
"""Words that tell nothing of one problem and not of another."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared of a report.

    ``houses`` are the numbers that it names; ``cue`` is "new" or "still" where the words say that it
    is one more, or the one that was told before; ``photos`` difference hashes of 16 hexadecimal digits.
    """

    category: str
    point: Point
    uncertainty_m: float
    label: str
    kind: str
    words: frozenset[str]
    at: datetime
    houses: frozenset[str] = frozenset()
    cue: str = ""
    photos: tuple[str, ...] = ()


def account_of(report: Report, photos: Iterable[str] = ()) -> Account:
    """What is compared of a stored report."""
    place = PlaceCandidate(
        report.latitude,
        report.longitude,
        1.0,
        report.label,
        report.ward,
        PlaceKind(report.place_kind),
        report.uncertainty_m,
    )
    return account_told(report.category, report.text, place, report.created_at, photos)


def account_told(
    category: str, text: str, place: PlaceCandidate, at: datetime, photos: Iterable[str] = ()
) -> Account:
    """What is compared of what somebody told at that time."""
    return Account(
        category=category,
        point=place.point,
        uncertainty_m=place.uncertainty_m,
        label=place.label,
        kind=str(place.kind),
        words=content_words(text, place.label),
        at=at,
        houses=_houses(text, place.label),
        cue="still" if _STILL.search(text) else "new" if _NEW.search(text) else "",
        photos=tuple(photos),
    )


def _houses(text: str, label: str) -> frozenset[str]:
    """The house numbers in the place's name, or else in the words."""
    named = _HOUSE.match(label)
    found = [named[1]] if named else [*_HOUSE_TOLD.findall(text), *_ADDRESS_TOLD.findall(text)]
    return frozenset(number.replace(" ", "").casefold() for number in found)


def content_words(text: str, label: str = "") -> frozenset[str]:
    """The words that tell what it is; the place's own name tells only where."""
    named = {_stem(word) for word in _WORD.findall(label.casefold())}
    told = (word for word in _WORD.findall(text.casefold()) if word not in _DULL)
    return frozenset(_stem(word) for word in told) - named


def _stem(word: str) -> str:
    """Cheap, and good enough to match bag with bags, dumped with dumping."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def probability(pack: Pack, new: Account, old: Account) -> float:
    """How likely it is that two accounts tell of one problem, 0 to 1."""
    total = sum(WEIGHTS[name] * value for name, value in evidence(pack, new, old).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def evidence(pack: Pack, new: Account, old: Account) -> Mapping[str, float]:
    """Each piece of evidence by its name in the table of weights."""
    one, other = pack.category(new.category), pack.category(old.category)
    if one is None or other is None:
        return {"base": 10.0}
    apart_m = distance_m(new.point, old.point)
    reach_m = max(one.reach_m, other.reach_m)
    echo = abs(new.at - old.at) < AT_ONCE and apart_m > reach_m
    age_days = abs((new.at - old.at).total_seconds()) / 86_400
    return {
        "base": 1.0,
        **_place_evidence(reach_m, apart_m, new, old),
        **_house_evidence(one, new, old),
        **({"echo": 1.0} if echo else _words_evidence(new.words, old.words)),
        "other_colour": _difference_in_colour(new.words, old.words),
        "tells_new": float(new.cue == "new"),
        "tells_still": float(new.cue == "still"),
        "kin": float(one.code != other.code),
        "age": min(age_days / min(one.lasts_days, other.lasts_days), LONGEST_LIFE),
        "same_photo": float(_share_a_photo(new.photos, old.photos)),
    }


def _place_evidence(reach_m: float, apart_m: float, new: Account, old: Account) -> Mapping[str, float]:
    """Two points that are the same are the stronger a sign, the better both are known.

    With errors of standard deviation s in all, the same problem is seen at distance d with density
    exp(-d²/2s²)/2πs²; another one lies anywhere. The logarithm of that ratio is the evidence.
    """
    variance = sum((account.uncertainty_m / 2.15) ** 2 for account in (new, old)) + reach_m**2
    return {
        "place": math.log(ALONE_M**2 / (2 * math.pi * variance)),
        "apart": apart_m**2 / (2 * variance),
    }


def _house_evidence(category: Category, new: Account, old: Account) -> Mapping[str, float]:
    """Street and house, where both are named."""
    named = new.kind in _NAMED_STREETS and old.kind in _NAMED_STREETS
    if named and _street(new.label) != _street(old.label):
        return {"other_street": 1.0}
    if not new.houses and not old.houses:
        return {}
    if new.houses & old.houses:
        return {"same_house": 1.0}
    both = bool(new.houses and old.houses)
    if not both and not category.household:
        return {}
    return {"other_household" if category.household else "other_house": 1.0 if both else 0.5}


def _street(label: str) -> str:
    return _HOUSE.sub("", label.partition(",")[0]).strip().casefold()


def _words_evidence(new: frozenset[str], old: frozenset[str]) -> Mapping[str, float]:
    """How much of what the shorter account tells is in the other; few and common words tell little."""
    fewer = min(_weight(new), _weight(old))
    if fewer == 0:
        return {}
    shared = _weight(new & old)
    if shared == 0:
        return {"other_words": min(1.0, fewer / 2)}
    both = _weight(new | old)
    return {
        "words": shared / fewer * min(1.0, shared / 2.5),
        "all_words": shared / both * min(1.0, both / 1.5),
    }


def _difference_in_colour(new: frozenset[str], old: frozenset[str]) -> float:
    """1 where both name colours and share none, 0.5 where they share some, 0 where they agree."""
    mine, yours = new & _COLOURS, old & _COLOURS
    if not mine or not yours or mine == yours:
        return 0.0
    return 0.5 if mine & yours else 1.0


def _weight(words: frozenset[str]) -> float:
    return sum(COMMON_WEIGHT if word in _COMMON else 1.0 for word in words)


def _share_a_photo(new: Sequence[str], old: Sequence[str]) -> bool:
    return any(bits_apart(a, b) <= ALIKE_PHOTOS for a in new for b in old)


def bits_apart(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
