"""What a mail says, before it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework.cases import DeskKind, Report
from casework.packs import Pack
from config.dates import day_words, is_end_of_day, time_words
from config.wording import Catalogue


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo inside a mail: its content id and its JPEG."""

    cid: str
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading and what stands under it, with a link where there is one."""

    label: str
    lines: tuple[str, ...]
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its words and the page that it opens."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: the folder of its templates and what fills them.

    Mails of one ``thread`` stand together in a mailbox; ``list_id`` names a regular mailing;
    ``reference`` is of the report that an answer to it is about.
    """

    folder: str
    subject: Mapping[str, object]
    context: Mapping[str, object]
    pictures: tuple[Picture, ...] = ()
    thread: str = ""
    list_id: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of one authority's mails: language, dates and names."""

    catalogue: Catalogue
    pack: Pack
    language: str = field(default="en")

    def say(self, key: str, /, **parameters: object) -> str:
        """The sentence for a key."""
        return self.catalogue.text(key, self.language, **parameters)

    def count(self, key: str, n: int, /, **parameters: object) -> str:
        """The sentence that goes with a number."""
        return self.catalogue.plural(key, n, self.language, **parameters)

    def day(self, moment: datetime) -> str:
        """The day of an instant."""
        return day_words(moment, self.pack.calendar.time_zone, self.language)

    def moment(self, moment: datetime) -> str:
        """Day and time of an instant."""
        time = time_words(moment, self.pack.calendar.time_zone, self.language)
        return self.say("mail.date.moment", day=self.day(moment), time=time)

    def deadline(self, moment: datetime) -> str:
        """A promised instant: the end of a day, or a time on it."""
        if is_end_of_day(moment, self.pack.calendar.time_zone):
            return self.say("mail.date.end_of_day", day=self.day(moment))
        return self.moment(moment)

    def category(self, code: str) -> str:
        """The name of a category."""
        category = self.pack.category(code)
        return category.name if category else code

    def place(self, report: Report) -> str:
        """Where it is, in the gazetteer's words."""
        return report.label or self.say("mail.place.unnamed")

    def area(self, code: str | None) -> str:
        """The name of an area."""
        area = self.pack.area(code) if code else None
        return area.name if area else ""

    def desk_kind(self, kind: DeskKind) -> str:
        """Why something is on the desk."""
        return self.say(f"mail.desk.{kind}")
