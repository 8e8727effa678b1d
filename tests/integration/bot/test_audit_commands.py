"""`streetcall audit …` as an officer runs it."""

from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from typer.testing import CliRunner, Result

from bot.cli import cli
from storage.database import Database
from storage.store import Store
from storage.tables import audit, audit_chain
from tests.factories import keep_report, make_pack

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> None:
    """Settings of our own only."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("STREETCALL_DATABASE_URL", sqlite_url)


@pytest.fixture
def trail(sqlite_url: str) -> Store:
    """A case's trail of seven entries, chained."""
    store = Store(Database(sqlite_url))
    for seed in range(7):
        keep_report(store, make_pack(), seed=seed)
    store.audit.chain()
    return store


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *words])


def tamper(store: Store, *statements: object) -> None:
    with store.database.write() as connection:
        for table in ("audit", "audit_chain"):
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{act}"))
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def test_a_whole_trail_is_verified(trail: Store) -> None:
    result = run("verify")

    assert result.exit_code == 0
    assert "7 entries are chained, 0 faults." in result.output
    assert f"Head: {trail.audit.head()}" in result.output


def test_a_new_trail_has_nothing_to_verify() -> None:
    result = run("verify")

    assert (result.exit_code, result.output.strip()) == (0, "Nothing is chained yet.")


def test_what_is_not_chained_yet_is_told_and_is_no_fault(trail: Store) -> None:
    keep_report(trail, make_pack(), seed=8)
    result = run("verify")

    assert result.exit_code == 0
    assert "1 entries are not chained yet, the oldest of 10 March 2026 10:00 UTC" in result.output


def test_a_changed_and_a_removed_entry_are_told_one_by_one(trail: Store) -> None:
    tamper(
        trail,
        update(audit).where(audit.c.seq == 2).values(act="case_done"),
        delete(audit).where(audit.c.seq == 5),
    )
    result = run("verify")

    assert result.exit_code == 1
    assert "Entry 2 of the chain was changed after it was chained." in result.output
    assert "Entry 5 of the chain is missing." in result.output


def test_of_many_flaws_only_the_first_are_told(trail: Store) -> None:
    for seed in range(20, 50):
        keep_report(trail, make_pack(), seed=seed)
    trail.audit.chain()
    tamper(trail, update(audit).values(actor="staff:s1"))
    result = run("verify")

    assert result.output.count("was changed") == 20
    assert "… and 17 more." in result.output


def test_the_head_alone_can_be_written_down(trail: Store) -> None:
    result = run("verify", "--head")

    assert result.stdout.strip() == str(trail.audit.head())


def test_a_trail_that_goes_on_still_holds_an_earlier_head(trail: Store) -> None:
    head = str(trail.audit.head())
    keep_report(trail, make_pack(), seed=9)
    trail.audit.chain()

    assert run("verify", "--expect", head).exit_code == 0


def test_a_trail_cut_short_does_not_hold_the_head(trail: Store) -> None:
    head = str(trail.audit.head())
    tamper(
        trail, delete(audit).where(audit.c.seq == 7), delete(audit_chain).where(audit_chain.c.position == 7)
    )
    result = run("verify", "--expect", head)

    assert run("verify").exit_code == 0
    assert result.exit_code == 1
    assert "cut short, or written anew" in result.output


def test_a_head_that_is_none_is_wrong_use(trail: Store) -> None:
    result = run("verify", "--expect", "9f86d0")

    assert (result.exit_code, "looks like 1234:" in result.output) == (2, True)


def test_a_cases_entries_are_listed_whatever_way_its_reference_is_typed(trail: Store) -> None:
    with trail.database.read() as connection:
        reference = connection.execute(text("SELECT reference FROM reports LIMIT 1")).scalar_one()
    result = run("list", reference.lower().replace("-", " "))

    assert result.exit_code == 0
    assert "2026-03-10 10:00:00" in result.output
    assert "report_filed" in result.output
    assert "category=fly_tipping service=ashmere/street-cleansing ward=W1" in result.output
    assert run("list", "AM-222-222").exit_code == 1
