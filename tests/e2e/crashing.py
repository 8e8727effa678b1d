"""Runs the real product in processes that kill themselves at a chosen instant.

``python -m tests.e2e.crashing`` reads one order a line, as JSON, and answers with the number of the
process that it made for it::

    {"variables": {...}, "log": "FILE", "crash": ["storage.inbox:Inbox.add", "commit", 1]}

The process is the product as ``streetcall run`` starts it, forked from this one, where everything
is imported already and the jobs tick more often. Where ``crash`` is not null, the function that it
names is wrapped: the process gets SIGKILL ``before`` it, on its ``commit``, or ``after`` it, when it
is called for the first, second, … time after a message came in.
"""

import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.app import understand
from bot.running import serve
from bot.server import create_server
from bot.ticking import TICKS, Tick
from config.loading import load_packs
from config.settings import DEMO_PACK, load_settings

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


def _crashing(when: str, nth: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    calls = count(1)

    def around(inner: Callable[..., Any]) -> Callable[..., Any]:
        def crashing(*args: Any, **kwargs: Any) -> Any:
            armed = _message_is_in.is_set() and next(calls) >= nth
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


def arm(path: str, when: str, nth: int) -> None:
    """Crash in that function, before it, on its commit or after it."""
    wrap(ADD, _noticing)
    if path == ADD:
        _message_is_in.set()
    wrap(path, _crashing(when, nth))
    event.listen(Engine, "commit", _die_on_commit)


def _ticking_often(inner: Callable[..., Any]) -> Callable[..., Any]:
    ticks = [Tick(tick.job, timedelta(seconds=0.3)) for tick in TICKS]
    return lambda *args: inner(*args, ticks)


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
    wrap("bot.app:Ticker", _ticking_often)
    if order["crash"]:
        arm(*order["crash"])
    serve(load_settings(), web=True, work=True)


def main() -> None:
    """Fork a process for every order, from one that has read a pack before and so is quick at it."""
    with TemporaryDirectory() as folder:
        understand({pack.code: pack for pack in load_packs([DEMO_PACK])}, Path(folder))
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
