"""Made-up things for every test: a small borough, and cases in it.

``make_…`` functions take any field by name and fill in the rest.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from casework.cases import (
    Case,
    Cluster,
    Contact,
    DeskItem,
    DeskKind,
    Hands,
    Offer,
    Photo,
    Promise,
    Publication,
    Question,
    Report,
)
from casework.cells import cell
from casework.escalation import Escalation
from casework.filing import Filed, Telling, file_report
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import (
    COUNCILLORS,
    Authority,
    Body,
    Calendar,
    Category,
    Charter,
    Councillor,
    GazetteerSource,
    Pack,
    Reason,
    Role,
    Route,
    Service,
    StaffMember,
    Standard,
    Tier,
    Unit,
    Use,
)
from casework.places import Area, AreaKind, Areas, PlaceCandidate, PlaceKind, Point
from casework.states import State
from storage.store import Store

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday morning, in winter time."""

CLEANSING = "ashmere/street-cleansing"
ROADS = "county/highways"
HOUSING = "millbrook/repairs"

HAZEL_GROVE = Point(51.505, -0.095)


def mint(seed: int = 1) -> Mint:
    """A mint that makes the same ids every time."""
    return Mint(random.Random(seed))


# --- The authority -----------------------------------------------------------------------------


def square(south: float, west: float, high: float = 0.018, wide: float = 0.029) -> dict[str, Any]:
    """A GeoJSON rectangle; the default is two kilometres a side."""
    north, east = south + high, west + wide
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def make_authority(**fields: Any) -> Authority:
    """Ashmere Borough Council."""
    return replace(
        Authority(
            code="ashmere",
            name="Ashmere Borough Council",
            short_name="Ashmere",
            prefix="AM",
            nation="england",
            time_zone="Europe/London",
            languages=("en",),
            email="hello@ashmere.example",
            phone="01632 960000",
        ),
        **fields,
    )


WARDS = (
    Area("W1", "Westbrook", AreaKind.WARD, square(51.5, -0.1)),
    Area("W2", "Eastfield", AreaKind.WARD, square(51.5, -0.071)),
    Area("P1", "Little Ashmere", AreaKind.PARISH, square(51.5, -0.1)),
    Area("E1", "Mill Estate", AreaKind.ESTATE, square(51.51, -0.1, 0.004, 0.006), landlord="millbrook"),
)

BODIES = (
    Body(
        "ashmere",
        "Ashmere Borough Council",
        Tier.DISTRICT,
        (
            Service(CLEANSING, "Street Cleansing", "ashmere", "street.cleansing@ashmere.example"),
            Service("ashmere/parks", "Parks", "ashmere", "parks@ashmere.example"),
        ),
    ),
    Body(
        "county",
        "Weald County Council",
        Tier.COUNTY,
        (Service(ROADS, "Highways", "county", "highways@weald.example"),),
    ),
    Body(
        "millbrook",
        "Millbrook Homes",
        Tier.LANDLORD,
        (Service(HOUSING, "Repairs", "millbrook", "repairs@millbrook.example"),),
    ),
)

CATEGORIES = (
    Category("fly_tipping", "Dumped rubbish", ("fly tip*", "dumped"), ("someone dumped a sofa",)),
    Category("road_surface", "Pothole or broken road", ("pothole*",), ("deep pothole outside the school",)),
    Category("street_light", "Street light", ("street light*",), ("the street light is out",), hazard=True),
    Category("anti_social_behaviour", "Anti-social behaviour", ("gang*",), (), sensitive=True),
    Category("empty_property", "Empty property", ("empty house",), ()),
    Category("other", "Something else"),
)

ROUTES = (
    Route(("fly_tipping", "anti_social_behaviour"), CLEANSING),
    Route(("fly_tipping",), HOUSING, landlord="millbrook"),
    Route(("road_surface", "street_light"), ROADS),
    Route(("empty_property",), COUNCILLORS),
)

STANDARDS = tuple(
    Standard(category.code, *((24, Unit.HOURS) if category.hazard else (3, Unit.WORKING_DAYS)))
    for category in CATEGORIES
)

REASONS = (
    Reason("parts", "we are waiting for parts", frozenset({Use.LONGER, Use.PAUSE})),
    Reason("bigger_job", "it is a bigger job than it looked", frozenset({Use.LONGER})),
    Reason("not_our_place", "it is not a place that we look after", frozenset({Use.NOT_OURS})),
)

COUNCILLORS_IN_OFFICE = (
    Councillor("c1", "Ada Byrne", "W1", None, None, "ada.byrne@ashmere.example", "Saturdays 10am, library"),
    Councillor("c2", "Bo Lind", "W1", None, None, "bo.lind@ashmere.example"),
    Councillor("c3", "Cy Marsh", "W2", None, None, "cy.marsh@ashmere.example"),
)

STAFF = (
    StaffMember("s1", "Tess Rowe", "tess.rowe@ashmere.example", Role.TRIAGE, frozenset({"W1"})),
    StaffMember("s2", "Uma Vale", "uma.vale@ashmere.example", Role.TRIAGE, frozenset({"W2"})),
    StaffMember("s3", "Vic Ash", "vic.ash@ashmere.example", Role.ADMIN),
)


def make_pack(**fields: Any) -> Pack:
    """A borough with two wards, a parish, an estate, a county above it and a housing association."""
    return replace(
        Pack(
            authority=make_authority(),
            areas=WARDS,
            bodies=BODIES,
            categories=CATEGORIES,
            excluded=(),
            emergencies=(),
            routes=ROUTES,
            charter=Charter(STANDARDS, reasons=REASONS),
            councillors=COUNCILLORS_IN_OFFICE,
            staff=STAFF,
            gazetteer=GazetteerSource(),
            calendar=Calendar(bank_holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)})),
            escalation=Escalation(),
            digest="0" * 64,
        ),
        **fields,
    )


# --- What residents tell -----------------------------------------------------------------------


def make_contact(**fields: Any) -> Contact:
    """A resident who wrote by text message."""
    return replace(
        Contact(
            id="c0ffee" + "0" * 26,
            channel="sms",
            address_hash="a" * 64,
            address="+447700900123",
            language="en",
            created_at=NOW,
        ),
        **fields,
    )


def make_place(**fields: Any) -> PlaceCandidate:
    """Hazel Grove, as far as it is known."""
    return replace(
        PlaceCandidate(
            latitude=HAZEL_GROVE.latitude,
            longitude=HAZEL_GROVE.longitude,
            probability=0.97,
            label="Hazel Grove",
            ward="W1",
            kind=PlaceKind.STREET,
            uncertainty_m=80.0,
            jurisdiction="ashmere",
        ),
        **fields,
    )


def make_areas(pack: Pack, ward: str | None = "W1", **fields: Any) -> Areas:
    """The areas of a place in that ward."""
    return Areas(ward=pack.area(ward) if ward else None, jurisdiction=pack.code, **fields)


def make_telling(pack: Pack, **fields: Any) -> Telling:
    """A sofa on Hazel Grove, told well."""
    return replace(
        Telling(
            contact_id=make_contact().id,
            text="A sofa has been dumped by the bins. Call me on 07700 900123",
            redacted="A sofa has been dumped by the bins. Call me on …",
            language="en",
            category="fly_tipping",
            confidence=0.93,
            sure=True,
            place=make_place(),
            areas=make_areas(pack),
        ),
        **fields,
    )


def file_one(pack: Pack, now: datetime = NOW, seed: int = 1, **fields: Any) -> Filed:
    """A report just filed; fields are those of ``make_telling``."""
    return file_report(pack, make_telling(pack, **fields), now, mint(seed))


def case_of(filed: Filed) -> Case:
    """The case that a report just filed makes."""
    desk = tuple(item for item in filed.outcome.new if isinstance(item, DeskItem))
    return Case(filed.cluster, (filed.report,), (filed.promise,), (), desk)


# --- Cases as they stand -----------------------------------------------------------------------


def make_cluster(**fields: Any) -> Cluster:
    """Dumped rubbish on Hazel Grove, with Street Cleansing."""
    return replace(
        Cluster(
            id="c" * 32,
            jurisdiction="ashmere",
            category="fly_tipping",
            state=State.CONFIRMED,
            latitude=HAZEL_GROVE.latitude,
            longitude=HAZEL_GROVE.longitude,
            cell=cell(HAZEL_GROVE),
            ward="W1",
            service=CLEANSING,
            hands=Hands.OFFERED,
            handovers=0,
            opened_at=NOW,
            changed_at=NOW,
            reported_at=NOW,
        ),
        **fields,
    )


def make_report(**fields: Any) -> Report:
    """One resident's account of it, already sent to its service."""
    return replace(
        Report(
            id="a" * 32,
            reference="AM-4F7-2Q9",
            jurisdiction="ashmere",
            cluster_id="c" * 32,
            contact_id=make_contact().id,
            text="A sofa has been dumped by the bins. Call me on 07700 900123",
            redacted="A sofa has been dumped by the bins. Call me on …",
            language="en",
            category="fly_tipping",
            confidence=0.93,
            latitude=HAZEL_GROVE.latitude,
            longitude=HAZEL_GROVE.longitude,
            label="Hazel Grove",
            place_kind="street",
            uncertainty_m=80.0,
            ward="W1",
            ward_near_edge=False,
            parish=None,
            division=None,
            estate=None,
            own_state=None,
            publication=Publication.PENDING,
            created_at=NOW,
            send_after=NOW + timedelta(minutes=10),
            sent_at=NOW + timedelta(minutes=10),
        ),
        **fields,
    )


def make_promise(**fields: Any) -> Promise:
    """To clear it by the end of Friday."""
    return replace(
        Promise(
            id="d" * 32,
            report_id="a" * 32,
            cluster_id="c" * 32,
            jurisdiction="ashmere",
            category="fly_tipping",
            ward="W1",
            service=CLEANSING,
            made_at=NOW,
            due_at=datetime(2026, 3, 13, 23, 59, tzinfo=UTC),
        ),
        **fields,
    )


def make_case(
    cluster: Cluster | None = None,
    reports: Sequence[Report] | None = None,
    promises: Sequence[Promise] | None = None,
    desk: Sequence[DeskItem] = (),
) -> Case:
    """A case with one report and its running promise."""
    return Case(
        cluster or make_cluster(),
        tuple(reports) if reports is not None else (make_report(),),
        tuple(promises) if promises is not None else (make_promise(),),
        (),
        tuple(desk),
    )


def make_desk_item(**fields: Any) -> DeskItem:
    """A report whose category nobody is sure of."""
    return replace(
        DeskItem(
            id="e" * 32,
            kind=DeskKind.UNSURE_CATEGORY,
            jurisdiction="ashmere",
            ward="W1",
            report_id="a" * 32,
            contact_id=make_contact().id,
            words="",
            created_at=NOW,
        ),
        **fields,
    )


def make_question(**fields: Any) -> Question:
    """Was it fixed? Asked a day later, not answered."""
    return replace(
        Question(
            id="9" * 32,
            report_id="a" * 32,
            cluster_id="c" * 32,
            contact_id=make_contact().id,
            asked_at=NOW + timedelta(days=1),
        ),
        **fields,
    )


def make_offer(**fields: Any) -> Offer:
    """The case in Street Cleansing's hands since it was reported."""
    return replace(
        Offer(
            id="b" * 32,
            cluster_id="c" * 32,
            jurisdiction="ashmere",
            category="fly_tipping",
            ward="W1",
            service=CLEANSING,
            offered_by="system",
            offered_at=NOW,
            answer_by=datetime(2026, 3, 12, 23, 59, tzinfo=UTC),
        ),
        **fields,
    )


def make_photo(**fields: Any) -> Photo:
    """A photo of the report."""
    return replace(
        Photo(
            id="f" * 32,
            report_id="a" * 32,
            contact_id=make_contact().id,
            name="0" * 64,
            width=640,
            height=480,
            dhash="0" * 16,
            latitude=None,
            longitude=None,
            created_at=NOW,
        ),
        **fields,
    )


# --- In a database -----------------------------------------------------------------------------


def keep_contact(store: Store, **fields: Any) -> Contact:
    """A contact, stored."""
    contact = make_contact(**fields)
    store.commit(Outcome(new=(contact,)), NOW)
    return contact


def keep_report(store: Store, pack: Pack, now: datetime = NOW, seed: int = 1, **fields: Any) -> Filed:
    """A report filed and stored, with its contact; fields are those of ``make_telling``."""
    contact_id = str(fields.get("contact_id") or make_contact().id)
    if store.cases.contact(contact_id) is None:
        keep_contact(store, id=contact_id, address_hash=contact_id.rjust(64, "0"))
    filed = file_one(pack, now, seed, **fields)
    store.commit(filed.outcome, now)
    return filed
