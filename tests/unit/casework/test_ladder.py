"""The ladder of a Call for Action: every stage can be reached and left, and only as the table says."""

from itertools import product

import pytest

from casework.errors import NotAllowed
from casework.ladder import BEFORE_REFERRAL, LADDER, LIVE, OVER, Deed, Kind, Stage, check_deed, possible

ACTORS = {
    Kind.SYSTEM: "system",
    Kind.COUNCILLOR: "councillor:c1",
    Kind.SCRUTINY: "staff:s1",
    Kind.SERVICE: "service:a/b",
}


def refused_with(deed: Deed, stage: Stage | None, actor: str) -> str:
    """The key of the refusal; "" where the deed is allowed."""
    try:
        check_deed(deed, stage, actor)
    except NotAllowed as fault:
        return fault.key
    return ""


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_allowed_exactly_where_the_table_has_it(deed: Deed) -> None:
    for kind, stage in product(Kind, (None, *Stage)):
        rung = LADDER[deed]
        allowed = kind in rung.by and stage in rung.sources

        assert refused_with(deed, stage, ACTORS[kind]) == (
            "" if allowed else "call.not_now" if kind in rung.by else "call.not_yours"
        )
        assert (deed in possible(stage, kind)) is allowed


def test_a_refusal_says_what_is_possible_instead() -> None:
    with pytest.raises(NotAllowed) as caught:
        check_deed(Deed.REFER, Stage.INFORMAL_RESOLUTION, "councillor:c1")

    assert Deed.DRAFT in caught.value.parameters["possible"]  # type: ignore[operator]


def test_a_resident_may_do_nothing_on_the_ladder() -> None:
    for deed, stage in product(Deed, (None, *Stage)):
        with pytest.raises(NotAllowed):
            check_deed(deed, stage, "resident")


def test_only_a_councillor_refers_and_the_machine_only_flags_passes_on_and_tells_of_clocks() -> None:
    assert LADDER[Deed.REFER].by == {Kind.COUNCILLOR}
    assert {deed for deed, rung in LADDER.items() if Kind.SYSTEM in rung.by} == {
        Deed.FLAG,
        Deed.PASS_ON,
        Deed.WARN,
        Deed.TELL_OVERDUE,
    }


def test_nothing_reaches_the_committee_but_through_safeguards_and_a_councillors_referral() -> None:
    into = {deed for deed, rung in LADDER.items() if rung.to is Stage.REFERRED}
    assert into == {Deed.REFER}
    assert LADDER[Deed.REFER].sources == {Stage.SAFEGUARDS_CHECKED}
    checked = {deed for deed, rung in LADDER.items() if rung.to is Stage.SAFEGUARDS_CHECKED}
    assert checked == {Deed.CHECK_SAFEGUARDS}


def test_a_councillor_may_decline_at_every_step_of_theirs_and_must_say_why_in_public() -> None:
    rung = LADDER[Deed.DECLINE]

    assert rung.sources == BEFORE_REFERRAL | {None, Stage.FLAGGED}
    assert (rung.reason, rung.public) == (True, True)


def test_every_stage_can_be_reached_from_nothing_and_be_left() -> None:
    reached: set[Stage | None] = {None}
    for _ in Stage:
        reached |= {rung.to for rung in LADDER.values() if rung.to and rung.sources & reached}

    assert reached == {None, *Stage}
    for stage in Stage:
        assert any(rung.to not in {None, stage} and stage in rung.sources for rung in LADDER.values())


def test_what_is_over_is_not_live() -> None:
    assert set(Stage) == LIVE | OVER
    assert not LIVE & OVER
