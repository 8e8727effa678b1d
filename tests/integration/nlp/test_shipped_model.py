"""The trained model that ships, in packs as councils might write them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import ModelError
from casework.packs import Category, Pack
from casework.understanding import Decision
from config.loading import load_packs
from config.settings import DEMO_PACK
from nlp.reader import Reader
from nlp.trained import SHIPPED, TrainedModel, load_model

MEGABYTE = 1_000_000
SLAB = "the paving slabs on the pavement are uneven and cracked, an old lady tripped over"
MISSED = "our recycling bins were not collected again this week"
DRAIN = "the drain is blocked and the gully overflows whenever it rains"


@pytest.fixture(scope="module")
def demo() -> Pack:
    (pack,) = load_packs([DEMO_PACK])
    return pack


@pytest.fixture(scope="module")
def reader(demo: Pack) -> Reader:
    return Reader(demo, load_model())


def changed(pack: Pack, *categories: Category, without: tuple[str, ...] = ()) -> Pack:
    """The pack with these categories more and those codes less."""
    kept = tuple(category for category in pack.categories if category.code not in without)
    return replace(pack, categories=(*categories, *kept))


def category(pack: Pack, code: str) -> Category:
    found = pack.category(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fly_tipping", "someone has dumped an old mattress and a broken fridge in the alley"),
        ("road_surface", "there is a deep pothole in the middle of the road, it burst my tyre"),
        ("street_light", "the street light outside the church has been out for two weeks"),
        ("graffiti", "offensive graffiti sprayed on the wall of the underpass"),
        ("pavement", SLAB),
        ("drainage", DRAIN),
        ("noise", "loud music from next door every night until three in the morning"),
        ("dead_animal", "there is a dead fox at the side of the road"),
    ],
)
def test_a_report_is_about_its_category(reader: Reader, code: str, text: str) -> None:
    assert reader.read(text).category == code


def test_a_clear_report_is_accepted(reader: Reader) -> None:
    assert reader.read("deep pothole in the road, two cars have damaged tyres").decision is Decision.ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "it is still not good here",
        "domestic abuse next door",
        "asdf qwer",
        "look at this",
        "",
        "12345",
    ],
)
@pytest.mark.parametrize("photo", [False, True])
def test_what_says_nothing_is_not_accepted(reader: Reader, text: str, photo: bool) -> None:
    assert reader.read(text, photo).decision is not Decision.ACCEPT


def test_a_renamed_category_gets_what_its_examples_show(demo: Pack) -> None:
    footways = replace(category(demo, "pavement"), code="footways", name="Footways", words=())
    pack = changed(demo, footways, without=("pavement",))
    assert Reader(pack, load_model()).read(SLAB).category == "footways"


def test_a_merged_category_gets_what_it_covers(demo: Pack) -> None:
    waste = Category("waste", "Waste", covers=("missed_collection", "fly_tipping", "bins"))
    pack = changed(demo, waste, without=("missed_collection", "fly_tipping", "bins"))
    reader = Reader(pack, load_model())
    assert reader.read(MISSED).category == "waste"
    assert reader.read("someone dumped a sofa and a mattress by the garages").category == "waste"


def test_what_a_pack_dropped_goes_to_a_broader_category(demo: Pack) -> None:
    pack = changed(demo, without=("pavement",))
    assert Reader(pack, load_model()).read(SLAB).category == "road_surface"


def test_a_new_category_works_from_its_examples_alone(demo: Pack) -> None:
    bees = Category(
        "bees",
        "Bees and wasps",
        examples=(
            "there is a swarm of bees on the gate of the park",
            "a huge wasps nest in the hedge, children get stung",
            "bees are nesting in the wall of the bus shelter",
            "swarm of honey bees hanging from the lamp post",
            "wasps everywhere around the bench, must be a nest",
        ),
    )
    other = replace(category(demo, "other"), words=(), examples=())
    pack = changed(demo, bees, other, without=("other",))
    reader = Reader(pack, load_model())
    assert reader.read("a swarm of bees has settled in the playground").category == "bees"
    assert reader.read(SLAB).category == "pavement"


def test_a_pack_without_categories_still_answers(demo: Pack) -> None:
    assert Reader(replace(demo, categories=()), load_model()).read(SLAB).category == "other"


def test_the_small_model_answers_alike(demo: Pack) -> None:
    small = Reader(demo, load_model(small=True))
    assert small.read(SLAB).category == "pavement"
    assert small.read("hello").decision is not Decision.ACCEPT


def test_the_same_text_is_always_read_the_same(demo: Pack) -> None:
    first, second = (TrainedModel(SHIPPED).odds(SLAB, "lewisham") for _ in range(2))
    assert (first == second).all()


def test_a_known_authority_is_read_by_its_own_mix(demo: Pack) -> None:
    model = load_model()
    pavement = model.classes.index("pavement")
    vague = "it is broken outside the shop"
    assert model.odds(vague, "cheltenham")[pavement] > model.odds(vague, "lewisham")[pavement]


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    with (tmp_path / "model" / "linear.npz").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match="damaged"):
        TrainedModel(tmp_path / "model")


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model"):
        TrainedModel(tmp_path)


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 30 * MEGABYTE


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_decision(text: str) -> None:
    understood = FUZZED.read(text)
    assert (understood.category is None) == (understood.decision is Decision.NOT_A_REPORT)
    assert 0.0 <= understood.confidence <= 1.0


(_DEMO,) = load_packs([DEMO_PACK])
FUZZED = Reader(_DEMO, load_model())


def test_a_model_is_read_once_however_it_is_asked_for() -> None:
    assert load_model() is load_model(SHIPPED, False) is load_model(folder=SHIPPED.resolve(), small=False)
