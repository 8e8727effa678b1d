"""What a ward's councillor does with a matter, from taking it up to referring it (2.29-2.33).

Each act is one function of a Scene; it raises NotAllowed, with a sentence's key, for a councillor
of another ward, one whose term has ended or who declared an interest, and for what the ladder
does not allow now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casework.calendars import add_working_days, end_of_day
from casework.calls import (
    CallForAction,
    CallType,
    Check,
    CheckKind,
    DossierVersion,
    Interest,
    Referral,
    Safeguard,
)
from casework.errors import NotAllowed
from casework.escalation import Track
from casework.ladder import Deed, Kind, Stage, check_deed, kind_of
from casework.offices import acting_councillor, scrutiny_officer, ward_councillor
from casework.outcomes import AuditEntry, Outcome
from casework.packs import COUNCILLORS, Councillor
from casework.stepping import Act, Scene, said, step, then

A_YEAR = timedelta(days=365)
"""The time over which a councillor's calls are counted, where there is a limit."""

APPEAL = "appeal"
"""An excluded matter that every pack knows: one with a right of review or appeal (SI 2012/1022)."""

MAX_TITLE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer to one question of a checklist, with the reason."""

    passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What a councillor puts to a committee (Richmond's form): track, resolution sought, other bodies.

    ``excluded`` is the matter with a route of its own that it looks like; it may go on only where
    ``systemic`` says that a total or systemic failure is alleged (SI 2012/1022 art. 4).
    """

    track: Track
    issue: str
    sought: str
    other_bodies: str = ""
    spoken_for: str = ""
    excluded: str | None = None
    systemic: bool = False


def take_up(scene: Scene, words: str = "") -> Outcome:
    """A councillor adopts it: everybody who told it and the service hear so.

    Also what was declined, resolved or closed may be taken up again, with the reason what changed.
    """
    councillor = _acting(scene, Deed.TAKE_UP)
    call = scene.matter.call or new_call(scene)
    if call.is_over and not words.strip():
        raise NotAllowed("what has changed?", key="call.changed_needed")
    carried = replace(call, councillor=councillor.id, passed_on_told=None)
    return step(scene, Deed.TAKE_UP, carried, words)


def open_call(
    scene: Scene, ward: str, title: str, words: str, spoken_for: str = "", kind: CallType = CallType.PROBLEM
) -> Outcome:
    """A councillor lays a matter open that no resident told, or for those who cannot (2.30, 2.33)."""
    named = " ".join(said(title).split())[:MAX_TITLE]
    if not named:
        raise NotAllowed("a title is needed", key="call.title_needed")
    call = replace(
        new_call(scene, ward=ward, title=named), type=kind, spoken_for=said(spoken_for), councillor=None
    )
    matter = replace(scene.matter, case=None, call=replace(call))
    councillor = acting_councillor(scene.pack, matter, scene.actor, scene.today)
    return step(scene, Deed.OPEN, replace(call, councillor=councillor.id), words)


def new_call(scene: Scene, ward: str = "", title: str = "") -> CallForAction:
    """A call that is not kept yet, about the scene's case or in that ward.

    Raises NotAllowed where no ward's councillors could carry it.
    """
    case = scene.matter.case
    where = ward or (case.cluster.ward if case else None)
    if where is None:
        raise NotAllowed("no ward", key="call.no_ward")
    category = scene.pack.category(case.cluster.category) if case else None
    return CallForAction(
        id=scene.mint.id(),
        reference=scene.mint.reference(scene.pack.authority.prefix),
        jurisdiction=scene.pack.code,
        ward=where,
        cluster_id=case.cluster.id if case else None,
        type=CallType.PROBLEM,
        stage=Stage.FLAGGED,
        title=title or (category.name if category else ""),
        opened_at=scene.now,
        changed_at=scene.now,
    )


def taken_up(scene: Scene, act: Act) -> Outcome:
    """The act, in one transaction with taking the matter up where nobody has yet."""
    if scene.matter.stage not in {None, Stage.FLAGGED}:
        return act(scene)
    return then(scene, take_up(scene), act)


def record_attempt(scene: Scene, words: str) -> Outcome:
    """What was tried and answered before or elsewhere: a call is a last resort."""
    _acting(scene, Deed.ATTEMPT)
    return step(scene, Deed.ATTEMPT, scene.call, words)


def ask_service(scene: Scene, words: str, by: date | None = None, service: str | None = None) -> Outcome:
    """Ask a service for an answer by a day: by default the one that has the case, in the usual time."""
    _acting(scene, Deed.ASK)
    case = scene.matter.case
    to = service or (case.cluster.service if case else None)
    if to is None or to == COUNCILLORS or scene.pack.service(to) is None:
        raise NotAllowed("whom?", key="call.whom_needed")
    calendar = scene.pack.calendar
    day = by or add_working_days(scene.today, scene.pack.escalation.answer_days, calendar)
    if day <= scene.today:
        raise NotAllowed("that day has passed", key="call.day_passed")
    details = {"service": to, "by": end_of_day(day, calendar).isoformat()}
    return step(scene, Deed.ASK, scene.call, words, details=details, bodies=(to,))


def say(scene: Scene, words: str) -> Outcome:
    """A word to everybody who told it."""
    _acting(scene, Deed.SAY)
    return step(scene, Deed.SAY, scene.call, words)


def resolve(scene: Scene, words: str) -> Outcome:
    """It is settled without a referral; everybody hears how."""
    _acting(scene, Deed.RESOLVE)
    return step(scene, Deed.RESOLVE, scene.call, words)


def decline(scene: Scene, words: str, excluded: str | None = None) -> Outcome:
    """A councillor does not take it further: the reason is published, and the next way is told.

    ``excluded`` names the matter with a route of its own that it is; residents hear which.
    """
    _acting(scene, Deed.DECLINE)
    call = scene.matter.call or new_call(scene)
    if excluded is None:
        return step(scene, Deed.DECLINE, call, words)
    name, go_to = excluded_matter(scene, excluded)
    call = replace(call, excluded=excluded)
    told = {"matter": name, "go_to": go_to}
    return step(
        scene,
        Deed.DECLINE,
        call,
        words,
        details={"excluded": excluded},
        told=told,
        key="told.call_excluded" if go_to else "",
    )


def excluded_matter(scene: Scene, code: str) -> tuple[str, str]:
    """The name of an excluded matter and where to go instead; both "" for any right of appeal.

    Raises NotAllowed for a code that the pack does not have.
    """
    if code == APPEAL:
        return "", ""
    found = next((matter for matter in scene.pack.excluded if matter.code == code), None)
    if found is None:
        raise NotAllowed("no such matter", key="call.no_matter")
    return found.name, found.go_to


def draft_referral(scene: Scene, draft: ReferralDraft) -> Outcome:
    """The call as it would be made; what was checked and signed of an older draft counts no more."""
    _acting(scene, Deed.DRAFT)
    for words, key in ((draft.sought, "call.sought_needed"), (draft.issue, "call.reason_needed")):
        if not words.strip():
            raise NotAllowed("something is missing", key=key)
    if draft.excluded is not None:
        name, go_to = excluded_matter(scene, draft.excluded)
        if not draft.systemic:
            key = "call.excluded" if go_to else "call.excluded_appeal"
            raise NotAllowed("an excluded matter", key=key, matter=name, go_to=go_to)
    call = replace(
        scene.call,
        track=draft.track,
        sought=said(draft.sought),
        other_bodies=said(draft.other_bodies),
        spoken_for=said(draft.spoken_for) or scene.call.spoken_for,
        excluded=draft.excluded,
        systemic=draft.systemic,
        drafts=scene.call.drafts + 1,
    )
    return step(scene, Deed.DRAFT, call, draft.issue, details={"track": str(draft.track)})


def check_safeguards(scene: Scene, answers: Mapping[Safeguard, Answer]) -> Outcome:
    """A person says, with reasons, that it is not vexatious, discriminatory or against cohesion.

    Where one of them is not met it stays a draft, and nobody is called anything by the machine.
    """
    if kind_of(scene.actor) is Kind.SCRUTINY:
        scrutiny_officer(scene.pack, scene.actor, scene.today)
    else:
        _acting(scene, Deed.CHECK_SAFEGUARDS)
    checks = make_checks(scene, CheckKind.SAFEGUARD, {str(q): answers.get(q) for q in Safeguard})
    met = all(check.passed for check in checks)
    failed = [check.question for check in checks if not check.passed]
    deed = Deed.CHECK_SAFEGUARDS if met else Deed.FAIL_SAFEGUARDS
    words = "\n".join(check.reason for check in checks if not check.passed)
    outcome = step(scene, deed, scene.call, words, details={"failed": failed})
    return outcome + Outcome(new=checks)


def make_checks(scene: Scene, kind: CheckKind, answers: Mapping[str, Answer | None]) -> tuple[Check, ...]:
    """The record of a checklist. Raises NotAllowed where an answer or its reason is missing."""
    given = {question: answer for question, answer in answers.items() if answer and answer.reason.strip()}
    missing = [question for question in answers if question not in given]
    if missing:
        raise NotAllowed("an answer is missing", key="call.answer_needed", question=missing[0])
    return tuple(
        Check(
            id=scene.mint.id(),
            call_id=scene.call.id,
            draft=scene.call.drafts,
            kind=kind,
            question=question,
            passed=answer.passed,
            reason=said(answer.reason),
            actor=scene.actor,
            at=scene.now,
        )
        for question, answer in given.items()
    )


def keep_dossier(scene: Scene, body: Mapping[str, object], signed: bool) -> Outcome:
    """A version of the dossier, as edited; a councillor signs the one that goes to the committee."""
    acting_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    call = scene.call
    latest = scene.matter.dossier
    version = DossierVersion(
        id=scene.mint.id(),
        call_id=call.id,
        number=latest.number + 1 if latest else 1,
        draft=call.drafts,
        body=dict(body),
        made_by=scene.actor,
        made_at=scene.now,
        signed=signed,
    )
    if signed:
        return step(scene, Deed.SIGN, call, details={"version": version.number}) + Outcome(new=(version,))
    return Outcome(
        new=(version,),
        # Two who edit at once: one of them reads it again.
        changed=(replace(call, changed_at=scene.now),),
        audit=(AuditEntry(scene.now, scene.actor, "dossier_kept", call.id, {"version": version.number}),),
    )


def refer(scene: Scene, brought: int = 0) -> Outcome:
    """The councillor makes the call: nobody and nothing else can (2.32, 9.5).

    ``brought`` is how many this councillor referred in the last twelve months. Raises NotAllowed
    while the draft is not checked or not signed, or where the authority's limit is reached.
    """
    councillor = _acting(scene, Deed.REFER)
    call, dossier = scene.call, scene.matter.dossier
    most = scene.pack.escalation.most_calls
    if most is not None and brought >= most:
        raise NotAllowed("too many calls", key="call.too_many", most=most)
    if dossier is None or not dossier.signed or dossier.draft != call.drafts:
        raise NotAllowed("not signed", key="call.not_signed")
    if call.track is None:
        raise NotAllowed("no track", key="call.track_needed")
    referral = Referral(
        id=scene.mint.id(),
        call_id=call.id,
        track=call.track,
        committee=scene.pack.escalation.committee(call.track).name,
        dossier_id=dossier.id,
        referred_by=scene.actor,
        referred_at=scene.now,
    )
    made = replace(call, raised_by=councillor.id, councillor=councillor.id, referred_at=scene.now)
    outcome = step(scene, Deed.REFER, made, details={"track": str(call.track), "version": dossier.number})
    return outcome + Outcome(new=(referral,))


def declare_interest(scene: Scene, words: str) -> Outcome:
    """A councillor's interest is greater than most people's in the ward: others carry it on (3.49).

    ``casework.seats`` passes on what the councillor carried, in the same transaction.
    """
    from casework.seats import pass_on

    councillor = ward_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    if scene.matter.has_interest(councillor.id):
        raise NotAllowed("declared already", key="call.interest_declared")
    if not words.strip():
        raise NotAllowed("a reason is needed", key="call.reason_needed")
    interest = Interest(
        id=scene.mint.id(),
        jurisdiction=scene.pack.code,
        about=scene.matter.about,
        councillor=councillor.id,
        words=said(words),
        declared_at=scene.now,
    )
    kept = Outcome(
        new=(interest,),
        audit=(AuditEntry(scene.now, scene.actor, "interest_declared", scene.matter.about),),
    )
    call = scene.matter.call
    if call is None or call.is_over:
        return kept
    declared = kept + step(scene, Deed.DECLARE_INTEREST, call, words)
    return then(scene, declared, lambda later: pass_on(replace(later, actor="system")))


def take_over(scene: Scene) -> Outcome:
    """Another of the ward's councillors carries it from now on."""
    councillor = ward_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    if scene.matter.has_interest(councillor.id):
        raise NotAllowed("an interest", key="call.interest", who="")
    call = scene.call
    if call.councillor == councillor.id:
        raise NotAllowed("theirs already", key="call.yours_already")
    carried = replace(call, councillor=councillor.id, passed_on_told=None)
    return step(scene, Deed.PASS_ON, carried, details={"from": call.councillor, "to": councillor.id})


def _acting(scene: Scene, deed: Deed) -> Councillor:
    """The councillor who may do this now: first whether it is theirs, then whether it is its time."""
    councillor = acting_councillor(scene.pack, scene.matter, scene.actor, scene.today)
    check_deed(deed, scene.matter.stage, scene.actor)
    return councillor
