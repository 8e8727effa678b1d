"""Each file of a pack by itself, as the things that casework speaks of."""

from collections.abc import Callable
from typing import TypeVar

from casework.escalation import Escalation
from casework.packs import (
    Authority,
    Body,
    Category,
    Councillor,
    EmergencyAdvice,
    ExcludedMatter,
    Joining,
    Reason,
    Route,
    Service,
    Signatory,
    StaffMember,
    Standard,
)
from casework.places import AreaKind
from config.areas import read_areas
from config.documents import (
    Document,
    read_document,
    read_entry,
    read_heading,
    read_list,
    tables_in,
    warn_of_strange_headings,
)
from config.entries import Listing, Placed, listing_of, names, warn_of_strangers
from config.escalation import HEADINGS, read_escalation
from config.faults import Faults
from config.folders import AREAS, Files, in_folder
from config.gazetteer import read_gazetteer
from config.parts import Parts
from config.schema import (
    WEEKDAYS,
    AuthorityEntry,
    BodyEntry,
    CategoryEntry,
    ContactsEntry,
    ConversationEntry,
    CouncillorRow,
    DigestEntry,
    EmergencyEntry,
    Entry,
    ExcludedEntry,
    HandoversEntry,
    JoiningEntry,
    PrioritiesEntry,
    ReasonEntry,
    RetentionEntry,
    RouteEntry,
    ServiceEntry,
    SignatoryEntry,
    StaffRow,
    StandardEntry,
)
from config.tables import read_table

E = TypeVar("E", bound=Entry)
T = TypeVar("T")


def read_parts(files: Files, faults: Faults) -> Parts:
    """What each file says; what it gets wrong by itself is noted."""
    areas = read_areas({name: files[name] for name in in_folder(files, AREAS)}, faults)
    neighbours = {area.code: area.name for area in areas.values if area.kind is AreaKind.NEIGHBOUR}
    categories = _document("categories.toml", files, faults, "category", "excluded", "emergency")
    charter = _document("charter.toml", files, faults, "standard", "signatory", "priorities", "reason")
    routes = _document("routes.toml", files, faults, "route")
    bodies, services = _read_bodies(_document("bodies.toml", files, faults, "body"), faults)
    return Parts(
        authority=_read_authority(files, neighbours, faults),
        areas=areas,
        bodies=bodies,
        services=services,
        categories=_each(read_list(categories, ("category",), CategoryEntry, faults), _category),
        excluded=_each(read_list(categories, ("excluded",), ExcludedEntry, faults), _excluded),
        emergencies=_each(read_list(categories, ("emergency",), EmergencyEntry, faults), _emergency),
        routes=_each(read_list(routes, ("route",), RouteEntry, faults), _route),
        standards=_each(read_list(charter, ("standard",), StandardEntry, faults), _standard),
        reasons=_each(read_list(charter, ("reason",), ReasonEntry, faults), _reason),
        signatories=_each(read_list(charter, ("signatory",), SignatoryEntry, faults), _signatory),
        priorities=_read_priorities(charter, faults),
        councillors=_each(_table("councillors.csv", files, CouncillorRow, faults), _councillor),
        staff=_each(_table("staff.csv", files, StaffRow, faults), _staff_member),
        gazetteer=read_gazetteer(files, faults),
        escalation=_read_escalation(files, faults),
    )


def _read_escalation(files: Files, faults: Faults) -> Placed[Escalation]:
    document = read_document("escalation.toml", files.get("escalation.toml", b""), faults)
    warn_of_strange_headings(document, HEADINGS, faults)
    return read_escalation(document, faults)


def _document(file: str, files: Files, faults: Faults, *headings: str) -> Document:
    document = read_document(file, files.get(file), faults)
    warn_of_strange_headings(document, headings, faults)
    return document


def _table(file: str, files: Files, model: type[E], faults: Faults) -> Listing[E]:
    return read_table(file, files.get(file), model, faults)


def _each(listing: Listing[E], make: Callable[[E], T]) -> Listing[T]:
    """The listing with each entry as what it stands for."""
    entries = tuple(_with(entry, make(entry.value)) for entry in listing.entries)
    return Listing(entries, listing.faulty, listing.whole)


def _with(entry: Placed[object], value: T) -> Placed[T]:
    return Placed(value, entry.file, entry.line, entry.path, entry.lines)


def _read_authority(files: Files, neighbours: dict[str, str], faults: Faults) -> Authority | None:
    headings = ("contacts", "conversation", "digest", "retention", "handovers", "joining")
    document = _document("authority.toml", files, faults, *names(AuthorityEntry), *headings)
    if not document.whole:
        return None
    top = read_entry(document.placed(document.root, ()), AuthorityEntry, faults)
    contacts = read_heading(document, "contacts", ContactsEntry, faults)
    conversation = read_heading(document, "conversation", ConversationEntry, faults)
    digest = read_heading(document, "digest", DigestEntry, faults)
    retention = read_heading(document, "retention", RetentionEntry, faults)
    handovers = read_heading(document, "handovers", HandoversEntry, faults)
    joining = read_heading(document, "joining", JoiningEntry, faults)
    if not (top and contacts and conversation and digest and retention and handovers and joining):
        return None
    return Authority(
        code=top.value.code,
        name=top.value.name,
        short_name=top.value.short_name,
        prefix=top.value.prefix,
        nation=top.value.nation,
        time_zone=top.value.time_zone,
        languages=top.value.languages,
        email=contacts.email,
        phone=contacts.phone,
        website=contacts.website,
        correction_minutes=conversation.correction_minutes,
        digest_weekday=WEEKDAYS.index(digest.weekday),
        digest_hour=digest.hour,
        contact_months=retention.contact_months,
        accept_within=handovers.accept_within,
        joining=Joining(joining.join, joining.ask, joining.fixed_days),
        neighbours=neighbours,
    )


def _read_bodies(document: Document, faults: Faults) -> tuple[Listing[Body], Listing[Service]]:
    """The bodies, and the services of all of them, those of faulty bodies too."""
    bodies, services, faulty, lost = [], [], [], frozenset[str]()
    for table in tables_in(document, ("body",), faults):
        code = str(table.value.get("code"))
        found = read_list(document, (*table.path, "service"), ServiceEntry, faults)
        own = [_with(service, _service(service.value, code)) for service in found.entries]
        services += own
        lost |= frozenset(f"{code}/{word}" for word in found.faulty)
        warn_of_strangers(BodyEntry, table, faults, ("service",))
        if entry := read_entry(table, BodyEntry, faults):
            bodies.append(_with(entry, _body(entry.value, tuple(service.value for service in own))))
        else:
            faulty.append(table.value)
    listing = listing_of(BodyEntry, bodies, faulty, document.whole)
    return listing, Listing(tuple(services), lost, listing.whole)


def _read_priorities(charter: Document, faults: Faults) -> tuple[str, ...]:
    found = read_entry(charter.placed(charter.root, ()), PrioritiesEntry, faults)
    return found.value.priorities if found else ()


def _body(entry: BodyEntry, services: tuple[Service, ...]) -> Body:
    return Body(
        code=entry.code,
        name=entry.name,
        tier=entry.tier,
        services=services,
        areas=frozenset(entry.areas),
        police=entry.police,
        partner=entry.partner,
        voluntary=entry.voluntary,
        duty_to_cooperate=entry.duty_to_cooperate,
        phone=entry.phone,
        website=entry.website,
    )


def _service(entry: ServiceEntry, body: str) -> Service:
    return Service(f"{body}/{entry.code}", entry.name, body, entry.email, entry.phone, entry.hours)


def _category(entry: CategoryEntry) -> Category:
    return Category(
        code=entry.code,
        name=entry.name,
        words=entry.words,
        examples=entry.examples,
        sensitive=entry.sensitive,
        hazard=entry.hazard,
        advice=entry.advice,
        kin=entry.kin,
        reach_m=entry.reach_m,
        lasts_days=entry.lasts_days,
        household=entry.household,
        covers=entry.covers,
    )


def _excluded(entry: ExcludedEntry) -> ExcludedMatter:
    return ExcludedMatter(entry.code, entry.name, entry.words, entry.go_to, entry.examples)


def _emergency(entry: EmergencyEntry) -> EmergencyAdvice:
    return EmergencyAdvice(entry.danger, entry.advice)


def _route(entry: RouteEntry) -> Route:
    return Route(
        categories=entry.category,
        service=entry.service,
        areas=frozenset(entry.area),
        landlord=entry.landlord,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _standard(entry: StandardEntry) -> Standard:
    return Standard(
        category=entry.category,
        amount=entry.within,
        unit=entry.unit,
        area=entry.area,
        text=entry.text,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _reason(entry: ReasonEntry) -> Reason:
    return Reason(entry.code, entry.name, frozenset(entry.uses))


def _signatory(entry: SignatoryEntry) -> Signatory:
    return Signatory(entry.name, entry.role)


def _councillor(row: CouncillorRow) -> Councillor:
    return Councillor(
        id=row.id,
        name=row.name,
        ward=row.ward,
        since=row.since,
        until=row.until,
        email=row.email,
        surgery=row.surgery,
        digest=row.digest,
    )


def _staff_member(row: StaffRow) -> StaffMember:
    return StaffMember(row.id, row.name, row.email, row.role, frozenset(row.areas), row.since, row.until)
