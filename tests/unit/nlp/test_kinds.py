"""What sort of message it is, by its wording and by what it is about."""

import time

import pytest

from casework.understanding import Decision, Kind
from nlp.kinds import kind_of
from nlp.reader import Reader

MESSAGES = {
    Kind.REPORT: (
        "hi there is a sofa dumped on Mill Lane",
        "hello can you please fix the pothole on Mill Lane",
        "pothole",
        "The street light outside number 4 has been out for weeks, I reported it before and it is still out",
        "Thanks for clearing the alley but now there is a mattress dumped by the gate",
        "stop people dumping rubbish on our street",
        "please stop the fly tipping behind the shops",
        "graffiti on the shelter, why do you not clean it",
    ),
    Kind.QUESTION: (
        "when is my bin day?",
        "whens the recycling collected",
        "What day is my green bin collected please",
        "how do I get a new bin",
        "where can I take old paint",
        "what time does the tip open",
        "are you a robot?",
        "hi, who do I talk to about a blue badge",
    ),
    Kind.STATUS: (
        "any news on AM-4F7-2Q9?",
        "what's happening with my report",
        "AM4F72Q9",
        "status of my report please",
        "has it been fixed yet",
        "when will it be fixed",
        "did you get my photo",
        "any update?",
    ),
    Kind.FOLLOWUP: (
        "it's still there!!",
        "still not been collected",
        "its still broken",
        "nothing has been done",
        "nobody has come",
        "it has come back",
        "you said it would be fixed by friday",
        "I already told you about this twice",
        "AM-4F7-2Q9 is not fixed",
    ),
    Kind.SUGGESTION: (
        "I'd like to suggest a bench by the pond",
        "it would be nice if you planted some flowers at the crossroads",
        "why don't you put a zebra crossing by the school",
        "suggestion: close the lane to lorries",
        "there should be more benches in town",
    ),
    Kind.COMPLAINT_STAFF: (
        "your bin man swore at me",
        "I want to complain about one of your officers",
        "the woman on the phone at the council was rude and hung up",
        "the traffic warden was very aggressive to my mum",
    ),
    Kind.COMPLAINT_COUNCILLOR: (
        "Councillor Brown never replies to anybody",
        "I want to complain about my councillor",
        "the councillor shouted at me at the meeting",
    ),
    Kind.OPT_OUT: (
        "STOP",
        "stop",
        "Stop.",
        "unsubscribe",
        "stop texting me",
        "please stop sending me messages",
    ),
    Kind.CHAT: (
        "thanks",
        "Thank you so much!",
        "hi",
        "ok",
        "lol",
        "good morning",
        "cheers mate",
        "hello?",
        "👍",
        "12345",
    ),
    Kind.SPAM: (
        "Congratulations you have won a cash prize! Claim your reward today",
        "Earn £500 a day with bitcoin trading",
        "Instant loans approved, no credit check",
        "Your parcel has been held, click here to pay",
    ),
}
CASES = [(kind, text) for kind, texts in MESSAGES.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_message_is_of_its_kind(reader: Reader, kind: Kind, text: str) -> None:
    assert reader.read(text).kind is kind


@pytest.mark.parametrize(("kind", "text"), [case for case in CASES if case[0] is not Kind.REPORT])
def test_what_is_no_report_has_no_category(reader: Reader, kind: Kind, text: str) -> None:
    understood = reader.read(text)
    assert understood.decision is Decision.NOT_A_REPORT
    assert understood.category is None
    assert understood.problems == ()


def test_a_long_report_with_a_question_in_it_is_a_report(reader: Reader) -> None:
    text = (
        "When is somebody going to look at this? There is a huge pothole at the junction and the road surface"
        " is breaking up all the way down to the bridge, cars swerve to avoid it."
    )
    assert reader.read(text).kind is Kind.REPORT


def test_a_photo_makes_small_talk_a_report(reader: Reader) -> None:
    assert reader.read("look at this").kind is Kind.CHAT
    assert reader.read("look at this", has_photo=True).kind is Kind.REPORT


def test_wording_alone_gives_a_first_answer() -> None:
    assert kind_of("STOP") is Kind.OPT_OUT
    assert kind_of("a sofa by the bins") is Kind.REPORT


@pytest.mark.parametrize(
    "piece", ["thank you ", "it is still ", "hi hello ", "a-", "report am-4f7 ", "please stop the ", "😀"]
)
def test_no_pattern_runs_away_on_repeated_words(piece: str) -> None:
    start = time.perf_counter()
    kind_of(piece * 2000 + "§")
    assert time.perf_counter() - start < 0.5
