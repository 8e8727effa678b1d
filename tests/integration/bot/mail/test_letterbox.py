"""A service's mail reaches its case: by real SMTP to a real IMAP server, from there to the case."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text as sql

from bot.channels.imap import MOST_BYTES, MailboxPoller, parse_imap_url
from bot.channels.mailbox import arrival_of
from bot.ways import Way
from casework.acting import Act
from casework.cases import DeskItem, Update
from casework.errors import SettingsError, StorageUnavailable
from casework.packs import Pack
from storage.tables import desk_items, inbox, outbox
from tests.dovecot import ADDRESS, MailOffice
from tests.talk import MORNING, Resident, Town, open_town, picture

STREETS = "streets@tarn.example"
STRANGER = "sam@home.example"


class PostTown(Town):
    """A town with a mailbox."""

    office: MailOffice

    @property
    def way(self) -> Way:
        """The way in for mails."""
        found = self.app.providers["mail_in"]
        assert found is not None
        return found

    def deliver(self) -> list[EmailMessage]:
        """Everything that is due goes out; the mails that came to others by it."""
        before = len(self.office.others)
        for delivery in self.app.deliveries.values():
            while delivery.deliver_due():
                pass
        return self.office.others[before:]

    def letter(self, resident: Resident) -> EmailMessage:
        """The mail by which the service hears of the resident's only report."""
        self.send_on(resident)
        return next(mail for mail in self.deliver() if mail["To"].addresses[0].addr_spec == STREETS)

    def comes(self, mail: EmailMessage | bytes, sender: str = STREETS, to: str = ADDRESS) -> None:
        """A mail comes, is fetched and answered."""
        self.office.send(mail, sender, to)
        assert self.way.catch_up is not None
        self.way.catch_up()
        self.work()

    def poller(self, most_bytes: int = MOST_BYTES) -> MailboxPoller:
        """What looks into the mailbox."""
        server = parse_imap_url(self.office.url)
        return MailboxPoller(server, self.app.intake, self.app.key, most_bytes=most_bytes)

    def rename(self, table: str, name: str) -> None:
        """A table is not there for a while."""
        with self.app.database.write() as connection:
            connection.execute(sql(f"ALTER TABLE {table} RENAME TO {name}"))

    def work(self) -> None:
        while self.worker.step():
            pass

    def answers(self, letter: EmailMessage, words: str, sender: str = STREETS, **headers: str) -> None:
        """The service answers our mail as a mail program does."""
        self.comes(reply(letter, words, sender, **headers), sender, parseaddr(letter["Reply-To"])[1])

    def said(self, to: str = STREETS) -> list[str]:
        """The words of what we answered to that address."""
        return [text(mail) for mail in self.deliver() if mail["To"].addresses[0].addr_spec == to]

    def items(self) -> list[DeskItem]:
        with self.app.database.read() as connection:
            rows = connection.execute(desk_items.select().order_by(desk_items.c.created_at)).mappings()
            return [item for row in rows if (item := self.app.store.cases.desk_item(row["id"]))]

    def history(self, resident: Resident) -> list[Update]:
        return list(self.app.store.cases.history(resident.report.cluster_id))


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def reply(letter: EmailMessage, words: str, sender: str = STREETS, **headers: str) -> EmailMessage:
    quoted = "\n".join(f"> {line}" for line in text(letter).splitlines())
    made = EmailMessage()
    made["From"] = f"Jo Crew <{sender}>"
    made["To"] = letter["Reply-To"]
    made["Subject"] = f"Re: {letter['Subject']}"
    made["Message-ID"] = headers.pop("Message_ID", f"<{abs(hash((words, sender)))}@mail.tarn.example>")
    made["In-Reply-To"] = letter["Message-ID"]
    made["References"] = f"{letter['References']} {letter['Message-ID']}"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(f"{words}\n\n-- \nJo Crew\n\nOn Thu, 7 May 2026 at 10:00, Tarn wrote:\n{quoted}\n")
    return made


def plain(words: str, subject: str, sender: str = STREETS) -> EmailMessage:
    """A mail that answers nothing."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ADDRESS, subject
    made["Message-ID"] = f"<{abs(hash((words, subject)))}@mail.tarn.example>"
    made.set_content(words)
    return made


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path, tarn: Mapping[str, Pack], office: MailOffice) -> Iterator[PostTown]:
    opened = open_town(
        sqlite_url, tmp_path, tarn, mail_in_url=office.url, mail_in_address=ADDRESS, smtp_url=office.smtp_url
    )
    for town in opened:
        made = PostTown(town.app, town.clock)
        made.office = office
        yield made


@pytest.fixture
def ann(town: PostTown) -> Resident:
    """She told of a sofa."""
    resident = town.resident("ann")
    assert resident.says("a sofa dumped on High Street") == ["report.filed"]
    return resident


# --- What a service says ---


def test_done_is_done_and_everybody_hears_of_it(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Done - the lorry took it. Call Jo Crew on 01632 960123")

    assert (ann.state, ann.later[-1]) == ("fixed - council", "told.done")
    public = [update for update in town.history(ann) if update.public and update.words]
    assert [(update.actor, update.key) for update in public] == [("service:tarn/streets", "update.done")]
    assert "960123" not in public[0].words
    (thanks,) = town.said()
    assert thanks.startswith(f"Thank you. {ann.report.reference} (Dumped rubbish, High Street")
    assert "fixed" in thanks
    assert town.desk() == []


def test_our_letter_names_a_mailbox_that_we_read_and_bounces_go_there(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    bare = ann.report.reference.replace("-", "").lower()

    assert parseaddr(letter["Reply-To"])[1].startswith(f"reports+{bare}.")
    assert parseaddr(letter["From"])[1] == "hello@tarn.example"
    assert town.office.envelopes == [ADDRESS]


def test_our_answer_is_in_the_thread_and_asks_for_none(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Done", Message_ID="<1@mail.tarn.example>")
    (thanks,) = town.deliver()

    assert (thanks["In-Reply-To"], thanks["Auto-Submitted"]) == ("<1@mail.tarn.example>", "auto-replied")
    assert thanks["Subject"] == f"Re: {letter['Subject']}"


def test_a_question_is_kept_inside_and_laid_before_a_person(town: PostTown, ann: Resident) -> None:
    town.answers(town.letter(ann), "Which side of the road is it?")

    (update,) = [update for update in town.history(ann) if update.key == "update.wrote"]
    assert (update.words, update.public) == ("Which side of the road is it?", False)
    assert (ann.state, town.desk(), town.said()) == ("confirmed", ["service_wrote"], [])
    assert "Which side" in town.items()[0].words


def test_not_ours_passes_the_case_on_to_the_service_that_is_named(town: PostTown, ann: Resident) -> None:
    town.answers(town.letter(ann), "Not ours: Highways")

    assert (ann.case.cluster.service, ann.case.cluster.handovers) == ("fellshire/highways", 1)
    assert any("is passed on" in words for words in town.said())


def test_unable_without_a_reason_is_asked_for_one(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Unable")
    assert ann.state == "confirmed"
    assert "Please say why" in town.said()[0]

    town.answers(letter, "Unable: it is on private land")
    assert ann.state == "unable to fix"


def test_photos_come_clean_into_the_case_and_logos_do_not(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    mail = reply(letter, "Done")
    big = picture("green")
    grown = BytesIO()
    Image.open(BytesIO(big)).resize((640, 480)).save(grown, "JPEG")
    mail.add_attachment(grown.getvalue(), "image", "jpeg", filename="after.jpg")
    mail.add_attachment(big, "image", "jpeg", filename="logo.jpg")
    mail.add_attachment(b"no photo", "image", "jpeg", filename="broken.jpg")
    town.comes(mail, STREETS, parseaddr(letter["Reply-To"])[1])

    assert (ann.photos, ann.state) == (1, "fixed - council")


# --- Whom we believe ---


def test_a_stranger_who_has_the_address_changes_nothing(town: PostTown, ann: Resident) -> None:
    town.answers(town.letter(ann), "Done", sender=STRANGER)

    assert (ann.state, town.desk(), town.said(STRANGER)) == ("confirmed", ["mail_unknown"], [])
    assert town.items()[0].report_id == ann.report.id
    assert [update.key for update in town.history(ann)] == ["update.reported", "update.sent"]


def test_a_reference_reaches_the_case_but_changes_nothing(town: PostTown, ann: Resident) -> None:
    town.letter(ann)
    town.comes(plain("Done", f"about {ann.report.reference.lower()}"))

    assert (ann.state, town.desk()) == ("confirmed", ["service_wrote"])
    assert town.history(ann)[-1].words == "Done"
    assert "answer our own mail" in town.said()[0]


def test_an_answer_that_lost_its_address_is_found_by_what_it_answers(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    mail = reply(letter, "We will look at it")
    del mail["To"], mail["Subject"]
    mail["To"], mail["Subject"] = ADDRESS, "your mail"
    town.comes(mail)

    assert town.history(ann)[-1].words == "We will look at it"


def test_a_mail_about_nothing_known_gets_an_answer_that_helps(town: PostTown) -> None:
    town.comes(plain("The bins are full again", "hello", STRANGER), STRANGER)

    assert town.desk() == ["mail_unknown"]
    assert "put the report's reference in the subject" in town.said(STRANGER)[0]


def test_a_forged_address_is_none(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    forged = parseaddr(letter["Reply-To"])[1][:30] + "2222222222@ashmere.example"
    mail = plain("Done", "x")
    del mail["To"]
    mail["To"] = forged
    town.comes(mail, STREETS, ADDRESS)

    assert (ann.state, town.desk()) == ("confirmed", ["mail_unknown"])


def test_the_service_that_passed_it_on_acts_no_more(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Not ours: Highways")
    town.deliver()
    town.answers(letter, "Done")

    assert ann.state == "confirmed"
    assert town.history(ann)[-1].key == "update.wrote"
    assert "could not change it" in town.said()[0]


def test_an_answer_about_a_withdrawn_report_is_kept_and_told(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    ann.says("UNDO")
    town.deliver()
    town.answers(letter, "In progress")

    assert (ann.state, town.desk()) == ("cancelled", ["service_wrote"])
    assert "could not change it" in town.said()[0]


def test_the_same_mail_twice_is_one(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    mail = reply(letter, "Which side?", Message_ID="<same@mail.tarn.example>")
    town.comes(mail, STREETS, ADDRESS)
    town.comes(mail, STREETS, ADDRESS)

    assert town.desk() == ["service_wrote"]
    assert sum(update.key == "update.wrote" for update in town.history(ann)) == 1


# --- Machines ---


def test_a_machines_answer_is_kept_and_never_answered(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Done. Your case number is 12345", Auto_Submitted="auto-replied")

    assert (ann.state, town.desk(), town.said()) == ("confirmed", [], [])
    assert "12345" in town.history(ann)[-1].words


def test_a_machine_that_nobody_knows_is_passed_over(town: PostTown) -> None:
    mail = plain("I am away", "Automatic reply: hello", STRANGER)
    town.comes(mail, STRANGER)

    assert (town.desk(), town.said(STRANGER)) == ([], [])


def test_a_talk_between_machines_that_hide_it_ends(town: PostTown) -> None:
    for number in range(8):
        town.comes(plain(f"We have your mail {number}", "Re: hello", STRANGER), STRANGER)

    assert len(town.said(STRANGER)) == 4
    assert town.desk().count("loop") == 1


def test_our_own_mail_that_comes_back_to_us_is_not_answered(town: PostTown) -> None:
    town.comes(plain("Thank you", "hello", f"reports+x@{ADDRESS.partition('@')[2]}"), ADDRESS)

    assert (town.desk(), town.deliver()) == ([], [])


def test_a_letter_that_came_back_is_on_the_desk_once(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    for number in (1, 2):
        town.comes(bounce(letter, number), "", ADDRESS)

    (item,) = town.items()
    assert (item.kind, item.report_id) == ("delivery_failed", ann.report.id)
    assert item.words.split("\n") == [
        "service:tarn/streets",
        "service.new_report",
        "the mail came back: 5.1.1",
    ]


def test_a_forged_bounce_says_nothing(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    forged = bounce(letter, 1).replace(str(int(MORNING.timestamp())).encode(), b"1700000000")
    town.comes(forged, "", ADDRESS)

    assert town.desk() == []


def bounce(letter: EmailMessage, number: int) -> bytes:
    return (
        f"From: MAILER-DAEMON@mx.example\nTo: {ADDRESS}\nMessage-ID: <{number}@mx.example>\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {STREETS}\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {letter['Message-ID']}\n\n--b--\n"
    ).encode()


# --- Bad input ---


def test_a_mail_of_ten_megabytes_is_read(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    mail = reply(letter, "In progress")
    mail.add_attachment(b"x" * 7_500_000, "application", "pdf", filename="plan.pdf")
    town.comes(mail, STREETS, parseaddr(letter["Reply-To"])[1])

    assert ann.state == "in progress"


def test_of_a_mail_beyond_all_measure_the_beginning_is_read(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    mail = reply(letter, "In progress")
    mail.add_attachment(b"x" * 200_000, "application", "pdf", filename="plan.pdf")
    town.office.send(mail, STREETS, parseaddr(letter["Reply-To"])[1])
    assert town.poller(most_bytes=100_000).step() == 1
    town.work()

    assert ann.state == "in progress"
    assert any("too large" in words for words in town.said())


def test_mail_that_is_nonsense_stops_nothing(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    for nonsense in (b"\xff\xfe\x00", b"From: <\n\n", b"Content-Type: multipart/mixed\n\nx"):
        town.comes(nonsense, STRANGER)
    town.answers(letter, "Done")

    assert ann.state == "fixed - council"
    assert town.office.unread == 0


# --- The mailbox ---


def test_a_mail_is_marked_as_read_only_after_it_is_stored(town: PostTown) -> None:
    town.office.send(plain("Hello", "hello", STRANGER), STRANGER)
    town.rename("inbox", "inbox_elsewhere")
    with pytest.raises(StorageUnavailable):
        town.poller().step()
    assert town.office.unread == 1

    town.rename("inbox_elsewhere", "inbox")
    assert town.poller().step() == 1
    assert (town.office.unread, town.poller().step()) == (0, 0)


def test_what_was_stored_but_not_marked_is_not_stored_again(town: PostTown) -> None:
    mail = plain("Hello", "hello", STRANGER)
    town.app.intake.add(arrival_of(mail.as_bytes(), False, town.app.key))
    town.comes(mail, STRANGER)

    with town.app.database.read() as connection:
        assert len(connection.execute(inbox.select()).all()) == 1
    assert town.desk() == ["mail_unknown"]


def test_the_check_says_whether_the_mailbox_opens(town: PostTown) -> None:
    assert [finding.ok for finding in (town.way.check or tuple)()] == [True]
    wrong = parse_imap_url(town.office.url.replace("ss-word", "ssw0rd"))
    assert [finding.ok for finding in replace(town.poller(), server=wrong).check()] == [False]


def test_the_raw_mail_is_not_kept_once_it_is_answered(town: PostTown) -> None:
    town.comes(plain("Hello", "hello", STRANGER), STRANGER)

    with town.app.database.read() as connection:
        assert [row.payload for row in connection.execute(inbox.select())] == [None]


def test_a_mail_that_we_cannot_handle_is_on_the_desk_without_an_apology(town: PostTown) -> None:
    arrival = arrival_of(plain("Hello", "hello", STRANGER).as_bytes(), False, town.app.key)
    town.app.intake.add(replace(arrival, payload={"cut": False}))
    for _ in range(4):
        town.work()
        town.later(seconds=10)

    assert town.desk() == ["message_failed"]
    with town.app.database.read() as connection:
        assert connection.execute(outbox.select().where(outbox.c.channel == "mailbox")).all() == []


@pytest.mark.parametrize(
    "url", ["", "http://a:b@c", "imap://host", "imap://user:pw@host:port", "imap://user:pw@/INBOX"]
)
def test_a_mailbox_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="STREETCALL_MAIL_IN_URL"):
        parse_imap_url(url)


def test_somebodys_undoing_by_link_and_mail_agree(town: PostTown, ann: Resident) -> None:
    letter = town.letter(ann)
    town.service_does(ann, Act.DONE)
    town.answers(letter, "Done")

    assert ann.state == "fixed - council"
    assert "already" in town.said()[0]


# --- Asking by mail ---


def test_a_service_asks_the_residents_by_mail_and_has_the_answer_by_mail(
    town: PostTown, ann: Resident
) -> None:
    letter = town.letter(ann)
    town.answers(letter, "Ask: which side of the road is it?")
    assert ann.later[-1] == "told.asked"
    assert "have your question" in town.said()[0]

    assert ann.says("the left one") == ["asked.thanks"]
    (answer,) = town.deliver()
    assert "which side of the road is it?" in text(answer)
    assert "the left one" in text(answer)
    town.answers(answer, "Done", Message_ID="<next@mail.tarn.example>")
    assert ann.state == "fixed - council"


def test_a_question_too_long_for_a_text_message_is_kept_and_asked_for_shorter(
    town: PostTown, ann: Resident
) -> None:
    town.answers(town.letter(ann), f"Question: {'why ' * 50}?")

    assert "told.asked" not in ann.later
    assert "in at most 160 letters" in town.said()[0]
    assert town.history(ann)[-1].key == "update.wrote"
