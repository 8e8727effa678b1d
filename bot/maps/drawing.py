"""A page for engineers: texts, where they seem to be, the wards, and the truth where it is given.

One file that works without a network: Leaflet is written into it, and the wards are the only map.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from casework.packs import Pack
from casework.places import AreaKind, Point, distance_m
from geo.areas import AreaIndex

LEAFLET = Path(__file__).parents[2] / "web" / "node_modules" / "leaflet" / "dist"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One text: the line that ``streetcall locate`` wrote, the words, and the true place if known."""

    found: Mapping[str, Any]
    text: str
    truth: Point | None


def asked_and_found(asked: str, found: str) -> Drawing | None:
    """A line that was read and the one that was written; None where the first could not be read."""
    answer = json.loads(found)
    if "error" in answer:
        return None
    question = json.loads(asked)
    return Drawing(answer, question["text"], _truth(question))


def _truth(question: Mapping[str, Any]) -> Point | None:
    """The pin of a line, in numbers or, as from a table, in words."""
    try:
        return Point(float(question["latitude"]), float(question["longitude"]))
    except (KeyError, TypeError, ValueError):
        return None


def page(pack: Pack, drawings: Iterable[Drawing], on: date) -> str:
    """The page, with the wards of that day. Raises FileNotFoundError where Leaflet is not installed."""
    areas = AreaIndex([pack])
    rows = [_row(drawing, areas, on) for drawing in drawings]
    wards = [a for a in pack.areas if a.kind is AreaKind.WARD and a.in_force(on)]
    data = {
        "name": pack.authority.name,
        "rows": rows,
        "has_truth": any(row["truth"] for row in rows),
        "wards": {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"name": a.name}, "geometry": a.geometry} for a in wards
            ],
        },
    }
    jinja = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
    return jinja.get_template("map.html").render(
        data=data,
        leaflet_css=Markup((LEAFLET / "leaflet.css").read_text(encoding="utf-8")),
        leaflet_js=Markup((LEAFLET / "leaflet.js").read_text(encoding="utf-8")),
    )


def _row(drawing: Drawing, areas: AreaIndex, on: date) -> dict[str, Any]:
    candidates, truth = drawing.found["candidates"], drawing.truth
    ward = areas.ward_at(truth, on) if truth else None
    best = candidates[0] if candidates else None
    off = distance_m(Point(best["latitude"], best["longitude"]), truth) if best and truth else None
    return {
        "id": str(drawing.found["id"]),
        "text": drawing.text,
        "decision": drawing.found["decision"],
        "candidates": candidates,
        "truth": [truth.latitude, truth.longitude] if truth else None,
        "off_m": off,
        "right": best["ward"] == (ward.code if ward else None) if best and truth else None,
    }
