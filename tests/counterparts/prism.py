"""Prism with Twilio's own OpenAPI: says whether what our client asks is well formed."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.product import free_port, until

MODULES = Path(__file__).parent / "node_modules"
PRISM = MODULES / ".bin" / "prism"
OPENAPI = MODULES / "@twilio-alpha" / "mcp" / "twilio-oai" / "spec" / "json" / "twilio_api_v2010.json"


@contextmanager
def prism(log: Path) -> Iterator[str]:
    """A running Prism that refuses what the OpenAPI does not allow; its address."""
    port = free_port()
    command = [str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), str(OPENAPI)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            until(lambda: _answers(port), 60, f"Prism: {log}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=5).status_code > 0
    except httpx.TransportError:
        return False
