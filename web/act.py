"""``/act/TOKEN``: the page by which a service says how a case stands, without a password.

Opening it does nothing, because mail scanners open every link; only the form acts. What is
possible is read again when the form arrives, and said again where it has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.acting import Act, may_act
from casework.calendars import local
from casework.cases import Case, Photo, Shows, Update
from casework.clock import Clock
from casework.errors import (
    Conflict,
    LinkInvalid,
    NotAllowed,
    PhotoRefused,
    StorageUnavailable,
    StreetcallError,
)
from casework.minting import Mint
from casework.offers import is_holder
from casework.packs import COUNCILLORS, Pack, Use
from config.links import ActLink, Links
from storage.photos import PhotoStore, process_alone
from storage.store import Store
from web.act_form import FIELDS, SOMEBODY, Said, chosen, field_of, is_so_already, outcome_of
from web.case_words import CaseWords, officer_facts
from web.forms import MAX_WORDS, again_page, link_page, plain_page, read_form_with_photo, sentence
from web.rendering import Pages

_ATTEMPTS = 3
"""A case that somebody else changes while we write is read again so often."""


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
    store: Store,
    packs: Mapping[str, Pack],
    photos: PhotoStore,
    links: Links,
    clock: Clock,
    mint: Mint,
    pages: Pages,
) -> list[Route]:
    """The routes ``GET`` and ``POST /act/TOKEN``."""
    desk = _ActPages(store, packs, photos, links, clock, mint, pages)
    return [
        Route("/act/{token}", desk.show, methods=["GET"], name="act"),
        Route("/act/{token}", desk.post, methods=["POST"], name="act-post"),
    ]


@dataclass(frozen=True, slots=True)
class _ActPages:
    store: Store
    packs: Mapping[str, Pack]
    photos: PhotoStore
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
        typed, photo = await read_form_with_photo(request)
        return await run_in_threadpool(self._answer, request, typed, photo)

    def _answer(self, request: Request, typed: Mapping[str, str], photo: bytes) -> Response:
        try:
            opened, fault = self._act(request, typed, photo)
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
            return self._passed_on(request, opened, "", typed.get("words", ""))
        status = HTTPStatus.UNPROCESSABLE_ENTITY if fault.key in FIELDS else HTTPStatus.CONFLICT
        return self._page(request, opened, typed, status, fault=fault)

    def _act(
        self, request: Request, typed: Mapping[str, str], photo: bytes
    ) -> tuple[Opened, StreetcallError | None]:
        """Try until nobody else is in between; the case as it was read last, and why not."""
        for _ in range(_ATTEMPTS):
            opened = self._open(request)
            now = self.clock.now()
            said = Said(opened.pack, opened.case, opened.link.actor, now)
            if is_so_already(said, typed):
                return opened, None
            try:
                photos = self._kept(photo, now) if chosen(typed) is Act.DONE else ()
                self.store.commit(outcome_of(said, typed, photos, self.mint), now)
            except Conflict:
                continue
            except (NotAllowed, PhotoRefused) as fault:
                return opened, fault
            return opened, None
        return self._open(request), NotAllowed("changed meanwhile", key="act.changed")

    def _kept(self, data: bytes, now: datetime) -> tuple[Photo, ...]:
        """The photo of what was done, cleaned. Storing is by content: doing it again is harmless."""
        if not data:
            return ()
        processed = process_alone(data)
        return (
            Photo(
                id=self.mint.id(),
                report_id=None,
                contact_id=None,
                name=self.photos.put(processed),
                width=processed.width,
                height=processed.height,
                dhash=f"{processed.dhash:016x}",
                latitude=None,
                longitude=None,
                created_at=now,
            ),
        )

    def _open(self, request: Request) -> Opened:
        """The case behind the link. Raises LinkInvalid or _Gone."""
        token = request.path_params["token"]
        link = self.links.read_act(token)
        case = self.store.cases.case_of_report(link.report_id)
        pack = self.packs.get(case.cluster.jurisdiction) if case else None
        if case is None or pack is None:
            raise _Gone
        return Opened(token, link, case, pack)

    def _passed_on(self, request: Request, opened: Opened, said: str, typed: str = "") -> Response:
        """A service that has passed the case on reads whose it is now, and no more; and its own words."""
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), opened.pack)
        key = "act.thanks_passed_on" if said == Act.NOT_OURS else "act.passed_on"
        return plain_page(
            self.pages,
            request,
            key,
            HTTPStatus.OK if said == Act.NOT_OURS else HTTPStatus.GONE,
            quote=typed,
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
        fault: StreetcallError | None = None,
    ) -> Response:
        words = CaseWords(self.pages.words_for(request), self.pages.language_of(request), opened.pack)
        pack, case = opened.pack, opened.case
        report = case.report(opened.link.report_id)
        history = self.store.cases.history(case.cluster.id)
        return self.pages.page(
            "act.html",
            request,
            status=status,
            title=words.title(case, words.where(report)),
            reference=report.reference,
            ask=f"/ask/{opened.token}",
            quote=report.text,
            photos=self._photos(opened, Shows.BEFORE),
            photos_after=self._photos(opened, Shows.AFTER),
            facts=officer_facts(words, case, report, self.clock.now()),
            events=words.events(history),
            choices=_choices(words, opened, typed.get("act", "")),
            reasons={str(use): pack.reasons(use) for use in Use},
            tomorrow=(local(self.clock.now(), pack.calendar) + timedelta(days=1)).date().isoformat(),
            promised=words.promised(case),
            services=services_by_body(pack),
            councillors=COUNCILLORS,
            somebody=SOMEBODY,
            holder=case.cluster.service,
            typed=typed,
            most=MAX_WORDS,
            seen=history[-1].id if history else "",
            meanwhile=words.events(_since(history, typed.get("seen", ""))) if fault else (),
            said=words.t(f"act.said.{said}") if said else "",
            error=_in_words(self.pages, request, words, fault) if fault else "",
            field=field_of(fault.key, typed) if fault else "",
        )

    def _photos(self, opened: Opened, shows: Shows) -> list[str]:
        """The addresses of the case's photos, good for whoever holds this link."""
        found: tuple[Photo, ...] = self.store.cases.photos_of(report.id for report in opened.case.reports)
        return [f"/photos/{photo.id}?act={opened.token}" for photo in found if photo.shows is shows]


def _since(history: Sequence[Update], seen: str) -> Sequence[Update]:
    """What happened after the entry that the form was made with."""
    ids = [update.id for update in history]
    return history[ids.index(seen) + 1 :] if seen in ids else ()


def _in_words(pages: Pages, request: Request, words: CaseWords, fault: StreetcallError) -> str:
    """The fault as a sentence, with its dates as people say them."""
    dates = {
        name.removesuffix("_on"): words.day(datetime.fromisoformat(str(value)))
        for name, value in fault.parameters.items()
        if name.endswith("_on")
    }
    return sentence(pages, request, fault, **dates)


def services_by_body(pack: Pack) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every body with its services, code and name, for a list to choose from."""
    return [(body.name, [(s.code, s.name) for s in body.services]) for body in pack.bodies if body.services]


def _choices(words: CaseWords, opened: Opened, chosen: str) -> list[Choice]:
    return [
        Choice(str(act), words.t(f"act.choice.{act}"), words.t(f"act.hint.{act}"), act == chosen)
        for act in Act
        if may_act(opened.case, act)
    ]
