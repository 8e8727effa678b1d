"""How words are compared: plain forms, starred words, slips of the thumb."""

import pytest

from nlp.phrases import phrase_of, plain_form
from nlp.pipeline import Pipeline
from nlp.spelling import mend_table, slips


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Mattresses", "mattress"),
        ("potholes", "pothole"),
        ("rubbish", "rubbish"),
        ("bus", "bus"),
        ("glass", "glass"),
        ("isn't", "isnt"),
        ("isn\u2019t", "isnt"),
        ("bodies", "body"),
        ("42", "#"),
        ("boxes", "box"),
    ],
)
def test_a_word_has_a_plain_form(word: str, form: str) -> None:
    assert plain_form(word) == form


def test_a_phrase_keeps_its_stars() -> None:
    phrase = phrase_of("Fly-Tip* bags")
    assert phrase is not None
    assert (phrase.key, phrase.starred) == ("fly tip* bag", True)


@pytest.mark.parametrize("written", ["", "  ", "*", "..."])
def test_a_phrase_without_words_is_none(written: str) -> None:
    assert phrase_of(written) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a MATTRESS here", {"mattress"}),
        ("two matresses", {"mattress"}),
        ("fly tipping", {"fly tip*"}),
        ("graffitied", {"graff*", "graffiti*"}),
        ("street lights out", {"street light"}),
        ("street-lights", {"street light"}),
        ("lights in the street", set()),
        ("tip", set()),
    ],
)
def test_the_pipeline_finds_phrases(text: str, found: set[str]) -> None:
    from nlp.phrases import clean

    pipeline = Pipeline(["mattress", "fly tip*", "graff*", "graffiti*", "street light"])
    assert pipeline.find(clean(text, 100)).phrases == found


def test_slips_keep_the_first_letter() -> None:
    assert {"pothole", "othole"} & set(slips("pothole")) <= {"pothole"}
    assert {"pothle", "potohle", "potthole"} <= set(slips("pothole"))


def test_a_known_word_is_never_mended_into_another() -> None:
    assert "slabs" not in mend_table(["slabs", "slab"], 4)
