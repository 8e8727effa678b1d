"""Which reports belong together, decided at the desk, and undone."""

from casework.cases import Case, DeskKind
from casework.filing import Filed
from casework.outcomes import Outcome
from casework.states import State
from tests.factories import NOW, keep_contact, make_desk_item, make_place
from tests.integration.web.conftest import Site


def two_cases(site: Site) -> tuple[Filed, Filed, str]:
    """Two residents' reports that may be one problem, and the path of the question."""
    keep_contact(site.store, id="b" * 32, address_hash="b" * 64)
    ann = site.file()
    ben = site.file(seed=2, contact_id="b" * 32, place=make_place(label="Hazel Grove, by the bridge"))
    item = make_desk_item(
        kind=DeskKind.SAME_PROBLEM, report_id=ben.report.id, contact_id=None, words=ann.cluster.id
    )
    site.store.commit(Outcome(new=(item,)), NOW)
    return ann, ben, site.item_path(item)


def now_of(site: Site, filed: Filed) -> Case:
    """The case in which that report is now."""
    case = site.store.cases.case_of_report(filed.report.id)
    assert case is not None
    return case


def test_the_page_shows_the_other_report_and_both_answers(site: Site) -> None:
    ann, _, path = two_cases(site)
    page = site.client.get(path).text

    assert ann.report.reference in page
    assert "The same: put them together" in page
    assert "Two different problems" in page


def test_put_together_they_are_one_case_and_the_resident_hears(site: Site) -> None:
    ann, ben, path = two_cases(site)
    site.client.post(path, data={"do": "merge"})

    assert now_of(site, ann).voices == 2
    assert now_of(site, ben).cluster.id == ann.cluster.id
    assert [key for key, _ in site.told()] == ["told.merged"]


def test_a_false_merge_is_undone_and_each_has_its_own_timeline_again(site: Site) -> None:
    ann, ben, path = two_cases(site)
    site.client.post(path, data={"do": "merge"})
    page = site.client.get(path).text
    assert "Undo: part them again" in page
    site.client.post(path, data={"do": "undo"})

    assert now_of(site, ben).cluster.id == ben.cluster.id
    assert (now_of(site, ann).cluster.state, now_of(site, ben).cluster.state) == (State.CONFIRMED,) * 2
    assert [p.report_id for p in now_of(site, ben).open_promises] == [ben.report.id]
    assert site.client.post(path, data={"do": "undo"}).status_code == 409
    told_of_ben = {update.report_id for update in site.store.cases.history(ben.cluster.id)}
    assert ann.report.id not in told_of_ben


def test_kept_apart_they_stay_two(site: Site) -> None:
    ann, ben, path = two_cases(site)
    site.client.post(path, data={"do": "apart"})

    assert now_of(site, ann).cluster.id != now_of(site, ben).cluster.id
    assert site.client.post(path, data={"do": "merge"}).status_code == 409


def test_one_timeline_tells_what_happened_to_all_of_its_reports(site: Site) -> None:
    ann, ben, path = two_cases(site)
    site.client.post(path, data={"do": "merge"})
    history = site.store.cases.history(ann.cluster.id)

    assert {update.report_id for update in history} == {ann.report.id, ben.report.id, None}
    assert [update.key for update in history if update.report_id is None] == ["update.merged"]
