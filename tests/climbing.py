"""A small borough whose councillors may call for action, and a matter that climbs the ladder in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from casework.answering import acknowledge, answer_councillor, respond
from casework.calls import CommitteeTest, Ledger, Matter, Safeguard
from casework.carrying import (
    Answer,
    ReferralDraft,
    ask_service,
    check_safeguards,
    draft_referral,
    keep_dossier,
    refer,
    take_up,
)
from casework.committee import accept, monitor, receive, recommend, request, send
from casework.escalation import Committee, Escalation, FlagRule, Track, WardBudget
from casework.minting import Mint
from casework.outcomes import Outcome
from casework.packs import Body, ExcludedMatter, Pack, Role, Service, StaffMember, Tier
from casework.stepping import Scene, after
from tests.factories import (
    BODIES,
    CLEANSING,
    HOUSING,
    NOW,
    ROADS,
    STAFF,
    make_case,
    make_pack,
    make_promise,
    make_report,
    mint,
)

POLICE = "police/neighbourhoods"
CHARITY = "tidy/volunteers"

ADA, BO, CY = "councillor:c1", "councillor:c2", "councillor:c3"
"""Two of Westbrook, one of Eastfield."""
OFFICER = "staff:sc1"
CLEANERS, HIGHWAYS, LANDLORD = f"service:{CLEANSING}", f"service:{ROADS}", f"service:{HOUSING}"

ESCALATION = Escalation(
    rules=(FlagRule(days_beyond_promise=20, voices=3), FlagRule(reopenings=2)),
    committees={
        Track.LOCAL_GOVERNMENT: Committee("Overview and Scrutiny"),
        Track.CRIME_AND_DISORDER: Committee(
            "Safer Ashmere", copy_to=(POLICE,), exempt=frozenset({"millbrook"})
        ),
    },
    budget=WardBudget(pence_a_year=5000_00, first_month=4, most_pence=2000_00),
)

MET = {question: Answer(True, "We looked at it together.") for question in Safeguard}
TESTED = {question: Answer(True, "The councillor showed us the letters.") for question in CommitteeTest}
DRAFT = ReferralDraft(Track.LOCAL_GOVERNMENT, "Rubbish for eleven months.", "A camera and a weekly round.")


def calling_pack(**fields: Any) -> Pack:
    """The borough with scrutiny officers, a police force, a charity, and the county under the duty."""
    bodies = tuple(replace(body, duty_to_cooperate=True) for body in BODIES)
    more = (
        Body(
            "police",
            "Weald Police",
            Tier.POLICE,
            (Service(POLICE, "Neighbourhood Team", "police", "team@weald-police.example"),),
            police=True,
            duty_to_cooperate=True,
        ),
        Body(
            "tidy",
            "Tidy Ashmere",
            Tier.VOLUNTARY,
            (Service(CHARITY, "Volunteers", "tidy", "hello@tidy.example"),),
            voluntary=True,
        ),
    )
    scrutiny = (
        StaffMember("sc1", "Wyn Hale", "wyn.hale@ashmere.example", Role.SCRUTINY),
        StaffMember("sc2", "Xan Orr", "xan.orr@ashmere.example", Role.SCRUTINY),
    )
    excluded = (ExcludedMatter("planning", "Planning applications", ("planning",), "Comment online."),)
    return make_pack(
        bodies=(*bodies, *more),
        staff=(*STAFF, *scrutiny),
        excluded=excluded,
        escalation=ESCALATION,
        **fields,
    )


def neighbours_case(contacts: int = 3) -> Any:
    """Dumped rubbish told by several, its promise long broken."""
    reports = [
        make_report(
            id=f"{n:032x}",
            reference=f"AM-4F7-2Q{n}",
            contact_id=f"{n:032x}",
            created_at=NOW + timedelta(hours=n),
        )
        for n in range(2, 2 + contacts)
    ]
    return make_case(reports=reports, promises=[make_promise(report_id=reports[0].id)])


@dataclass
class Climb:
    """A matter in memory: acts are done to it one after the other, as storage would keep them."""

    pack: Pack = field(default_factory=calling_pack)
    matter: Matter = field(default_factory=lambda: Matter(case=neighbours_case()))
    now: datetime = NOW + timedelta(days=60)
    mint: Mint = field(default_factory=lambda: mint(99))
    ledger: Ledger | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    def scene(self, actor: str) -> Scene:
        """The matter as it stands, with somebody about to act."""
        return Scene(self.pack, self.matter, actor, self.now, self.mint)

    def do(self, actor: str, act: Callable[..., Outcome], *args: Any, **named: Any) -> Outcome:
        """Somebody acts; what is refused changes nothing."""
        outcome = act(self.scene(actor), *args, **named)
        self.matter = after(self.matter, outcome)
        for thing in (*outcome.new, *outcome.changed):
            if isinstance(thing, Ledger):
                is_new = thing in outcome.new
                self.ledger = thing if is_new else replace(thing, version=thing.version + 1)
        self.outcomes.append(outcome)
        return outcome

    @property
    def stage(self) -> str:
        """Where it stands."""
        return str(self.matter.stage)

    # --- So far up, as a tidy matter would climb ---

    def to_informal(self) -> "Climb":
        """Taken up, and the service asked."""
        self.do(ADA, take_up)
        self.do(ADA, ask_service, "When will it be cleared for good?")
        return self

    def to_draft(self) -> "Climb":
        """A referral drafted."""
        self.to_informal()
        self.do(CLEANERS, answer_councillor, "We have no van.")
        self.do(ADA, draft_referral, DRAFT)
        return self

    def to_referred(self) -> "Climb":
        """Checked, signed and referred."""
        self.to_draft()
        self.do(ADA, check_safeguards, MET)
        self.do(ADA, keep_dossier, {"issue": "as told"}, True)
        self.do(ADA, refer)
        return self

    def to_accepted(self) -> "Climb":
        """Taken up by the committee."""
        self.to_referred()
        self.do(OFFICER, receive)
        self.do(OFFICER, accept, "Of genuine interest to the community.", TESTED)
        return self

    def to_responses_due(self) -> "Climb":
        """Two recommendations sent: one to the council, one to the county; the county was asked before."""
        self.to_accepted()
        self.do(OFFICER, request, ROADS, "Who owns the alley?")
        self.do(OFFICER, recommend, CLEANSING, "Clear it every week.")
        self.do(OFFICER, recommend, ROADS, "Light the alley.")
        self.do(OFFICER, send)
        return self

    def to_monitored(self) -> "Climb":
        """Both answered, the council with yes."""
        self.to_responses_due()
        first, second = self.matter.recommendations
        self.do(CLEANERS, acknowledge, first.id)
        self.do(CLEANERS, respond, first.id, True, "From May on.", "R. Okafor, chief executive")
        self.do(HIGHWAYS, respond, second.id, False, "It is not adopted.", "A. Prewett, director")
        self.do(OFFICER, monitor, "Looked at in June.", date(2026, 6, 15))
        return self
