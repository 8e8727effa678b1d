"""What a neighbourhood manager can do with a thing on the desk."""

from dataclasses import replace

import pytest

from casework.acting import Act, act
from casework.cases import DeskKind
from casework.correcting import Correction, correct
from casework.errors import Conflict
from casework.outcomes import Outcome
from casework.packs import COUNCILLORS
from casework.states import State
from config.links import SortLink
from tests.factories import CLEANSING, NOW, ROADS, make_contact, make_desk_item
from tests.integration.web.conftest import Site

SEND = {"do": "sort", "category": "road_surface"}


def test_the_page_has_the_words_and_the_likeliest_category_first(site: Site) -> None:
    filed = site.file(sure=False)

    page = site.client.get(site.sort_path(filed))

    assert page.status_code == 200
    assert "A sofa has been dumped by the bins" in page.text
    options = page.text.split('name="category"')[1].split("</select>")[0]
    assert options.index("street_light") < options.index("fly_tipping")
    assert 'value="fly_tipping" selected' in options


def test_a_sorted_report_goes_on_and_its_resident_hears(site: Site) -> None:
    filed = site.file(sure=False)

    sent = site.client.post(site.sort_path(filed), data=SEND)
    page = site.client.get(sent.headers["location"])

    assert sent.status_code == 303
    assert site.case(filed).cluster.service == ROADS
    assert site.case(filed).desk == ()
    assert [key for key, _ in site.told()] == ["told.sorted"]
    assert "It is now with Highways, Weald County Council" in page.text
    waiting = site.store.cases.reports_to_send(site.clock.now(), ["ashmere"])
    assert [report.id for report in waiting] == [filed.report.id]


def test_a_place_in_words_moves_it_to_its_ward(site: Site) -> None:
    filed = site.file(sure=False)

    site.client.post(site.sort_path(filed), data={**SEND, "place": "Old Road"})

    report = site.case(filed).reports[0]
    assert (report.label, report.ward) == ("Old Road", "W2")


def test_a_place_of_which_there_are_two_is_asked_about(site: Site) -> None:
    filed = site.file(sure=False)
    path = site.sort_path(filed)

    asked = site.client.post(path, data={**SEND, "place": "Mill Lane", "words": "half an answer"})
    sent = site.client.post(path, data={**SEND, "place": "Mill Lane", "which_of": "Mill Lane", "which": "1"})

    assert asked.status_code == 422
    assert "Mill Lane, near the park" in asked.text
    assert 'value="road_surface" selected' in asked.text
    assert "half an answer</textarea>" in asked.text
    assert sent.status_code == 303
    assert site.case(filed).reports[0].ward == "W2"


def test_a_choice_made_for_other_words_does_not_count(site: Site) -> None:
    filed = site.file(sure=False)

    site.client.post(
        site.sort_path(filed), data={**SEND, "place": "Old Road", "which_of": "Mill Lane", "which": "0"}
    )

    assert site.case(filed).reports[0].label == "Old Road"


def test_a_place_that_nobody_knows_is_said_so(site: Site) -> None:
    page = site.client.post(site.sort_path(site.file(sure=False)), data={**SEND, "place": "Nowhere"})

    assert page.status_code == 422
    assert "could not find “Nowhere”" in page.text


def test_where_no_route_leads_a_person_chooses(site: Site) -> None:
    filed = site.file(sure=False)
    path = site.sort_path(filed)

    refused = site.client.post(path, data={"do": "sort", "category": "other"})
    sent = site.client.post(path, data={"do": "sort", "category": "other", "service": CLEANSING})

    assert refused.status_code == 422
    assert "Please choose who should deal with it" in refused.text
    assert sent.status_code == 303
    assert site.case(filed).cluster.service == CLEANSING


def test_it_may_go_to_the_councillors(site: Site) -> None:
    filed = site.file(sure=False)

    site.client.post(site.sort_path(filed), data={**SEND, "service": COUNCILLORS})

    assert site.case(filed).cluster.service == COUNCILLORS


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "sort"},
        {"do": "sort", "category": "gone"},
        {**SEND, "service": "ashmere/gone"},
        {"do": "close", "words": " "},
        {"do": "explode"},
    ],
)
def test_a_form_that_says_too_little_changes_nothing(site: Site, form: dict[str, str]) -> None:
    filed = site.file(sure=False)

    page = site.client.post(site.sort_path(filed), data=form)

    assert page.status_code == 422
    assert "That did not go through" in page.text
    assert site.case(filed).cluster == filed.cluster


def test_it_may_be_closed_with_an_answer(site: Site) -> None:
    filed = site.file(sure=False)

    site.client.post(site.sort_path(filed), data={"do": "close", "words": "The railway owns it."})

    assert site.case(filed).cluster.state is State.CLOSED
    assert site.told() == [("told.closed", "The railway owns it.")]


def test_what_a_colleague_did_is_not_done_again(site: Site) -> None:
    filed = site.file(sure=False)
    path = site.sort_path(filed)
    site.client.post(path, data=SEND)

    again = site.client.post(path, data={"do": "close", "words": "Too late"})

    assert again.status_code == 409
    assert "Somebody else has done this already" in again.text
    assert "This is off the desk" in site.client.get(path).text


def test_a_resident_who_was_quicker_is_seen(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The resident corrects the report between our reading and our writing."""
    filed = site.file(sure=False)
    once = iter([True])
    commit = site.store.commit

    def beaten_once(outcome: Outcome, *args: object) -> None:
        if next(once, False):
            now = site.clock.now()
            right = Correction(category="fly_tipping")
            done = correct(site.pack, site.case(filed), filed.report.id, right, "resident", now, site.mint)
            commit(done.outcome, now)
        commit(outcome, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(site.store, "commit", beaten_once)
    page = site.client.post(site.sort_path(filed), data=SEND)

    assert page.status_code == 409
    assert site.case(filed).cluster.service == CLEANSING


def test_an_item_that_never_holds_still_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def always_beaten(*_: object) -> None:
        raise Conflict

    filed = site.file(sure=False)
    monkeypatch.setattr(site.store, "commit", always_beaten)

    assert site.client.post(site.sort_path(filed), data=SEND).status_code == 409


# --- Things without a case ---


@pytest.mark.parametrize(
    "kind",
    [DeskKind.ABANDONED_DRAFT, DeskKind.SUGGESTION, DeskKind.COMPLAINT, DeskKind.MESSAGE_FAILED],
)
def test_a_thing_without_a_case_is_done_with_an_answer(site: Site, kind: DeskKind) -> None:
    item = site.keep_item(make_desk_item(kind=kind, report_id=None, words="A bench by the river?"))
    path = site.item_path(item)

    page = site.client.get(path)
    sent = site.client.post(path, data={"words": "Good idea, we will ask."})

    assert "A bench by the river?" in page.text
    assert (sent.status_code, sent.headers["location"]) == (303, f"{path}?said=finish")
    assert site.told() == [("told.reply", "Good idea, we will ask.")]


def test_a_message_that_was_not_delivered_says_to_whom_and_why(site: Site) -> None:
    words = f"service:{CLEANSING}\nservice.more\n550 no such mailbox"
    item = make_desk_item(kind=DeskKind.DELIVERY_FAILED, report_id=None, contact_id=None, words=words)
    path = site.item_path(site.keep_item(item))

    page = site.client.get(path)

    assert "Street Cleansing, Ashmere Borough Council" in page.text
    assert "550 no such mailbox" in page.text
    assert site.client.post(path, data={"do": "finish"}).status_code == 303


def test_the_photos_of_a_report_never_finished_are_shown_to_staff_only(site: Site) -> None:
    photo = site.keep_photo()
    item = make_desk_item(kind=DeskKind.ABANDONED_DRAFT, report_id=None, words="the thing")
    path = site.item_path(site.keep_item(item))
    token = path.removeprefix("/sort/")

    assert f"/photos/{photo.id}?sort={token}" in site.client.get(path).text
    assert site.client.get(f"/photos/{photo.id}?sort={token}").status_code == 200
    assert site.client.get(f"/photos/{photo.id}").status_code == 404


# --- Links ---


@pytest.mark.parametrize("staff", ["gone", "c1"])
def test_who_is_not_on_duty_sees_nothing(site: Site, staff: str) -> None:
    page = site.client.get(site.sort_path(site.file(sure=False), staff))

    assert page.status_code == 404
    assert "A sofa" not in page.text


def test_a_broken_or_empty_link_is_said_so(site: Site) -> None:
    empty = site.links.sort_token(SortLink("0" * 32, "s1"))

    assert site.client.get("/sort/nonsense").status_code == 404
    assert site.client.post("/sort/nonsense", data={}).status_code == 404
    assert site.client.get(f"/sort/{empty}").status_code == 404


def test_an_act_link_sorts_nothing(site: Site) -> None:
    token = site.act_path(site.file()).removeprefix("/act/")

    assert site.client.get(f"/sort/{token}").status_code == 404


def test_who_was_forgotten_gets_no_answer_but_the_desk_is_cleared(site: Site) -> None:
    item = make_desk_item(kind=DeskKind.SUGGESTION, report_id=None)
    site.keep_item(item)
    path = site.item_path(item)
    site.store.commit(Outcome(changed=(replace(item, contact_id=None),)), NOW)

    assert "There is nobody to answer" in site.client.get(path).text
    assert site.client.post(path, data={"words": "Hello?"}).status_code == 422
    assert site.client.post(path, data={"words": ""}).status_code == 303
    assert site.store.cases.contact(make_contact().id) is not None


def test_where_residents_disagree_a_person_says_whether_it_is_fixed(site: Site) -> None:
    filed = site.file()
    now = site.clock.now()
    done = act(site.pack, site.case(filed), Act.DONE, f"service:{CLEANSING}", "", now, site.mint)
    site.store.commit(done, now)
    item = make_desk_item(kind=DeskKind.DISAGREEMENT, report_id=filed.report.id, words="No!")
    site.store.commit(Outcome(new=(item,)), now)
    path = site.item_path(item, "s1")

    page = site.client.get(path)
    sent = site.client.post(path, data={"do": "fixed", "words": "I went there"})

    assert "another that it is not: No!" in page.text
    assert (sent.status_code, site.case(filed).cluster.state) == (303, State.FIXED_USER)
    assert ("told.judged_fixed", "I went there") in site.told()
    assert "hears that it is fixed" in site.client.get(sent.headers["location"]).text
    assert site.client.post(path, data={"do": "open"}).status_code == 409
