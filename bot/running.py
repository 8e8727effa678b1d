"""Starts the processes: web server, workers, delivery and the ticking jobs."""

import signal
import threading
from types import FrameType

import structlog
import uvicorn

from bot.app import App, build, prepare_database
from config.settings import Settings

log = structlog.get_logger()

SHUTDOWN_S = 20


def serve(settings: Settings, web: bool, work: bool) -> None:
    """Run the web server until SIGTERM, with or without the workers beside it."""
    from bot.server import create_server

    app = build(settings)
    prepare_database(app)
    _say_what_is_on(app)
    server = create_server(app, start=lambda: _start(app, work), stop=app.stop)
    uvicorn.run(
        server,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
        proxy_headers=True,
    )


def work(settings: Settings) -> None:
    """Run workers, delivery and jobs until SIGTERM."""
    app = build(settings)
    prepare_database(app)
    _say_what_is_on(app)
    ending = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    _start(app, work=True)
    ending.wait()
    app.stop(SHUTDOWN_S)


def _start(app: App, work: bool) -> None:
    if work:
        app.start_workers()
        app.start_background()
    log.info("started", address=app.settings.address, packs=",".join(app.packs))


def _say_what_is_on(app: App) -> None:
    """Channels without credentials are off, and say so."""
    for name, on in app.ways().items():
        log.info("channel", name=name, on=on)
