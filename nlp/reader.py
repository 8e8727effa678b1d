"""Reads a message: what it is about, how sure that is, and what may be done with it.

What each category has for it is weighed by :class:`nlp.weighing.Weigher`: by a trained model, whose
thresholds come with it, or by words alone (:mod:`nlp.vocabulary`), whose thresholds stand here.
"""

from dataclasses import replace
from functools import partial

from casework.understanding import CategoryCandidate, Danger, Decision, Kind, Understanding
from nlp import abuse, danger, foreign, kinds, language, redaction, splitting
from nlp.trained import TrainedModel
from nlp.weighing import Matters, Weigher, Weighing

ACCEPT_FROM = 0.93
"""Confidence from which a category is taken without asking or triage, by words alone."""

ASK_BELOW = 0.55
"""Confidence below which the resident is asked first, by words alone; from here to acceptance the
report is filed for triage with buttons for the likeliest others."""

CANDIDATES = 5
"""How many candidates are told."""

CLEAR_EVIDENCE = 3.0
"""Evidence (log odds) from which a message is a report whatever small talk surrounds it."""

SOME_EVIDENCE = 1.6
"""Evidence below which a message must at least sound like a report, or come with a photo."""

LONG = 40
"""Words up to which a message that looks like a complaint about somebody is one."""

FOREIGN = 0.7
"""Confidence of a category that a word list of another language finds: a person looks at it."""

SHORT = 14
"""Words up to which a message that looks like a question or a follow-up is one."""


class Reader:
    """Reads messages for one pack; safe to share between threads."""

    def __init__(self, pack: Matters, model: TrainedModel | None = None) -> None:
        self._weigher = Weigher(pack, model)
        self._quick = partial(self._weigher.weigh, quick=True)
        mixing = model.mixing(pack.code) if model is not None else None
        self.accept_from = mixing.accept_from if mixing else ACCEPT_FROM
        self.ask_below = mixing.ask_below if mixing else ASK_BELOW

    def warm(self) -> None:
        """Load what is loaded at first use. Raises ModelError."""
        self._weigher.weigh("")

    def read(self, text: str, has_photo: bool = False) -> Understanding:
        """The message as understood; never raises, whatever the text holds."""
        spoken = language.guess(text)
        seen = _with_foreign(text, spoken, self._weigher.weigh(text))
        threat = danger.screen(text)
        kind = _kind(text, seen, has_photo or seen.confidence >= self.accept_from, threat)
        decision = _decide(kind, seen, threat, self.accept_from)
        is_report = decision is not Decision.NOT_A_REPORT
        return Understanding(
            category=seen.likeliest if is_report else None,
            confidence=round(seen.confidence if is_report else 0.0, 4),
            candidates=_candidates(seen),
            decision=decision,
            kind=kind,
            problems=self._problems(text, seen) if is_report else (),
            language=spoken,
            redacted=redaction.redact(text),
            danger=threat,
            excluded=seen.excluded if decision is Decision.EXCLUDED else None,
            abusive=abuse.is_abusive(text),
        )

    def _problems(self, text: str, seen: Weighing) -> tuple[str, ...]:
        return splitting.problems(text, seen, self._quick)


def _with_foreign(text: str, spoken: str, seen: Weighing) -> Weighing:
    """What was seen, and the problem that the word list of the message's language finds.

    Unreviewed lists do not decide alone: the report is filed for triage with that category.
    """
    code = foreign.problem_in(text, spoken) if spoken != language.ENGLISH else None
    if code is None or code not in seen.probabilities:
        return seen
    rest = 1 - seen.probabilities[code]
    shares = {c: p * (1 - FOREIGN) / rest if rest else 0.0 for c, p in seen.probabilities.items()}
    shares[code] = FOREIGN
    return replace(
        seen,
        probabilities=shares,
        likeliest=code,
        confidence=FOREIGN,
        strength=max(seen.strength, CLEAR_EVIDENCE),
    )


def _kind(text: str, seen: Weighing, has_proof: bool, threat: Danger | None) -> Kind:
    """``has_proof``: a photo came with it, or the category is beyond doubt."""
    if threat is not None:
        return Kind.REPORT
    rule = kinds.looks_like(text)
    if rule is not None and (rule.sure or not _outweighs(rule.kind, seen, has_proof)):
        return rule.kind
    if has_proof or seen.excluded or seen.strength >= SOME_EVIDENCE or kinds.sounds_civic(text):
        return Kind.REPORT
    return Kind.CHAT


def _outweighs(kind: Kind, seen: Weighing, has_proof: bool) -> bool:
    """True if what the message is about counts for more than what it looks like."""
    if kind is Kind.CHAT and has_proof:
        return True
    return seen.strength >= CLEAR_EVIDENCE and seen.words > _HOLDS_UP_TO.get(kind, 0)


_HOLDS_UP_TO = {
    Kind.QUESTION: SHORT,
    Kind.STATUS: SHORT,
    Kind.FOLLOWUP: SHORT,
    Kind.SUGGESTION: SHORT,
    Kind.COMPLAINT_STAFF: LONG,
    Kind.COMPLAINT_COUNCILLOR: LONG,
}
"""Words up to which a message is what it looks like, even if it is clearly about something."""


def _decide(kind: Kind, seen: Weighing, threat: Danger | None, accept_from: float) -> Decision:
    if threat is not None:
        return Decision.EMERGENCY
    if kind not in {Kind.OPT_OUT, Kind.SPAM} and seen.excluded is not None:
        return Decision.EXCLUDED
    if kind is not Kind.REPORT:
        return Decision.NOT_A_REPORT
    return Decision.ACCEPT if seen.confidence >= accept_from else Decision.ASK


def _candidates(seen: Weighing) -> tuple[CategoryCandidate, ...]:
    ordered = sorted(seen.probabilities.items(), key=lambda item: -item[1])[:CANDIDATES]
    return tuple(CategoryCandidate(code, round(probability, 4)) for code, probability in ordered)
