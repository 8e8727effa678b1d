"""``/act/TOKEN``: the page by which a service says how a case stands, without a password.

Opening it does nothing, because mail scanners open every link; only the form acts. What is
possible is read again when the form arrives, and said again where it has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.acting import EFFECTS, Act, act, is_holder, may_act
from casework.cases import Case, Photo
from casework.clock import Clock
from casework.errors import Conflict, LinkInvalid, NotAllowed, StorageUnavailable
from casework.handovers import hand_over
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import COUNCILLORS, Pack
from config.links import ActLink, Links
from storage.store import Store
from web.case_words import CaseWords, officer_facts
from web.forms import MAX_WORDS, again_page, link_page, plain_page, read_form, sentence
from web.rendering import Pages

_ATTEMPTS = 3
"""A case that somebody else changes while we write is read again so often."""

_SOMEBODY = "unknown"
"""The answer "I do not know" to "whose is it?"."""

_FIELDS = {
    "act.reason_needed": "words",
    "act.too_long": "words",
    "act.whose_needed": "whose",
    "act.no_service": "whose",
    "act.choose": "answer",
}
"""What is wrong with the form itself, and where to mend it; every other fault is the case's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be said of the case."""

    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A link with the case that it opens."""

    token: str
    link: ActLink
    case: Case
    pack: Pack


class _Gone(Exception):
    """There is no such case any more."""


def create_act_routes(
    store: Store, packs: Mapping[str, Pack], links: Links, clock: Clock, mint: Mint, pages: Pages
) -> list[Route]:
    """The routes ``GET`` and ``POST /act/TOKEN``."""
    desk = _ActPages(store, packs, links, clock, mint, pages)
    return [
        Route("/act/{token}", desk.show, methods=["GET"], name="act"),
        Route("/act/{token}", desk.post, methods=["POST"], name="act-post"),
    ]


@dataclass(frozen=True, slots=True)
class _ActPages:
    store: Store
    packs: Mapping[str, Pack]
    links: Links
    clock: Clock
    mint: Mint
    pages: Pages

    def show(self, request: Request) -> Response:
        """The case and what may be said of it."""
        try:
            opened = self._open(request)
        except LinkInvalid as fault:
            return link_page(self.pages, request, fault)
        except _Gone:
            return plain_page(self.pages, request, "act.gone", HTTPStatus.NOT_FOUND)
        said = request.query_params.get("said", "")
        if not is_holder(opened.pack, opened.case, opened.link.actor, self.clock.now()):
            return self._passed_on(request, opened, said)
        typed = {"act": request.query_params.get("act", "")}
        return self._page(request, opened, typed, said=said if said in set(Act) else "")

    async def post(self, request: Request) -> Response:
        """Do what the form says, or say why not; nothing that was typed is lost."""
        typed = await read_form(request)
        return await run_in_threadpool(self._answer, request, typed)

    def _answer(self, request: Request, typed: Mapping[str, str]) -> Response:
        try:
            opened, fault = self._act(request, typed)
        except LinkInvalid as broken:
            return link_page(self.pages, request, broken)
        except _Gone:
            return plain_page(self.pages, request, "act.gone", HTTPStatus.NOT_FOUND)
        except StorageUnavailable:
            return again_page(self.pages, request, typed)
        if fault is None:
            # Loading the page again must not act again.
            return RedirectResponse(f"{request.url.path}?said={quote(typed['act'])}", HTTPStatus.SEE_OTHER)
        if fault.key == "act.passed_on":
            return self._passed_on(request, opened, "")
        status = HTTPStatus.UNPROCESSABLE_ENTITY if fault.key in _FIELDS else HTTPStatus.CONFLICT
        return self._page(request, opened, typed, status, fault=fault)

    def _act(self, request: Request, typed: Mapping[str, str]) -> tuple[Opened, NotAllowed | None]:
        """Try until nobody else is in between; the case as it was read last, and why not."""
        for _ in range(_ATTEMPTS):
            opened = self._open(request)
            if self._is_so_already(opened, typed.get("act", "")):
                return opened, None
            try:
                self.store.commit(self._outcome(opened, typed), self.clock.now())
            except Conflict:
                continue
            except NotAllowed as fault:
                return opened, fault
            return opened, None
        return self._open(request), NotAllowed("changed meanwhile", key="act.changed")

    def _is_so_already(self, opened: Opened, chosen: str) -> bool:
        """A form sent twice, or a colleague who was quicker with the same: that is no fault."""
        effect = EFFECTS.get(Act(chosen)) if chosen in set(Act) else None
        if effect is None or opened.case.cluster.state is not effect.state:
            return False
        return is_holder(opened.pack, opened.case, opened.link.actor, self.clock.now())

    def _outcome(self, opened: Opened, typed: Mapping[str, str]) -> Outcome:
        pack, case, actor, now = opened.pack, opened.case, opened.link.actor, self.clock.now()
        words = typed.get("words", "")
        if len(words) > MAX_WORDS:
            raise NotAllowed("too long", key="act.too_long", most=MAX_WORDS)
        if typed.get("act") not in set(Act):
            raise NotAllowed("nothing chosen", key="act.choose")
        doing = Act(typed["act"])
        if doing is not Act.NOT_OURS:
            return act(pack, case, doing, actor, words, now, self.mint)
        if not typed.get("whose"):
            raise NotAllowed("whose is it?", key="act.whose_needed")
        to = None if typed["whose"] == _SOMEBODY else typed["whose"]
        return hand_over(pack, case, to, actor, words, now, self.mint)

    def _open(self, request: Request) -> Opened:
        """The case behind the link. Raises LinkInvalid or _Gone."""
        token = request.path_params["token"]
        link = self.links.read_act(token)
        case = self.store.cases.case_of_report(link.report_id)
        pack = self.packs.get(case.cluster.jurisdiction) if case else None
        if case is None or pack is None:
            raise _Gone
        return Opened(token, link, case, pack)

    def _passed_on(self, request: Request, opened: Opened, said: str) -> Response:
        """A service that has passed the case on reads whose it is now, and no more."""
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), opened.pack)
        key = "act.thanks_passed_on" if said == Act.NOT_OURS else "act.passed_on"
        return plain_page(
            self.pages,
            request,
            key,
            HTTPStatus.OK if said == Act.NOT_OURS else HTTPStatus.GONE,
            who=words.who(opened.case.cluster.service),
            reference=opened.case.report(opened.link.report_id).reference,
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
        report = opened.case.report(opened.link.report_id)
        return self.pages.page(
            "act.html",
            request,
            status=status,
            title=words.t(
                "case.title", what=words.what(opened.case.cluster.category), where=words.where(report)
            ),
            reference=report.reference,
            ask=f"/ask/{opened.token}",
            quote=report.text,
            photos=self._photos(opened),
            facts=officer_facts(words, opened.case, report, self.clock.now()),
            events=words.events(self.store.cases.history(opened.case.cluster.id)),
            choices=_choices(words, opened, typed.get("act", "")),
            services=services_by_body(opened.pack),
            councillors=COUNCILLORS,
            somebody=_SOMEBODY,
            holder=opened.case.cluster.service,
            typed=typed,
            most=MAX_WORDS,
            said=words.t(f"act.said.{said}") if said else "",
            error=sentence(self.pages, request, fault) if fault else "",
            field=_FIELDS.get(fault.key, "") if fault else "",
        )

    def _photos(self, opened: Opened) -> list[str]:
        """The addresses of the case's photos, good for whoever holds this link."""
        found: tuple[Photo, ...] = self.store.cases.photos_of(report.id for report in opened.case.reports)
        return [f"/photos/{photo.id}?act={opened.token}" for photo in found]


def services_by_body(pack: Pack) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every body with its services, code and name, for a list to choose from."""
    return [(body.name, [(s.code, s.name) for s in body.services]) for body in pack.bodies if body.services]


def _choices(words: CaseWords, opened: Opened, chosen: str) -> list[Choice]:
    return [
        Choice(str(act), words.t(f"act.choice.{act}"), words.t(f"act.hint.{act}"), act == chosen)
        for act in Act
        if may_act(opened.case, act)
    ]
