"""The mails about one case to the service or the councillors that hold it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.delivery import Refused
from bot.mail.letters import Choice, Fact, Letter, Picture, Voice
from bot.mail.pictures import fit
from casework.acting import Act, may_act
from casework.cases import Case, Photo, Report
from casework.errors import NotFound
from config.links import ActLink, Links
from storage.outbox import Waiting
from storage.photos import PhotoStore
from storage.store import Store


class Quote(Enum):
    """Whose words a mail repeats."""

    NOBODYS = auto()
    THE_REPORTS = auto()
    THE_NOTICES = auto()


class Shown(Enum):
    """Which photos a mail carries."""

    NONE = auto()
    ALL = auto()
    ADDED = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a mail of one key has in it; ``acts`` are what may be answered, where it asks at all."""

    folder: str
    quote: Quote = Quote.NOBODYS
    photos: Shown = Shown.NONE
    asks: bool = True
    acts: tuple[Act, ...] = tuple(Act)


KINDS: Mapping[str, Kind] = {
    "service.new_report": Kind("new_report", Quote.THE_REPORTS, Shown.ALL),
    "service.corrected": Kind("corrected", Quote.THE_REPORTS, Shown.ALL),
    "service.more": Kind("more", Quote.THE_NOTICES, Shown.ADDED),
    "service.not_fixed": Kind("not_fixed", Quote.THE_NOTICES),
    "service.chased": Kind("chased", Quote.THE_NOTICES, Shown.ADDED),
    "service.answered": Kind("answered", Quote.THE_NOTICES, Shown.ADDED),
    "service.overdue": Kind("overdue", Quote.THE_REPORTS),
    "service.due_soon": Kind("due_soon", Quote.THE_REPORTS, acts=(Act.DONE, Act.LONGER, Act.PAUSE)),
    "service.not_accepted": Kind("not_accepted", Quote.THE_REPORTS, Shown.ALL),
    "service.taken_back": Kind("taken_back", asks=False),
    "service.withdrawn": Kind("withdrawn", asks=False),
    "service.one_more": Kind("one_more", Quote.THE_REPORTS, Shown.ALL),
    "service.merged": Kind("merged", asks=False),
    "service.parted": Kind("parted", asks=False),
}

_MAP = "https://www.openstreetmap.org/?mlat={0:.5f}&mlon={1:.5f}#map=19/{0:.5f}/{1:.5f}"
_ROUNDING = ((50, 5), (200, 10), (1000, 50))


def map_url(latitude: float, longitude: float) -> str:
    """A map of the place with a pin."""
    return _MAP.format(latitude, longitude)


@dataclass(frozen=True, slots=True)
class CaseLetters:
    """Writes them from what is kept."""

    store: Store
    photos: PhotoStore
    links: Links

    def write(self, message: Waiting, voice: Voice, now: datetime) -> Letter:
        """The letter for one message. Raises Refused where its report is gone."""
        kind = KINDS[message.key]
        case = self.store.cases.case_of_report(message.report_id) if message.report_id else None
        if case is None or message.report_id is None:
            raise Refused("there is no such report")
        report = case.report(message.report_id)
        pictures, left_out = self._pictures(kind, message, report)
        names = {
            "reference": report.reference,
            "what": voice.category(case.cluster.category),
            "where": voice.place(report),
        }
        return Letter(
            folder=kind.folder,
            subject=names | {"urgent": _is_hazard(voice, case)},
            context=names
            | {
                "to_councillor": message.recipient.startswith("councillor:"),
                "quote": _quote(kind, message, report),
                "asked": str(message.parameters.get("asked", "")),
                "facts": tuple(_facts(voice, kind, case, report, now)),
                "pictures": pictures,
                "left_out": left_out,
                "choices": self._choices(voice, kind, case, report, message.recipient),
                "page": self.links.act_url(ActLink(report.id, message.recipient)),
            },
            pictures=pictures,
            thread=f"case.{case.cluster.id}",
            reference=report.reference,
        )

    def _choices(
        self, voice: Voice, kind: Kind, case: Case, report: Report, actor: str
    ) -> tuple[Choice, ...]:
        """A button for each act that is possible now; none leads to more than the page."""
        link = ActLink(report.id, actor)
        possible = [act for act in kind.acts if kind.asks and may_act(case, act)]
        return tuple(Choice(voice.say(f"mail.act.{act}"), self.links.act_url(link, act)) for act in possible)

    def _pictures(self, kind: Kind, message: Waiting, report: Report) -> tuple[tuple[Picture, ...], int]:
        """The photos that fit, and how many do not."""
        wanted = self._photos(kind, message, report)
        jpegs = [jpeg for photo in wanted if (jpeg := self._jpeg(photo))]
        held = fit(jpegs)
        names = [f"photo-{number}" for number in range(1, len(held) + 1)]
        return tuple(map(Picture, names, held)), len(jpegs) - len(held)

    def _photos(self, kind: Kind, message: Waiting, report: Report) -> Sequence[Photo]:
        if kind.photos is Shown.ALL:
            return self.store.cases.photos_of([report.id])
        added = message.parameters.get("photos")
        if kind.photos is Shown.ADDED and isinstance(added, list):
            return self.store.cases.photos_by_id(map(str, added))
        return ()

    def _jpeg(self, photo: Photo) -> bytes | None:
        """None for a photo that was forgotten meanwhile."""
        try:
            return self.photos.get(photo.name)
        except NotFound:
            return None


def _quote(kind: Kind, message: Waiting, report: Report) -> str:
    if kind.quote is Quote.THE_REPORTS:
        return report.text.strip()
    words = message.parameters.get("words")
    return words.strip() if kind.quote is Quote.THE_NOTICES and isinstance(words, str) else ""


def _is_hazard(voice: Voice, case: Case) -> bool:
    category = voice.pack.category(case.cluster.category)
    return category is not None and category.hazard


def _facts(voice: Voice, kind: Kind, case: Case, report: Report, now: datetime) -> Iterable[Fact]:
    """Who need not act need not know more than which one it is."""
    yield from _where(voice, report)
    if kind.asks:
        yield from _when(voice, case, report, now)


def _where(voice: Voice, report: Report) -> Iterable[Fact]:
    areas = [
        voice.say(key, name=voice.area(code))
        for key, code in (
            ("mail.area.estate", report.estate),
            ("mail.area.parish", report.parish),
            ("mail.area.ward", report.ward),
        )
        if voice.area(code)
    ]
    edge = (voice.say("mail.sure.near_edge"),) if report.ward_near_edge else ()
    yield Fact(
        voice.say("mail.fact.where"),
        (voice.place(report), ", ".join(areas), *edge) if areas else (voice.place(report), *edge),
    )
    yield Fact(
        voice.say("mail.fact.map"),
        (f"{report.latitude:.5f}, {report.longitude:.5f}", sureness(voice, report)),
        map_url(report.latitude, report.longitude),
        voice.say("mail.map.link"),
    )


def sureness(voice: Voice, report: Report) -> str:
    """How well the place is known, in plain words."""
    return voice.say(f"mail.sure.{report.place_kind}", metres=_rounded(report.uncertainty_m))


def _rounded(metres: float) -> int:
    """Metres as people say them: 37 is 40, 430 is 450."""
    step = next((step for below, step in _ROUNDING if metres < below), 100)
    return max(step, round(metres / step) * step)


def _when(voice: Voice, case: Case, report: Report, now: datetime) -> Iterable[Fact]:
    voices = case.voices
    told = voice.say("mail.when.reported", moment=voice.moment(report.created_at))
    others = (voice.count("mail.when.others", voices - 1),) if voices > 1 else ()
    yield Fact(voice.say("mail.fact.when"), (told, *others))
    promise = next((p for p in case.open_promises if p.report_id == report.id), None)
    if promise:
        key = "mail.promise.passed" if promise.due_at < now else "mail.promise.running"
        yield Fact(
            voice.say("mail.fact.promise"),
            (voice.say(key, deadline=voice.deadline(promise.due_at)),),
        )
