"""Which clusters are near, by the grid; and the locks that keep two from being made for one problem."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, text

from casework.clusters import Looked, Near, Neighbour
from casework.errors import Conflict
from casework.likeness import Account, account_told
from casework.places import PlaceCandidate, PlaceKind, public_label
from casework.states import OPEN, State
from storage.locks import CELLS
from storage.tables import clusters, photos, reports

MOST_CLUSTERS = 40
"""Of more clusters near by, those told last are compared."""

MOST_ACCOUNTS = 5
"""Of each cluster so many reports are compared, the latest ones."""


def read_near(connection: Connection, near: Near) -> tuple[Neighbour, ...]:
    """The clusters near by with their latest accounts, those told last first."""
    found = _rows_near(connection, near)
    if not found:
        return ()
    told = _latest_reports(connection, [row.id for row in found])
    shown = _photos(connection, [report.id for of_one in told.values() for report in of_one])
    return tuple(
        Neighbour(
            cluster_id=row.id,
            category=row.category,
            state=State(row.state),
            where=public_label(latest[0].label, latest[0].place_kind, latest[0].ward),
            reported_at=row.reported_at,
            accounts=tuple(_account(report, shown[report.id]) for report in latest),
        )
        for row in found
        if (latest := told.get(row.id))
    )


def lock_and_look_again(connection: Connection, looked: Sequence[Looked]) -> None:
    """Nobody else may choose a cluster here until the transaction ends.

    Raises Conflict if a cluster is near by that was not seen when this one was chosen. On SQLite a
    writer is alone already.
    """
    if connection.dialect.name != "sqlite":
        # In one order everywhere, so that two transactions cannot wait for each other.
        for cell in sorted({_short(cell) for one in looked for cell in one.near.cells}):
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:kind, :cell)"), {"kind": CELLS, "cell": cell}
            )
    for one in looked:
        if any(row.id not in one.seen for row in _rows_near(connection, one.near)):
            raise Conflict("another cluster appeared near by")


def _short(cell: int) -> int:
    """A cell as the 32 signed bits that a lock of a class has room for; two may share a lock."""
    return cell % 2**31


def _rows_near(connection: Connection, near: Near) -> list[Row[tuple[str, str, str, str, datetime]]]:
    """Of this authority: asked for in SQL, that makes SQLite read its index by authority, most of it."""
    found = connection.execute(_clusters_near(near)).all()
    return [row for row in found if row.jurisdiction == near.jurisdiction]


def _clusters_near(near: Near) -> Select[tuple[str, str, str, str, datetime]]:
    high = near.radius_m / 111_195
    wide = high / max(0.01, math.cos(math.radians(near.point.latitude)))
    stands = or_(
        clusters.c.state.in_([str(state) for state in OPEN]),
        and_(clusters.c.state == str(State.FIXED_COUNCIL), clusters.c.changed_at >= near.fixed_since),
    )
    return (
        select(
            clusters.c.id,
            clusters.c.jurisdiction,
            clusters.c.category,
            clusters.c.state,
            clusters.c.reported_at,
        )
        .where(
            clusters.c.cell.in_(near.cells),
            clusters.c.category.in_(near.categories),
            clusters.c.reported_at >= near.since,
            clusters.c.latitude.between(near.point.latitude - high, near.point.latitude + high),
            clusters.c.longitude.between(near.point.longitude - wide, near.point.longitude + wide),
            stands,
        )
        .order_by(clusters.c.reported_at.desc(), clusters.c.id)
        .limit(MOST_CLUSTERS)
    )


def _latest_reports(
    connection: Connection, wanted: Sequence[str]
) -> dict[str, list[Row[tuple[object, ...]]]]:
    number = func.row_number().over(
        partition_by=reports.c.cluster_id, order_by=(reports.c.created_at.desc(), reports.c.id)
    )
    standing = (
        select(reports, number.label("number"))
        .where(reports.c.cluster_id.in_(wanted), reports.c.own_state.is_(None))
        .subquery()
    )
    latest = select(standing).where(standing.c.number <= MOST_ACCOUNTS).order_by(standing.c.number)
    found: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(latest):
        found[row.cluster_id].append(row)
    return found


def _photos(connection: Connection, report_ids: Sequence[str]) -> dict[str, list[str]]:
    """The hashes of the reports' photos."""
    found: dict[str, list[str]] = defaultdict(list)
    query = select(photos.c.report_id, photos.c.dhash).where(photos.c.report_id.in_(report_ids))
    for row in connection.execute(query):
        found[row.report_id].append(row.dhash)
    return found


def _account(row: Row[tuple[object, ...]], hashes: Iterable[str]) -> Account:
    place = PlaceCandidate(
        row.latitude, row.longitude, 1.0, row.label, row.ward, PlaceKind(row.place_kind), row.uncertainty_m
    )
    return account_told(row.category, row.text, place, row.created_at, hashes)
