"""What a body does: it answers a councillor, informs a committee, responds to a recommendation."""

from dataclasses import replace

from casework.calls import Recommendation, Response
from casework.clocks import StatutoryClock
from casework.errors import NotAllowed
from casework.ladder import Deed, Kind, Stage, kind_of
from casework.offices import body_of, name_of, scrutiny_officer
from casework.outcomes import Outcome
from casework.stepping import Scene, after, said, step


def answer_councillor(scene: Scene, words: str) -> Outcome:
    """The service that a councillor asked says how it stands."""
    asked = {s.details.get("service") for s in scene.matter.steps if s.deed is Deed.ASK}
    if name_of(scene.actor) not in asked:
        raise NotAllowed("nobody asked", key="call.not_asked")
    return step(scene, Deed.ANSWER, scene.call, words)


def inform(scene: Scene, clock_id: str, words: str) -> Outcome:
    """A body appeared before the committee or informed it: its clock is met."""
    clock = next((c for c in scene.matter.clocks if c.id == clock_id), None)
    if clock is None or clock.recommendation_id is not None:
        raise NotAllowed("no such request", key="call.no_request")
    _check_body(scene, clock.body)
    if clock.met_at is not None:
        raise NotAllowed("answered already", key="call.answered_already")
    outcome = step(scene, Deed.INFORM, scene.call, words, details={"clock": clock.id, "body": clock.body})
    return outcome + Outcome(changed=(replace(clock, met_at=scene.now),))


def acknowledge(scene: Scene, recommendation_id: str) -> Outcome:
    """The receipt for a recommendation; said again, it changes nothing."""
    recommendation = _addressed(scene, recommendation_id)
    if recommendation.received_at is not None:
        return Outcome()
    outcome = step(scene, Deed.ACKNOWLEDGE, scene.call, details={"number": recommendation.number})
    received = replace(recommendation, received_at=scene.now, received_by=scene.actor)
    return outcome + Outcome(changed=(received,))


def respond(scene: Scene, recommendation_id: str, accepts: bool, words: str, decided_by: str) -> Outcome:
    """A body's answer, yes or no with its reasons: published at once and sent to every reporter.

    ``decided_by`` names the person who made the decision (3.39). With the last answer the call
    is published. An officer may record what came on paper.
    """
    recommendation = _addressed(scene, recommendation_id)
    if scene.matter.response_to(recommendation.id):
        raise NotAllowed("answered already", key="call.answered_already")
    if not said(decided_by):
        raise NotAllowed("who decided?", key="call.decider_needed")
    response = Response(
        id=scene.mint.id(),
        call_id=recommendation.call_id,
        recommendation_id=recommendation.id,
        body=recommendation.body,
        accepts=accepts,
        words=said(words),
        decided_by=" ".join(said(decided_by).split()),
        actor=scene.actor,
        at=scene.now,
    )
    body = scene.pack.body(recommendation.body)
    outcome = step(
        scene,
        Deed.RESPOND,
        scene.call,
        words,
        details={"number": recommendation.number, "accepts": accepts, "body": recommendation.body},
        told={
            "body": body.name if body else recommendation.body,
            "answer": {"key": "response.yes" if accepts else "response.no", "parameters": {}},
        },
    )
    met = tuple(
        replace(clock, met_at=scene.now) for clock in _clocks_of(scene, recommendation) if not clock.met_at
    )
    receipt = (replace(recommendation, received_at=scene.now, received_by=scene.actor),)
    given = outcome + Outcome(
        new=(response,), changed=(*met, *(receipt if not recommendation.received_at else ()))
    )
    return given + _published_with_the_last(scene, given)


def _published_with_the_last(scene: Scene, given: Outcome) -> Outcome:
    later = after(scene.matter, given)
    answered = all(later.response_to(r.id) for r in later.recommendations)
    if later.stage is not Stage.RESPONSES_DUE or not answered or later.call is None:
        return Outcome()
    return step(replace(scene, matter=later), Deed.PUBLISH, later.call, details={"unanswered": []})


def follow_up(scene: Scene, recommendation_id: str, done: bool, words: str) -> Outcome:
    """What was accepted has been done, or was given up, and how; every reporter hears of it."""
    recommendation = _addressed(scene, recommendation_id)
    response = scene.matter.response_to(recommendation.id)
    if response is None or not response.accepts:
        raise NotAllowed("not accepted", key="call.not_accepted")
    if recommendation.done_at is not None:
        raise NotAllowed("answered already", key="call.answered_already")
    body = scene.pack.body(recommendation.body)
    outcome = step(
        scene,
        Deed.FOLLOW_UP,
        scene.call,
        words,
        details={"number": recommendation.number, "done": done},
        told={
            "body": body.name if body else recommendation.body,
            "answer": {"key": "response.done" if done else "response.given_up", "parameters": {}},
        },
    )
    return outcome + Outcome(changed=(replace(recommendation, done_at=scene.now, done=done),))


def own_recommendations(scene: Scene) -> tuple[Recommendation, ...]:
    """The recommendations that went to this service's body."""
    body = body_of(scene.pack, name_of(scene.actor)).code
    return tuple(r for r in scene.matter.recommendations if r.sent_at and r.body == body)


def _addressed(scene: Scene, recommendation_id: str) -> Recommendation:
    """The recommendation, if it went to this body. Raises NotAllowed, naming those that did."""
    found = next((r for r in scene.matter.recommendations if r.id == recommendation_id and r.sent_at), None)
    if kind_of(scene.actor) is Kind.SCRUTINY:
        scrutiny_officer(scene.pack, scene.actor, scene.today)
        if found is None:
            raise NotAllowed("no such recommendation", key="call.no_recommendation", numbers="")
        return found
    own = own_recommendations(scene)
    numbers = ", ".join(str(r.number) for r in own)
    if found is None:
        raise NotAllowed("no such recommendation", key="call.no_recommendation", numbers=numbers)
    if found not in own:
        raise NotAllowed("another body's", key="call.others_recommendation", numbers=numbers)
    return found


def _check_body(scene: Scene, body: str) -> None:
    if kind_of(scene.actor) is Kind.SCRUTINY:
        scrutiny_officer(scene.pack, scene.actor, scene.today)
    elif body_of(scene.pack, name_of(scene.actor)).code != body:
        raise NotAllowed("another body's", key="call.others_request")


def _clocks_of(scene: Scene, recommendation: Recommendation) -> tuple[StatutoryClock, ...]:
    return tuple(c for c in scene.matter.clocks if c.recommendation_id == recommendation.id)
