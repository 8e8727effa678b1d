"""A complaint about a councillor never reaches a councillor (Cm 6939-I 3.48)."""

import json
from dataclasses import replace

from casework.calls import Matter
from casework.cases import DeskKind
from casework.desk import tell_staff
from casework.dossiers import complaint, dossier
from casework.packs import Role
from tests.factories import COUNCILLORS_IN_OFFICE, NOW, STAFF, make_case, make_desk_item, make_pack

COMPLAINT = make_desk_item(
    kind=DeskKind.COMPLAINT, ward=None, report_id=None, words="Cllr Byrne was rude to me."
)
MOONLIGHTER = replace(STAFF[0], email=COUNCILLORS_IN_OFFICE[0].email.upper(), areas=frozenset())


def test_it_goes_to_the_desk_and_to_no_councillor() -> None:
    outcome = tell_staff(make_pack(), [COMPLAINT], NOW)

    assert {notice.recipient for notice in outcome.notices} == {"staff:s1", "staff:s2"}


def test_a_councillor_who_also_works_at_the_desk_is_passed_over() -> None:
    outcome = tell_staff(make_pack(staff=(MOONLIGHTER, *STAFF[1:])), [COMPLAINT], NOW)

    assert {notice.recipient for notice in outcome.notices} == {"staff:s2"}


def test_where_the_desk_is_all_councillors_whoever_runs_the_service_hears_it() -> None:
    admin = replace(STAFF[2], role=Role.ADMIN)

    outcome = tell_staff(make_pack(staff=(MOONLIGHTER, admin)), [COMPLAINT], NOW)

    assert {notice.recipient for notice in outcome.notices} == {"staff:s3"}


def test_anything_else_reaches_them_at_the_desk_as_before() -> None:
    usual = make_desk_item(kind=DeskKind.SUGGESTION, ward=None)

    outcome = tell_staff(make_pack(staff=(MOONLIGHTER,)), [usual], NOW)

    assert {notice.recipient for notice in outcome.notices} == {"staff:s1"}


def test_no_dossier_and_no_record_repeats_it() -> None:
    pack, matter = make_pack(), Matter(case=make_case(desk=[COMPLAINT]))
    assert matter.case is not None

    kept = (
        dossier(pack, matter, (), (), NOW),
        complaint(pack, matter, matter.case.reports[0], (), NOW),
    )

    assert "rude" not in json.dumps(kept, default=str)
