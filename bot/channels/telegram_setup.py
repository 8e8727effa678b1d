"""What is right and wrong with the bot at Telegram, and pointing its updates at us."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.checking import Finding
from bot.channels.telegram_intake import PATH
from bot.channels.telegram_line import TelegramLine
from config.settings import Settings

MANY_WAITING = 100


class TelegramSetup:
    """Looks at the bot with its own token."""

    def __init__(self, line: TelegramLine, settings: Settings) -> None:
        self._line = line
        self._settings = settings

    def check(self) -> Sequence[Finding]:
        """The token, how updates come, and Telegram's last trouble with us."""
        try:
            name = self._line.username()
            webhook = self._line.webhook()
        except InvalidToken:
            return (Finding(False, "Telegram does not know the token", _TOKEN),)
        except TelegramError as fault:
            return (Finding(False, f"Telegram cannot be reached: {type(fault).__name__}", _REACH),)
        return (
            Finding(True, f"the token is good; the bot is @{name}: https://t.me/{name}"),
            *self._webhook(webhook),
            *_waiting(webhook),
        )

    def _webhook(self, known: WebhookInfo) -> Iterator[Finding]:
        if self._settings.telegram_polls:
            yield from self._polling(known)
        elif known.url == self._url:
            yield Finding(True, f"Telegram calls us at {known.url}")
        else:
            said = f"it calls {known.url}" if known.url else "it calls nobody"
            yield Finding(False, f"Telegram should call {self._url}, but {said}", _SET)
        yield from _last_error(known)

    def _polling(self, known: WebhookInfo) -> Iterator[Finding]:
        if known.url:
            yield Finding(
                False,
                f"we ask Telegram for messages, but it sends them to {known.url}",
                "streetcall run takes that webhook away when it starts. If another system uses it, "
                "ask BotFather for a bot of your own.",
            )
            return
        yield Finding(True, "we ask Telegram for messages (no public address and secret are set)")

    @property
    def _url(self) -> str:
        return f"{self._settings.address}{PATH}"

    def set_webhooks(self) -> Sequence[Finding]:
        """Have Telegram call us, if it may."""
        if self._settings.telegram_polls:
            what = "no webhook: STREETCALL_PUBLIC_URL and STREETCALL_TELEGRAM_SECRET are not both set"
            return (Finding(None, what, "Without them streetcall run asks Telegram for messages."),)
        if not self._url.startswith("https://"):
            return (Finding(False, f"{self._url} is not https", _HTTPS),)
        try:
            self._line.set_webhook(self._url, self._settings.telegram_secret.get_secret_value())
        except InvalidToken:
            return (Finding(False, "Telegram does not know the token", _TOKEN),)
        except BadRequest as fault:
            return (Finding(False, f"Telegram refuses {self._url}: {fault.message}", _HTTPS),)
        except TelegramError as fault:
            return (Finding(False, f"Telegram cannot be reached: {type(fault).__name__}", _REACH),)
        return (Finding(True, f"Telegram calls us at {self._url} from now on"),)


_TOKEN = "Copy it again from BotFather (/mybots, API Token) into STREETCALL_TELEGRAM_TOKEN."
_REACH = "Does this machine reach https://api.telegram.org? Is a proxy or firewall in between?"
_SET = "Run: streetcall channels set-webhooks"
_HTTPS = "STREETCALL_PUBLIC_URL must begin with https:// and use port 443, 80, 88 or 8443."


def _last_error(known: WebhookInfo) -> Iterator[Finding]:
    if known.url and known.last_error_message:
        at = known.last_error_date or datetime.now(UTC)
        yield Finding(
            False,
            f"Telegram's last trouble with us, {at:%d %B %H:%M} UTC: {known.last_error_message}",
            "403 means that STREETCALL_TELEGRAM_SECRET was changed: run streetcall channels set-webhooks. "
            "Otherwise: is the web server up, and its certificate good?",
        )


def _waiting(known: WebhookInfo) -> Iterator[Finding]:
    if known.pending_update_count > MANY_WAITING:
        yield Finding(
            False,
            f"{known.pending_update_count} messages wait at Telegram",
            "They come when we answer again. Is streetcall running?",
        )
