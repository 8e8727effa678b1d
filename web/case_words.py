"""How the pages tell a case: names, dates, states and what happened, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from casework.cases import Case, Cluster, Hands, Offer, Promise, PromiseEnd, Report, Update, state_of
from casework.packs import COUNCILLORS, Pack
from casework.places import Area, public_label
from casework.routing import service_name
from casework.states import OPEN, State
from config.dates import day_words, is_end_of_day, time_words
from web.call_words import DEED_OF_UPDATE, CallWords
from web.rendering import Words

_MAP = "https://www.openstreetmap.org/?mlat={0:.5f}&mlon={1:.5f}#map=19/{0:.5f}/{1:.5f}"
_HAPPENED = frozenset(
    {
        "update.reported",
        "update.sent",
        "update.corrected",
        "update.seen",
        "update.in_progress",
        "update.done",
        "update.unable",
        "update.passed_on",
        "update.not_ours",
        "update.fixed_user",
        "update.not_fixed",
        "update.longer",
        "update.paused",
        "update.resumed",
        "update.disputed",
        "update.judged_fixed",
        "update.judged_open",
        "update.overdue",
        "update.withdrawn",
        "update.added",
        "update.closed",
        "update.ward_changed",
        "update.joined",
        "update.merged",
        "update.parted",
        "update.wrote",
        "update.asked",
        "update.answered",
    }
)
"""What has a sentence of its own; anything else is told by its state."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading and what stands under it, with a link where there is one."""

    label: str
    lines: tuple[str, ...]
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, and somebody's own words."""

    when: str
    moment: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CaseWords:
    """Words for one reader about one authority's cases."""

    t: Words
    language: str
    pack: Pack

    def day(self, moment: datetime) -> str:
        """The day of an instant."""
        return day_words(moment, self.pack.calendar.time_zone, self.language)

    def moment(self, moment: datetime) -> str:
        """Day and time of an instant."""
        time = time_words(moment, self.pack.calendar.time_zone, self.language)
        return self.t("case.date.moment", day=self.day(moment), time=time)

    def deadline(self, moment: datetime) -> str:
        """A promised instant: the end of a day, or a time on it."""
        if is_end_of_day(moment, self.pack.calendar.time_zone):
            return self.t("case.date.end_of_day", day=self.day(moment))
        return self.moment(moment)

    def what(self, category: str) -> str:
        """The name of a category."""
        found = self.pack.category(category)
        return found.name if found else category

    def title(self, case: Case, where: str) -> str:
        """What a case is called: "Dumped rubbish, Hazel Grove"."""
        return self.t("case.title", what=self.what(case.cluster.category), where=where)

    def who(self, service: str | None) -> str:
        """Who has it, as a resident may hear it."""
        if service == COUNCILLORS:
            return self.t("case.who.councillors")
        return service_name(self.pack, service)

    def state(self, state: State) -> str:
        """A state in words; a closed one never sounds like a fixed one."""
        return self.t(f"state.{state.name.lower()}")

    def where(self, report: Report) -> str:
        """The place in full, for those who have to go there."""
        return report.label or self.t("case.where.unnamed")

    def public_where(self, report: Report) -> str:
        """The place for everybody, or its ward where that is all that may be said."""
        ward = self.area(report.ward)
        shown = public_label(report.label, report.place_kind, report.ward)
        return shown or (self.t("case.area.ward", name=ward) if ward else self.t("case.where.unnamed"))

    def area(self, code: str | None) -> str:
        """The name of an area."""
        area = self.pack.area(code) if code else None
        return area.name if area else ""

    def ward_then_and_now(self, report: Report, today: Area | None) -> str:
        """The ward on the day of the report, and today's where boundaries have changed since."""
        then = self.area(report.ward)
        if not then or today is None or today.name == then:
            return self.t("case.area.ward", name=then) if then else ""
        return self.t("case.area.ward_then", name=then, now=today.name)

    def areas(self, report: Report) -> str:
        """Estate, parish, ward and division of a report."""
        named = (
            ("estate", report.estate),
            ("parish", report.parish),
            ("ward", report.ward),
            ("division", report.division),
        )
        return ", ".join(self.t(f"case.area.{kind}", name=self.area(c)) for kind, c in named if self.area(c))

    def promise(self, case: Case, report: Report, now: datetime) -> tuple[str, ...]:
        """What was promised to this reporter, whether it was kept, and why it moved; () where nothing was."""
        own = [p for p in case.promises if p.report_id == report.id and p.end is not PromiseEnd.WITHDRAWN]
        if not own:
            return ()
        own.sort(key=lambda promise: promise.made_at)
        latest, before = own[-1], own[-2] if len(own) > 1 else None
        how = self.t(f"case.promise.{_how_it_stands(latest, now)}", deadline=self.deadline(latest.due_at))
        moved = before if before and before.reason else None
        first = latest.first_due_at or (moved.due_at if moved else None)
        reason = self.pack.reason(moved.reason if moved else None)
        return tuple(
            line
            for line in (
                how,
                self.t("case.promise.moved", deadline=self.deadline(first)) if first else "",
                self.t("case.promise.because", reason=reason.name) if reason else "",
            )
            if line
        )

    def promised(self, case: Case) -> str:
        """The last date that anybody waits for; "" where nobody does."""
        due = max((promise.due_at for promise in case.open_promises), default=None)
        return self.deadline(due) if due else ""

    def pause(self, case: Case) -> str:
        """Until when and why the clock stands still; "" where it runs."""
        pause = case.pause if case.cluster.paused_at else None
        if pause is None:
            return ""
        reason = self.pack.reason(pause.reason)
        named = reason.name if reason else pause.reason
        return self.t("case.pause.until", day=self.day(pause.until_at), reason=named)

    def hands(self, case: Case) -> str:
        """Whether the service that has an open case has taken it; "" where that is no question."""
        hands = case.cluster.hands
        is_question = case.cluster.state in OPEN and case.cluster.service and hands is not Hands.NOBODY
        return self.t(f"case.hands.{hands}") if is_question else ""

    def refusals(self, case: Case) -> tuple[str, ...]:
        """Which services have said that it is not theirs, and why."""
        return tuple(map(self._refusal, case.refusals))

    def _refusal(self, offer: Offer) -> str:
        who, reason = self.who(offer.service), self.pack.reason(offer.reason)
        if reason is None:
            return self.t("case.refused.unsaid", who=who)
        key = "case.refused.words" if offer.words else "case.refused"
        return self.t(key, who=who, reason=reason.name, words=offer.words)

    def next_steps(self, report: Report, today: date) -> tuple[str, ...]:
        """What a resident can do who is not content: councillors, complaint, ombudsman (6.7)."""
        t, authority = self.t, self.pack.authority
        members = self.pack.councillors_of(report.ward, today)
        names = ", ".join(member.name for member in members)
        contact = ", ".join(part for part in (authority.phone, authority.email) if part)
        ombudsman = t(f"case.next.ombudsman.{authority.nation}")
        return (
            *((t("case.next.councillors", names=names),) if members else ()),
            *(
                t("case.next.surgery", name=member.name, surgery=member.surgery)
                for member in members
                if member.surgery
            ),
            t("case.next.complain", authority=authority.name, contact=contact),
            t("case.next.ombudsman", ombudsman=ombudsman),
        )

    def events(self, updates: Iterable[Update]) -> tuple[Event, ...]:
        """What happened, in order."""
        return tuple(self._event(update) for update in updates)

    def _event(self, update: Update) -> Event:
        if update.key in DEED_OF_UPDATE:
            what = CallWords(self.t, self.language, self.pack).update(update)
        elif update.key in _HAPPENED:
            what = self.t(update.key, who=self._actor(update.actor))
        else:
            what = self.state(update.state) if update.state else self.t("update.other")
        return Event(self.moment(update.at), update.at.isoformat(), what, update.words)

    def _actor(self, actor: str) -> str:
        kind, _, name = actor.partition(":")
        if kind == "service":
            return service_name(self.pack, name)
        if kind == "councillor":
            return self.t("case.who.councillor")
        return self.pack.authority.name


def _how_it_stands(promise: Promise, now: datetime) -> str:
    if promise.end is not None:
        return str(promise.end)
    if promise.paused_at is not None:
        return "paused"
    return "late" if promise.due_at < now else "running"


def map_url(report: Report) -> str:
    """A map of the place with a pin."""
    return _MAP.format(report.latitude, report.longitude)


def officer_facts(words: CaseWords, case: Case, report: Report, now: datetime) -> tuple[Fact, ...]:
    """What a crew or a neighbourhood manager needs to know."""
    t = words.t
    coordinates = f"{report.latitude:.5f}, {report.longitude:.5f}"
    sure = t("case.sure", metres=round(report.uncertainty_m))
    edge = t("case.near_edge") if report.ward_near_edge else ""
    facts = (
        Fact(t("case.fact.where"), _some(words.where(report), words.areas(report), edge)),
        Fact(t("case.fact.map"), _some(coordinates, sure), map_url(report), t("case.map.link")),
        *standing_facts(words, case, report, now),
    )
    refused = words.refusals(case)
    return (*facts, Fact(t("case.fact.refused"), refused)) if refused else facts


def standing_facts(words: CaseWords, case: Case, report: Report, now: datetime) -> tuple[Fact, ...]:
    """How the case stands: for officers and the public alike."""
    t, state = words.t, state_of(report, case.cluster)
    promise, pause = words.promise(case, report, now), words.pause(case)
    return (
        Fact(t("case.fact.state"), (words.state(state),)),
        Fact(t("case.fact.who"), _some(_who(words, case.cluster), words.hands(case))),
        *((Fact(t("case.fact.promise"), promise),) if promise else ()),
        *((Fact(t("case.fact.pause"), (pause,)),) if pause else ()),
        Fact(t("case.fact.reported"), (words.moment(report.created_at),)),
    )


def _who(words: CaseWords, cluster: Cluster) -> str:
    return words.who(cluster.service) if cluster.service else words.t("case.who.nobody")


def _some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
