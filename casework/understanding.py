"""What a message was understood to be about: the words between nlp and the conversation."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What may be done with a message as understood."""

    ACCEPT = "accept"
    ASK = "ask"
    NOT_A_REPORT = "not_a_report"
    EXCLUDED = "excluded"
    EMERGENCY = "emergency"


class Kind(StrEnum):
    """What sort of message it is."""

    REPORT = "report"
    QUESTION = "question"
    STATUS = "status"
    FOLLOWUP = "followup"
    SUGGESTION = "suggestion"
    COMPLAINT_STAFF = "complaint_staff"
    COMPLAINT_COUNCILLOR = "complaint_councillor"
    OPT_OUT = "opt_out"
    CHAT = "chat"
    SPAM = "spam"


class Danger(StrEnum):
    """Kinds of danger, each with advice and a number to call."""

    FIRE = "fire"
    GAS = "gas"
    ELECTRICITY = "electricity"
    VIOLENCE = "violence"
    INJURY = "injury"
    CHILD = "child"
    ADULT_AT_RISK = "adult_at_risk"
    SELF_HARM = "self_harm"
    FLOOD = "flood"
    COLLAPSE = "collapse"


@dataclass(frozen=True, slots=True)
class CategoryCandidate:
    """A category and the probability that it is the right one."""

    category: str
    probability: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message as understood.

    ``category`` is always the likeliest one (None only for not_a_report), ``confidence`` the
    probability that it is right; ``problems`` one code for each problem told; ``excluded`` the
    code of the excluded matter; ``redacted`` the text safe to publish; ``abusive`` says that a
    person must look at that text before it is published.
    """

    category: str | None
    confidence: float
    candidates: tuple[CategoryCandidate, ...]
    decision: Decision
    kind: Kind
    problems: tuple[str, ...]
    language: str
    redacted: str
    danger: Danger | None = None
    excluded: str | None = None
    abusive: bool = False
