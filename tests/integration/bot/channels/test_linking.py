"""One person on several chats; councillors' and officers' chats; a number with a new owner."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import jobs
from bot.codes import Codes
from bot.mail.composing import Composer
from casework.outcomes import Notice, Outcome
from storage.commit import EMAIL
from storage.outbox import Waiting
from tests import packs
from tests.counterparts.telegram_server import BotApi, Person
from tests.integration.bot.channels.telegram_office import Office

SOFA = "mattress dumped on High Street, Northend"
CODE = re.compile(r"[2-9CFGHJMPQRVWX]{4}-[2-9CFGHJMPQRVWX]{4}")
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packs.write_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def office(tmp_path: Path, pack: Path) -> Iterator[Office]:
    with BotApi() as api:
        made = Office(api, tmp_path, pack)
        yield made
        made.close()


@pytest.fixture
def phone(office: Office) -> Person:
    return office.api.person(5001, "Ada at home")


@pytest.fixture
def tablet(office: Office) -> Person:
    return office.api.person(5002, "Ada on the train")


def code_said(office: Office, person: Person) -> str:
    found = CODE.search(office.told(person, "join"))
    assert found
    return found[0]


def join(office: Office, phone: Person, tablet: Person) -> None:
    office.told(tablet, f"JOIN {code_said(office, phone)}")


# --- One resident ---------------------------------------------------------------------------------


def test_joined_channels_see_all_own_reports(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    office.told(tablet, "deep pothole on Mill Lane, Southend")
    references = [r.reference for who in (phone, tablet) for r in office.reports(who)]

    for person in (phone, tablet):
        said = office.told(person, "mine")
        assert all(reference in said for reference in references)


def test_whoever_gave_the_code_hears_of_it(office: Office, phone: Person, tablet: Person) -> None:
    join(office, phone, tablet)

    assert "another phone or app" in phone.heard[-1].text


@pytest.mark.parametrize("written", ["{}", "join {}", "JOIN: {}", "join{}"])
def test_a_code_is_known_however_it_is_written(
    office: Office, phone: Person, tablet: Person, written: str
) -> None:
    code = code_said(office, phone)
    typed = {"join{}": code.lower().replace("-", " ")}.get(written, code)

    assert "Joined" in office.told(tablet, written.replace("join{}", "join {}").format(typed))


def test_a_code_is_good_once(office: Office, phone: Person, tablet: Person) -> None:
    code = code_said(office, phone)
    office.told(tablet, code)

    assert "not good" in office.told(office.api.person(5003), code)


def test_a_code_is_good_for_ten_minutes(office: Office, phone: Person, tablet: Person) -> None:
    code = code_said(office, phone)
    office.clock.advance(11 * MINUTE)

    assert "not good" in office.told(tablet, f"join {code}")
    assert office.contact(tablet).person_id is None


def test_ones_own_code_joins_nothing(office: Office, phone: Person) -> None:
    assert "from there" in office.told(phone, code_said(office, phone))


def test_a_code_is_not_kept_in_clear(office: Office, phone: Person) -> None:
    code = code_said(office, phone)
    office.app.database.close()
    kept = b"".join(file.read_bytes() for file in office.app.settings.data_dir.glob("streetcall.db*"))

    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


def test_updates_go_where_they_are_wanted(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    tablet.presses("Send news here")
    office.work()
    before = len(phone.heard)
    office.tell(phone, "answer.thanks", reference="TN-234-567")
    office.work()

    assert "TN-234-567" in tablet.heard[-1].text
    assert len(phone.heard) == before


def test_updates_come_back(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    office.told(tablet, "updates here")
    office.told(phone, "send updates here")
    office.tell(phone, "answer.thanks", reference="TN-234-567")
    office.work()

    assert "TN-234-567" in phone.heard[-1].text


def test_whoever_leaves_sees_only_their_own(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    office.told(tablet, "updates here", "leave")

    assert "no reports of yours" in office.told(tablet, "mine")
    assert office.contact(phone).updates_to is None


def test_a_joined_channel_may_correct_and_take_back(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    reference = office.reports(phone)[0].reference

    assert reference in office.told(tablet, f"{reference} it has got worse, now there are three of them")


def test_forgetting_takes_every_joined_channel(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, SOFA)
    join(office, phone, tablet)
    office.told(tablet, "forget me", "yes")

    assert "no reports of yours" in office.told(phone, "mine")


def test_without_another_channel_there_is_nothing_to_choose(office: Office, phone: Person) -> None:
    assert "from here only" in office.told(phone, "updates here")
    assert "from here only" in office.told(phone, "leave")


# --- Councillors and staff --------------------------------------------------------------------------


def mails(office: Office) -> list[Waiting]:
    """The mails that wait."""
    found = office.app.store.outbox.claim([EMAIL], office.clock.now(), MINUTE)
    return [message for message in found if message.key == "office.link_code"]


def mailed_code(office: Office) -> tuple[str, str]:
    """To whom the code was mailed, and the code."""
    app = office.app
    (message,) = mails(office)
    mail = Composer(app.store, app.packs, app.photos, app.links, app.clock, app.codes).compose(message)
    assert mail is not None
    body = mail.get_body(("plain",))
    assert body is not None
    found = CODE.search(body.get_content())
    assert found
    return str(mail["To"]), found[0]


@pytest.mark.parametrize(
    ("named", "to", "subject"),
    [
        ("ann.moss@tarn.example", "ann.moss@tarn.example", "councillor:c-moss"),
        ("C-Moss", "ann.moss@tarn.example", "councillor:c-moss"),
        ("cat.hill@tarn.example", "cat.hill@tarn.example", "staff:s-hill"),
    ],
)
def test_a_mailed_code_links_the_chat(
    office: Office, phone: Person, named: str, to: str, subject: str
) -> None:
    office.told(phone, "/link", named)
    sent_to, code = mailed_code(office)
    said = office.told(phone, code)

    assert to in sent_to
    assert "This chat is linked" in said
    (link,) = office.app.store.cases.links_of(office.contact(phone).id)
    assert (link.subject, link.jurisdiction) == (subject, "tarn")


def test_nobody_learns_who_is_in_the_list(office: Office, phone: Person) -> None:
    known = office.told(phone, "link", "ann.moss@tarn.example")
    unknown = office.told(phone, "link", "nobody@elsewhere.example")

    assert known == unknown
    assert len(mails(office)) == 1


def test_a_mailbox_is_not_filled(office: Office, phone: Person) -> None:
    for _ in range(5):
        office.told(phone, "link", "ann.moss@tarn.example")

    assert len(mails(office)) == 1


def test_a_mailed_code_is_of_no_use_in_another_chat(office: Office, phone: Person, tablet: Person) -> None:
    office.told(phone, "link", "ann.moss@tarn.example")
    _, code = mailed_code(office)
    office.told(tablet, code)

    assert office.app.store.cases.links_of(office.contact(tablet).id) == ()


def test_the_question_who_you_are_holds_for_one_message(office: Office, phone: Person) -> None:
    office.told(phone, "link", "help")
    office.told(phone, SOFA)

    assert len(office.reports(phone)) == 1


# --- A number with a new owner ------------------------------------------------------------------------


def test_after_the_retention_time_nothing_of_the_old_owner_is_shown(office: Office, phone: Person) -> None:
    office.told(phone, SOFA)
    reference = office.reports(phone)[0].reference
    office.clock.advance(timedelta(days=200))

    assert reference not in office.told(phone, "mine")
    office.tell(phone, "answer.thanks", reference="TN-234-567")
    assert office.count("contacts") == 2


def test_news_of_the_old_owners_reports_does_not_reach_the_new_one(office: Office, phone: Person) -> None:
    office.told(phone, SOFA)
    old = office.contact(phone)
    office.api.down = True
    office.tell(phone, "answer.thanks", reference="TN-234-567")
    office.deliver()
    office.api.down = False
    office.clock.advance(timedelta(days=200))
    office.told(phone, "hello")

    assert not any("TN-234-567" in heard.text for heard in phone.heard)
    assert office.contact(phone).id != old.id


def test_old_reports_are_not_told_of_at_a_number_that_was_silent_for_so_long(
    office: Office, phone: Person
) -> None:
    office.told(phone, SOFA)
    old = office.contact(phone)
    office.clock.advance(timedelta(days=200))
    app = office.app
    assert jobs.forget_idle(app.store, app.packs, app.clock, app.mint) == 1
    assert jobs.forget_idle(app.store, app.packs, app.clock, app.mint) == 0
    notice = Notice(f"contact:{old.id}", "answer.thanks", {"reference": "TN-234-567"}, jurisdiction="tarn")
    app.store.commit(Outcome(notices=(notice,)), app.clock.now())
    office.work()

    assert not any("TN-234-567" in heard.text for heard in phone.heard)


def test_whoever_writes_now_and_then_stays_the_same(office: Office, phone: Person) -> None:
    office.told(phone, SOFA)
    for _ in range(3):
        office.clock.advance(timedelta(days=100))
        office.told(phone, "any news")

    assert len(office.reports(phone)) == 1


def test_codes_of_two_installations_differ() -> None:
    assert Codes("one").code_of("a" * 32) != Codes("two").code_of("a" * 32)
