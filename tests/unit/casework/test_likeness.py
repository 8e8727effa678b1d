"""How alike two accounts are: what speaks for one problem, and what against it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from casework.clusters import Neighbour, Verdict, best_match, look_for
from casework.likeness import Account, account_told, content_words, probability
from casework.places import PlaceKind
from casework.states import State
from tests.factories import CATEGORIES, HAZEL_GROVE, NOW, make_authority, make_pack, make_place

PACK = make_pack()
LATER = NOW + timedelta(hours=20)
MATTRESS = "An old mattress and a broken wardrobe dumped by the garages"
A_METRE = 1 / 111_195


def told(
    text: str = MATTRESS,
    metres: float = 0.0,
    at: datetime = NOW,
    category: str = "fly_tipping",
    photos: tuple[str, ...] = (),
    **place: Any,
) -> Account:
    """An account told with a pin, unless the place says otherwise."""
    pinned = {"kind": PlaceKind.COORDINATES, "label": "near Hazel Grove", "uncertainty_m": 25.0}
    where = make_place(latitude=HAZEL_GROVE.latitude + metres * A_METRE, **(pinned | place))
    return account_told(category, text, where, at, photos)


def likeness(new: Account, old: Account | None = None) -> float:
    return probability(PACK, new, old or told())


def test_the_same_words_at_the_same_place_a_day_later_are_the_same() -> None:
    assert likeness(told(at=LATER)) >= PACK.joining.join


def test_further_off_is_less_likely_the_same() -> None:
    near, off, far = (likeness(told(metres=metres, at=LATER)) for metres in (5, 40, 120))

    assert near > off > far
    assert far < PACK.joining.ask


def test_the_better_a_place_is_known_the_more_it_says_that_it_is_the_same() -> None:
    pinned = likeness(told("rubbish here", at=LATER), told("rubbish here"))
    vague = {"uncertainty_m": 200.0}

    assert pinned > likeness(told("rubbish here", at=LATER, **vague), told("rubbish here", **vague))


def test_other_words_make_it_less_likely() -> None:
    assert likeness(told("Twelve tyres and a car battery", at=LATER)) < likeness(told(at=LATER))


def test_time_makes_it_less_likely() -> None:
    soon, late = (likeness(told(at=NOW + timedelta(days=days))) for days in (1, 40))

    assert soon > late


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mattress outside 12", "Mattress outside number 31"),
        ("White van left with no wheels", "Red van left with no wheels"),
    ],
)
def test_another_house_or_colour_is_another_thing(one: str, other: str) -> None:
    assert likeness(told(other, at=LATER), told(one)) < likeness(told(one, at=LATER), told(one))


@pytest.mark.parametrize(
    "text", ["rubbish from the 5 to the 9 March near 20 metres of wall", "at 7pm, by 3 weeks"]
)
def test_a_time_or_a_length_is_no_house(text: str) -> None:
    assert told(text).houses == frozenset()


def test_a_house_in_the_places_name_outweighs_the_words() -> None:
    address = told("opposite 40", label="12a Hazel Grove", kind=PlaceKind.ADDRESS)

    assert address.houses == {"12a"}


def test_one_more_is_less_likely_the_same_and_still_there_more() -> None:
    said = [
        likeness(told(f"{start} mattress here", at=LATER), told("mattress here"))
        for start in ("One", "Another")
    ]
    again = likeness(told("Reported this last week, mattress here", at=LATER), told("mattress here"))

    assert said[1] < said[0] < again


def test_the_same_words_at_once_from_another_spot_are_one_persons_walk() -> None:
    soon = NOW + timedelta(minutes=3)

    assert likeness(told(metres=30, at=soon)) < PACK.joining.ask < likeness(told(metres=5, at=soon))


def test_the_same_photo_is_the_same_thing() -> None:
    photo, nearly, other = "00ff00ff00ff00ff", "00ff00ff00ff00f0", "ff00ff00ff00ff00"
    text = "look at this"
    seen = told(text, photos=(photo,))

    assert likeness(told(text, 30, LATER, photos=(nearly,)), seen) >= PACK.joining.join
    assert likeness(told(text, 30, LATER, photos=(other,)), seen) < PACK.joining.join


def test_two_streets_at_one_point_are_two_places() -> None:
    street = {"kind": PlaceKind.STREET, "uncertainty_m": 60.0}
    grove = told(at=LATER, label="Hazel Grove", **street)

    assert likeness(grove, told(label="Larch Avenue", **street)) < likeness(
        grove, told(label="Hazel Grove", **street)
    )


def test_where_each_house_has_its_own_another_house_is_another_problem() -> None:
    household = tuple(
        category if category.code != "fly_tipping" else type(category)("fly_tipping", "Bin", household=True)
        for category in CATEGORIES
    )
    pack = make_pack(categories=household)
    twelve = told("bin not emptied", label="12 Hazel Grove", kind=PlaceKind.ADDRESS)
    thirty = told("bin not emptied", at=LATER, label="30 Hazel Grove", kind=PlaceKind.ADDRESS)

    assert probability(pack, thirty, twelve) < 0.05


def test_dull_words_and_the_places_own_name_tell_nothing() -> None:
    assert content_words("Please remove the mattresses on Hazel Grove", "Hazel Grove") == {"mattress"}


# --- Which cluster -------------------------------------------------------------------------------


def neighbour(cluster_id: str = "n1", state: State = State.CONFIRMED, **fields: Any) -> Neighbour:
    account = told(**fields)
    return Neighbour(cluster_id, account.category, state, "Hazel Grove", account.at, (account,))


def test_the_likeliest_of_several_is_chosen() -> None:
    match = best_match(PACK, told(at=LATER), [neighbour("far", metres=25), neighbour("near")])

    assert match is not None
    assert (match.neighbour.cluster_id, match.verdict) == ("near", Verdict.JOIN)


def test_what_was_called_done_is_asked_about_however_sure_we_are() -> None:
    match = best_match(PACK, told(at=LATER), [neighbour(state=State.FIXED_COUNCIL)])

    assert match is not None
    assert match.verdict is Verdict.ASK


def test_what_is_not_likely_is_no_match() -> None:
    assert best_match(PACK, told("tyres", 90, LATER), [neighbour()]) is None


def test_the_packs_own_thresholds_hold() -> None:
    joining = type(PACK.joining)(join=1.0, ask=1.0)
    pack = make_pack(authority=make_authority(joining=joining))

    assert best_match(pack, told(at=LATER), [neighbour()]) is None


def test_kin_is_looked_for_in_both_directions_and_a_sensitive_matter_has_none() -> None:
    fly, road, *rest = CATEGORIES
    categories = (
        type(fly)("fly_tipping", "Rubbish", kin=("road_surface", "anti_social_behaviour")),
        road,
        *rest,
    )
    pack = make_pack(categories=categories)
    found = {
        code: near.categories
        for code in ("fly_tipping", "road_surface", "anti_social_behaviour")
        if (near := look_for(pack, told(category=code)))
    }

    assert found == {
        "fly_tipping": ("fly_tipping", "road_surface"),
        "road_surface": ("road_surface", "fly_tipping"),
        "anti_social_behaviour": ("anti_social_behaviour",),
    }


def test_a_place_that_is_hardly_known_has_nothing_near() -> None:
    assert look_for(PACK, told(uncertainty_m=900.0)) is None
