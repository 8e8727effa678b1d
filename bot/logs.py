"""Logs: one event a line, with ids and codes, never with anything personal."""

import logging
import sys
import traceback

import structlog
from structlog.typing import EventDict, WrappedLogger


def set_up_logs(style: str, level: int = logging.INFO) -> None:
    """Write events to standard error; ``style`` is ``text`` or ``json``."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_where,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Discreet(logging.Formatter):
    """What the libraries log, with their exceptions told as ours are."""

    def formatException(self, ei: object) -> str:
        """The type, and the places it came through."""
        event = tell_where(None, "", {"exc_info": ei})
        return f"{event.get('error')} at {', '.join(event.get('where', []))}"


def tell_where(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception as its type and the places it came through.

    Its message and the variables on its way may hold a resident's words: they are left out.
    """
    found = _exception(event.pop("exc_info", None))
    if found is not None:
        event["error"] = type(found).__name__
        frames = traceback.extract_tb(found.__traceback__)
        event["where"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _exception(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _short(filename: str) -> str:
    """The last two parts of a path: enough to find it, nothing of the machine."""
    return "/".join(filename.rsplit("/", 2)[-2:])
