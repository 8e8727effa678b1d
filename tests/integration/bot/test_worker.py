"""The worker: faults are counted and told, nobody is held up, and what it lost it does not write."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import update

from bot.app import WEB_CHAT
from bot.conversation.gathering import Gatherer
from bot.worker import MOST_ATTEMPTS, Worker
from casework.drafts import Draft
from casework.errors import StorageUnavailable
from casework.outcomes import Outcome
from storage.tables import contacts
from tests.fakes import BreakingChannel, PhotosInMemory
from tests.talk import Resident, Town, picture, tarn, town

__all__ = ["tarn", "town"]

SOFA = "a sofa was dumped outside 1 High Street"


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody who writes to a town whose channel breaks at "crash"."""
    town.worker = worker_of(town)
    return town.resident("ann")


def worker_of(town: Town, meanwhile: Callable[[], None] = lambda: None) -> Worker:
    """A worker with fakes at its edges; ``meanwhile`` happens between its reading and its writing."""
    app = town.app
    gatherer = Gatherer(app.store, PhotosInMemory(meanwhile), app.understander, app.mint)
    channels = {WEB_CHAT: BreakingChannel()}
    return Worker(app.store, channels, gatherer, app.understander, app.clock, app.mint, app.bell)


# --- Faults of ours -----------------------------------------------------------------------------


def test_a_message_that_breaks_us_is_tried_three_times(ann: Resident, town: Town) -> None:
    sent = ann.sends("crash")
    tries = 0
    while not town.app.store.inbox.is_handled(sent):
        tries += town.worker.step()
        town.later(seconds=1)

    assert tries == MOST_ATTEMPTS


def test_a_message_that_broke_us_is_not_tried_again_in_the_same_instant(ann: Resident, town: Town) -> None:
    """What broke it may need a moment: a full disk, another host that starts anew."""
    sent = ann.sends("crash")
    assert town.worker.step()

    assert not town.worker.step()
    assert not town.app.store.inbox.is_handled(sent)


def test_then_it_is_apologised_for_and_put_on_the_desk(ann: Resident, town: Town) -> None:
    assert ann.says("crash") == ["error.apology"]
    assert town.desk() == ["message_failed"]


def test_the_resident_and_the_desk_have_the_same_number(ann: Resident, town: Town) -> None:
    ann.says("crash")
    (item,) = town.app.store.cases.desk_to_mail()

    assert item.words in ann.heard


def test_later_messages_of_that_resident_wait_their_turn_and_are_answered(ann: Resident) -> None:
    broken, fine = ann.sends("crash"), ann.sends(SOFA)

    assert ann.reads(fine) == ["report.filed"]
    assert ann.reads(broken) == ["error.apology"]


def test_other_residents_are_not_held_up(ann: Resident, town: Town) -> None:
    ann.sends("crash")
    fine = town.resident("bob").sends(SOFA)
    town.worker.step()

    assert town.app.store.inbox.is_handled(fine)


def test_a_fault_on_the_second_try_after_a_conflict_is_a_fault_too(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")
    faults = iter([meddle_with(ann), *[crash] * 9])
    town.worker = worker_of(town, lambda: next(faults)())

    assert ann.says(SOFA, photo=picture()) == ["error.apology"]


def crash() -> None:
    raise RuntimeError("the disc is full")


# --- Somebody else meanwhile --------------------------------------------------------------------


def meddle_with(resident: Resident) -> Callable[[], None]:
    """Somebody else changes the resident's draft."""

    def meddle() -> None:
        store, now = resident.town.app.store, resident.town.clock.now()
        draft = store.cases.draft(resident.contact_id) or Draft(resident.contact_id)
        store.commit(Outcome(changed=(draft,)), now)

    return meddle


def test_a_change_meanwhile_is_read_again_and_answered_once(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")
    once = iter([meddle_with(ann)])
    town.worker = worker_of(town, lambda: next(once, lambda: None)())

    assert ann.says(SOFA, photo=picture()) == ["report.filed"]
    assert len(ann.reports) == 1
    assert town.desk() == []


def test_what_conflicts_for_ever_ends_with_a_person(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")
    town.worker = worker_of(town, meddle_with(ann))

    assert ann.says(SOFA, photo=picture()) == ["error.apology"]
    assert (ann.reports, town.desk()) == ((), ["message_failed"])


def test_a_worker_that_lost_its_contact_writes_nothing(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")
    slow = worker_of(town, lambda: take_away(ann))
    sent = ann.sends(SOFA, photo=picture())
    slow.step()

    assert not town.app.store.inbox.is_handled(sent)
    assert ann.reports == ()
    assert town.desk() == []


def test_a_worker_that_lost_its_contact_to_a_fault_does_not_give_up_for_the_other(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")

    def taken_and_broken() -> None:
        take_away(ann)
        crash()

    sent = ann.sends(SOFA, photo=picture())
    for _ in range(MOST_ATTEMPTS):
        worker_of(town, taken_and_broken).step()
        give_back(ann)
        town.later(minutes=2)

    assert not town.app.store.inbox.is_handled(sent)
    assert ann.reads(sent) == ["report.filed"]


def take_away(resident: Resident) -> None:
    """Another worker has the contact now."""
    hold(resident, "another")


def give_back(resident: Resident) -> None:
    """Nobody has it."""
    hold(resident, None)


def hold(resident: Resident, worker: str | None) -> None:
    """Write who has the contact."""
    with resident.town.app.database.write() as connection:
        connection.execute(
            update(contacts)
            .where(contacts.c.id == resident.contact_id)
            .values(held_by=worker, held_until=None)
        )


def test_a_database_that_is_gone_is_no_fault_of_the_message(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("hello")

    def gone() -> None:
        raise StorageUnavailable("gone")

    sent = ann.sends(SOFA, photo=picture())
    with pytest.raises(StorageUnavailable):
        worker_of(town, gone).step()

    assert ann.reads(sent) == ["report.filed"]
    assert town.desk() == []


def test_several_workers_answer_many_residents_once_each_and_in_order(town: Town) -> None:
    residents = [town.resident(f"r{n}") for n in range(6)]
    sent = [
        (resident, resident.sends("someone dumped a sofa"), resident.sends(SOFA)) for resident in residents
    ]
    stopping = threading.Event()
    workers = [threading.Thread(target=town.app.worker().run, args=(stopping,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    while not all(town.app.store.inbox.is_handled(second) for _, _, second in sent):
        threading.Event().wait(0.02)
        town.later(seconds=0.02)
    stopping.set()
    town.app.bell.ring()
    for worker in workers:
        worker.join()

    for resident, first, second in sent:
        assert resident.reads(first) == ["ask.place_of"]
        # Who is not the first adds a voice.
        assert resident.reads(second) in (["report.filed"], ["report.joined"])
        assert len(resident.reports) == 1
