"""The one place where everything is wired."""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CollectorRegistry

from bot.channels.base import Channel
from bot.channels.reaching import Reach
from bot.channels.web_chat import WebChat
from bot.codes import Codes
from bot.conversation.gathering import Gatherer, Understander
from bot.delivery import Delivery, Figures, Sender
from bot.intake import Bell, Intake
from bot.mail.post import Post
from bot.models import running_model
from bot.ticking import Ticker
from bot.ways import Ends, Way, connect
from bot.wording import Wording
from bot.worker import Desk, Worker
from casework.clock import Clock, SystemClock
from casework.contacts import idle_time
from casework.minting import Mint
from casework.packs import Pack
from casework.places import Point
from config.links import Links
from config.loading import load_packs
from config.settings import Settings, secret_key
from geo.areas import AreaIndex
from geo.finder import Finder
from geo.gazetteer import Gazetteer
from nlp.reader import Reader
from nlp.trained import TrainedModel
from storage.commit import EMAIL
from storage.database import Database
from storage.photos import PhotoFolder
from storage.store import Store

if TYPE_CHECKING:
    # Large: imported only where one is asked.
    from geo.geocoders import Geocoder
    from geo.three_words import ThreeWords

log = structlog.get_logger()

WEB_CHAT = "web_chat"
TERMINAL = "terminal"


@dataclass
class App:
    """Everything that one process uses, made once and passed on by hand."""

    settings: Settings
    key: str
    packs: Mapping[str, Pack]
    database: Database
    store: Store
    photos: PhotoFolder
    understander: Understander
    clock: Clock
    mint: Mint
    bell: Bell
    links: Links
    codes: Codes
    wording: Wording
    channels: Mapping[str, Channel]
    intake: Intake
    figures: CollectorRegistry
    senders: Mapping[str, Sender]
    deliveries: Mapping[str, Delivery]
    ticker: Ticker
    post: Post
    providers: Mapping[str, Way | None] = field(default_factory=dict)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def worker(self) -> Worker:
        """A worker; each thread has its own."""
        return Worker(
            self.store,
            self.channels,
            Gatherer(self.store, self.photos, self.understander, self.mint, self.codes),
            self.understander,
            self.clock,
            self.mint,
            self.bell,
            timedelta(seconds=self.settings.lease_seconds),
            limits_off=self.settings.limits == "off",
            desks=self.desks,
        )

    def start_workers(self) -> None:
        """Answer messages in threads of this process."""
        for number in range(self.settings.workers):
            self.start_thread(f"worker-{number}", self.worker().run)
        self.start_thread("model", lambda _stopping: self.understander.warm())

    def start_thread(self, name: str, run: object) -> None:
        """A thread that runs until the app stops."""
        if not callable(run):
            raise TypeError("not callable")
        thread = threading.Thread(target=run, args=(self.stopping,), name=name, daemon=True)
        thread.start()
        self.threads.append(thread)

    def start_background(self) -> None:
        """Deliver what waits, and tick the scheduled jobs."""
        for channel, delivery in self.deliveries.items():
            # A thread each: a slow mail server holds up nobody's chat.
            self.start_thread(f"delivery-{channel}", delivery.run)
        for way in self.on:
            for name, run in way.runs.items():
                self.start_thread(name, run)
        self.ticker.start()

    @property
    def on(self) -> tuple[Way, ...]:
        """The providers that are set up."""
        return tuple(way for way in self.providers.values() if way)

    def reaches(self, ward: str) -> tuple[Reach, ...]:
        """How residents of a ward reach us, the web page last."""
        found = [reach for way in self.on if way.reaches for reach in way.reaches(ward)]
        shown = self.settings.address.partition("://")[2]
        return (*found, Reach("web", shown, self.settings.address))

    def ways(self) -> Mapping[str, bool]:
        """The ways in and out, and whether they are on."""
        named = {name: way is not None for name, way in self.providers.items()}
        return {"web chat": True, "e-mail": EMAIL in self.senders, **named}

    def stop(self, seconds: float = 20.0) -> None:
        """Finish what is in hand, within so many seconds."""
        self.stopping.set()
        self.bell.ring()
        if self.ticker.running:
            self.ticker.stop()
        for thread in self.threads:
            thread.join(seconds)
        for way in self.on:
            way.close()
        self.post.close()
        self.database.close()


def build(
    settings: Settings,
    clock: Clock | None = None,
    source: random.Random | None = None,
    packs: Mapping[str, Pack] | None = None,
) -> App:
    """Wire an app. Raises PackError or SettingsError, saying what to mend.

    ``source`` makes ids and references repeatable, for replay and tests.
    """
    clock = clock or SystemClock()
    mint = Mint(source)
    packs = packs or {pack.code: pack for pack in load_packs(settings.packs)}
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    key = secret_key(settings)
    database = Database(settings.database)
    store = Store(database)
    bell = Bell()
    figures = CollectorRegistry()
    first = next(iter(packs.values()))
    photos = PhotoFolder(settings.data_dir / "photos")
    links = Links(key, settings.address, clock)
    intake = Intake(store, clock, mint, bell, first.authority.languages[0], idle_time(packs.values()))
    codes = Codes(key)
    wording = Wording(packs, settings.address, codes)
    providers = connect(Ends(settings, store, intake, wording, clock, mint, key))
    on = [way for way in providers.values() if way]
    post = Post(settings, key, store, packs, photos, links, codes, wording, clock, mint)
    senders = dict(post.senders()) | {name: sender for way in on for name, sender in way.senders.items()}
    kept = Figures(figures)
    return App(
        settings=settings,
        key=key,
        packs=packs,
        database=database,
        store=store,
        photos=photos,
        understander=understand(
            packs,
            settings.data_dir,
            running_model(settings.data_dir, settings.nlp),
            settings.w3w_key.get_secret_value(),
            make_geocoder(settings),
        ),
        clock=clock,
        mint=mint,
        bell=bell,
        links=links,
        codes=codes,
        wording=wording,
        channels={name: WebChat(name) for name in (WEB_CHAT, TERMINAL)}
        | {name: channel for way in on for name, channel in way.channels.items()},
        intake=intake,
        figures=figures,
        senders=senders,
        deliveries={
            name: Delivery(store, {name: sender}, clock, mint, figures=kept)
            for name, sender in senders.items()
        },
        ticker=Ticker(store, packs, clock, mint),
        post=post,
        providers=providers,
        desks=post.desks(),
    )


def make_geocoder(settings: Settings) -> "Geocoder | None":
    """The Nominatim that is asked for places which no pack has, if there is one."""
    if not settings.nominatim_url:
        return None
    from geo.geocoders import NominatimGeocoder

    cache = settings.data_dir / "geocoded.sqlite"
    return NominatimGeocoder(settings.nominatim_url, cache, who=settings.public_url)


def _three_words(key: str) -> "ThreeWords | None":
    if not key:
        return None
    from geo.three_words import What3Words

    return What3Words(key)


def understand(
    packs: Mapping[str, Pack],
    data_dir: Path,
    model: TrainedModel | None = None,
    w3w_key: str = "",
    geocoder: "Geocoder | None" = None,
) -> Understander:
    """The readers of words and places for these packs; words alone without a trained model."""
    served = tuple(packs.values())
    areas = AreaIndex(served)
    gazetteers = tuple(Gazetteer.open(pack, data_dir / "gazetteer") for pack in served)
    return Understander(
        packs=packs,
        readers={pack.code: Reader(pack, model) for pack in served},
        finder=Finder(served, gazetteers, areas, geocoder, three_words=_three_words(w3w_key)),
        areas=areas,
        middles={
            pack.code: gazetteer.centre or Point(0.0, 0.0)
            for pack, gazetteer in zip(served, gazetteers, strict=True)
        },
    )


def prepare_database(app: App) -> None:
    """Migrate a database that is empty; refuse to run on one of another version."""
    if app.database.is_empty():
        log.info("migrating", database=app.database.url.get_backend_name())
        app.database.migrate()
