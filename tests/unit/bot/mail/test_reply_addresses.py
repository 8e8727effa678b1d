import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.reply_addresses import ReplyAddresses

REPLIES = ReplyAddresses("a key", "reports@ashmere.example")
CLEANSING = "service:ashmere/street-cleansing"


def read(address: str) -> tuple[str, bool] | None:
    """The reference in it, and whether Street Cleansing was given it."""
    tag = next(REPLIES.tags([address]), None)
    return (tag.reference, REPLIES.is_for(tag, CLEANSING)) if tag else None


@pytest.mark.parametrize("change", [str, str.upper, str.lower, str.title])
def test_an_address_is_read_back_in_any_case(change: type[str]) -> None:
    assert read(change(REPLIES.address("AM-4F7-2Q9", CLEANSING))) == ("AM-4F7-2Q9", True)


def test_it_is_short_enough_for_every_mail_server() -> None:
    local = REPLIES.address("WXYZ-4F7-2Q9", CLEANSING).partition("@")[0]

    assert len(local) <= 64


def test_it_is_good_for_one_recipient_and_one_report_only() -> None:
    address = REPLIES.address("AM-4F7-2Q9", CLEANSING)
    (tag,) = REPLIES.tags([address])

    assert not REPLIES.is_for(tag, "service:ashmere/parks")
    assert read(address.replace("am4f72q9", "am4f72q8")) == ("AM-4F7-2Q8", False)


def test_another_installations_address_is_not_ours() -> None:
    other = ReplyAddresses("another key", "reports@ashmere.example").address("AM-4F7-2Q9", CLEANSING)

    assert read(other) == ("AM-4F7-2Q9", False)


@pytest.mark.parametrize(
    "address",
    ["", "reports@ashmere.example", "reports+@ashmere.example", "reports+am4f72q9@ashmere.example",
     "others+am4f72q9.2345678923@ashmere.example", "reports+am4f72q9.2345678923@weald.example",
     "reports+am4f72q9.234567892@ashmere.example", "reports+am4f72q1.2345678923@ashmere.example"],
)  # fmt: skip
def test_other_addresses_say_nothing(address: str) -> None:
    assert read(address) is None


def test_our_own_mailbox_is_known_with_and_without_a_tag() -> None:
    assert REPLIES.is_ours("Reports+anything@ASHMERE.example")
    assert not REPLIES.is_ours("jo@ashmere.example")


@given(st.text())
def test_any_address_can_be_looked_at(address: str) -> None:
    assert list(REPLIES.tags([address])) == []
