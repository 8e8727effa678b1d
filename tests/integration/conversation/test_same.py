"""Two residents tell of one problem: joined where we are sure, asked where we are not."""

from datetime import timedelta

from casework.cases import Case, DeskKind
from casework.places import Point
from casework.states import State
from tests.talk import Resident, Town

CORNER = Point(53.0040, 0.5100)
NEXT_DOOR = Point(53.0041, 0.5100)
FAR_OFF = Point(53.0060, 0.5100)


def tells(town: Town, name: str, words: str, pin: Point) -> Resident:
    """A resident who reports it with a pin."""
    resident = town.resident(name)
    resident.says(words)
    if not resident.reports:
        resident.says(pin=pin)
    return resident


def mattress(town: Town, name: str, pin: Point = CORNER) -> Resident:
    """Each says it a little differently: the same words from several newcomers are a burst."""
    ending = {"ann": "please", "ben": "please remove", "cat": "thank you"}.get(name, "")
    return tells(town, name, f"an old mattress and a broken wardrobe dumped on the pavement {ending}", pin)


def open_cases(town: Town, *residents: Resident) -> set[str]:
    return {resident.report.cluster_id for resident in residents}


def test_the_same_thing_at_the_same_place_is_one_case_with_two_voices(town: Town) -> None:
    ann = mattress(town, "ann")
    town.later(hours=2)
    ben = mattress(town, "ben")

    assert [answer.key for answer in ben.answers] == ["report.joined"]
    assert ann.case.cluster.id == ben.case.cluster.id
    assert ann.case.voices == 2


def test_who_joins_has_a_reference_of_their_own_and_the_date_that_was_told_first(town: Town) -> None:
    ann = mattress(town, "ann")
    town.later(days=1)
    ben = mattress(town, "ben")

    dates = {promise.report_id: promise.due_at for promise in ben.case.open_promises}
    assert ben.report.reference != ann.report.reference
    assert dates[ben.report.id] == dates[ann.report.id]


def test_far_off_it_is_another_case(town: Town) -> None:
    assert len(open_cases(town, mattress(town, "ann"), mattress(town, "ben", FAR_OFF))) == 2


def test_another_kind_of_problem_at_the_same_place_is_another_case(town: Town) -> None:
    ann = mattress(town, "ann")
    ben = tells(town, "ben", "deep pothole in the road", CORNER)

    assert len(open_cases(town, ann, ben)) == 2


def test_five_messages_from_one_phone_are_one_voice(town: Town) -> None:
    ann = town.resident("ann")
    for hour in range(5):
        town.later(hours=30)
        ann.says(f"the mattress and the broken wardrobe dumped on the pavement number {hour} of my mails")
        ann.says(pin=CORNER)

    cases: set[str] = {report.cluster_id for report in ann.reports}
    assert len(ann.reports) > 1
    assert all(_case(town, cluster_id).voices == 1 for cluster_id in cases)


def _case(town: Town, cluster_id: str) -> Case:
    found = town.app.store.cases.case(cluster_id)
    assert found is not None
    return found


def asked(town: Town) -> tuple[Resident, Resident]:
    """Ben tells of something that may be what Ann told: other words, a little way off."""
    ann = mattress(town, "ann")
    town.later(days=2)
    ben = tells(town, "ben", "a wardrobe and a sofa dumped on the pavement", NEXT_DOOR)
    return ann, ben


def test_where_it_is_not_sure_the_report_is_filed_and_the_resident_is_asked(town: Town) -> None:
    ann, ben = asked(town)

    assert [answer.key for answer in ben.answers] == ["report.filed", "ask.same_near"]
    assert len(open_cases(town, ann, ben)) == 2
    assert ben.choices[-2:] == ["Yes, the same", "No, another one"]
    assert DeskKind.SAME_PROBLEM in town.desk()


def test_the_question_tells_nothing_of_the_other_resident_but_what_and_when(town: Town) -> None:
    _, ben = asked(town)
    question = ben.worded[-1].text

    assert "wardrobe" not in question
    assert "AM-" not in question
    assert "T" not in ben.answers[-1].parameters.get("where", "")


def test_yes_adds_a_voice_to_the_case_and_no_case_of_its_own(town: Town) -> None:
    ann, ben = asked(town)

    assert ben.says("yes") == ["same.joined"]
    assert ben.report.cluster_id == ann.report.cluster_id
    assert ann.case.voices == 2
    assert DeskKind.SAME_PROBLEM not in town.desk()


def test_no_leaves_a_case_of_its_own_and_nobody_is_asked_again(town: Town) -> None:
    ann, ben = asked(town)

    assert ben.says("no it's another one") == ["same.kept"]
    assert ben.report.cluster_id != ann.report.cluster_id
    assert DeskKind.SAME_PROBLEM not in town.desk()


def test_no_answer_loses_nothing_and_a_later_yes_is_about_something_else(town: Town) -> None:
    _, ben = asked(town)
    ben.says("help")

    assert ben.says("yes") != ["same.joined"]
    assert ben.state == State.CONFIRMED
    assert DeskKind.SAME_PROBLEM in town.desk()


def test_a_report_that_was_joined_by_mistake_is_parted_by_a_word(town: Town) -> None:
    ann = mattress(town, "ann")
    ben = mattress(town, "ben")

    assert ben.presses("It is something else") == ["same.kept"]
    assert ben.report.cluster_id != ann.report.cluster_id
    assert (ann.case.voices, ben.case.voices) == (1, 1)
    assert [p.report_id for p in ben.case.open_promises] == [ben.report.id]


def test_what_was_called_done_is_opened_again_only_by_a_resident_who_says_so(town: Town) -> None:
    ann = mattress(town, "ann")
    town.service_does(ann, town.act.DONE)
    town.later(days=1)
    ben = mattress(town, "ben")

    assert [answer.key for answer in ben.answers] == ["report.filed", "ask.same_done_near"]
    assert ann.state == State.FIXED_COUNCIL
    ben.says("yes")
    assert ann.state == State.CONFIRMED
    assert ann.case.voices == 2
    assert "told.not_fixed" in ann.later


def test_a_sensitive_matter_is_never_joined_and_nobody_is_asked(town: Town) -> None:
    words = "a gang is dealing drugs in the alley behind the shops every night"
    ann, ben = tells(town, "ann", words, CORNER), tells(town, "ben", words, CORNER)

    assert len(open_cases(town, ann, ben)) == 2
    assert not [answer.key for answer in ben.answers if answer.key.startswith(("ask.same", "report.joined"))]
    assert DeskKind.SAME_PROBLEM in town.desk()


def test_a_cluster_is_sent_to_its_service_once_and_then_that_there_are_more(town: Town) -> None:
    residents = [mattress(town, name) for name in ("ann", "ben", "cat")]
    assert len(open_cases(town, *residents)) == 1
    town.later(minutes=11)
    town.send_on(residents[0])

    assert town.mail().count("service.new_report") == 1
    assert all(report.sent_at is not None for report in residents[0].case.reports)
    late = mattress(town, "late")
    town.later(minutes=11)
    town.send_on(late)
    assert [key for key in town.mail() if key.startswith("service.")] == ["service.one_more"]


def test_the_same_words_from_newcomers_wait_for_a_person_and_are_not_counted(town: Town) -> None:
    words = "an old mattress and a broken wardrobe dumped on the pavement"
    residents = [tells(town, name, words, CORNER) for name in ("ann", "ben", "cat", "dan")]

    assert len(open_cases(town, *residents)) == 1
    assert (residents[0].case.voices, len(residents[0].case.standing)) == (1, 4)
    assert town.desk().count(DeskKind.SAME_WORDS) == 1


def test_long_ago_is_another_one(town: Town) -> None:
    ann = mattress(town, "ann")
    town.clock.advance(timedelta(days=120))

    assert len(open_cases(town, ann, mattress(town, "ben"))) == 2
