"""The web server: the pages, the chat's API and the health pages, in one application."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from bot.app import WEB_CHAT, App
from bot.channels.web_chat import WebChat, WebChatApi
from bot.health import Health
from bot.mail.post import mail_folder
from web import chat_page
from web.act import create_act_routes
from web.ask import create_ask_routes
from web.call_page import create_call_routes
from web.carry import CarryPages, create_carry_routes
from web.dev_mail import create_dev_mail_routes
from web.dossier import create_dossier_routes
from web.error_pages import create_error_handlers
from web.photos import create_photo_routes
from web.rendering import Pages, SecurityHeaders, create_pages
from web.report_page import create_report_routes
from web.sort import Tools, create_sort_routes

log = structlog.get_logger()

EXAMPLES = 3


def create_server(app: App, start: Callable[[], None], stop: Callable[[], None]) -> FastAPI:
    """The application to serve; ``start`` and ``stop`` run with it."""

    @contextlib.asynccontextmanager
    async def lifespan(_server: FastAPI) -> AsyncIterator[None]:
        start()
        yield
        await run_in_threadpool(stop)

    server = FastAPI(title="Streetcall", docs_url=None, redoc_url=None, lifespan=lifespan)
    pages = create_pages(_site(app))
    server.router.routes.extend(_routes(app, pages))
    server.add_middleware(SecurityHeaders, https=app.settings.address.startswith("https:"))
    for error, handler in create_error_handlers(pages).items():
        server.add_exception_handler(error, handler)
    return server


def _routes(app: App, pages: Pages) -> Sequence[BaseRoute]:
    channel = app.channels[WEB_CHAT]
    if not isinstance(channel, WebChat):
        raise TypeError("the web chat is not a WebChat")
    api = WebChatApi(channel, app.intake, app.store, app.wording, app.key)
    carry = CarryPages(app.store, app.packs, app.links, app.clock, app.mint, pages)
    shown = (
        *create_report_routes(app.store, app.packs, app.clock, pages, app.understander.areas.at),
        *create_photo_routes(app.store, app.packs, app.photos, app.links, app.clock),
        *create_ask_routes(app.store, app.packs, app.links, app.clock, app.mint, pages),
        *create_act_routes(app.store, app.packs, app.photos, app.links, app.clock, app.mint, pages),
        *create_call_routes(app.store, app.packs, app.clock, pages),
        *create_carry_routes(carry),
        *create_dossier_routes(carry, app.photos),
        *create_sort_routes(app.store, app.packs, app.links, app.clock, app.mint, pages, _sorting_tools(app)),
    )
    demo = create_dev_mail_routes(mail_folder(app.settings), pages) if app.settings.demo else ()
    return [
        *shown,
        *demo,
        pages.assets.mount(),
        *Health(app.store, app.clock, app.figures).routes(),
        *api.routes(),
        *(route for way in app.on for route in way.routes),
        *chat_page.create_routes(
            pages, api.ask, recall=api.recall, examples=_examples(app), public_url=app.settings.address
        ),
    ]


def _sorting_tools(app: App) -> Tools:
    """What the desk's pages need of nlp and geo."""
    by = app.understander

    def likely(authority: str, text: str) -> Sequence[str]:
        reading = by.readers[authority].read(text)
        return [candidate.category for candidate in reading.candidates]

    return Tools(finder=by.finder, areas_at=by.areas.at, likely=likely)


def _site(app: App) -> str:
    return " and ".join(pack.authority.short_name for pack in app.packs.values())


def _examples(app: App) -> tuple[str, ...]:
    """What a resident might say, in the words of the pack's own first categories."""
    categories = [c for pack in app.packs.values() for c in pack.categories]
    return tuple(c.examples[0] for c in categories if c.examples and not c.sensitive)[:EXAMPLES]
