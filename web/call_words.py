"""How pages and mails tell a call for action: who did what, stages, money and deadlines, in words."""

from dataclasses import dataclass
from datetime import datetime

from casework.budgets import pounds
from casework.calls import CallForAction, Matter, Recommendation, Step
from casework.cases import Update
from casework.clocks import StatutoryClock
from casework.ladder import Stage
from casework.packs import Pack
from casework.routing import service_name
from casework.stepping import UPDATES
from config.dates import day_words, is_end_of_day, time_words
from web.rendering import Words

DEED_OF_UPDATE = {key: deed for deed, key in UPDATES.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """One step in words: when, what, and somebody's own words."""

    when: str
    moment: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class CallWords:
    """Words for one reader about one authority's calls for action."""

    t: Words
    language: str
    pack: Pack

    def day(self, moment: datetime) -> str:
        """The day of an instant."""
        return day_words(moment, self.pack.calendar.time_zone, self.language)

    def deadline(self, moment: datetime) -> str:
        """The end of a day, or a time on it."""
        zone = self.pack.calendar.time_zone
        if is_end_of_day(moment, zone):
            return self.t("case.date.end_of_day", day=self.day(moment))
        return self.t("case.date.moment", day=self.day(moment), time=time_words(moment, zone, self.language))

    def actor(self, actor: str) -> str:
        """The name of whoever acted: decisions name who made them (Cm 6939-I 3.39)."""
        kind, _, code = actor.partition(":")
        if kind == "councillor":
            named = (c.name for c in self.pack.councillors if c.id == code)
            return self.t("call.who.councillor", name=next(named, code))
        if kind == "staff":
            named = (s.name for s in self.pack.staff if s.id == code)
            return self.t("call.who.officer", name=next(named, code))
        if kind == "service":
            return service_name(self.pack, code)
        return self.t("call.who.system")

    def body(self, code: str) -> str:
        """The name of a body."""
        found = self.pack.body(code)
        return found.name if found else code

    def ward(self, code: str | None) -> str:
        """The name of a ward."""
        area = self.pack.area(code) if code else None
        return area.name if area else (code or "")

    def stage(self, stage: Stage | None) -> str:
        """A stage in words."""
        return self.t(f"stage.{stage}") if stage else self.t("stage.none")

    def councillor(self, code: str | None) -> str:
        """The name of a councillor; "" for nobody."""
        return next((c.name for c in self.pack.councillors if c.id == code), "")

    def step(self, step: Step) -> Told:
        """A step in words."""
        moment = self.t(
            "case.date.moment",
            day=self.day(step.at),
            time=time_words(step.at, self.pack.calendar.time_zone, self.language),
        )
        return Told(moment, step.at.isoformat(), self.what(step), step.words)

    def what(self, step: Step) -> str:
        """What was done, by whom."""
        return self.t(f"step.{step.deed}", who=self.actor(step.actor), **self._details(step))

    def _details(self, step: Step) -> dict[str, object]:
        details = step.details
        service, body, pence = details.get("service"), details.get("body"), details.get("pence")
        to = details.get("to")
        by = details.get("by")
        return {
            "service": service_name(self.pack, str(service)) if service else "",
            "body": self.body(str(body)) if body else "",
            "amount": pounds(pence) if isinstance(pence, int) else "",
            "number": details.get("number") or "",
            "councillor": self.councillor(str(to)) or self.t("call.nobody"),
            "by": self.deadline(datetime.fromisoformat(by)) if isinstance(by, str) else "",
            "days": details.get("days") or 0,
            "voices": details.get("voices") or 0,
            "answer": self.t("call.yes" if details.get("accepts") or details.get("done") else "call.no"),
            "left": self.t(f"call.left.{details['warned']}") if details.get("warned") else "",
        }

    def update(self, update: Update) -> str:
        """A step as the history of its case keeps it: without details."""
        deed = DEED_OF_UPDATE[update.key]
        return self.t(f"event.{deed}", who=self.actor(update.actor))

    def clock(self, clock: StatutoryClock, now: datetime) -> str:
        """A statutory clock: how long there is, or that it is met, missed, or none."""
        body = self.body(clock.body)
        if clock.exempt:
            return self.t(f"clock.exempt.{clock.exempt}", body=body)
        due = self.deadline(clock.due_at) if clock.due_at else ""
        if clock.met_at:
            late = clock.due_at is not None and clock.met_at > clock.due_at
            return self.t(
                "clock.met_late" if late else "clock.met", body=body, due=due, on=self.day(clock.met_at)
            )
        if clock.stopped_at:
            return self.t("clock.stopped", body=body, due=due, on=self.day(clock.stopped_at))
        return self.t("clock.overdue" if clock.is_overdue(now) else "clock.running", body=body, due=due)

    def recommendation(self, matter: Matter, recommendation: Recommendation) -> str:
        """How a recommendation stands."""
        response = matter.response_to(recommendation.id)
        if response is None:
            key = "recommendation.received" if recommendation.received_at else "recommendation.waiting"
            return self.t(key if recommendation.sent_at else "recommendation.drafted")
        key = "recommendation.yes" if response.accepts else "recommendation.no"
        said = self.t(key, who=response.decided_by, on=self.day(response.at))
        if recommendation.done_at is None:
            return said
        end = "recommendation.done" if recommendation.done else "recommendation.given_up"
        return said + " " + self.t(end, on=self.day(recommendation.done_at))

    def title(self, call: CallForAction | None, matter: Matter) -> str:
        """What a matter is called."""
        if call:
            return call.title
        case = matter.case
        category = self.pack.category(case.cluster.category) if case else None
        return category.name if category else ""


def public_steps(matter: Matter) -> tuple[Step, ...]:
    """The steps that everybody may read."""
    return tuple(step for step in matter.steps if step.public)


def is_public(pack: Pack, matter: Matter) -> bool:
    """True if the matter may be shown to everybody: a councillor has it, and it is not sensitive."""
    case, call = matter.case, matter.call
    category = pack.category(case.cluster.category) if case else None
    sensitive = category is not None and category.sensitive
    return call is not None and call.stage is not Stage.FLAGGED and not sensitive
