"""The mails as they arrive: who they are for, what is in them, and what cannot get into them."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from PIL import Image

from bot.delivery import Refused
from bot.mail.case_letters import KINDS
from bot.mail.composing import LOCALE, Composer
from casework.acting import Act, act
from casework.cases import DeskItem, DeskKind
from casework.clock import DrivenClock
from casework.correcting import withdraw
from casework.filing import Filed
from casework.outcomes import Notice, Outcome
from casework.packs import Authority
from config.links import ActLink, Links, SortLink
from config.wording import Catalogue
from storage.database import Database
from storage.outbox import Waiting
from storage.photos import PhotoFolder, process
from storage.store import Store
from tests.factories import (
    CLEANSING,
    HOUSING,
    NOW,
    keep_contact,
    keep_report,
    make_areas,
    make_authority,
    make_desk_item,
    make_pack,
    make_photo,
    make_place,
    mint,
)

PACK = make_pack()
SERVICE = f"service:{CLEANSING}"


class Desk:
    """A composer with everything round it."""

    def __init__(self, database: Database, folder: Path, authority: Authority | None = None) -> None:
        self.pack = make_pack(authority=authority or make_authority())
        self.store = Store(database)
        self.clock = DrivenClock(NOW + timedelta(minutes=11))
        self.photos = PhotoFolder(folder)
        self.links = Links("a secret of the test", "https://report.ashmere.example", self.clock)
        self.composer = Composer(self.store, {"ashmere": self.pack}, self.photos, self.links, self.clock)

    def waiting(
        self, key: str, recipient: str, report_id: str | None = None, **parameters: object
    ) -> Waiting:
        notice = Notice(recipient, key, parameters, jurisdiction="ashmere", report_id=report_id)
        self.store.commit(Outcome(notices=(notice,)), self.clock.now())
        (claimed,) = self.store.outbox.claim(["email"], self.clock.now(), timedelta(minutes=1))
        self.store.outbox.mark_sent(claimed.id, self.clock.now())
        return claimed

    def compose(
        self, key: str, recipient: str = SERVICE, filed: Filed | None = None, **more: object
    ) -> EmailMessage:
        mail = self.composer.compose(self.waiting(key, recipient, filed.report.id if filed else None, **more))
        assert mail is not None
        return arrived(mail)

    def photo(self, side: int = 600) -> str:
        out = io.BytesIO()
        Image.effect_noise((side, side), 60).convert("RGB").save(out, "PNG")
        return self.photos.put(process(out.getvalue()))


def arrived(mail: EmailMessage) -> EmailMessage:
    """The mail as the other side reads it."""
    read = message_from_bytes(mail.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    database = Database(sqlite_url)
    yield Desk(database, tmp_path / "photos")
    database.close()


# --- To a service ---


def test_a_crew_gets_all_that_it_needs(desk: Desk) -> None:
    areas = make_areas(PACK, parish=PACK.area("P1"), estate=PACK.area("E1"))
    filed = keep_report(desk.store, PACK, areas=areas)

    mail = desk.compose("service.new_report", f"service:{HOUSING}", filed)

    assert mail["To"] == '"Repairs, Millbrook Homes" <repairs@millbrook.example>'
    for words in (text_of(mail), html_of(mail).replace("&amp;", "&")):
        assert filed.report.reference in words
        assert "Dumped rubbish, Hazel Grove" in words
        assert "A sofa has been dumped by the bins. Call me on 07700 900123" in words
        assert "Mill Estate, Little Ashmere parish, Westbrook ward" in words
        assert "51.50500, -0.09500" in words
        assert "https://www.openstreetmap.org/?mlat=51.50500&mlon=-0.09500#map=19/51.50500/-0.09500" in words
        assert "look within about 80 metres of the pin" in words
        assert "Reported on Tuesday 10 March 2026 at 10am" in words
        assert "by the end of Friday 13 March 2026" in words
        assert "It is not ours" in words


def test_a_crew_does_not_get_the_reporters_address(desk: Desk) -> None:
    contact = keep_contact(desk.store, address="+447700900999")
    filed = keep_report(desk.store, PACK, contact_id=contact.id, text="A sofa by the bins")

    assert "7700" not in desk.compose("service.new_report", filed=filed).as_string()


def test_each_button_opens_the_services_own_page_with_its_act(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK)

    html = html_of(desk.compose("service.new_report", filed=filed))

    links = re.findall(r"https://report\.ashmere\.example/act/([^?\"]+)\?act=(\w+)", html)
    assert [chosen for _, chosen in links] == [str(act) for act in Act if act is not Act.RESUME]
    assert {desk.links.read_act(token) for token, _ in links} == {ActLink(filed.report.id, SERVICE)}


def test_only_what_is_still_possible_is_offered(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK)
    case = desk.store.cases.case_of_report(filed.report.id)
    assert case is not None
    desk.store.commit(act(PACK, case, Act.DONE, SERVICE, "", NOW, mint(3)), NOW)

    mail = desk.compose("service.new_report", filed=filed)

    assert "/act/" not in html_of(mail)
    assert "How does it stand?" not in text_of(mail)


def test_residents_words_stay_words(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK, text='<script>x</script>\n"&" {{ 7 * 7 }}\n--\nIgnore the above')

    mail = desk.compose("service.new_report", filed=filed)

    assert "<script>" not in html_of(mail)
    assert "&lt;script&gt;" in html_of(mail)
    assert "> --\n> Ignore the above" in text_of(mail).replace("\r\n", "\n")
    assert "{{ 7 * 7 }}" in text_of(mail)


def test_no_header_comes_from_a_place_or_a_name(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    desk = Desk(database, tmp_path, make_authority(name='Ash"mere\r\nBcc: all@evil.example'))
    place = make_place(label="Hazel\r\nBcc: all@evil.example\r\n\r\nGrove")
    filed = keep_report(desk.store, PACK, place=place)

    mail = desk.compose("service.new_report", filed=filed)

    assert mail["Bcc"] is None
    assert "Hazel Bcc: all@evil.example Grove" in mail["Subject"]
    database.close()


def test_the_photos_are_in_the_mail(desk: Desk) -> None:
    keep_contact(desk.store)
    photos = tuple(make_photo(id=str(n) * 32, report_id=None, name=desk.photo(600 + n)) for n in range(2))
    desk.store.commit(Outcome(new=photos), NOW)
    filed = keep_report(desk.store, PACK, photos=photos)

    mail = desk.compose("service.new_report", filed=filed)

    pictures = {part["Content-ID"]: part.get_content() for part in mail.walk() if part["Content-ID"]}
    assert set(pictures) == {"<photo-1>", "<photo-2>"}
    assert pictures["<photo-1>"] == desk.photos.get(photos[0].name)
    assert re.findall(r'src="cid:(photo-\d)"', html_of(mail)) == ["photo-1", "photo-2"]
    assert mail.get_content_type() == "multipart/alternative"
    assert "2 photos are attached" in text_of(mail)


def test_a_photo_that_was_forgotten_does_not_stop_the_mail(desk: Desk) -> None:
    keep_contact(desk.store)
    photo = make_photo(report_id=None)
    desk.store.commit(Outcome(new=(photo,)), NOW)
    filed = keep_report(desk.store, PACK, photos=(photo,))

    assert "cid:" not in html_of(desk.compose("service.new_report", filed=filed))


def test_a_hazard_says_so_in_its_subject(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK, category="street_light")

    subject = desk.compose("service.new_report", "service:county/highways", filed)["Subject"]

    assert subject == f"Urgent: {filed.report.reference} Street light, Hazel Grove"


def test_the_mails_of_a_case_stand_together_and_no_machine_answers(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK)

    first, second = (desk.compose(key, filed=filed) for key in ("service.new_report", "service.overdue"))

    assert first["References"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["From"] == first["Reply-To"] == "Ashmere Borough Council <hello@ashmere.example>"
    assert first["Date"] == "Tue, 10 Mar 2026 10:11:00 +0000"
    assert first["Content-Language"] == "en"


def test_a_second_attempt_has_the_same_message_id(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK)
    waiting = desk.waiting("service.new_report", SERVICE, filed.report.id)

    ids = {str(mail["Message-ID"]) for _ in range(2) if (mail := desk.composer.compose(waiting))}

    assert len(ids) == 1


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_mail_about_a_case_can_be_written(desk: Desk, key: str) -> None:
    filed = keep_report(desk.store, PACK)

    mail = desk.compose(key, filed=filed, words="It is still there", photos=[])

    assert filed.report.reference in mail["Subject"]
    assert ("still there" in text_of(mail)) == (
        key in {"service.more", "service.not_fixed", "service.answered", "service.chased"}
    )


def test_a_withdrawn_report_can_still_be_told_of(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK)
    case = desk.store.cases.case_of_report(filed.report.id)
    assert case is not None
    desk.store.commit(withdraw(case, filed.report.id, NOW, mint(3)), NOW)

    assert desk.compose("service.withdrawn", filed=filed)["Subject"].startswith("Withdrawn: ")


@pytest.mark.parametrize(
    ("recipient", "jurisdiction"),
    [
        ("service:ashmere/gone", "ashmere"),
        ("councillor:gone", "ashmere"),
        ("staff:gone", "ashmere"),
        ("nobody", "ashmere"),
        (SERVICE, "elsewhere"),
    ],
)
def test_a_recipient_who_is_gone_is_refused(desk: Desk, recipient: str, jurisdiction: str) -> None:
    filed = keep_report(desk.store, PACK)
    notice = Notice(recipient, "service.new_report", jurisdiction=jurisdiction, report_id=filed.report.id)
    desk.store.commit(Outcome(notices=(notice,)), NOW)
    (waiting,) = desk.store.outbox.claim(["email"], NOW, timedelta(minutes=1))

    with pytest.raises(Refused):
        desk.composer.compose(waiting)


# --- To councillors and staff ---


def digest_for(desk: Desk) -> EmailMessage:
    return desk.compose("councillor.digest", "councillor:c1", **digest_until(NOW + timedelta(minutes=10)))


def digest_until(until: datetime) -> dict[str, object]:
    since = until - timedelta(days=7)
    return {"ward": "W1", "since_on": since.isoformat(), "until_on": until.isoformat()}


def test_a_digest_has_what_is_overdue_and_new(desk: Desk) -> None:
    old = keep_report(desk.store, PACK, now=NOW - timedelta(days=9), seed=1)
    new = keep_report(desk.store, PACK, seed=2)

    mail = digest_for(desk)
    words = text_of(mail)

    assert mail["Subject"] == "Westbrook: 1 new, 1 overdue"
    assert words.index("OVERDUE: 1") < words.index(old.report.reference) < words.index("NEW: 1")
    assert f"https://report.ashmere.example/report/{new.report.reference}" in words
    assert "2 reports are open in all" in words
    assert "Saturdays 10am, library" in words


def test_a_quiet_week_is_said_shortly(desk: Desk) -> None:
    mail = digest_for(desk)

    assert mail["Subject"] == "Westbrook: nothing new"
    assert "Nothing new, overdue or fixed this time." in text_of(mail)


def test_a_late_digest_with_nothing_to_tell_is_not_sent(desk: Desk) -> None:
    parameters = digest_until(NOW - timedelta(hours=5))
    notice = Notice("councillor:c1", "councillor.digest", parameters, jurisdiction=PACK.code)
    desk.store.commit(Outcome(notices=(notice,)), NOW)
    (waiting,) = desk.store.outbox.claim(["email"], NOW, timedelta(minutes=1))

    assert desk.composer.compose(waiting) is None


def test_a_sensitive_report_is_counted_without_its_place(desk: Desk) -> None:
    keep_report(desk.store, PACK, category="anti_social_behaviour")

    words = text_of(digest_for(desk))

    assert "Anti-social behaviour" in words
    assert "Hazel Grove" not in words


def test_the_staffs_mail_lists_what_waits_with_a_link_for_each(desk: Desk) -> None:
    filed = keep_report(desk.store, PACK, sure=False)
    (item_id,) = (item.id for item in filed.outcome.new if isinstance(item, DeskItem))
    draft = make_desk_item(kind=DeskKind.ABANDONED_DRAFT, report_id=None, words="something on the corner")
    lost = make_desk_item(
        id="9" * 32,
        kind=DeskKind.DELIVERY_FAILED,
        report_id=None,
        words=f"{SERVICE}\nservice.overdue\n550 no",
    )
    desk.store.commit(Outcome(new=(draft, lost)), NOW)

    mail = desk.compose("staff.triage", "staff:s1", items=[item_id, draft.id, lost.id])
    words = text_of(mail)

    assert mail["Subject"] == "3 new things to sort"
    assert "something on the corner" in words
    assert "To Street Cleansing, Ashmere Borough Council. Reason: 550 no" in words
    tokens = re.findall(r"/sort/(\S+)", words)
    assert [desk.links.read_sort(token) for token in tokens] == [
        SortLink(one, "s1") for one in (item_id, draft.id, lost.id)
    ]


def test_staff_are_not_bothered_with_what_a_colleague_did(desk: Desk) -> None:
    keep_contact(desk.store)
    done = make_desk_item(report_id=None, done_at=NOW, done_by="staff:s2")
    desk.store.commit(Outcome(new=(done,)), NOW)

    assert desk.composer.compose(desk.waiting("staff.triage", "staff:s1", items=[done.id])) is None


def test_every_kind_of_desk_item_has_a_name() -> None:
    keys = Catalogue(LOCALE, domain="mail").keys()

    assert {f"mail.desk.{kind}" for kind in DeskKind} <= keys


def test_a_councillor_reads_what_came_to_the_ward_and_what_went(desk: Desk) -> None:
    moves = {"ward": "W1", "gained": [["W2", 1], ["W0", 12]], "lost": []}
    mail = desk.compose("councillor.wards", "councillor:c1", **moves)

    assert mail["Subject"] == "New boundaries: open reports of Westbrook ward"
    for words in (text_of(mail), html_of(mail)):
        assert words.index("12 open reports from W0") < words.index("One open report from Eastfield")
        assert "No longer in" not in words
