"""Everything that is kept, behind one door."""

from datetime import datetime

from casework.outcomes import Outcome
from storage.audit import Audit
from storage.calls import Calls
from storage.cases import Cases
from storage.commit import Handled, commit
from storage.database import Database, insert_or_skip
from storage.due import Due
from storage.inbox import Inbox
from storage.lines import Lines
from storage.outbox import Outbox
from storage.receipts import Receipts
from storage.tables import beats


class Store:
    """Inbox, outbox, cases and audit trail of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.outbox = Outbox(database)
        self.cases = Cases(database)
        self.calls = Calls(database, self.cases)
        self.due = Due(database)
        self.lines = Lines(database)
        self.receipts = Receipts(database)
        self.audit = Audit(database)

    def commit(self, outcome: Outcome, now: datetime, handled: Handled | None = None) -> None:
        """Write an outcome in one transaction; see ``storage.commit.commit``."""
        commit(self.database, outcome, now, handled)

    def beat(self, worker: str, now: datetime) -> None:
        """A worker shows that it lives."""
        with self.database.write(durable=False) as connection:
            done = connection.execute(beats.update().where(beats.c.worker == worker).values(at=now))
            if done.rowcount == 0:
                connection.execute(
                    insert_or_skip(connection, beats, {"worker": worker, "at": now}, ["worker"])
                )
