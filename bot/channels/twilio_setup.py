"""Looks at the account at Twilio as it is set up, and points its webhooks at us."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.checking import Finding
from bot.channels.reaching import Reach
from bot.channels.twilio_account import TwilioAccount, TwilioFault
from bot.channels.twilio_codes import meaning, reason
from bot.channels.twilio_sending import Numbers
from bot.delivery import ChannelDown
from casework.clock import Clock

SET_WEBHOOKS = "Run: streetcall channels set-webhooks"
_SERVICE = "MG"

Look = Callable[[str], Sequence[Finding]]
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TwilioSetup:
    """``webhook`` is our own public address for messages; empty where none is set."""

    account: TwilioAccount
    numbers: Numbers
    webhook: str
    clock: Clock

    # --- Looking ---

    def check(self) -> Sequence[Finding]:
        """Everything that can be looked at, whatever is wrong with the first of it."""
        findings = [self._public_address()]
        try:
            findings.append(self._account())
        except (TwilioFault, ChannelDown) as fault:
            return [*findings, _cannot(fault)]
        for number in self.numbers.sms:
            findings += self._tried(self._service if number.startswith(_SERVICE) else self._number, number)
        findings += [self._whatsapp(number) for number in self.numbers.whatsapp]
        if not (self.numbers.sms or self.numbers.whatsapp):
            findings.append(
                Finding(
                    False,
                    "no number to send from is set",
                    "Set STREETCALL_TWILIO_SMS_FROM or STREETCALL_TWILIO_WHATSAPP_FROM.",
                )
            )
        return [*findings, *self._tried(self._alerts, "")]

    def _public_address(self) -> Finding:
        if self.webhook.startswith("https://"):
            return Finding(True, f"messages should come to {self.webhook}")
        return Finding(
            False,
            "Twilio cannot call us: there is no public https address",
            "Set STREETCALL_PUBLIC_URL to the address that people see, such as https://reports.example.gov.uk",
        )

    def _account(self) -> Finding:
        status = self.account.status()
        if status == "active":
            return Finding(True, "the credentials are valid and the account is active")
        return Finding(False, f"the account is {status}", "Log in at https://console.twilio.com to see why.")

    def _number(self, number: str) -> Sequence[Finding]:
        found = self.account.number(number)
        if found is None:
            return [
                Finding(
                    False,
                    f"{number} is not a number of this account",
                    "Buy it, or correct STREETCALL_TWILIO_SMS_FROM (like +441632960123).",
                )
            ]
        can = "text messages and pictures" if found.mms else "text messages, no pictures"
        if not found.sms:
            return [Finding(False, f"{number} cannot send text messages", "Choose a number with SMS.")]
        return [Finding(True, f"{number} can do {can}"), self._called(number, found.webhook)]

    def _service(self, service: str) -> Sequence[Finding]:
        numbers = self.account.service_numbers(service)
        has = Finding(
            bool(numbers),
            f"the messaging service {service} has {len(numbers)} numbers",
            "" if numbers else "Add a number to its sender pool.",
        )
        called = self.account.service_webhook(service)
        if called:
            return [has, self._called(service, called)]
        # Each of its numbers says itself where messages go.
        return [has, *(finding for number in numbers for finding in self._number(number))]

    def _called(self, whose: str, webhook: str) -> Finding:
        if webhook == self.webhook:
            return Finding(True, f"{whose} sends its messages to us")
        return Finding(False, f"{whose} sends its messages to {webhook or 'nobody'}, not to us", SET_WEBHOOKS)

    def _whatsapp(self, number: str) -> Finding:
        return Finding(
            None,
            f"WhatsApp sender {number}: Twilio does not tell programs where its messages go",
            f"In the console, Messaging, Senders, WhatsApp, its webhook is to be {self.webhook} (POST).",
        )

    def _alerts(self, _number: str) -> Sequence[Finding]:
        """What Twilio itself found wrong lately, such as a webhook that did not answer."""
        alerts = self.account.alerts(self.clock.now() - LATELY)
        if not alerts:
            return [Finding(True, "Twilio has noted no error in the last seven days")]
        code, at = alerts[0]
        return [
            Finding(
                False,
                f"Twilio has noted {len(alerts)} errors in seven days, the last {code} at {at:%d %B %H:%M}",
                f"See https://www.twilio.com/docs/api/errors/{code}",
            )
        ]

    # --- Setting ---

    def set_webhooks(self) -> Sequence[Finding]:
        """Have every number's messages sent to us."""
        if not self.webhook.startswith("https://"):
            return [self._public_address()]
        findings: list[Finding] = []
        for number in self.numbers.sms:
            findings += self._tried(self._set, number)
        return [*findings, *(self._whatsapp(number) for number in self.numbers.whatsapp)]

    def _set(self, number: str) -> Sequence[Finding]:
        if number.startswith(_SERVICE):
            self.account.set_service_webhook(number, self.webhook)
        else:
            found = self.account.number(number)
            if found is None:
                return self._number(number)
            self.account.set_webhook(found.sid, self.webhook)
        return [Finding(True, f"{number} sends its messages to {self.webhook}")]

    def _tried(self, look: Look, number: str) -> Sequence[Finding]:
        try:
            return look(number)
        except (TwilioFault, ChannelDown) as fault:
            return [_cannot(fault)]


def _cannot(fault: TwilioFault | ChannelDown) -> Finding:
    """What Twilio said, in words."""
    if isinstance(fault, ChannelDown):
        return Finding(False, fault.reason, "Is the internet reachable from here? Try again later.")
    why = reason(fault.code, meaning(fault.code, fault.status))
    wrong_key = fault.status in (401, 403)
    do = "Copy the account SID and the auth token again from https://console.twilio.com" if wrong_key else ""
    return Finding(False, f"Twilio says no: {why}", do)


def reaches_of(numbers: Numbers) -> Sequence[Reach]:
    """The first number of each channel; a messaging service is no number that people can write to."""
    texts = [number for number in numbers.sms if not number.startswith(_SERVICE)][:1]
    chats = [number for number in numbers.whatsapp if not number.startswith(_SERVICE)][:1]
    return (
        *(Reach("sms", readable(number), f"sms:{number}") for number in texts),
        *(Reach("whatsapp", readable(number), f"https://wa.me/{number.lstrip('+')}") for number in chats),
    )


def readable(number: str) -> str:
    """A British number as people write it: 07700 900100."""
    national = f"0{number.removeprefix('+44')}" if number.startswith("+44") else number
    return f"{national[:5]} {national[5:]}" if len(national) == 11 else national
