"""The same words from new people at once: for a person to look at, not counted, not dropped."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from casework.bursts import decide, flagged, found
from casework.cases import Case, DeskKind, Report, Reporter
from tests.factories import NOW, make_case, make_desk_item, make_promise, make_report, mint

WORDS = "The market square must be cleared of this at once, sign here"


def report(number: int, words: str = WORDS, at: datetime = NOW) -> Report:
    return make_report(id=f"{number:032d}", contact_id=f"{number:032d}", text=words, created_at=at)


def case(*reports: Report, since: datetime = NOW - timedelta(minutes=5)) -> Case:
    people = {r.contact_id or "": Reporter(r.contact_id or "", since) for r in reports}
    return replace(make_case(reports=reports, promises=[make_promise()]), reporters=people)


def test_the_third_newcomer_with_the_same_words_is_a_burst() -> None:
    assert found(case(report(1)), report(2), NOW) == ()
    assert len(found(case(report(1), report(2)), report(3), NOW)) == 2


def test_all_but_the_first_wait_for_a_person_and_are_not_counted() -> None:
    before = case(report(1), report(2))
    third = report(3)
    outcome = flagged(before, third, found(before, third, NOW), NOW, mint())
    doubted = {r.id: r for r in outcome.changed if isinstance(r, Report)}
    after = replace(before, reports=(report(1), doubted[report(2).id], replace(third, doubtful=True)))

    assert [item.kind for item in outcome.new if hasattr(item, "kind")] == [DeskKind.SAME_WORDS]
    assert (after.voices, len(after.standing)) == (1, 3)


@pytest.mark.parametrize(
    ("others", "newcomer"),
    [
        (case(report(1), report(2), since=NOW - timedelta(days=90)), report(3)),
        (case(report(1), report(2, "something else that has as many words as it")), report(3)),
        (case(report(1), report(2, at=NOW - timedelta(days=3))), report(3)),
        (case(report(1, "deep flood"), report(2, "deep flood")), report(3, "deep flood")),
        (case(report(1), replace(report(2), contact_id=report(1).contact_id)), report(3)),
    ],
    ids=["known people", "other words", "days apart", "a few words", "one phone twice"],
)
def test_what_is_no_burst(others: Case, newcomer: Report) -> None:
    assert found(others, newcomer, NOW) == ()


def test_a_person_who_wrote_long_ago_is_no_newcomer() -> None:
    assert found(case(report(1), report(2)), report(3), NOW - timedelta(days=30)) == ()


def test_the_desk_is_told_once_for_a_case() -> None:
    before = replace(case(report(1), report(2)), desk=(make_desk_item(kind=DeskKind.SAME_WORDS),))

    assert flagged(before, report(3), found(before, report(3), NOW), NOW, mint()).new == ()


@pytest.mark.parametrize(("counts", "voices"), [(True, 3), (False, 1)])
def test_a_person_decides_whether_they_count(counts: bool, voices: int) -> None:
    doubted = [replace(report(number), doubtful=True) for number in (2, 3)]
    before = case(report(1), *doubted)
    outcome = decide(before, make_desk_item(kind=DeskKind.SAME_WORDS), counts, "staff:s1", NOW)
    changed = {r.id: r for r in outcome.changed if isinstance(r, Report)}
    after = replace(before, reports=tuple(changed.get(r.id, r) for r in before.reports))

    assert after.voices == voices
