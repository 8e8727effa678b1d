"""The ways in and out over a provider: each is on if its credentials are set."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from bot.channels.base import Channel
from bot.channels.checking import Finding
from bot.channels.reaching import Reach
from bot.delivery import Sender
from bot.intake import Intake
from bot.wording import Wording
from casework.clock import Clock
from casework.minting import Mint
from config.settings import Settings
from storage.store import Store

Run = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True)
class Way:
    """A provider that is set up.

    ``routes`` are what it calls; ``runs`` are what goes on beside the workers until they are told
    to stop, by name; ``catch_up`` takes in what was missed, where the provider keeps it, and counts
    it; ``check`` says what is right and wrong with it, ``set_webhooks`` points it at us;
    ``reaches`` are the numbers and links for a ward's poster; ``close`` gives its connections back.
    """

    channels: Mapping[str, Channel]
    senders: Mapping[str, Sender]
    close: Callable[[], None]
    routes: Sequence[BaseRoute] = ()
    runs: Mapping[str, Run] = field(default_factory=dict)
    catch_up: Callable[[], int] | None = None
    check: Callable[[], Sequence[Finding]] | None = None
    set_webhooks: Callable[[], Sequence[Finding]] | None = None
    reaches: Callable[[str], Sequence[Reach]] | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """What every way is connected to."""

    settings: Settings
    store: Store
    intake: Intake
    wording: Wording
    clock: Clock
    mint: Mint
    key: str


def connect(ends: Ends) -> Mapping[str, Way | None]:
    """Every provider's way by its name; None where it is off."""
    return {"telegram": _telegram(ends), "twilio": _twilio(ends), "mail_in": _mail_in(ends)}


def _telegram(ends: Ends) -> Way | None:
    token = ends.settings.telegram_token.get_secret_value()
    if not token:
        return None
    # The library is large: only where it is used.
    from bot.channels.telegram import NAME, Telegram, bot_id_of, start_parameter
    from bot.channels.telegram_intake import TelegramIntake, TelegramPoller, TelegramWebhook
    from bot.channels.telegram_line import TelegramLine, TelegramSender
    from bot.channels.telegram_setup import TelegramSetup

    line = TelegramLine(token, ends.settings.telegram_api_url)
    channel = Telegram(bot_id_of(token), line.fetch)
    intake = TelegramIntake(channel, line, ends.intake, ends.key)
    setup = TelegramSetup(line, ends.settings)
    runs: dict[str, Run] = {"telegram-name": intake.learn}
    if ends.settings.telegram_polls:
        runs["telegram-poll"] = TelegramPoller(intake).run
    return Way(
        channels={NAME: channel},
        senders={NAME: TelegramSender(line, ends.store, ends.wording, ends.clock)},
        close=line.close,
        routes=TelegramWebhook(intake, ends.settings.telegram_secret.get_secret_value()).routes(),
        runs=runs,
        check=setup.check,
        set_webhooks=setup.set_webhooks,
        reaches=lambda ward: _telegram_reach(line.username(), start_parameter(ward)),
    )


def _telegram_reach(name: str, parameter: str) -> Sequence[Reach]:
    return (Reach("telegram", f"t.me/{name}", f"https://t.me/{name}?start={parameter}"),)


def _twilio(ends: Ends) -> Way | None:
    settings = ends.settings
    token = settings.twilio_auth_token.get_secret_value()
    if not (settings.twilio_account_sid and token):
        return None
    # The library is large: only where it is used.
    from bot.channels.twilio import NAMES, TwilioChannel
    from bot.channels.twilio_account import TwilioAccount
    from bot.channels.twilio_missed import TwilioCatchUp
    from bot.channels.twilio_receipts import TwilioReceipts
    from bot.channels.twilio_sending import Numbers, Sending, TwilioSender, parse_numbers
    from bot.channels.twilio_setup import TwilioSetup, reaches_of
    from bot.channels.twilio_webhook import PATH, STATUS_PATH, TwilioWebhook

    account = TwilioAccount(settings.twilio_account_sid, token, settings.twilio_api_url)
    numbers = Numbers(parse_numbers(settings.twilio_sms_from), parse_numbers(settings.twilio_whatsapp_from))
    callback = f"{settings.address}{STATUS_PATH}" if settings.public_url else ""
    how = Sending(numbers, callback, settings.twilio_whatsapp_template_sid)
    receipts = TwilioReceipts(ends.store, ends.clock, ends.mint)
    setup = TwilioSetup(
        account, numbers, f"{settings.address}{PATH}" if settings.public_url else "", ends.clock
    )
    missed = TwilioCatchUp(account, ends.store, ends.intake, numbers, ends.key)
    return Way(
        channels={name: TwilioChannel(name, account.fetch) for name in NAMES},
        senders={
            name: TwilioSender(name, account, ends.store, ends.wording, ends.clock, how)
            for name in NAMES
            if numbers.of(name)
        },
        close=account.close,
        routes=TwilioWebhook(ends.intake, receipts, settings.address, token, ends.key).routes(),
        runs={"twilio-catch-up": missed.run},
        catch_up=missed.step,
        check=setup.check,
        set_webhooks=setup.set_webhooks,
        reaches=lambda _ward: reaches_of(numbers),
    )


def _mail_in(ends: Ends) -> Way | None:
    url = ends.settings.mail_in_url.get_secret_value()
    if not url:
        return None
    from bot.channels.imap import MailboxPoller, parse_imap_url
    from bot.channels.mailbox import NAME, MailboxChannel

    poller = MailboxPoller(parse_imap_url(url), ends.intake, ends.key, ends.settings.mail_in_seconds)
    return Way(
        channels={NAME: MailboxChannel()},
        senders={},
        close=lambda: None,
        runs={"mailbox-poll": poller.run},
        catch_up=poller.step,
        check=poller.check,
    )
