"""Catalogues read from files."""

from pathlib import Path

import pytest

from config.wording import Catalogue

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'
TWO_FORMS = "nplurals=2; plural=(n != 1);"
THREE_FORMS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
REPORTS = 'msgid "reports"\nmsgid_plural "reports"\nmsgstr[0] "{n} report"\nmsgstr[1] "{n} reports"\n'


def write_language(folder: Path, language: str, body: str, plural: str = TWO_FORMS) -> None:
    file = folder / language / "LC_MESSAGES" / "streetcall.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER.format(plural=plural) + body, encoding="utf-8")


def sentence(key: str, text: str) -> str:
    return f'msgid "{key}"\nmsgstr "{text}"\n\n'


def catalogue(folder: Path, **languages: str) -> Catalogue:
    for language, body in languages.items():
        write_language(folder, language, body)
    return Catalogue(folder)


def test_a_sentence_is_filled_with_its_parameters(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("report.filed", "Thank you. It is {reference}."))
    assert words.text("report.filed", "en", reference="AM-4F7-2Q9") == "Thank you. It is AM-4F7-2Q9."


def test_a_parameter_may_be_called_language_or_key(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("known", "{key} in {language}"))
    assert words.text("known", "en", key="K", language="Welsh") == "K in Welsh"


def test_braces_in_a_parameter_are_left_alone(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("said", "You said: {text}"))
    assert words.text("said", "en", text="{secret.key}") == "You said: {secret.key}"


def test_the_residents_language_is_spoken(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("thanks", "Thank you"), cy=sentence("thanks", "Diolch"))
    assert words.text("thanks", "cy") == "Diolch"


@pytest.mark.parametrize("language", ["en-GB", "en_GB", "EN", "pl", ""])
def test_unknown_and_regional_languages_fall_back(tmp_path: Path, language: str) -> None:
    words = catalogue(tmp_path, en=sentence("thanks", "Thank you"))
    assert words.text("thanks", language) == "Thank you"


@pytest.mark.parametrize(
    "unfinished",
    [sentence("thanks", ""), "#, fuzzy\n" + sentence("thanks", "Dioch?")],
    ids=["empty", "fuzzy"],
)
def test_an_unfinished_translation_falls_back_to_english(tmp_path: Path, unfinished: str) -> None:
    words = catalogue(tmp_path, en=sentence("thanks", "Thank you"), cy=unfinished)
    assert words.text("thanks", "cy") == "Thank you"


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("thanks", "Thank you"))
    with pytest.raises(KeyError, match=r"report\.filed"):
        words.text("report.filed", "en")


@pytest.mark.parametrize(("n", "text"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports")])
def test_english_has_two_plural_forms(tmp_path: Path, n: int, text: str) -> None:
    assert catalogue(tmp_path, en=REPORTS).plural("reports", n, "en") == text


@pytest.mark.parametrize(
    ("n", "text"), [(1, "1 raport"), (3, "3 raporty"), (5, "5 raportow"), (12, "12 raportow")]
)
def test_a_language_uses_its_own_plural_forms(tmp_path: Path, n: int, text: str) -> None:
    write_language(tmp_path, "en", REPORTS)
    forms = 'msgid "reports"\nmsgid_plural "reports"\nmsgstr[0] "{n} raport"\nmsgstr[1] "{n} raporty"\n'
    write_language(tmp_path, "uk", forms + 'msgstr[2] "{n} raportow"\n', THREE_FORMS)
    assert Catalogue(tmp_path).plural("reports", n, "uk") == text


def test_a_plural_that_is_not_translated_keeps_english_forms(tmp_path: Path) -> None:
    write_language(tmp_path, "en", REPORTS)
    write_language(tmp_path, "uk", sentence("thanks", "Diakuiu"), THREE_FORMS)
    assert Catalogue(tmp_path).plural("reports", 21, "uk") == "21 reports"


def test_keys_and_languages_are_listed_english_first(tmp_path: Path) -> None:
    words = catalogue(tmp_path, cy=sentence("a", "A"), en=sentence("a", "A") + sentence("b.c", "C"))
    assert words.keys() == {"a", "b.c"}
    assert words.languages() == ("en", "cy")


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    write_language(tmp_path, "cy", sentence("a", "A"))
    with pytest.raises(ValueError, match="no English catalogue"):
        Catalogue(tmp_path)


@pytest.mark.parametrize(
    "welsh",
    [sentence("filed", "Diolch {enw}"), sentence("filed", "Diolch"), sentence("gone", "Wedi mynd")],
    ids=["another placeholder", "a placeholder lost", "a key that English lacks"],
)
def test_a_translation_must_keep_the_placeholders_of_english(tmp_path: Path, welsh: str) -> None:
    words = catalogue(tmp_path, en=sentence("filed", "Thanks {name}"), cy=welsh)
    assert [language for language, _ in words.mistranslated()] == ["cy"]


def test_a_faithful_translation_is_not_mistranslated(tmp_path: Path) -> None:
    words = catalogue(tmp_path, en=sentence("filed", "Thanks {name}"), cy=sentence("filed", "Diolch {name}"))
    assert words.mistranslated() == ()


@pytest.mark.parametrize("package", ["bot", "web"])
def test_every_shipped_translation_keeps_the_placeholders_of_english(package: str) -> None:
    folder = Path(__file__).parents[3] / package / "locale"
    if not list(folder.glob("en/LC_MESSAGES/streetcall.po")):
        pytest.skip(f"{package}/locale has no English catalogue yet")
    assert Catalogue(folder).mistranslated() == ()
