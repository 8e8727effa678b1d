"""Our own sentences as text messages."""

import pytest

from bot.channels.gsm import is_gsm, segments, to_gsm
from bot.wording import LOCALE
from config.wording import Catalogue

CATALOGUE = Catalogue(LOCALE)
USUAL = {
    "amount": "1,250.50",
    "answer": "says yes",
    "body": "Fenshire County Council",
    "call": "AM-7H3-9XP",
    "reference": "AM-4F7-2Q9",
    "what": "Dumped rubbish",
    "where": "Church Lane, Ashmere",
    "who": "Street Cleansing, Ashmere Borough Council",
    "by_on": "Wednesday 11 March",
    "name": "Ashmere",
    "url": "https://reports.ashmere.example",
    "minutes": "10",
    "most": "160",
    "state_key": "being looked into",
    "filed_day": "Tuesday 10 March",
    "told_day": "Tuesday 10 March",
    "at_day": "Tuesday 10 March",
    "event_key": "the team says it is done",
    "advice": "",
    "words": "",
    "reason": "we are waiting for parts",
    "until_on": "Friday 20 March",
    "was_on": "Friday 13 March",
    "contact": "01632 960000",
    "error_id": "0702cb4c",
    "go_to": "Please call 01632 960000.",
    "matter": "Parking fines",
    "neighbour": "Weald District Council",
    "one_time_code": "4F72Q9",
    "phrase": "the big tree",
    "ward": "St Botolph's",
    "lines": "AM-4F7-2Q9 Dumped rubbish, Church Lane: reported",
}
KEYS = CATALOGUE.keys()
OTHER_SCRIPTS = {"tongue.ar", "tongue.bn", "tongue.tr", "tongue.ur"}
"""Said in letters that GSM-7 does not have."""
SENTENCES = sorted(key for key in KEYS - OTHER_SCRIPTS if not key.endswith((".whatsapp", ".telegram")))


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_of_ours_is_two_segments_of_gsm_at_most(key: str) -> None:
    sentence = to_gsm(CATALOGUE.text(key, "en", **USUAL))
    assert is_gsm(sentence)
    assert segments(sentence) <= 2
