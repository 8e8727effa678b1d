"""What is said when a page cannot be shown: plain words for people, JSON for programs."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from casework.errors import StorageUnavailable
from web.forms import plain_page
from web.rendering import Pages

log = structlog.get_logger()

Handler = Callable[[Request, Exception], Awaitable[Response]]

RETRY_AFTER = {"Retry-After": "5"}
_NOT_FOUND = 404
_PROGRAMS = ("/api/", "/webhooks/", "/healthz", "/readyz", "/metrics")


def create_error_handlers(pages: Pages) -> Mapping[type[Exception], Handler]:
    """The handlers, by exception."""

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else _NOT_FOUND
        headers = error.headers if isinstance(error, HTTPException) else None
        if _is_program(request):
            return JSONResponse({"error": _of(error)}, status_code=status, headers=headers)
        key = "missing" if status == _NOT_FOUND else "impossible"
        response = plain_page(pages, request, f"error.{key}", status)
        response.headers.update(headers or {})
        return response

    async def no_storage(request: Request, _error: Exception) -> Response:
        if _is_program(request):
            return unavailable()
        response = plain_page(pages, request, "error.away", 503)
        response.headers.update(RETRY_AFTER)
        return response

    async def unexpected(request: Request, error: Exception) -> Response:
        """One opaque sentence with a number; the details are in the log under it."""
        error_id = uuid4().hex[:8]
        # No more of the path: what follows may be a signed link.
        room = "/" + request.url.path.lstrip("/").partition("/")[0]
        log.error("request_failed", error_id=error_id, path=room, exc_info=error)
        if _is_program(request):
            return JSONResponse(
                {"error": f"Something went wrong on our side. Its number is {error_id}."}, status_code=500
            )
        return plain_page(pages, request, "error.ours", 500, error_id=error_id)

    return {
        HTTPException: http,
        StorageUnavailable: no_storage,
        ClientDisconnect: _gone,
        Exception: unexpected,
    }


async def _gone(_request: Request, _error: Exception) -> Response:
    """Nobody reads this: the line broke while they were sending, which is no fault of ours."""
    return Response(status_code=400)


def unavailable() -> JSONResponse:
    """The database does not answer: nothing was taken in, send it again."""
    return JSONResponse(
        {"error": "We cannot take messages just now. Nothing was lost: please send it again."},
        status_code=503,
        headers=RETRY_AFTER,
    )


def _is_program(request: Request) -> bool:
    return request.url.path.startswith(_PROGRAMS)


def _of(error: Exception) -> str:
    return str(error.detail) if isinstance(error, HTTPException) else "Not found"
