"""JSON lines in, places out: what ``streetcall locate`` does."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.places import PlaceCandidate
from geo.finder import Finder


def locate_lines(lines: Iterable[str], finder: Finder, on: date) -> Iterator[str]:
    """For each line ``{"id", "text"}`` one with candidates and a decision, in order.

    A line that cannot be read gives one with "id" and "error", and the next one is read. Empty
    lines are left out.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_located(line, number, finder, on))


def _located(line: str, number: int, finder: Finder, on: date) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return {"id": None, "error": f"line {number} is not JSON: {fault}"}
    if not isinstance(asked, Mapping) or not isinstance(asked.get("text"), str):
        id_ = asked.get("id") if isinstance(asked, Mapping) else None
        return {"id": id_, "error": f'line {number} needs an object with "id" and "text", a string'}
    reading = finder.find(asked["text"], on)
    return {
        "id": asked.get("id"),
        "candidates": [_candidate(c) for c in reading.candidates],
        "decision": reading.decision.value,
    }


def _candidate(candidate: PlaceCandidate) -> dict[str, Any]:
    return {
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "probability": candidate.probability,
        "label": candidate.label,
        "ward": candidate.ward,
        "kind": candidate.kind.value,
        "uncertainty_m": candidate.uncertainty_m,
    }
