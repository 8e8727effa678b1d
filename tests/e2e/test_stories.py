"""Whole stories at the running product: from a resident's words to a street that is mended."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from config.settings import DEMO_PACK
from tests.mailbox import MailServer
from tests.pictures import photo
from tests.product import Product, Talk, product, until

MARKET = {"latitude": 53.00148, "longitude": 0.45027}
"""In St Botolph's, where dumped rubbish is promised to be gone by the end of the next working day."""
SOFA = "Someone has dumped an old sofa by the bins at the market"
DOG = "there is dog mess all over the pavement at the market"
CLEANSING = "street.cleansing@ashmere.example"
PARKS = "parks@ashmere.example"


class Town:
    """The demo borough with its mail server."""

    def __init__(self, streetcall: Product, post: MailServer) -> None:
        self.product = streetcall
        self._post = post

    def mail(self, address: str, words: str, seconds: float = 20.0) -> EmailMessage:
        """The latest mail to somebody that has these words in it; it may be still on its way."""

        def look() -> EmailMessage | None:
            found = (mail for mail in self._post.mails if address in str(mail["To"]) and words in text(mail))
            return next(found, None)

        mail = until(look, seconds, f"a mail to {address} with {words!r}")
        assert mail is not None
        return mail

    def mails(self, address: str, words: str = "") -> int:
        """How many mails went to somebody."""
        return sum(address in str(mail["To"]) and words in text(mail) for mail in self._post.mails)

    def open(self, link: str) -> str:
        """A page as a mail scanner or a browser opens it."""
        answer = self.product.client.get(link)
        assert answer.status_code == 200, answer.text
        return answer.text

    def answer(self, link: str, **fields: str) -> str:
        """Fill in the form of a page and read what comes back."""
        answer = self.product.client.post(link, data=fields, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo borough, which sends reports on at once."""
    pack = tmp_path_factory.mktemp("packs") / "demo"
    shutil.copytree(DEMO_PACK, pack)
    authority = pack / "authority.toml"
    authority.write_text(authority.read_text().replace("correction_minutes = 10", "correction_minutes = 0"))
    with ExitStack() as stack:
        post = stack.enter_context(MailServer())
        folder = tmp_path_factory.mktemp("product")
        yield Town(stack.enter_context(product(folder, pack=pack, smtp_url=post.url)), post)


def text(mail: EmailMessage) -> str:
    """Its words, and its subject."""
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['Subject']}\n{body.get_content()}"


def html(mail: EmailMessage) -> str:
    """The same for people with a better mail program."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage, page: str, reference: str = "") -> str:
    """The path of the first signed link to that page, below the reference."""
    words = text(mail)
    found = re.search(rf"http://127\.0\.0\.1:\d+/{page}/[^\s?]+", words[words.index(reference) :])
    assert found, text(mail)
    return urlsplit(found[0]).path


def report(talk: Talk, words: str = SOFA, **fields: object) -> str:
    """Tell something in one message; its reference."""
    answer = talk.say(words, **({"location": MARKET} | fields))
    assert answer["report"], answer
    return str(answer["report"]["reference"])


def test_a_sofa_is_told_sent_on_worked_on_done_not_done_and_done(town: Town) -> None:
    talk = town.product.talk()
    answer = talk.say(SOFA, location=MARKET, photo=photo(7))
    told = answer["replies"][0]["text"]
    reference = answer["report"]["reference"]
    assert re.fullmatch(r"AM-[2-9CFGHJMPQRVWX]{3}-[2-9CFGHJMPQRVWX]{3}", reference)
    assert answer["report"]["category"] == "fly_tipping"
    assert answer["report"]["ward"] == "E99000001"
    assert reference in told
    assert "Street Cleansing" in told
    promised = re.search(r"\w+day \d+ \w+", told)
    assert promised, told

    mail = town.mail(CLEANSING, reference)
    assert SOFA in text(mail)
    assert promised[0] in text(mail)
    assert "St Botolph" in text(mail)
    assert "Dumped" in str(mail["Subject"])
    assert re.search(r"https?://\S*53\.0014\S*", text(mail)), text(mail)
    assert SOFA in html(mail)
    assert reference in html(mail)
    pictures = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    assert len(pictures) == 1
    assert "Exif" not in str(pictures[0].get_payload(decode=True)[:64])

    link = link_in(mail, "act")
    heard = answer["next"]
    page = town.open(link)
    assert town.open(link) == page
    assert SOFA in page
    assert talk.later(heard)["replies"] == []
    assert talk.later()["report"]["state"] == "confirmed"

    town.answer(link, act="in_progress", words="The lorry comes today.")
    assert "The lorry comes today." in talk.hears("working on it", heard)
    assert talk.later()["report"]["state"] == "in progress"

    town.answer(link, act="done", words="Gone.")
    assert "Is it fixed?" in talk.hears("says it is done", heard)
    assert talk.later()["report"]["state"] == "fixed - council"

    sorry = talk.say("no, it is still there")
    assert "open again" in sorry["replies"][0]["text"]
    assert sorry["report"]["state"] == "confirmed"
    again = town.mail(CLEANSING, "not fixed")
    assert reference in text(again)
    assert again["In-Reply-To"] == mail["In-Reply-To"]

    heard = sorry["next"]
    town.answer(link_in(again, "act"), act="done")
    talk.hears("says it is done", heard)
    thanks = talk.say("YES")
    assert reference in thanks["replies"][0]["text"]
    assert thanks["report"]["state"] == "fixed - user"
    assert town.mails(CLEANSING, reference) == 2


def test_a_report_that_is_not_ours_reaches_whose_it_is(town: Town) -> None:
    talk = town.product.talk()
    reference = report(talk)
    heard = talk.later()["next"]
    first = town.mail(CLEANSING, reference)
    link = link_in(first, "act")
    page = town.answer(
        link,
        act="not_ours",
        whose="ashmere/parks",
        why_not_ours="not_our_place",
        words="It lies in the park.",
    )
    assert "Parks and Trees" in page

    assert "Parks and Trees" in talk.hears("is now with", heard)
    second = town.mail(PARKS, reference)
    assert SOFA in text(second)
    assert town.product.client.get(link).status_code == 410
    assert town.product.client.post(link, data={"act": "done"}).status_code == 410
    town.answer(link_in(second, "act"), act="seen")
    talk.hears("has seen it", heard)


def test_an_unclear_report_is_sorted_by_a_person_and_sent_on(town: Town) -> None:
    talk = town.product.talk()
    asked = talk.say("it is in a really bad state and somebody should come and look", location=MARKET)
    assert asked["report"] is None
    filed = talk.say(button="none")
    reference = filed["report"]["reference"]
    assert filed["report"]["state"] == "for triage"
    heard = filed["next"]
    # The desk's mail goes every quarter of an hour, and when it starts again.
    town.product.stop()
    town.product.begin()
    mail = town.mail("simran.kaur@ashmere.example", reference)
    assert "really bad state" in text(mail)

    link = link_in(mail, "sort", reference)
    assert town.open(link) == town.open(link)
    assert town.mails(PARKS, reference) == 0
    town.answer(link, do="sort", category="parks", place="", service="")
    assert "a person has checked it" in talk.hears(reference, heard)
    assert talk.later()["report"]["state"] == "confirmed"
    assert "really bad state" in text(town.mail(PARKS, reference))
    assert town.product.client.post(link, data={"do": "sort", "category": "bins"}).status_code == 409


def test_a_link_that_was_cut_or_altered_opens_nothing(town: Town) -> None:
    reference = report(town.product.talk(), DOG)
    link = link_in(town.mail(CLEANSING, reference), "act")
    for broken in (link[:-1], link[:-5] + "AAAAA", "/act/x", link.replace("/act/", "/sort/")):
        answer = town.product.client.get(broken)
        assert answer.status_code == 404, broken
        assert DOG not in answer.text


def test_what_is_taken_back_is_not_worked_on(town: Town) -> None:
    talk = town.product.talk()
    reference = report(talk, "graffiti has been sprayed on the wall at the market")
    town.mail(CLEANSING, reference)
    answer = talk.say(button="undo")
    assert answer["report"]["state"] == "cancelled"
    until(lambda: town.mails(CLEANSING, reference) == 2, 20, "a second mail")


def test_a_street_light_is_promised_slips_in_the_open_and_is_done(town: Town) -> None:
    talk = town.product.talk()
    reference = report(talk, "the street light is out at the market, it is very dark")
    mail = town.mail("street.lighting@fenshire.example", reference)
    link, heard = link_in(mail, "act"), talk.later()["next"]
    day = (datetime.now(UTC) + timedelta(days=30)).date()

    town.answer(link, act="longer", day_longer=day.isoformat(), why_longer="parts", words="")
    said = talk.hears("takes longer than we promised", heard)
    assert "we are waiting for parts" in said
    public = town.open(f"/report/{reference}")
    assert "Moved because we are waiting for parts." in public
    assert "First promised by" in public

    town.answer(link, act="pause", day_pause=day.isoformat(), why_pause="weather", words="")
    assert "the weather does not allow it" in talk.hears("has to wait", heard)
    assert "On hold" in town.open(f"/report/{reference}")
    town.answer(link, act="done", words="Lit again.")
    talk.hears("Is it fixed?", heard)
    assert talk.say("YES")["report"]["state"] == "fixed - user"


def test_a_drain_that_three_bodies_refuse_goes_to_a_person_with_the_chain(town: Town) -> None:
    talk = town.product.talk()
    reference = report(talk, "the drain is blocked and the road floods at the market")
    heard = talk.later()["next"]
    onward = {
        "highway.drainage@fenshire.example": "wend-levels/dykes",
        "dykes@wendlevels.example": "ashmere/parks",
        PARKS: "fenshire/drainage",
    }
    for address, to in onward.items():
        link = link_in(town.mail(address, reference), "act")
        town.answer(link, act="not_ours", whose=to, why_not_ours="not_our_place", words=f"No: {address}")

    talk.hears("is now with", heard)
    assert talk.later()["report"]["state"] == "for triage"
    assert sum("is now with" in reply["text"] for reply in talk.later(heard)["replies"]) == 1
    # The desk's mail goes every quarter of an hour, and when it starts again.
    town.product.stop()
    town.product.begin()
    letter = text(town.mail("simran.kaur@ashmere.example", reference))
    for address in onward:
        assert f"No: {address}" in letter


def test_fixed_that_was_not_is_open_again_and_what_is_wrong_reaches_the_team(town: Town) -> None:
    talk = town.product.talk()
    reference = report(talk, "graffiti has been sprayed on the door of the market hall")
    link = link_in(town.mail(CLEANSING, reference), "act")
    heard = talk.later()["next"]
    town.answer(link, act="done", words="")
    talk.hears("Is it fixed?", heard)

    asked = talk.say("NO")
    assert "What is still wrong?" in asked["replies"][0]["text"]
    assert asked["report"]["state"] == "confirmed"
    talk.say("it still lies in the hedge")
    assert "still lies in the hedge" in text(town.mail(CLEANSING, "still lies in the hedge"))
