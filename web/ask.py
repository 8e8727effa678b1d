"""``/ask/TOKEN``: a service or councillor asks the people who reported a problem, in its own words.

The token is that of ``/act``: whoever may say how a case stands may ask about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.cases import Case, Report
from casework.clock import Clock
from casework.errors import Conflict, LinkInvalid, NotAllowed, StorageUnavailable
from casework.inquiries import MOST_LETTERS, ask_residents
from casework.minting import Mint
from casework.packs import Pack
from config.links import Links
from storage.store import Store
from web.case_words import CaseWords
from web.forms import again_page, link_page, plain_page, read_form, sentence
from web.rendering import Pages

_ATTEMPTS = 3
_OF_THE_FORM = {"act.question_needed", "act.question_too_long"}


@dataclass(frozen=True, slots=True)
class _Opened:
    pack: Pack
    case: Case
    report: Report
    actor: str


class _Gone(Exception):
    """There is no such case any more."""


def create_ask_routes(
    store: Store, packs: Mapping[str, Pack], links: Links, clock: Clock, mint: Mint, pages: Pages
) -> list[Route]:
    """The routes ``GET`` and ``POST /ask/TOKEN``."""
    desk = _AskPages(store, packs, links, clock, mint, pages)
    return [
        Route("/ask/{token}", desk.show, methods=["GET"], name="ask"),
        Route("/ask/{token}", desk.post, methods=["POST"], name="ask-post"),
    ]


@dataclass(frozen=True, slots=True)
class _AskPages:
    store: Store
    packs: Mapping[str, Pack]
    links: Links
    clock: Clock
    mint: Mint
    pages: Pages

    def show(self, request: Request) -> Response:
        """The form, or that it was asked."""
        try:
            opened = self._open(request)
        except LinkInvalid as fault:
            return link_page(self.pages, request, fault)
        except _Gone:
            return plain_page(self.pages, request, "act.gone", HTTPStatus.NOT_FOUND)
        if "asked" in request.query_params:
            return plain_page(self.pages, request, "act.asked", reference=opened.report.reference)
        return self._page(request, opened, {})

    async def post(self, request: Request) -> Response:
        """Ask, or say why not; nothing that was typed is lost."""
        return await run_in_threadpool(self._answer, request, await read_form(request))

    def _answer(self, request: Request, typed: Mapping[str, str]) -> Response:
        try:
            opened, fault = self._ask(request, typed.get("words", ""))
        except LinkInvalid as broken:
            return link_page(self.pages, request, broken)
        except _Gone:
            return plain_page(self.pages, request, "act.gone", HTTPStatus.NOT_FOUND)
        except StorageUnavailable:
            return again_page(self.pages, request, typed)
        if fault is None:
            # Loading the page again must not ask again.
            return RedirectResponse(f"{request.url.path}?asked=1", HTTPStatus.SEE_OTHER)
        return self._page(request, opened, typed, fault)

    def _ask(self, request: Request, words: str) -> tuple[_Opened, NotAllowed | None]:
        now = self.clock.now()
        for _ in range(_ATTEMPTS):
            opened = self._open(request)
            if self._is_asked(opened, words):
                return opened, None
            try:
                outcome = ask_residents(opened.pack, opened.case, words, opened.actor, now, self.mint)
                self.store.commit(outcome, now)
            except Conflict:
                continue
            except NotAllowed as fault:
                return opened, fault
            return opened, None
        return self._open(request), NotAllowed("changed meanwhile", key="act.changed")

    def _is_asked(self, opened: _Opened, words: str) -> bool:
        """A form sent twice asks once, as long as the question waits."""
        contacts = [report.contact_id for report in opened.case.standing if report.contact_id]
        waiting = self.store.cases.inquiries_of(contacts)
        return any(i.words == words.strip() and i.actor == opened.actor for i in waiting)

    def _open(self, request: Request) -> _Opened:
        """The case behind the link. Raises LinkInvalid or _Gone."""
        link = self.links.read_act(request.path_params["token"])
        case = self.store.cases.case_of_report(link.report_id)
        pack = self.packs.get(case.cluster.jurisdiction) if case else None
        if case is None or pack is None:
            raise _Gone
        return _Opened(pack, case, case.report(link.report_id), link.actor)

    def _page(
        self, request: Request, opened: _Opened, typed: Mapping[str, str], fault: NotAllowed | None = None
    ) -> Response:
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), opened.pack)
        status = HTTPStatus.OK
        if fault:
            mine = fault.key in _OF_THE_FORM
            status = HTTPStatus.UNPROCESSABLE_ENTITY if mine else HTTPStatus.CONFLICT
        return self.pages.page(
            "ask.html",
            request,
            status=status,
            title=words.t("act.ask.title"),
            reference=opened.report.reference,
            about=words.t(
                "case.title", what=words.what(opened.case.cluster.category), where=words.where(opened.report)
            ),
            quote=opened.report.text,
            typed=typed,
            most=MOST_LETTERS,
            error=sentence(self.pages, request, fault) if fault else "",
            field="words" if fault and fault.key in _OF_THE_FORM else "",
            back=f"/act/{request.path_params['token']}",
        )
