"""The same conversation in a terminal: ``streetcall chat``."""

import base64
import shlex
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.markup import escape

from bot.app import TERMINAL, App
from bot.channels.web_chat import WebChat
from bot.wording import Wording
from bot.worker import Worker
from casework.errors import MessageRefused, StreetcallError
from storage.outbox import Waiting

HELP = "/photo FILE [words]   /pin LAT LON   a number picks a choice   /quit"


class Terminal:
    """One resident at a keyboard, speaking with the app in this process."""

    def __init__(self, app: App, console: Console, conversation: str | None = None) -> None:
        self._app = app
        self._console = console
        self._conversation = conversation or uuid4().hex
        self._channel = WebChat(TERMINAL)
        self._worker: Worker = app.worker()
        self._wording: Wording = app.wording
        self._contact_id = ""
        self._seen = 0

    def talk(self, read: Callable[[], str]) -> None:
        """Until the end of input or /quit."""
        self._console.print(f"[dim]{escape(HELP)}[/dim]")
        while True:
            try:
                line = read()
            except (EOFError, KeyboardInterrupt):
                return
            if line.strip() in ("/quit", "/exit"):
                return
            self.say(line)

    def say(self, line: str) -> None:
        """One line in, its replies out."""
        try:
            payload = self._payload(line.strip())
            arrival = self._channel.arrival(payload, self._app.key)
        except (MessageRefused, OSError, ValueError) as error:
            self._console.print(f"[red]{escape(str(error))}[/red]")
            return
        inbox_id, contact_id = self._app.intake.add(arrival)
        try:
            while not self._app.store.inbox.is_handled(inbox_id):
                # Another process may have taken it; then it is answered there.
                if not self._worker.step():
                    self._app.bell.wait(0.05)
        except StreetcallError as error:
            self._console.print(f"[red]{escape(str(error))}[/red]")
            return
        if contact_id != self._contact_id:
            # A contact that was forgotten comes back as a new one, counted from the start.
            self._contact_id, self._seen = contact_id, 0
        self._show(self._app.store.outbox.after(contact_id, self._seen), contact_id)

    def _payload(self, line: str) -> dict[str, object]:
        base: dict[str, object] = {"conversation": self._conversation, "message_id": uuid4().hex}
        if line.startswith("/photo"):
            parts = shlex.split(line)
            if len(parts) < 2:
                raise ValueError("/photo FILE [words]")
            data = base64.b64encode(Path(parts[1]).expanduser().read_bytes()).decode()
            return base | {"photo": data, "text": " ".join(parts[2:])}
        if line.startswith("/pin"):
            return base | {"location": _pin(line)}
        return base | {"text": line}

    def _show(self, messages: tuple[Waiting, ...], contact_id: str) -> None:
        for message in messages:
            worded = self._wording.word(message)
            self._console.print(f"[bold cyan]Streetcall[/bold cyan]  {escape(worded.text)}")
            if worded.buttons:
                labels = (f"[{n}] {escape(b.label)}" for n, b in enumerate(worded.buttons, start=1))
                self._console.print("            " + "  ".join(escape(label) for label in labels))
            self._seen = max(self._seen, message.seq or 0)
        if messages:
            self._app.store.outbox.mark_fetched(contact_id, self._seen, self._app.clock.now())


def _pin(line: str) -> dict[str, float]:
    parts = line.replace(",", " ").split()[1:]
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        raise ValueError("/pin LATITUDE LONGITUDE, for example /pin 53.01 0.46") from None
    return {"latitude": latitude, "longitude": longitude}
