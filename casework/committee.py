"""What a scrutiny officer records for the committee: the gatekeeper, its inquiry, what it recommends.

A committee must consider a call and may decline to take it further (2.34, 3.33); it may ask
partners to appear or to inform it (3.35), and recommends to whoever is concerned (2.32).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from casework.calls import (
    CallForAction,
    CheckKind,
    CommitteeTest,
    Recommendation,
    Referral,
    Response,
)
from casework.carrying import Answer, make_checks
from casework.clocks import ClockKind, Exemption, StatutoryClock, deadline, exemption
from casework.errors import NotAllowed
from casework.ladder import Deed, check_deed
from casework.offices import body_of, is_council, scrutiny_officer
from casework.outcomes import Outcome
from casework.packs import Body
from casework.stepping import Scene, said, step

Answers = Mapping[CommitteeTest, Answer]


def receive(scene: Scene) -> Outcome:
    """The call is on the committee's list, to be considered."""
    _officer(scene, Deed.RECEIVE)
    return step(scene, Deed.RECEIVE, scene.call)


def accept(scene: Scene, words: str, answers: Answers) -> Outcome:
    """The committee takes it up; its tests answered, and why."""
    return _decide(scene, Deed.ACCEPT, words, answers)


def turn_down(scene: Scene, words: str, answers: Answers) -> Outcome:
    """The committee does not take it up: the reason is published."""
    return _decide(scene, Deed.TURN_DOWN, words, answers)


def send_back(scene: Scene, words: str, answers: Answers) -> Outcome:
    """The committee returns it to the councillor, saying what is missing."""
    return _decide(scene, Deed.RETURN, words, answers)


def _decide(scene: Scene, decision: Deed, words: str, answers: Answers) -> Outcome:
    _officer(scene, decision)
    outcome = step(scene, decision, scene.call, words)
    checks = make_checks(scene, CheckKind.TEST, {str(test): answers.get(test) for test in CommitteeTest})
    decided = replace(
        _referral(scene),
        decided_at=scene.now,
        decided_by=scene.actor,
        decision=decision,
        reason=said(words),
    )
    return outcome + Outcome(new=checks, changed=(decided,))


def _referral(scene: Scene) -> Referral:
    """The one that is before the committee."""
    waiting = [referral for referral in scene.matter.referrals if referral.decided_at is None]
    if not waiting:
        raise NotAllowed("no referral waits", key="call.no_referral")
    return waiting[-1]


def investigate(scene: Scene, words: str = "") -> Outcome:
    """The committee looks into it itself, if it finds that necessary (2.32)."""
    _officer(scene, Deed.INVESTIGATE)
    return step(scene, Deed.INVESTIGATE, scene.call, words)


def request(scene: Scene, service: str, words: str) -> Outcome:
    """A body is asked to appear before the committee or to inform it: 20 working days, where it must.

    The police and bodies outside the duty to co-operate are asked all the same, without a clock.
    """
    _officer(scene, Deed.REQUEST)
    body = body_of(scene.pack, service)
    exempt = _exemption(scene, body)
    started = scene.now
    clock = StatutoryClock(
        id=scene.mint.id(),
        call_id=scene.call.id,
        jurisdiction=scene.pack.code,
        kind=ClockKind.PARTNER,
        body=body.code,
        service=service,
        words=said(words),
        started_at=started,
        due_at=None if exempt else deadline(ClockKind.PARTNER, scene.today, scene.pack.calendar),
        exempt=exempt,
    )
    details = {"service": service, "clock": clock.id, "exempt": str(exempt or "")}
    outcome = step(scene, Deed.REQUEST, scene.call, words, details=details, bodies=(service,))
    return outcome + Outcome(new=(clock,))


def _exemption(scene: Scene, body: Body) -> Exemption | None:
    track = scene.call.track
    named = scene.pack.escalation.committee(track).exempt if track else frozenset()
    return exemption(body) or (Exemption.BY_RULE if body.code in named else None)


def recommend(scene: Scene, service: str, words: str) -> Outcome:
    """One recommendation to one body; it goes out with the others when ``send`` is said."""
    _officer(scene, Deed.RECOMMEND)
    body = body_of(scene.pack, service)
    recommendation = Recommendation(
        id=scene.mint.id(),
        call_id=scene.call.id,
        number=len(scene.matter.recommendations) + 1,
        body=body.code,
        service=service,
        words=said(words),
        issued_at=scene.now,
    )
    details = {"number": recommendation.number, "service": service}
    outcome = step(scene, Deed.RECOMMEND, scene.call, words, details=details)
    return outcome + Outcome(new=(recommendation,))


def send(scene: Scene) -> Outcome:
    """The recommendations go to every body affected; the council's two months begin (3.35)."""
    _officer(scene, Deed.SEND)
    waiting = [r for r in scene.matter.recommendations if r.sent_at is None]
    outcome = step(
        scene,
        Deed.SEND,
        scene.call,
        details={"numbers": [r.number for r in waiting]},
        bodies=[r.service for r in waiting],
        told={"n": len(waiting)},
    )
    return outcome + Outcome(
        new=tuple(clock for r in waiting if (clock := _council_clock(scene, r))),
        changed=tuple(replace(r, sent_at=scene.now) for r in waiting),
    )


def _council_clock(scene: Scene, recommendation: Recommendation) -> StatutoryClock | None:
    """None for a partner: its reply has no deadline (2.32)."""
    if not is_council(scene.pack, body_of(scene.pack, recommendation.service)):
        return None
    return StatutoryClock(
        id=scene.mint.id(),
        call_id=recommendation.call_id,
        jurisdiction=scene.pack.code,
        kind=ClockKind.COUNCIL,
        body=recommendation.body,
        service=recommendation.service,
        words=recommendation.words,
        started_at=scene.now,
        due_at=deadline(ClockKind.COUNCIL, scene.today, scene.pack.calendar),
        recommendation_id=recommendation.id,
    )


def publish(scene: Scene, words: str = "") -> Outcome:
    """The answers are published although some have not come: theirs are published as not given.

    Raises NotAllowed while the council's own time still runs.
    """
    _officer(scene, Deed.PUBLISH)
    running = [c for c in scene.matter.clocks if c.kind is ClockKind.COUNCIL and c.runs]
    for clock in running:
        if not clock.is_overdue(scene.now):
            due = clock.due_at.isoformat() if clock.due_at else ""
            raise NotAllowed("the council has time", key="call.council_has_time", by_on=due)
    missing = [r.number for r in scene.matter.recommendations if not scene.matter.response_to(r.id)]
    return step(scene, Deed.PUBLISH, scene.call, words, details={"unanswered": missing})


def monitor(scene: Scene, words: str, review_on: date) -> Outcome:
    """What was promised is watched until it is done, and looked at again on a day."""
    _officer(scene, Deed.MONITOR)
    if review_on <= scene.today:
        raise NotAllowed("that day has passed", key="call.day_passed")
    watched = replace(scene.call, review_on=review_on)
    services = [r.service for r in accepted(scene)]
    details = {"review_on": review_on.isoformat()}
    return step(scene, Deed.MONITOR, watched, words, details=details, bodies=services)


def accepted(scene: Scene) -> tuple[Recommendation, ...]:
    """The recommendations that a body said yes to."""

    def yes(response: Response | None) -> bool:
        return response is not None and response.accepts

    return tuple(r for r in scene.matter.recommendations if yes(scene.matter.response_to(r.id)))


def close(scene: Scene, words: str) -> Outcome:
    """It is over, with what came of it; clocks that still ran are stopped, and that is on record.

    Raises NotAllowed while something that was accepted is not done or given up.
    """
    _officer(scene, Deed.CLOSE)
    undone = [r.number for r in accepted(scene) if r.done_at is None]
    if undone:
        raise NotAllowed("not done", key="call.not_done", numbers=", ".join(map(str, undone)))
    outcome = step(scene, Deed.CLOSE, scene.call, words)
    stopped = tuple(replace(clock, stopped_at=scene.now) for clock in scene.matter.clocks if clock.runs)
    return outcome + Outcome(changed=stopped)


def word_to_reporters(scene: Scene, words: str) -> Outcome:
    """The committee's own word to everybody who told it."""
    _officer(scene, Deed.SAY)
    return step(scene, Deed.SAY, scene.call, words)


def assign(scene: Scene, councillor: str) -> Outcome:
    """An officer names who of the ward's councillors carries it, where nobody took it over."""
    from casework.offices import able_councillors

    _officer(scene, Deed.PASS_ON)
    able = {member.id for member in able_councillors(scene.pack, scene.matter, scene.today)}
    if councillor not in able:
        raise NotAllowed("not able", key="call.cannot_carry")
    call: CallForAction = replace(scene.call, councillor=councillor, passed_on_told=None)
    return step(scene, Deed.PASS_ON, call, details={"from": scene.call.councillor, "to": councillor})


def move_ward(scene: Scene, ward: str, words: str) -> Outcome:
    """New boundaries: the matter lies in another ward now, as an officer says; nobody carries it yet."""
    _officer(scene, Deed.PASS_ON)
    area = scene.pack.area(ward)
    if area is None or not area.in_force(scene.today):
        raise NotAllowed("no such ward", key="call.no_such_ward")
    moved = replace(scene.call, ward=ward, councillor=None, passed_on_told=None)
    there = replace(scene, matter=replace(scene.matter, call=moved))
    details = {"from_ward": scene.call.ward, "to_ward": ward}
    return step(there, Deed.PASS_ON, moved, words, details=details)


def _officer(scene: Scene, deed: Deed) -> None:
    scrutiny_officer(scene.pack, scene.actor, scene.today)
    check_deed(deed, scene.matter.stage, scene.actor)
