"""Silence, being heard of again, being forgotten."""

from casework.contacts import forget, opt_in, opt_out
from tests.factories import NOW, make_contact


def test_stopping_is_recorded_once() -> None:
    (contact,) = opt_out(make_contact(), NOW).changed

    assert contact == make_contact(opted_out_at=NOW)
    assert opt_out(make_contact(opted_out_at=NOW), NOW).changed == ()


def test_starting_again_is_recorded_once() -> None:
    (contact,) = opt_in(make_contact(opted_out_at=NOW), NOW).changed

    assert contact == make_contact()
    assert opt_in(make_contact(), NOW).changed == ()


def test_forgetting_leaves_a_trace_without_a_word_of_who_it_was() -> None:
    outcome = forget(make_contact(), NOW)

    assert outcome.forgotten == (make_contact().id,)
    assert [(entry.act, entry.details) for entry in outcome.audit] == [("forgotten", {})]
