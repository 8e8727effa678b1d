"""Whatever is sent gets a sensible answer, and nothing is lost."""

import pytest

from tests.talk import Resident, Town, picture


@pytest.fixture
def ann(town: Town) -> Resident:
    """Somebody who has not written yet."""
    return town.resident("ann")


@pytest.mark.parametrize("text", ["", "   ", "\n", "…", "👍", "🛋️🛋️"])
def test_an_empty_message_is_asked_for_words(ann: Resident, text: str) -> None:
    assert ann.says(text) == ["ask.words"]


@pytest.mark.parametrize("text", ["", "👍", "..."])
def test_an_empty_message_in_the_middle_repeats_the_question(ann: Resident, text: str) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says(text) == ["ask.place_of"]


def test_emoji_among_words_do_no_harm(ann: Resident) -> None:
    assert ann.says("🤬 a sofa was dumped outside 1 High Street 🛋️") == ["report.filed"]


def test_four_thousand_characters_are_kept_whole(ann: Resident) -> None:
    text = "a sofa was dumped outside 1 High Street. ".ljust(4000, "x")

    assert ann.says(text)[0].startswith("report.filed")
    assert ann.report.text == text


def test_a_hundred_thousand_characters_are_cut_and_it_is_said(ann: Resident) -> None:
    answers = ann.says("a sofa was dumped outside 1 High Street. " + "x" * 90_000)

    assert answers[0] == "text.too_long"
    assert len(ann.report.text) == 4000


def test_more_words_than_are_kept_do_not_swell_the_mail_to_the_service(ann: Resident, town: Town) -> None:
    ann.says("a sofa was dumped outside 1 High Street")
    town.send_on(ann)
    ann.says(f"{ann.report.reference} there is more of it " + "x" * 90_000)

    assert len(town.app.store.cases.history(ann.report.cluster_id)[-1].words) <= 4000


@pytest.mark.parametrize("text", ["توجد أريكة ملقاة", "יש ספה זרוקה ברחוב", "有人扔了沙发"])
def test_a_message_in_another_script_is_asked_for_its_place_and_kept(ann: Resident, text: str) -> None:
    asked = [ann.says(text), ann.says("1 High Street")]
    while not ann.reports:
        asked.append(ann.says("something else"))

    assert len(asked) <= 4
    assert text in ann.report.text


def test_a_broken_photo_is_said_and_the_rest_goes_on(ann: Resident) -> None:
    answers = ann.says("a sofa was dumped outside 1 High Street", photo=b"no photo")

    assert answers == ["photo.not_a_photo", "report.filed"]
    assert ann.photos == 0


def test_a_broken_photo_alone_is_asked_for_words(ann: Resident) -> None:
    assert ann.says(photo=b"no photo") == ["photo.not_a_photo", "ask.words"]


def test_the_same_event_twice_is_one_message(ann: Resident, town: Town) -> None:
    for _ in range(5):
        ann.says("a sofa was dumped outside 1 High Street", message_id="once")

    assert len(ann.reports) == 1


def test_the_same_message_five_times_is_one_draft(ann: Resident) -> None:
    answers = [ann.says("someone dumped a sofa") for _ in range(5)]
    ann.says("1 High Street")

    assert answers == [["ask.place_of"]] * 5
    assert ann.report.text == "someone dumped a sofa\n1 High Street"


def test_the_answer_that_completed_a_report_sent_again_is_no_second_report(ann: Resident) -> None:
    ann.says("someone dumped a sofa")
    answers = [ann.says("1 High Street") for _ in range(3)]

    assert answers == [["report.filed"], ["report.known"], ["report.known"]]
    assert len(ann.reports) == 1


def test_the_same_message_five_times_at_once_is_one_report(ann: Resident) -> None:
    sent = [ann.sends("a sofa was dumped outside 1 High Street") for _ in range(5)]
    answers = [ann.reads(number) for number in sent]

    assert answers == [["report.filed"], *[["report.known"]] * 4]


def test_a_photo_in_the_middle_is_kept_for_the_report(ann: Resident) -> None:
    ann.says("someone dumped a sofa")

    assert ann.says(photo=picture()) == ["ask.place_of"]
    ann.says("1 High Street")
    assert ann.photos == 1


def test_nothing_that_looks_like_a_format_or_a_tag_is_run(ann: Resident) -> None:
    ann.says("{reference} <b>%s</b> {0} a sofa was dumped outside 1 High Street {who")

    assert ann.reports
    assert "<b>" not in ann.heard


@pytest.mark.parametrize(
    "nonsense", ["asdf", "lorem ipsum dolor", "1234567890", "??!!", "http://example.com"]
)
def test_nonsense_is_never_an_endless_loop(ann: Resident, nonsense: str) -> None:
    answers = [ann.says(f"{nonsense} {n}") for n in range(6)]

    assert all(answers)
    assert max(answers.count(answer) for answer in answers) <= 3
