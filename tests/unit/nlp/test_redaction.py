"""Who somebody is stays hidden; where the problem is stays readable."""

import time

import pytest

from nlp.redaction import mask_plates, redact

HIDDEN = [
    ("write to jo.bloggs+x@mail.example.co.uk please", "write to [email] please"),
    ("call me on 07700 900123", "call me on [phone]"),
    ("ring 01632 960 001 after six", "ring [phone] after six"),
    ("ring (01632) 960001", "ring [phone]"),
    ("my number is +44 7700 900 123", "my number is [phone]"),
    ("text 07700-900-123", "text [phone]"),
    ("white van AB12 CDE on the kerb", "white van [plate] on the kerb"),
    ("white van ab12cde on the kerb", "white van [plate] on the kerb"),
    ("red car reg ab12 cde", "red car reg [plate]"),
    ("A123 BCD has no tyres", "[plate] has no tyres"),
    ("BCD 123A has no tyres", "[plate] has no tyres"),
    ("my name is Jane Smith and the lamp is out", "my name is [name] and the lamp is out"),
    ("my name is jane smith and the lamp is out", "my name is [name] and the lamp is out"),
    ("Mr Patel keeps dumping rubbish", "[name] keeps dumping rubbish"),
    ("Mrs J. O'Neill next door", "[name] next door"),
    ("The lamp is out. Kind regards, Jane", "The lamp is out. Kind regards, [name]"),
    (
        "I live at 12 Mill Lane and the drain is blocked",
        "I live at [address] Mill Lane and the drain is blocked",
    ),
    ("I live in flat 3b, the lift is broken", "I live in [address], the lift is broken"),
    ("my house number is 14", "my house number is [address]"),
    ("the man at number 22 dumps his rubbish", "the man at [address] dumps his rubbish"),
]
KEPT = [
    "pothole outside 12 Mill Lane",
    "sofa dumped by the bins on High Street SE13 5AB",
    "opposite the Red Lion on the A21",
    "sign broken at GL50 3AB near the post office",
    "reference AM-4F7-2Q9",
    "lamp post 030 on Mill Lane is out",
    "three bags left on 12/05/2026 at 10:30",
    "the flats behind the station",
    "thanks, it is by the Kings Arms on Mill Road",
    "bus 53 stop, BUS 53 is late and THE 12 too",
]


@pytest.mark.parametrize(("text", "safe"), HIDDEN)
def test_personal_data_is_hidden(text: str, safe: str) -> None:
    assert redact(text) == safe


@pytest.mark.parametrize("text", KEPT)
def test_the_place_of_the_problem_stays(text: str) -> None:
    assert redact(text) == text


def test_redacting_twice_changes_nothing_more() -> None:
    for text, _ in HIDDEN:
        assert redact(redact(text)) == redact(text)


def test_plates_are_masked_as_the_words_know_them() -> None:
    assert mask_plates("AB12 CDE") == "[REG]"


@pytest.mark.parametrize("piece", ["a.b.", "07 ", "Mr A ", "my name is ", "@x.", "flat ", "AB12 "])
def test_no_pattern_runs_away_on_repeated_text(piece: str) -> None:
    start = time.perf_counter()
    redact(piece * 3000)
    assert time.perf_counter() - start < 2.0
