"""How residents reach us, as a poster says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach us: its kind (sms, whatsapp, telegram, web), how it is written for people to
    type, and the link that a phone's camera opens.
    """

    kind: str
    shown: str
    link: str
