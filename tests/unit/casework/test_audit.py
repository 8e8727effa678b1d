"""The chain finds what was done to the trail: changed, taken out, moved, or made anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.audit import Flaw, Head, Link, Wrong, flaws, linked, parse_head
from casework.outcomes import AuditEntry
from casework.states import State
from tests.factories import NOW

Chain = list[tuple[Link, AuditEntry | None]]


def made(entries: int = 6) -> Chain:
    told = [
        AuditEntry(NOW + timedelta(seconds=n), "resident", "report_filed", f"{n:032x}", {"ward": "W1"})
        for n in range(entries)
    ]
    return list(zip(linked(None, enumerate(told, start=1)), told, strict=True))


def wrong(chain: Chain) -> list[tuple[Wrong, int]]:
    return [(flaw.wrong, flaw.position) for flaw in flaws(chain)]


def test_a_chain_that_nobody_touched_has_no_flaw() -> None:
    assert wrong(made()) == []


def test_a_chain_goes_on_where_it_ended() -> None:
    whole = made(6)
    first = whole[2][0]
    rest = linked(Head(first.position, first.hash), [(n, whole[n - 1][1]) for n in (4, 5, 6)])  # type: ignore[misc]

    assert list(rest) == [link for link, _ in whole[3:]]


CHANGES: dict[str, Callable[[AuditEntry], AuditEntry]] = {
    "the time": lambda entry: replace(entry, at=entry.at + timedelta(microseconds=1)),
    "who": lambda entry: replace(entry, actor="staff:s1"),
    "what": lambda entry: replace(entry, act="case_done"),
    "of what": lambda entry: replace(entry, subject="0" * 32),
    "a detail": lambda entry: replace(entry, details={"ward": "W2"}),
    "a detail more": lambda entry: replace(entry, details={"ward": "W1", "service": None}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_entry_is_found(change: Callable[[AuditEntry], AuditEntry]) -> None:
    chain = made()
    link, entry = chain[3]
    assert entry is not None
    chain[3] = (link, change(entry))

    assert wrong(chain) == [(Wrong.CHANGED, 4)]


def test_a_removed_entry_is_found() -> None:
    chain = made()
    chain[2] = (chain[2][0], None)

    assert wrong(chain) == [(Wrong.MISSING, 3)]


def test_entries_removed_with_their_links_are_found() -> None:
    chain = made()

    assert list(flaws(chain[:2] + chain[4:])) == [Flaw(Wrong.MISSING, 3, 4)]


def test_two_entries_that_changed_places_are_found() -> None:
    chain = made()
    (second, told_second), (third, told_third) = chain[1], chain[2]
    chain[1] = (replace(third, position=2), told_third)
    chain[2] = (replace(second, position=3), told_second)

    assert {where for kind, where in wrong(chain) if kind is Wrong.MOVED} >= {2, 3}


def test_an_entry_removed_and_the_rest_renumbered_is_found() -> None:
    chain = made()
    closed = chain[:2] + [(replace(link, position=link.position - 1), entry) for link, entry in chain[3:]]

    assert (Wrong.MOVED, 3) in wrong(closed)


def test_a_changed_entry_whose_digest_was_made_anew_is_found() -> None:
    chain = made()
    link, entry = chain[3]
    assert entry is not None
    forged = replace(entry, actor="staff:s1")
    digest = next(linked(None, [(link.seq, forged)])).digest
    chain[3] = (replace(link, digest=digest), forged)

    assert wrong(chain) == [(Wrong.MOVED, 4)]


@given(st.integers(0, 5), st.integers(0, 5))
def test_any_two_entries_that_changed_places_are_found(one: int, other: int) -> None:
    chain = made()
    entries = [entry for _, entry in chain]
    entries[one], entries[other] = entries[other], entries[one]
    swapped = [(link, entry) for (link, _), entry in zip(chain, entries, strict=True)]

    assert wrong(swapped) == [(Wrong.CHANGED, n + 1) for n in sorted({one, other}) if one != other]


def test_a_head_is_read_as_it_was_printed() -> None:
    link = made()[-1][0]
    head = Head(link.position, link.hash)

    assert parse_head(f" {head}\n") == head


@pytest.mark.parametrize("words", ["", "7", "7:abc", f"x:{'0' * 64}", f"{'9' * 30}:{'0' * 64}"])
def test_what_is_no_head_is_none(words: str) -> None:
    assert parse_head(words) is None


# --- Ids and codes only ---


@pytest.mark.parametrize(
    "value",
    [
        "W1",
        "ashmere/street-cleansing",
        "service:ashmere/parks",
        State.FIXED_USER,
        "fixed - user",
        3,
        True,
        None,
        0.5,
        ["W1", "W2"],
        NOW.isoformat(),
        "service.new_report",
        "0" * 31 + "a",
    ],
)
def test_ids_codes_numbers_and_dates_may_be_kept(value: object) -> None:
    assert AuditEntry(NOW, "system", "x", "y", {"what": value}).is_codes_only


@pytest.mark.parametrize(
    "value",
    [
        "a sofa on Hazel Grove",
        "Ann Other",
        "ann@tarn.example",
        "07700900123",
        "+447700900123",
        "Ångström",
        ["W1", "two words"],
        {"name": "Ann"},
        object(),
    ],
)
def test_anything_else_may_not(value: object) -> None:
    assert not AuditEntry(NOW, "system", "x", "y", {"what": value}).is_codes_only


def test_nobody_is_named_as_the_actor_or_the_subject() -> None:
    assert not AuditEntry(NOW, "Ann Other", "x", "y").is_codes_only
    assert not AuditEntry(NOW, "system", "x", "ann@tarn.example").is_codes_only
