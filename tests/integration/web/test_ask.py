"""A service asks the people who reported a problem, by the link in its mail."""

from http import HTTPStatus

import pytest

from casework.filing import Filed
from casework.inquiries import MOST_LETTERS
from casework.sorting import close
from config.links import ActLink
from tests.factories import CLEANSING, ROADS
from tests.integration.web.conftest import Site

QUESTION = "Which side of the road is it?"


def path(site: Site, filed: Filed, actor: str = f"service:{CLEANSING}") -> str:
    """The page by which whoever holds it asks."""
    return f"/ask/{site.links.act_token(ActLink(filed.report.id, actor))}"


def waiting(site: Site, filed: Filed) -> list[str]:
    """The questions that wait for the resident."""
    return [i.words for i in site.store.cases.inquiries_of([str(filed.report.contact_id)])]


def test_the_page_that_says_how_a_case_stands_leads_to_it(site: Site) -> None:
    filed = site.file()

    assert f'href="{path(site, filed)}"' in site.client.get(site.act_path(filed)).text
    page = site.client.get(path(site, filed))
    assert (page.status_code, filed.report.reference in page.text) == (200, True)
    assert waiting(site, filed) == []


def test_what_is_asked_reaches_the_resident_and_loading_again_asks_no_more(site: Site) -> None:
    filed = site.file()
    sent = site.client.post(path(site, filed), data={"words": QUESTION})

    assert (sent.status_code, sent.headers["location"]) == (303, f"{path(site, filed)}?asked=1")
    assert site.told() == [("told.asked", QUESTION)]
    assert "Their answers come to you" in site.client.get(sent.headers["location"]).text
    assert waiting(site, filed) == [QUESTION]


def test_a_form_sent_twice_asks_once(site: Site) -> None:
    filed = site.file()
    for _ in range(2):
        assert site.client.post(path(site, filed), data={"words": QUESTION}).status_code == 303

    assert waiting(site, filed) == [QUESTION]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  ", "Please write your question."),
        ("a" * (MOST_LETTERS + 1), f"Please keep it to {MOST_LETTERS} letters"),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_what_was_typed(site: Site, words: str, said: str) -> None:
    filed = site.file()
    page = site.client.post(path(site, filed), data={"words": words})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in page.text
    assert words.strip() in page.text
    assert waiting(site, filed) == []


def test_a_service_that_does_not_have_the_case_asks_nobody(site: Site) -> None:
    filed = site.file()
    page = site.client.post(path(site, filed, f"service:{ROADS}"), data={"words": QUESTION})

    assert (page.status_code, waiting(site, filed)) == (HTTPStatus.CONFLICT, [])


def test_about_what_is_over_nobody_is_asked(site: Site) -> None:
    filed = site.file()
    now = site.clock.now()
    site.store.commit(close(site.pack, site.case(filed), "Seen to", "staff:s1", now, site.mint), now)
    page = site.client.post(path(site, filed), data={"words": QUESTION})

    assert (page.status_code, waiting(site, filed)) == (HTTPStatus.CONFLICT, [])


def test_a_broken_link_says_so(site: Site) -> None:
    assert site.client.get("/ask/nonsense").status_code == HTTPStatus.NOT_FOUND
    assert site.client.post("/ask/nonsense", data={"words": "x"}).status_code == HTTPStatus.NOT_FOUND
