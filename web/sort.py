"""``/sort/TOKEN``: the page on which a neighbourhood manager sorts one thing from the desk.

What belongs to a report is sent on (category, place and team put right) or closed with an answer;
everything else is marked as done, with an answer to the resident where there is one to give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.calendars import local
from casework.cases import Case, DeskItem, DeskKind, Photo, Report
from casework.clock import Clock
from casework.correcting import Correction
from casework.delivering import undelivered_of
from casework.errors import Conflict, LinkInvalid, NotAllowed, StorageUnavailable
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import COUNCILLORS, Pack, Role
from casework.places import Areas, PlaceCandidate, PlaceDecision, PlaceReading, Point
from casework.questions import decide
from casework.sorting import close, finish, sort
from config.links import Links, SortLink
from storage.store import Store
from web.act import services_by_body
from web.belonging import DEEDS as BELONGING_DEEDS
from web.belonging import KINDS as BELONGING_KINDS
from web.belonging import Belonging, Shown
from web.case_words import CaseWords, Event, Fact, officer_facts
from web.forms import MAX_WORDS, again_page, link_page, plain_page, read_form, sentence
from web.rendering import Pages

_ATTEMPTS = 3
_BY_ROUTE = ""
"""The answer "as the routes say" to "who should deal with it?"."""

_ABOUT_A_CASE = frozenset(
    {
        DeskKind.UNSURE_CATEGORY,
        DeskKind.UNSURE_PLACE,
        DeskKind.OUTSIDE,
        DeskKind.NO_SERVICE,
        DeskKind.NOT_OURS,
        DeskKind.NOT_ACCEPTED,
    }
)
_DEEDS = frozenset({"sort", "close", "finish", "fixed", "open", *BELONGING_DEEDS})
_FIELDS = {
    "sort.category_needed": "category",
    "sort.no_place": "place",
    "sort.which_place": "which-0",
    "sort.no_service": "service",
    "sort.no_such_service": "service",
    "sort.refused_before": "service",
    "sort.reason_needed": "words",
    "sort.nobody_to_answer": "words",
    "act.too_long": "words",
    "act.choose": "answer",
}
"""What is wrong with the form itself, and where to mend it; every other fault is the case's."""

AreasAt = Callable[[Point, date], Areas]
"""The areas of a point on a day."""
Likely = Callable[[str, str], Sequence[str]]
"""Takes an authority's code and a resident's words; the categories that it may be, likeliest first."""


class Finder(Protocol):
    """Finds the place that words name."""

    def find(self, text: str, on: date, *, answer: bool = False) -> PlaceReading:
        """``answer`` says that the text answers "where is it?"."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What helps to sort: a finder of places, the areas of a point, and a guess at the category."""

    finder: Finder
    areas_at: AreasAt
    likely: Likely


@dataclass(frozen=True, slots=True)
class Opened:
    """A link with the item that it opens, and its case where there is one."""

    token: str
    link: SortLink
    item: DeskItem
    pack: Pack
    case: Case | None

    @property
    def report(self) -> Report | None:
        """The report that the item is about."""
        return self.case.report(self.item.report_id) if self.case and self.item.report_id else None

    @property
    def is_about_case(self) -> bool:
        """True if the case itself waits to be sent on or closed."""
        return self.item.kind in _ABOUT_A_CASE and self.report is not None


class _Gone(Exception):
    """There is no such item, or it is not this person's any more."""


class _WhichPlace(NotAllowed):
    """The words name several places; ``places`` are to choose from."""

    key = "sort.which_place"

    def __init__(self, places: tuple[PlaceCandidate, ...]) -> None:
        super().__init__("which place?")
        self.places = places


def create_sort_routes(
    store: Store,
    packs: Mapping[str, Pack],
    links: Links,
    clock: Clock,
    mint: Mint,
    pages: Pages,
    tools: Tools,
) -> list[Route]:
    """The routes ``GET`` and ``POST /sort/TOKEN``."""
    desk = _SortPages(store, packs, links, clock, mint, pages, tools)
    return [
        Route("/sort/{token}", desk.show, methods=["GET"], name="sort"),
        Route("/sort/{token}", desk.post, methods=["POST"], name="sort-post"),
    ]


@dataclass(frozen=True, slots=True)
class _SortPages:
    store: Store
    packs: Mapping[str, Pack]
    links: Links
    clock: Clock
    mint: Mint
    pages: Pages
    tools: Tools

    def show(self, request: Request) -> Response:
        """The item and what can be done with it."""
        try:
            opened = self._open(request)
        except LinkInvalid as fault:
            return link_page(self.pages, request, fault)
        except _Gone:
            return plain_page(self.pages, request, "sort.gone", HTTPStatus.NOT_FOUND)
        said = request.query_params.get("said", "")
        return self._page(request, opened, {}, said=said if said in _DEEDS else "")

    async def post(self, request: Request) -> Response:
        """Do what the form says, or say why not; nothing that was typed is lost."""
        typed = await read_form(request)
        return await run_in_threadpool(self._answer, request, typed)

    def _answer(self, request: Request, typed: Mapping[str, str]) -> Response:
        try:
            opened, fault = self._do(request, typed)
        except LinkInvalid as broken:
            return link_page(self.pages, request, broken)
        except _Gone:
            return plain_page(self.pages, request, "sort.gone", HTTPStatus.NOT_FOUND)
        except StorageUnavailable:
            return again_page(self.pages, request, typed)
        if fault is None:
            decided = BELONGING_KINDS | {DeskKind.DISAGREEMENT}
            chosen = opened.is_about_case or opened.item.kind in decided
            deed = typed["do"] if chosen else "finish"
            return RedirectResponse(f"{request.url.path}?said={quote(deed)}", HTTPStatus.SEE_OTHER)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if fault.key in _FIELDS else HTTPStatus.CONFLICT
        return self._page(request, opened, typed, status, fault=fault)

    def _do(self, request: Request, typed: Mapping[str, str]) -> tuple[Opened, NotAllowed | None]:
        """Try until nobody else is in between; the item as it was read last, and why not."""
        for _ in range(_ATTEMPTS):
            opened = self._open(request)
            try:
                self.store.commit(self._outcome(opened, typed), self.clock.now())
            except Conflict:
                continue
            except NotAllowed as fault:
                return opened, fault
            return opened, None
        return self._open(request), NotAllowed("changed meanwhile", key="sort.changed")

    def _outcome(self, opened: Opened, typed: Mapping[str, str]) -> Outcome:
        now, actor = self.clock.now(), f"staff:{opened.link.staff_id}"
        if opened.item.kind in BELONGING_KINDS and opened.case is not None:
            belonging = Belonging(self.store.cases, opened.pack, opened.case, opened.item)
            return belonging.outcome(typed.get("do", ""), actor, now, self.mint)
        if opened.item.done_at is not None:
            raise NotAllowed("done already", key="sort.already_done")
        words = typed.get("words", "")
        if len(words) > MAX_WORDS:
            raise NotAllowed("too long", key="act.too_long", most=MAX_WORDS)
        if opened.item.kind is DeskKind.DISAGREEMENT and opened.case is not None:
            if typed.get("do") not in {"fixed", "open"}:
                raise NotAllowed("nothing chosen", key="act.choose")
            return decide(opened.pack, opened.case, typed["do"] == "fixed", words, actor, now, self.mint)
        if not opened.is_about_case:
            return finish(opened.item, words, actor, now)
        return self._case_outcome(opened, typed, words, actor)

    def _case_outcome(self, opened: Opened, typed: Mapping[str, str], words: str, actor: str) -> Outcome:
        """The case is closed with an answer, or put right and sent on."""
        now, case, report = self.clock.now(), opened.case, opened.report
        if case is None or report is None or typed.get("do") not in {"sort", "close"}:
            raise NotAllowed("nothing chosen", key="act.choose")
        if typed["do"] == "close":
            return close(opened.pack, case, words, actor, now, self.mint)
        correction = self._correction(opened.pack, typed)
        return sort(opened.pack, case, report.id, correction, actor, now, self.mint).outcome

    def _correction(self, pack: Pack, typed: Mapping[str, str]) -> Correction:
        """What the form puts right. Raises NotAllowed for a place or a category that is none."""
        category = typed.get("category", "")
        if pack.category(category) is None:
            raise NotAllowed("no such category", key="sort.category_needed")
        place = self._place(pack, typed)
        areas = self.tools.areas_at(place.point, self._today(pack)) if place else None
        return Correction(category, place, areas, typed.get("service") or None)

    def _place(self, pack: Pack, typed: Mapping[str, str]) -> PlaceCandidate | None:
        """The place that was typed; None where the old one stands."""
        said, chosen = typed.get("place", ""), typed.get("which", "")
        if not said:
            return None
        reading = self.tools.finder.find(said, self._today(pack), answer=True)
        if not reading.candidates:
            raise NotAllowed("no such place", key="sort.no_place", place=said)
        # The places may have been offered for other words than those that stand there now.
        if typed.get("which_of") == said and chosen.isdigit() and int(chosen) < len(reading.candidates):
            return reading.candidates[int(chosen)]
        if reading.decision is not PlaceDecision.ACCEPT:
            raise _WhichPlace(reading.candidates)
        return reading.candidates[0]

    def _today(self, pack: Pack) -> date:
        return local(self.clock.now(), pack.calendar).date()

    def _open(self, request: Request) -> Opened:
        """The item behind the link. Raises LinkInvalid or _Gone."""
        token = request.path_params["token"]
        link = self.links.read_sort(token)
        item = self.store.cases.desk_item(link.item_id)
        if item is None:
            raise _Gone
        # An item of no authority that is served here is the first one's, as bot/jobs.py mails it.
        pack = self.packs.get(item.jurisdiction) or next(iter(self.packs.values()))
        if not self._may_sort(pack, link.staff_id):
            raise _Gone
        case = self.store.cases.case_of_report(item.report_id) if item.report_id else None
        return Opened(token, link, item, pack, case)

    def _may_sort(self, pack: Pack, staff_id: str) -> bool:
        """True while this person is in office."""
        today = self._today(pack)
        return any(
            member.id == staff_id and member.role in {Role.TRIAGE, Role.ADMIN} and member.in_office(today)
            for member in pack.staff
        )

    def _page(
        self,
        request: Request,
        opened: Opened,
        typed: Mapping[str, str],
        status: int = HTTPStatus.OK,
        *,
        said: str = "",
        fault: NotAllowed | None = None,
    ) -> Response:
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), opened.pack)
        report, case = opened.report, opened.case
        places = fault.places if isinstance(fault, _WhichPlace) else ()
        return self.pages.page(
            "sort.html",
            request,
            status=status,
            title=words.t(f"desk.{opened.item.kind}"),
            reference=report.reference if report else "",
            lead=_lead(words, opened),
            quote=_quote(opened),
            photos=self._photos(opened),
            facts=self._facts(words, opened),
            events=self._events(words, opened),
            about_case=opened.is_about_case,
            is_disputed=opened.item.kind is DeskKind.DISAGREEMENT,
            may_answer=opened.item.contact_id is not None,
            is_done=opened.item.done_at is not None,
            belonging=self._belonging(words, opened),
            categories=self._categories(opened) if opened.is_about_case else [],
            category=typed.get("category") or (case.cluster.category if case else ""),
            place=typed.get("place", ""),
            place_now=words.where(report) if report else "",
            places=[
                (number, place.label, words.area(place.ward) or words.t("sort.place.outside"))
                for number, place in enumerate(places)
            ],
            services=services_by_body(opened.pack),
            service=typed.get("service", _BY_ROUTE),
            councillors=COUNCILLORS,
            words=typed.get("words", ""),
            most=MAX_WORDS,
            said=_thanks(words, opened, said),
            error=sentence(self.pages, request, fault) if fault else "",
            field=_FIELDS.get(fault.key, "") if fault else "",
        )

    def _belonging(self, words: CaseWords, opened: Opened) -> Shown | None:
        if opened.item.kind not in BELONGING_KINDS or opened.case is None:
            return None
        return Belonging(self.store.cases, opened.pack, opened.case, opened.item).shown(words)

    def _facts(self, words: CaseWords, opened: Opened) -> tuple[Fact, ...]:
        came = Fact(words.t("desk.fact.since"), (words.moment(opened.item.created_at),))
        if opened.case is None or opened.report is None:
            return (came,)
        return (*officer_facts(words, opened.case, opened.report, self.clock.now()), came)

    def _events(self, words: CaseWords, opened: Opened) -> tuple[Event, ...]:
        return words.events(self.store.cases.history(opened.case.cluster.id)) if opened.case else ()

    def _photos(self, opened: Opened) -> list[str]:
        found: Sequence[Photo] = ()
        if opened.report:
            found = self.store.cases.photos_of([opened.report.id])
        elif opened.item.kind is DeskKind.ABANDONED_DRAFT and opened.item.contact_id:
            found = self.store.cases.loose_photos(opened.item.contact_id, opened.item.created_at)
        return [f"/photos/{photo.id}?sort={opened.token}" for photo in found]

    def _categories(self, opened: Opened) -> list[tuple[str, str]]:
        """Every category, what it probably is first."""
        text = opened.report.text if opened.report else ""
        guessed = [code for code in self.tools.likely(opened.pack.code, text) if opened.pack.category(code)]
        others = [category.code for category in opened.pack.categories]
        names = {category.code: category.name for category in opened.pack.categories}
        return [(code, names[code]) for code in dict.fromkeys((*guessed, *others))]


def _lead(words: CaseWords, opened: Opened) -> str:
    """Why it is here, in a sentence."""
    item = opened.item
    if item.kind is DeskKind.DELIVERY_FAILED:
        lost = undelivered_of(item)
        kind, _, name = lost.recipient.partition(":")
        who = words.who(name) if kind == "service" else words.t(f"desk.to.{kind or 'contact'}")
        return words.t("desk.lead.delivery_failed", who=who, reason=lost.reason)
    if item.kind in (DeskKind.NOT_OURS, DeskKind.DISAGREEMENT) and item.words:
        return words.t(f"desk.lead.{item.kind}_because", words=item.words)
    return words.t(f"desk.lead.{item.kind}", words=item.words)


def _quote(opened: Opened) -> str:
    if opened.report is not None:
        return opened.report.text
    quoted_in_lead = {DeskKind.DELIVERY_FAILED, DeskKind.SERVICE_WROTE, DeskKind.MAIL_UNKNOWN}
    return "" if opened.item.kind in quoted_in_lead else opened.item.words


def _thanks(words: CaseWords, opened: Opened, said: str) -> str:
    if not said or opened.item.done_at is None:
        return ""
    who = words.who(opened.case.cluster.service) if opened.case else ""
    return words.t(f"sort.said.{said}", who=who)
