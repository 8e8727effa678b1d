"""A story: sixty people tell of one flood within an hour."""

from bot.case_jobs import send_on_due
from casework.cases import DeskKind
from casework.places import Point
from casework.states import State
from tests.talk import Resident, Town

PEOPLE = 60
CORNER = Point(53.0040, 0.5100)
A_METRE = 1 / 111_195
WHAT = (
    "deep pothole full of water, the whole road is under water",
    "the road is under water, a deep pothole full of water there",
    "pothole full of water, deep, water over the whole road",
)


def tells(town: Town, number: int) -> Resident:
    """One of them, with a pin a few metres off; asked whether it is the same, they say yes."""
    resident = town.resident(f"resident {number}")
    resident.says(f"{WHAT[number % len(WHAT)]}, seen by house {'abcdefgh'[number % 8]}{number}")
    if not resident.reports:
        resident.says(pin=Point(CORNER.latitude + (number % 7 - 3) * A_METRE, CORNER.longitude))
    if any(answer.key.startswith("ask.same") for answer in resident.answers):
        resident.says("yes")
    return resident


def test_sixty_people_tell_of_one_flood_and_one_case_answers_all(town: Town) -> None:
    residents = []
    mails: list[str] = []
    for number in range(PEOPLE):
        residents.append(tells(town, number))
        town.later(minutes=1)
        if number % 10 == 9:
            send_on_due(town.app.store, town.app.packs, town.clock, town.app.mint)
            mails += [key for key in town.mail() if key.startswith("service.")]
    (case_id,) = {resident.report.cluster_id for resident in residents}
    case = residents[0].case

    assert case.cluster.id == case_id
    assert (case.voices, len(case.standing)) == (PEOPLE, PEOPLE)
    assert len({resident.report.reference for resident in residents}) == PEOPLE
    assert mails.count("service.new_report") == 1
    assert 1 <= mails.count("service.one_more") <= 8
    assert DeskKind.SAME_WORDS not in town.desk()

    town.later(minutes=30)
    town.service_does(residents[0], town.act.DONE)
    assert all(resident.later.count("told.done") == 1 for resident in residents)
    assert residents[-1].state == State.FIXED_COUNCIL
