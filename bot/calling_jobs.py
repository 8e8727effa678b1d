"""What the clock does to calls for action: flags, warnings, vacancies and the year's budgets.

Like ``bot.jobs``: each looks for what is due at ``now`` and is safe to run twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from casework.budgets import allocate, year_of
from casework.calls import Matter
from casework.clock import Clock
from casework.clocks import StatutoryClock
from casework.errors import Conflict
from casework.flagging import flag
from casework.minting import Mint
from casework.outcomes import Notice, Outcome
from casework.packs import Councillor, Pack
from casework.places import AreaKind
from casework.reminding import tell_overdue, warn
from casework.seats import pass_on
from casework.stepping import Scene
from storage.store import Store

log = structlog.get_logger()

Packs = Mapping[str, Pack]

NEW_IN_OFFICE = timedelta(days=14)
"""Who took office longer ago knows what is open."""


def flag_clusters(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Clusters that meet a pack's rule are laid before their councillors; no further."""
    now = clock.now()
    return sum(_flag_clusters_of(store, pack, now, mint) for pack in packs.values())


def _flag_clusters_of(store: Store, pack: Pack, now: datetime, mint: Mint) -> int:
    hazards = [category.code for category in pack.categories if category.hazard]
    wanted = {
        cluster_id: None
        for rule in pack.escalation.rules
        for cluster_id in store.calls.clusters_to_flag(pack.code, rule, hazards, now)
    }
    matters = (store.calls.matter_of_cluster(cluster_id) for cluster_id in wanted)
    return sum(_commit(store, flag(_scene(pack, matter, now, mint)), now) for matter in matters if matter)


def tell_clocks(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Bodies and officers are warned of a deadline; a missed one is published and told to everybody."""
    now = clock.now()
    return sum(_tell_clock(store, packs, running, now, mint) for running in store.calls.clocks_running())


def _tell_clock(store: Store, packs: Packs, running: StatutoryClock, now: datetime, mint: Mint) -> bool:
    pack = packs.get(running.jurisdiction)
    matter = store.calls.matter(running.call_id)
    if pack is None or matter is None:
        return False
    scene = _scene(pack, matter, now, mint)
    outcome = warn(scene, running) if not running.is_overdue(now) else tell_overdue(scene, running)
    return _commit(store, outcome, now)


def pass_on_calls(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """What a councillor carried who has left goes to the successor, the others, or is told as vacant."""
    now = clock.now()
    return sum(
        _commit(store, pass_on(_scene(pack, matter, now, mint)), now)
        for pack in packs.values()
        for call in store.calls.live(pack.code)
        if (matter := store.calls.matter(call.id))
    )


def welcome_councillors(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Who has just taken office hears, once, what is open in the ward and waits for its councillors."""
    now = clock.now()
    return sum(
        _commit(store, Outcome(notices=(_welcome(pack, councillor),)), now)
        for pack in packs.values()
        for councillor in pack.councillors
        if _is_new(pack, councillor, now) and not store.cases.was_noticed(_once(pack, councillor))
    )


def _is_new(pack: Pack, councillor: Councillor, now: datetime) -> bool:
    today = Scene(pack, Matter(), "system", now, Mint()).today
    since = councillor.since
    return since is not None and since <= today < since + NEW_IN_OFFICE and councillor.in_office(today)


def _once(pack: Pack, councillor: Councillor) -> str:
    return f"office:{pack.code}:{councillor.id}:{councillor.ward}:{councillor.since}"


def _welcome(pack: Pack, councillor: Councillor) -> Notice:
    return Notice(
        f"councillor:{councillor.id}",
        "office.ward",
        {"ward": councillor.ward},
        jurisdiction=pack.code,
        once=_once(pack, councillor),
    )


def allocate_budgets(store: Store, packs: Packs, clock: Clock, mint: Mint) -> int:
    """Each ward's budget of the year begins with what its pack says."""
    now = clock.now()
    return sum(_allocate(store, pack, now, mint) for pack in packs.values())


def _allocate(store: Store, pack: Pack, now: datetime, mint: Mint) -> int:
    budget = pack.escalation.budget
    if not budget.pence_a_year:
        return 0
    scene = Scene(pack, Matter(), "system", now, mint)
    begins = year_of(budget, scene.today)
    wards = {area.code for area in pack.areas if area.kind is AreaKind.WARD and area.in_force(scene.today)}
    return sum(
        _commit(store, allocate(scene, ward, None, budget.pence_a_year, begins.isoformat()), now)
        for ward in sorted(wards)
        if store.calls.ledger(pack.code, ward, begins) is None
    )


def _scene(pack: Pack, matter: Matter, now: datetime, mint: Mint) -> Scene:
    return Scene(pack, matter, "system", now, mint)


def _commit(store: Store, outcome: Outcome, now: datetime) -> bool:
    """Write it, if there is anything; False where somebody else was there first."""
    if outcome == Outcome():
        return False
    try:
        store.commit(outcome, now)
    except Conflict:
        log.info("jobs.passed_over")
        return False
    return True
