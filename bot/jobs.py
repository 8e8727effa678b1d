"""What the clock does: each job looks for what is due at ``now`` and is safe to run twice.

A job takes everything it needs and returns how much it did. Where somebody else changed the same
thing meanwhile it passes it over: the next run sees how it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import structlog

from casework import abandoned, contacts, desk, digests, filing, promises
from casework.cases import DeskItem, Promise, Report
from casework.clock import Clock
from casework.drafts import Draft
from casework.errors import Conflict
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import Pack
from storage.audit import LOOK_BACK
from storage.store import Store

log = structlog.get_logger()

Packs = Mapping[str, Pack]


def send_on_due(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Reports whose correction window is over go to their services."""
    now = clock.now()
    due = store.cases.reports_to_send(now)
    return sum(_send_on(store, packs, report, now, mint) for report in due)


def _send_on(store: Store, packs: Packs, report: Report, now: datetime, mint: Mint) -> bool:
    pack = _pack(packs, report.jurisdiction)
    case = store.cases.case(report.cluster_id)
    if pack is None or case is None or case.report(report.id).sent_at is not None:
        return False
    return _commit(store, filing.send_on(pack, case, report.id, now, mint), now)


def tell_overdue(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Residents and services hear of promises that ran out, once."""
    now = clock.now()
    due = store.cases.promises_overdue(now)
    return sum(_tell_overdue(store, packs, promise, now, mint) for promise in due)


def _tell_overdue(store: Store, packs: Packs, promise: Promise, now: datetime, mint: Mint) -> bool:
    pack = _pack(packs, promise.jurisdiction)
    case = store.cases.case(promise.cluster_id)
    if pack is None or case is None:
        return False
    return _commit(store, promises.tell_overdue(pack, case, promise, now, mint), now)


def mail_desk(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Staff get one mail each with what is new on the desk; how often the job runs is how often."""
    now = clock.now()
    done = 0
    for pack, items in _by_pack(store.cases.desk_to_mail(), packs):
        outcome = desk.tell_staff(pack, items, now)
        if not outcome.changed:
            log.warning("desk.nobody_on_duty", jurisdiction=pack.code, items=len(items))
        elif _commit(store, outcome, now):
            done += len(outcome.changed)
    return done


def _by_pack(items: Iterable[DeskItem], packs: Packs) -> Iterable[tuple[Pack, list[DeskItem]]]:
    """An item of no authority that is served here is the first one's: somebody must see it."""
    first = next(iter(packs))
    sorted_out: dict[str, list[DeskItem]] = defaultdict(list)
    for item in items:
        sorted_out[item.jurisdiction if item.jurisdiction in packs else first].append(item)
    return ((packs[code], found) for code, found in sorted_out.items())


def send_digests(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Councillors get the digest that they should have by now."""
    now = clock.now()
    return sum(_send_digests_of(store, pack, now) for pack in packs.values())


def _send_digests_of(store: Store, pack: Pack, now: datetime) -> int:
    done = 0
    for councillor in pack.councillors:
        day = digests.is_due(pack, councillor, now)
        if day is None or store.cases.was_noticed(digests.digest_key(pack, councillor, day)):
            continue
        notice = digests.digest_notice(pack, councillor, day)
        done += _commit(store, Outcome(notices=(notice,)), now)
    return done


def ask_about_drafts(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Residents are asked about a report they left; after a day a person looks at it."""
    now = clock.now()
    left = store.cases.drafts_left(now - abandoned.ASK_AFTER, nudged=False)
    asked = sum(_commit(store, abandoned.ask(draft, _jurisdiction(draft, packs), now), now) for draft in left)
    given_up = store.cases.drafts_left(now - abandoned.PASS_ON_AFTER, nudged=True)
    passed_on = sum(
        _commit(store, abandoned.pass_on(draft, _jurisdiction(draft, packs), now, mint), now)
        for draft in given_up
        if abandoned.may_pass_on(draft, now)
    )
    return asked + passed_on


def forget_idle(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Contacts that wrote nothing for the retention time are forgotten, before a new owner is told."""
    now = clock.now()
    idle = store.cases.contacts_idle(now - contacts.idle_time(packs.values()))
    return sum(_commit(store, contacts.forget(contact, now, "system"), now) for contact in idle)


def chain_audit(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """The audit trail's new entries get their places in the chain; the head goes into the log as well."""
    return _chain(store, LOOK_BACK)


def chain_audit_left_behind(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """The same for an entry that was committed so late that the job above does not look for it."""
    return _chain(store, None)


def _chain(store: Store, look_back: int | None) -> int:
    done = 0
    while chained := store.audit.chain(look_back=look_back):
        done += chained
    if done:
        log.info("audit.chained", entries=done, head=str(store.audit.head()))
    return done


def _jurisdiction(draft: Draft, packs: Packs) -> str:
    """The authority of a draft whose place is not known yet is the first one."""
    named = draft.jurisdiction or ""
    return named if named in packs else next(iter(packs))


def _pack(packs: Packs, jurisdiction: str) -> Pack | None:
    """The authority's pack; None, and a line in the log, where it is no longer served here."""
    pack = packs.get(jurisdiction)
    if pack is None:
        log.warning("jobs.unknown_jurisdiction", jurisdiction=jurisdiction)
    return pack


def _commit(store: Store, outcome: Outcome, now: datetime) -> bool:
    """Write it; False where somebody else was there first."""
    try:
        store.commit(outcome, now)
    except Conflict:
        log.info("jobs.passed_over")
        return False
    return True
