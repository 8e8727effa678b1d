"""A councillor's digest: what is overdue, new and fixed in the ward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import Refused
from bot.mail.letters import Letter, Voice
from casework.digests import Digest, Line, make_digest
from casework.packs import Councillor
from config.links import Links
from storage.outbox import Waiting
from storage.store import Store

MOST_LINES = 40
"""Lines of one section; a longer list is read on the page, not in a mail."""

LATE = timedelta(hours=1)
"""A digest written so long after its hour makes up for a missed one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One report as a digest shows it."""

    number: int
    title: str
    reference: str
    url: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its reports, and how many more there are."""

    title: str
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class DigestLetters:
    """Writes them from what is kept."""

    store: Store
    links: Links

    def write(self, message: Waiting, voice: Voice) -> Letter | None:
        """The letter for one message, or None for a late one with nothing to tell.

        Raises Refused for a councillor whom the pack does not know.
        """
        code = message.recipient.partition(":")[2]
        councillor = next((c for c in voice.pack.councillors if c.id == code), None)
        if councillor is None:
            raise Refused(f"nobody is known as {message.recipient}")
        digest = self._digest(message, voice, councillor)
        ward = voice.area(digest.ward) or digest.ward
        sections = self._sections(voice, digest)
        if not sections and not digest.open_count and message.created_at - digest.until > LATE:
            # A new installation makes up for digests of before it was there: those are no news.
            return None
        names = {"ward": ward, "since": voice.day(digest.since), "until": voice.day(digest.until)}
        return Letter(
            folder="digest",
            subject=names | {"overdue": len(digest.overdue), "new": len(digest.new)},
            context=names
            | {
                "councillor": councillor.name,
                "sections": sections,
                "open_count": voice.count("mail.digest.open", digest.open_count, ward=ward),
                "surgery": councillor.surgery,
            },
            list_id=f"digest.{digest.ward}",
        )

    def _digest(self, message: Waiting, voice: Voice, councillor: Councillor) -> Digest:
        ward = str(message.parameters.get("ward") or councillor.ward)
        since = datetime.fromisoformat(str(message.parameters["since_on"]))
        until = datetime.fromisoformat(str(message.parameters["until_on"]))
        cases = self.store.cases.cases_for_digest(voice.pack.code, ward, since, until)
        return make_digest(ward, cases, since, until, self.store.cases.count_open(voice.pack.code, ward))

    def _sections(self, voice: Voice, digest: Digest) -> tuple[Section, ...]:
        named = (("overdue", digest.overdue), ("new", digest.new), ("fixed", digest.fixed))
        return tuple(self._section(voice, name, lines) for name, lines in named if lines)

    def _section(self, voice: Voice, name: str, lines: Sequence[Line]) -> Section:
        return Section(
            voice.say(f"mail.digest.{name}", n=len(lines)),
            tuple(self._row(voice, name, line) for line in lines[:MOST_LINES]),
            max(0, len(lines) - MOST_LINES),
        )

    def _row(self, voice: Voice, name: str, line: Line) -> Row:
        report = line.report
        category = voice.pack.category(report.category)
        what = voice.category(report.category)
        private = category is not None and category.sensitive
        title = what if private else voice.say("mail.digest.row", what=what, where=voice.place(report))
        return Row(
            line.number,
            title,
            report.reference,
            self.links.report_url(report.reference),
            tuple(_notes(voice, name, line)),
        )


def _notes(voice: Voice, name: str, line: Line) -> Sequence[str]:
    if name == "fixed":
        return [voice.say(f"mail.state.{line.state.name.lower()}")]
    told = voice.say("mail.digest.told", day=voice.day(line.report.created_at))
    if line.due_at is None:
        return [told]
    key = "mail.digest.was_due" if name == "overdue" else "mail.digest.is_due"
    return [told, voice.say(key, deadline=voice.deadline(line.due_at))]
