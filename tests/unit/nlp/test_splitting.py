"""Several problems in one message, only where it is clear."""

import pytest

from nlp.reader import Reader

SEVERAL = [
    ("the street light's out and there's a sofa dumped by the bins", ("street_light", "fly_tipping")),
    ("Huge pothole by the school. Also graffiti on the wall of the shop", ("road_surface", "graffiti")),
    ("there is graffiti on the shelter plus a mattress dumped next to it", ("graffiti", "fly_tipping")),
]
ONE = [
    "sofa and a mattress dumped by the bins",
    "pothole outside the school and another one by the shop",
    "mattress dumped under the broken street light",
    "someone dumped a fridge and some bags of rubbish next to the road",
]


@pytest.mark.parametrize(("text", "codes"), SEVERAL)
def test_clear_problems_are_told_apart_in_order(reader: Reader, text: str, codes: tuple[str, ...]) -> None:
    assert reader.read(text).problems == codes


@pytest.mark.parametrize("text", ONE)
def test_one_problem_stays_one(reader: Reader, text: str) -> None:
    assert len(reader.read(text).problems) == 1
