from datetime import UTC, datetime

import pytest

from config.dates import day_words, is_end_of_day, time_words

LONDON = "Europe/London"
SUMMER_EVENING = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def test_a_day_is_said_in_full() -> None:
    assert day_words(datetime(2026, 11, 27, 9, 0, tzinfo=UTC), LONDON, "en") == "Friday 27 November 2026"


def test_the_day_is_the_authoritys_own() -> None:
    assert day_words(SUMMER_EVENING, LONDON, "en") == "Thursday 2 July 2026"


@pytest.mark.parametrize(("hour", "minute", "said"), [(10, 0, "10am"), (17, 5, "5:05pm"), (0, 0, "12am")])
def test_a_time_is_said_shortly(hour: int, minute: int, said: str) -> None:
    assert time_words(datetime(2026, 1, 5, hour, minute, tzinfo=UTC), LONDON, "en") == said


def test_another_language_has_its_own_names() -> None:
    moment = datetime(2026, 3, 10, 17, 5, tzinfo=UTC)

    assert day_words(moment, LONDON, "cy") == "Dydd Mawrth 10 Mawrth 2026"
    assert time_words(moment, LONDON, "cy") == "17:05"


@pytest.mark.parametrize("language", ["", "en-GB", "en_US", "nonsense!", "zz"])
def test_an_unknown_language_is_english(language: str) -> None:
    assert day_words(SUMMER_EVENING, LONDON, language) == "Thursday 2 July 2026"


def test_the_end_of_a_day_is_known_in_winter_and_summer() -> None:
    assert is_end_of_day(datetime(2026, 1, 5, 23, 59, tzinfo=UTC), LONDON)
    assert is_end_of_day(datetime(2026, 7, 1, 22, 59, tzinfo=UTC), LONDON)
    assert not is_end_of_day(datetime(2026, 7, 1, 23, 59, tzinfo=UTC), LONDON)
