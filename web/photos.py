"""``/photos/ID``: public photos for everybody, others for those whom a signed link lets see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.cases import Photo, Publication, Shows
from casework.clock import Clock
from casework.errors import LinkInvalid, NotFound
from casework.offers import is_holder
from casework.packs import Pack
from casework.states import State
from config.links import Links
from storage.photos import PhotoStore
from storage.store import Store

_FOR_ALL = "public, max-age=300"
_FOR_ONE = "private, max-age=300"


def create_photo_routes(
    store: Store, packs: Mapping[str, Pack], photos: PhotoStore, links: Links, clock: Clock
) -> list[Route]:
    """The route ``GET /photos/ID``."""
    return [Route("/photos/{id}", _Photos(store, packs, photos, links, clock).show, name="photo")]


@dataclass(frozen=True, slots=True)
class _Photos:
    store: Store
    packs: Mapping[str, Pack]
    photos: PhotoStore
    links: Links
    clock: Clock

    def show(self, request: Request) -> Response:
        """The JPEG, or 404: who may not see a photo is not told that there is one."""
        photo = next(iter(self.store.cases.photos_by_id([request.path_params["id"]])), None)
        caching = self._caching(request, photo) if photo else ""
        if photo is None or not caching:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        try:
            jpeg = self.photos.get(photo.name)
        except NotFound:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": caching})

    def _caching(self, request: Request, photo: Photo) -> str:
        """How long the photo may be kept by whom; "" where it may not even be seen."""
        if self._is_public(photo):
            return _FOR_ALL
        try:
            allowed = self._may_act(request, photo) or self._may_sort(request, photo)
        except LinkInvalid:
            return ""
        return _FOR_ONE if allowed else ""

    def _is_public(self, photo: Photo) -> bool:
        if photo.publication is not Publication.PUBLIC or photo.report_id is None:
            return False
        case = self.store.cases.case_of_report(photo.report_id)
        if case is None or case.cluster.state is State.HIDDEN:
            return False
        report = case.report(photo.report_id)
        pack = self.packs.get(report.jurisdiction)
        category = pack.category(case.cluster.category) if pack else None
        # What the service shows of its work was never the resident's: it needs no look at the report.
        looked_at = photo.shows is Shows.AFTER or report.publication is Publication.PUBLIC
        shown = looked_at and report.own_state is not State.HIDDEN
        return shown and category is not None and not category.sensitive

    def _may_act(self, request: Request, photo: Photo) -> bool:
        token = request.query_params.get("act", "")
        if not token or photo.report_id is None:
            return False
        link = self.links.read_act(token)
        case = self.store.cases.case_of_report(link.report_id)
        pack = self.packs.get(case.cluster.jurisdiction) if case else None
        if case is None or pack is None or not is_holder(pack, case, link.actor, self.clock.now()):
            return False
        return photo.report_id in {report.id for report in case.reports}

    def _may_sort(self, request: Request, photo: Photo) -> bool:
        token = request.query_params.get("sort", "")
        item = self.store.cases.desk_item(self.links.read_sort(token).item_id) if token else None
        if item is None:
            return False
        if photo.report_id is None:
            return item.report_id is None and photo.contact_id == item.contact_id
        return photo.report_id == item.report_id
