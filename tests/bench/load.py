"""Posts prepared requests to loopback, at a rate or as fast as they are answered.

A few lines over asyncio's streams: the load must cost the two cores as little as it can, and a
client library's own work would be measured with the product's.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request went: its status (0 where the connection broke) and its seconds."""

    status: int
    seconds: float


def request(path: str, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a POST on a connection that stays open."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Line:
    """One connection, opened anew after a fault."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, prepared: bytes, since: float | None = None) -> Answer:
        """Send it and read the whole answer; the seconds count from ``since``, else from now."""
        started = time.perf_counter() if since is None else since
        try:
            status = await asyncio.wait_for(self._exchange(prepared), TIMEOUT_S)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.close()
            status = 0
        return Answer(status, time.perf_counter() - started)

    async def _exchange(self, prepared: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(prepared)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.partition(b":")[2])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        await reader.readexactly(length)
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def one_after_another(port: int, conversations: Sequence[Sequence[bytes]], lines: int) -> list[Answer]:
    """Each conversation's requests in order, ``lines`` conversations at a time, as fast as it goes."""
    return asyncio.run(_one_after_another(port, iter(conversations), lines))


async def _one_after_another(port: int, waiting: Iterator[Sequence[bytes]], lines: int) -> list[Answer]:
    answers: list[Answer] = []

    async def talk() -> None:
        line = _Line(port)
        for conversation in waiting:
            for prepared in conversation:
                answers.append(await line.post(prepared))
        line.close()

    await asyncio.gather(*(talk() for _ in range(lines)))
    return answers


def at_a_rate(port: int, requests: Sequence[bytes], per_second: float, lines: int = 64) -> list[Answer]:
    """Each request at its own time, however slow the answers are; late starts count as waiting."""
    return asyncio.run(_at_a_rate(port, requests, per_second, lines))


async def _at_a_rate(port: int, requests: Sequence[bytes], per_second: float, lines: int) -> list[Answer]:
    free: asyncio.Queue[_Line] = asyncio.Queue()
    every = [_Line(port) for _ in range(lines)]
    for line in every:
        free.put_nowait(line)
    answers: list[Answer] = []

    async def send(prepared: bytes, planned: float) -> None:
        line = await free.get()
        answers.append(await line.post(prepared, since=planned))
        free.put_nowait(line)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, prepared in enumerate(requests):
            planned = began + number / per_second
            await asyncio.sleep(max(0.0, planned - time.perf_counter()))
            tasks.create_task(send(prepared, planned))
    for line in every:
        line.close()
    return answers
