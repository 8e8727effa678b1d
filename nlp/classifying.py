"""The lines of ``streetcall classify``: JSON in, JSON out, one for each, in order."""

import json
from collections.abc import Iterable, Iterator

from casework.understanding import Understanding
from nlp.reader import Reader


def classify_lines(lines: Iterable[str], reader: Reader) -> Iterator[str]:
    """One JSON line for each line ``{"id", "text", "has_photo"?}``; a faulty one gets ``error``.

    Blank lines are passed over; ``id`` is given back as it came.
    """
    return (classify_line(line, reader) for line in lines if line.strip())


def classify_line(line: str, reader: Reader) -> str:
    """The JSON line that answers one JSON line."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return _dump({"id": None, "error": f"not JSON: {fault}"})
    if not isinstance(asked, dict):
        return _dump({"id": None, "error": "not a JSON object"})
    text = asked.get("text")
    if not isinstance(text, str):
        return _dump({"id": asked.get("id"), "error": "text is missing or not a string"})
    return _dump({"id": asked.get("id"), **as_json(reader.read(text, asked.get("has_photo") is True))})


def as_json(understood: Understanding) -> dict[str, object]:
    """What was understood, under the names of the fixed interface."""
    return {
        "category": understood.category,
        "confidence": understood.confidence,
        "candidates": [{"category": c.category, "probability": c.probability} for c in understood.candidates],
        "decision": understood.decision.value,
        "kind": understood.kind.value,
        "problems": list(understood.problems),
        "language": understood.language,
        "redacted": understood.redacted,
    }


def _dump(answer: dict[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=True)
