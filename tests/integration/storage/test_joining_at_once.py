"""Reports of one problem at the same instant, from several processes: one cluster, and none lost."""

import multiprocessing
from collections import Counter
from multiprocessing.synchronize import Barrier
from random import Random

from sqlalchemy import select

from casework.clusters import Verdict
from casework.errors import Conflict
from casework.filing import Telling
from casework.joining import choose, place, seek
from casework.minting import Mint
from storage.database import Database
from storage.store import Store
from storage.tables import clusters, reports
from tests.factories import NOW, keep_contact, make_pack, make_place, make_telling

PROCESSES = 4
PLACES = 12
APART_DEGREES = 0.004
MOST_TRIES = 3 * PROCESSES

Told = tuple[int, int, int]
"""Which process told of which place, and how often it had to look again."""


def tell(store: Store, telling: Telling, mint: Mint) -> int:
    """File it as the conversation does; how often somebody else was there first."""
    pack = make_pack()
    for conflicts in range(MOST_TRIES):
        sought = seek(pack, telling, NOW)
        assert sought.near is not None
        seen = store.cases.near(sought.near)
        match = choose(pack, sought, seen)
        joins = match is not None and match.verdict is Verdict.JOIN
        case = store.cases.present_case(match.neighbour.cluster_id) if match and joins else None
        placed = place(pack, sought, seen, match, case, NOW, mint)
        try:
            store.commit(placed.filed.outcome, NOW)
        except Conflict:
            continue
        return conflicts
    raise AssertionError("somebody else was always first")


def _process(url: str, number: int, start: Barrier, told: "multiprocessing.Queue[Told]") -> None:
    database = Database(url)
    store, mint = Store(database), Mint(Random(number))
    for site in range(PLACES):
        telling = make_telling(
            make_pack(),
            contact_id=f"{number:032d}",
            place=make_place(latitude=51.5 + site * APART_DEGREES, uncertainty_m=20.0),
        )
        start.wait()
        told.put((number, site, tell(store, telling, mint)))
    database.close()


def test_two_reports_at_the_same_instant_do_not_make_two_clusters(database_url: str) -> None:
    database = Database(database_url)
    store = Store(database)
    for number in range(PROCESSES):
        keep_contact(store, id=f"{number:032d}", address_hash=f"{number:064d}")
    context = multiprocessing.get_context("spawn")
    start, told = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(target=_process, args=(database_url, number, start, told), daemon=True)
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    heard = [told.get(timeout=120) for _ in range(PROCESSES * PLACES)]
    for process in processes:
        process.join(timeout=30)

    with database.read() as connection:
        made = connection.execute(select(clusters.c.id)).scalars().all()
        members = Counter(connection.execute(select(reports.c.cluster_id)).scalars())
    database.close()
    assert len(made) == PLACES
    assert set(members.values()) == {PROCESSES}
    assert any(conflicts for _, _, conflicts in heard), "they never met: the test shows nothing"
