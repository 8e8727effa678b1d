"""The whole ladder walked by links and forms, as councillors, officers and services walk it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.calling_jobs import allocate_budgets, flag_clusters
from bot.mail.composing import Composer
from casework.calls import CommitteeTest, Matter, Safeguard
from casework.carrying import keep_dossier
from casework.clock import DrivenClock
from casework.outcomes import Outcome
from casework.places import Areas, Point
from config.links import CarryLink, Links
from storage.carrying import carry_out
from storage.database import Database
from storage.photos import PhotoFolder
from storage.store import Store
from tests.climbing import (
    ADA,
    BO,
    CLEANERS,
    CLEANSING,
    CY,
    HIGHWAYS,
    OFFICER,
    POLICE,
    ROADS,
    calling_pack,
    neighbours_case,
)
from tests.factories import NOW, keep_contact, make_areas, mint
from tests.unit.web.client import TestClient
from web.call_page import create_call_routes
from web.carry import CarryPages, create_carry_routes
from web.dossier import create_dossier_routes
from web.rendering import create_pages
from web.report_page import create_report_routes

SAFE = {str(q): "yes" for q in Safeguard} | {f"{q}-reason": "We talked about it." for q in Safeguard}
TESTS = {str(q): "yes" for q in CommitteeTest} | {f"{q}-reason": "Shown to us." for q in CommitteeTest}


class Town:
    """The pages with a case that three neighbours told, sixty days ago."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.pack = calling_pack()
        self.packs = {"ashmere": self.pack}
        self.store = Store(database)
        self.clock = DrivenClock(NOW + timedelta(days=60))
        self.links = Links("a secret of the test", "http://testserver", self.clock)
        self.mint = mint(70)
        pages = create_pages("Ashmere")
        self.photos = PhotoFolder(folder / "photos")
        carry = CarryPages(self.store, self.packs, self.links, self.clock, self.mint, pages)
        routes = [
            pages.assets.mount(),
            *create_carry_routes(carry),
            *create_dossier_routes(carry, self.photos),
            *create_call_routes(self.store, self.packs, self.clock, pages),
            *create_report_routes(self.store, self.packs, self.clock, pages, self.areas_at),
        ]
        self.client = TestClient(Starlette(routes=routes), follow_redirects=False)
        self.composer = Composer(self.store, self.packs, self.photos, self.links, self.clock)
        case = neighbours_case()
        for report in case.reports:
            keep_contact(self.store, id=report.contact_id, address_hash=report.contact_id.rjust(64, "0"))
        self.cluster_id = case.cluster.id
        self.store.commit(Outcome(new=(case.cluster, *case.reports, *case.promises)), NOW)

    def areas_at(self, _point: Point, _on: date) -> Areas:
        """Everything lies in Westbrook."""
        return make_areas(self.pack, "W1")

    @property
    def matter(self) -> Matter:
        """As it stands."""
        found = self.store.calls.matter_of_cluster(self.cluster_id)
        assert found is not None
        return found

    def path(self, actor: str, about: str = "") -> str:
        """The page of whoever acts."""
        token = self.links.carry_token(CarryLink(about or f"case:{self.cluster_id}", actor, "ashmere"))
        return f"/carry/{token}"

    def do(self, actor: str, deed: str, **typed: str) -> int:
        """Send a form; the status of the answer."""
        return self.client.post(self.path(actor), data={"do": deed, **typed}).status_code

    def told(self, recipient: str) -> list[str]:
        """The subjects of the mails that wait for somebody."""
        waiting = self.store.outbox.claim(["email"], self.clock.now(), timedelta(minutes=1), 500)
        mails = [self.composer.compose(m) for m in waiting if m.recipient == recipient]
        return [str(mail["Subject"]) for mail in mails if mail]

    def sms(self) -> list[str]:
        """The keys of what residents are told."""
        waiting = self.store.outbox.claim(["sms"], self.clock.now(), timedelta(minutes=1), 500)
        return sorted({message.key for message in waiting})

    def sign(self) -> None:
        """The dossier, signed; its page has tests of its own."""
        carry_out(
            self.store,
            self.pack,
            lambda: self.matter,
            ADA,
            lambda scene: keep_dossier(scene, {"issue": "as told", "sought": "a camera"}, True),
            self.clock,
            self.mint,
        )


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path) -> Iterator[Town]:
    """The pages, with the neighbours' case."""
    database = Database(sqlite_url)
    yield Town(database, tmp_path)
    database.close()


def test_an_alley_climbs_from_the_rule_to_a_published_answer_by_links_alone(town: Town) -> None:
    assert allocate_budgets(town.store, town.packs, town.clock, town.mint) == 2
    assert flag_clusters(town.store, town.packs, town.clock, town.mint) == 1
    assert flag_clusters(town.store, town.packs, town.clock, town.mint) == 0
    subjects = town.told(ADA)
    assert len(subjects) == 1
    assert "Laid before the ward's councillors" in subjects[0]

    assert town.do(ADA, "take_up") == 303
    assert town.do(ADA, "ask", words="When will it be cleared for good?") == 303
    assert town.do(CLEANERS, "answer", words="We have no van.") == 303
    assert town.do(BO, "fund", amount="£150", words="A bin") == 303
    sought = {"issue": "Eleven months.", "sought": "A weekly round.", "track": "local_government"}
    assert town.do(ADA, "draft", **sought) == 303
    assert town.do(BO, "check_safeguards", **SAFE) == 303
    assert town.do(ADA, "refer") == 409
    town.sign()
    assert town.do(ADA, "refer") == 303
    assert town.do(OFFICER, "receive") == 303
    assert town.do(OFFICER, "accept", words="Of genuine interest.", **TESTS) == 303
    assert town.do(OFFICER, "request", service=ROADS, words="Whose alley is it?") == 303
    assert town.do(HIGHWAYS, "inform", clock=town.matter.clocks[0].id, words="The council's.") == 303
    assert town.do(OFFICER, "recommend", service=CLEANSING, words="Clear it every week.") == 303
    assert town.do(OFFICER, "send") == 303
    wanted = town.matter.recommendations[0].id
    assert town.do(CLEANERS, "acknowledge", recommendation=wanted) == 303
    answer = {"recommendation": wanted, "accepts": "yes", "words": "From May on.", "decided_by": "R. Okafor"}
    assert town.do(CLEANERS, "respond", **answer) == 303
    assert str(town.matter.stage) == "published"
    assert town.do(OFFICER, "monitor", words="In June.", review_on="2026-06-15") == 303
    assert town.do(CLEANERS, "follow_up", recommendation=wanted, done="yes", words="Every Monday.") == 303
    assert town.do(OFFICER, "close", words="Clean for three months.") == 303

    assert town.sms() == [
        "told.call_accepted",
        "told.call_closed",
        "told.call_followed_up",
        "told.call_funded",
        "told.call_recommended",
        "told.call_referred",
        "told.call_response",
        "told.call_taken_up",
    ]
    call = town.matter.call
    assert call is not None
    page = town.client.get(f"/calls/{call.reference}")
    assert page.status_code == 200
    for said in ("From May on.", "R. Okafor", "answered on", "£150 set aside: A bin", "Ombudsman", "Closed"):
        assert said in page.text, said
    assert "+44" not in page.text
    report = town.client.get("/report/AM-4F7-2Q2")
    assert "asked the council&#39;s scrutiny committee" in report.text


def test_the_page_offers_what_can_be_done_and_opening_it_does_nothing(town: Town) -> None:
    town.do(ADA, "take_up")

    page = town.client.get(town.path(ADA))
    again = town.client.get(town.path(ADA) + "?do=fund")

    offered = set(re.findall(r"\?do=([a-z_]+)#answer", page.text))
    assert offered == {"attempt", "ask", "say", "fund", "resolve", "decline", "declare_interest"}
    assert 'name="amount"' in again.text
    assert len(town.matter.steps) == 1


def test_what_was_typed_comes_back_with_the_reason_why_not(town: Town) -> None:
    allocate_budgets(town.store, town.packs, town.clock, town.mint)
    town.do(ADA, "take_up")

    for amount in ("-5", "0", "1e9", "2000.01", "99999"):
        page = town.client.post(town.path(ADA), data={"do": "fund", "amount": amount, "words": "A lamp <b>"})
        assert page.status_code in {409, 422}
        assert f'value="{amount}"' in page.text
        assert "A lamp &lt;b&gt;" in page.text
        assert 'role="alert"' in page.text
    assert town.matter.lines == ()


def test_a_councillor_of_another_ward_reads_whose_it_is_and_no_more(town: Town) -> None:
    page = town.client.get(town.path(CY))

    assert page.status_code == 410
    assert "Ada Byrne, Bo Lind" in page.text
    assert town.do(CY, "take_up") == 410
    assert town.matter.call is None


def test_a_councillors_link_ends_with_the_term(town: Town) -> None:
    town.do(ADA, "take_up")
    ended = tuple(
        replace(c, until=town.clock.now().date()) if c.id == "c1" else c for c in town.pack.councillors
    )
    town.packs["ashmere"] = replace(town.pack, councillors=ended)

    assert town.client.get(town.path(ADA)).status_code == 410


def test_a_response_to_another_bodys_recommendation_says_which_are_theirs(town: Town) -> None:
    town.do(ADA, "take_up")
    town.do(ADA, "ask", words="When?")
    town.do(ADA, "draft", issue="x", sought="y", track="crime_and_disorder")
    town.do(ADA, "check_safeguards", **SAFE)
    town.sign()
    town.do(ADA, "refer")
    town.do(OFFICER, "receive")
    town.do(OFFICER, "accept", words="Yes.", **TESTS)
    town.do(OFFICER, "recommend", service=CLEANSING, words="Clear it.")
    town.do(OFFICER, "recommend", service=POLICE, words="Patrol it.")
    town.do(OFFICER, "send")
    first = town.matter.recommendations[0].id

    typed = {"do": "respond", "recommendation": first, "accepts": "no", "words": "x", "decided_by": "x"}
    page = town.client.post(town.path(f"service:{POLICE}"), data=typed)

    assert page.status_code == 409
    assert "Yours have the numbers: 2" in page.text


def test_a_form_sent_at_the_wrong_stage_says_what_is_possible(town: Town) -> None:
    town.do(ADA, "take_up")

    page = town.client.post(town.path(ADA), data={"do": "refer"})

    assert page.status_code == 409
    assert "Write down what was tried; Ask a team for an answer" in page.text


def test_a_councillor_opens_a_matter_from_the_wards_page(town: Town) -> None:
    path = town.path(ADA, "ward:W1")
    assert "Nothing is open." in town.client.get(path).text

    typed = {"do": "open", "title": "The steps", "words": "No ramp.", "spoken_for": "Wheelchair users"}
    sent = town.client.post(path, data=typed)
    page = town.client.get(sent.headers["location"])

    assert sent.status_code == 303
    assert "The steps, Westbrook" in page.text
    assert "Wheelchair users" in page.text
    assert "The steps" in town.client.get(path).text


def test_strange_links_and_forms_are_met_kindly(town: Town) -> None:
    assert town.client.get("/carry/nonsense").status_code == 404
    assert town.client.get(town.path(ADA, "call:" + "0" * 32)).status_code == 404
    assert town.client.post(town.path(ADA), data={"do": "flag"}).status_code == 422
    assert town.client.post(town.path(ADA), data={"do": "refer; drop"}).status_code == 422
    assert town.client.post(town.path(ADA), data={}).status_code == 422
    assert town.client.get("/calls/AM-222-222").status_code == 404


def test_a_flag_alone_is_not_public(town: Town) -> None:
    flag_clusters(town.store, town.packs, town.clock, town.mint)
    call = town.matter.call
    assert call is not None

    assert town.client.get(f"/calls/{call.reference}").status_code == 404
    town.do(ADA, "take_up")
    assert town.client.get(f"/calls/{call.reference}").status_code == 200
