"""What everybody may know of a report, and what nobody may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.acting import Act, act
from casework.cases import Photo, Publication, Report
from casework.correcting import add_to_report, withdraw
from casework.filing import Filed
from casework.outcomes import Outcome
from casework.places import PlaceKind
from casework.states import State
from tests.factories import CLEANSING, make_areas, make_place
from tests.integration.web.conftest import Site

SERVICE = f"service:{CLEANSING}"


def page_of(site: Site, filed: Filed) -> str:
    page = site.client.get(f"/report/{filed.report.reference}")
    assert page.status_code == 200
    return str(page.text)


def publish(site: Site, filed: Filed, *photos: Photo) -> None:
    case = site.case(filed)
    shown = replace(case.reports[0], publication=Publication.PUBLIC)
    pictures = [
        replace(photo, publication=Publication.PUBLIC) for photo in site.store.cases.photos_of([shown.id])
    ]
    site.store.commit(Outcome(changed=(shown, *pictures)), site.clock.now())


def test_everybody_sees_what_where_who_and_by_when(site: Site) -> None:
    text = page_of(site, site.file())

    for words in (
        "Dumped rubbish, Hazel Grove",
        "Westbrook ward",
        "Street Cleansing, Ashmere Borough Council",
        "By the end of Friday 13 March 2026",
        "Open",
        "A resident reported it.",
    ):
        assert words in text


def test_nobody_sees_words_or_pictures_before_they_are_checked(site: Site) -> None:
    photo = site.keep_photo()
    filed = site.file(photos=(photo,))

    text = page_of(site, filed)

    assert "sofa" not in text
    assert "/photos/" not in text
    assert site.client.get(f"/photos/{photo.id}").status_code == 404


def test_a_published_report_shows_its_redacted_words_and_photos(site: Site) -> None:
    photo = site.keep_photo()
    filed = site.file(photos=(photo,))
    publish(site, filed)

    text = page_of(site, filed)
    shown = site.client.get(f"/photos/{photo.id}")

    assert "A sofa has been dumped by the bins. Call me on …" in text
    assert "07700" not in text
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")


def test_a_service_sees_the_photos_by_its_link_until_it_passes_the_case_on(site: Site) -> None:
    photo = site.keep_photo()
    filed = site.file(photos=(photo,))
    token = site.act_path(filed).removeprefix("/act/")
    address = f"/photos/{photo.id}?act={token}"

    assert site.client.get(address).status_code == 200
    assert site.client.get(address).headers["cache-control"].startswith("private")
    site.client.post(
        f"/act/{token}", data={"act": "not_ours", "why_not_ours": "not_our_place", "whose": "unknown"}
    )
    assert site.client.get(address).status_code == 404


def test_a_link_shows_no_photo_of_another_case(site: Site) -> None:
    photo = site.keep_photo()
    site.file(photos=(photo,), seed=1)
    other = site.file(seed=2)
    token = site.act_path(other).removeprefix("/act/")

    assert site.client.get(f"/photos/{photo.id}?act={token}").status_code == 404
    assert site.client.get(f"/photos/{photo.id}?act=nonsense").status_code == 404
    assert site.client.get("/photos/nonsense").status_code == 404


def test_a_sensitive_report_says_only_that_it_is_private(site: Site) -> None:
    filed = site.file(category="anti_social_behaviour")

    text = page_of(site, filed)

    assert "This report is private" in text
    assert "Hazel Grove" not in text
    assert "Anti-social" not in text


@pytest.mark.parametrize(
    ("label", "kind", "shown"),
    [
        ("12 Hazel Grove", PlaceKind.ADDRESS, "Hazel Grove"),
        ("12a-14 Hazel Grove by Mill Lane", PlaceKind.ADDRESS, "Hazel Grove by Mill Lane"),
        ("Flat 3, 12 Hazel Grove, Ashmere", PlaceKind.ADDRESS, "Hazel Grove, Ashmere"),
        ("Rose Cottage, Mill Lane", PlaceKind.ADDRESS, "Mill Lane"),
        ("51.50512, -0.09501", PlaceKind.COORDINATES, "Westbrook ward"),
        ("30 St Mary Axe Gardens", PlaceKind.LANDMARK, "30 St Mary Axe Gardens"),
    ],
)
def test_a_house_is_not_shown_by_its_number(site: Site, label: str, kind: PlaceKind, shown: str) -> None:
    filed = site.file(place=make_place(label=label, kind=kind))

    assert f"<h1>Dumped rubbish, {shown}</h1>" in page_of(site, filed)


def test_a_hidden_report_is_not_there(site: Site) -> None:
    filed = site.file()
    hidden: Report = replace(site.case(filed).reports[0], own_state=State.HIDDEN)
    site.store.commit(Outcome(changed=(hidden,)), site.clock.now())

    page = site.client.get(f"/report/{filed.report.reference}")

    assert page.status_code == 404
    assert "We have no such report" in page.text


def test_a_kept_promise_and_a_broken_one_are_told_apart(site: Site) -> None:
    kept, broken = site.file(seed=1), site.file(seed=2)
    for filed, wait in ((kept, timedelta(hours=1)), (broken, timedelta(days=9))):
        now = site.clock.now() + wait
        site.store.commit(act(site.pack, site.case(filed), Act.DONE, SERVICE, "", now, site.mint), now)

    assert "By the end of Friday 13 March 2026. Kept." in page_of(site, kept)
    assert "By the end of Friday 13 March 2026. Not kept." in page_of(site, broken)


def test_a_date_that_passed_is_admitted(site: Site) -> None:
    filed = site.file()
    site.clock.advance(timedelta(days=9))

    assert "That date has passed." in page_of(site, filed)


def test_what_is_closed_never_looks_fixed(site: Site) -> None:
    filed = site.file()
    now = site.clock.now()
    outcome = act(site.pack, site.case(filed), Act.UNABLE, SERVICE, "Private land", now, site.mint)
    site.store.commit(outcome, now)

    text = page_of(site, filed)

    assert "Cannot be fixed" in text
    assert "Private land" in text
    assert "Fixed" not in text


def test_what_a_resident_adds_is_not_public(site: Site) -> None:
    filed = site.file()
    now = site.clock.now()
    site.store.commit(
        add_to_report(site.case(filed), filed.report.id, "My name is Mary", (), now, site.mint), now
    )

    assert "Mary" not in page_of(site, filed)


def test_a_withdrawn_report_says_so(site: Site) -> None:
    filed = site.file()
    site.store.commit(
        withdraw(site.case(filed), filed.report.id, site.clock.now(), site.mint), site.clock.now()
    )

    assert "Taken back by the resident" in page_of(site, filed)


# --- References ---


@pytest.mark.parametrize("change", [str.lower, lambda r: r.replace("-", ""), lambda r: r.replace("-", " ")])
def test_a_reference_is_read_however_it_is_written(site: Site, change: object) -> None:
    reference = site.file().report.reference
    assert callable(change)

    typed = site.client.get(f"/report/{change(reference)}")
    asked = site.client.get("/report", params={"reference": f" {change(reference)} "})

    assert (typed.status_code, typed.headers["location"]) == (303, f"/report/{reference}")
    assert (asked.status_code, asked.headers["location"]) == (303, f"/report/{reference}")


@pytest.mark.parametrize("typed", ["AM-222-222", "nonsense", "x" * 500, "<script>", "%00"])
def test_a_reference_that_is_none_is_said_kindly(site: Site, typed: str) -> None:
    page = site.client.get(f"/report/{typed}")

    assert page.status_code == 404
    assert "We have no such report" in page.text
    assert "<script>" not in page.text


def test_the_form_asks_for_a_reference(site: Site) -> None:
    assert "Your reference" in site.client.get("/report").text
    assert site.client.get("/report", params={"reference": ""}).status_code == 404


def test_a_report_keeps_its_ward_and_shows_today_s_where_that_is_another(site: Site) -> None:
    east = make_place(longitude=-0.06)

    text = page_of(site, site.file(place=east, areas=make_areas(site.pack, "W1")))

    assert "Westbrook ward when it was reported, Eastfield ward today" in text


def test_the_other_tiers_are_told_too(site: Site) -> None:
    filed = site.file(areas=make_areas(site.pack, parish=site.pack.area("P1")))

    assert "Little Ashmere parish" in page_of(site, filed)
