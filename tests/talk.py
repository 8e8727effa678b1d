"""Whole conversations in a test: a small town with the real parts, and residents who speak.

A Town is the app over a new database with a clock that the test drives. A Resident says things
and gets back the keys of what is answered, so that a test reads as a dialogue::

    ann = town.resident("ann")
    assert ann.says("a sofa dumped on High Street") == ["report.filed"]
"""

import base64
import io
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.app import WEB_CHAT, App, build
from bot.channels.base import Worded
from bot.channels.web_chat import WebChat
from casework.acting import Act, act
from casework.cases import Case, Report, state_of
from casework.clock import DrivenClock
from casework.filing import send_on
from casework.outcomes import Outcome
from casework.packs import Pack
from casework.places import Point
from config.settings import Settings
from storage.outbox import Waiting
from storage.tables import desk_items
from tests import packs

MORNING = datetime(2026, 5, 7, 9, 0, tzinfo=UTC)
"""A Thursday: ten in the morning by the clock on the town hall."""

HIGH_STREET = Point(53.0150, 0.5050)
MILL_LANE_SOUTH = Point(53.0050, 0.5150)
OUT_AT_SEA = Point(53.2000, 0.9000)

_CATEGORIES = """\
[[category]]
code = "fly_tipping"
name = "Dumped rubbish"
words = ["fly tip*", "dumped", "mattress*", "sofa*", "fridge*", "black bags"]
examples = ["someone has dumped a sofa by the bins", "an old mattress dumped", "dumped fridge"]

[[category]]
code = "road_surface"
name = "Potholes"
words = ["pothole*", "hole in the road"]
examples = ["there is a pothole in the road", "deep pothole"]

[[category]]
code = "street_light"
name = "Street lights"
words = ["street light*", "lamp post*", "light is out"]
examples = ["the street light is out", "lamp post not working"]

[[category]]
code = "graffiti"
name = "Graffiti"
words = ["graffiti", "spray paint*", "tagged"]
examples = ["someone sprayed graffiti on the wall", "graffiti again"]

[[category]]
code = "traffic_signs_signals"
name = "Traffic lights"
words = ["traffic light*", "stuck on red"]
examples = ["the traffic lights are stuck on red"]
hazard = true

[[category]]
code = "anti_social_behaviour"
name = "Anti-social behaviour"
words = ["drug dealing", "dealing drugs", "gang*"]
examples = ["a gang is dealing drugs in the alley"]
sensitive = true

[[category]]
code = "empty_property"
name = "Empty property"
words = ["empty house*", "boarded up"]
examples = ["the empty house is boarded up"]

[[category]]
code = "other"
name = "Something else"

[[excluded]]
code = "council_tax"
name = "Council tax"
words = ["council tax"]
go_to = "Call 01632 960702."

[[emergency]]
danger = "flood"
advice = "Call 999. For sandbags call 01632 960799."
"""

_ROUTES = (
    packs.ROUTES
    + """
[[route]]
category = ["graffiti", "anti_social_behaviour", "other"]
service = "tarn/streets"

[[route]]
category = "traffic_signs_signals"
service = "fellshire/highways"

[[route]]
category = "empty_property"
service = "councillors"
"""
)

_NEW = ("graffiti", "traffic_signs_signals", "anti_social_behaviour", "empty_property", "other")
_CHARTER = packs.CHARTER + "".join(
    f'\n[[standard]]\ncategory = "{code}"\nwithin = 5\nunit = "working_days"\n' for code in _NEW
)

_STREETS = (
    packs.STREETS
    + """\
Station Road,Southend,53.0040,0.5100,"LINESTRING (0.5080 53.0040, 0.5120 53.0040)"
Orchard Way,Northend,53.0170,0.5150,"LINESTRING (0.5140 53.0170, 0.5160 53.0170)"
School Lane,Northend,53.0130,0.5150,"LINESTRING (0.5140 53.0130, 0.5160 53.0130)"
School Lane,Southend,53.0070,0.5050,"LINESTRING (0.5040 53.0070, 0.5060 53.0070)"
"""
)


def town_pack() -> Pack:
    """Tarn, with more to complain of."""
    return packs.load(categories=_CATEGORIES, routes=_ROUTES, charter=_CHARTER, streets=_STREETS)


def picture(colour: str = "red", gps: Point | None = None) -> bytes:
    """A photo as a telephone takes it."""
    out = io.BytesIO()
    exif = Image.Exif()
    if gps is not None:
        exif.get_ifd(0x8825).update(
            {1: "N", 2: _degrees(gps.latitude), 3: "E", 4: _degrees(gps.longitude)},
        )
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    return float(whole), 0.0, (value - whole) * 3600


class Town:
    """The app over a new database, and the hands of its clock."""

    act = Act

    def __init__(self, app: App, clock: DrivenClock) -> None:
        self.app = app
        self.clock = clock
        self.worker = app.worker()

    @property
    def pack(self) -> Pack:
        """The town's own pack."""
        return next(iter(self.app.packs.values()))

    def resident(self, name: str) -> "Resident":
        """Somebody who has not written yet."""
        return Resident(self, f"{name}'s browser".ljust(16, "-"))

    def later(self, **by: float) -> None:
        """Time passes."""
        self.clock.advance(timedelta(**by))

    def service_does(self, resident: "Resident", doing: Act, words: str = "") -> None:
        """The team that has the resident's only report says how it stands."""
        self.send_on(resident)
        case = resident.case
        actor = f"service:{case.cluster.service}"
        self._commit(act(self.pack, case, doing, actor, words, self.clock.now(), self.app.mint))

    def send_on(self, resident: "Resident") -> None:
        """Their only report goes to its service."""
        case, report = resident.case, resident.report
        if report.sent_at is None:
            self._commit(send_on(self.pack, case, report.id, self.clock.now(), self.app.mint))

    def _commit(self, outcome: Outcome) -> None:
        self.app.store.commit(outcome, self.clock.now())

    def desk(self) -> list[str]:
        """Why a person must look, in order."""
        with self.app.database.read() as connection:
            rows = connection.execute(desk_items.select().order_by(desk_items.c.created_at)).mappings()
            return [str(row["kind"]) for row in rows if row["done_at"] is None]

    def mail(self) -> list[str]:
        """The keys of what goes to services, councillors and staff."""
        claimed = self.app.store.outbox.claim(["email"], self.clock.now(), timedelta(minutes=5), 100)
        for waiting in claimed:
            self.app.store.outbox.mark_sent(waiting.id, self.clock.now())
        return [waiting.key for waiting in claimed]


class Resident:
    """Somebody with a browser."""

    def __init__(self, town: Town, conversation: str) -> None:
        self.town = town
        self.conversation = conversation
        self.answers: tuple[Waiting, ...] = ()
        self.contact_id = ""
        self._count = 0
        self._channel = WebChat(WEB_CHAT)

    def says(
        self,
        text: str | None = None,
        *,
        pin: Point | None = None,
        photo: bytes | None = None,
        button: str | None = None,
        message_id: str | None = None,
    ) -> list[str]:
        """Send a message; the keys of the answers to it, in order."""
        return self.reads(self.sends(text, pin=pin, photo=photo, button=button, message_id=message_id))

    def sends(
        self,
        text: str | None = None,
        *,
        pin: Point | None = None,
        photo: bytes | None = None,
        button: str | None = None,
        message_id: str | None = None,
    ) -> int:
        """Send a message and do not wait; its number in the inbox."""
        self._count += 1
        payload: dict[str, object] = {
            "conversation": self.conversation,
            "message_id": message_id or str(self._count),
            "text": text,
            "button": button,
            "location": {"latitude": pin.latitude, "longitude": pin.longitude} if pin else None,
            "photo": base64.b64encode(photo).decode() if photo is not None else None,
        }
        arrival = self._channel.arrival(payload, self.town.app.key)
        inbox_id, self.contact_id = self.town.app.intake.add(arrival)
        return inbox_id

    def reads(self, inbox_id: int) -> list[str]:
        """The keys of the answers to that message."""
        while not self.town.app.store.inbox.is_handled(inbox_id):
            if not self.town.worker.step():
                # A message that failed waits a little before it is tried again.
                self.town.later(seconds=1)
        self.answers = self.town.app.store.outbox.replies_to(inbox_id)
        return [answer.key for answer in self.answers]

    def presses(self, label: str) -> list[str]:
        """Press the button that reads so under the last answers."""
        found = {b.label: b.id for worded in self.worded for b in worded.buttons}
        return self.says(button=found[label])

    @property
    def worded(self) -> tuple[Worded, ...]:
        """The last answers as the resident reads them."""
        return tuple(self.town.app.wording.word(answer) for answer in self.answers)

    @property
    def heard(self) -> str:
        """The last answers as one text."""
        return "\n".join(worded.text for worded in self.worded)

    @property
    def choices(self) -> list[str]:
        """The labels of the buttons under the last answers."""
        return [button.label for worded in self.worded for button in worded.buttons]

    @property
    def later(self) -> list[str]:
        """The keys of what was said since, without being asked."""
        seen = max((answer.seq or 0 for answer in self.answers), default=0)
        return [message.key for message in self.town.app.store.outbox.after(self.contact_id, seen)]

    @property
    def reports(self) -> tuple[Report, ...]:
        """Their reports, newest first."""
        return self.town.app.store.cases.reports_of(self.contact_id)

    @property
    def report(self) -> Report:
        """Their only report."""
        (report,) = self.reports
        return report

    @property
    def state(self) -> str:
        """How their only report stands."""
        return str(state_of(self.report, self.case.cluster))

    @property
    def case(self) -> Case:
        """The case of their only report."""
        found = self.town.app.store.cases.case(self.report.cluster_id)
        assert found is not None
        return found

    @property
    def photos(self) -> int:
        """How many photos their only report has."""
        return len(self.town.app.store.cases.photos_of([self.report.id]))


def open_town(url: str, folder: Path, served: Mapping[str, Pack], **more: Any) -> Iterator[Town]:
    """A town over that database, closed at the end; ``more`` are settings by name."""
    clock = DrivenClock(MORNING)
    # By words alone: what is said here must not hang on how the model was trained last.
    here = {"database_url": url, "data_dir": folder, "public_url": "https://tarn.example", "nlp": "words"}
    settings = Settings(**here, **more, _env_file=None)
    app = build(settings, clock, random.Random(7), served)
    yield Town(app, clock)
    app.stop()


@pytest.fixture(scope="session")
def tarn() -> Mapping[str, Pack]:
    """The town's pack, read once."""
    pack = town_pack()
    return {pack.code: pack}


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path, tarn: Mapping[str, Pack]) -> Iterator[Town]:
    """A town in which nobody has said anything yet."""
    yield from open_town(sqlite_url, tmp_path, tarn)
