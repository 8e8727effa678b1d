import pytest

from bot.mail.smtp import Server, parse_url
from casework.errors import SettingsError


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost:2525", Server("smtp", "localhost", 2525)),
        ("smtp://relay.ashmere.example", Server("smtp", "relay.ashmere.example", 25)),
        ("smtp+starttls://me:a%40b@mail.example", Server("smtp+starttls", "mail.example", 587, "me", "a@b")),
        ("smtps://me:pass@mail.example", Server("smtps", "mail.example", 465, "me", "pass")),
    ],
)
def test_the_scheme_says_how_and_where(url: str, server: Server) -> None:
    assert parse_url(url) == server


@pytest.mark.parametrize("url", ["", "mail.example:25", "http://mail.example", "smtp://", "smtp://a:b"])
def test_an_address_that_is_none_is_said_at_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="STREETCALL_SMTP_URL"):
        parse_url(url)
