"""What somebody writes of a case that is no act: a service's mail, kept inside for a person to read."""

from dataclasses import replace
from datetime import datetime

from casework.cases import Case, DeskItem, DeskKind, Photo, Report
from casework.filing import make_update
from casework.minting import Mint
from casework.outcomes import AuditEntry, Outcome
from casework.packs import Pack

PUBLIC_MAIL = frozenset(
    (
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.com",
        "live.co.uk",
        "yahoo.com",
        "yahoo.co.uk",
        "icloud.com",
        "me.com",
        "aol.com",
        "btinternet.com",
        "sky.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "mail.com",
    )
)
"""Domains at which anybody has an address: one there stands for nobody else."""


def speaks_for(pack: Pack, actor: str, address: str) -> bool:
    """True if a mail from that address may be ``service:CODE``'s or ``councillor:ID``'s.

    A service's is any at the domain of one of its body's; a councillor's is the councillor's own.
    """
    kind, _, name = actor.partition(":")
    if kind == "councillor":
        return any(c.id == name and c.email.casefold() == address for c in pack.councillors)
    service = pack.service(name) if kind == "service" else None
    body = pack.body(service.body) if service else None
    known = {s.email.casefold() for s in body.services} if body else set()
    domains = {_domain(email) for email in known} - PUBLIC_MAIL
    return address in known or _domain(address) in domains


def speaker(pack: Pack, holder: str | None, address: str) -> str | None:
    """The service that an address belongs to: the one that has the case before any other."""
    codes = [service.code for body in pack.bodies for service in body.services]
    codes.sort(key=lambda code: (code != holder, _email(pack, code) != address))
    return next((f"service:{code}" for code in codes if speaks_for(pack, f"service:{code}", address)), None)


def _email(pack: Pack, code: str) -> str:
    service = pack.service(code)
    return service.email.casefold() if service else ""


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def hear(
    case: Case,
    report: Report,
    actor: str,
    words: str,
    photos: tuple[Photo, ...],
    signed: bool,
    now: datetime,
    mint: Mint,
) -> Outcome:
    """Words and photos from whoever acts on the case, kept in its history and shown to nobody outside.

    ``signed`` if it came to the address that we gave to them; the sender of a mail alone proves little.
    """
    update = make_update(
        report, "update.wrote", actor, now, mint, words=words.strip(), public=False, whole_cluster=True
    )
    details = {"photos": len(photos), "signed": signed}
    return Outcome(
        new=tuple(replace(photo, report_id=report.id, contact_id=None) for photo in photos),
        updates=(update,) if words.strip() else (),
        audit=(AuditEntry(now, actor, "wrote", case.cluster.id, details),),
    )


def lay_before_a_person(
    kind: DeskKind,
    jurisdiction: str,
    words: str,
    now: datetime,
    mint: Mint,
    report: Report | None = None,
    contact_id: str | None = None,
) -> Outcome:
    """A mail that a person must read; ``contact_id`` is who can be answered."""
    item = DeskItem(
        id=mint.id(),
        kind=kind,
        jurisdiction=jurisdiction,
        ward=report.ward if report else None,
        report_id=report.id if report else None,
        contact_id=contact_id,
        words=words,
        created_at=now,
    )
    return Outcome(new=(item,), audit=(AuditEntry(now, "system", "mail_for_desk", item.id, {"kind": kind}),))
