"""The one place where everything is wired."""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog

from bot.channels.base import Channel
from bot.channels.web_chat import WebChat
from bot.conversation.gathering import Gatherer, Understander
from bot.intake import Bell, Intake
from bot.wording import Wording
from bot.worker import Worker
from casework.clock import Clock, SystemClock
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
from storage.database import Database
from storage.photos import PhotoFolder
from storage.store import Store

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
    wording: Wording
    channels: Mapping[str, Channel]
    intake: Intake
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def worker(self) -> Worker:
        """A worker; each thread has its own."""
        return Worker(
            self.store,
            self.channels,
            Gatherer(self.store, self.photos, self.understander, self.mint),
            self.understander,
            self.clock,
            self.mint,
            self.bell,
            timedelta(seconds=self.settings.lease_seconds),
            limits_off=self.settings.limits == "off",
        )

    def start_workers(self) -> None:
        """Answer messages in threads of this process."""
        for number in range(self.settings.workers):
            self.start_thread(f"worker-{number}", self.worker().run)

    def start_thread(self, name: str, run: object) -> None:
        """A thread that runs until the app stops."""
        if not callable(run):
            raise TypeError("not callable")
        thread = threading.Thread(target=run, args=(self.stopping,), name=name, daemon=True)
        thread.start()
        self.threads.append(thread)

    def start_background(self) -> None:
        """Deliver what waits, and tick the scheduled jobs."""

    def ways(self) -> Mapping[str, bool]:
        """The ways in and out, and whether they are on."""
        return {"web chat": True, "e-mail": bool(self.settings.smtp_url.get_secret_value())}

    def stop(self, seconds: float = 20.0) -> None:
        """Finish what is in hand, within so many seconds."""
        self.stopping.set()
        self.bell.ring()
        for thread in self.threads:
            thread.join(seconds)
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
    first = next(iter(packs.values()))
    return App(
        settings=settings,
        key=key,
        packs=packs,
        database=database,
        store=store,
        photos=PhotoFolder(settings.data_dir / "photos"),
        understander=understand(packs, settings.data_dir),
        clock=clock,
        mint=mint,
        bell=bell,
        links=Links(key, settings.address, clock),
        wording=Wording(packs, settings.address),
        channels={name: WebChat(name) for name in (WEB_CHAT, TERMINAL)},
        intake=Intake(store, clock, mint, bell, first.authority.languages[0]),
    )


def understand(packs: Mapping[str, Pack], data_dir: Path) -> Understander:
    """The readers of words and places for these packs."""
    served = tuple(packs.values())
    areas = AreaIndex(served)
    gazetteers = tuple(Gazetteer.open(pack, data_dir / "gazetteer") for pack in served)
    return Understander(
        packs=packs,
        readers={pack.code: Reader(pack) for pack in served},
        finder=Finder(served, gazetteers, areas),
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
