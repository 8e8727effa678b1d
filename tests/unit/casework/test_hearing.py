from dataclasses import replace

import pytest

from casework.cases import DeskKind
from casework.hearing import hear, lay_before_a_person, speaker, speaks_for
from casework.packs import Service
from tests.factories import BODIES, CLEANSING, NOW, ROADS, make_case, make_pack, make_photo, mint

PACK = make_pack()


@pytest.mark.parametrize(
    ("address", "speaks"),
    [
        ("street.cleansing@ashmere.example", True),
        ("jo.bloggs@ashmere.example", True),
        ("jo.bloggs@ashmere.example.evil.example", False),
        ("jo@evilashmere.example", False),
        ("highways@weald.example", False),
        ("", False),
    ],
)
def test_a_service_speaks_from_its_bodys_own_domain(address: str, speaks: bool) -> None:
    assert speaks_for(PACK, f"service:{CLEANSING}", address) is speaks


def test_where_anybody_has_an_address_only_the_one_in_the_pack_speaks() -> None:
    volunteers = Service("ashmere/volunteers", "Volunteers", "ashmere", "Ashmere.Pickers@gmail.com")
    body = replace(BODIES[0], services=(volunteers,))
    pack = make_pack(bodies=(body,))

    assert speaks_for(pack, "service:ashmere/volunteers", "ashmere.pickers@gmail.com")
    assert not speaks_for(pack, "service:ashmere/volunteers", "somebody@gmail.com")


def test_a_councillor_speaks_from_their_own_address() -> None:
    assert speaks_for(PACK, "councillor:c1", "ada.byrne@ashmere.example")
    assert not speaks_for(PACK, "councillor:c1", "bo.lind@ashmere.example")


@pytest.mark.parametrize("actor", ["service:nobody/none", "councillor:zz", "staff:s1", "resident", ""])
def test_nobody_speaks_for_who_is_not_in_the_pack(actor: str) -> None:
    assert not speaks_for(PACK, actor, "street.cleansing@ashmere.example")


def test_who_wrote_is_the_service_that_has_the_case_if_it_can_be() -> None:
    assert speaker(PACK, "ashmere/parks", "jo@ashmere.example") == "service:ashmere/parks"
    assert speaker(PACK, ROADS, "parks@ashmere.example") == "service:ashmere/parks"
    assert speaker(PACK, CLEANSING, "ann@home.example") is None


def test_what_a_service_writes_is_kept_inside_with_its_photos() -> None:
    case = make_case()
    photo = make_photo(report_id=None)
    outcome = hear(
        case, case.reports[0], f"service:{CLEANSING}", " Which side? ", (photo,), True, NOW, mint()
    )

    (update,) = outcome.updates
    assert (update.words, update.public, update.actor) == ("Which side?", False, f"service:{CLEANSING}")
    assert outcome.new == (replace(photo, report_id=case.reports[0].id, contact_id=None),)
    assert outcome.notices == ()
    assert outcome.audit[0].details == {"photos": 1, "signed": True}


def test_a_mail_for_a_person_says_where_it_belongs() -> None:
    case = make_case()
    outcome = lay_before_a_person(
        DeskKind.MAIL_UNKNOWN, "ashmere", "Hello", NOW, mint(), case.reports[0], "c" * 32
    )

    (item,) = outcome.new
    assert (item.report_id, item.ward, item.words) == (case.reports[0].id, "W1", "Hello")  # type: ignore[union-attr]
