"""What services can say by a link, and what they are told when they cannot."""

import re
from datetime import timedelta

import pytest
from httpx import Response

from casework.acting import Act, act
from casework.cases import Answer, Shows
from casework.correcting import withdraw
from casework.errors import Conflict, StorageUnavailable
from casework.filing import Filed
from casework.outcomes import Outcome
from casework.questions import answer
from casework.states import State
from config.links import ACT_LIFETIME, ActLink
from tests.factories import CLEANSING, ROADS
from tests.integration.web.conftest import Site
from tests.pictures import photo as picture

SERVICE = f"service:{CLEANSING}"


def test_the_page_shows_the_case_and_what_may_be_said(site: Site) -> None:
    filed = site.file()

    page = site.client.get(site.act_path(filed))

    assert page.status_code == 200
    assert filed.report.reference in page.text
    assert "Call me on 07700 900123" in page.text
    for choice in ("seen", "in_progress", "done", "unable", "not_ours"):
        assert f'value="{choice}"' in page.text
    assert "checked" not in page.text


def test_opening_the_page_chooses_but_does_nothing(site: Site) -> None:
    filed = site.file()

    page = site.client.get(site.act_path(filed) + "?act=done")

    assert page.text.count("checked") == 1
    assert site.case(filed).cluster.state is State.CONFIRMED


def test_nobody_may_keep_or_frame_the_page(site: Site) -> None:
    page = site.client.get(site.act_path(site.file()))

    assert page.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    ("chosen", "words", "state"),
    [
        ("seen", "", State.INVESTIGATING),
        ("in_progress", "On Thursday", State.IN_PROGRESS),
        ("done", "", State.FIXED_COUNCIL),
        ("unable", "Private land", State.UNABLE_TO_FIX),
    ],
)
def test_what_is_said_changes_the_case_and_the_resident_hears(
    site: Site, chosen: str, words: str, state: State
) -> None:
    filed = site.file()

    sent = site.client.post(site.act_path(filed), data={"act": chosen, "words": words})

    assert (sent.status_code, sent.headers["location"]) == (303, f"{site.act_path(filed)}?said={chosen}")
    assert site.case(filed).cluster.state is state
    assert site.told() == [(f"told.{chosen}", words)]
    assert "Thank you." in site.client.get(sent.headers["location"]).text


def test_a_form_sent_twice_acts_once(site: Site) -> None:
    filed = site.file()

    answers = [site.client.post(site.act_path(filed), data={"act": "done"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(site.told()) == 1


def test_unable_needs_a_reason_and_forgets_nothing(site: Site) -> None:
    filed = site.file()

    page = site.client.post(site.act_path(filed), data={"act": "unable", "words": " "})

    assert page.status_code == 422
    assert "Please say why you cannot do this." in page.text
    assert 'value="unable" required checked' in page.text
    assert site.case(filed).cluster.state is State.CONFIRMED


def test_nothing_chosen_is_said_so_and_the_words_stay(site: Site) -> None:
    page = site.client.post(site.act_path(site.file()), data={"words": "We were there <today>"})

    assert page.status_code == 422
    assert "We were there &lt;today&gt;</textarea>" in page.text


def test_far_too_many_words_are_kept_and_refused(site: Site) -> None:
    page = site.client.post(site.act_path(site.file()), data={"act": "seen", "words": "x" * 1501})

    assert page.status_code == 422
    assert "x" * 1501 in page.text


def test_a_form_of_megabytes_is_not_read(site: Site) -> None:
    assert site.client.post(site.act_path(site.file()), data={"words": "x" * 100_000}).status_code == 413


# --- Not ours ---


def test_what_is_not_theirs_goes_to_whose_it_is(site: Site) -> None:
    filed = site.file()

    sent = site.client.post(
        site.act_path(filed),
        data={"act": "not_ours", "why_not_ours": "not_our_place", "whose": ROADS, "words": "A road"},
    )
    thanks = site.client.get(sent.headers["location"])

    assert site.case(filed).cluster.service == ROADS
    assert (thanks.status_code, "Highways, Weald County Council" in thanks.text) == (200, True)
    assert site.told() == [("told.passed_on", "")]


def test_who_does_not_know_gives_it_to_a_person(site: Site) -> None:
    filed = site.file()

    site.client.post(
        site.act_path(filed),
        data={"act": "not_ours", "why_not_ours": "not_our_place", "whose": "unknown", "words": "No idea"},
    )

    assert site.case(filed).cluster.service is None
    assert [item.words for item in site.case(filed).desk] == ["No idea"]


def test_whose_it_is_must_be_said(site: Site) -> None:
    page = site.client.post(site.act_path(site.file()), data={"act": "not_ours"})

    assert page.status_code == 422
    assert "Please say whose it is, or that you do not know." in page.text


def test_after_passing_it_on_the_old_link_only_says_whose_it_is(site: Site) -> None:
    filed = site.file()
    site.client.post(
        site.act_path(filed), data={"act": "not_ours", "why_not_ours": "not_our_place", "whose": ROADS}
    )

    read = site.client.get(site.act_path(filed))
    said = site.client.post(site.act_path(filed), data={"act": "done"})

    for page in (read, said):
        assert page.status_code == 410
        assert "Highways, Weald County Council" in page.text
        assert "07700 900123" not in page.text
    assert site.case(filed).cluster.state is State.CONFIRMED


# --- The case moved on ---


def test_a_case_that_is_over_offers_nothing(site: Site) -> None:
    filed = site.file()
    site.store.commit(
        withdraw(site.case(filed), filed.report.id, site.clock.now(), site.mint), site.clock.now()
    )

    page = site.client.get(site.act_path(filed) + "?act=done")

    assert page.status_code == 200
    assert "This case is over" in page.text
    assert 'name="act"' not in page.text


def test_what_became_impossible_is_said_with_how_it_stands_now(site: Site) -> None:
    filed = site.file()
    site.client.post(site.act_path(filed), data={"act": "unable", "words": "Private land"})

    page = site.client.post(site.act_path(filed), data={"act": "done", "words": "We did it after all"})

    assert page.status_code == 409
    assert "Cannot be fixed" in page.text
    assert "That is no longer possible" in page.text


def test_somebody_elses_change_in_between_is_read_and_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = site.file()
    once = iter([True])
    commit = site.store.commit

    def beaten_once(outcome: Outcome, *args: object) -> None:
        """A colleague is quicker with "seen", the first time."""
        if next(once, False):
            case, now = site.case(filed), site.clock.now()
            commit(act(site.pack, case, Act.SEEN, SERVICE, "", now, site.mint), now)
        commit(outcome, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(site.store, "commit", beaten_once)
    sent = site.client.post(site.act_path(filed), data={"act": "in_progress"})

    assert sent.status_code == 303
    assert site.case(filed).cluster.state is State.IN_PROGRESS


def test_a_case_that_never_holds_still_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def always_beaten(*_: object) -> None:
        raise Conflict

    filed = site.file()
    monkeypatch.setattr(site.store, "commit", always_beaten)
    page = site.client.post(site.act_path(filed), data={"act": "seen", "words": "On our way"})

    assert page.status_code == 409
    assert "at the same moment" in page.text
    assert "On our way" in page.text


def test_a_database_that_is_away_gives_the_form_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StorageUnavailable

    filed = site.file()
    monkeypatch.setattr(site.store, "commit", away)
    page = site.client.post(site.act_path(filed), data={"act": "unable", "words": "Private land"})

    assert page.status_code == 503
    assert 'name="act" value="unable"' in page.text
    assert "Private land</textarea>" in page.text


def test_a_reopened_case_can_be_done_again(site: Site) -> None:
    filed = site.file()
    site.client.post(site.act_path(filed), data={"act": "done"})
    case, now = site.case(filed), site.clock.now()
    site.store.commit(answer(site.pack, case, filed.report.id, Answer.NO, "Still there", now, site.mint), now)

    assert site.client.post(site.act_path(filed), data={"act": "done"}).status_code == 303
    assert site.case(filed).cluster.state is State.FIXED_COUNCIL


# --- Links ---


def test_an_old_link_is_gone_and_says_what_to_do(site: Site) -> None:
    path = site.act_path(site.file())
    site.clock.advance(ACT_LIFETIME + timedelta(days=1))

    for page in (site.client.get(path), site.client.post(path, data={"act": "done"})):
        assert page.status_code == 410
        assert "reply to the mail" in page.text


def test_a_broken_link_is_not_found(site: Site) -> None:
    for page in (site.client.get("/act/nonsense"), site.client.post("/act/nonsense", data={})):
        assert page.status_code == 404
        assert "This link does not work" in page.text


def test_a_report_that_is_gone_is_said_so(site: Site) -> None:
    token = site.links.act_token(ActLink("0" * 32, SERVICE))

    for page in (site.client.get(f"/act/{token}"), site.client.post(f"/act/{token}", data={"act": "done"})):
        assert page.status_code == 404
        assert "There is nothing here any more" in page.text


# --- Dates, waits and photos ---


def say(site: Site, filed: Filed, **typed: str) -> Response:
    return site.client.post(site.act_path(filed), data=typed)


def test_a_new_date_is_promised_and_the_page_says_why(site: Site) -> None:
    filed = site.file()

    sent = say(site, filed, act="longer", day_longer="2026-03-20", why_longer="parts", words="On order")
    page = site.client.get(sent.headers["location"]).text

    assert (sent.status_code, site.told()) == (303, [("told.longer", "On order")])
    assert "By the end of Friday 20 March 2026" in page
    assert "First promised by the end of Friday 13 March 2026." in page
    assert "Moved because we are waiting for parts." in page


def test_the_same_new_date_sent_twice_is_promised_once(site: Site) -> None:
    filed = site.file()
    typed = {"act": "longer", "day_longer": "2026-03-20", "why_longer": "parts"}

    assert [say(site, filed, **typed).status_code for _ in range(2)] == [303, 303]
    assert len(site.told()) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"act": "longer", "day_longer": "2026-03-20"}, "Please choose why it takes longer."),
        ({"act": "longer", "why_longer": "parts", "day_longer": "soon"}, "Please give a date."),
        ({"act": "longer", "why_longer": "parts", "day_longer": "2026-03-01"}, "That day is past."),
        (
            {"act": "longer", "why_longer": "parts", "day_longer": "2026-03-12"},
            "no later than the date already promised, Friday 13 March 2026",
        ),
        ({"act": "pause", "why_pause": "parts", "day_pause": "2027-03-12"}, "at most 92 days"),
        ({"act": "not_ours", "whose": ROADS, "why_not_ours": "whim"}, "Please choose why it is not yours."),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_the_words_stay(
    site: Site, typed: dict[str, str], says: str
) -> None:
    filed = site.file()

    page = say(site, filed, words="We were there", **typed)

    assert page.status_code == 422
    assert says in page.text
    assert "We were there</textarea>" in page.text
    assert site.told() == []


def test_a_wait_and_its_end_are_told_and_shown(site: Site) -> None:
    filed = site.file()

    say(site, filed, act="pause", day_pause="2026-03-20", why_pause="parts")
    held = site.client.get(site.act_path(filed)).text
    assert "Until Friday 20 March 2026 at the latest: we are waiting for parts." in held
    assert 'value="resume"' in held
    assert 'value="pause"' not in held
    site.clock.advance(timedelta(days=2))
    say(site, filed, act="resume")

    assert [key for key, _ in site.told()] == ["told.paused", "told.resumed"]
    assert "By the end of Tuesday 17 March 2026" in site.client.get(site.act_path(filed)).text


def test_a_photo_of_the_work_is_kept_and_everybody_may_see_it(site: Site) -> None:
    filed = site.file()

    sent = site.client.post(
        site.act_path(filed), data={"act": "done"}, files={"photo": ("a.jpg", picture(3), "image/jpeg")}
    )
    (kept,) = site.store.cases.photos_of([filed.report.id])

    assert (sent.status_code, kept.shows) == (303, Shows.AFTER)
    assert site.client.get(f"/photos/{kept.id}").headers["content-type"] == "image/jpeg"
    assert f"/photos/{kept.id}" in site.client.get(f"/report/{filed.report.reference}").text


def test_a_file_that_is_no_photo_is_refused_and_nothing_is_done(site: Site) -> None:
    filed = site.file()

    page = site.client.post(
        site.act_path(filed),
        data={"act": "done", "words": "All gone"},
        files={"photo": ("a.jpg", b"no photo at all", "image/jpeg")},
    )

    assert page.status_code == 422
    assert "That file is no photo" in page.text
    assert "All gone</textarea>" in page.text
    assert site.case(filed).cluster.state is State.CONFIRMED


def test_who_comes_late_reads_what_a_colleague_did_meanwhile(site: Site) -> None:
    filed = site.file()
    seen = re.findall(r'name="seen" value="(\w+)"', site.client.get(site.act_path(filed)).text)[0]
    say(site, filed, act="done")

    page = say(site, filed, act="unable", words="Private land", seen=seen)

    assert page.status_code == 409
    assert "Meanwhile, on Tuesday 10 March 2026 at 11am: Street Cleansing" in page.text
    assert "says that it is done" in page.text


def test_words_for_a_case_that_was_passed_on_meanwhile_are_given_back(site: Site) -> None:
    filed = site.file()
    say(site, filed, act="not_ours", whose=ROADS, why_not_ours="not_our_place")

    page = say(site, filed, act="in_progress", words="The lorry comes on Monday")

    assert page.status_code == 410
    assert "The lorry comes on Monday" in page.text
