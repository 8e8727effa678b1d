"""The mail that tells a member of staff what is new on the desk."""

from dataclasses import dataclass

from bot.mail.letters import Letter, Voice
from casework.cases import NO_QUESTION_OF_SORTING, Case, DeskItem, DeskKind, Offer, Report
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
        case = self.store.cases.case_of_report(item.report_id) if item.report_id else None
        report = case.report(item.report_id) if case and item.report_id else None
        return Row(
            title=voice.desk_kind(item.kind),
            notes=(*_notes(voice, item, report), *(_chain(voice, item, case) if case else ())),
            quote=_shortened(report.text if report else _said(item)),
            url=self.links.sort_url(SortLink(item.id, staff_id)),
        )


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
    if item.words and item.kind is DeskKind.DISAGREEMENT:
        said = [voice.say("mail.triage.resident", words=item.words)]
    return [told, *said, came]


def _chain(voice: Voice, item: DeskItem, case: Case) -> list[str]:
    """Who has refused the case and why, and who has it without a word."""
    refused = [_refusal(voice, offer) for offer in case.refusals]
    offer = case.offer
    if item.kind is not DeskKind.NOT_ACCEPTED or offer is None:
        return refused
    who, moment = service_name(voice.pack, offer.service), voice.moment(offer.offered_at)
    return [*refused, voice.say("mail.triage.offered", who=who, moment=moment)]


def _refusal(voice: Voice, offer: Offer) -> str:
    reason = voice.pack.reason(offer.reason)
    named = reason.name if reason else voice.say("mail.triage.no_reason")
    key = "mail.triage.refused_words" if offer.words else "mail.triage.refused"
    return voice.say(key, who=service_name(voice.pack, offer.service), reason=named, words=offer.words)


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
