"""Does an act of the ladder to what is kept: reads, decides, writes, and reads again where it must."""

from collections.abc import Callable

from casework.budgets import year_of
from casework.calls import Ledger, Matter
from casework.carrying import A_YEAR
from casework.clock import Clock
from casework.errors import Conflict, NotAllowed, NotFound
from casework.minting import Mint
from casework.packs import Pack
from casework.stepping import Act, Scene, after
from storage.store import Store

ATTEMPTS = 5
"""A matter that somebody else changes while we write is read again so often."""


def carry_out(
    store: Store,
    pack: Pack,
    find: Callable[[], Matter | None],
    actor: str,
    act: Act,
    clock: Clock,
    mint: Mint,
) -> Matter:
    """The act, done to the matter as it stands now; the matter as it is afterwards.

    ``find`` reads the matter. Raises NotAllowed where the rules refuse the act on what somebody
    else has just made of it, NotFound where there is no such matter.
    """
    for _ in range(ATTEMPTS):
        matter = find()
        if matter is None:
            raise NotFound("no such matter")
        now = clock.now()
        outcome = act(Scene(pack, matter, actor, now, mint))
        try:
            store.commit(outcome, now)
        except Conflict:
            continue
        return after(matter, outcome)
    raise NotAllowed("changed meanwhile", key="call.changed")


def ledger_for(store: Store, scene: Scene) -> Ledger | None:
    """The budget of the matter's ward for this year."""
    begins = year_of(scene.pack.escalation.budget, scene.today)
    return store.calls.ledger(scene.pack.code, scene.matter.ward or "", begins)


def brought_by(store: Store, scene: Scene) -> int:
    """How many calls the acting councillor has referred in the last twelve months."""
    return store.calls.brought(scene.actor.partition(":")[2], scene.now - A_YEAR)
