"""Reads sources into a staging file: bad rows are noted and passed over, a killed run goes on."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import shape

from casework.packs import Address
from casework.places import Area, Point
from geo.areas import METRES_PER_DEGREE
from geo.importing.refusing import NoPlace, Refused
from geo.importing.sources import Item, Source, items
from geo.importing.staging import Batch, Counts, Staging
from geo.importing.tables import Thing

AT_ONCE = 20_000
"""Rows that are written in one transaction: so many are read again after a kill at most."""

MOST_REFUSED = 10_000
"""Refused rows that are listed for one source; all are counted."""

LAST = ("price-paid",)
"""Formats whose rows are placed by the postcodes that others bring."""


class Reach:
    """The part of the world that is taken: around some areas, or all of it where there are none."""

    def __init__(self, areas: Iterable[Area] = (), margin_m: float = 0.0) -> None:
        shapes = [shape(area.geometry) for area in areas]  # type: ignore[arg-type]
        margin = margin_m / METRES_PER_DEGREE
        # A degree of longitude is shorter: the margin is at least half as wide to the sides.
        self._whole = shapely.union_all(shapes).buffer(margin, quad_segs=4) if shapes else None
        self._box = self._whole.bounds if self._whole else (0.0, 0.0, 0.0, 0.0)
        if self._whole is not None:
            shapely.prepare(self._whole)

    @property
    def identity(self) -> str:
        """The same for the same ground."""
        return hashlib.sha256(self._whole.wkb).hexdigest()[:16] if self._whole else "everywhere"

    def holds(self, point: Point) -> bool:
        """True if the point is to be taken."""
        if self._whole is None:
            return True
        west, south, east, north = self._box
        if not (west <= point.longitude <= east and south <= point.latitude <= north):
            return False
        return bool(shapely.intersects_xy(self._whole, point.longitude, point.latitude))


@dataclass(slots=True)
class Wanted:
    """What is taken: places within reach; addresses without coordinates by their postcode."""

    reach: Reach
    postcodes: set[str] = field(default_factory=set)

    def takes(self, thing: Thing) -> bool:
        """True if this place is to be kept."""
        if isinstance(thing, Address) and thing.point is None:
            return thing.postcode in self.postcodes
        return thing.point is not None and self.reach.holds(thing.point)


Tell = Callable[[int], None]
"""Is told how many bytes of a source were read."""


def in_order(sources: Iterable[Source]) -> list[Source]:
    """The sources in the order in which they are to be read."""
    return sorted(sources, key=lambda source: source.format in LAST)


def run(sources: Sequence[Source], staging: Staging, wanted: Wanted, tell: Callable[[Source], Tell]) -> None:
    """Read all of them, each from where it was left. Raises Refused for one that cannot be read."""
    staging.drop_others(sources)
    for source in in_order(sources):
        if source.format in LAST:
            wanted.postcodes |= staging.postcodes()
        read_source(source, staging, wanted, tell(source))


def read_source(source: Source, staging: Staging, wanted: Wanted, tell: Tell) -> Counts:
    """Read one source to its end, from where it was left; how it was read in all."""
    counts, finished = staging.progress(source)
    if finished:
        return counts
    batch = Batch()
    done = counts.items
    for number, item in enumerate(items(source), start=1):
        if number <= done:
            continue
        _take(item, wanted, batch, counts)
        if counts.items % AT_ONCE == 0:
            staging.write(source, batch, counts, finished=False)
            batch = Batch()
            tell(item.at)
    staging.write(source, batch, counts, finished=True)
    tell(source.size)
    return counts


def _take(item: Item, wanted: Wanted, batch: Batch, counts: Counts) -> None:
    counts.items += 1
    try:
        for thing in item.read():
            if wanted.takes(thing):
                batch.things.append(thing)
                counts.taken += 1
            else:
                counts.outside += 1
    except NoPlace:
        pass
    except Refused as refused:
        counts.refused += 1
        if counts.refused <= MOST_REFUSED:
            batch.refused.append((item.where, str(refused)))
