"""Mails kept in a Maildir, where the demo reads them at /dev/mail."""

import mailbox
from email.message import EmailMessage
from pathlib import Path


class FolderTransport:
    """Puts every mail into a Maildir, which is made if it is not there."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._maildir = mailbox.Maildir(folder, create=True)

    def deliver(self, mail: EmailMessage) -> None:
        """Keep the mail."""
        self._maildir.add(mail.as_bytes())
