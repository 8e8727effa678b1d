import pytest

from bot.delivery import Refused
from bot.mail.composing import address, broken, one_line, quoted, tidy


@pytest.mark.parametrize(
    "words",
    [
        "Hazel\r\nBcc: everyone@ashmere.example",
        "Hazel\nBcc: x",
        "Hazel\x00\x0b\x85\u2028Bcc: x",
        "Hazel\u202eBcc",
    ],
)
def test_nothing_in_a_header_can_begin_another(words: str) -> None:
    line = one_line(words)

    assert line.startswith("Hazel Bcc")
    assert line.isprintable()


def test_a_name_cannot_smuggle_an_address() -> None:
    made = address('Eve" <eve@evil.example>,\r\nBcc: x', "crew@ashmere.example")

    assert made.addr_spec == "crew@ashmere.example"
    assert "\n" not in str(made)


@pytest.mark.parametrize("email", ["", "crew", "crew@", "a@b\r\nBcc: x@y", "a@b, c@d"])
def test_an_address_that_is_none_is_refused(email: str) -> None:
    with pytest.raises(Refused):
        address("Crew", email)


def test_each_quoted_line_is_marked() -> None:
    assert quoted("one\n\n-- \ntwo") == "> one\n>\n> --\n> two"


def test_quoted_html_is_text_with_its_line_breaks() -> None:
    assert str(broken("<b>one</b>\n& two")) == "&lt;b&gt;one&lt;/b&gt;<br>&amp; two"


def test_plain_text_has_no_holes() -> None:
    assert tidy("\n\none  \n\n\n\n\ntwo\n\n") == "one\n\ntwo\n"
