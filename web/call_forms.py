"""The forms of the ladder: what each deed asks for, and the act that its answers become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework import answering, carrying, committee
from casework.budgets import commit_funds, read_amount
from casework.calls import CommitteeTest, Matter, Safeguard
from casework.carrying import APPEAL, Answer, ReferralDraft
from casework.cases import Case
from casework.errors import NotAllowed
from casework.escalation import Track
from casework.ladder import Deed, Kind, kind_of
from casework.offices import able_councillors, name_of
from casework.outcomes import Outcome
from casework.packs import COUNCILLORS, Pack
from casework.stepping import Scene
from storage.carrying import brought_by, ledger_for
from storage.store import Store
from web.call_words import CallWords

Typed = Mapping[str, str]


class Input(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LINE = "line"
    DAY = "day"
    CHOICE = "choice"
    SERVICE = "service"
    YES_NO = "yes_no"
    TICK = "tick"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; a CHECK is a question with yes or no and a reason."""

    name: str
    input: Input


_WORDS = Field("words", Input.TEXT)
_SERVICE = Field("service", Input.SERVICE)
_RECOMMENDATION = Field("recommendation", Input.CHOICE)
_TESTS = tuple(Field(str(test), Input.CHECK) for test in CommitteeTest)

FIELDS: Mapping[Deed, tuple[Field, ...]] = {
    Deed.TAKE_UP: (_WORDS,),
    Deed.ATTEMPT: (_WORDS,),
    Deed.ASK: (_SERVICE, _WORDS, Field("by", Input.DAY)),
    Deed.ANSWER: (_WORDS,),
    Deed.SAY: (_WORDS,),
    Deed.FUND: (Field("amount", Input.LINE), _WORDS),
    Deed.RESOLVE: (_WORDS,),
    Deed.DECLINE: (_WORDS, Field("excluded", Input.CHOICE)),
    Deed.DRAFT: (
        Field("track", Input.CHOICE),
        Field("issue", Input.TEXT),
        Field("sought", Input.TEXT),
        Field("other_bodies", Input.TEXT),
        Field("spoken_for", Input.TEXT),
        Field("excluded", Input.CHOICE),
        Field("systemic", Input.TICK),
    ),
    Deed.CHECK_SAFEGUARDS: tuple(Field(str(question), Input.CHECK) for question in Safeguard),
    Deed.REFER: (),
    Deed.RECEIVE: (),
    Deed.ACCEPT: (_WORDS, *_TESTS),
    Deed.TURN_DOWN: (_WORDS, *_TESTS),
    Deed.RETURN: (_WORDS, *_TESTS),
    Deed.INVESTIGATE: (_WORDS,),
    Deed.REQUEST: (_SERVICE, _WORDS),
    Deed.INFORM: (Field("clock", Input.CHOICE), _WORDS),
    Deed.RECOMMEND: (_SERVICE, _WORDS),
    Deed.SEND: (),
    Deed.ACKNOWLEDGE: (_RECOMMENDATION,),
    Deed.RESPOND: (_RECOMMENDATION, Field("accepts", Input.YES_NO), _WORDS, Field("decided_by", Input.LINE)),
    Deed.PUBLISH: (_WORDS,),
    Deed.MONITOR: (_WORDS, Field("review_on", Input.DAY)),
    Deed.FOLLOW_UP: (_RECOMMENDATION, Field("done", Input.YES_NO), _WORDS),
    Deed.CLOSE: (_WORDS,),
    Deed.DECLARE_INTEREST: (_WORDS,),
    Deed.PASS_ON: (),
}
"""The deeds that have a form on the page of a matter, in the order of the ladder."""

_ASSIGN = (Field("councillor", Input.CHOICE),)


def fields_of(deed: Deed, actor: str) -> tuple[Field, ...]:
    """The fields of a deed's form; an officer who passes on names who carries it."""
    if deed is Deed.PASS_ON and kind_of(actor) is Kind.SCRUTINY:
        return _ASSIGN
    return FIELDS[deed]


# --- What the answers become --------------------------------------------------------------------


def act_of(deed: Deed, typed: Typed, scene: Scene, store: Store) -> Outcome:
    """Do what the form says. Raises NotAllowed for what the rules refuse, or a field that is none."""
    return _ACTS[deed](scene, typed, store)


def _words(typed: Typed) -> str:
    return typed.get("words", "")


def _day(text: str) -> date | None:
    """The day of a date field. Raises NotAllowed for one that is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotAllowed("no day", key="call.day_passed") from error


def _flag(typed: Typed, name: str) -> bool:
    """A yes or no that must be given."""
    if typed.get(name) not in {"yes", "no"}:
        raise NotAllowed("yes or no?", key="act.choose")
    return typed[name] == "yes"


def _answers(typed: Typed, questions: type[StrEnum]) -> dict[str, Answer]:
    given = {str(q): typed.get(str(q)) for q in questions}
    return {
        question: Answer(said == "yes", typed.get(f"{question}-reason", ""))
        for question, said in given.items()
        if said in {"yes", "no"}
    }


def _safeguards(typed: Typed) -> dict[Safeguard, Answer]:
    return {Safeguard(question): answer for question, answer in _answers(typed, Safeguard).items()}


def _tests(typed: Typed) -> dict[CommitteeTest, Answer]:
    return {CommitteeTest(question): answer for question, answer in _answers(typed, CommitteeTest).items()}


def _draft(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    if typed.get("track") not in set(Track):
        raise NotAllowed("which track?", key="call.track_needed")
    draft = ReferralDraft(
        track=Track(typed["track"]),
        issue=typed.get("issue", ""),
        sought=typed.get("sought", ""),
        other_bodies=typed.get("other_bodies", ""),
        spoken_for=typed.get("spoken_for", ""),
        excluded=typed.get("excluded") or None,
        systemic=bool(typed.get("systemic")),
    )
    return carrying.draft_referral(scene, draft)


def _monitor(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    day = _day(typed.get("review_on", ""))
    if day is None:
        raise NotAllowed("which day?", key="call.day_passed")
    return committee.monitor(scene, _words(typed), day)


def _ask(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    return carrying.ask_service(scene, _words(typed), _day(typed.get("by", "")), typed.get("service") or None)


def _fund(scene: Scene, typed: Typed, store: Store) -> Outcome:
    pence = read_amount(typed.get("amount", ""))
    return commit_funds(scene, ledger_for(store, scene), pence, _words(typed))


def _respond(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    accepts = _flag(typed, "accepts")
    decided_by = typed.get("decided_by", "")
    return answering.respond(scene, typed.get("recommendation", ""), accepts, _words(typed), decided_by)


def _pass_on(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    if kind_of(scene.actor) is Kind.SCRUTINY:
        return committee.assign(scene, typed.get("councillor", ""))
    return carrying.take_over(scene)


def _say(scene: Scene, typed: Typed, _store: Store) -> Outcome:
    by_officer = kind_of(scene.actor) is Kind.SCRUTINY
    return (committee.word_to_reporters if by_officer else carrying.say)(scene, _words(typed))


_ACTS: Mapping[Deed, Callable[[Scene, Typed, Store], Outcome]] = {
    Deed.TAKE_UP: lambda scene, typed, _: carrying.take_up(scene, _words(typed)),
    Deed.ATTEMPT: lambda scene, typed, _: carrying.record_attempt(scene, _words(typed)),
    Deed.ASK: _ask,
    Deed.ANSWER: lambda scene, typed, _: answering.answer_councillor(scene, _words(typed)),
    Deed.SAY: _say,
    Deed.FUND: _fund,
    Deed.RESOLVE: lambda scene, typed, _: carrying.resolve(scene, _words(typed)),
    Deed.DECLINE: lambda scene, typed, _: carrying.decline(
        scene, _words(typed), typed.get("excluded") or None
    ),
    Deed.DRAFT: _draft,
    Deed.CHECK_SAFEGUARDS: lambda scene, typed, _: carrying.check_safeguards(scene, _safeguards(typed)),
    Deed.REFER: lambda scene, _, store: carrying.refer(scene, brought_by(store, scene)),
    Deed.RECEIVE: lambda scene, _typed, _: committee.receive(scene),
    Deed.ACCEPT: lambda scene, typed, _: committee.accept(scene, _words(typed), _tests(typed)),
    Deed.TURN_DOWN: lambda scene, typed, _: committee.turn_down(scene, _words(typed), _tests(typed)),
    Deed.RETURN: lambda scene, typed, _: committee.send_back(scene, _words(typed), _tests(typed)),
    Deed.INVESTIGATE: lambda scene, typed, _: committee.investigate(scene, _words(typed)),
    Deed.REQUEST: lambda scene, typed, _: committee.request(scene, typed.get("service", ""), _words(typed)),
    Deed.INFORM: lambda scene, typed, _: answering.inform(scene, typed.get("clock", ""), _words(typed)),
    Deed.RECOMMEND: lambda scene, typed, _: committee.recommend(
        scene, typed.get("service", ""), _words(typed)
    ),
    Deed.SEND: lambda scene, _typed, _: committee.send(scene),
    Deed.ACKNOWLEDGE: lambda scene, typed, _: answering.acknowledge(scene, typed.get("recommendation", "")),
    Deed.RESPOND: _respond,
    Deed.PUBLISH: lambda scene, typed, _: committee.publish(scene, _words(typed)),
    Deed.MONITOR: _monitor,
    Deed.FOLLOW_UP: lambda scene, typed, _: answering.follow_up(
        scene, typed.get("recommendation", ""), _flag(typed, "done"), _words(typed)
    ),
    Deed.CLOSE: lambda scene, typed, _: committee.close(scene, _words(typed)),
    Deed.DECLARE_INTEREST: lambda scene, typed, _: carrying.declare_interest(scene, _words(typed)),
    Deed.PASS_ON: _pass_on,
}


# --- What there is to choose from ---------------------------------------------------------------


def options(field: Field, words: CallWords, scene: Scene) -> list[tuple[str, str]]:
    """The values of a CHOICE and what they are called."""
    matter = scene.matter
    if field.name == "track":
        return [(str(track), words.t(f"field.track.{track}")) for track in Track]
    if field.name == "excluded":
        none = [("", words.t("field.excluded.none")), (APPEAL, words.t("field.excluded.appeal"))]
        return none + [(found.code, found.name) for found in scene.pack.excluded]
    if field.name == "councillor":
        return [(c.id, c.name) for c in able_councillors(scene.pack, matter, scene.today)]
    if field.name == "clock":
        asked = [c for c in matter.clocks if c.recommendation_id is None and c.met_at is None]
        return [(c.id, f"{words.body(c.body)}: {c.words}") for c in asked if _is_theirs(scene, c.body)]
    sent = [r for r in matter.recommendations if r.sent_at and _is_theirs(scene, r.body)]
    return [(r.id, f"{r.number}. {words.body(r.body)}: {r.words}") for r in sent]


def _is_theirs(scene: Scene, body: str) -> bool:
    if kind_of(scene.actor) is Kind.SCRUTINY:
        return True
    service = scene.pack.service(name_of(scene.actor))
    return service is not None and service.body == body


def usual_service(pack: Pack, case: Case | None) -> str:
    """The service that has the case, to begin with."""
    service = case.cluster.service if case else None
    return service if service and service != COUNCILLORS and pack.service(service) else ""


def offered(scene: Scene, matter: Matter) -> list[Deed]:
    """The deeds of this page that the actor may try now; a service only what is addressed to it."""
    from casework.ladder import LADDER

    kind = kind_of(scene.actor)
    wanted = [d for d in (*FIELDS, Deed.SIGN) if kind in LADDER[d].by and matter.stage in LADDER[d].sources]
    if kind is Kind.SERVICE:
        return [deed for deed in wanted if _is_addressed(deed, scene)]
    if kind is Kind.COUNCILLOR and matter.call and f"councillor:{matter.call.councillor}" == scene.actor:
        wanted = [deed for deed in wanted if deed is not Deed.PASS_ON]
    return wanted


def _is_addressed(deed: Deed, scene: Scene) -> bool:
    matter, service = scene.matter, name_of(scene.actor)
    if deed is Deed.ANSWER:
        return any(s.deed is Deed.ASK and s.details.get("service") == service for s in matter.steps)
    if deed is Deed.INFORM:
        return any(
            c.recommendation_id is None and not c.met_at and _is_theirs(scene, c.body) for c in matter.clocks
        )
    own = [r for r in matter.recommendations if r.sent_at and _is_theirs(scene, r.body)]
    if deed is Deed.ACKNOWLEDGE:
        return any(r.received_at is None for r in own)
    answered = [a for r in own if (a := matter.response_to(r.id))]
    if deed is Deed.RESPOND:
        return len(answered) < len(own)
    return deed is Deed.FOLLOW_UP and any(a.accepts for a in answered)
