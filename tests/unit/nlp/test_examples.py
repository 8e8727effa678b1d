"""Which categories have too few examples."""

from casework.packs import Category
from nlp.examples import ENOUGH, too_few

CLASSES = ("bins", "pavement", "nothing")


def test_a_category_that_the_model_knows_needs_no_examples() -> None:
    known = (Category("bins", "Bins"), Category("footways", "Footways", covers=("pavement",)))
    assert list(too_few(known, CLASSES)) == []


def test_a_new_category_needs_some() -> None:
    few = Category("bees", "Bees", examples=("a swarm",) * (ENOUGH - 1))
    enough = Category("boats", "Boats", examples=("a boat",) * ENOUGH)
    assert [code for code, _ in too_few((few, enough), CLASSES)] == ["bees"]
