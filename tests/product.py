"""The running product for tests: real processes on a free port, with a data folder of their own."""

import base64
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import httpx

from storage.database import Database
from storage.store import Store

STREETCALL = Path(sys.executable).with_name("streetcall")
START_S = 60.0
"""As long as a start may take on a machine that does ten other things."""

_EPHEMERAL = 32768
"""From here on the kernel hands ports out, to us and to others, at any moment."""

T = TypeVar("T")

running: list["Process"] = []
"""What runs now, so that the log of each can be shown beside a failed test."""


def free_port() -> int:
    """A port that nobody listens on, and that no outgoing connection will be given."""
    while True:
        port = random.randrange(20_000, _EPHEMERAL)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def until(look: Callable[[], T], seconds: float = 20.0, what: str = "") -> T:
    """Look again and again until there is something to see, and give it. Fails after so long."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, f"not within {seconds} s: {what or look}"
        time.sleep(0.02)
    return seen


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """Our own settings and nobody else's: ``smtp_url=…`` is STREETCALL_SMTP_URL."""
    others = {k: v for k, v in os.environ.items() if not k.startswith("STREETCALL_") and k != "PORT"}
    ours = {f"STREETCALL_{name.upper()}": str(value) for name, value in settings.items()}
    return others | {"STREETCALL_DATA_DIR": str(folder / "data")} | ours


class Running(Protocol):
    """What we need of a process; ``subprocess.Popen`` is one."""

    pid: int

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""

    def send_signal(self, sig: int) -> None:
        """Signal it."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended."""


class Process:
    """One process of the product and its log."""

    def __init__(self, folder: Path, command: str, variables: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.command = command
        self.variables = variables
        self.log_file = folder / f"{command}-{uuid4().hex[:6]}.log"
        self._folder = folder
        self._process: Running | None = None

    @property
    def log(self) -> str:
        """What it has said so far."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    @property
    def pid(self) -> int:
        """Its number, while it runs."""
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        assert self._process is not None, "not started"
        return self._process.poll()

    def start(self) -> None:
        """Start it, without waiting."""
        self._process = self.launch()
        running.append(self)

    def launch(self) -> Running:
        """A new process of ours."""
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [STREETCALL, self.command],
                env=dict(self.variables),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Ask it to end; the seconds that it took."""
        started = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - started

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(60)
        finally:
            self._process.kill()
            if self in running:
                running.remove(self)

    def cpu_s(self) -> float:
        """The processor time that it has used, which others who are busy do not lengthen much."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """What it holds in memory now, without what it shares with others."""
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return sum(int(kb) for kb in re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)) / 1024

    def peak_mb(self) -> float:
        """The most that it ever held in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


class Talk:
    """One resident's browser: a conversation with the product."""

    def __init__(self, client: httpx.Client, secret: str | None = None) -> None:
        self.secret = secret or uuid4().hex
        self._client = client

    def post(self, message_id: str | None = None, **fields: object) -> httpx.Response:
        """Send one message: ``text``, ``location``, ``button``, ``photo`` as bytes."""
        photo = fields.get("photo")
        if isinstance(photo, bytes):
            fields["photo"] = base64.b64encode(photo).decode()
        body = {"conversation": self.secret, "message_id": message_id or uuid4().hex, **fields}
        return self._client.post("/api/chat", json=body)

    def say(self, text: str | None = None, message_id: str | None = None, **fields: object) -> dict[str, Any]:
        """Send one message and read the answer, which must be one."""
        answer = self.post(message_id, **(fields | ({"text": text} if text is not None else {})))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def later(self, after: int = 0) -> dict[str, Any]:
        """What was said after message number ``after``."""
        answer = self._client.get(
            "/api/chat", params={"after": after}, headers={"X-Conversation": self.secret}
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def hears(self, words: str, after: int = 0, seconds: float = 20.0) -> str:
        """Wait until something is said that has these words in it, and give it."""

        def look() -> str | None:
            said = (str(reply["text"]) for reply in self.later(after)["replies"])
            return next((text for text in said if words in text), None)

        return str(until(look, seconds, f"a reply with {words!r}"))


class Product(Process):
    """The product with its web server. ``settings`` are the STREETCALL_… variables in lower case."""

    def __init__(self, folder: Path, command: str = "run", **settings: object) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = {"public_url": self.address} | settings
        super().__init__(folder, command, environment(folder, **self.settings) | {"PORT": str(self.port)})
        # Nothing is tried again by itself: that would hide what is lost.
        self.client = httpx.Client(
            base_url=self.address, timeout=60, limits=httpx.Limits(max_connections=100)
        )

    def begin(self) -> "Product":
        """Start it and wait until it is ready."""
        self.start()
        self.wait()
        return self

    def wait(self, seconds: float = START_S) -> None:
        """Until it is ready to take messages in and answer them."""

        def ready() -> bool:
            assert self.status is None, f"it has ended with {self.status}:\n{self.log}"
            return self.is_ready()

        until(ready, seconds, f"ready:\n{self.log}")

    def is_ready(self) -> bool:
        """What /readyz says; False also where nobody answers."""
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def talk(self, secret: str | None = None) -> Talk:
        """A new resident, or one who is known."""
        return Talk(self.client, secret)

    @property
    def database_url(self) -> str:
        """Where it keeps everything."""
        given = self.settings.get("database_url")
        return str(given or f"sqlite:///{self.folder / 'data' / 'streetcall.db'}")

    @cached_property
    def store(self) -> Store:
        """What it keeps, to look into."""
        return Store(Database(self.database_url))

    def close(self) -> None:
        """End it however it stands."""
        self._end(signal.SIGKILL)
        self.client.close()
        if "store" in self.__dict__:
            self.store.database.close()


@contextmanager
def product(folder: Path, **settings: Any) -> Iterator[Product]:
    """A product that is ready, and ended afterwards."""
    made = Product(folder, **settings)
    try:
        yield made.begin()
    finally:
        made.close()


@contextmanager
def worker(folder: Path, **settings: object) -> Iterator[Process]:
    """A worker process beside a product that was started with ``command="web"``."""
    made = Process(folder, "worker", environment(folder, **settings))
    made.start()
    try:
        yield made
    finally:
        made.kill()
