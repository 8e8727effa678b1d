"""The mail that tells a member of staff what is new on the desk."""

from dataclasses import dataclass

from bot.mail.letters import Letter, Voice
from casework.cases import NO_QUESTION_OF_SORTING, DeskItem, DeskKind, Report
from casework.delivering import undelivered_of
from casework.routing import service_name
from config.links import Links, SortLink
from storage.outbox import Waiting
from storage.store import Store

MOST_WORDS = 400
"""Letters of a resident's words; all of them are on the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the desk as the mail shows it."""

    title: str
    notes: tuple[str, ...]
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class TriageLetters:
    """Writes them from what is kept."""

    store: Store
    links: Links

    def write(self, message: Waiting, voice: Voice, name: str) -> Letter | None:
        """The letter for one message, or None where a colleague did everything meanwhile."""
        ids = message.parameters.get("items")
        listed = [self.store.cases.desk_item(str(i)) for i in ids] if isinstance(ids, list) else []
        waiting = [item for item in listed if item and item.done_at is None]
        staff_id = message.recipient.partition(":")[2]
        if not waiting:
            return None
        return Letter(
            folder="triage",
            subject={"count": voice.count("mail.triage.count", len(waiting))},
            context={
                "name": name,
                "count": voice.count("mail.triage.count", len(waiting)),
                "rows": tuple(self._row(voice, item, staff_id) for item in waiting),
            },
        )

    def _row(self, voice: Voice, item: DeskItem, staff_id: str) -> Row:
        report = self._report(item)
        return Row(
            title=voice.desk_kind(item.kind),
            notes=tuple(_notes(voice, item, report)),
            quote=_shortened(report.text if report else _said(item)),
            url=self.links.sort_url(SortLink(item.id, staff_id)),
        )

    def _report(self, item: DeskItem) -> Report | None:
        case = self.store.cases.case_of_report(item.report_id) if item.report_id else None
        return case.report(item.report_id) if case and item.report_id else None


def _notes(voice: Voice, item: DeskItem, report: Report | None) -> list[str]:
    came = voice.say("mail.triage.came", moment=voice.moment(item.created_at))
    if item.kind is DeskKind.DELIVERY_FAILED:
        return [_undelivered(voice, item), came]
    if report is None:
        return [came]
    what, where = voice.category(report.category), voice.place(report)
    told = voice.say("mail.triage.report", reference=report.reference, what=what, where=where)
    by_service = item.words and item.kind not in NO_QUESTION_OF_SORTING
    said = [voice.say("mail.triage.said", words=item.words)] if by_service else []
    return [told, *said, came]


def _undelivered(voice: Voice, item: DeskItem) -> str:
    lost = undelivered_of(item)
    kind, _, name = lost.recipient.partition(":")
    who = (
        service_name(voice.pack, name)
        if kind == "service"
        else voice.say(f"mail.desk.to.{kind or 'contact'}")
    )
    return voice.say("mail.triage.undelivered", who=who, reason=lost.reason)


def _said(item: DeskItem) -> str:
    return "" if item.kind is DeskKind.DELIVERY_FAILED else item.words


def _shortened(words: str) -> str:
    words = words.strip()
    return words if len(words) <= MOST_WORDS else words[:MOST_WORDS].rstrip() + " …"
