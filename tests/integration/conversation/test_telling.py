"""A report is filed from any mix of words, photos and a place, in any order."""

import pytest

from tests.talk import HIGH_STREET, OUT_AT_SEA, Town, picture


def test_words_and_place_in_one_message_file_a_report_at_once(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("a sofa was dumped outside 1 High Street") == ["report.filed"]
    assert (ann.report.category, ann.report.ward, ann.state) == ("fly_tipping", "E99100001", "confirmed")


def test_what_was_understood_is_said_with_who_has_it_and_by_when(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("a sofa was dumped outside 1 High Street")

    for said in (
        ann.report.reference,
        "Dumped rubbish",
        "1 High Street",
        "Street Cleansing",
        "Tuesday 12 May",
    ):
        assert said in ann.heard


def test_the_place_is_asked_for_where_it_is_missing(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("someone dumped a sofa") == ["ask.place_of"]
    assert "Dumped rubbish: where is it?" in ann.heard
    assert ann.says("1 High Street") == ["report.filed"]


def test_a_pin_answers_where_it_is(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa")

    assert ann.says(pin=HIGH_STREET) == ["report.filed"]
    assert ann.report.label == "near High Street"


def test_photo_then_words_then_pin_make_one_report(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says(photo=picture()) == ["ask.words_photo"]
    assert ann.says("someone dumped a sofa") == ["ask.place_of"]
    assert ann.says(pin=HIGH_STREET) == ["report.filed"]
    assert ann.photos == 1


def test_a_photo_that_knows_its_place_needs_only_words(town: Town) -> None:
    ann = town.resident("ann")
    ann.says(photo=picture(gps=HIGH_STREET))

    assert ann.says("someone dumped a sofa") == ["report.filed"]


def test_a_photo_that_knows_its_place_is_not_asked_for_it(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says(photo=picture(gps=HIGH_STREET)) == ["ask.words_photo_there"]


def test_a_pin_first_asks_what_is_wrong_there(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says(pin=HIGH_STREET) == ["ask.words_there"]
    assert "where" not in ann.heard.partition("wrong")[2]
    assert ann.says("someone dumped a sofa") == ["report.filed"]


def test_ten_photos_in_ten_messages_are_one_question_and_one_report(town: Town) -> None:
    ann = town.resident("ann")
    asked = [ann.says(photo=picture(f"#0000{n:02x}")) for n in range(10)]
    ann.says("a sofa was dumped outside 1 High Street")

    assert asked == [["ask.words_photo"]] * 10
    assert ann.photos == 10


def test_a_photo_and_a_pin_without_a_word_are_kept_for_a_person(town: Town) -> None:
    ann = town.resident("ann")
    ann.says(photo=picture())

    assert ann.says(pin=HIGH_STREET) == ["report.filed_other"]
    assert ann.choices == ["Undo"]
    assert town.desk() == ["unsure_category"]


def test_a_place_that_is_never_found_is_left_to_a_person(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa")

    assert ann.says("down the road by my nans") == ["ask.place_again"]
    assert ann.says("I told you, by my nans") == ["report.filed_no_place"]
    assert (ann.report.ward, ann.state, town.desk()) == (None, "for triage", ["outside"])


def test_words_that_do_not_name_a_place_are_kept_in_the_report(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa")
    ann.says("by the shops")
    ann.says("1 High Street")

    assert ann.report.text == "someone dumped a sofa\nby the shops\n1 High Street"


def test_not_knowing_the_place_is_no_dead_end(town: Town) -> None:
    ann = town.resident("ann")
    asked = [ann.says("someone dumped a sofa"), ann.says("dont know"), ann.says("no idea sorry")]

    assert asked == [["ask.place_of"], ["ask.place_again"], ["report.filed_no_place"]]


@pytest.mark.parametrize("place", ["1 High Street", "its outside 1 High Street", "ZZ1 1AA"])
def test_the_place_may_be_told_after_it_was_left_to_a_person(town: Town, place: str) -> None:
    ann = town.resident("ann")
    for words in ("someone dumped a sofa", "by my nans", "near the shops"):
        ann.says(words)

    assert ann.says(place) == ["report.corrected"]
    assert (ann.report.ward, ann.state, town.desk()) == ("E99100001", "confirmed", [])


def test_the_words_that_stand_for_an_unknown_place_show_nothing_personal(town: Town) -> None:
    ann = town.resident("ann")
    for words in ("someone dumped a sofa", "by my nans", "ring me on 07700 900123"):
        ann.says(words)

    assert "900123" not in ann.report.label


def test_a_place_outside_the_area_is_taken_kindly_for_a_person_to_pass_on(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa")

    assert ann.says(pin=OUT_AT_SEA) == ["report.outside"]
    assert (ann.report.ward, ann.state, town.desk()) == (None, "for triage", ["outside"])


def test_two_problems_in_one_message_are_two_reports_told_together(town: Town) -> None:
    ann = town.resident("ann")
    heard = ann.says("graffiti on the wall at 1 High Street and someone dumped a sofa", photo=picture())

    first = next(report for report in ann.reports if report.told_with is None)
    second = next(report for report in ann.reports if report.told_with == first.id)
    assert len(heard) == 2
    assert {first.category, second.category} == {"graffiti", "fly_tipping"}


def test_a_hazard_goes_straight_on_and_says_so(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("the traffic lights are stuck on red at 1 High Street") == ["report.filed_hazard"]
    assert ann.report.send_after == town.clock.now()


def test_a_matter_for_councillors_names_them(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("the empty house at 1 High Street is boarded up")

    assert "It goes to the councillors of Northend ward." in ann.heard


def test_after_a_report_the_next_problem_is_a_report_of_its_own(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("a sofa was dumped outside 1 High Street")

    assert ann.says("graffiti on the wall at Station Road") == ["report.filed"]
    assert {report.category for report in ann.reports} == {"fly_tipping", "graffiti"}


def test_a_word_or_two_that_say_nothing_are_asked_about_once(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("desk") == ["ask.more"]
    assert ann.says("a sofa was dumped outside 1 High Street") == ["report.filed"]
