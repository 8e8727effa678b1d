"""What filing a report leads to: its service, its state, its promise, and who must look."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import pytest

from casework.cases import Cluster, DeskItem, DeskKind, Hands, Photo, Publication, Report
from casework.filing import file_report, send_on
from casework.outcomes import Outcome
from casework.packs import Charter
from casework.places import Areas, PlaceKind, public_label
from casework.states import State
from tests.factories import (
    CLEANSING,
    NOW,
    case_of,
    file_one,
    make_authority,
    make_pack,
    make_photo,
    make_telling,
    mint,
)

PACK = make_pack()
T = TypeVar("T")


def of(kind: type[T], things: Sequence[object]) -> list[T]:
    return [thing for thing in things if isinstance(thing, kind)]


def desk_kinds(outcome: Outcome) -> list[DeskKind]:
    return [item.kind for item in of(DeskItem, outcome.new)]


def test_a_sure_report_is_confirmed_with_its_service() -> None:
    filed = file_one(PACK)

    assert (filed.cluster.state, filed.cluster.service) == (State.CONFIRMED, CLEANSING)
    assert (filed.cluster.hands, desk_kinds(filed.outcome)) == (Hands.NOBODY, [])


def test_it_is_promised_what_the_charter_says() -> None:
    promise = file_one(PACK).promise

    assert promise.due_at.isoformat() == "2026-03-13T23:59:00+00:00"
    assert (promise.service, promise.ended_at) == (CLEANSING, None)


def test_it_waits_for_the_correction_window() -> None:
    assert file_one(PACK).report.send_after == NOW + timedelta(minutes=10)


def test_the_window_is_the_packs() -> None:
    pack = make_pack(authority=make_authority(correction_minutes=0))

    assert file_one(pack).report.send_after == NOW


def test_a_hazard_does_not_wait() -> None:
    assert file_one(PACK, category="street_light").report.send_after == NOW


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"sure": False}, DeskKind.UNSURE_CATEGORY),
        ({"place_sure": False}, DeskKind.UNSURE_PLACE),
        ({"areas": Areas()}, DeskKind.OUTSIDE),
        ({"category": "other"}, DeskKind.NO_SERVICE),
    ],
)
def test_what_is_unsure_is_for_triage_and_on_the_desk(fields: dict[str, object], kind: DeskKind) -> None:
    filed = file_one(PACK, **fields)

    assert (filed.cluster.state, filed.cluster.service) == (State.FOR_TRIAGE, None)
    assert desk_kinds(filed.outcome) == [kind]


def test_an_unsure_report_is_promised_to_be_sorted_by_the_next_working_day() -> None:
    assert file_one(PACK, sure=False).promise.due_at.isoformat() == "2026-03-11T23:59:00+00:00"


def test_a_category_without_a_standard_is_promised_that_too() -> None:
    pack = make_pack(charter=Charter())

    assert file_one(pack).promise.due_at.date() == date(2026, 3, 11)


def test_a_sensitive_report_is_private() -> None:
    assert file_one(PACK, category="anti_social_behaviour").report.publication is Publication.PRIVATE
    assert file_one(PACK).report.publication is Publication.PENDING


def test_several_problems_of_one_message_name_the_first() -> None:
    first = file_one(PACK)
    second = file_report(PACK, make_telling(PACK), NOW, mint(2), told_with=first.report.id)

    assert (first.report.told_with, second.report.told_with) == (None, first.report.id)
    assert first.cluster.id != second.cluster.id


def test_photos_belong_to_the_report() -> None:
    filed = file_one(PACK, photos=(make_photo(report_id=None),))

    assert [photo.report_id for photo in of(Photo, filed.outcome.changed)] == [filed.report.id]


def test_the_audit_has_codes_and_no_words() -> None:
    (entry,) = file_one(PACK).outcome.audit

    assert entry.details == {"category": "fly_tipping", "ward": "W1", "service": CLEANSING}


# --- Sending on ---------------------------------------------------------------------------------

LATER = NOW + timedelta(minutes=10)


def sent(**fields: object) -> Outcome:
    filed = file_one(PACK, **fields)
    return send_on(PACK, case_of(filed), filed.report.id, LATER, mint(9))


def test_a_report_is_sent_to_its_service_once() -> None:
    outcome = sent()

    assert [notice.recipient for notice in outcome.notices] == [f"service:{CLEANSING}"]
    assert outcome.notices[0].once is not None
    assert of(Report, outcome.changed)[0].sent_at == LATER
    assert of(Cluster, outcome.changed)[0].hands is Hands.OFFERED


def test_a_matter_for_councillors_is_sent_to_each_of_the_ward() -> None:
    outcome = sent(category="empty_property")

    assert [notice.recipient for notice in outcome.notices] == ["councillor:c1", "councillor:c2"]
    assert len({notice.once for notice in outcome.notices}) == 2


def test_a_vacant_ward_puts_it_on_the_desk_instead() -> None:
    vacant = make_pack(councillors=())
    filed = file_one(vacant, category="empty_property")
    outcome = send_on(vacant, case_of(filed), filed.report.id, LATER, mint(9))

    assert desk_kinds(outcome) == [DeskKind.NO_SERVICE]
    assert of(Cluster, outcome.changed)[0].state is State.FOR_TRIAGE
    assert outcome.notices == ()


def test_a_place_that_nobody_made_out_is_not_shown_in_the_residents_words() -> None:
    assert public_label("by the house of my friend", PlaceKind.AREA, None) == ""
    assert public_label("Old Town", PlaceKind.AREA, "W1") == "Old Town"
