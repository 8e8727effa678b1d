"""Calls for action and ward budgets in a real database, also when two act at the same instant."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework import answering, carrying, committee
from casework.budgets import allocate, commit_funds, pay, year_of
from casework.calls import LineKind, Matter
from casework.cases import Answer
from casework.clock import DrivenClock
from casework.errors import Conflict, NotAllowed
from casework.escalation import FlagRule
from casework.outcomes import Outcome
from casework.stepping import Scene
from storage.carrying import carry_out, ledger_for
from storage.database import Database
from storage.store import Store
from tests.climbing import (
    ADA,
    BO,
    CLEANERS,
    CLEANSING,
    DRAFT,
    HIGHWAYS,
    MET,
    OFFICER,
    ROADS,
    TESTED,
    calling_pack,
    neighbours_case,
)
from tests.factories import NOW, keep_contact, make_question, mint

PACK = calling_pack()
LATER = NOW + timedelta(days=60)


def keep_case(store: Store) -> str:
    """The neighbours' case, stored; its cluster's id."""
    case = neighbours_case()
    for report in case.reports:
        keep_contact(store, id=report.contact_id, address_hash=report.contact_id.rjust(64, "0"))
    store.commit(Outcome(new=(case.cluster, *case.reports, *case.promises)), NOW)
    return str(case.cluster.id)


def doing(store: Store, cluster_id: str, seed: int = 5) -> Callable[..., Matter]:
    """A way to act on that case in the database."""
    with_mint, clock = mint(seed), DrivenClock(LATER)

    def do(actor: str, act: Callable[..., Outcome], *args: Any) -> Matter:
        return carry_out(
            store,
            PACK,
            lambda: store.calls.matter_of_cluster(cluster_id),
            actor,
            lambda scene: act(scene, *args),
            clock,
            with_mint,
        )

    return do


def test_a_whole_climb_is_kept_as_it_was_made(store: Store) -> None:
    cluster_id = keep_case(store)
    do = doing(store, cluster_id)
    do(ADA, carrying.take_up)
    do(ADA, carrying.ask_service, "When?")
    do("system", allocate, "W1", None, 1000_00, "For the year")
    do(ADA, lambda scene: commit_funds(scene, ledger_for(store, scene), 100_00, "A lamp"))
    do(ADA, carrying.draft_referral, DRAFT)
    do(BO, carrying.check_safeguards, MET)
    do(ADA, carrying.keep_dossier, {"issue": "as told", "voices": 3}, True)
    do(ADA, carrying.refer)
    do(OFFICER, committee.receive)
    do(OFFICER, committee.accept, "Yes.", TESTED)
    do(OFFICER, committee.request, ROADS, "Whose is it?")
    do(OFFICER, committee.recommend, CLEANSING, "Clear it every week.")
    matter = do(OFFICER, committee.send)
    wanted = matter.recommendations[0].id
    do(CLEANERS, answering.acknowledge, wanted)
    do(HIGHWAYS, answering.inform, matter.clocks[0].id, "Ours.")
    last = do(CLEANERS, answering.respond, wanted, True, "From May on.", "R. Okafor")

    kept = store.calls.matter_of_cluster(cluster_id)
    assert kept is not None
    # The order of checks and clocks made at one instant is nobody's.
    assert replace(kept, checks=(), clocks=()) == replace(last, checks=(), clocks=())
    assert set(kept.checks) | set(kept.clocks) == set(last.checks) | set(last.clocks)
    assert kept.call is not None
    assert str(kept.call.stage) == "published"
    assert store.calls.matter_by_reference(kept.call.reference) == kept
    assert store.calls.matter_by_reference("AM-4F7-2Q2") == kept
    assert store.calls.matter(kept.call.id) == kept
    assert [call.id for call in store.calls.of_ward("ashmere", "W1")] == [kept.call.id]
    assert store.calls.brought("c1", NOW) == 1


def test_a_case_without_a_call_is_a_matter_too(store: Store) -> None:
    cluster_id = keep_case(store)

    matter = store.calls.matter_of_cluster(cluster_id)

    assert matter is not None
    assert (matter.call, matter.stage) == (None, None)
    assert store.calls.matter_of_cluster("0" * 32) is None


# --- Two at the same instant --------------------------------------------------------------------


def test_of_two_who_decide_on_the_same_reading_one_is_refused(store: Store) -> None:
    cluster_id = keep_case(store)
    doing(store, cluster_id)(ADA, carrying.take_up)
    matter = store.calls.matter_of_cluster(cluster_id)
    assert matter is not None

    def scene(actor: str) -> Scene:
        return Scene(PACK, matter, actor, LATER, mint(hash(actor) % 1000))

    store.commit(carrying.decline(scene(ADA), "It is private land."), LATER)
    with pytest.raises(Conflict):
        store.commit(carrying.ask_service(scene(BO), "When?"), LATER)

    # Read again, as every front door does, it is refused with a sentence.
    with pytest.raises(NotAllowed) as caught:
        doing(store, cluster_id)(BO, carrying.ask_service, "When?")
    assert caught.value.key == "call.not_now"


def test_of_two_who_open_it_at_once_one_finds_it_open(store: Store) -> None:
    cluster_id = keep_case(store)
    matter = store.calls.matter_of_cluster(cluster_id)
    assert matter is not None
    outcomes = [
        carrying.take_up(Scene(PACK, matter, actor, LATER, mint(seed)))
        for seed, actor in enumerate((ADA, BO), 10)
    ]

    store.commit(outcomes[0], LATER)
    with pytest.raises(Conflict):
        store.commit(outcomes[1], LATER)


def budget(store: Store, pence: int) -> tuple[str, str]:
    """A case of a ward with so much to spend; the cluster and the ledger."""
    cluster_id = keep_case(store)
    do = doing(store, cluster_id)
    do(ADA, carrying.take_up)
    do("system", allocate, "W1", None, pence, "For the year")
    begins = year_of(PACK.escalation.budget, LATER.date())
    ledger = store.calls.ledger("ashmere", "W1", begins)
    assert ledger is not None
    return cluster_id, ledger.id


def spend(url: str, cluster_id: str, actor: str, seed: int, times: int) -> int:
    """One councillor commits ten pounds so often, in a connection of their own; how often it went."""
    database = Database(url)
    store = Store(database)
    do, done = doing(store, cluster_id, seed), 0
    for _ in range(times):
        try:
            do(actor, lambda scene: commit_funds(scene, ledger_for(store, scene), 10_00, "A bin"))
        except NotAllowed as refused:
            if refused.key not in {"budget.overspent", "call.changed"}:
                raise
        else:
            done += 1
    database.close()
    return done


def check_books(store: Store, ledger_id: str, commitments: int) -> None:
    """What went through is what is written, and there was enough."""
    ledger = store.calls.ledger_by_id(ledger_id)
    assert ledger is not None
    lines = [line for line in store.calls.lines(ledger_id) if line.kind is LineKind.COMMITMENT]
    assert len(lines) == commitments
    assert ledger.committed == sum(line.pence for line in lines)
    assert ledger.balance >= 0


def test_two_councillors_in_threads_cannot_spend_it_twice(store: Store, database_url: str) -> None:
    cluster_id, ledger_id = budget(store, 55_00)

    with ThreadPoolExecutor(2) as threads:
        going = [
            threads.submit(spend, database_url, cluster_id, actor, seed, 6)
            for seed, actor in enumerate((ADA, BO), 20)
        ]
        done = sum(one.result() for one in going)

    assert done == 5
    check_books(store, ledger_id, done)


def test_two_processes_cannot_spend_it_twice(store: Store, database_url: str) -> None:
    cluster_id, ledger_id = budget(store, 75_00)
    work = [(database_url, cluster_id, actor, 30 + n, 6) for n, actor in enumerate((ADA, BO))]

    with multiprocessing.get_context("spawn").Pool(2) as pool:
        done = sum(pool.starmap(spend, work))

    assert 0 < done <= 7
    check_books(store, ledger_id, done)


def test_the_database_itself_refuses_to_overspend(store: Store) -> None:
    _cluster, ledger_id = budget(store, 50_00)
    ledger = store.calls.ledger_by_id(ledger_id)
    assert ledger is not None

    with pytest.raises(Conflict):
        store.commit(Outcome(changed=(replace(ledger, committed=50_01),)), LATER)


def test_what_is_committed_can_be_paid_in_the_next_year(store: Store) -> None:
    cluster_id, ledger_id = budget(store, 50_00)
    do = doing(store, cluster_id)
    matter = do(ADA, lambda scene: commit_funds(scene, ledger_for(store, scene), 10_00, "A bin"))
    ledger = store.calls.ledger_by_id(ledger_id)
    assert ledger is not None

    next_year = Scene(PACK, matter, OFFICER, LATER + timedelta(days=365), mint(40))
    store.commit(pay(next_year, ledger, matter.lines[0], 10_00, "Invoice 7"), LATER)

    paid = store.calls.ledger_by_id(ledger_id)
    assert paid is not None
    assert (paid.paid, paid.committed) == (10_00, 0)


# --- What is due --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (FlagRule(days_beyond_promise=20), True),
        (FlagRule(days_beyond_promise=90), False),
        (FlagRule(days_beyond_promise=20, voices=3), True),
        (FlagRule(days_beyond_promise=20, voices=4), False),
        (FlagRule(reopenings=1), True),
        (FlagRule(reopenings=2), False),
        (FlagRule(days_beyond_promise=1, harm=True), False),
    ],
)
def test_what_a_rule_may_flag_is_found(store: Store, rule: FlagRule, found: bool) -> None:
    cluster_id = keep_case(store)
    said = make_question(report_id=f"{2:032x}", contact_id=f"{2:032x}", answered_at=NOW, answer=Answer.NO)
    store.commit(Outcome(new=(said,)), NOW)

    ids = store.calls.clusters_to_flag("ashmere", rule, ["street_light"], LATER)

    assert ids == ((cluster_id,) if found else ())


def test_what_was_laid_before_councillors_is_not_found_again(store: Store) -> None:
    cluster_id = keep_case(store)
    doing(store, cluster_id)(ADA, carrying.decline, "It is private land.")

    assert store.calls.clusters_to_flag("ashmere", FlagRule(days_beyond_promise=1), [], LATER) == ()


def test_only_clocks_that_run_are_looked_at(store: Store) -> None:
    cluster_id = keep_case(store)
    do = doing(store, cluster_id)
    for actor, act, *args in (
        (ADA, carrying.take_up),
        (ADA, carrying.ask_service, "When?"),
        (ADA, carrying.draft_referral, DRAFT),
        (ADA, carrying.check_safeguards, MET),
        (ADA, carrying.keep_dossier, {}, True),
        (ADA, carrying.refer),
        (OFFICER, committee.receive),
        (OFFICER, committee.accept, "Yes.", TESTED),
        (OFFICER, committee.request, ROADS, "Whose is it?"),
        (OFFICER, committee.request, "police/neighbourhoods", "Who does it?"),
    ):
        matter = do(actor, act, *args)

    assert [clock.body for clock in store.calls.clocks_running()] == ["county"]
    do(HIGHWAYS, answering.inform, matter.clocks[0].id, "Ours.")
    assert store.calls.clocks_running() == ()
