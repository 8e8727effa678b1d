"""The language of a message, from its script or its commonest words."""

import pytest

from nlp.language import guess

MESSAGES = [
    ("en", "There is a pothole on Mill Lane"),
    ("en", "ok"),
    ("en", ""),
    ("en", "sofa dumped in la casa restaurant car park"),
    ("en", "12345 😀"),
    ("cy", "Mae sbwriel ar y stryd wrth y bin"),
    ("pl", "Na ulicy jest dziura, proszę naprawić"),
    ("ro", "Este gunoi pe strada mea, vă rog"),
    ("bn", "রাস্তায় অনেক আবর্জনা"),
    ("ur", "سڑک پر کچرا پڑا ہے"),
    ("ar", "هناك قمامة في الشارع"),
    ("so", "Waxaa jira qashin wadada"),
    ("pt", "Há lixo na rua em frente da minha casa"),
    ("es", "Hay basura en la calle, por favor"),
    ("tr", "Sokakta çöp var lütfen"),
]


@pytest.mark.parametrize(("language", "text"), MESSAGES)
def test_a_message_is_in_its_language(language: str, text: str) -> None:
    assert guess(text) == language
