"""The dossier: what is in it and what is not, its versions, its print, and the record for an ombudsman."""

import json
from pathlib import Path

import pytest

from bot.dossier_files import write_dossier
from casework.calls import DossierVersion
from casework.cases import Answer as Said
from casework.cases import Publication
from casework.errors import NotFound
from casework.outcomes import Outcome
from config.settings import Settings
from storage.photos import process
from tests.browser import axe_violations, browser, chromium_path
from tests.climbing import ADA, BO, CLEANERS, CY, OFFICER
from tests.factories import NOW, make_photo, make_question
from tests.integration.web.test_carry import SAFE, Town, town
from tests.pictures import photo as picture

__all__ = ["town"]

TEXTS = {
    "issue": "Rubbish in the alley.\nAgain and again.",
    "tried": "Three clearances.",
    "not_heard": "Nobody from the flats wrote.",
    "other_bodies": "Millbrook Homes",
    "sought": "A weekly round.",
    "spoken_for": "Children of the nursery.",
}


def dossier_path(town: Town, actor: str = ADA) -> str:
    return town.path(actor).replace("/carry/", "/dossier/")


def draft(town: Town) -> None:
    """As far as a draft."""
    town.do(ADA, "take_up")
    town.do(ADA, "ask", words="When will it be cleared for good?")
    town.do(CLEANERS, "answer", words="We have no van.")
    town.do(ADA, "draft", issue="Eleven months.", sought="A weekly round.", track="local_government")


def versions(town: Town) -> tuple[DossierVersion, ...]:
    return town.matter.dossiers


def test_it_has_numbers_promises_and_attempts_but_no_names_or_raw_words(town: Town) -> None:
    asked = make_question(report_id=f"{2:032x}", contact_id=f"{2:032x}")
    said_no = make_question(
        id="8" * 32, report_id=f"{3:032x}", contact_id=f"{3:032x}", answered_at=NOW, answer=Said.NO
    )
    town.store.commit(Outcome(new=(asked, said_no)), NOW)
    draft(town)

    page = town.client.get(dossier_path(town)).text

    for said in (
        "<dt>People</dt><dd>3</dd>",
        "Asked whether it was fixed and did not answer: 1",
        "Said that it was not fixed: 1",
        "for the end of Friday 13 March 2026: overdue.",
        "We have no van.",
        "A weekly round.",
        "Eleven months.",
        "<svg",
        "It has no way of its own",
    ):
        assert said in page, said
    for kept_back in ("07700", "A sofa has been dumped", "+44"):
        assert kept_back not in page


def test_a_councillor_edits_and_signs_and_each_version_stays_as_it_was(town: Town) -> None:
    draft(town)
    path = dossier_path(town)

    town.client.post(path, data={"do": "keep", **TEXTS})
    town.client.post(path, data={"do": "sign", **TEXTS, "issue": "Rubbish, and rats."})
    town.do(CLEANERS, "answer", words="A van has come.")
    first, second = versions(town)

    assert (first.signed, second.signed) == (False, True)
    assert (first.body["issue"], second.body["issue"]) == (
        "Rubbish in the alley.\nAgain and again.",
        "Rubbish, and rats.",
    )
    old = town.client.get(path + "?version=1").text
    assert "Again and again." in old
    assert "<textarea" not in old
    signed = town.client.get(path + "?version=2").text
    assert "Signed by Councillor Ada Byrne" in signed
    now = town.client.get(path).text
    assert "Rubbish, and rats." in now
    assert "Version 1" in now


def test_what_is_signed_goes_to_the_committee_and_a_new_draft_needs_a_new_signature(town: Town) -> None:
    draft(town)
    town.do(BO, "check_safeguards", **SAFE)
    town.client.post(dossier_path(town), data={"do": "sign", **TEXTS})
    town.do(ADA, "draft", issue="Twelve months.", sought="Two rounds.", track="local_government")
    town.do(BO, "check_safeguards", **SAFE)

    assert town.do(ADA, "refer") == 409
    page = town.client.get(dossier_path(town)).text
    assert "Twelve months." in page
    assert "Three clearances." in page
    town.client.post(dossier_path(town), data={"do": "sign", **TEXTS})
    assert town.do(ADA, "refer") == 303


def test_without_the_issue_or_what_is_sought_it_is_not_kept_and_nothing_typed_is_lost(town: Town) -> None:
    draft(town)

    page = town.client.post(dossier_path(town), data={"do": "sign", **TEXTS, "sought": " "})

    assert page.status_code == 422
    assert "Nobody from the flats wrote." in page.text
    assert versions(town) == ()


def test_officers_read_it_and_nobody_else(town: Town) -> None:
    draft(town)

    officers = town.client.get(dossier_path(town, OFFICER))
    assert officers.status_code == 200
    assert "<textarea" not in officers.text
    assert town.client.get(dossier_path(town, CLEANERS)).status_code == 404
    assert town.client.get(dossier_path(town, CY)).status_code == 410
    kept = town.client.post(dossier_path(town, OFFICER), data={"do": "sign", **TEXTS})
    assert kept.status_code == 422
    assert versions(town) == ()


def test_private_photos_stay_out_of_it(town: Town) -> None:
    draft(town)
    for number, publication in enumerate((Publication.PENDING, Publication.PRIVATE), 1):
        name = town.photos.put(process(picture(number)))
        made = make_photo(
            id=f"{number:032x}",
            report_id=f"{2:032x}",
            contact_id=f"{2:032x}",
            name=name,
            publication=publication,
        )
        town.store.commit(Outcome(new=(made,)), NOW)

    assert town.client.get(dossier_path(town)).text.count("data:image/jpeg") == 1


@pytest.mark.skipif(chromium_path() is None, reason="Chromium is not installed")
def test_it_is_accessible_and_prints_without_the_form(town: Town) -> None:
    draft(town)
    page_html = town.client.get(dossier_path(town)).text
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
        for asset in ("streetcall.css", "case.css", "dossier.css"):
            css = (Path(__file__).parents[3] / "web" / "static" / asset).read_text(encoding="utf-8")
            page_html = page_html.replace("</head>", f"<style>{css}</style></head>", 1)
        page.set_content(page_html)

        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.emulate_media(media="print")
        assert not page.locator("#edit").is_visible()
        assert not page.locator(".site-header").is_visible()
        assert page.locator("svg.map").first.is_visible()
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


# --- The command --------------------------------------------------------------------------------


def settings(town: Town, sqlite_url: str, folder: Path) -> Settings:
    """As the command has them; the demo's references begin with AM as well."""
    return Settings(database_url=sqlite_url, data_dir=folder)


def test_the_command_writes_a_page_that_is_whole_by_itself(
    town: Town, sqlite_url: str, tmp_path: Path
) -> None:
    draft(town)
    call = town.matter.call
    assert call is not None

    (file,) = write_dossier(settings(town, sqlite_url, tmp_path), call.reference, False, tmp_path / "out")

    page = file.read_text(encoding="utf-8")
    assert file.name == f"dossier-{call.reference}.html"
    assert "A weekly round." in page
    assert "<link" not in page
    assert "@media print" in page
    assert file.stat().st_mode & 0o077 == 0


def test_the_record_has_everything_that_was_done_and_the_next_way(
    town: Town, sqlite_url: str, tmp_path: Path
) -> None:
    draft(town)
    town.do(ADA, "decline", words="It is private land.")

    data, page = write_dossier(settings(town, sqlite_url, tmp_path), "am4f72q2", True, tmp_path / "out")

    record = json.loads(data.read_text(encoding="utf-8"))
    assert record["report"]["reference"] == "AM-4F7-2Q2"
    assert [step["deed"] for step in record["steps"]] == ["take_up", "ask", "answer", "draft", "decline"]
    assert record["steps"][-1]["words"] == "It is private land."
    assert len(record["promises"]) == 1
    assert "contact_id" not in data.read_text(encoding="utf-8")
    shown = page.read_text(encoding="utf-8")
    for said in ("It is private land.", "not public", "Ombudsman"):
        assert said in shown


def test_a_report_that_no_councillor_saw_has_a_record_too(
    town: Town, sqlite_url: str, tmp_path: Path
) -> None:
    data, _page = write_dossier(settings(town, sqlite_url, tmp_path), "AM-4F7-2Q3", True, tmp_path)

    record = json.loads(data.read_text(encoding="utf-8"))
    assert (record["call"], record["steps"], record["report"]["reference"]) == (None, [], "AM-4F7-2Q3")


@pytest.mark.parametrize("reference", ["AM-222-222", "nonsense", ""])
def test_an_unknown_reference_is_not_found(
    town: Town, sqlite_url: str, tmp_path: Path, reference: str
) -> None:
    with pytest.raises(NotFound):
        write_dossier(settings(town, sqlite_url, tmp_path), reference, False, tmp_path)
