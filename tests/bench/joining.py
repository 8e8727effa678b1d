"""Joining one report among a million open cases, on both databases.

Half of the cases are spread over a county and half lie in its town centres; new reports near them are
filed as the conversation does it: look near by, choose, read the case, commit.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Table, insert, text

from casework.cases import Cluster, Report
from casework.cells import cell
from casework.clusters import Verdict
from casework.filing import Telling
from casework.joining import choose, place, seek
from casework.minting import Mint
from casework.packs import Pack
from casework.places import AreaKind, Areas, PlaceKind, Point
from config.loading import load_packs
from config.settings import DEMO_PACK
from storage.database import Database
from storage.rows import to_row
from storage.store import Store
from storage.tables import clusters, contacts, reports
from tests.bench.results import Result, percentile
from tests.databases import postgres_cluster
from tests.factories import NOW, make_cluster, make_contact, make_place, make_report, make_telling

BUDGET_MS = 10.0
CASES = 1_000_000
REPORTS = 2_000
SIDE_DEGREES = 0.5
"""Some 55 km north to south and 34 km east to west: a county."""

TOWNS = 2_000
TOWN_DEGREES = 0.0015
AT_ONCE = 10_000
DAYS = 8
CLEANSING_WORDS = (
    "mattress",
    "sofa",
    "fridge",
    "tyres",
    "bags",
    "rubble",
    "wardrobe",
    "bin",
    "litter",
    "glass",
    "carpet",
)
ROAD_WORDS = (
    "pothole",
    "kerb",
    "slab",
    "lamp",
    "drain",
    "flood",
    "sign",
    "branch",
    "gate",
    "wall",
    "bench",
    "shelter",
)
WORDS = (*CLEANSING_WORDS, *ROAD_WORDS)


@dataclass
class Times:
    """Milliseconds of each report."""

    look: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    joined: int = 0


class County:
    """Where the problems are."""

    def __init__(self, pack: Pack, seed: int = 6) -> None:
        self._random = random.Random(seed)
        self.pack = pack
        self._codes = [category.code for category in pack.categories if not category.sensitive]
        ward = next(area for area in pack.areas if area.kind is AreaKind.WARD)
        self.areas = Areas(ward=ward, jurisdiction=pack.code)
        self._towns = [self._anywhere() for _ in range(TOWNS)]

    def _anywhere(self) -> Point:
        return Point(52.0 + self._random.random() * SIDE_DEGREES, -0.2 + self._random.random() * SIDE_DEGREES)

    def _somewhere(self) -> Point:
        if self._random.random() < 0.5:
            return self._anywhere()
        town = self._random.choice(self._towns)
        return Point(
            self._random.gauss(town.latitude, TOWN_DEGREES), self._random.gauss(town.longitude, TOWN_DEGREES)
        )

    def words(self) -> str:
        """What somebody tells."""
        return " ".join(self._random.choices(WORDS, k=6))

    def cases(self, count: int) -> Iterator[tuple[Cluster, Report]]:
        """So many open cases with one report each."""
        for number in range(count):
            at = NOW - timedelta(seconds=self._random.random() * DAYS * 86_400)
            point, category = self._somewhere(), self._random.choice(self._codes)
            fields = {"category": category, "latitude": point.latitude, "longitude": point.longitude}
            same = {"jurisdiction": self.pack.code, "ward": "W1", **fields}
            cluster = make_cluster(
                id=f"{number:032x}", cell=cell(point), opened_at=at, changed_at=at, reported_at=at, **same
            )
            report = make_report(
                id=f"{number:032x}",
                reference=f"BN-{number:07d}",
                cluster_id=cluster.id,
                text=self.words(),
                place_kind="coordinates",
                uncertainty_m=25.0,
                created_at=at,
                **same,
            )
            yield cluster, report

    def telling(self, near: Report) -> Telling:
        """What a neighbour tells of much the same thing."""
        a_metre = 1 / 111_195
        spot = make_place(
            latitude=near.latitude + self._random.gauss(0, 8) * a_metre,
            longitude=near.longitude + self._random.gauss(0, 8) * a_metre,
            kind=PlaceKind.COORDINATES,
            uncertainty_m=25.0,
        )
        return make_telling(self.pack, category=near.category, text=near.text, place=spot, areas=self.areas)


def fill(database: Database, county: County, count: int, some: int) -> list[Report]:
    """Write the cases; some of their reports, at random."""
    keep = set(random.Random(1).sample(range(count), some))
    kept: list[Report] = []
    with database.write() as connection:
        connection.execute(insert(contacts), [to_row(make_contact())])
    batch: list[tuple[Cluster, Report]] = []
    for number, pair in enumerate(county.cases(count)):
        batch.append(pair)
        if number in keep:
            kept.append(pair[1])
        if len(batch) == AT_ONCE or number == count - 1:
            _write(database, batch)
            batch.clear()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return kept


def _write(database: Database, batch: Sequence[tuple[Cluster, Report]]) -> None:
    with database.write() as connection:
        for table, things in ((clusters, [c for c, _ in batch]), (reports, [r for _, r in batch])):
            rows = [to_row(thing) for thing in things]
            _insert(connection, table, rows)


def _insert(connection: Connection, table: Table, rows: list[Mapping[str, object]]) -> None:
    connection.execute(insert(table), rows)


def file_one(store: Store, county: County, telling: Telling, now: datetime, mint: Mint, times: Times) -> None:
    """As bot/conversation/telling.py does it, with a watch."""
    began = time.perf_counter()
    sought = seek(county.pack, telling, now)
    seen = store.cases.near(sought.near) if sought.near else ()
    match = choose(county.pack, sought, seen)
    looked = time.perf_counter()
    joins = match is not None and match.verdict is Verdict.JOIN
    case = store.cases.present_case(match.neighbour.cluster_id) if match and joins else None
    placed = place(county.pack, sought, seen, match, case, now, mint)
    store.commit(placed.filed.outcome, now)
    if not seen:
        raise AssertionError("the case that is told of again is near by")
    times.look.append((looked - began) * 1000)
    times.whole.append((time.perf_counter() - began) * 1000)
    times.joined += placed.joined


def file_near(url: str, count: int, some: int) -> Times:
    """Fill the database and file the reports one after the other."""
    (pack,) = load_packs([DEMO_PACK])
    county, database = County(pack), Database(url)
    database.migrate()
    kept = fill(database, county, count, some)
    store, mint, times = Store(database), Mint(random.Random(2)), Times()
    for number, near in enumerate(kept):
        file_one(store, county, county.telling(near), NOW + timedelta(seconds=number), mint, times)
    database.close()
    return times


def measure(folder: Path) -> list[Result]:
    """p50 and p99 of the look, and of all that one report takes, on both engines."""
    folder.mkdir(parents=True, exist_ok=True)
    results = _results("SQLite", file_near(f"sqlite:///{folder / 'joining.db'}", CASES, REPORTS))
    with postgres_cluster() as cluster:
        url = cluster.create(migrated=False)
        return results + _results("PostgreSQL", file_near(url, CASES, REPORTS))


def _results(engine: str, times: Times) -> list[Result]:
    among = f"among {CASES:,} open cases, {engine}"
    return [
        Result(f"nearby {among}, p50", percentile(times.look, 0.5), "ms"),
        Result(f"nearby {among}, p99", percentile(times.look, 0.99), "ms", BUDGET_MS),
        Result(f"one report {among}, p50", percentile(times.whole, 0.5), "ms"),
        Result(f"one report {among}, p99", percentile(times.whole, 0.99), "ms", BUDGET_MS),
        Result(f"joined {among}", 100 * times.joined / len(times.whole), "%"),
    ]
