"""The ways in and out over a provider: each is on if its credentials are set."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from bot.channels.base import Channel
from bot.delivery import Sender
from bot.intake import Intake
from bot.wording import Wording
from casework.clock import Clock
from config.settings import Settings
from storage.store import Store

Run = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True)
class Way:
    """A provider that is set up.

    ``routes`` are what it calls; ``runs`` are what goes on beside the workers until they are told
    to stop, by name; ``close`` gives its connections back.
    """

    channels: Mapping[str, Channel]
    senders: Mapping[str, Sender]
    close: Callable[[], None]
    routes: Sequence[BaseRoute] = ()
    runs: Mapping[str, Run] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ends:
    """What every way is connected to."""

    settings: Settings
    store: Store
    intake: Intake
    wording: Wording
    clock: Clock
    key: str


def connect(ends: Ends) -> Mapping[str, Way | None]:
    """Every provider's way by its name; None where it is off."""
    return {"telegram": _telegram(ends)}


def _telegram(ends: Ends) -> Way | None:
    token = ends.settings.telegram_token.get_secret_value()
    if not token:
        return None
    # The library is large: only where it is used.
    from bot.channels.telegram import NAME, Telegram, bot_id_of
    from bot.channels.telegram_intake import TelegramIntake, TelegramPoller, TelegramWebhook
    from bot.channels.telegram_line import TelegramLine, TelegramSender

    line = TelegramLine(token, ends.settings.telegram_api_url)
    channel = Telegram(bot_id_of(token), line.fetch)
    intake = TelegramIntake(channel, line, ends.intake, ends.key)
    runs: dict[str, Run] = {"telegram-name": intake.learn}
    if ends.settings.telegram_polls:
        runs["telegram-poll"] = TelegramPoller(intake).run
    return Way(
        channels={NAME: channel},
        senders={NAME: TelegramSender(line, ends.store, ends.wording, ends.clock)},
        close=line.close,
        routes=TelegramWebhook(intake, ends.settings.telegram_secret.get_secret_value()).routes(),
        runs=runs,
    )
