"""What the clock does to calls for action, on a real database; each job is run twice and does it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.calling_jobs import (
    allocate_budgets,
    flag_clusters,
    pass_on_calls,
    tell_clocks,
    welcome_councillors,
)
from casework import answering, carrying, committee
from casework.calls import Matter
from casework.clock import DrivenClock
from casework.escalation import Handling
from casework.outcomes import Outcome
from casework.packs import Councillor, Pack
from storage.carrying import carry_out
from storage.store import Store
from tests.climbing import (
    ADA,
    BO,
    CLEANERS,
    CLEANSING,
    DRAFT,
    ESCALATION,
    MET,
    OFFICER,
    POLICE,
    ROADS,
    TESTED,
    calling_pack,
    neighbours_case,
)
from tests.factories import NOW, keep_contact, mint

LONDON = ZoneInfo("Europe/London")


class Hall:
    """A town hall: a store, a pack that changes with elections, and a clock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pack = calling_pack()
        self.clock = DrivenClock(NOW + timedelta(days=60))
        self.mint = mint(80)
        case = neighbours_case()
        for report in case.reports:
            keep_contact(store, id=report.contact_id, address_hash=report.contact_id.rjust(64, "0"))
        self.cluster_id = case.cluster.id
        store.commit(Outcome(new=(case.cluster, *case.reports, *case.promises)), NOW)

    def run(self, job: Callable[..., int]) -> int:
        """The job, and once more: it finds nothing left to do."""
        done = job(self.store, {"ashmere": self.pack}, self.clock, self.mint)
        assert job(self.store, {"ashmere": self.pack}, self.clock, self.mint) == 0
        return done

    @property
    def matter(self) -> Matter:
        """As it stands."""
        found = self.store.calls.matter_of_cluster(self.cluster_id)
        assert found is not None
        return found

    def do(self, actor: str, act: Callable[..., Outcome], *args: Any) -> None:
        """Somebody acts."""
        carry_out(
            self.store,
            self.pack,
            lambda: self.matter,
            actor,
            lambda scene: act(scene, *args),
            self.clock,
            self.mint,
        )

    def told(self) -> dict[str, list[str]]:
        """Who is told what since the last look."""
        found: dict[str, list[str]] = {}
        for channel in ("email", "sms"):
            for message in self.store.outbox.claim([channel], self.clock.now(), timedelta(days=900), 900):
                step = next((s for s in self.matter.steps if s.id == message.parameters.get("step")), None)
                found.setdefault(message.recipient, []).append(str(step.deed) if step else message.key)
                self.store.outbox.mark_sent(message.id, self.clock.now())
        return found

    def to_responses_due(self) -> None:
        """The council and the county have a recommendation each; the county was asked to inform."""
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
            (OFFICER, committee.request, POLICE, "Who does it?"),
            (OFFICER, committee.recommend, CLEANSING, "Clear it."),
            (OFFICER, committee.recommend, ROADS, "Light it."),
            (OFFICER, committee.send),
        ):
            self.do(actor, act, *args)
        self.told()

    def leave(self, councillor: str, *new: Councillor) -> None:
        """A councillor's term ends today, and these begin."""
        today = self.clock.now().date()
        left = tuple(replace(c, until=today) if c.id == councillor else c for c in self.pack.councillors)
        self.pack = replace(self.pack, councillors=(*left, *new))


@pytest.fixture
def hall(store: Store) -> Hall:
    """With the neighbours' case, sixty days old."""
    return Hall(store)


def elected(since: date, name: str = "n1") -> Councillor:
    return Councillor(name, "Nia Rees", "W1", since, None, "nia.rees@ashmere.example")


def test_a_cluster_is_laid_before_its_councillors_once_and_no_further(hall: Hall) -> None:
    assert hall.run(flag_clusters) == 1

    assert str(hall.matter.stage) == "cluster_flagged"
    assert hall.matter.steps[0].details == {"days": 56, "voices": 3, "reopenings": 0, "harm": False}
    assert hall.told() == {ADA: ["flag"], BO: ["flag"]}


def test_without_a_rule_nothing_is_flagged(hall: Hall) -> None:
    hall.pack = replace(hall.pack, escalation=replace(ESCALATION, rules=()))

    assert hall.run(flag_clusters) == 0


def test_in_a_ward_without_a_councillor_the_officers_hear_of_a_flag(hall: Hall) -> None:
    hall.leave("c1")
    hall.leave("c2")

    hall.run(flag_clusters)

    assert hall.told() == {"staff:sc1": ["flag"], "staff:sc2": ["flag"]}


def test_clocks_warn_in_their_turn_and_a_missed_one_is_told_to_everybody(hall: Hall) -> None:
    hall.to_responses_due()
    # Asked on Saturday 9 May 2026. This pack's calendar has no May holidays: the county's twenty
    # working days end on Friday 5 June, the council's two months on Thursday 9 July.
    partner, council = (
        next(c for c in hall.matter.clocks if c.body == "county"),
        next(c for c in hall.matter.clocks if c.body == "ashmere"),
    )
    assert partner.due_at == datetime(2026, 6, 5, 23, 59, tzinfo=LONDON)
    assert council.due_at == datetime(2026, 7, 9, 23, 59, tzinfo=LONDON)

    log: list[tuple[str, str]] = []
    for day in range(70):
        hall.clock.set(datetime(2026, 5, 10, 9, 0, tzinfo=LONDON) + timedelta(days=day))
        hall.run(tell_clocks)
        told = hall.told()
        when = hall.clock.now().astimezone(LONDON).strftime("%d %b")
        log += [(when, deed) for deed in told.get("staff:sc1", [])]
        if when == "06 Jun":
            assert told[f"contact:{2:032x}"] == ["told.call_overdue"]
            assert told[ADA] == ["tell_overdue"]
            assert told[f"service:{ROADS}"] == ["tell_overdue"]

    assert log == [
        ("22 May", "warn"),
        ("29 May", "warn"),
        ("04 Jun", "warn"),
        ("06 Jun", "tell_overdue"),
        ("08 Jun", "warn"),
        ("03 Jul", "warn"),
        ("08 Jul", "warn"),
        ("10 Jul", "tell_overdue"),
    ]
    assert all(clock.overdue_at for clock in hall.matter.clocks if clock.due_at)


def test_an_answer_in_time_stops_the_clock_and_its_warnings(hall: Hall) -> None:
    hall.to_responses_due()
    hall.do(CLEANERS, answering.respond, hall.matter.recommendations[0].id, True, "Yes.", "R. Okafor")
    hall.do(OFFICER, answering.inform, hall.matter.clocks[0].id, "They came.")
    for clock in hall.matter.clocks:
        if clock.body == "county":
            assert clock.met_at

    hall.clock.advance(timedelta(days=100))

    assert hall.run(tell_clocks) == 0


def test_when_its_councillor_leaves_the_successor_carries_it(hall: Hall) -> None:
    hall.do(ADA, carrying.take_up)
    hall.told()
    assert hall.run(pass_on_calls) == 0
    hall.leave("c1", elected(hall.clock.now().date()))

    assert hall.run(pass_on_calls) == 1

    assert hall.matter.call is not None
    assert hall.matter.call.councillor == "n1"
    assert hall.told() == {BO: ["pass_on"], "councillor:n1": ["pass_on"]}


def test_without_a_successor_the_wards_others_have_it(hall: Hall) -> None:
    hall.do(ADA, carrying.take_up)
    hall.leave("c1")
    hall.run(pass_on_calls)
    assert hall.matter.call is not None
    assert hall.matter.call.councillor is None
    hall.do(BO, carrying.say, "I carry on.")


def test_where_one_leads_another_is_named_at_once(hall: Hall) -> None:
    hall.pack = replace(hall.pack, escalation=replace(ESCALATION, handling=Handling.LEAD))
    hall.do(ADA, carrying.take_up)
    hall.leave("c1")

    hall.run(pass_on_calls)

    assert hall.matter.call is not None
    assert hall.matter.call.councillor == "c2"


def test_a_vacancy_is_told_to_the_officers_and_ends_with_an_election(hall: Hall) -> None:
    hall.do(ADA, carrying.take_up)
    hall.told()
    hall.leave("c1")
    hall.leave("c2")

    assert hall.run(pass_on_calls) == 1
    assert hall.told() == {"staff:sc1": ["pass_on"], "staff:sc2": ["pass_on"]}

    hall.clock.advance(timedelta(days=40))
    hall.pack = replace(hall.pack, councillors=(*hall.pack.councillors, elected(hall.clock.now().date())))
    assert hall.run(pass_on_calls) == 1
    assert hall.told() == {"councillor:n1": ["pass_on"]}


def test_a_councillor_taken_out_of_the_file_has_left_too(hall: Hall) -> None:
    hall.do(ADA, carrying.take_up)
    hall.pack = replace(hall.pack, councillors=tuple(c for c in hall.pack.councillors if c.id != "c1"))

    assert hall.run(pass_on_calls) == 1
    assert hall.matter.call is not None
    assert hall.matter.call.councillor is None


def test_who_has_just_taken_office_is_told_once_what_is_open(hall: Hall) -> None:
    hall.leave("c1", elected(hall.clock.now().date()), replace(elected(date(2020, 5, 4)), id="old"))

    assert hall.run(welcome_councillors) == 1

    assert hall.told() == {"councillor:n1": ["office.ward"]}


def test_each_ward_gets_its_budget_of_the_year_once(hall: Hall) -> None:
    assert hall.run(allocate_budgets) == 2
    ledger = hall.store.calls.ledger("ashmere", "W1", date(2026, 4, 1))
    assert ledger is not None
    assert ledger.balance == 5000_00
    hall.clock.set(datetime(2027, 4, 1, 0, 30, tzinfo=LONDON))
    assert hall.run(allocate_budgets) == 2
    assert len(hall.store.calls.lines(ledger.id)) == 1


def test_a_pack_that_is_not_served_any_more_is_left_alone(hall: Hall) -> None:
    hall.to_responses_due()
    hall.clock.advance(timedelta(days=100))
    other: Pack = replace(hall.pack, authority=replace(hall.pack.authority, code="other"))

    assert tell_clocks(hall.store, {"other": other}, hall.clock, hall.mint) == 0
