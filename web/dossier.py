"""``/dossier/TOKEN``: the dossier of a matter, to read, print, edit and sign, with each kept version."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.calls import DossierVersion, Matter
from casework.carrying import keep_dossier
from casework.dossiers import dossier, edited
from casework.errors import NotAllowed
from casework.ladder import LADDER, Deed, Kind, kind_of
from casework.outcomes import Outcome
from casework.packs import Pack
from casework.stepping import MAX_WORDS, Scene
from storage.photos import PhotoStore
from storage.store import Store
from web.call_words import CallWords
from web.carry import CarryPages, Opened, refusal
from web.dossier_words import photo_ids, pictures, show
from web.forms import plain_page, read_form


def create_dossier_routes(carry: CarryPages, photos: PhotoStore) -> list[Route]:
    """The routes ``GET`` and ``POST /dossier/TOKEN``; the token is that of ``/carry``."""
    shown = _DossierPages(carry, photos)
    return [
        Route("/dossier/{token}", shown.show, methods=["GET"], name="dossier"),
        Route("/dossier/{token}", shown.post, methods=["POST"], name="dossier-post"),
    ]


def present_body(store: Store, pack: Pack, matter: Matter, scene: Scene) -> dict[str, object]:
    """The dossier as it stands now."""
    cluster = matter.case.cluster.id if matter.case else ""
    history = store.cases.history(cluster) if cluster else ()
    photos = store.cases.photos_of(report.id for report in matter.case.standing) if matter.case else ()
    return dossier(pack, matter, history, photos, scene.now)


@dataclass(frozen=True, slots=True)
class _DossierPages:
    carry: CarryPages
    photos: PhotoStore

    def show(self, request: Request) -> Response:
        """The dossier as it stands, or the version of that number."""
        return self.carry.guarded(request, {}, lambda opened: self._page(request, opened, {}))

    async def post(self, request: Request) -> Response:
        """A councillor keeps or signs a version."""
        typed = await read_form(request)
        return await run_in_threadpool(
            self.carry.guarded, request, typed, lambda opened: self._keep(request, opened, typed)
        )

    def _keep(self, request: Request, opened: Opened, typed: Mapping[str, str]) -> Response:
        signed = typed.get("do") == "sign"

        def act(scene: Scene) -> Outcome:
            body = present_body(self.carry.store, opened.pack, scene.matter, scene)
            return keep_dossier(scene, edited(body, typed), signed)

        try:
            self.carry.carry_out(opened, act)
        except NotAllowed as fault:
            return self._page(
                request, self.carry.open(request), typed, HTTPStatus.UNPROCESSABLE_ENTITY, fault=fault
            )
        return RedirectResponse(
            f"{request.url.path}?said={'signed' if signed else 'kept'}", HTTPStatus.SEE_OTHER
        )

    def _page(
        self,
        request: Request,
        opened: Opened,
        typed: Mapping[str, str],
        status: int = HTTPStatus.OK,
        *,
        fault: NotAllowed | None = None,
    ) -> Response:
        carry, matter = self.carry, opened.matter
        if kind_of(opened.link.actor) is Kind.SERVICE or opened.link.about.startswith("ward:"):
            return plain_page(carry.pages, request, "carry.gone", HTTPStatus.NOT_FOUND)
        words, scene = carry.words(request, opened.pack), carry.scene(opened)
        version = _version(matter, request.query_params.get("version", ""))
        body = version.body if version else present_body(carry.store, opened.pack, matter, scene)
        said = request.query_params.get("said", "")
        stage_signs = matter.stage in LADDER[Deed.SIGN].sources
        return carry.pages.page(
            "dossier.html",
            request,
            status=status,
            standalone="",
            shown=show(words, body, pictures(carry.store, self.photos, photo_ids(body))),
            versions=[
                (v.number, words.actor(v.made_by), words.deadline(v.made_at), v.signed)
                for v in matter.dossiers
            ],
            version=version.number if version else 0,
            signature=signature(words, version),
            may_edit=kind_of(opened.link.actor) is Kind.COUNCILLOR and version is None and bool(matter.call),
            may_sign=stage_signs,
            typed=typed,
            said=words.t(f"dossier.said.{said}") if said in {"kept", "signed"} else "",
            error=refusal(words, matter, scene, fault) if fault else "",
            back=f"/carry/{opened.token}",
            most=MAX_WORDS,
        )


def _version(matter: Matter, number: str) -> DossierVersion | None:
    return next((v for v in matter.dossiers if str(v.number) == number), None)


def signature(words: CallWords, version: DossierVersion | None) -> str:
    """Who signed a version, and when; "" for one that nobody signed."""
    if version is None or not version.signed:
        return ""
    return words.t("dossier.signature", who=words.actor(version.made_by), on=words.deadline(version.made_at))
