"""``/report/REF``: what everybody may know of a report: what, where, who has it, what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.calendars import local
from casework.cases import Case, Publication, Report, Shows, state_of
from casework.clock import Clock
from casework.packs import Pack
from casework.places import Areas, Point
from casework.references import find_references
from casework.states import State
from storage.store import Store
from web.case_words import CaseWords, Fact, standing_facts
from web.forms import plain_page
from web.rendering import Pages

_LONGEST = 40
"""Letters of something that might still be a reference."""


AreasAt = Callable[[Point, date], Areas]
"""Which areas hold a point on a day."""


def create_report_routes(
    store: Store, packs: Mapping[str, Pack], clock: Clock, pages: Pages, areas_at: AreasAt
) -> list[Route]:
    """The routes ``GET /report`` (a form) and ``GET /report/REF``."""
    shown = _ReportPages(store, packs, clock, pages, areas_at)
    return [
        Route("/report", shown.ask, name="report-ask"),
        Route("/report/{reference}", shown.show, name="report"),
    ]


@dataclass(frozen=True, slots=True)
class _ReportPages:
    store: Store
    packs: Mapping[str, Pack]
    clock: Clock
    pages: Pages
    areas_at: AreasAt

    def ask(self, request: Request) -> Response:
        """A form for the reference, or on to its page."""
        typed = request.query_params.get("reference")
        if typed is None:
            return self._form(request)
        reference = self._tidied(typed)
        if reference is None:
            return self._form(request, typed, HTTPStatus.NOT_FOUND)
        return RedirectResponse(f"/report/{reference}", HTTPStatus.SEE_OTHER)

    def show(self, request: Request) -> Response:
        """The report's page; 404 in plain words for one that is not there or is hidden."""
        typed = request.path_params["reference"]
        reference = self._tidied(typed)
        found = self.store.cases.case_by_reference(reference) if reference else None
        pack = self.packs.get(found[1].jurisdiction) if found else None
        if found is None or pack is None or state_of(found[1], found[0].cluster) is State.HIDDEN:
            return self._form(request, typed, HTTPStatus.NOT_FOUND)
        if typed != reference:
            return RedirectResponse(f"/report/{reference}", HTTPStatus.SEE_OTHER)
        case, report = found
        if _is_private(pack, case, report):
            return plain_page(self.pages, request, "report.private", reference=report.reference)
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), pack)
        return self._page(request, words, case, report)

    def _page(self, request: Request, words: CaseWords, case: Case, report: Report) -> Response:
        where = words.public_where(report)
        is_public = report.publication is Publication.PUBLIC
        history = self.store.cases.history(case.cluster.id)
        return self.pages.page(
            "report.html",
            request,
            title=words.title(case, where),
            reference=report.reference,
            quote=report.redacted if is_public else "",
            photos=self._photos(case, Shows.BEFORE, report.id) if is_public else [],
            photos_after=self._photos(case, Shows.AFTER),
            facts=(
                Fact(words.t("case.fact.where"), self._where(words, where, report)),
                *standing_facts(words, case, report, self.clock.now()),
            ),
            next_steps=words.next_steps(report, local(self.clock.now(), words.pack.calendar).date()),
            events=words.events(u for u in history if u.public and u.report_id in {None, report.id}),
        )

    def _where(self, words: CaseWords, where: str, report: Report) -> tuple[str, ...]:
        """The place, its ward on the day and today's where that is another, and the other tiers."""
        today = local(self.clock.now(), words.pack.calendar).date()
        ward = words.ward_then_and_now(report, self.areas_at(report.point, today).ward)
        tiers = (("parish", report.parish), ("division", report.division))
        named = (words.t(f"case.area.{kind}", name=words.area(c)) for kind, c in tiers if words.area(c))
        return tuple(line for line in dict.fromkeys((where, ward, *named)) if line)

    def _photos(self, case: Case, shows: Shows, report_id: str | None = None) -> list[str]:
        """The public photos of one report, or those of the whole case."""
        ids = [report.id for report in case.reports if report_id in {None, report.id}]
        found = self.store.cases.photos_of(ids)
        return [
            f"/photos/{photo.id}"
            for photo in found
            if photo.publication is Publication.PUBLIC and photo.shows is shows
        ]

    def _form(self, request: Request, typed: str = "", status: int = HTTPStatus.OK) -> Response:
        return self.pages.page(
            "find_report.html",
            request,
            status=status,
            typed=typed[:_LONGEST],
            missing=status != HTTPStatus.OK,
        )

    def _tidied(self, typed: str) -> str | None:
        """The reference as we write it, from however it was typed."""
        prefixes = [pack.authority.prefix for pack in self.packs.values()]
        return next(iter(find_references(typed[:_LONGEST].strip(), prefixes)), None)


def _is_private(pack: Pack, case: Case, report: Report) -> bool:
    category = pack.category(case.cluster.category)
    return report.publication is Publication.PRIVATE or category is None or category.sensitive
