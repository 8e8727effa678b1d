"""Why a date moves: the charter's own reasons, and the usual ones where it names none."""

from casework.packs import Reason, Use
from config.reasons import usual_reasons, with_usual
from tests.packs import AUTHORITY, CHARTER, faults_of, load

OWN = """
[[reason]]
code = "snow"
name = "the passes are snowed up"
for = ["pause"]
"""


def test_a_charter_that_names_none_has_the_usual_reasons() -> None:
    assert load().charter.reasons == usual_reasons()
    assert all(load().reasons(use) for use in Use)


def test_own_reasons_take_the_place_of_the_usual_ones_for_their_use_only() -> None:
    pack = load(charter=CHARTER + OWN)

    assert [reason.code for reason in pack.reasons(Use.PAUSE)] == ["snow"]
    assert [reason.code for reason in pack.reasons(Use.LONGER)] == [
        reason.code for reason in usual_reasons() if Use.LONGER in reason.uses
    ]


def test_an_own_reason_with_a_usual_code_is_the_authoritys() -> None:
    own = Reason("parts", "the parts are at sea", frozenset({Use.PAUSE}))

    assert [reason.name for reason in with_usual((own,)) if reason.code == "parts"] == [own.name]


def test_a_reason_is_found_by_its_code() -> None:
    found = load().reason("parts")

    assert found is not None
    assert found.name == "we are waiting for parts"
    assert load().reason("whim") is None


def test_a_reason_for_nothing_or_for_something_unknown_is_a_fault() -> None:
    for uses in ("[]", '["whim"]'):
        assert faults_of(charter=CHARTER + OWN.replace('["pause"]', uses))


def test_two_reasons_of_one_code_are_a_fault() -> None:
    assert any("snow" in str(fault) for fault in faults_of(charter=CHARTER + OWN + OWN))


def test_the_time_to_accept_is_the_authoritys() -> None:
    assert load().authority.accept_within == 2
    assert load(authority=AUTHORITY + "\n[handovers]\naccept_within = 5\n").authority.accept_within == 5


def test_a_code_that_could_be_a_telephone_number_is_a_fault_with_the_way_out() -> None:
    """The audit trail keeps no such numbers."""
    named = OWN.replace('"snow"', '"7700900123"')

    assert any("put a letter in the code" in str(fault) for fault in faults_of(charter=CHARTER + named))
