"""The tables and columns of a pack's files, one class for each kind of entry.

config/PACK.md says the same to officers; ``config.entries`` turns what does not fit into faults.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from casework.escalation import Handling
from casework.packs import Frequency, Role, Tier, Unit, Use
from casework.places import AreaKind
from casework.understanding import Danger
from config.fields import (
    Categories,
    Code,
    Day,
    Degrees,
    Email,
    Languages,
    OneOrMoreCodes,
    Phrase,
    PostcodeText,
    Prefix,
    SpacedCodes,
    Text,
    TimeZone,
    Website,
    later,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Nation = Literal["england", "wales", "scotland", "northern-ireland"]


class Entry(BaseModel):
    """Anything that a pack's file holds."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Dated(Entry):
    """An entry that may hold for a time only."""

    valid_from: Day = None
    valid_to: Day = None

    @field_validator("valid_to")
    @classmethod
    def _after_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        return later(value, info.data.get("valid_from"), "valid_from")


class Term(Entry):
    """Somebody's time in office."""

    since: Day = Field(default=None, alias="from")
    until: Day = Field(default=None, alias="to")

    @field_validator("until")
    @classmethod
    def _after_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        return later(value, info.data.get("since"), "from")


class AuthorityEntry(Entry):
    """The top of authority.toml."""

    name: Text
    short_name: Text
    code: Code
    prefix: Prefix
    nation: Nation
    time_zone: TimeZone
    languages: Languages


class ContactsEntry(Entry):
    """``[contacts]`` of authority.toml."""

    email: Email
    phone: StrictStr = ""
    website: Website = ""


class ConversationEntry(Entry):
    """``[conversation]`` of authority.toml."""

    correction_minutes: Annotated[StrictInt, Field(ge=0, le=1440)] = 10


class DigestEntry(Entry):
    """``[digest]`` of authority.toml."""

    weekday: Weekday = "monday"
    hour: Annotated[StrictInt, Field(ge=0, le=23)] = 7


class RetentionEntry(Entry):
    """``[retention]`` of authority.toml."""

    contact_months: Annotated[StrictInt, Field(ge=1, le=1200)] = 12


class HandoversEntry(Entry):
    """``[handovers]`` of authority.toml."""

    accept_within: Annotated[StrictInt, Field(ge=1, le=60)] = 2


class JoiningEntry(Entry):
    """``[joining]`` of authority.toml."""

    join: Annotated[float, Field(strict=True, ge=0.5, le=1)] = 0.95
    ask: Annotated[float, Field(strict=True, ge=0.1, le=1)] = 0.7
    fixed_days: Annotated[StrictInt, Field(ge=0, le=365)] = 14

    @field_validator("ask")
    @classmethod
    def _below_join(cls, ask: float, info: ValidationInfo) -> float:
        if ask > info.data.get("join", 1.0):
            raise ValueError(f"is {ask}; it must not be above join, from which reports are joined unasked")
        return ask


class AreaEntry(Dated):
    """The properties of a feature."""

    code: Code
    name: Text
    kind: AreaKind
    landlord: Code | None = None


class BodyEntry(Entry):
    """``[[body]]`` without its services."""

    code: Code
    name: Text
    tier: Tier
    areas: tuple[Code, ...] = ()
    police: StrictBool = False
    partner: StrictBool = False
    voluntary: StrictBool = False
    duty_to_cooperate: StrictBool = False
    phone: StrictStr = ""
    website: Website = ""


class ServiceEntry(Entry):
    """``[[body.service]]``."""

    code: Code
    name: Text
    email: Email
    phone: StrictStr = ""
    hours: StrictStr = ""


class CategoryEntry(Entry):
    """``[[category]]``."""

    code: Code
    name: Text
    words: tuple[Phrase, ...] = ()
    examples: tuple[Text, ...] = ()
    sensitive: StrictBool = False
    hazard: StrictBool = False
    advice: StrictStr = ""
    kin: tuple[Code, ...] = ()
    reach_m: Annotated[float, Field(ge=1, le=200)] = 15.0
    lasts_days: Annotated[StrictInt, Field(ge=1, le=730)] = 21
    household: StrictBool = False
    covers: tuple[Code, ...] = ()


class ExcludedEntry(Entry):
    """``[[excluded]]``."""

    code: Code
    name: Text
    words: tuple[Phrase, ...]
    go_to: Text
    examples: tuple[Text, ...] = ()


class EmergencyEntry(Entry):
    """``[[emergency]]``."""

    danger: Danger
    advice: Text


class RouteEntry(Dated):
    """``[[route]]``."""

    category: Categories
    service: Text
    area: OneOrMoreCodes = ()
    landlord: Code | None = None


class StandardEntry(Dated):
    """``[[standard]]``."""

    category: Code
    within: Annotated[StrictInt, Field(ge=1, le=100_000)]
    unit: Unit
    area: Code | None = None
    text: StrictStr = ""


class ReasonEntry(Entry):
    """``[[reason]]``."""

    code: Code
    name: Text
    uses: Annotated[tuple[Use, ...], Field(min_length=1, alias="for")]


class SignatoryEntry(Entry):
    """``[[signatory]]``."""

    name: Text
    role: Text


class PrioritiesEntry(Entry):
    """The top of charter.toml."""

    priorities: tuple[Text, ...] = ()


class FlagEntry(Entry):
    """``[[flag]]`` of escalation.toml."""

    days_beyond_promise: Annotated[StrictInt, Field(ge=0, le=3650)] | None = None
    voices: Annotated[StrictInt, Field(ge=1, le=10_000)] = 1
    reopenings: Annotated[StrictInt, Field(ge=0, le=1000)] = 0
    harm: StrictBool = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> "FlagEntry":
        if self == FlagEntry.model_construct():
            raise ValueError("asks for nothing, so every report would be flagged; say how old, or how many")
        return self


class HandlingEntry(Entry):
    """``[councillors]`` of escalation.toml."""

    handling: Handling = Handling.SHARED
    most_calls_a_year: Annotated[StrictInt, Field(ge=1, le=1000)] | None = None
    answer_days: Annotated[StrictInt, Field(ge=1, le=60)] = 10


class CommitteeEntry(Entry):
    """``[local_government]`` and ``[crime_and_disorder]`` of escalation.toml."""

    committee: Text
    copy_to: tuple[Text, ...] = ()
    exempt: tuple[Code, ...] = ()


class BudgetEntry(Entry):
    """``[budget]`` of escalation.toml, in whole pounds."""

    pounds_a_year: Annotated[StrictInt, Field(ge=0, le=10_000_000)] = 0
    first_month: Annotated[StrictInt, Field(ge=1, le=12)] = 4
    most_pounds_at_once: Annotated[StrictInt, Field(ge=1, le=10_000_000)] | None = None


class CouncillorRow(Term):
    """A line of councillors.csv."""

    id: Code
    name: Text
    ward: Code
    email: Email
    surgery: str = ""
    digest: Frequency = Frequency.WEEKLY


class StaffRow(Term):
    """A line of staff.csv."""

    id: Code
    name: Text
    email: Email
    role: Role
    areas: SpacedCodes = ()


class StreetRow(Entry):
    """A line of streets.csv."""

    street: Text
    latitude: Degrees
    longitude: Degrees
    locality: str = ""
    line: str = ""


class PostcodeRow(Entry):
    """A line of postcodes.csv."""

    postcode: PostcodeText
    latitude: Degrees
    longitude: Degrees


class AddressRow(Entry):
    """A line of addresses.csv."""

    saon: str = ""
    paon: Text
    street: str = ""
    locality: str = ""
    postcode: PostcodeText = ""
    latitude: Degrees | None = None
    longitude: Degrees | None = None


class LandmarkRow(Entry):
    """A line of landmarks.csv."""

    name: Text
    kind: Text
    latitude: Degrees
    longitude: Degrees
    locality: str = ""
    aliases: str = ""
    radius_m: Annotated[float, Field(ge=0, le=20_000, allow_inf_nan=False)] = 0.0
