"""Who may act on a case by a link: whoever holds it now, and nobody who held it once."""

from dataclasses import replace
from datetime import date

import pytest

from casework.acting import Act, act
from casework.cases import Case, Cluster
from casework.errors import NotAllowed
from casework.handovers import hand_over
from casework.offers import is_holder
from casework.packs import COUNCILLORS
from tests.factories import (
    CLEANSING,
    COUNCILLORS_IN_OFFICE,
    NOW,
    ROADS,
    make_case,
    make_cluster,
    make_pack,
    mint,
)

PACK = make_pack()


def held_by(service: str | None) -> Case:
    return make_case(make_cluster(service=service))


@pytest.mark.parametrize(
    ("service", "actor", "holds"),
    [
        (CLEANSING, f"service:{CLEANSING}", True),
        (ROADS, f"service:{CLEANSING}", False),
        (None, f"service:{CLEANSING}", False),
        (COUNCILLORS, f"service:{CLEANSING}", False),
        (COUNCILLORS, "councillor:c1", True),
        (COUNCILLORS, "councillor:c3", False),
        (CLEANSING, "councillor:c1", False),
        (None, "staff:s1", True),
    ],
)
def test_the_holder_is_whoever_has_it_now(service: str | None, actor: str, holds: bool) -> None:
    assert is_holder(PACK, held_by(service), actor, NOW) is holds


def test_a_councillor_who_left_holds_nothing() -> None:
    left = replace(COUNCILLORS_IN_OFFICE[0], until=date(2026, 3, 10))
    pack = make_pack(councillors=(left, *COUNCILLORS_IN_OFFICE[1:]))

    assert not is_holder(pack, held_by(COUNCILLORS), "councillor:c1", NOW)
    assert is_holder(pack, held_by(COUNCILLORS), "councillor:c2", NOW)


def test_who_passed_a_case_on_cannot_act_on_it() -> None:
    with pytest.raises(NotAllowed) as refused:
        act(PACK, held_by(ROADS), Act.DONE, f"service:{CLEANSING}", "", NOW, mint())
    assert refused.value.key == "act.passed_on"
    assert refused.value.parameters["who"] == "Highways, Weald County Council"


def test_a_councillor_may_pass_a_case_to_a_service() -> None:
    outcome = hand_over(PACK, held_by(COUNCILLORS), ROADS, "not_our_place", "councillor:c1", "", NOW, mint())

    (cluster,) = (entity for entity in outcome.changed if isinstance(entity, Cluster))
    assert cluster.service == ROADS
