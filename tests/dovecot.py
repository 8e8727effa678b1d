"""A real IMAP server for the tests: Dovecot with one mailbox, to which mail comes by real SMTP."""

import os
import pwd
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from mailbox import Maildir
from pathlib import Path
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.product import free_port, until

USER, PASSWORD = "reports", "p@ss-word"
ADDRESS = f"{USER}@ashmere.example"

_CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = "password={password}"
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


class MailOffice:
    """An SMTP server that puts what comes for the mailbox there, and keeps what is for others.

    ``url`` is the mailbox's, ``smtp_url`` where mail is handed in; ``others`` what went elsewhere.
    """

    def __init__(self, program: str, folder: Path) -> None:
        self.folder = folder
        self.imap_port, self.smtp_port = free_port(), free_port()
        self.others: list[EmailMessage] = []
        self.envelopes: list[str] = []
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._smtp = Controller(self, hostname="127.0.0.1", port=self.smtp_port, data_size_limit=2**26)
        self._uid, self._gid = (os.getuid(), os.getgid()) if os.getuid() else (65534, 65534)
        self.maildir = Maildir(folder / "mail", create=True)
        self._own()

    @property
    def url(self) -> str:
        """Where the mailbox is."""
        return f"imap://{USER}:{quote(PASSWORD)}@127.0.0.1:{self.imap_port}/INBOX"

    @property
    def smtp_url(self) -> str:
        """Where mail is handed in."""
        return f"smtp://127.0.0.1:{self.smtp_port}"

    def start(self) -> None:
        """Both servers answer from now on."""
        root, me = os.getuid() == 0, pwd.getpwuid(os.getuid()).pw_name
        config = self.folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=self.folder,
                internal="dovecot" if root else me,
                login="dovenull" if root else me,
                group="dovecot" if root else pwd.getpwuid(os.getuid()).pw_name,
                password=PASSWORD,
                uid=self._uid,
                gid=self._gid,
                port=self.imap_port,
            )
        )
        self._process = subprocess.Popen(
            [self._program, "-F", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._smtp.start()
        until(self._answers, 20, f"Dovecot: {self.log}")

    def stop(self) -> None:
        """Be gone."""
        self._smtp.stop()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    @property
    def log(self) -> str:
        """What Dovecot has said."""
        log = self.folder / "log"
        return log.read_text(errors="replace") if log.exists() else ""

    def _answers(self) -> bool:
        import socket

        try:
            with socket.create_connection(("127.0.0.1", self.imap_port), timeout=1) as link:
                return link.recv(4) == b"* OK"
        except OSError:
            return False

    # --- Mail ---

    def send(self, mail: EmailMessage | bytes, sender: str = "", to: str = ADDRESS) -> None:
        """Hand a mail in, as another organisation's server would."""
        raw = mail.replace(b"\n", b"\r\n") if isinstance(mail, bytes) else mail.as_bytes(policy=SMTP_POLICY)
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as link:
            link.sendmail(sender or "<>", [to], raw)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        from email import message_from_bytes
        from email.policy import default

        raw = bytes(envelope.content or b"")  # type: ignore[arg-type]
        self.envelopes.append(str(envelope.mail_from))
        for to in envelope.rcpt_tos:
            if to.partition("+")[0].partition("@")[0] == USER:
                self.maildir.add(f"Delivered-To: {to}\n".encode() + raw.replace(b"\r\n", b"\n"))
                self._own()
            else:
                mail = message_from_bytes(raw, policy=default)
                assert isinstance(mail, EmailMessage)
                self.others.append(mail)
        return "250 OK"

    def _own(self) -> None:
        """What root delivers is the mailbox's user's."""
        if os.getuid() == 0:
            for path in (self.folder, *self.folder.glob("mail/**/*"), self.folder / "mail"):
                if path.exists():
                    os.chown(path, self._uid, self._gid)

    def empty(self) -> None:
        """Throw all mail away."""
        for name in ("cur", "new"):
            for path in (self.folder / "mail" / name).iterdir():
                path.unlink()
        self.others.clear()
        self.envelopes.clear()

    @property
    def unread(self) -> int:
        """How many mails nobody has read, as the files say."""
        return sum("S" not in path.name.rpartition(",")[2] for path in self.folder.glob("mail/cur/*")) + len(
            list(self.folder.glob("mail/new/*"))
        )


@contextmanager
def mail_office() -> Iterator[MailOffice]:
    """A running office, or a skipped test where no Dovecot is installed."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed")
    # A socket's path may have at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    folder.chmod(0o755)
    office = MailOffice(program, folder)
    office.start()
    try:
        yield office
    finally:
        office.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def running_office() -> Iterator[MailOffice]:
    """One that all tests share."""
    with mail_office() as running:
        yield running


@pytest.fixture
def office(running_office: MailOffice) -> MailOffice:
    """An office to which no mail has come."""
    running_office.empty()
    return running_office
