"""Dates and times as people say them, in the authority's time zone and a reader's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

ENGLISH = Locale.parse("en_GB")

_DAY = "EEEE d MMMM y"
_NEAR_DAY = "EEEE d MMMM"
_END_OF_DAY = (23, 59)


def day_words(moment: datetime, time_zone: str, language: str) -> str:
    """The day: "Friday 27 November 2026"."""
    return format_date(_here(moment, time_zone), _DAY, locale=_locale(language))


def near_day_words(moment: datetime, time_zone: str, language: str) -> str:
    """A day that is not far off: "Friday 27 November"."""
    return format_date(_here(moment, time_zone), _NEAR_DAY, locale=_locale(language))


def time_words(moment: datetime, time_zone: str, language: str) -> str:
    """The time of day: "5:05pm", "10am"; by 24 hours in languages other than English."""
    here, locale = _here(moment, time_zone), _locale(language)
    if locale is not ENGLISH:
        return format_time(here, "HH:mm", locale=locale)
    return format_time(here, "h:mma" if here.minute else "ha", locale=locale).lower()


def is_end_of_day(moment: datetime, time_zone: str) -> bool:
    """True for a promise that runs to the end of its day, as ``casework.calendars`` makes them."""
    here = _here(moment, time_zone)
    return (here.hour, here.minute) == _END_OF_DAY


def _here(moment: datetime, time_zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(time_zone))


def _locale(language: str) -> Locale:
    """A language without a country is British English or that language anywhere."""
    try:
        locale = Locale.parse(language.replace("-", "_") or "en")
    except (ValueError, UnknownLocaleError):
        return ENGLISH
    return ENGLISH if locale.language == "en" else locale
