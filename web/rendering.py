"""Pages from templates: their words from the catalogue, their headers safe.

Scripts and styles come from our own files only, never from inside a page, so the policy in
``SECURITY_HEADERS`` can refuse all others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from babel import Locale, negotiate_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.wording import Catalogue
from web.assets import HERE, Assets, load_assets

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with that, browsers hide the Origin of our own forms too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"


class Words(Protocol):
    """``t`` in a template: the sentence for a key in the reader's language."""

    def __call__(self, key: str, **parameters: object) -> str:
        """The sentence, filled in."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the templates for one site; ``site`` is the name in the header of every page."""

    environment: Environment
    catalogue: Catalogue
    assets: Assets
    site: str

    def page(self, template: str, request: Request, *, status: int = 200, **context: object) -> HTMLResponse:
        """A template as a response, in a language that the reader's browser asks for."""
        language = preferred_language(request.headers.get("accept-language", ""), self.catalogue.languages())
        body = self.environment.get_template(template).render(
            t=self.words_for(request),
            language=language.replace("_", "-"),
            direction=Locale.parse(language).text_direction,
            site=self.site,
            asset=self.assets.url,
            **context,
        )
        return HTMLResponse(
            body,
            status_code=status,
            headers={"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"},
        )

    def language_of(self, request: Request) -> str:
        """The language that this reader gets."""
        accept = request.headers.get("accept-language", "")
        return preferred_language(accept, self.catalogue.languages())

    def words_for(self, request: Request) -> Words:
        """The sentences in this reader's language."""
        language = self.language_of(request)

        def t(key: str, **parameters: object) -> str:
            return self.catalogue.text(key, language, **parameters)

        return t


def create_pages(site: str, assets: Assets | None = None) -> Pages:
    """The renderer of web/templates, with the words of web/locale.

    Raises SettingsError where the front-end libraries are missing.
    """
    return Pages(create_environment(), Catalogue(HERE / "locale"), assets or load_assets(), site)


def create_environment() -> Environment:
    """The templates of web/templates."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def preferred_language(accept: str, available: tuple[str, ...]) -> str:
    """The language that suits an Accept-Language header best; English where none does."""
    wishes = sorted(map(_wish, accept.split(",")), key=lambda wish: -wish[1])
    names = [name for name, weight in wishes if name and weight > 0]
    return negotiate_locale(names, available, sep="_") or "en"


def _wish(part: str) -> tuple[str, float]:
    name, _, weight = part.partition(";")
    try:
        quality = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        quality = 0.0
    return name.strip().replace("-", "_"), quality


class SecurityHeaders:
    """Middleware: every response gets the headers that it has not set itself.

    ``https`` adds HSTS; set it only where the public address is https.
    """

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self._app = app
        self._headers: Mapping[str, str] = SECURITY_HEADERS | (
            {"Strict-Transport-Security": HSTS} if https else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
