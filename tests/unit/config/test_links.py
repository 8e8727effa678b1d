from datetime import UTC, datetime, timedelta

import pytest

from casework.clock import DrivenClock
from casework.errors import LinkInvalid
from config.links import ACT_LIFETIME, ActLink, Links, SortLink

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
ACT = ActLink("a" * 32, "service:ashmere/street-cleansing")


def links(clock: DrivenClock | None = None, secret: str = "a secret of the test") -> Links:
    return Links(secret, "https://report.ashmere.example/", clock or DrivenClock(NOW))


def test_an_act_link_says_who_may_act_on_what() -> None:
    assert links().read_act(links().act_token(ACT)) == ACT


def test_a_sort_link_says_who_may_sort_what() -> None:
    sort = SortLink("e" * 32, "s1")

    assert links().read_sort(links().sort_token(sort)) == sort


def test_the_address_has_the_token_and_the_chosen_act() -> None:
    url = links().act_url(ACT, "done")

    assert url == f"https://report.ashmere.example/act/{links().act_token(ACT)}?act=done#answer"


def test_the_public_page_has_the_reference_only() -> None:
    assert links().report_url("AM-4F7-2Q9") == "https://report.ashmere.example/report/AM-4F7-2Q9"


def test_a_link_is_good_to_the_end_of_its_time() -> None:
    clock = DrivenClock(NOW)
    token = links(clock).act_token(ACT)
    clock.advance(ACT_LIFETIME)

    assert links(clock).read_act(token) == ACT


def test_an_old_link_says_that_it_is_old() -> None:
    clock = DrivenClock(NOW)
    token = links(clock).act_token(ACT)
    clock.advance(ACT_LIFETIME + timedelta(seconds=1))

    with pytest.raises(LinkInvalid) as raised:
        links(clock).read_act(token)
    assert raised.value.key == "link.expired"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        links().act_token(ACT)[:-2],
        links().act_token(ACT) + "x",
        "x" + links().act_token(ACT),
        links(secret="another secret").act_token(ACT),
        links().sort_token(SortLink("a" * 32, ACT.actor)),
        "ä\x00",
    ],
    ids=["empty", "nonsense", "cut", "longer", "altered", "another_secret", "another_purpose", "odd"],
)
def test_a_link_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(LinkInvalid) as raised:
        links().read_act(token)
    assert raised.value.key == "link.broken"
