"""An authority's pack as data: who it is, whom it serves through, and what it promises.

``config.loading`` reads these from files; config/PACK.md describes the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from casework.escalation import Escalation
from casework.places import Area, Point
from casework.understanding import Danger

COUNCILLORS = "councillors"
"""The service of a route that ends at the ward's councillors."""


class Tier(StrEnum):
    """What sort of body it is."""

    UNITARY = "unitary"
    DISTRICT = "district"
    COUNTY = "county"
    PARISH = "parish"
    LANDLORD = "landlord"
    UTILITY = "utility"
    POLICE = "police"
    TRANSPORT = "transport"
    PARTNER = "partner"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True, slots=True)
class Service:
    """The team of a body that acts; ``code`` is ``body/service``."""

    code: str
    name: str
    body: str
    email: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Who is responsible.

    ``police``, ``partner``, ``voluntary`` and ``duty_to_cooperate`` decide about statutory
    clocks (Cm 6939-I 3.35, 5.27, 5.29); ``areas`` are the codes it covers, empty for all.
    """

    code: str
    name: str
    tier: Tier
    services: tuple[Service, ...] = ()
    areas: frozenset[str] = frozenset()
    police: bool = False
    partner: bool = False
    voluntary: bool = False
    duty_to_cooperate: bool = False
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """What a report may be about.

    ``words`` are phrases that point to it, ``examples`` whole messages a resident might send;
    ``sensitive`` reports are never public; ``hazard`` reports are sent on without waiting for
    the correction window. Of the same problem: ``kin`` are the codes it is often mistaken for,
    ``reach_m`` is how far one such problem stretches, ``lasts_days`` how long it is likely to be
    told again, ``household`` says that each house has its own. ``covers`` are the codes of common
    categories that are this one here.
    """

    code: str
    name: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    sensitive: bool = False
    hazard: bool = False
    advice: str = ""
    kin: tuple[str, ...] = ()
    reach_m: float = 15.0
    lasts_days: int = 21
    household: bool = False
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExcludedMatter:
    """A matter with its own route (Cm 6939-I 2.29): ``go_to`` says where to go instead."""

    code: str
    name: str
    words: tuple[str, ...]
    go_to: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyAdvice:
    """The authority's own words for a danger, in place of the catalogue's."""

    danger: Danger
    advice: str


@dataclass(frozen=True, slots=True)
class Route:
    """Category, area and landlord lead to a service; empty conditions hold everywhere."""

    categories: tuple[str, ...]
    service: str
    areas: frozenset[str] = frozenset()
    landlord: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """True on the days when the route holds (``valid_to`` exclusive)."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


class Unit(StrEnum):
    """In what a standard is counted."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Standard:
    """What the charter promises for a category, or in an area with its own variation (2.51)."""

    category: str
    amount: int
    unit: Unit
    area: str | None = None
    text: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """True on the days when the standard holds (``valid_to`` exclusive)."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


class Use(StrEnum):
    """What a reason is given for."""

    LONGER = "longer"
    PAUSE = "pause"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a date moves, a clock stands still or a case is not a service's own; published (5.43).

    ``name`` completes "because …": "we are waiting for parts".
    """

    code: str
    name: str
    uses: frozenset[Use]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed the charter, as [Great Lever] has it."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Charter:
    """Service standards, priorities, who signed them, and the reasons that may be given."""

    standards: tuple[Standard, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    priorities: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Frequency(StrEnum):
    """How often a councillor wants the digest."""

    WEEKLY = "weekly"
    DAILY = "daily"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Councillor:
    """A ward's councillor with a term (``until`` exclusive); ``id`` is permanent."""

    id: str
    name: str
    ward: str
    since: date | None
    until: date | None
    email: str
    surgery: str = ""
    digest: Frequency = Frequency.WEEKLY

    def in_office(self, on: date) -> bool:
        """True while the term runs."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Role(StrEnum):
    """What a member of staff may do."""

    SERVICE = "service"
    TRIAGE = "triage"
    SCRUTINY = "scrutiny"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works with the reports; ``areas`` empty for all."""

    id: str
    name: str
    email: str
    role: Role
    areas: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def in_office(self, on: date) -> bool:
        """True while the appointment runs."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the gazetteer: a point, or a line of points (latitude first)."""

    name: str
    locality: str
    point: Point
    line: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """An address: ``saon`` is the flat, ``paon`` the house number or name.

    ``point`` is None where the source has none: the postcode's centroid stands in.
    """

    saon: str
    paon: str
    street: str
    locality: str
    postcode: str
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named place: shop, pub, school, park, station, estate, bus stop.

    ``radius_m`` is that of a circle as large as the place, 0 where nothing is known of its size.
    """

    name: str
    kind: str
    point: Point
    locality: str = ""
    aliases: tuple[str, ...] = ()
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Postcode:
    """A full postcode with its centroid."""

    postcode: str
    point: Point


@dataclass(frozen=True, slots=True)
class GazetteerSource:
    """What the pack's gazetteer files hold."""

    streets: tuple[Street, ...] = ()
    addresses: tuple[Address, ...] = ()
    postcodes: tuple[Postcode, ...] = ()
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Time zone and bank holidays: what counting working days needs."""

    time_zone: str = "Europe/London"
    bank_holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Joining:
    """How sure we must be that two reports tell of one problem.

    From ``join`` (a probability) they are joined, from ``ask`` the resident is asked; what was called
    fixed is asked about for ``fixed_days``.
    """

    join: float = 0.95
    ask: float = 0.7
    fixed_days: int = 14


@dataclass(frozen=True, slots=True)
class Authority:
    """The front door itself. ``prefix`` begins every reference.

    ``accept_within`` are the working days in which a service should say that a case is its own.
    """

    code: str
    name: str
    short_name: str
    prefix: str
    nation: str
    time_zone: str
    languages: tuple[str, ...]
    email: str
    phone: str = ""
    website: str = ""
    correction_minutes: int = 10
    digest_weekday: int = 0
    digest_hour: int = 7
    contact_months: int = 12
    accept_within: int = 2
    joining: Joining = Joining()
    neighbours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything one authority has told Streetcall. ``digest`` is the hash of its files."""

    authority: Authority
    areas: tuple[Area, ...]
    bodies: tuple[Body, ...]
    categories: tuple[Category, ...]
    excluded: tuple[ExcludedMatter, ...]
    emergencies: tuple[EmergencyAdvice, ...]
    routes: tuple[Route, ...]
    charter: Charter
    councillors: tuple[Councillor, ...]
    staff: tuple[StaffMember, ...]
    gazetteer: GazetteerSource
    calendar: Calendar
    escalation: Escalation
    digest: str

    @property
    def code(self) -> str:
        """The jurisdiction's code."""
        return self.authority.code

    @property
    def joining(self) -> Joining:
        """How sure we must be that two reports tell of one problem."""
        return self.authority.joining

    def category(self, code: str) -> Category | None:
        """The category of that code."""
        return next((c for c in self.categories if c.code == code), None)

    def body(self, code: str) -> Body | None:
        """The body of that code."""
        return next((b for b in self.bodies if b.code == code), None)

    def service(self, code: str) -> Service | None:
        """The service of the code ``body/service``."""
        return next((s for b in self.bodies for s in b.services if s.code == code), None)

    def reason(self, code: str | None) -> Reason | None:
        """The reason of that code."""
        return next((r for r in self.charter.reasons if r.code == code), None)

    def reasons(self, use: Use) -> tuple[Reason, ...]:
        """The reasons that may be given for this, in the charter's order."""
        return tuple(r for r in self.charter.reasons if use in r.uses)

    def area(self, code: str) -> Area | None:
        """The area of that code."""
        return next((a for a in self.areas if a.code == code), None)

    def councillors_of(self, ward: str | None, on: date) -> tuple[Councillor, ...]:
        """The ward's councillors in office on that day."""
        return tuple(c for c in self.councillors if c.ward == ward and c.in_office(on))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a pack, in an officer's words. ``error`` stops the start."""

    file: str
    line: int
    message: str
    error: bool = True

    def __str__(self) -> str:
        word = "error" if self.error else "warning"
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {word}: {self.message}"
