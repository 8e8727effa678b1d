"""What Twilio's error codes mean for a message, in one table.

The codes: https://www.twilio.com/docs/api/errors. The words are for officers and logs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What is done about it."""

    RETRY = "retry"
    """This message may go later."""
    REST = "rest"
    """Nothing goes on this channel now: everything keeps its place."""
    WAIT_FOR_WINDOW = "wait for window"
    """WhatsApp lets only templates through until the resident writes again."""
    OPT_OUT = "opt out"
    """The resident has told the carrier to stop: nothing more is sent."""
    REFUSE = "refuse"
    """It will never go: somebody is to look at it."""


@dataclass(frozen=True, slots=True)
class Code:
    """What is done, and why in a few words."""

    act: Act
    words: str


CODES: Mapping[int, Code] = {
    # The account, its numbers and its rates: a person must mend it, or a while passes
    10001: Code(Act.REST, "the account is not active"),
    14107: Code(Act.REST, "too many messages at once"),
    20003: Code(Act.REST, "the account SID or its token is wrong"),
    20005: Code(Act.REST, "the account is not active"),
    20429: Code(Act.REST, "too many requests"),
    20500: Code(Act.RETRY, "Twilio has a fault of its own"),
    20503: Code(Act.REST, "Twilio is not available"),
    21212: Code(Act.REST, "the number to send from is not valid"),
    21603: Code(Act.REST, "no number to send from is set"),
    21606: Code(Act.REST, "the number to send from is not the account's, or cannot send text messages"),
    21611: Code(Act.REST, "the number to send from has too many messages waiting"),
    21659: Code(Act.REST, "the number to send from is not the account's"),
    21660: Code(Act.REST, "the number to send from belongs to another account"),
    21703: Code(Act.REST, "the messaging service has no number"),
    30001: Code(Act.RETRY, "too many messages waiting at Twilio"),
    30002: Code(Act.REST, "the account is suspended"),
    30022: Code(Act.RETRY, "over the carrier's rate"),
    63007: Code(Act.REST, "the WhatsApp number to send from is not set up"),
    63018: Code(Act.REST, "over WhatsApp's rate"),
    63038: Code(Act.REST, "over the account's daily number of messages"),
    # The resident's own word
    21610: Code(Act.OPT_OUT, "the resident has told the carrier STOP"),
    # WhatsApp's window of 24 hours
    63016: Code(Act.WAIT_FOR_WINDOW, "outside WhatsApp's 24 hours"),
    # Things that pass
    21612: Code(Act.RETRY, "no way to that number at present"),
    30003: Code(Act.RETRY, "the phone is off or out of reach"),
    30008: Code(Act.RETRY, "the carrier does not say why"),
    30009: Code(Act.RETRY, "a part was lost on the way"),
    30017: Code(Act.RETRY, "the carrier is congested"),
    30410: Code(Act.RETRY, "the carrier did not answer in time"),
    63005: Code(Act.RETRY, "WhatsApp did not take it"),
    63012: Code(Act.RETRY, "WhatsApp has a fault of its own"),
    63014: Code(Act.REFUSE, "the resident has blocked us on WhatsApp"),
    # Never
    21211: Code(Act.REFUSE, "no valid number"),
    21408: Code(Act.REFUSE, "the account may not send to that country"),
    21602: Code(Act.REFUSE, "the message has no words"),
    21608: Code(Act.REFUSE, "a trial account sends only to numbers that it has verified"),
    21609: Code(Act.REFUSE, "the address for receipts (STREETCALL_PUBLIC_URL) is not valid"),
    21614: Code(Act.REFUSE, "not a mobile number"),
    21617: Code(Act.REFUSE, "the message is too long"),
    30004: Code(Act.REFUSE, "the phone or its carrier blocks messages"),
    30005: Code(Act.REFUSE, "an unknown number"),
    30006: Code(Act.REFUSE, "a landline, or a carrier that cannot be reached"),
    30007: Code(Act.REFUSE, "filtered as unwanted by the carrier"),
    63003: Code(Act.REFUSE, "the number is not on WhatsApp"),
    63013: Code(Act.REFUSE, "against WhatsApp's rules"),
    63015: Code(Act.REFUSE, "the WhatsApp sandbox sends only to those who joined it"),
    63024: Code(Act.REFUSE, "the number cannot receive WhatsApp messages"),
    63049: Code(Act.REFUSE, "WhatsApp chose not to deliver it"),
}

_TOO_MANY = 429
_FAULT = 500


def meaning(code: int | None, status: int = 0) -> Code:
    """What a code means; one that we do not know goes by the HTTP status it came with."""
    if code is not None and code in CODES:
        return CODES[code]
    if status == _TOO_MANY:
        return Code(Act.REST, "too many requests")
    if status >= _FAULT:
        return Code(Act.REST, "Twilio is not available")
    if status in (401, 403):
        return Code(Act.REST, "Twilio does not accept the credentials")
    return Code(Act.REFUSE, "Twilio said no")


def reason(code: int | None, found: Code) -> str:
    """For officers and logs: the code and its words, nothing of anybody."""
    return f"{code}: {found.words}" if code else found.words
