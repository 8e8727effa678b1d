"""Whoever does whatever to a case, at whatever time, in whatever order: the rules hold.

A hypothesis machine plays residents, services, a person at the desk and the clock. It is quick as it
stands; ``STREETCALL_DEEP=1`` lets it look for minutes.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casework import promises, questions
from casework.acting import EFFECTS, Act, act
from casework.cases import (
    Answer,
    Case,
    Cluster,
    DeskItem,
    DeskKind,
    Offer,
    Pause,
    Promise,
    PromiseEnd,
    Question,
    Report,
    Update,
)
from casework.correcting import Correction, correct, withdraw
from casework.errors import NotAllowed
from casework.filing import areas_of, make_promise, send_on
from casework.handovers import MOST_HANDOVERS, chase, hand_over
from casework.outcomes import Outcome
from casework.sorting import close, sort
from casework.states import ALLOWED, OPEN, State
from tests.factories import CLEANSING, HOUSING, NOW, ROADS, case_of, file_one, make_pack, mint

PACK = make_pack()
DEEP = os.environ.get("STREETCALL_DEEP") == "1"
SERVICES = (CLEANSING, ROADS, HOUSING, "ashmere/parks", "councillors")
CATEGORIES = ("fly_tipping", "road_surface", "street_light", "empty_property", "other")
WORDS = st.sampled_from(["", "as I said"])
DAYS = st.integers(-2, 40)


class AnyCase(RuleBasedStateMachine):
    """One case with up to four voices."""

    @initialize(sure=st.booleans())
    def file(self, sure: bool) -> None:
        self.mint = mint(7)
        self.now = NOW
        self.case = case_of(file_one(PACK, sure=sure))
        self.ended: dict[str, Promise] = {}
        self.handed_by_services = 0
        self.voices = 100

    # --- Residents ---

    @precondition(lambda self: len(self.case.reports) < 4 and self.case.cluster.state in OPEN)
    @rule()
    def another_voice_joins(self) -> None:
        seed = self.voices = self.voices + 1
        filed = file_one(PACK, self.now, seed, contact_id=f"{seed:032d}")
        report = replace(filed.report, cluster_id=self.case.cluster.id)
        promise = make_promise(PACK, report, self.case.cluster, areas_of(PACK, report), self.now, self.mint)
        self.do(lambda: Outcome(new=(report, promise)), "resident")

    @rule(who=st.integers(0, 3), said=st.sampled_from(Answer), words=WORDS)
    def answer(self, who: int, said: Answer, words: str) -> None:
        report = self.report(who)
        self.do(
            lambda: questions.answer(PACK, self.case, report.id, said, words, self.now, self.mint),
            "resident",
            report,
        )

    @rule(who=st.integers(0, 3))
    def still_there(self, who: int) -> None:
        report = self.report(who)
        self.do(
            lambda: questions.reopen(PACK, self.case, report, "", self.now, self.mint), "resident", report
        )

    @rule(who=st.integers(0, 3), category=st.sampled_from(CATEGORIES))
    def correct(self, who: int, category: str) -> None:
        report = self.report(who)
        right = Correction(category=category)
        self.do(
            lambda: correct(PACK, self.case, report.id, right, "resident", self.now, self.mint).outcome,
            "resident",
            report,
        )

    @rule(who=st.integers(0, 3))
    def take_back(self, who: int) -> None:
        self.do(lambda: withdraw(self.case, self.report(who).id, self.now, self.mint), "resident")

    # --- Services ---

    @rule(doing=st.sampled_from(sorted(EFFECTS)), words=WORDS, actor=st.none() | st.sampled_from(SERVICES))
    def say(self, doing: Act, words: str, actor: str | None) -> None:
        name = self.actor(actor)
        self.do(lambda: act(PACK, self.case, doing, name, words, self.now, self.mint), name)

    @rule(to=st.none() | st.sampled_from(SERVICES), actor=st.none() | st.sampled_from(SERVICES))
    def not_ours(self, to: str | None, actor: str | None) -> None:
        name, refused = self.actor(actor), {offer.service for offer in self.case.refusals}
        outcome = self.do(
            lambda: hand_over(PACK, self.case, to, "not_our_place", name, "", self.now, self.mint), name
        )
        onward = [o for o in outcome.new if isinstance(o, Offer) and o.refused_at is None]
        self.handed_by_services += len(onward)
        assert refused.isdisjoint(offer.service for offer in onward)

    @rule(days=DAYS, reason=st.sampled_from(["parts", "whim"]))
    def longer(self, days: int, reason: str) -> None:
        self.do(
            lambda: promises.promise_anew(
                PACK, self.case, self.day(days), reason, self.actor(None), "", self.now, self.mint
            ),
            self.actor(None),
        )

    @rule(days=DAYS)
    def hold(self, days: int) -> None:
        self.do(
            lambda: promises.pause(
                PACK, self.case, self.day(days), "parts", self.actor(None), "", self.now, self.mint
            ),
            self.actor(None),
        )

    @rule()
    def go_on(self) -> None:
        self.do(
            lambda: promises.resume(PACK, self.case, self.actor(None), self.now, self.mint), self.actor(None)
        )

    # --- The desk ---

    @rule(category=st.sampled_from(CATEGORIES), service=st.none() | st.sampled_from(SERVICES))
    def sort(self, category: str, service: str | None) -> None:
        report = self.report(0)
        right = Correction(category=category, service=service)
        self.do(
            lambda: sort(PACK, self.case, report.id, right, "staff:s1", self.now, self.mint).outcome,
            "staff:s1",
        )

    @rule()
    def close(self) -> None:
        self.do(lambda: close(PACK, self.case, "no", "staff:s1", self.now, self.mint), "staff:s1")

    @rule(is_fixed=st.booleans())
    def decide(self, is_fixed: bool) -> None:
        self.do(
            lambda: questions.decide(PACK, self.case, is_fixed, "", "staff:s1", self.now, self.mint),
            "staff:s1",
        )

    # --- The clock ---

    @rule(hours=st.sampled_from([1, 7, 26, 75, 400]))
    def wait(self, hours: int) -> None:
        """Time passes, and all the jobs run."""
        self.now += timedelta(hours=hours)
        for report in self.case.standing:
            if self.is_to_be_sent(report):
                self.do(lambda r=report: send_on(PACK, self.case, r.id, self.now, self.mint), "system")
        for job in (
            lambda: promises.tell_overdue(PACK, self.case, self.now, self.mint),
            lambda: promises.remind(PACK, self.case, self.now),
            lambda: chase(PACK, self.case, self.now, self.mint),
            lambda: questions.ask_again(PACK, self.case, self.now),
            lambda: questions.end_questions(self.case, self.now),
        ):
            self.do(job, "system")
            again = job()
            assert again == Outcome(), "a job that runs twice acts twice"
        if self.case.pause and self.case.pause.until_at <= self.now:
            self.do(lambda: promises.end_pause(PACK, self.case, self.now, self.mint), "system")

    def is_to_be_sent(self, report: Report) -> bool:
        """As the job's query has it."""
        now, cluster = self.case.report(report.id), self.case.cluster
        ready = now.sent_at is None and now.send_after <= self.now
        return ready and cluster.service is not None and cluster.state in OPEN - {State.FOR_TRIAGE}

    # --- Doing and checking ---

    def report(self, who: int) -> Report:
        return self.case.reports[who % len(self.case.reports)]

    def actor(self, named: str | None) -> str:
        """The service that has the case, or another."""
        service = named or self.case.cluster.service
        return "councillor:c1" if service == "councillors" else f"service:{service}"

    def day(self, days: int) -> date:
        return self.now.date() + timedelta(days=days)

    def do(self, deed: Callable[[], Outcome], actor: str, by: Report | None = None) -> Outcome:
        """What is refused changes nothing; what is done keeps the rules."""
        try:
            outcome = deed()
        except NotAllowed:
            return Outcome()
        before, self.case = self.case, after(self.case, outcome)
        self.check_transition(before, actor)
        self.check_promises(outcome, by)
        self.check_everyone_hears(before, outcome, by)
        written = [(type(thing), thing.id) for thing in (*outcome.new, *outcome.changed)]
        assert len(written) == len(set(written)), "one thing is written twice"
        return outcome

    def check_transition(self, before: Case, actor: str) -> None:
        old, new = before.cluster.state, self.case.cluster.state
        assert old == new or new in ALLOWED[old]
        if new is State.FIXED_USER != old:
            assert actor.startswith(("resident", "staff:")), "fixed is what a person says who sees it"

    def check_promises(self, outcome: Outcome, by: Report | None) -> None:
        told = {notice.report_id for notice in outcome.notices if notice.recipient.startswith("contact:")}
        for promise in self.case.promises:
            assert self.ended.get(promise.id, promise) == promise, "what ended has changed"
            assert (promise.ended_at is None) == (promise.end is None)
            if promise.ended_at is None or promise.id in self.ended:
                continue
            self.ended[promise.id] = promise
            report = self.case.report(promise.report_id)
            is_by = by is not None and by.id == report.id
            if promise.end is PromiseEnd.SLIPPED:
                assert self.now <= promise.due_at, "told after the date"
                assert report.own_state or report.id in told or is_by, "not told at all"
            if promise.end is PromiseEnd.KEPT:
                assert self.now <= promise.due_at

    def check_everyone_hears(self, before: Case, outcome: Outcome, by: Report | None) -> None:
        """Each public change of the whole case; that it was passed on, the first time."""
        for update in outcome.updates:
            if not (update.public and update.report_id is None) or is_told_to_some(update, before):
                continue
            heard = {n.report_id for n in outcome.notices if n.recipient.startswith("contact:")}
            untold = {r.id for r in self.case.standing if r.contact_id} - heard - {by.id if by else None}
            assert not untold, f"{update.key} was not told to {untold}"

    @invariant()
    def the_promises_are_those_of_an_open_case(self) -> None:
        case = self.case
        running = [promise.report_id for promise in case.open_promises]
        standing = {report.id for report in case.standing}
        assert len(running) == len(set(running)), "two promises to one report"
        # Who took a report back and then says that it is not fixed is promised something again.
        assert standing <= set(running) if case.cluster.state in OPEN else not running

    @invariant()
    def somebody_has_an_open_case(self) -> None:
        cluster = self.case.cluster
        if cluster.state is State.FOR_TRIAGE:
            assert cluster.service is None
            assert self.case.unsorted
        elif cluster.state in OPEN:
            assert cluster.service

    @invariant()
    def services_pass_a_case_on_three_times_at_most(self) -> None:
        assert self.handed_by_services <= MOST_HANDOVERS

    @invariant()
    def the_clock_stands_for_all_or_none(self) -> None:
        stands = self.case.cluster.paused_at is not None
        assert all((p.paused_at is not None) == stands for p in self.case.open_promises)
        if stands and self.case.cluster.state in OPEN:
            assert self.case.pause is not None

    @invariant()
    def nobody_disputes_what_is_called_fixed_by_residents(self) -> None:
        if self.case.cluster.state is State.FIXED_USER:
            assert all(item.kind is not DeskKind.DISAGREEMENT for item in self.case.desk)

    @invariant()
    def what_is_withdrawn_waits_on_no_desk(self) -> None:
        if self.case.cluster.state is State.CANCELLED:
            assert self.case.desk == ()


def is_told_to_some(update: Update, before: Case) -> bool:
    """Passed on is told the first time only; a new date to those whose date it is (checked above).

    That somebody's report was parted from the case changes nothing for the others.
    """
    later = update.key == "update.passed_on" and before.cluster.handovers > 0
    return later or update.key in ("update.longer", "update.parted")


def after(case: Case, outcome: Outcome) -> Case:
    """The case as storage would give it back."""
    changed = {
        thing.id: thing
        for thing in (*outcome.new, *outcome.changed)
        if not isinstance(thing, Cluster)  # type: ignore[union-attr]
    }
    cluster = next((c for c in outcome.changed if c.id == case.cluster.id), case.cluster)

    def of(kind: type, held: tuple) -> tuple:
        kept = {thing.id: thing for thing in held}
        return tuple((kept | {id: t for id, t in changed.items() if isinstance(t, kind)}).values())

    def mine(things: tuple) -> tuple:
        """What was parted from the case is another's now."""
        return tuple(thing for thing in things if thing.cluster_id == cluster.id)

    reports = mine(of(Report, case.reports))
    ids = {report.id for report in reports}
    return Case(
        cluster,
        reports,
        mine(of(Promise, case.promises)),
        mine(of(Question, case.questions)),
        tuple(item for item in of(DeskItem, case.desk) if item.done_at is None and item.report_id in ids),
        mine(of(Offer, case.offers)),
        mine(of(Pause, case.pauses)),
    )


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = settings(
    max_examples=3000 if DEEP else 80,
    stateful_step_count=60 if DEEP else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_the_machine_gets_somewhere() -> None:
    """The deeds are no empty ones: a plain story passes through them to its end."""
    case = AnyCase()
    case.file(sure=True)
    case.another_voice_joins()
    case.wait(1)
    case.not_ours(ROADS, None)
    case.longer(20, "parts")
    case.hold(5)
    case.wait(400)
    case.say(Act.DONE, "", None)
    case.answer(0, Answer.NO, "")
    case.say(Act.DONE, "", None)
    case.answer(0, Answer.YES, "")
    case.answer(1, Answer.NO, "")
    case.decide(True)

    assert case.case.cluster.state is State.FIXED_USER
    assert {promise.end for promise in case.case.promises} == {
        PromiseEnd.SLIPPED,
        PromiseEnd.KEPT,
    }
    assert len(case.case.questions) == 4
