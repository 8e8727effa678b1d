"""The pages for services, the desk and everybody, on a real database."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from casework.cases import Case, DeskItem, Photo
from casework.clock import DrivenClock
from casework.filing import Filed
from casework.outcomes import Outcome
from casework.places import Areas, PlaceDecision, PlaceReading, Point
from config.links import ActLink, Links, SortLink
from storage.database import Database
from storage.photos import PhotoFolder, process
from storage.store import Store
from tests.factories import (
    CLEANSING,
    NOW,
    keep_contact,
    keep_report,
    make_areas,
    make_contact,
    make_pack,
    make_photo,
    make_place,
    mint,
)
from tests.pictures import photo as picture
from tests.unit.web.client import TestClient
from web.act import create_act_routes
from web.ask import create_ask_routes
from web.dev_mail import create_dev_mail_routes
from web.photos import create_photo_routes
from web.rendering import SecurityHeaders, create_pages
from web.report_page import create_report_routes
from web.sort import Tools, create_sort_routes

PUBLIC_URL = "http://testserver"


class ScriptedFinder:
    """Knows Mill Lane, of which there are two, and Old Road."""

    def find(self, text: str, on: date, *, answer: bool = False) -> PlaceReading:
        """The places of that name."""
        two = (
            make_place(label="Mill Lane, near Old Road", ward="W1"),
            make_place(label="Mill Lane, near the park", longitude=-0.06, ward="W2"),
        )
        one = make_place(label="Old Road", longitude=-0.06, ward="W2")
        known = {
            "Mill Lane": PlaceReading(two, PlaceDecision.ASK, text),
            "Old Road": PlaceReading((one,), PlaceDecision.ACCEPT, text),
        }
        return known.get(text, PlaceReading(phrase=text))


class Site:
    """The pages with everything behind them."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.pack = make_pack()
        packs = {"ashmere": self.pack}
        self.store = Store(database)
        self.photos = PhotoFolder(folder / "photos")
        self.mail_folder = folder / "mail"
        self.clock = DrivenClock(NOW + timedelta(hours=1))
        self.links = Links("a secret of the test", PUBLIC_URL, self.clock)
        self.mint = mint(50)
        pages = create_pages("Ashmere")
        tools = Tools(ScriptedFinder(), self.areas_at, lambda _code, _text: ("street_light", "gone"))
        self.app = SecurityHeaders(
            Starlette(
                routes=[
                    pages.assets.mount(),
                    *create_ask_routes(self.store, packs, self.links, self.clock, self.mint, pages),
                    *create_act_routes(
                        self.store, packs, self.photos, self.links, self.clock, self.mint, pages
                    ),
                    *create_sort_routes(self.store, packs, self.links, self.clock, self.mint, pages, tools),
                    *create_report_routes(self.store, packs, self.clock, pages, self.areas_at),
                    *create_photo_routes(self.store, packs, self.photos, self.links, self.clock),
                    *create_dev_mail_routes(self.mail_folder, pages),
                ]
            )
        )
        self.client = TestClient(self.app, follow_redirects=False)

    def areas_at(self, point: Point, on: date) -> Areas:
        """West of the middle is Westbrook, east of it Eastfield."""
        return make_areas(self.pack, "W1" if point.longitude < -0.071 else "W2")

    def file(self, **fields: object) -> Filed:
        """A report; fields are those of ``make_telling``."""
        return keep_report(self.store, self.pack, **fields)  # type: ignore[arg-type]

    def case(self, filed: Filed) -> Case:
        """The case as it stands."""
        case = self.store.cases.case(filed.cluster.id)
        assert case is not None
        return case

    def act_path(self, filed: Filed, actor: str = f"service:{CLEANSING}") -> str:
        """The page for whoever holds it."""
        return f"/act/{self.links.act_token(ActLink(filed.report.id, actor))}"

    def sort_path(self, filed: Filed, staff: str = "s1") -> str:
        """The page for its item on the desk."""
        (item,) = (item for item in filed.outcome.new if isinstance(item, DeskItem))
        return self.item_path(item, staff)

    def item_path(self, item: DeskItem, staff: str = "s1") -> str:
        """The page for an item of the desk."""
        return f"/sort/{self.links.sort_token(SortLink(item.id, staff))}"

    def keep_item(self, item: DeskItem) -> DeskItem:
        """An item, stored with its contact."""
        if self.store.cases.contact(make_contact().id) is None:
            keep_contact(self.store)
        self.store.commit(Outcome(new=(item,)), NOW)
        return item

    def keep_photo(self, seed: int = 1) -> Photo:
        """A photo that belongs to no report yet."""
        if self.store.cases.contact(make_contact().id) is None:
            keep_contact(self.store)
        name = self.photos.put(process(picture(seed)))
        made = make_photo(id=f"{seed:032x}", report_id=None, name=name)
        self.store.commit(Outcome(new=(made,)), NOW)
        return made

    def told(self, channel: str = "sms") -> list[tuple[str, object]]:
        """What residents were told: key and words."""
        waiting = self.store.outbox.claim([channel], self.clock.now(), timedelta(minutes=1))
        return [(message.key, message.parameters.get("words")) for message in waiting]


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    """The pages, with nothing in the database yet."""
    database = Database(sqlite_url)
    yield Site(database, tmp_path)
    database.close()
