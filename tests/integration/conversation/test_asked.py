"""A service asks; the next free message is the answer, unless it is plainly something else."""

from datetime import timedelta

import pytest

from casework.acting import Act
from casework.errors import NotAllowed
from casework.handovers import hand_over
from casework.inquiries import MOST_LETTERS, ask_residents
from storage.outbox import Waiting
from tests.talk import HIGH_STREET, Resident, Town, picture

STREETS = "service:tarn/streets"
QUESTION = "Which side of the road is it?"


def asks(town: Town, resident: Resident, words: str = QUESTION, actor: str = STREETS) -> None:
    """The team that has their only report asks about it."""
    town.send_on(resident)
    now = town.clock.now()
    town.app.store.commit(ask_residents(town.pack, resident.case, words, actor, now, town.app.mint), now)


def mails(town: Town) -> list[Waiting]:
    """What went to services since."""
    claimed = town.app.store.outbox.claim(["email"], town.clock.now(), timedelta(minutes=5), 100)
    for waiting in claimed:
        town.app.store.outbox.mark_sent(waiting.id, town.clock.now())
    return list(claimed)


def answers(town: Town, resident: Resident) -> list[tuple[str, str]]:
    """What was kept in the case as answers, and for whom."""
    history = town.app.store.cases.history(resident.report.cluster_id)
    return [(update.words, update.actor) for update in history if update.key == "update.answered"]


@pytest.fixture
def ann(town: Town) -> Resident:
    """She told of a sofa."""
    resident = town.resident("ann")
    assert resident.says("a sofa dumped on High Street") == ["report.filed"]
    town.later(hours=5)
    return resident


def test_the_question_reaches_her_and_her_answer_the_service_and_the_case(town: Town, ann: Resident) -> None:
    asks(town, ann)
    mails(town)
    assert ann.later[-1] == "told.asked"
    (told,) = [m for m in town.app.store.outbox.after(ann.contact_id, 0) if m.key == "told.asked"]
    assert town.app.wording.word(told).text == (
        f"Street Cleansing, Tarn District Council asks about {ann.report.reference} "
        "(Dumped rubbish, High Street): Which side of the road is it?\nJust answer here, or send SKIP."
    )

    assert ann.says("the left one by the bins") == ["asked.thanks"]
    assert answers(town, ann) == [("the left one by the bins", "resident")]
    (mail,) = mails(town)
    assert (mail.recipient, mail.key) == (STREETS, "service.answered")
    assert mail.parameters["words"] == "the left one by the bins"
    assert mail.parameters["asked"] == QUESTION


def test_an_answer_is_shown_to_nobody_outside(town: Town, ann: Resident) -> None:
    asks(town, ann)
    ann.says("left, I am Ann Other on 07700 900123")

    history = town.app.store.cases.history(ann.report.cluster_id)
    assert [u.public for u in history if u.key in ("update.asked", "update.answered")] == [False, False]


@pytest.mark.parametrize(
    "words",
    [
        "12",
        "yes",
        "No",
        "left",
        "it's still there",
        "Mill Lane side",
        "the big sofa by the bins",
        "don't know",
    ],
)
def test_nearly_everything_is_an_answer_soon_after(town: Town, ann: Resident, words: str) -> None:
    asks(town, ann)

    assert ann.says(words) == ["asked.thanks"]
    assert answers(town, ann) == [(words, "resident")]


def test_a_photo_and_a_pin_are_answers_too(town: Town, ann: Resident) -> None:
    asks(town, ann, "Please send a photo.")
    assert ann.says(photo=picture()) == ["asked.thanks"]
    assert ann.photos == 1

    asks(town, ann, "Please send a pin.")
    assert ann.says(pin=HIGH_STREET) == ["asked.thanks"]
    assert answers(town, ann)[-1][0] == "53.01500, 0.50500"


def test_only_the_next_message_is_the_answer(town: Town, ann: Resident) -> None:
    asks(town, ann)
    ann.says("on the left")

    assert "asked.thanks" not in ann.says("thanks")


@pytest.mark.parametrize(
    ("words", "answer"),
    [("any news?", "status"), ("STOP", "stop"), ("HELP", "help"), ("thank you", "chat"), ("MINE", "mine")],
)
def test_what_is_plainly_something_else_is_not_swallowed(
    town: Town, ann: Resident, words: str, answer: str
) -> None:
    asks(town, ann)

    assert ann.says(words)[0].startswith(answer)
    assert answers(town, ann) == []
    if words != "STOP":
        assert ann.says("on the left") == ["asked.thanks"]


def test_a_new_report_is_not_swallowed(town: Town, ann: Resident) -> None:
    asks(town, ann)

    assert ann.says("there is a deep pothole on Orchard Way")[0].startswith("report.filed")
    assert [report.category for report in ann.reports] == ["road_surface", "fly_tipping"]


def test_danger_comes_first(town: Town, ann: Resident) -> None:
    asks(town, ann)

    assert ann.says("help there is a fire, the bins are on fire")[0].startswith("danger.")


def test_late_and_unsure_it_is_asked_and_yes_passes_it_on(town: Town, ann: Resident) -> None:
    asks(town, ann)
    town.later(hours=3)

    assert ann.says("it is on Orchard Way") == ["asked.is_it"]
    assert answers(town, ann) == []
    assert ann.presses("Yes, my answer") == ["asked.thanks"]
    assert answers(town, ann) == [("it is on Orchard Way", "resident")]


def test_late_and_unsure_no_makes_it_a_report(town: Town, ann: Resident) -> None:
    asks(town, ann)
    town.later(hours=3)
    assert ann.says("there is graffiti everywhere") == ["asked.is_it"]

    assert ann.says("no") == ["ask.place"]
    assert ann.says("on Orchard Way")[0].startswith("report.filed")
    assert {report.category for report in ann.reports} == {"fly_tipping", "graffiti"}


def test_more_words_instead_of_yes_or_no_are_kept_with_it(town: Town, ann: Resident) -> None:
    asks(town, ann)
    town.later(hours=3)
    ann.says("it is on Orchard Way")

    assert ann.says("next to the bakery") == ["asked.is_it"]
    assert ann.says("yes it is") == ["asked.thanks"]
    assert answers(town, ann) == [("it is on Orchard Way\nnext to the bakery", "resident")]


def test_after_a_week_nothing_is_its_answer(town: Town, ann: Resident) -> None:
    asks(town, ann)
    town.later(days=8)

    assert "asked.thanks" not in ann.says("on the left")


def test_skip_ends_the_question(town: Town, ann: Resident) -> None:
    asks(town, ann)

    assert ann.says("SKIP") == ["asked.skipped"]
    assert ann.says("skip") == ["asked.nothing"]
    assert "asked.thanks" not in ann.says("on the left")


def test_of_two_questions_the_latest_is_answered_and_the_first_is_over(town: Town, ann: Resident) -> None:
    asks(town, ann, "Which side?")
    town.later(minutes=5)
    asks(town, ann, "How many bags?")
    mails(town)
    ann.says("three")

    assert [mail.parameters["asked"] for mail in mails(town)] == ["How many bags?"]
    assert "asked.thanks" not in ann.says("four")


def test_was_it_fixed_asked_later_is_answered_first(town: Town, ann: Resident) -> None:
    asks(town, ann)
    town.later(minutes=5)
    town.service_does(ann, Act.DONE)

    ann.says("yes")
    assert (ann.state, answers(town, ann)) == ("fixed - user", [])


def test_a_question_asked_while_something_is_told_waits(town: Town, ann: Resident) -> None:
    ann.says("graffiti again")
    report = ann.reports[0]
    case = town.app.store.cases.case(report.cluster_id)
    assert case is not None
    now = town.clock.now()
    town.app.store.commit(ask_residents(town.pack, case, QUESTION, STREETS, now, town.app.mint), now)

    assert ann.says("on Orchard Way")[0].startswith("report.filed")


def test_the_councillor_who_asked_gets_the_answer(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("the empty house is boarded up on High Street")
    town.later(hours=1)
    town.send_on(ann)
    councillor = town.pack.councillors_of(ann.report.ward, town.clock.now().date())[0]
    asks(town, ann, actor=f"councillor:{councillor.id}")
    mails(town)
    ann.says("it is number 12")

    assert [mail.recipient for mail in mails(town)] == [f"councillor:{councillor.id}"]


def test_where_the_case_has_gone_on_both_get_the_answer(town: Town, ann: Resident) -> None:
    asks(town, ann)
    now = town.clock.now()
    passed = hand_over(town.pack, ann.case, "fellshire/highways", "", STREETS, "", now, town.app.mint)
    town.app.store.commit(passed, now)
    mails(town)
    ann.says("on the left")

    assert {mail.recipient for mail in mails(town)} == {STREETS, "service:fellshire/highways"}


def test_forgetting_her_takes_the_question_and_her_answer_away(town: Town, ann: Resident) -> None:
    asks(town, ann)
    ann.says("on the left, I am Ann")
    case_id = ann.report.cluster_id
    asks(town, ann)
    ann.says("FORGET ME")
    ann.says("YES")

    assert town.app.store.cases.inquiries_of([ann.contact_id]) == ()
    assert [u.words for u in town.app.store.cases.history(case_id) if u.key == "update.answered"] == [""]


@pytest.mark.parametrize(
    ("words", "actor", "key"),
    [
        (" ", STREETS, "act.question_needed"),
        ("a" * (MOST_LETTERS + 1), STREETS, "act.question_too_long"),
        (QUESTION, "service:fellshire/highways", "act.passed_on"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    town: Town, ann: Resident, words: str, actor: str, key: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        asks(town, ann, words, actor)

    assert refused.value.key == key


def test_nobody_is_asked_about_what_is_over_or_whom_we_forgot(town: Town, ann: Resident) -> None:
    town.send_on(ann)
    before = ann.case
    ann.says("FORGET ME")
    ann.says("YES")
    now, case = town.clock.now(), town.app.store.cases.case(before.cluster.id)
    assert case is not None
    with pytest.raises(NotAllowed) as refused:
        ask_residents(town.pack, case, QUESTION, STREETS, now, town.app.mint)

    assert refused.value.key == "act.nobody_to_ask"
