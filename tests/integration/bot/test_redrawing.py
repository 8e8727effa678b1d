"""A change of boundaries on real databases: what moves, what was interrupted, who is told."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from bot import redrawing
from bot.redrawing import Change, apply, change_of_dates, ground, plan
from casework.boundaries import MOVED, Moves
from casework.cases import Cluster
from casework.outcomes import Outcome
from casework.packs import Councillor, Pack, Route, Standard, Unit
from casework.places import Area, AreaKind, Point
from casework.states import State
from storage.store import Store
from tests.factories import NOW, WARDS, keep_report, make_areas, make_pack, make_place, mint, square

LEWISHAM = Path(__file__).parents[4] / "shared" / "data" / "lewisham"
CHANGE_DAY = date(2026, 3, 1)
OLD = tuple(replace(w, valid_to=CHANGE_DAY) for w in WARDS if w.kind is AreaKind.WARD)
NEW = (
    Area("N1", "Hillside", AreaKind.WARD, square(51.5, -0.1, 0.018, 0.0145), CHANGE_DAY),
    Area("N2", "Riverside", AreaKind.WARD, square(51.5, -0.0855, 0.018, 0.0435), CHANGE_DAY),
)
"""The west half of Westbrook by itself; the rest of it with Eastfield."""

PACK = make_pack(
    areas=(*OLD, *NEW, *(area for area in WARDS if area.kind is not AreaKind.WARD)),
    councillors=(
        Councillor("c1", "Ada Byrne", "W1", None, CHANGE_DAY, "ada.byrne@ashmere.example"),
        Councillor("n1", "Ada Byrne", "N1", CHANGE_DAY, None, "ada.byrne@ashmere.example"),
        Councillor("n2", "Cy Marsh", "N2", CHANGE_DAY, None, "cy.marsh@ashmere.example"),
    ),
)
CHANGE = change_of_dates(PACK, NOW.date())


def keep(store: Store, longitude: float, seed: int, ward: str = "W1") -> Cluster:
    """A case of before the change."""
    place = make_place(latitude=51.505, longitude=longitude)
    areas = make_areas(make_pack(), ward)
    filed = keep_report(store, PACK, NOW - timedelta(days=20), seed, place=place, areas=areas)
    return filed.cluster


def ward_of(store: Store, cluster: Cluster) -> str | None:
    """Where the case is now."""
    case = store.cases.case(cluster.id)
    assert case is not None
    return case.cluster.ward


@pytest.fixture
def cases(store: Store) -> tuple[Cluster, Cluster, Cluster, Cluster]:
    """West and east in Westbrook, one in Eastfield, and one in Westbrook that is over."""
    west, east, far = keep(store, -0.095, 1), keep(store, -0.08, 2), keep(store, -0.06, 3, "W2")
    over = keep(store, -0.09, 4)
    closed = replace(over, state=State.CLOSED)
    store.commit(Outcome(changed=(closed,)), NOW)
    return west, east, far, over


def test_a_plan_shows_what_would_move_and_moves_nothing(store: Store, cases: tuple[Cluster, ...]) -> None:
    found = plan(store, PACK, CHANGE)
    assert found.moves == (Moves("W1", "N1", 1), Moves("W1", "N2", 1), Moves("W2", "N2", 1))
    assert [ward_of(store, case) for case in cases] == ["W1", "W1", "W2", "W1"]


def test_open_cases_move_and_with_them_the_digests(store: Store, cases: tuple[Cluster, ...]) -> None:
    apply(store, PACK, CHANGE, "staff:s3", NOW, mint(9), lambda _: None)
    assert [ward_of(store, case) for case in cases] == ["N1", "N2", "N2", "W1"]
    assert store.cases.count_open("ashmere", "N2") == 2
    assert store.cases.count_open("ashmere", "W1") == 0
    case = store.cases.case(cases[0].id)
    assert case is not None
    assert {r.ward for r in case.reports} == {"W1"}
    assert {p.ward for p in case.promises} == {"W1"}
    entries = store.audit.of_act(MOVED)
    assert {(e.actor, e.details["from"], e.details["to"]) for e in entries} == {
        ("staff:s3", "W1", "N1"),
        ("staff:s3", "W1", "N2"),
        ("staff:s3", "W2", "N2"),
    }


def test_twice_is_once(store: Store, cases: tuple[Cluster, ...]) -> None:
    first = apply(store, PACK, CHANGE, "staff:s3", NOW, mint(9), lambda _: None)
    second = apply(store, PACK, CHANGE, "staff:s3", NOW, mint(10), lambda _: None)
    assert second == first
    assert len(store.audit.of_act(MOVED)) == 3
    assert letters(store) == {"councillor:n1": 1, "councillor:n2": 1}


def letters(store: Store) -> Counter[str]:
    """The letters about boundaries, by whom they are for."""
    waiting = store.outbox.claim(["email"], NOW + timedelta(hours=1), timedelta(minutes=1), 100)
    return Counter(m.recipient for m in waiting if m.key == "councillor.wards")


def test_councillors_hear_of_everything_though_it_was_interrupted(
    store: Store, cases: tuple[Cluster, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(Exception):
        pass

    def kill(_: int) -> None:
        raise Killed

    monkeypatch.setattr(redrawing, "AT_ONCE", 1)
    with pytest.raises(Killed):
        apply(store, PACK, CHANGE, "staff:s3", NOW, mint(9), kill)
    assert len(store.audit.of_act(MOVED)) == 1
    assert letters(store) == {}
    done = apply(store, PACK, CHANGE, "staff:s3", NOW, mint(10), lambda _: None)
    assert done.moves == (Moves("W1", "N1", 1), Moves("W1", "N2", 1), Moves("W2", "N2", 1))
    assert letters(store) == {"councillor:n1": 1, "councillor:n2": 1}


def test_what_somebody_changed_meanwhile_is_moved_as_it_is_now(
    store: Store, cases: tuple[Cluster, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    west = cases[0]
    read = store.cases.open_in_wards

    def overtaken(*given: object) -> object:
        found = read(*given)  # type: ignore[arg-type]
        current = store.cases.case(west.id)
        if found and current and current.cluster.state is State.CONFIRMED:
            changed = replace(current.cluster, state=State.IN_PROGRESS)
            store.commit(Outcome(changed=(changed,)), NOW)
        return found

    monkeypatch.setattr(store.cases, "open_in_wards", overtaken)
    apply(store, PACK, CHANGE, "staff:s3", NOW, mint(9), lambda _: None)
    case = store.cases.case(west.id)
    assert case is not None
    assert (case.cluster.ward, case.cluster.state) == ("N1", State.IN_PROGRESS)


def test_a_place_that_no_new_ward_holds_stays_and_is_counted(store: Store) -> None:
    away = keep(store, -0.02, 5)
    done = apply(store, PACK, CHANGE, "staff:s3", NOW, mint(9), lambda _: None)
    assert (done.cases, done.staying) == (0, 1)
    assert ward_of(store, away) == "W1"


def test_without_dates_there_is_no_change() -> None:
    assert change_of_dates(make_pack(), NOW.date()).old == ()


def test_what_still_names_the_old_wards_is_told() -> None:
    pack = replace(
        PACK,
        councillors=PACK.councillors[:2],
        routes=(*PACK.routes, Route(("other",), "ashmere/parks", frozenset({"W2"}))),
        charter=replace(PACK.charter, standards=(Standard("other", 3, Unit.WORKING_DAYS, "W1"),)),
    )
    assert redrawing.left_behind(pack, CHANGE) == [
        "staff.csv: only for wards that are gone: Tess Rowe, Uma Vale",
        "routes.toml: only in wards that are gone: ashmere/parks",
        "charter.toml: standards of wards that are gone: other",
        "councillors.csv: nobody is in office in Riverside",
    ]


def test_the_ground_of_a_ward_is_told_by_parts() -> None:
    found = [(old.code, new.code if new else None, round(part, 2)) for old, new, part in ground(CHANGE)]
    assert found == [("W1", "N1", 0.5), ("W1", "N2", 0.5), ("W2", "N2", 1.0)]


# --- Real boundaries --------------------------------------------------------------------------


def wards_of(file: str) -> tuple[Area, ...]:
    """The wards of a file of the data folder."""
    features = json.loads((LEWISHAM / file).read_text())["features"]
    return tuple(
        Area(f["properties"]["code"], f["properties"]["name"], AreaKind.WARD, f["geometry"]) for f in features
    )


def inside(area: Area, count: int) -> Iterator[Point]:
    """Points spread over an area."""
    whole = shape(area.geometry)  # type: ignore[arg-type]
    west, south, east, north = whole.bounds
    for n in range(count):
        x = west + (east - west) * ((n * 0.618) % 1)
        y = south + (north - south) * ((n * 0.414) % 1)
        if whole.contains(shapely.Point(x, y)):
            yield Point(y, x)


@pytest.mark.skipif(not LEWISHAM.is_dir(), reason="the boundaries of Lewisham are not here")
def test_lewisham_s_wards_of_2013_become_those_of_2022(store: Store) -> None:
    old, new = wards_of("wards_2013.geojson"), wards_of("wards_2022.geojson")
    pack: Pack = make_pack(areas=(*old, *new))
    change = Change(old, new, NOW.date())
    shapes = [(area.code, shape(area.geometry)) for area in new]  # type: ignore[arg-type]
    expected: Counter[tuple[str, str]] = Counter()
    clusters = []
    spread = [(ward, point) for ward in old for point in inside(ward, 12)]
    for number, (area, point) in enumerate(spread):
        place = make_place(latitude=point.latitude, longitude=point.longitude)
        filed = keep_report(store, pack, NOW, number + 10, place=place, areas=make_areas(pack, area.code))
        clusters.append(filed.cluster)
        at = shapely.Point(point.longitude, point.latitude)
        # Where the two maps differ at the borough's border, the nearest ward within 50 m is taken.
        holding = [code for code, held in shapes if held.contains(at)]
        expected[area.code, holding[0] if holding else "edge"] += 1
    assert len(clusters) > 100
    done = apply(store, pack, change, "staff:s3", NOW, mint(9), lambda _: None)
    found = {(move.old, move.new): move.cases for move in done.moves}
    assert sum(found.values()) + done.staying == len(clusters)
    assert sum(abs(found.get(pair, 0) - count) for pair, count in expected.items()) <= 2 * sum(
        count for (_, code), count in expected.items() if code == "edge"
    )
    assert plan(store, pack, change).cases == 0
