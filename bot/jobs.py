"""What the clock does: each job looks for what is due at ``now`` and is safe to run twice.

A job takes everything it needs and returns how much it did. Where somebody else changed the same
thing meanwhile it passes it over: the next run sees how it stands.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import structlog

from bot.due_work import Packs, one_by_one, written
from casework import abandoned, contacts, desk, digests
from casework.cases import Contact, DeskItem
from casework.clock import Clock
from casework.drafts import Draft
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import Councillor, Pack
from storage.audit import LOOK_BACK
from storage.store import Store

log = structlog.get_logger()


def mail_desk(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Staff get one mail each with what is new on the desk; how often the job runs is how often."""
    now = clock.now()
    return sum(_mail(store, pack, items, now) for pack, items in _by_pack(store.cases.desk_to_mail(), packs))


def _mail(store: Store, pack: Pack, items: list[DeskItem], now: datetime) -> int:
    outcome = desk.tell_staff(pack, items, now)
    if not outcome.changed:
        log.warning("desk.nobody_on_duty", jurisdiction=pack.code, items=len(items))
    return len(outcome.changed) if written(store, outcome, now) else 0


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
    def send(councillor: Councillor) -> bool:
        day = digests.is_due(pack, councillor, now)
        if day is None or store.cases.was_noticed(digests.digest_key(pack, councillor, day)):
            return False
        notice = digests.digest_notice(pack, councillor, day)
        return written(store, Outcome(notices=(notice,)), now)

    return one_by_one(pack.councillors, send)


def ask_about_drafts(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Residents are asked about a report they left; after a day a person looks at it."""
    now = clock.now()
    left = store.cases.drafts_left(now - abandoned.ASK_AFTER, nudged=False)
    given_up = store.cases.drafts_left(now - abandoned.PASS_ON_AFTER, nudged=True)

    def ask(draft: Draft) -> bool:
        return written(store, abandoned.ask(draft, _jurisdiction(draft, packs), now), now)

    def pass_on(draft: Draft) -> bool:
        if not abandoned.may_pass_on(draft, now):
            return False
        return written(store, abandoned.pass_on(draft, _jurisdiction(draft, packs), now, mint), now)

    return one_by_one(left, ask) + one_by_one(given_up, pass_on)


def forget_idle(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Contacts that wrote nothing for the retention time are forgotten, before a new owner is told."""
    now = clock.now()
    idle = store.cases.contacts_idle(now - contacts.idle_time(packs.values()))

    def forget(contact: Contact) -> bool:
        return written(store, contacts.forget(contact, now, "system"), now)

    return one_by_one(idle, forget)


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
