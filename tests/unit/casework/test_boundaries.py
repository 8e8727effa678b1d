"""New ward boundaries: which cases move, who gets them, and who hears of it."""

from dataclasses import replace

import pytest

from casework.boundaries import MOVED, Moves, move, moves_away, tell_councillors
from casework.cases import Case, DeskKind, Hands
from casework.outcomes import Outcome
from casework.packs import Route
from casework.places import Areas
from casework.states import State
from tests.factories import (
    CLEANSING,
    NOW,
    ROUTES,
    WARDS,
    make_areas,
    make_case,
    make_cluster,
    make_contact,
    make_desk_item,
    make_pack,
    make_promise,
    make_report,
    mint,
)

PACK = make_pack()
NEW = make_areas(PACK, "W2")
TODAY = NOW.date()


def sent_case(**fields: object) -> Case:
    """A case in W1 that its service has."""
    cluster = make_cluster(**({"state": State.INVESTIGATING, "hands": Hands.ACCEPTED} | fields))  # type: ignore[arg-type]
    return make_case(cluster, (make_report(sent_at=NOW),), (make_promise(),))


def moved(case: Case, areas: Areas = NEW, pack: object = PACK) -> Outcome:
    """What the change does to the case."""
    return move(pack, case, areas, "change", "staff:command", NOW, mint())  # type: ignore[arg-type]


def test_an_open_case_moves_and_its_reports_and_promises_keep_their_ward() -> None:
    outcome = moved(sent_case())
    (cluster,) = outcome.changed
    assert cluster == replace(sent_case().cluster, ward="W2")
    assert outcome.notices == ()
    assert [(entry.act, entry.details["from"], entry.details["to"]) for entry in outcome.audit] == [
        (MOVED, "W1", "W2")
    ]
    assert [update.key for update in outcome.updates] == ["update.ward_changed"]


@pytest.mark.parametrize("state", [State.FIXED_COUNCIL, State.CLOSED, State.CANCELLED])
def test_a_case_that_is_over_stays(state: State) -> None:
    assert moved(sent_case(state=state)) == Outcome()


def test_a_case_that_is_there_already_stays() -> None:
    assert moved(sent_case(ward="W2")) == Outcome()


def test_a_place_in_none_of_the_new_wards_stays() -> None:
    assert not moves_away(sent_case(), Areas())
    assert moved(sent_case(), Areas()) == Outcome()


def test_what_waits_on_the_desk_comes_before_the_new_ward_s_staff() -> None:
    item = make_desk_item(kind=DeskKind.UNSURE_CATEGORY)
    case = replace(sent_case(), desk=(item,))
    assert replace(item, ward="W2") in moved(case).changed


def test_councillors_who_hold_a_case_pass_it_to_the_new_ward_s() -> None:
    case = sent_case(category="empty_property", service="councillors")
    outcome = moved(case)
    cluster, report = outcome.changed
    assert (cluster.ward, cluster.state, cluster.hands) == ("W2", State.CONFIRMED, Hands.NOBODY)  # type: ignore[union-attr]
    assert (report.sent_at, report.send_after, report.ward) == (None, NOW, "W1")  # type: ignore[union-attr]
    assert [notice.key for notice in outcome.notices] == ["told.passed_on"]


def test_a_ward_with_its_own_service_takes_the_case_from_the_other() -> None:
    own = Route(("fly_tipping",), "ashmere/parks", frozenset({"W2"}))
    outcome = moved(sent_case(), pack=make_pack(routes=(*ROUTES, own)))
    assert outcome.changed[0].service == "ashmere/parks"  # type: ignore[union-attr]
    assert [(n.recipient, n.key) for n in outcome.notices] == [
        (f"service:{CLEANSING}", "service.taken_back"),
        (f"contact:{make_contact().id}", "told.passed_on"),
    ]


@pytest.mark.parametrize("fields", [{"handovers": 1}, {"service": "county/highways"}])
def test_where_a_person_sent_a_case_it_stays(fields: dict[str, object]) -> None:
    own = Route(("fly_tipping",), "ashmere/parks", frozenset({"W2"}))
    case = sent_case(**fields)
    outcome = moved(case, pack=make_pack(routes=(*ROUTES, own)))
    assert outcome.changed[0].service == case.cluster.service  # type: ignore[union-attr]
    assert outcome.notices == ()


def test_councillors_of_both_wards_get_one_letter_each() -> None:
    told = tell_councillors(PACK, [Moves("W1", "W2", 3), Moves("W0", "W2", 1)], "change", TODAY)
    assert {n.recipient: (n.parameters["gained"], n.parameters["lost"]) for n in told.notices} == {
        "councillor:c1": ([], [["W2", 3]]),
        "councillor:c2": ([], [["W2", 3]]),
        "councillor:c3": ([["W1", 3], ["W0", 1]], []),
    }
    assert len({n.once for n in told.notices}) == 3


def test_without_a_case_that_moved_nobody_is_told() -> None:
    assert tell_councillors(PACK, [], "change", TODAY) == Outcome()


def test_a_ward_that_only_has_a_new_code_is_no_news() -> None:
    pack = make_pack(areas=(*PACK.areas, replace(WARDS[0], code="N1")))
    outcome = moved(sent_case(), make_areas(pack, "N1"), pack)
    assert outcome.changed[0].ward == "N1"  # type: ignore[union-attr]
    assert outcome.updates == ()
    assert tell_councillors(pack, [Moves("W1", "N1", 5)], "change", TODAY) == Outcome()
