"""How alike are two accounts: the probability that they tell of one problem.

The place weighs most: how well two points agree, given how well each is known. Then the words, the
house, the photo and the time. Each piece of evidence has a weight in one table; their sum is the
logarithm of the odds. The weights were set by reason and checked on pairs that a person judged without
knowing what was decided.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.cases import Report
from casework.packs import Category, Pack
from casework.places import PlaceCandidate, PlaceKind, Point, distance_m

WEIGHTS: Mapping[str, float] = {
    "base": -3.5,
    "place": 1.0,
    "apart": -1.0,
    "kin": -1.5,
    "age": -1.5,
    "words": 4.0,
    "other_words": -1.2,
    "other_street": -1.5,
    "same_house": 1.5,
    "other_house": -2.5,
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
_WORD = re.compile(r"[^\W\d_]{3,}")
_DULL_WORDS = """
about after again all also and any are area around asap back because been before being but can cannot
cause causing clear collect collected corner council could day days did does done due end every fix for
from front get getting goes going got had has have help her here his how into issue its just keep know
large last left like long look lot lots made make many may more most much near need needs never next not
now off one only onto opposite other our out outside over own part past people place please problem put
quite remove removed report reported reporting residents right road see several should since small some
someone soon sort still street such take than thank thanks that the their them then there these they this
those though through time today too two under until urgent urgently use very was way week weeks well were
what when where which while who whole why will with would year years yesterday you your
"""
_DULL = frozenset(_DULL_WORDS.split())
"""Words that tell nothing of one problem and not of another."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared of a report. ``photos`` are difference hashes of 16 hexadecimal digits."""

    category: str
    point: Point
    uncertainty_m: float
    label: str
    kind: str
    words: frozenset[str]
    at: datetime
    photos: tuple[str, ...] = ()


def account_of(report: Report, photos: Iterable[str] = ()) -> Account:
    """What is compared of a stored report."""
    return Account(
        report.category,
        report.point,
        report.uncertainty_m,
        report.label,
        report.place_kind,
        content_words(report.text, report.label),
        report.created_at,
        tuple(photos),
    )


def account_told(
    category: str, text: str, place: PlaceCandidate, now: datetime, photos: Iterable[str] = ()
) -> Account:
    """What is compared of a report that is being filed."""
    words = content_words(text, place.label)
    return Account(
        category, place.point, place.uncertainty_m, place.label, str(place.kind), words, now, tuple(photos)
    )


def content_words(text: str, label: str = "") -> frozenset[str]:
    """The words that tell what it is; the place's own name tells only where."""
    named = {_stem(word) for word in _WORD.findall(label.casefold())}
    told = (word for word in _WORD.findall(text.casefold()) if word not in _DULL)
    return frozenset(_stem(word) for word in told) - named


def _stem(word: str) -> str:
    """Cheap, and good enough to match bag with bags, dumped with dumping."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
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
    age_days = abs((new.at - old.at).total_seconds()) / 86_400
    return {
        "base": 1.0,
        **_place_evidence(one, new, old),
        **_house_evidence(one, new, old),
        **_words_evidence(new.words, old.words),
        "kin": float(one.code != other.code),
        "age": min(age_days / min(one.lasts_days, other.lasts_days), LONGEST_LIFE),
        "same_photo": float(_share_a_photo(new.photos, old.photos)),
    }


def _place_evidence(category: Category, new: Account, old: Account) -> Mapping[str, float]:
    """Two points that are the same are the stronger a sign, the better both are known.

    With errors of standard deviation s in all, the same problem is seen at distance d with density
    exp(-d²/2s²)/2πs²; another one lies anywhere. The logarithm of that ratio is the evidence.
    """
    variance = sum((a.uncertainty_m / 2.15) ** 2 for a in (new, old)) + category.reach_m**2
    apart = distance_m(new.point, old.point)
    return {
        "place": math.log(ALONE_M**2 / (2 * math.pi * variance)),
        "apart": apart**2 / (2 * variance),
    }


def _house_evidence(category: Category, new: Account, old: Account) -> Mapping[str, float]:
    """Street and house, where both are named."""
    if new.kind not in _NAMED_STREETS or old.kind not in _NAMED_STREETS:
        return {}
    if _street(new.label) != _street(old.label):
        return {"other_street": 1.0}
    numbers = {_house(account.label) for account in (new, old)}
    if len(numbers) == 1:
        return {"same_house": float("" not in numbers)}
    both = "" not in numbers
    return {"other_household" if category.household else "other_house": 1.0 if both else 0.5}


def _house(label: str) -> str:
    found = _HOUSE.match(label)
    return found[1].replace(" ", "").casefold() if found else ""


def _street(label: str) -> str:
    return _HOUSE.sub("", label.partition(",")[0]).strip().casefold()


def _words_evidence(new: frozenset[str], old: frozenset[str]) -> Mapping[str, float]:
    """How much of what the shorter account tells is in the other; few words tell little."""
    fewer = min(len(new), len(old))
    if fewer == 0:
        return {}
    shared = len(new & old)
    if shared == 0:
        return {"other_words": min(1.0, fewer / 3)}
    return {"words": shared / fewer * min(1.0, shared / 3)}


def _share_a_photo(new: Sequence[str], old: Sequence[str]) -> bool:
    return any(bits_apart(a, b) <= ALIKE_PHOTOS for a in new for b in old)


def bits_apart(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
