"""Any mail can be read; of a broken one what is whole."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.mail_reading import Bounce, read_mail
from bot.channels.mailbox import arrival_of


def mail(words: str = "Done", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {"From": "Jo <jo@ashmere.example>", "To": "reports@ashmere.example", "Subject": "Re: AM-4F7-2Q9"}
    for name, value in (given | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def raw(headers: str, body: str | bytes = b"", **_: object) -> bytes:
    return headers.encode() + b"\n\n" + (body.encode() if isinstance(body, str) else body)


def test_a_plain_reply_is_read() -> None:
    found = read_mail(
        mail(
            "Done\n\nOn Mon wrote:\n> old",
            References=f"<case.{'a' * 32}@ashmere.example> <77.1700000000@ashmere.example>",
            Message_ID="<1@jo.example>",
            Cc="reports+am4f72q9.2345678923@ashmere.example",
        ).as_bytes()
    )

    assert (found.sender, found.subject, found.words) == ("jo@ashmere.example", "Re: AM-4F7-2Q9", "Done")
    assert (found.message_id, found.case_ids, found.outbox_ids) == ("<1@jo.example>", ("a" * 32,), (77,))
    assert "reports+am4f72q9.2345678923@ashmere.example" in found.addressed
    assert not found.automatic


def test_an_html_only_mail_is_read() -> None:
    made = mail()
    made.set_content("<p>Not ours</p><p>Jo</p>", subtype="html")

    assert read_mail(made.as_bytes()).words == "Not ours\n\nJo"


def test_an_attached_text_is_not_the_mail() -> None:
    made = mail("Done")
    made.add_attachment("In progress", filename="notes.txt")

    assert read_mail(made.as_bytes()).words == "Done"


def test_photos_are_found_inside_and_attached() -> None:
    made = mail()
    made.add_attachment(b"one", "image", "jpeg", filename="a.jpg")
    made.add_attachment(b"two", "image", "png", disposition="inline", cid="<x>")

    assert read_mail(made.as_bytes()).photos == (b"one", b"two")


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("utf-8", "Größe £5".encode(), "Größe £5"),
        ("iso-8859-1", "Größe £5".encode("latin-1"), "Größe £5"),
        ("utf-8", "Größe £5".encode("cp1252"), "Größe £5"),
        ("us-ascii", "£5".encode(), "£5"),
        ("no-such-charset", b"Done", "Done"),
        ('x"y', b"Done", "Done"),
        ("utf-8", b"a\x00b\xff\x81", "abÿ\x81".replace("\x81", "")),
    ],
)
def test_whatever_charset_a_mail_says_its_words_are_read(charset: str, body: bytes, words: str) -> None:
    header = (
        f"From: a@b.example\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit"
    )

    assert read_mail(raw(header, body)).words == words


MIXED = "From: a@b.example\nContent-Type: multipart/mixed; boundary=x"
DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(500))

BROKEN = {
    "nothing": b"",
    "no headers": b"\n\nDone",
    "no end": raw(MIXED, "--x\nContent-Type: text/plain\n\nDone"),
    "no parts": raw(MIXED, "Done"),
    "no boundary": raw("From: a@b.example\nContent-Type: multipart/mixed", "Done"),
    "bad base64": raw("From: a@b.example\nContent-Transfer-Encoding: base64", "Don!e===="),
    "bad type": raw("From: a@b.example\nContent-Type: ;;;/=\nContent-Transfer-Encoding: nonsense", "Done"),
    "bad from": raw('From: <<@>,;:\nTo: "\nSubject: =?utf-8?b?!!!?=\nReferences: <', "Done"),
    "zeros": b"From: a@b.example\0\0\n\n\0\0Done\0",
    "deep": raw(DEEP, "Done"),
    "attached mail": raw("From: a@b.example\nContent-Type: message/rfc822", "From: c@d.example\n\nDone"),
    "long line": raw("From: " + "a" * 200_000 + "@b.example", "Done"),
}


@pytest.mark.parametrize("made", BROKEN.values(), ids=BROKEN)
def test_a_broken_mail_is_read_as_far_as_it_goes(made: bytes) -> None:
    found = read_mail(made)

    assert "\0" not in found.words + found.subject
    assert arrival_of(made, False, "key").event_id


@settings(max_examples=200)
@given(st.binary(max_size=2000))
def test_any_bytes_can_be_read(made: bytes) -> None:
    assert isinstance(read_mail(made).words, str)


_NAMES = st.sampled_from(
    [
        "From",
        "To",
        "Cc",
        "Subject",
        "Message-ID",
        "References",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Auto-Submitted",
        "Content-Disposition",
        "Return-Path",
        "MIME-Version",
    ]
)
_VALUES = st.one_of(
    st.text(st.characters(blacklist_characters="\r\n"), max_size=60),
    st.sampled_from(
        [
            "multipart/mixed; boundary=x",
            "multipart/report; report-type=delivery-status; boundary=x",
            "message/rfc822",
            "message/delivery-status",
            "text/html; charset=utf-16",
            "base64",
            "=?utf-8?q?=FF?=",
            "image/jpeg; name*0*=x''a",
            "attachment; filename*=utf-8''%FF",
            "<case.x@y>",
            '"',
            "a@b, <c",
            "quoted-printable",
        ]
    ),
)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(_NAMES, _VALUES), max_size=8),
    st.lists(st.tuples(_NAMES, _VALUES), max_size=4),
    st.binary(max_size=200),
)
def test_any_headers_and_parts_can_be_read(
    headers: list[tuple[str, str]], inner: list[tuple[str, str]], body: bytes
) -> None:
    def lines(of: list[tuple[str, str]]) -> bytes:
        return "\n".join(f"{name}: {value}" for name, value in of).encode("utf-8", "surrogatepass")

    made = lines(headers) + b"\n\n--x\n" + lines(inner) + b"\n\n" + body + b"\n--x--\n"

    assert isinstance(read_mail(made).photos, tuple)
    assert len(arrival_of(made, False, "key").event_id) == 64


# --- Machines ---


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<crew.ashmere.example>"},
        {"Return_Path": "<>"},
        {"From": "Mail Delivery System <MAILER-DAEMON@mx.example>"},
        {"From": "no-reply@ashmere.example"},
        {"From": "donotreply+1@ashmere.example"},
        {"Subject": "Automatic reply: AM-4F7-2Q9"},
        {"Subject": "Out of office: back on Monday"},
    ],
)
def test_a_machines_mail_is_known(header: dict[str, str]) -> None:
    assert read_mail(mail(**header).as_bytes()).automatic


@pytest.mark.parametrize(
    "header", [{"Auto_Submitted": "no"}, {"Precedence": "first-class"}, {"Subject": "Office hours"}]
)
def test_a_persons_mail_is_no_machines(header: dict[str, str]) -> None:
    assert not read_mail(mail(**header).as_bytes()).automatic


def bounce(action: str = "failed", status: str = "5.1.1", original: str = "message/rfc822") -> bytes:
    """A server's report, as Postfix and Exchange write it."""
    return (
        "From: MAILER-DAEMON@mx.example\nTo: reports@ashmere.example\nSubject: Undelivered Mail\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSorry, crew@ashmere.example is gone.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; crew@ashmere.example\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 <crew@ashmere.example> no such user\n\n"
        f"--b\nContent-Type: {original}\n\n"
        "From: hello@ashmere.example\nMessage-ID: <77.1700000000@ashmere.example>\n"
        "Subject: AM\n\nwords\n--b--\n"
    ).encode()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_is_known_by_the_number_of_ours(original: str) -> None:
    found = read_mail(bounce(original=original))

    assert found.bounces == (Bounce(77, 1700000000, "the mail came back: 5.1.1"),)
    assert found.automatic


def test_a_mail_that_is_only_late_did_not_come_back() -> None:
    found = read_mail(bounce(action="delayed", status="4.4.1"))

    assert (found.bounces, found.is_report) == ((), True)


def test_nobodys_address_is_in_the_reason() -> None:
    assert "@" not in read_mail(bounce(status="5.1.1 <crew@ashmere.example>")).bounces[0].reason
