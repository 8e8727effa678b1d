"""Fetches mails by IMAP. A mail is marked as read only after it is stored, so that none is lost."""

import imaplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import structlog

from bot.channels.checking import Finding
from bot.channels.mailbox import arrival_of
from bot.intake import Intake
from casework.errors import SettingsError, StorageUnavailable

log = structlog.get_logger()

TIMEOUT_S = 30.0
MOST_BYTES = 25 * 1024 * 1024
"""Of a mail that is larger the end is left where it is: the words come first."""

_AT_ONCE = 50
_AFTER_FAULT_S = 60.0
_PORTS = {"imap": 143, "imap+starttls": 143, "imaps": 993}

Faults = (imaplib.IMAP4.error, OSError)


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where the mailbox is, and how to get in."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str


def parse_imap_url(url: str) -> ImapServer:
    """The mailbox of ``imaps://user:password@host:port/INBOX``. Raises SettingsError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingsError("STREETCALL_MAIL_IN_URL has a port that is none") from error
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
        raise SettingsError("STREETCALL_MAIL_IN_URL should look like imaps://user:password@host/INBOX")
    return ImapServer(
        parts.scheme,
        parts.hostname,
        port or _PORTS[parts.scheme],
        unquote(parts.username),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
    )


def mailbox_address(server: ImapServer, named: str) -> str:
    """The address of the mailbox: the one named in the settings, or its user's. Raises SettingsError."""
    address = named or server.user
    if address.count("@") != 1 or not all(address.split("@")) or any(map(str.isspace, address)):
        raise SettingsError(
            "STREETCALL_MAIL_IN_ADDRESS should be the mailbox's address, as in reports@council.example"
        )
    return address


@dataclass(frozen=True, slots=True)
class MailboxPoller:
    """Looks for new mails every ``every_s`` seconds."""

    server: ImapServer
    intake: Intake
    key: str
    every_s: float = 30.0
    most_bytes: int = MOST_BYTES

    def run(self, stopping: threading.Event) -> None:
        """Until told to stop."""
        while not stopping.is_set():
            try:
                more = self.step() == _AT_ONCE
                stopping.wait(0 if more else self.every_s)
            except Faults as fault:
                # Not the server's words: they may hold an address.
                log.warning("mailbox.unreachable", error=type(fault).__name__)
                stopping.wait(max(self.every_s, _AFTER_FAULT_S))
            except StorageUnavailable:
                log.warning("storage_unavailable", channel="mailbox")
                stopping.wait(self.every_s)
            except Exception:
                log.exception("mailbox.failed")
                stopping.wait(_AFTER_FAULT_S)

    def step(self) -> int:
        """Take in the mails that nobody has read; how many. Raises what imaplib raises."""
        taken = 0
        with self._open() as box:
            for uid in _unseen(box):
                raw, cut = _fetch(box, uid, self.most_bytes)
                if raw:
                    self.intake.add(arrival_of(raw, cut, self.key))
                    taken += 1
                box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
        if taken:
            log.info("mailbox.taken", mails=taken)
        return taken

    def check(self) -> tuple[Finding, ...]:
        """Whether the mailbox can be opened."""
        what = f"the mailbox {self.server.folder} at {self.server.host}"
        try:
            with self._open():
                return (Finding(True, f"{what} can be opened"),)
        except Faults as fault:
            return (
                Finding(
                    False, f"{what} cannot be opened ({type(fault).__name__})", "See STREETCALL_MAIL_IN_URL."
                ),
            )

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        server, safe = self.server, ssl.create_default_context()
        box: imaplib.IMAP4
        if server.scheme == "imaps":
            box = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=safe, timeout=TIMEOUT_S)
        else:
            box = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT_S)
        try:
            if server.scheme == "imap+starttls":
                box.starttls(safe)
            box.login(server.user, server.password)
            answer, _ = box.select(f'"{server.folder}"')
            if answer != "OK":
                raise imaplib.IMAP4.error("no such folder")
            yield box
        finally:
            with suppress(*Faults):
                box.logout()


def _unseen(box: imaplib.IMAP4) -> list[str]:
    """The uids of the oldest mails that are new."""
    _, found = box.uid("SEARCH", "UNSEEN", "UNDELETED")
    numbers = found[0].split() if found and isinstance(found[0], bytes) else []
    return [number.decode() for number in numbers[:_AT_ONCE]]


def _fetch(box: imaplib.IMAP4, uid: str, most: int) -> tuple[bytes, bool]:
    """The mail as it came, and whether its end was left away; looking at it does not mark it."""
    _, sizes = box.uid("FETCH", uid, "(RFC822.SIZE)")
    size = next((int(word) for line in sizes if isinstance(line, bytes) for word in _size_words(line)), 0)
    _, found = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most}>)" if size > most else "(BODY.PEEK[])")
    return next((part[1] for part in found if isinstance(part, tuple)), b""), size > most


def _size_words(line: bytes) -> list[bytes]:
    after = line.partition(b"RFC822.SIZE")[2].replace(b")", b" ").split()
    return [word for word in after[:1] if word.isdigit()]
