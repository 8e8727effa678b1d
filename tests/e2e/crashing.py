"""Runs the real product in processes that kill themselves at a chosen instant.

``python -m tests.e2e.crashing`` reads one order a line, as JSON, and answers with the number of the
process that it made for it::

    {"variables": {...}, "log": "FILE", "crash": ["storage.inbox:Inbox.add", "commit"]}

The process is the product as ``streetcall run`` starts it, forked from this one, where everything
is imported already. Where ``crash`` is not null, the function that it names is wrapped: the
process gets SIGKILL ``before`` it, on its first ``commit``, or ``after`` it.
"""

import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.running import serve
from bot.server import create_server
from config.settings import load_settings

__all__ = ["create_server"]  # imported here, so that no process needs to

ADD = "storage.inbox:Inbox.add"

_message_is_in = threading.Event()
_inside = threading.local()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()


def wrap(path: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put something around a function, named as ``module:Class.method``."""
    module, _, names = path.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = names.split(".")
    for part in outer:
        owner = getattr(owner, part)
    inner = getattr(owner, name)
    setattr(owner, name, wraps(inner)(around(inner)))


def _crashing(when: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def around(inner: Callable[..., Any]) -> Callable[..., Any]:
        def crashing(*args: Any, **kwargs: Any) -> Any:
            armed = _message_is_in.is_set()
            if armed and when == "before":
                _die()
            _inside.armed = armed and when == "commit"
            try:
                result = inner(*args, **kwargs)
            finally:
                _inside.armed = False
            # A look that found nothing is no step.
            if armed and when == "after" and (result is None or result):
                _die()
            return result

        return crashing

    return around


def _noticing(inner: Callable[..., Any]) -> Callable[..., Any]:
    """From the first message that was stored on, it may crash."""

    def add(*args: Any, **kwargs: Any) -> Any:
        result = inner(*args, **kwargs)
        _message_is_in.set()
        return result

    return add


def _die_on_commit(_connection: Connection) -> None:
    """All is written, nothing is committed."""
    if getattr(_inside, "armed", False):
        _die()


def arm(path: str, when: str) -> None:
    """Crash in that function, before it, on its commit or after it."""
    wrap(ADD, _noticing)
    if path == ADD:
        _message_is_in.set()
    wrap(path, _crashing(when))
    event.listen(Engine, "commit", _die_on_commit)


def run(order: dict[str, Any]) -> None:
    """Be the product."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, log, log)):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(order["variables"])
    os.chdir(Path(order["log"]).parent)
    if order["crash"]:
        arm(*order["crash"])
    serve(load_settings(), web=True, work=True)


def main() -> None:
    """Fork a process for every order."""
    # Nobody waits for them: the tests look whether they are still there.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            run(json.loads(line))
            os._exit(0)
        print(number, flush=True)  # noqa: T201  the answer


if __name__ == "__main__":
    main()
