"""What the clock does, on both databases; every job is safe to run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import case_jobs, jobs
from casework.acting import Act, act
from casework.cases import DeskItem, DeskKind
from casework.clock import DrivenClock
from casework.correcting import withdraw
from casework.drafts import Draft, Step
from casework.outcomes import Outcome
from casework.packs import Frequency, Pack
from casework.states import State
from storage.outbox import Waiting
from storage.store import Store
from tests.factories import (
    CLEANSING,
    COUNCILLORS_IN_OFFICE,
    NOW,
    STAFF,
    keep_contact,
    keep_report,
    make_areas,
    make_contact,
    make_desk_item,
    make_pack,
    make_place,
    mint,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
Job = Callable[..., int]


class Office:
    """A store, a clock and the packs that jobs are given."""

    def __init__(self, store: Store, pack: Pack | None = None) -> None:
        self.store = store
        self.packs = {"ashmere": pack or make_pack()}
        self.clock = DrivenClock(NOW)
        self.mint = mint(99)

    def run(self, job: Job, wait: timedelta = timedelta()) -> int:
        """Run a job twice: the second run finds nothing more to do."""
        self.clock.advance(wait)
        done = job(self.store, self.packs, self.clock, self.mint)
        assert job(self.store, self.packs, self.clock, self.mint) == 0
        return done

    def told(self, channel: str = "email") -> list[Waiting]:
        return list(self.store.outbox.claim([channel], self.clock.now(), MINUTE, limit=1000))


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


# --- Sending on ---


def test_a_report_goes_to_its_service_when_the_correction_window_is_over(office: Office) -> None:
    filed = keep_report(office.store, office.packs["ashmere"])

    assert office.run(case_jobs.send_on_due, 9 * MINUTE) == 0
    assert office.run(case_jobs.send_on_due, 1 * MINUTE) == 1
    assert [(told.recipient, told.key, told.report_id) for told in office.told()] == [
        (f"service:{CLEANSING}", "service.new_report", filed.report.id)
    ]


def test_a_hazard_goes_at_once(office: Office) -> None:
    keep_report(office.store, office.packs["ashmere"], category="street_light")

    assert office.run(case_jobs.send_on_due) == 1


def test_a_report_that_waits_for_a_person_is_not_sent(office: Office) -> None:
    keep_report(office.store, office.packs["ashmere"], sure=False)

    assert office.run(case_jobs.send_on_due, HOUR) == 0


def test_a_withdrawn_report_is_not_sent(office: Office) -> None:
    filed = keep_report(office.store, office.packs["ashmere"])
    case = office.store.cases.case(filed.cluster.id)
    assert case is not None
    office.store.commit(withdraw(case, filed.report.id, NOW, office.mint), NOW)

    assert office.run(case_jobs.send_on_due, HOUR) == 0


def test_a_report_for_the_councillors_goes_to_each_of_them(office: Office) -> None:
    keep_report(office.store, office.packs["ashmere"], category="empty_property")

    office.run(case_jobs.send_on_due, HOUR)

    assert {told.recipient for told in office.told()} == {"councillor:c1", "councillor:c2"}


def test_a_report_for_a_vacant_ward_goes_to_the_desk(store: Store) -> None:
    office = Office(store, make_pack(councillors=()))
    filed = keep_report(store, office.packs["ashmere"], category="empty_property")

    assert office.run(case_jobs.send_on_due, HOUR) == 1
    case = store.cases.case(filed.cluster.id)
    assert case is not None
    assert case.cluster.state is State.FOR_TRIAGE
    assert [item.kind for item in case.desk] == [DeskKind.NO_SERVICE]


# --- Overdue ---


def test_a_broken_promise_is_told_to_resident_and_service_once(office: Office) -> None:
    filed = keep_report(office.store, office.packs["ashmere"])
    office.run(case_jobs.send_on_due, HOUR)
    office.told()

    assert office.run(case_jobs.tell_overdue, timedelta(days=3)) == 0
    assert office.run(case_jobs.tell_overdue, timedelta(days=1)) == 1
    assert [told.key for told in office.told()][-1] == "service.overdue"
    assert [told.key for told in office.told("sms")] == ["told.overdue"]
    assert office.run(case_jobs.tell_overdue, timedelta(days=1)) == 0
    assert filed.promise.due_at < office.clock.now()


def test_nothing_is_overdue_that_was_done(office: Office) -> None:
    filed = keep_report(office.store, office.packs["ashmere"])
    case = office.store.cases.case(filed.cluster.id)
    assert case is not None
    done = act(office.packs["ashmere"], case, Act.DONE, f"service:{CLEANSING}", "", NOW, office.mint)
    office.store.commit(done, NOW)

    assert office.run(case_jobs.tell_overdue, timedelta(days=9)) == 0


# --- The desk ---


def keep_items(office: Office, *wards: str | None, **fields: object) -> list[DeskItem]:
    if office.store.cases.contact(make_contact().id) is None:
        keep_contact(office.store)
    items = [
        make_desk_item(id=f"{number:032x}", ward=ward, report_id=None, **fields)
        for number, ward in enumerate(wards)
    ]
    office.store.commit(Outcome(new=tuple(items)), office.clock.now())
    return items


def listed(office: Office) -> dict[str, object]:
    return {told.recipient: told.parameters["items"] for told in office.told()}


def test_each_person_gets_one_mail_with_what_is_theirs(office: Office) -> None:
    items = keep_items(office, "W1", "W2", "W1")

    assert office.run(jobs.mail_desk) == 3
    assert listed(office) == {
        "staff:s1": [items[0].id, items[2].id],
        "staff:s2": [items[1].id],
    }


def test_what_is_nobodys_ward_goes_to_all(office: Office) -> None:
    (item,) = keep_items(office, None)

    office.run(jobs.mail_desk)

    assert listed(office) == {"staff:s1": [item.id], "staff:s2": [item.id]}


def test_somebody_for_everywhere_gets_everything(store: Store) -> None:
    office = Office(store, make_pack(staff=(*STAFF[:1], replace(STAFF[1], areas=frozenset()))))
    (item,) = keep_items(office, "W1")

    office.run(jobs.mail_desk)

    assert listed(office) == {"staff:s1": [item.id], "staff:s2": [item.id]}


def test_items_wait_until_somebody_is_on_duty(store: Store) -> None:
    office = Office(store, make_pack(staff=()))
    keep_items(office, "W1")
    assert office.run(jobs.mail_desk) == 0

    office.packs = {"ashmere": make_pack()}
    assert office.run(jobs.mail_desk) == 1


def test_an_item_of_an_authority_that_left_is_still_seen(office: Office) -> None:
    keep_items(office, None, jurisdiction="elsewhere")

    assert office.run(jobs.mail_desk) == 1


# --- Digests ---

MONDAY_AT_SEVEN = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)


def test_a_digest_is_written_once_to_every_councillor_of_every_ward(office: Office) -> None:
    office.clock.set(MONDAY_AT_SEVEN - MINUTE)
    office.run(jobs.send_digests)  # the one of the week before, long missed
    office.told()

    assert office.run(jobs.send_digests, MINUTE) == 3
    assert [told.recipient for told in office.told()] == ["councillor:c1", "councillor:c2", "councillor:c3"]


def test_a_digest_covers_the_time_since_the_one_before(office: Office) -> None:
    office.clock.set(MONDAY_AT_SEVEN + 5 * HOUR)
    office.run(jobs.send_digests)

    told = office.told()[0]

    assert told.parameters == {
        "ward": "W1",
        "since_on": (MONDAY_AT_SEVEN - timedelta(days=7)).isoformat(),
        "until_on": MONDAY_AT_SEVEN.isoformat(),
    }


def test_the_hour_is_the_authoritys_own_in_summer(office: Office) -> None:
    office.clock.set(datetime(2026, 6, 1, 5, 59, tzinfo=UTC))
    assert office.run(jobs.send_digests) == 0
    assert office.run(jobs.send_digests, MINUTE) == 3


def test_some_want_it_daily_and_some_never(store: Store) -> None:
    ada, bo, cy = COUNCILLORS_IN_OFFICE
    wishes = (replace(ada, digest=Frequency.DAILY), replace(bo, digest=Frequency.NEVER), cy)
    office = Office(store, make_pack(councillors=wishes))
    office.clock.set(MONDAY_AT_SEVEN + timedelta(days=3))

    office.run(jobs.send_digests)

    assert [told.recipient for told in office.told()] == ["councillor:c1"]


def test_nobody_who_left_gets_a_digest(store: Store) -> None:
    ada = replace(COUNCILLORS_IN_OFFICE[0], until=date(2026, 3, 16))
    office = Office(store, make_pack(councillors=(ada,)))
    office.clock.set(MONDAY_AT_SEVEN)

    assert office.run(jobs.send_digests) == 0


def test_a_digest_missed_by_two_days_is_let_go(office: Office) -> None:
    office.clock.set(MONDAY_AT_SEVEN + timedelta(hours=49))

    assert office.run(jobs.send_digests) == 0


# --- Drafts ---


def keep_draft(office: Office, **fields: object) -> None:
    contact = keep_contact(office.store)
    draft = Draft(contact.id, Step.PLACE, text="A sofa by the bins", updated_at=NOW, started_at=NOW)
    office.store.commit(Outcome(changed=(replace(draft, **fields),)), NOW)  # type: ignore[arg-type]


def test_a_resident_who_went_away_is_asked_once(office: Office) -> None:
    keep_draft(office)

    assert office.run(jobs.ask_about_drafts, 59 * MINUTE) == 0
    assert office.run(jobs.ask_about_drafts, 2 * MINUTE) == 1
    assert office.run(jobs.ask_about_drafts, 10 * HOUR) == 0
    assert [told.key for told in office.told("sms")] == ["draft.still_there"]


def test_after_a_day_a_person_looks_at_it_and_the_resident_hears_so(office: Office) -> None:
    keep_draft(office, place=make_place())
    office.run(jobs.ask_about_drafts, 2 * HOUR)

    assert office.run(jobs.ask_about_drafts, 23 * HOUR) == 1
    (item,) = office.store.cases.desk_to_mail()
    assert (item.kind, item.ward, item.words) == (
        DeskKind.ABANDONED_DRAFT,
        "W1",
        "A sofa by the bins\nHazel Grove",
    )
    assert [told.key for told in office.told("sms")] == ["draft.still_there", "draft.passed_on"]
    draft = office.store.cases.draft(make_contact().id)
    assert draft is not None
    assert not draft.telling


def test_a_resident_asked_late_has_time_to_answer(office: Office) -> None:
    keep_draft(office)

    assert office.run(jobs.ask_about_drafts, 30 * HOUR) == 1
    assert office.run(jobs.ask_about_drafts, 59 * MINUTE) == 0
    assert office.run(jobs.ask_about_drafts, MINUTE) == 1


def test_a_resident_who_said_stop_is_not_asked_but_not_lost(office: Office) -> None:
    keep_draft(office)
    contact = office.store.cases.contact(make_contact().id)
    assert contact is not None
    office.store.commit(Outcome(changed=(replace(contact, opted_out_at=NOW),)), NOW)

    office.run(jobs.ask_about_drafts, 2 * HOUR)
    office.run(jobs.ask_about_drafts, 23 * HOUR)

    assert office.told("sms") == []
    assert len(office.store.cases.desk_to_mail()) == 1


# --- Somebody else was there first ---


def test_a_job_passes_over_what_somebody_else_changes_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = office.packs["ashmere"]
    first, second = (keep_report(office.store, pack, seed=seed) for seed in (1, 2))
    read = office.store.cases.case

    def read_then_withdraw(cluster_id: str) -> object:
        """The resident withdraws between our reading and our writing."""
        case = read(cluster_id)
        assert case is not None
        if cluster_id == first.cluster.id:
            office.store.commit(withdraw(case, first.report.id, office.clock.now(), office.mint), NOW)
        return case

    monkeypatch.setattr(office.store.cases, "case", read_then_withdraw)
    office.clock.advance(HOUR)

    assert case_jobs.send_on_due(office.store, office.packs, office.clock, office.mint) == 1
    assert [told.report_id for told in office.told()] == [second.report.id]


def test_what_no_pack_serves_is_left_for_later(office: Office) -> None:
    keep_report(office.store, office.packs["ashmere"], areas=make_areas(office.packs["ashmere"]))
    office.packs = {"elsewhere": make_pack()}

    assert office.run(case_jobs.send_on_due, HOUR) == 0
    assert office.run(case_jobs.tell_overdue, timedelta(days=9)) == 0
