"""Finds the words of what is said to residents. The domain names a key, this the sentence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.channels.base import Worded, WordedButton
from bot.codes import Codes
from casework.packs import Pack
from config.dates import is_end_of_day, near_day_words, time_words
from config.wording import Catalogue
from storage.outbox import Waiting

LOCALE = Path(__file__).parent / "locale"


def date_words(moment: datetime, time_zone: str, language: str) -> str:
    """A date as people say it: "Friday 27 November"; with the hour where it is not the day's end."""
    day = near_day_words(moment, time_zone, language)
    if is_end_of_day(moment, time_zone):
        return day
    return f"{time_words(moment, time_zone, language)}, {day}"


class Wording:
    """Words for residents, in their language, with dates in their authority's time zone."""

    def __init__(
        self, packs: Mapping[str, Pack], public_url: str, codes: Codes | None = None, locale: Path = LOCALE
    ) -> None:
        self._packs = packs
        self._catalogue = Catalogue(locale)
        self._keys = self._catalogue.keys()
        self._public_url = public_url
        self._codes = codes

    def word(self, message: Waiting) -> Worded:
        """A message of the outbox in words."""
        language = message.language or "en"
        zone = self._time_zone(message.jurisdiction)
        text = self._sentence(self._key(message), message.parameters, language, zone)
        buttons = tuple(self._button(button, language) for button in message.buttons)
        return Worded(text, buttons, message.wants)

    def phrase(self, key: str, language: str) -> str:
        """A label that belongs to a channel and to no message."""
        return self._catalogue.text(key, language or "en")

    def _key(self, message: Waiting) -> str:
        """A channel may have words of its own for something: ``help.sms``."""
        own = f"{message.key}.{message.channel}"
        return own if own in self._keys else message.key

    def _time_zone(self, jurisdiction: str) -> str:
        pack = self._packs.get(jurisdiction)
        return pack.calendar.time_zone if pack else "Europe/London"

    def _button(self, button: Mapping[str, str], language: str) -> WordedButton:
        label = self._catalogue.text(button["key"], language) if button.get("key") else button["label"]
        return WordedButton(button["id"], label)

    def _sentence(self, key: str, parameters: Mapping[str, object], language: str, zone: str) -> str:
        filled = {name: self._fill(name, value, language, zone) for name, value in parameters.items()}
        filled["url"] = self._public_url
        text = self._catalogue.text(key, language, **filled)
        # A parameter that is empty leaves no double space and no space at the end of a line.
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()

    def _fill(self, name: str, value: object, language: str, zone: str) -> object:
        """Dates, words under a key, and lists of sentences are put into words; the rest stands."""
        if name == "one_time_code" and self._codes:
            return self._codes.code_of(str(value))
        if name.endswith("_on") and isinstance(value, str) and value:
            return date_words(datetime.fromisoformat(value), zone, language)
        if name.endswith("_day") and isinstance(value, str) and value:
            return near_day_words(datetime.fromisoformat(value), zone, language)
        if name.endswith("_key") and isinstance(value, str):
            return self._catalogue.text(value, language)
        if isinstance(value, Mapping) and "key" in value:
            return self._sentence(str(value["key"]), value["parameters"], language, zone)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(str(self._fill("", item, language, zone)) for item in value)
        return value
