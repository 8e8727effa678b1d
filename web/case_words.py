"""How the pages tell a case: names, dates, states and what happened, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casework.cases import Case, Cluster, Promise, PromiseEnd, Report, Update, state_of
from casework.packs import COUNCILLORS, Pack
from casework.places import Area, public_label
from casework.routing import service_name
from casework.states import State
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

    def promise(self, case: Case, report: Report, now: datetime) -> str:
        """What was promised to this reporter and whether it was kept; "" where nothing was."""
        own = [p for p in case.promises if p.report_id == report.id and p.end is not PromiseEnd.WITHDRAWN]
        if not own:
            return ""
        latest = max(own, key=lambda promise: promise.made_at)
        return self.t(f"case.promise.{_how_it_stands(latest, now)}", deadline=self.deadline(latest.due_at))

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
    return facts


def standing_facts(words: CaseWords, case: Case, report: Report, now: datetime) -> tuple[Fact, ...]:
    """How the case stands: for officers and the public alike."""
    t, state = words.t, state_of(report, case.cluster)
    promise = words.promise(case, report, now)
    return (
        Fact(t("case.fact.state"), (words.state(state),)),
        Fact(t("case.fact.who"), (_who(words, case.cluster),)),
        *((Fact(t("case.fact.promise"), (promise,)),) if promise else ()),
        Fact(t("case.fact.reported"), (words.moment(report.created_at),)),
    )


def _who(words: CaseWords, cluster: Cluster) -> str:
    return words.who(cluster.service) if cluster.service else words.t("case.who.nobody")


def _some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
