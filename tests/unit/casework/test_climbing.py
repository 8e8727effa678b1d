"""The whole ladder, whoever does what in whatever order: the rules of the White Paper hold."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casework import answering, carrying, committee
from casework.budgets import allocate, commit_funds, left_of, pay, release
from casework.calls import BudgetLine, LineKind, Matter, Recommendation, Safeguard
from casework.carrying import Answer
from casework.clocks import ClockKind, deadline
from casework.errors import NotAllowed
from casework.escalation import Track
from casework.flagging import flag
from casework.ladder import LADDER, Audience, Deed, Kind, Stage, kind_of
from casework.offices import able_councillors
from casework.outcomes import Outcome
from casework.packs import Councillor
from casework.reminding import tell_overdue, warn
from casework.seats import needs_passing_on, pass_on
from casework.states import OPEN
from tests.climbing import (
    ADA,
    BO,
    CHARITY,
    CLEANERS,
    CLEANSING,
    CY,
    DRAFT,
    HIGHWAYS,
    LANDLORD,
    MET,
    OFFICER,
    POLICE,
    ROADS,
    TESTED,
    Climb,
)

ACTORS = (
    ADA,
    BO,
    CY,
    OFFICER,
    "staff:s1",
    CLEANERS,
    HIGHWAYS,
    LANDLORD,
    "system",
    "resident",
    "councillor:zz",
)
STARTS = ("to_informal", "to_draft", "to_referred", "to_accepted", "to_responses_due", "to_monitored")
"""So far up somebody may have come before anything is tried."""
WORDS = ("", "Because it was said so.")
SERVICES = (CLEANSING, ROADS, POLICE, CHARITY, "nobody/here")
DAYS = (date(2026, 3, 1), date(2026, 9, 1))


def able(climb: Climb) -> str:
    """A councillor who may act, if there is one."""
    there = able_councillors(climb.pack, climb.matter, climb.scene("system").today)
    return f"councillor:{there[0].id}" if there else ADA


def first(climb: Climb, wanted: Any) -> Any:
    """The first sent recommendation for which that holds; one that does not exist where none does."""
    sent = (r for r in climb.matter.recommendations if r.sent_at and wanted(r))
    return next(sent, Recommendation("none", "", 9, "ashmere", CLEANSING, "", climb.now))


def unanswered(climb: Climb) -> Any:
    return first(climb, lambda r: climb.matter.response_to(r.id) is None)


def undone(climb: Climb) -> Any:
    return first(climb, lambda r: (a := climb.matter.response_to(r.id)) and a.accepts and not r.done_at)


def open_clock(climb: Climb) -> str:
    waiting = (c.id for c in climb.matter.clocks if not c.met_at and not c.recommendation_id)
    return next(waiting, "none")


SENSIBLE: dict[Deed, Any] = {
    Deed.FLAG: lambda c: ("system", flag),
    Deed.TAKE_UP: lambda c: (able(c), carrying.take_up, "It came back."),
    Deed.ATTEMPT: lambda c: (able(c), carrying.record_attempt, "I rang them in May."),
    Deed.ASK: lambda c: (able(c), carrying.ask_service, "When?", None, CLEANSING),
    Deed.ANSWER: lambda c: (CLEANERS, answering.answer_councillor, "On Monday."),
    Deed.SAY: lambda c: (able(c), carrying.say, "I am on it."),
    Deed.FUND: lambda c: (able(c), commit_funds, c.ledger, 10_00, "A bin"),
    Deed.RESOLVE: lambda c: (able(c), carrying.resolve, "They cleared it."),
    Deed.DECLINE: lambda c: (able(c), carrying.decline, "It is private land."),
    Deed.DRAFT: lambda c: (able(c), carrying.draft_referral, DRAFT),
    Deed.CHECK_SAFEGUARDS: lambda c: (OFFICER, carrying.check_safeguards, MET),
    Deed.SIGN: lambda c: (able(c), carrying.keep_dossier, {"issue": "x"}, True),
    Deed.REFER: lambda c: (able(c), carrying.refer),
    Deed.RECEIVE: lambda c: (OFFICER, committee.receive),
    Deed.ACCEPT: lambda c: (OFFICER, committee.accept, "It matters here.", TESTED),
    Deed.TURN_DOWN: lambda c: (OFFICER, committee.turn_down, "It is with another panel.", TESTED),
    Deed.RETURN: lambda c: (OFFICER, committee.send_back, "Ask the county first.", TESTED),
    Deed.INVESTIGATE: lambda c: (OFFICER, committee.investigate),
    Deed.REQUEST: lambda c: (
        OFFICER,
        committee.request,
        SERVICES[len(c.matter.clocks) % 4],
        "Come and tell us.",
    ),
    Deed.INFORM: lambda c: (OFFICER, answering.inform, open_clock(c), "They came."),
    Deed.RECOMMEND: lambda c: (
        OFFICER,
        committee.recommend,
        SERVICES[len(c.matter.recommendations) % 2],
        "Do it.",
    ),
    Deed.SEND: lambda c: (OFFICER, committee.send),
    Deed.ACKNOWLEDGE: lambda c: (f"service:{unanswered(c).service}", answering.acknowledge, unanswered(c).id),
    Deed.RESPOND: lambda c: (
        f"service:{unanswered(c).service}",
        answering.respond,
        unanswered(c).id,
        unanswered(c).body == "ashmere",
        "So it was decided.",
        "R. Okafor",
    ),
    Deed.PUBLISH: lambda c: (OFFICER, committee.publish),
    Deed.MONITOR: lambda c: (OFFICER, committee.monitor, "We watch it.", date(2030, 1, 1)),
    Deed.FOLLOW_UP: lambda c: (OFFICER, answering.follow_up, undone(c).id, True, "Done in May."),
    Deed.CLOSE: lambda c: (OFFICER, committee.close, "It is done."),
}
"""What a person of good will would do, for each deed."""
ENDS = frozenset({Deed.RESOLVE, Deed.DECLINE, Deed.TURN_DOWN, Deed.CLOSE, Deed.SAY})


class Ladder(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.climb = Climb()
        self.stages: list[Stage | None] = [None]

    @initialize(told=st.booleans(), start=st.sampled_from(("", *STARTS)))
    def begin(self, told: bool, start: str) -> None:
        """With reporters, or without any; at the foot of the ladder or further up."""
        if not told:
            self.climb.matter = Matter()
        elif start:
            getattr(self.climb, start)()

    def attempt(self, actor: str, act: Any, *args: Any) -> None:
        """Do it, or be refused with a sentence and no effect; look at what it led to."""
        before = self.climb.matter
        outcome, refusal = self.tried(actor, act, *args)
        if outcome is None:
            assert re.fullmatch(r"[a-z]+\.[a-z_]+", refusal)
            assert self.climb.matter is before
        else:
            self.look_at(before, outcome)

    def tried(self, actor: str, act: Any, *args: Any) -> tuple[Outcome | None, str]:
        """What it led to, or the key of the refusal."""
        try:
            return self.climb.do(actor, act, *args), ""
        except NotAllowed as fault:
            return None, fault.key

    def look_at(self, before: Matter, outcome: Outcome) -> None:
        """Every step is one of the table's, by somebody who may, and everybody concerned was told."""
        made = self.climb.matter.steps[len(before.steps) :]
        for step in made:
            rung = LADDER[step.deed]
            assert step.before in rung.sources
            assert step.after == (rung.to or step.before)
            assert kind_of(step.actor) in rung.by
            assert not rung.reason or step.words
            assert any(e.act == f"call_{step.deed}" and e.actor == step.actor for e in outcome.audit)
            self.everybody_told(step.deed, step.actor, outcome)
        self.stages += [step.after for step in made]

    def everybody_told(self, deed: Deed, actor: str, outcome: Outcome) -> None:
        """The audiences of the table, less the one who acted."""
        told = Counter(notice.recipient for notice in outcome.notices)
        tells, matter, pack = LADDER[deed].tells, self.climb.matter, self.climb.pack
        if Audience.REPORTERS in tells and matter.case:
            assert all(told[f"contact:{r.contact_id}"] for r in matter.case.standing if r.contact_id)
        if Audience.SCRUTINY in tells:
            assert {"staff:sc1", "staff:sc2"} <= {*told, actor}
        if Audience.COUNCILLORS in tells:
            able = able_councillors(pack, matter, self.climb.scene(actor).today)
            assert {f"councillor:{c.id}" for c in able} <= {*told, actor}
            assert able or any(to.startswith("staff:") for to in told) or actor.startswith("staff:")

    # --- What people of good will do: without it hardly anybody would get anywhere ---

    @rule(choice=st.integers(0, 1000))
    def good_will(self, choice: int) -> None:
        stage = self.climb.matter.stage
        deeds = [d for d in SENSIBLE if stage in LADDER[d].sources for _ in range(1 if d in ENDS else 3)]
        self.attempt(*SENSIBLE[deeds[choice % len(deeds)]](self.climb))

    # --- What anybody tries ---

    @rule(actor=st.sampled_from(ACTORS), words=st.sampled_from(WORDS))
    def take_up(self, actor: str, words: str) -> None:
        self.attempt(actor, carrying.take_up, words)

    @rule(actor=st.sampled_from((ADA, CY)), words=st.sampled_from(WORDS))
    @precondition(lambda self: self.climb.matter == Matter())
    def open_call(self, actor: str, words: str) -> None:
        self.attempt(
            actor, carrying.open_call, "W1", "The steps at the station", words, "People in wheelchairs"
        )

    @rule(
        actor=st.sampled_from(ACTORS),
        act=st.sampled_from(
            (carrying.record_attempt, carrying.ask_service, carrying.say, carrying.resolve, carrying.decline)
        ),
        words=st.sampled_from(WORDS),
    )
    def councillors_act(self, actor: str, act: Any, words: str) -> None:
        self.attempt(actor, act, words)

    @rule(
        actor=st.sampled_from(ACTORS),
        track=st.sampled_from(Track),
        excluded=st.sampled_from((None, "planning", "appeal", "nothing")),
        systemic=st.booleans(),
    )
    def draft(self, actor: str, track: Track, excluded: str | None, systemic: bool) -> None:
        self.attempt(
            actor,
            carrying.draft_referral,
            replace(DRAFT, track=track, excluded=excluded, systemic=systemic),
        )

    @rule(actor=st.sampled_from(ACTORS), failing=st.sampled_from((None, *Safeguard)))
    def check_safeguards(self, actor: str, failing: Safeguard | None) -> None:
        answers = dict(MET) | ({failing: Answer(False, "It is aimed at one family.")} if failing else {})
        self.attempt(actor, carrying.check_safeguards, answers)

    @rule(actor=st.sampled_from(ACTORS), signed=st.booleans())
    def keep_dossier(self, actor: str, signed: bool) -> None:
        self.attempt(actor, carrying.keep_dossier, {"issue": "x"}, signed)

    @rule(actor=st.sampled_from(ACTORS))
    def refer(self, actor: str) -> None:
        self.attempt(actor, carrying.refer)

    @rule(
        actor=st.sampled_from(ACTORS),
        act=st.sampled_from((committee.receive, committee.investigate, committee.send)),
    )
    def officers_act(self, actor: str, act: Any) -> None:
        self.attempt(actor, act)

    @rule(
        actor=st.sampled_from(ACTORS),
        act=st.sampled_from((committee.accept, committee.turn_down, committee.send_back)),
        answers=st.sampled_from((TESTED, {})),
    )
    def decide(self, actor: str, act: Any, answers: Any) -> None:
        self.attempt(actor, act, "For the reasons in the minutes.", answers)

    @rule(
        actor=st.sampled_from((OFFICER, ADA, CLEANERS)),
        act=st.sampled_from((committee.request, committee.recommend)),
        service=st.sampled_from(SERVICES),
        words=st.sampled_from(WORDS),
    )
    def address(self, actor: str, act: Any, service: str, words: str) -> None:
        self.attempt(actor, act, service, words)

    @rule(actor=st.sampled_from(ACTORS), number=st.integers(0, 3), accepts=st.booleans())
    def respond(self, actor: str, number: int, accepts: bool) -> None:
        sent = self.climb.matter.recommendations
        wanted = sent[number].id if number < len(sent) else "nothing"
        self.attempt(actor, answering.acknowledge, wanted)
        self.attempt(actor, answering.respond, wanted, accepts, "So it was decided.", "R. Okafor")

    @rule(actor=st.sampled_from(ACTORS), number=st.integers(0, 3), done=st.booleans())
    def follow_up(self, actor: str, number: int, done: bool) -> None:
        sent = self.climb.matter.recommendations
        self.attempt(
            actor, answering.follow_up, sent[number].id if number < len(sent) else "x", done, "Seen."
        )

    @rule(actor=st.sampled_from(ACTORS), number=st.integers(0, 2))
    def inform(self, actor: str, number: int) -> None:
        asked = self.climb.matter.clocks
        self.attempt(actor, answering.inform, asked[number].id if number < len(asked) else "x", "Here it is.")

    @rule(actor=st.sampled_from(ACTORS), day=st.sampled_from(DAYS))
    def see_through(self, actor: str, day: date) -> None:
        self.attempt(actor, committee.publish)
        self.attempt(actor, committee.monitor, "We watch it.", day)

    @rule(actor=st.sampled_from(ACTORS))
    def close(self, actor: str) -> None:
        self.attempt(actor, committee.close, "It is done.")

    @rule(actor=st.sampled_from(ACTORS), words=st.sampled_from(WORDS))
    def declare_interest(self, actor: str, words: str) -> None:
        if self.climb.matter.about:
            self.attempt(actor, carrying.declare_interest, words)

    @rule(actor=st.sampled_from((ADA, BO, CY)))
    def take_over(self, actor: str) -> None:
        self.attempt(actor, carrying.take_over)

    # --- Money ---

    @rule(pence=st.sampled_from((-500, 0, 100_00, 100_000_000_001)))
    def allocate(self, pence: int) -> None:
        self.attempt("system", allocate, "W1", self.climb.ledger, pence, "For the year")

    @rule(
        actor=st.sampled_from((ADA, BO, CY, OFFICER)),
        pence=st.sampled_from((-5, 0, 1, 50_00, 100_00, 10**11)),
    )
    def fund(self, actor: str, pence: int) -> None:
        self.attempt(actor, commit_funds, self.climb.ledger, pence, "A new lamp")

    @rule(
        actor=st.sampled_from((OFFICER, CY, "staff:s1")),
        pence=st.sampled_from((-1, 1, 30_00, 100_00)),
        pays=st.booleans(),
    )
    def spend(self, actor: str, pence: int, pays: bool) -> None:
        committed = [line for line in self.climb.matter.lines if line.kind is LineKind.COMMITMENT]
        if committed and pays:
            self.attempt(actor, pay, self.climb.ledger, committed[-1], pence, "Invoice 7")
        elif committed:
            self.attempt(actor, release, self.climb.ledger, committed[-1], "Not needed")

    # --- What the clock and the roster do ---

    @rule()
    def flag(self) -> None:
        self.attempt("system", flag)

    @rule(days=st.sampled_from((0, 1, 5, 13, 40)))
    def time_passes(self, days: int) -> None:
        self.climb.now += timedelta(days=days)
        for clock in self.climb.matter.clocks:
            self.attempt("system", warn, clock)
        for clock in self.climb.matter.clocks:
            self.attempt("system", tell_overdue, clock)
        for clock in self.climb.matter.clocks:
            # A job that runs twice tells nothing twice.
            assert warn(self.climb.scene("system"), clock) == Outcome()
            assert tell_overdue(self.climb.scene("system"), clock) == Outcome()

    @rule(who=st.sampled_from(("c1", "c2")), back=st.booleans())
    @precondition(lambda self: len(self.climb.pack.councillors) < 6)
    def election(self, who: str, back: bool) -> None:
        """A councillor of the ward leaves, perhaps with a successor."""
        today = self.climb.scene("system").today
        gone = [
            replace(c, until=today) if c.id == who and c.in_office(today) and c.since != today else c
            for c in self.climb.pack.councillors
        ]
        new = Councillor(f"n{len(gone)}", "Newly Elected", "W1", today, None, "new@ashmere.example")
        self.climb.pack = replace(self.climb.pack, councillors=(*gone, *((new,) if back else ())))
        self.attempt("system", pass_on)

    # --- For long climbs ---

    def pay_out(self, dice: random.Random) -> None:
        self.fund(able(self.climb), dice.choice((1, 50_00)))
        self.spend(OFFICER, dice.choice((1, 30_00)), dice.random() < 0.7)

    def interest(self, dice: random.Random) -> None:
        self.declare_interest(dice.choice((ADA, BO)), WORDS[1])

    def vote(self, dice: random.Random) -> None:
        if len(self.climb.pack.councillors) < 6:
            self.election(dice.choice(("c1", "c2")), dice.random() < 0.7)

    def stranger(self, dice: random.Random) -> None:
        deed = dice.choice(list(SENSIBLE))
        _, *what = SENSIBLE[deed](self.climb)
        self.attempt(dice.choice(ACTORS), *what)

    # --- What always holds ---

    @invariant()
    def nothing_is_referred_without_a_councillor(self) -> None:
        steps = self.climb.matter.steps
        referred = [s for s in steps if s.after is Stage.REFERRED is not s.before]
        assert all(s.deed is Deed.REFER and kind_of(s.actor) is Kind.COUNCILLOR for s in referred)
        assert len(referred) == len(self.climb.matter.referrals)
        for step in referred:
            checked = [
                s for s in self.climb.matter.steps if s.deed is Deed.CHECK_SAFEGUARDS and s.at <= step.at
            ]
            assert checked

    @invariant()
    def every_deadline_is_what_the_calendar_says_and_no_clock_is_lost(self) -> None:
        matter, pack = self.climb.matter, self.climb.pack
        asked = [s for s in matter.steps if s.deed is Deed.REQUEST]
        partners = [c for c in matter.clocks if c.kind is ClockKind.PARTNER]
        councils = [c for c in matter.clocks if c.kind is ClockKind.COUNCIL]
        assert len(partners) == len(asked)
        assert len(councils) == sum(bool(r.sent_at) and r.body == "ashmere" for r in matter.recommendations)
        for clock in matter.clocks:
            on = clock.started_at.date()
            assert clock.due_at == (None if clock.exempt else deadline(clock.kind, on, pack.calendar))
            assert bool(clock.exempt) is (clock.body in {"police", "tidy"})
            answered = clock.recommendation_id and matter.response_to(clock.recommendation_id)
            assert not answered or clock.met_at
            if clock.is_overdue(self.climb.now) and clock.overdue_at is None:
                assert clock.due_at
                assert clock.due_at > self.climb.now - timedelta(days=40)

    @invariant()
    def no_clock_runs_when_it_is_over(self) -> None:
        if self.climb.matter.stage is Stage.CLOSED:
            assert not any(clock.runs for clock in self.climb.matter.clocks)

    @invariant()
    def no_penny_is_lost_or_spent_twice(self) -> None:
        ledger = self.climb.ledger
        if ledger is None:
            return
        lines = [
            thing for outcome in self.climb.outcomes for thing in outcome.new if isinstance(thing, BudgetLine)
        ]
        total = Counter[str]()
        for line in lines:
            total[line.kind] += line.pence
        assert ledger.allocated == total[LineKind.ALLOCATION]
        assert ledger.paid == total[LineKind.PAYMENT]
        assert (
            ledger.committed == total[LineKind.COMMITMENT] - total[LineKind.PAYMENT] - total[LineKind.RELEASE]
        )
        assert min(ledger.balance, ledger.committed, ledger.paid) >= 0
        held = [x for x in self.climb.matter.lines if x.kind is LineKind.COMMITMENT]
        assert sum(left_of(self.climb.scene("system"), line) for line in held) == ledger.committed

    @invariant()
    def whoever_carries_it_can(self) -> None:
        call = self.climb.matter.call
        if call and call.councillor and not call.is_over and not needs_passing_on(self.climb.scene("system")):
            able = able_councillors(self.climb.pack, self.climb.matter, self.climb.scene("system").today)
            assert call.councillor in {c.id for c in able}

    @invariant()
    def the_steps_tell_how_it_came_here(self) -> None:
        call, steps = self.climb.matter.call, self.climb.matter.steps
        assert (call is None) == (not steps)
        assert [s.before for s in steps] == [None, *(s.after for s in steps)][: len(steps)]
        assert call is None or call.stage is steps[-1].after

    @invariant()
    def responses_answer_what_was_sent_and_once(self) -> None:
        matter = self.climb.matter
        sent = {r.id: r for r in matter.recommendations if r.sent_at}
        assert len({r.recommendation_id for r in matter.responses}) == len(matter.responses)
        assert all(sent[r.recommendation_id].body == r.body for r in matter.responses)
        if matter.stage is Stage.RESPONSES_DUE:
            assert len(matter.responses) < len(matter.recommendations)


Ladder.TestCase.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLadder = Ladder.TestCase


INVARIANTS = [name for name, value in vars(Ladder).items() if hasattr(value, "hypothesis_stateful_invariant")]


@pytest.mark.parametrize("seed", range(120))
def test_long_climbs_keep_the_rules_too(seed: int) -> None:
    """Hypothesis tries short and odd ways; these are long ones, up and down the whole ladder."""
    dice, machine = random.Random(seed), Ladder()
    machine.begin(dice.random() < 0.9, dice.choice(("", *STARTS)))
    machine.allocate(100_00)
    for _ in range(60):
        fate = dice.random()
        if fate < 0.7:
            machine.good_will(dice.randrange(10**6))
        elif fate < 0.85:
            machine.time_passes(dice.choice((1, 5, 13, 40)))
        else:
            getattr(machine, dice.choice(("pay_out", "interest", "vote", "stranger")))(dice)
        for name in INVARIANTS:
            getattr(machine, name)()


def test_a_matter_can_climb_to_the_top_and_be_closed() -> None:
    climb = Climb().to_monitored()
    assert climb.stage == "monitored"
    climb.do(CLEANERS, answering.follow_up, climb.matter.recommendations[0].id, True, "A round every Monday.")
    climb.do(OFFICER, committee.close, "Clean for three months.")

    assert climb.stage == "closed"
    assert climb.matter.case is not None
    assert climb.matter.case.cluster.state in OPEN
