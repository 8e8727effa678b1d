"""Of several reports the right one is still there; its service is chased once a day."""

from datetime import timedelta

import pytest

from bot import case_jobs
from casework.acting import Act, act
from casework.sorting import close
from tests.talk import Resident, Town


@pytest.fixture
def ann(town: Town) -> Resident:
    """She told of a sofa on High Street and a pothole on Orchard Way, days ago; both were sent on."""
    resident = town.resident("ann")
    resident.says("a sofa dumped on High Street")
    town.later(hours=1)
    resident.says("deep pothole on Orchard Way")
    town.later(days=1, hours=1)
    case_jobs.send_on_due(town.app.store, town.app.packs, town.clock, town.app.mint)
    town.mail()
    return resident


def chased(town: Town) -> list[str]:
    """The categories of what services were told is still there."""
    found = []
    claimed = town.app.store.outbox.claim(["email"], town.clock.now(), timedelta(minutes=5), 100)
    for waiting in claimed:
        town.app.store.outbox.mark_sent(waiting.id, town.clock.now())
        case = town.app.store.cases.case_of_report(str(waiting.report_id))
        if waiting.key == "service.chased" and case:
            found.append(case.cluster.category)
    return found


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("the sofa is still there", "fly_tipping"),
        ("still not fixed on Orchard Way", "road_surface"),
        ("pothole still there!!", "road_surface"),
        ("still there on High Street", "fly_tipping"),
    ],
)
def test_place_or_matter_tells_which_one_is_still_there(
    town: Town, ann: Resident, words: str, category: str
) -> None:
    assert ann.says(words)[0].startswith("follow.chased")
    assert chased(town) == [category]


def test_a_reference_tells_it(town: Town, ann: Resident) -> None:
    sofa = ann.reports[-1]

    assert ann.says(f"{sofa.reference} still there")[0].startswith("follow.chased")
    assert chased(town) == ["fly_tipping"]


@pytest.mark.parametrize("words", ["still there!!", "it has not been done", "it has come back again"])
def test_where_nobody_can_tell_we_ask_and_keep_what_was_said(town: Town, ann: Resident, words: str) -> None:
    assert ann.says(words) == ["follow.which"]
    assert ann.choices == ["Potholes, Orchard Way", "Dumped rubbish, High Street"]
    assert chased(town) == []

    assert ann.says("2")[0].startswith("follow.chased")
    assert chased(town) == ["fly_tipping"]
    history = town.app.store.cases.history(ann.reports[-1].cluster_id)
    assert history[-1].words == words


def test_the_service_is_chased_once_a_day(town: Town, ann: Resident) -> None:
    assert ann.says("the sofa is still there")[0].startswith("follow.chased")
    assert ann.says("the sofa is STILL there, come on")[0].startswith("follow.noted")
    assert chased(town) == ["fly_tipping"]

    town.later(days=1)
    ann.says("the sofa is still there today")
    assert chased(town) == ["fly_tipping"]


def test_what_is_late_is_said_to_be_late(town: Town, ann: Resident) -> None:
    town.later(days=20)

    assert ann.says("the sofa is still there") == ["follow.chased_late"]
    assert "should have been dealt with by" in ann.heard


def test_the_one_that_was_asked_about_is_meant(town: Town, ann: Resident) -> None:
    sofa = town.app.store.cases.case_of_report(ann.reports[-1].id)
    assert sofa is not None
    actor, now = f"service:{sofa.cluster.service}", town.clock.now()
    done = act(town.pack, sofa, Act.DONE, actor, "", now, town.app.mint)
    town.app.store.commit(done, now)

    ann.says("still there!!")
    again = town.app.store.cases.case(sofa.cluster.id)
    assert again is not None
    assert str(again.cluster.state) == "confirmed"


def test_what_was_closed_comes_before_a_person_once(town: Town, ann: Resident) -> None:
    sofa = town.app.store.cases.case_of_report(ann.reports[-1].id)
    assert sofa is not None
    now = town.clock.now()
    town.app.store.commit(close(town.pack, sofa, "Seen to", "staff:s1", now, town.app.mint), now)

    assert ann.says("the sofa is still there") == ["follow.closed"]
    assert ann.says("the sofa is still there, really") == ["follow.closed"]
    assert town.desk() == ["chased_closed"]


def test_what_was_closed_long_ago_is_not_meant(town: Town, ann: Resident) -> None:
    sofa = town.app.store.cases.case_of_report(ann.reports[-1].id)
    assert sofa is not None
    now = town.clock.now()
    town.app.store.commit(close(town.pack, sofa, "Seen to", "staff:s1", now, town.app.mint), now)
    town.later(days=70)

    assert ann.says("still there!!")[0].startswith("follow.chased")
    assert chased(town) == ["road_surface"]
