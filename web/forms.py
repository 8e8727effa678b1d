"""What pages with a form share: reading it, and the plain pages where that leads nowhere."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from casework.errors import LinkInvalid, StreetcallError
from storage.photos import MAX_BYTES
from web.rendering import Pages

MAX_FORM = 64 * 1024
"""Bytes of a form; there are no files in these."""

MAX_PHOTO = MAX_BYTES + 64 * 1024
"""Bytes of a photo with what a browser wraps it in; a little more, so that too big is said kindly."""

MAX_WORDS = 1500
"""Letters that somebody may say in one field."""

_STATUS = {"link.expired": HTTPStatus.GONE}


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a form, stripped. Raises HTTPException 413 for one that is far too long."""
    _check_length(request, MAX_FORM)
    async with request.form(max_files=0, max_fields=20) as form:
        return _fields(form)


async def read_form_with_photo(request: Request) -> tuple[Mapping[str, str], bytes]:
    """The same with the file in its field ``photo``, as it came; empty where there is none."""
    has_file = request.headers.get("content-type", "").startswith("multipart/form-data")
    _check_length(request, MAX_FORM + (MAX_PHOTO if has_file else 0))
    async with request.form(max_files=1, max_fields=20) as form:
        photo = form.get("photo")
        return _fields(form), await photo.read() if isinstance(photo, UploadFile) else b""


def _check_length(request: Request, most: int) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _fields(form: FormData) -> Mapping[str, str]:
    return {
        name: value.replace("\r\n", "\n").strip() for name, value in form.items() if isinstance(value, str)
    }


def plain_page(
    pages: Pages,
    request: Request,
    key: str,
    status: int = HTTPStatus.OK,
    quote: str = "",
    **parameters: object,
) -> Response:
    """A page that says one thing: a heading and a sentence, ``key.title`` and ``key.text``.

    ``quote`` is what was typed and could not be used: it is given back.
    """
    t = pages.words_for(request)
    return pages.page(
        "plain.html",
        request,
        status=status,
        title=t(f"{key}.title", **parameters),
        text=t(f"{key}.text", **parameters),
        quote=quote,
    )


def link_page(pages: Pages, request: Request, fault: LinkInvalid) -> Response:
    """Says what is wrong with a link, and what to do now."""
    return plain_page(pages, request, fault.key, _STATUS.get(fault.key, HTTPStatus.NOT_FOUND))


def again_page(pages: Pages, request: Request, typed: Mapping[str, str]) -> Response:
    """The database is away: the form comes back with all that was typed, to be sent again."""
    return pages.page("again.html", request, status=HTTPStatus.SERVICE_UNAVAILABLE, typed=typed)


def sentence(pages: Pages, request: Request, fault: StreetcallError, **more: object) -> str:
    """An error in words; a general one where the pages have none for it."""
    t = pages.words_for(request)
    try:
        return t(fault.key, **(dict(fault.parameters) | more))
    except KeyError:
        return t("error.not_allowed")
