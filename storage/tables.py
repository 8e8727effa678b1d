"""The tables: one schema for SQLite and PostgreSQL.

The columns of a case's table are the fields of its dataclass in ``casework``; ``storage.rows``
relies on it and a test checks it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from casework.calls import (
    BudgetLine,
    CallForAction,
    Check,
    DossierVersion,
    Interest,
    Ledger,
    Recommendation,
    Referral,
    Response,
    Step,
)
from casework.cases import (
    Cluster,
    Contact,
    ContactLink,
    DeskItem,
    Inquiry,
    LinkCode,
    Move,
    Offer,
    Pause,
    Photo,
    Promise,
    Question,
    Report,
    Update,
)
from casework.clocks import StatutoryClock


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. Naive ones are refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes; SQLite stores what it is given, so give it UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives back naive UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Id = String(32)
_BigId = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[str]:
    return Column("id", Id, primary_key=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


contacts = Table(
    "contacts",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("address_hash", String(64)),
    Column("address", Text),
    Column("language", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("opted_out_at", UtcDateTime),
    Column("forgotten_at", UtcDateTime),
    Column("person_id", Id, index=True),
    Column("updates_to", Id),
    _version(),
    # Not fields of Contact: when it last wrote (to the day), the number of its last message out,
    # and the worker that holds it.
    Column("heard_at", UtcDateTime),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("held_by", String(64)),
    Column("held_until", UtcDateTime),
    UniqueConstraint("channel", "address_hash"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("contact_id", ForeignKey("contacts.id"), primary_key=True),
    Column("telling", Boolean, nullable=False),
    Column("updated_at", UtcDateTime),
    Column("nudged_at", UtcDateTime),
    Column("body", JSON, nullable=False),
    _version(),
    Index(None, "telling", "updated_at"),
)

clusters = Table(
    "clusters",
    metadata,
    _id(),
    Column("jurisdiction", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("cell", BigInteger, nullable=False),
    Column("ward", String(64)),
    Column("service", String(130)),
    Column("hands", String(16), nullable=False),
    Column("handovers", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("merged_into", Id, index=True),
    _version(),
    Index(None, "cell", "category", "reported_at"),
    Index(None, "jurisdiction", "ward", "state", "changed_at"),
)

reports = Table(
    "reports",
    metadata,
    _id(),
    Column("reference", String(16), nullable=False, unique=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id")),
    Column("text", Text, nullable=False),
    Column("redacted", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("category", String(64), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("label", Text, nullable=False),
    Column("place_kind", String(16), nullable=False),
    Column("uncertainty_m", Float, nullable=False),
    Column("ward", String(64)),
    Column("ward_near_edge", Boolean, nullable=False),
    Column("parish", String(64)),
    Column("division", String(64)),
    Column("estate", String(64)),
    Column("own_state", String(20)),
    Column("publication", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("send_after", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("told_with", Id),
    Column("doubtful", Boolean, nullable=False),
    _version(),
    Index(None, "contact_id", "created_at"),
    Index(None, "created_at"),
    Index(None, "sent_at", "send_after"),
)

photos = Table(
    "photos",
    metadata,
    _id(),
    Column("report_id", ForeignKey("reports.id"), index=True),
    Column("contact_id", ForeignKey("contacts.id"), index=True),
    Column("name", String(80), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("dhash", String(16), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("created_at", UtcDateTime, nullable=False),
    Column("publication", String(16), nullable=False),
    Column("shows", String(8), nullable=False, server_default="before"),
    _version(),
)

updates = Table(
    "updates",
    metadata,
    # Not a field of Update: the order of writing, where two happened at one instant.
    Column("seq", _BigId, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False),
    Column("report_id", ForeignKey("reports.id"), index=True),
    Column("state", String(20)),
    Column("key", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "cluster_id", "seq"),
)

promises = Table(
    "promises",
    metadata,
    _id(),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("ward", String(64)),
    Column("service", String(130)),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("unit", String(16), nullable=False, server_default="working_days"),
    Column("remind_at", UtcDateTime),
    Column("reminded_at", UtcDateTime),
    Column("overdue_told_at", UtcDateTime),
    Column("paused_at", UtcDateTime),
    Column("first_due_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("end", String(16)),
    Column("reason", String(64)),
    _version(),
    Index(None, "ended_at", "overdue_told_at", "due_at"),
    Index(None, "ended_at", "reminded_at", "remind_at"),
    # For the figures: an authority's promises by when they were judged.
    Index(None, "jurisdiction", "due_at"),
    Index(None, "jurisdiction", "ended_at"),
)

pauses = Table(
    "pauses",
    metadata,
    _id(),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("service", String(130)),
    Column("reason", String(64), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("until_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", String(160)),
    _version(),
    Index(None, "ended_at", "until_at"),
)

offers = Table(
    "offers",
    metadata,
    _id(),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("ward", String(64)),
    Column("service", String(130), nullable=False),
    Column("offered_by", String(160), nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("answer_by", UtcDateTime, nullable=False),
    Column("chased_at", UtcDateTime),
    Column("raised_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("reason", String(64)),
    Column("words", Text, nullable=False),
    Column("actor", String(160)),
    _version(),
    Index(None, "accepted_at", "refused_at", "raised_at", "answer_by"),
    Index(None, "jurisdiction", "offered_at"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("cluster_id", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("jurisdiction", String(64), nullable=False, server_default=""),
    Column("category", String(64), nullable=False, server_default=""),
    Column("ward", String(64)),
    Column("service", String(130)),
    Column("reminded_at", UtcDateTime),
    Column("silent_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("answer", String(8)),
    _version(),
    Index(None, "contact_id", "answered_at"),
    Index(None, "answered_at", "silent_at", "asked_at"),
    Index(None, "jurisdiction", "asked_at"),
)

moves = Table(
    "moves",
    metadata,
    _id(),
    Column("deed", Id, nullable=False, index=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("from_cluster", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("to_cluster", ForeignKey("clusters.id"), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    _version(),
)

inquiries = Table(
    "inquiries",
    metadata,
    _id(),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False),
    Column("jurisdiction", String(64), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    _version(),
    Index(None, "contact_id", "answered_at"),
)

desk_items = Table(
    "desk_items",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),
    Column("jurisdiction", String(64), nullable=False),
    Column("ward", String(64)),
    Column("report_id", ForeignKey("reports.id"), index=True),
    Column("contact_id", ForeignKey("contacts.id")),
    Column("words", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("mailed_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("done_by", String(160)),
    _version(),
    Index(None, "done_at", "mailed_at", "created_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _BigId, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", String(64), nullable=False, index=True),
    Column("details", JSON, nullable=False),
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("position", _BigId, primary_key=True, autoincrement=False),
    # No foreign key: that an entry is gone is for the chain to tell.
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False),
    Column("payload", JSON(none_as_null=True)),
    Column("received_at", UtcDateTime, nullable=False),
    Column("screened_at", UtcDateTime),
    Column("danger", String(20)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("handled_at", UtcDateTime),
    Column("error_id", Id),
    UniqueConstraint("channel", "event_id"),
    Index(None, "handled_at", "contact_id", "id"),
    Index(None, "screened_at", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("recipient", String(160), nullable=False),
    Column("contact_id", ForeignKey("contacts.id")),
    Column("seq", Integer),
    Column("channel", String(20), nullable=False),
    Column("key", String(64), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("wants", String(16)),
    Column("language", String(8), nullable=False),
    Column("jurisdiction", String(64), nullable=False),
    Column("report_id", ForeignKey("reports.id"), index=True),
    Column("inbox_id", ForeignKey("inbox.id"), index=True),
    Column("once", String(200), unique=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("provider_id", String(200)),
    Column("error", String(200)),
    # Where it goes, of a contact that was forgotten before its last answer went out.
    Column("address", Text),
    # What the provider has told since, the worst of its parts.
    Column("receipt", String(16)),
    UniqueConstraint("contact_id", "seq"),
    # By channel first: messages that a web page never fetches wait for ever and must not be searched.
    Index(None, "channel", "state", "next_attempt_at"),
    # For "is there an earlier one to the same recipient?", asked of every message that is due.
    Index(None, "recipient", "state", "next_attempt_at"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("provider_id", String(64), primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id"), index=True),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("state", String(16), nullable=False),
    Column("code", Integer),
    Column("at", UtcDateTime, nullable=False),
)

lines = Table(
    "lines",
    metadata,
    Column("contact_id", ForeignKey("contacts.id"), primary_key=True),
    Column("ours", String(64), nullable=False),
    Column("heard_at", UtcDateTime),
    Column("blocked_at", UtcDateTime),
)

link_codes = Table(
    "link_codes",
    metadata,
    _id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False, index=True),
    Column("subject", String(160), nullable=False),
    Column("jurisdiction", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    _version(),
)

contact_links = Table(
    "contact_links",
    metadata,
    _id(),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False, index=True),
    Column("subject", String(160), nullable=False),
    Column("jurisdiction", String(64), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    _version(),
    Index(None, "jurisdiction", "subject"),
)

calls = Table(
    "calls",
    metadata,
    _id(),
    Column("reference", String(16), nullable=False, unique=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("ward", String(64), nullable=False),
    # One call for a cluster: two councillors who open it at one instant are one too many.
    Column("cluster_id", ForeignKey("clusters.id"), unique=True),
    Column("type", String(16), nullable=False),
    Column("stage", String(24), nullable=False),
    Column("title", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("councillor", String(64)),
    Column("track", String(24)),
    Column("sought", Text, nullable=False),
    Column("other_bodies", Text, nullable=False),
    Column("spoken_for", Text, nullable=False),
    Column("excluded", String(64)),
    Column("systemic", Boolean, nullable=False),
    Column("drafts", Integer, nullable=False),
    Column("raised_by", String(64)),
    Column("referred_at", UtcDateTime),
    Column("review_on", Date),
    Column("passed_on_told", String(80)),
    _version(),
    Index(None, "jurisdiction", "ward", "stage"),
    Index(None, "raised_by", "referred_at"),
)


def _of_call() -> Column[str]:
    return Column("call_id", ForeignKey("calls.id"), nullable=False, index=True)


steps = Table(
    "steps",
    metadata,
    # Not a field of Step: the order of writing, where two were taken at one instant.
    Column("seq", _BigId, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    _of_call(),
    Column("deed", String(24), nullable=False),
    Column("before", String(24)),
    Column("after", String(24), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("details", JSON, nullable=False),
)

checks = Table(
    "checks",
    metadata,
    _id(),
    _of_call(),
    Column("draft", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("question", String(64), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

dossiers = Table(
    "dossiers",
    metadata,
    _id(),
    _of_call(),
    Column("number", Integer, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("made_by", String(160), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("signed", Boolean, nullable=False),
    UniqueConstraint("call_id", "number"),
)

referrals = Table(
    "referrals",
    metadata,
    _id(),
    _of_call(),
    Column("track", String(24), nullable=False),
    Column("committee", Text, nullable=False),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False),
    Column("referred_by", String(160), nullable=False),
    Column("referred_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String(160)),
    Column("decision", String(24)),
    Column("reason", Text, nullable=False),
    _version(),
)

recommendations = Table(
    "recommendations",
    metadata,
    _id(),
    _of_call(),
    Column("number", Integer, nullable=False),
    Column("body", String(64), nullable=False),
    Column("service", String(130), nullable=False),
    Column("words", Text, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("received_at", UtcDateTime),
    Column("received_by", String(160)),
    Column("done_at", UtcDateTime),
    Column("done", Boolean),
    _version(),
    UniqueConstraint("call_id", "number"),
)

responses = Table(
    "responses",
    metadata,
    _id(),
    _of_call(),
    # One answer to a recommendation, whoever is quicker.
    Column("recommendation_id", ForeignKey("recommendations.id"), nullable=False, unique=True),
    Column("body", String(64), nullable=False),
    Column("accepts", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

clocks = Table(
    "clocks",
    metadata,
    _id(),
    _of_call(),
    Column("jurisdiction", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", String(64), nullable=False),
    Column("service", String(130), nullable=False),
    Column("words", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("exempt", String(16)),
    Column("recommendation_id", ForeignKey("recommendations.id")),
    Column("warned", String(16)),
    Column("overdue_at", UtcDateTime),
    Column("met_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    _version(),
    Index(None, "met_at", "stopped_at", "due_at"),
)

interests = Table(
    "interests",
    metadata,
    _id(),
    Column("jurisdiction", String(64), nullable=False),
    # A cluster's id, or the id of a call without one.
    Column("about", Id, nullable=False),
    Column("councillor", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("declared_at", UtcDateTime, nullable=False),
    UniqueConstraint("about", "councillor"),
)

ledgers = Table(
    "ledgers",
    metadata,
    _id(),
    Column("jurisdiction", String(64), nullable=False),
    Column("ward", String(64), nullable=False),
    Column("begins", Date, nullable=False),
    Column("allocated", BigInteger, nullable=False),
    Column("committed", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    _version(),
    UniqueConstraint("jurisdiction", "ward", "begins"),
    # The last fence: no program, this one or another, can spend what is not there.
    CheckConstraint("committed >= 0 AND paid >= 0 AND committed + paid <= allocated", name="balance"),
)

budget_lines = Table(
    "budget_lines",
    metadata,
    # Not a field of BudgetLine: the order of writing.
    Column("seq", _BigId, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    Column("ledger_id", ForeignKey("ledgers.id"), nullable=False, index=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("ward", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("pence", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("cluster_id", ForeignKey("clusters.id"), index=True),
    Column("call_id", ForeignKey("calls.id"), index=True),
    Column("commitment_id", Id),
)

beats = Table(
    "beats",
    metadata,
    Column("worker", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

TABLE_OF: Mapping[type, Table] = {
    Contact: contacts,
    Cluster: clusters,
    Report: reports,
    Photo: photos,
    Update: updates,
    Promise: promises,
    Pause: pauses,
    Offer: offers,
    Question: questions,
    Inquiry: inquiries,
    DeskItem: desk_items,
    LinkCode: link_codes,
    ContactLink: contact_links,
    CallForAction: calls,
    Step: steps,
    Check: checks,
    DossierVersion: dossiers,
    Referral: referrals,
    Recommendation: recommendations,
    Response: responses,
    StatutoryClock: clocks,
    Interest: interests,
    Ledger: ledgers,
    BudgetLine: budget_lines,
    Move: moves,
}
