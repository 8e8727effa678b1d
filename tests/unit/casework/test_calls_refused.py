"""What the ladder refuses, to whom, and what it says is possible instead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from casework import answering, carrying, committee
from casework.budgets import allocate, commit_funds, pay, read_amount, release
from casework.calls import CommitteeTest, Matter, Safeguard
from casework.carrying import Answer
from casework.errors import NotAllowed
from casework.escalation import Handling, Track
from casework.ladder import Stage
from tests.climbing import (
    ADA,
    BO,
    CLEANERS,
    CLEANSING,
    CY,
    DRAFT,
    ESCALATION,
    HIGHWAYS,
    MET,
    OFFICER,
    POLICE,
    ROADS,
    TESTED,
    Climb,
    calling_pack,
)


def refusal(climb: Climb, actor: str, act: Callable[..., Any], *args: Any) -> NotAllowed:
    """Why it is refused."""
    before = climb.matter
    with pytest.raises(NotAllowed) as caught:
        climb.do(actor, act, *args)
    assert climb.matter is before
    return caught.value


def with_term(climb: Climb, until: date | None, since: date | None = None) -> Climb:
    """Ada's term is another."""
    councillors = tuple(
        replace(c, since=since, until=until) if c.id == "c1" else c for c in climb.pack.councillors
    )
    climb.pack = replace(climb.pack, councillors=councillors)
    return climb


def test_a_councillor_of_another_ward_hears_whose_it_is() -> None:
    fault = refusal(Climb(), CY, carrying.take_up)

    assert fault.key == "call.other_ward"
    assert fault.parameters == {"ward": "Westbrook", "own": "Eastfield", "who": "Ada Byrne, Bo Lind"}


def test_one_whose_term_has_ended_hears_who_is_in_office() -> None:
    climb = Climb()
    with_term(climb, climb.now.date())

    fault = refusal(climb, ADA, carrying.take_up)

    assert (fault.key, fault.parameters["who"]) == ("call.term_ended", "Bo Lind")


def test_one_whose_term_has_not_begun_may_not_act_yet() -> None:
    climb = Climb()
    with_term(climb, None, since=climb.now.date() + timedelta(days=1))

    assert refusal(climb, ADA, carrying.take_up).key == "call.term_ended"


def test_nobody_else_is_taken_for_a_councillor() -> None:
    for actor in ("resident", "councillor:nobody", "service:c1", "staff:c1"):
        assert refusal(Climb(), actor, carrying.take_up).key == "call.no_councillor"


def test_an_interest_keeps_its_councillor_out_and_the_others_carry_it() -> None:
    climb = Climb().to_informal()
    climb.do(ADA, carrying.declare_interest, "My sister lives there.")

    assert refusal(climb, ADA, carrying.say, "I still speak.").parameters["who"] == "Bo Lind"
    assert climb.matter.call is not None
    assert climb.matter.call.councillor is None
    climb.do(BO, carrying.say, "I carry on.")


def test_where_one_leads_the_others_must_take_it_over_first() -> None:
    climb = Climb(pack=calling_pack())
    climb.pack = replace(climb.pack, escalation=replace(ESCALATION, handling=Handling.LEAD))
    climb.to_informal()

    assert refusal(climb, BO, carrying.say, "Me too.").parameters["who"] == "Ada Byrne"
    climb.do(BO, carrying.take_over)
    climb.do(BO, carrying.say, "Now I do.")
    assert refusal(climb, ADA, carrying.say, "And I?").key == "call.led"


def test_two_councillors_who_decide_one_after_the_other_cannot_contradict_each_other() -> None:
    climb = Climb().to_informal()
    climb.do(ADA, carrying.decline, "It is private land.")

    fault = refusal(climb, BO, carrying.draft_referral, DRAFT)

    assert fault.key == "call.not_now"
    assert "take_up" in fault.parameters["possible"]  # type: ignore[operator]


def test_what_was_declined_is_taken_up_again_only_for_a_reason() -> None:
    climb = Climb()
    climb.do(ADA, carrying.decline, "It is private land.")

    assert refusal(climb, BO, carrying.take_up).key == "call.changed_needed"
    climb.do(BO, carrying.take_up, "The owner is the council after all.")
    assert climb.stage == "councillor_review"


# --- Excluded matters and safeguards ---


def test_an_excluded_matter_is_turned_away_with_the_way_to_go() -> None:
    fault = refusal(Climb().to_informal(), ADA, carrying.draft_referral, replace(DRAFT, excluded="planning"))

    assert fault.key == "call.excluded"
    assert fault.parameters == {"matter": "Planning applications", "go_to": "Comment online."}


def test_any_right_of_appeal_excludes_too() -> None:
    fault = refusal(Climb().to_informal(), ADA, carrying.draft_referral, replace(DRAFT, excluded="appeal"))

    assert fault.key == "call.excluded_appeal"


def test_an_allegation_of_systemic_failure_is_not_excluded() -> None:
    climb = Climb().to_informal()
    climb.do(ADA, carrying.draft_referral, replace(DRAFT, excluded="planning", systemic=True))

    assert climb.stage == "referral_drafted"


def test_residents_of_an_excluded_matter_hear_where_to_go() -> None:
    outcome = Climb().do(ADA, carrying.decline, "I will speak for you at the hearing.", "planning")

    told = [notice for notice in outcome.notices if notice.recipient.startswith("contact:")]
    assert {notice.key for notice in told} == {"told.call_excluded"}
    assert told[0].parameters["go_to"] == "Comment online."


@pytest.mark.parametrize("question", Safeguard)
def test_each_safeguard_needs_an_answer_and_its_reason(question: Safeguard) -> None:
    climb = Climb().to_draft()

    for answers in ({**MET, question: Answer(True, " ")}, {q: a for q, a in MET.items() if q != question}):
        fault = refusal(climb, ADA, carrying.check_safeguards, answers)
        assert (fault.key, fault.parameters["question"]) == ("call.answer_needed", str(question))


@pytest.mark.parametrize("question", Safeguard)
def test_a_safeguard_that_is_not_met_keeps_it_a_draft_on_record(question: Safeguard) -> None:
    climb = Climb().to_draft()
    climb.do(BO, carrying.check_safeguards, {**MET, question: Answer(False, "It names a family.")})

    assert climb.stage == "referral_drafted"
    assert climb.matter.steps[-1].words == "It names a family."
    climb.do(ADA, carrying.keep_dossier, {}, True)
    assert refusal(climb, ADA, carrying.refer).key == "call.not_now"


# --- Referring ---


def test_only_a_signed_dossier_of_the_present_draft_goes_to_the_committee() -> None:
    climb = Climb().to_draft()
    climb.do(ADA, carrying.keep_dossier, {"issue": "old"}, True)
    climb.do(ADA, carrying.draft_referral, replace(DRAFT, sought="Two cameras."))
    climb.do(ADA, carrying.check_safeguards, MET)

    assert refusal(climb, ADA, carrying.refer).key == "call.not_signed"
    climb.do(ADA, carrying.keep_dossier, {"issue": "new"}, False)
    assert refusal(climb, ADA, carrying.refer).key == "call.not_signed"
    climb.do(ADA, carrying.keep_dossier, {"issue": "new"}, True)
    climb.do(ADA, carrying.refer)

    referral = climb.matter.referrals[0]
    assert referral.dossier_id == climb.matter.dossiers[-1].id
    assert [version.number for version in climb.matter.dossiers] == [1, 2, 3]


def test_a_new_draft_must_be_checked_again() -> None:
    climb = Climb().to_draft()
    climb.do(ADA, carrying.check_safeguards, MET)
    climb.do(ADA, carrying.draft_referral, replace(DRAFT, sought="Two cameras."))
    climb.do(ADA, carrying.keep_dossier, {}, True)

    assert refusal(climb, ADA, carrying.refer).key == "call.not_now"


def test_the_limit_of_calls_is_off_unless_the_authority_sets_one() -> None:
    climb = Climb().to_draft()
    climb.do(ADA, carrying.check_safeguards, MET)
    climb.do(ADA, carrying.keep_dossier, {}, True)
    limited = replace(climb.pack, escalation=replace(ESCALATION, most_calls=2))

    usual, climb.pack = climb.pack, limited
    assert refusal(climb, ADA, carrying.refer, 2).parameters["most"] == 2
    climb.pack = usual
    climb.do(ADA, carrying.refer, 99)
    assert climb.stage == "referred"


def test_a_call_of_the_crime_track_goes_to_its_own_committee_and_is_copied() -> None:
    climb = Climb().to_informal()
    climb.do(ADA, carrying.draft_referral, replace(DRAFT, track=Track.CRIME_AND_DISORDER))
    climb.do(ADA, carrying.check_safeguards, MET)
    climb.do(ADA, carrying.keep_dossier, {}, True)
    outcome = climb.do(ADA, carrying.refer)

    assert climb.matter.referrals[0].committee == "Safer Ashmere"
    assert f"service:{POLICE}" in {notice.recipient for notice in outcome.notices}


# --- The committee ---


@pytest.mark.parametrize("act", [committee.accept, committee.turn_down, committee.send_back])
def test_the_committees_decision_needs_every_test_answered_and_a_reason(act: Callable[..., Any]) -> None:
    climb = Climb().to_referred()
    climb.do(OFFICER, committee.receive)

    assert refusal(climb, OFFICER, act, "Yes.", {}).key == "call.answer_needed"
    assert refusal(climb, OFFICER, act, " ", TESTED).key == "call.reason_needed"
    missing = {test: TESTED[test] for test in CommitteeTest if test is not CommitteeTest.ATTEMPTS}
    assert refusal(climb, OFFICER, act, "Yes.", missing).parameters["question"] == "attempts"


def test_a_neighbourhood_manager_is_no_scrutiny_officer() -> None:
    climb = Climb().to_referred()

    assert refusal(climb, "staff:s1", committee.receive).parameters["who"] == "Wyn Hale, Xan Orr"


def test_a_response_to_the_wrong_recommendation_is_refused_with_the_right_ones() -> None:
    climb = Climb().to_responses_due()
    first, second = climb.matter.recommendations
    words = ("Yes.", "R. Okafor")

    others = refusal(climb, HIGHWAYS, answering.respond, first.id, True, *words)
    none = refusal(climb, HIGHWAYS, answering.respond, "nothing", True, *words)

    assert (others.key, others.parameters["numbers"]) == ("call.others_recommendation", "2")
    assert (none.key, none.parameters["numbers"]) == ("call.no_recommendation", "2")
    climb.do(HIGHWAYS, answering.respond, second.id, True, *words)
    again = refusal(climb, HIGHWAYS, answering.respond, second.id, False, *words)
    assert again.key == "call.answered_already"


def test_a_recommendation_that_is_not_sent_yet_cannot_be_answered() -> None:
    climb = Climb().to_accepted()
    climb.do(OFFICER, committee.recommend, CLEANSING, "Clear it.")
    wanted = climb.matter.recommendations[0].id

    fault = refusal(climb, CLEANERS, answering.respond, wanted, True, "Yes.", "R. Okafor")

    assert fault.key == "call.no_recommendation"


def test_an_answer_names_who_decided() -> None:
    climb = Climb().to_responses_due()
    wanted = climb.matter.recommendations[0].id

    assert refusal(climb, CLEANERS, answering.respond, wanted, True, "Yes.", " ").key == "call.decider_needed"
    assert refusal(climb, CLEANERS, answering.respond, wanted, True, "", "R.").key == "call.reason_needed"


def test_it_is_not_published_over_the_councils_head_while_its_time_runs() -> None:
    climb = Climb().to_responses_due()

    assert refusal(climb, OFFICER, committee.publish).key == "call.council_has_time"
    climb.now += timedelta(days=70)
    climb.do(OFFICER, committee.publish)
    assert climb.matter.steps[-1].details == {"unanswered": [1, 2]}


def test_it_is_not_closed_before_what_was_accepted_is_done_or_given_up() -> None:
    climb = Climb().to_monitored()

    assert refusal(climb, OFFICER, committee.close, "Over.").parameters["numbers"] == "1"
    climb.do(OFFICER, answering.follow_up, climb.matter.recommendations[0].id, False, "No money.")
    climb.do(OFFICER, committee.close, "Over.")
    assert climb.stage == "closed"


def test_the_ward_can_be_moved_only_to_one_that_is_there() -> None:
    climb = Climb().to_informal()

    assert refusal(climb, OFFICER, committee.move_ward, "W9", "New map.").key == "call.no_such_ward"
    climb.do(OFFICER, committee.move_ward, "W2", "New map.")
    climb.do(CY, carrying.take_over)
    assert refusal(climb, ADA, carrying.say, "Mine?").key == "call.other_ward"


# --- Money ---


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("150", 150_00), ("£150", 150_00), (" 1,200.50 ", 1200_50), ("0.01", 1), ("£ 7", 7_00), ("0", 0)],
)
def test_an_amount_is_read_as_people_write_it(typed: str, pence: int) -> None:
    assert read_amount(typed) == pence


@pytest.mark.parametrize("typed", ["-5", "", "1e9", "ten", "1.5", "1.005", "12,34", "£", "1 000", "٣"])
def test_what_is_no_amount_is_not_read_as_one(typed: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        read_amount(typed)

    assert caught.value.key == "budget.not_an_amount"


@pytest.mark.parametrize(
    ("pence", "key"),
    [
        (-500, "budget.not_an_amount"),
        (0, "budget.not_an_amount"),
        (10**11, "budget.not_an_amount"),
        (2000_01, "budget.too_much_at_once"),
        (1000_01, "budget.overspent"),
    ],
)
def test_a_fund_of_nothing_or_of_too_much_is_refused(pence: int, key: str) -> None:
    climb = Climb().to_informal()
    climb.do("system", allocate, "W1", None, 1000_00, "For the year")

    fault = refusal(climb, ADA, commit_funds, climb.ledger, pence, "A lamp")

    assert fault.key == key
    if key == "budget.overspent":
        assert fault.parameters == {"balance": "1,000"}


def test_money_goes_in_and_out_and_back_to_the_penny() -> None:
    climb = Climb().to_informal()
    climb.do("system", allocate, "W1", None, 1000_00, "For the year")
    climb.do(ADA, commit_funds, climb.ledger, 150_00, "A lamp")
    lamp = climb.matter.lines[-1]
    climb.do(OFFICER, pay, climb.ledger, lamp, 120_50, "Invoice 7")
    climb.do(ADA, release, climb.ledger, lamp, "It cost less")

    ledger = climb.ledger
    assert ledger is not None
    assert (ledger.allocated, ledger.committed, ledger.paid) == (1000_00, 0, 120_50)
    assert ledger.balance == 879_50
    assert [(line.kind, line.pence) for line in climb.matter.lines] == [
        ("commitment", 150_00),
        ("payment", 120_50),
        ("release", 29_50),
    ]
    assert {line.call_id for line in climb.matter.lines} == {climb.matter.call.id}  # type: ignore[union-attr]


def test_more_than_was_committed_cannot_be_paid_and_nothing_of_it_twice() -> None:
    climb = Climb().to_informal()
    climb.do("system", allocate, "W1", None, 1000_00, "For the year")
    climb.do(ADA, commit_funds, climb.ledger, 150_00, "A lamp")
    lamp = climb.matter.lines[-1]

    assert refusal(climb, OFFICER, pay, climb.ledger, lamp, 150_01, "Invoice").parameters == {"left": "150"}
    climb.do(OFFICER, pay, climb.ledger, lamp, 150_00, "Invoice")
    assert refusal(climb, OFFICER, pay, climb.ledger, lamp, 1, "Invoice").key == "budget.more_than_committed"
    assert refusal(climb, OFFICER, release, climb.ledger, lamp, "x").key == "budget.not_an_amount"


def test_last_years_budget_is_over_and_another_wards_is_not_ours() -> None:
    climb = Climb().to_informal()
    climb.do("system", allocate, "W1", None, 1000_00, "For the year")
    theirs = replace(climb.ledger, ward="W2")  # type: ignore[type-var]

    assert refusal(climb, ADA, commit_funds, theirs, 1, "A lamp").key == "budget.none"
    climb.now += timedelta(days=365)
    assert refusal(climb, ADA, commit_funds, climb.ledger, 1, "A lamp").key == "budget.none"


def test_money_needs_its_public_line() -> None:
    climb = Climb().to_informal()
    climb.do("system", allocate, "W1", None, 1000_00, "For the year")

    assert refusal(climb, ADA, commit_funds, climb.ledger, 1, " ").key == "budget.words_needed"


# --- Without reporters, and services ---


def test_a_councillor_opens_a_matter_for_people_who_cannot_speak_for_themselves() -> None:
    climb = Climb(matter=Matter())
    climb.do(ADA, carrying.open_call, "W1", "The steps", "I saw it.", "People who use wheelchairs")

    assert climb.stage == "councillor_review"
    call = climb.matter.call
    assert call is not None
    assert (call.cluster_id, call.councillor, call.spoken_for) == (None, "c1", "People who use wheelchairs")


def test_in_another_ward_nobody_opens_anything() -> None:
    climb = Climb(matter=Matter())

    fault = refusal(climb, CY, carrying.open_call, "W1", "The steps", "I saw it.")

    assert fault.key == "call.other_ward"


def test_a_service_that_nobody_asked_has_nothing_to_answer() -> None:
    climb = Climb().to_informal()

    assert refusal(climb, HIGHWAYS, answering.answer_councillor, "We know.").key == "call.not_asked"


def test_words_without_end_are_refused() -> None:
    assert refusal(Climb().to_informal(), ADA, carrying.say, "x" * 1501).key == "act.too_long"


def test_a_case_without_a_ward_cannot_be_carried_by_anybody() -> None:
    climb = Climb()
    assert climb.matter.case is not None
    cluster = replace(climb.matter.case.cluster, ward=None)
    climb.matter = Matter(case=replace(climb.matter.case, cluster=cluster))

    assert refusal(climb, ADA, carrying.take_up).key == "call.other_ward"


def test_a_request_to_the_police_or_a_charity_has_no_clock_and_is_on_record() -> None:
    climb = Climb().to_accepted()
    for service in (ROADS, POLICE, "tidy/volunteers"):
        climb.do(OFFICER, committee.request, service, "Come and tell us.")

    assert [(c.body, c.exempt, c.due_at is None) for c in climb.matter.clocks] == [
        ("county", None, False),
        ("police", "police", True),
        ("tidy", "voluntary", True),
    ]


def test_on_the_crime_track_the_pack_may_exempt_more_bodies() -> None:
    climb = Climb().to_informal()
    climb.do(ADA, carrying.draft_referral, replace(DRAFT, track=Track.CRIME_AND_DISORDER))
    climb.do(ADA, carrying.check_safeguards, MET)
    climb.do(ADA, carrying.keep_dossier, {}, True)
    climb.do(ADA, carrying.refer)
    climb.do(OFFICER, committee.receive)
    climb.do(OFFICER, committee.accept, "Yes.", TESTED)
    climb.do(OFFICER, committee.request, "millbrook/repairs", "Come and tell us.")

    assert climb.matter.clocks[0].exempt == "by_rule"


def test_only_the_councils_answer_has_a_deadline() -> None:
    climb = Climb().to_responses_due()

    by_recommendation = [c for c in climb.matter.clocks if c.recommendation_id]
    assert [(c.body, c.kind) for c in by_recommendation] == [("ashmere", "council")]


def test_stages_after_the_last_answer() -> None:
    climb = Climb().to_responses_due()
    first, second = climb.matter.recommendations
    climb.do(CLEANERS, answering.respond, first.id, True, "Yes.", "R. Okafor")
    assert climb.stage == Stage.RESPONSES_DUE
    climb.do(HIGHWAYS, answering.respond, second.id, True, "Yes.", "A. Prewett")

    assert climb.stage == Stage.PUBLISHED
