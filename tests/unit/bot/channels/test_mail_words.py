"""Only what the sender wrote this time is kept of a mail, however programs quote."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.mail_words import MOST_LETTERS, own_words, text_of_html

GMAIL = "On Mon, 9 Mar 2026 at 10:00, Ashmere <reports@ashmere.example> wrote:\n\n> AM-4F7-2Q9\n> Sofa"
GMAIL_BROKEN = "On Mon, 9 Mar 2026 at 10:00, Ashmere Council <\nreports@ashmere.example> wrote:\n\n> old"
OUTLOOK = "From: Ashmere <reports@ashmere.example>\nSent: 09 March 2026\nTo: Cleansing\nSubject: AM\n\nold"
RULE = f"{'_' * 32}\n{OUTLOOK}"
ORIGINAL = "-----Original Message-----\nFrom: Ashmere\nold"
APPLE = "> On 9 Mar 2026, at 10:00, Ashmere <reports@ashmere.example> wrote:\n> \n> old"
WELSH = "Ar Llun, 9 Maw 2026 am 10:00, ysgrifennodd Ashmere <reports@ashmere.example>:\n> hen"
BOLD = "*From:* Ashmere\n*Sent:* Monday\n*Subject:* AM\nold"
QUOTES = [GMAIL, GMAIL_BROKEN, OUTLOOK, RULE, ORIGINAL, APPLE, WELSH, BOLD]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_what_is_answered_is_left_out(quote: str, break_: str) -> None:
    mail = f"Done this morning.\n\nThe lorry came.\n\n{quote}\n".replace("\n", break_)

    assert own_words(mail) == "Done this morning.\n\nThe lorry came."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJo Bloggs\nStreet Cleansing",
        "--\nJo",
        "Kind regards\n\nJo Bloggs\nStreet Cleansing\nAshmere Borough Council",
        "Many thanks,\nJo",
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Cofion cynnes,\nJo",
        "This email is confidential and intended solely for the person it is addressed to.",
        "DISCLAIMER: whatever we say is not what we say",
        "Thanks\nJo\n\nThis message is intended only for you and may be privileged.\n" + "word " * 200,
    ],
)
@pytest.mark.parametrize("quote", ["", GMAIL, OUTLOOK])
def test_a_signature_and_a_disclaimer_are_left_out(signature: str, quote: str) -> None:
    assert own_words(f"Which side of the road?\n\n{signature}\n\n{quote}") == "Which side of the road?"


@pytest.mark.parametrize(
    "words",
    [
        "We need:\n- a photo\n- the house number",
        "On Monday we were there.\nNothing to see.",
        "Thanks for this. From: where to where is it?",
        "Thanks\n\n" + "\n".join(f"We went there {n} times and found nothing at all." for n in range(12)),
        "It is 10 -- 12 m long",
        "regards the bins: they are ours",
        "Date: Monday",
    ],
)
def test_what_only_looks_like_it_stays(words: str) -> None:
    assert own_words(words) == words


def test_answers_between_the_lines_stay() -> None:
    assert own_words("> Where is it?\nBy the bins\n> Since when?\nToday\n") == "By the bins\nToday"


def test_a_warning_that_the_mail_came_from_outside_is_left_out() -> None:
    assert own_words("CAUTION: This email came from outside the organisation.\n\nDone") == "Done"


def test_a_page_is_read_in_lines_without_its_quotes_and_its_styles() -> None:
    page = (
        "<html><head><style>p{color:red}</style><title>x</title></head><body>"
        "<p>Done,&nbsp;thanks &amp; bye</p>"
        "<ul><li>one<li>two</ul><script>alert(1)</script>"
        "<div class=gmail_quote>On Mon wrote:<blockquote>old<br>older</blockquote></div></body></html>"
    )

    assert own_words(text_of_html(page)) == "Done, thanks & bye\n\none\n\ntwo"


HOSTILE = {
    "line breaks": "\n" * MOST_LETTERS,
    "beginnings of quotes": "On " * 7000,
    "beginnings of quotes in lines": "On a\n" * 5000,
    "senders": "From: a\n" * 3000,
    "greetings": "a\n" + "Thanks\n" * 3000,
    "disclaimers": "This e-mail is confidential " * 800,
    "spaces": " " * MOST_LETTERS,
    "warnings": "caution email\n" * 1500,
    "long": "a" * 5_000_000,
}


@pytest.mark.parametrize("mail", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_in_no_time(mail: str) -> None:
    before = time.process_time()
    own_words(mail)

    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "piece", ["<div>", "<", "<!", "<a b", "&", "<blockquote>", "<i><p>", "<style>", "<!--"]
)
def test_a_hostile_page_is_read_in_little_time(piece: str) -> None:
    before = time.process_time()
    text_of_html(piece * 100_000)

    assert time.process_time() - before < 5


@given(st.text())
def test_any_text_gives_some_of_its_own_words(text: str) -> None:
    found = own_words(text)

    assert own_words(found) is not None
    assert set("".join(found.split())) <= set("".join(text.split()))


@given(st.text())
def test_any_page_gives_text(page: str) -> None:
    assert isinstance(text_of_html(page), str)
