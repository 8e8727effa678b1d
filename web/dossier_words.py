"""A dossier's plain data as what a page or a print shows: the same for every kept version."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from markupsafe import Markup

from casework.calls import Step
from casework.cases import Update
from casework.dossiers import EDITABLE
from casework.errors import NotFound
from casework.ladder import Deed, Stage
from casework.places import Point
from storage.photos import PhotoStore
from storage.store import Store
from web.call_words import CallWords, Told
from web.case_words import CaseWords
from web.map_picture import close_up, draw, whole

MOST_PHOTOS = 6
"""Photos of a dossier: a committee reads it on paper."""

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the template lays out."""

    title: str
    reference: str
    lead: str
    texts: Sequence[tuple[str, str, str]]
    figures: Sequence[tuple[str, str]]
    unheard: Sequence[str]
    promises: Sequence[str]
    attempts: Sequence[Told]
    timeline: Sequence[Told]
    exclusion: str
    checks: Sequence[tuple[str, str, str]]
    maps: Sequence[tuple[str, Markup]]
    photos: Sequence[str]


def show(words: CallWords, body: Body, photos: Sequence[str]) -> Shown:
    """The dossier in words."""
    t = words.t
    category = words.pack.category(str(body.get("category") or ""))
    title = str(body.get("title") or "") or (category.name if category else "")
    ward = words.ward(cast("str | None", body.get("ward")))
    stage = str(body.get("stage") or "")
    return Shown(
        title=t("dossier.title", title=title, ward=ward),
        reference=str(body.get("reference", "")),
        lead=t(
            "dossier.lead",
            stage=words.stage(Stage(stage) if stage else None),
            on=words.deadline(_at(body["made_at"])),
        ),
        texts=[(name, t(f"dossier.{name}"), str(body.get(name) or "")) for name in EDITABLE],
        figures=_figures(words, _mapping(body, "figures")),
        unheard=_unheard(words, _mapping(body, "figures")),
        promises=[_promise(words, entry) for entry in _entries(body, "promises")],
        attempts=[_told(words, entry) for entry in _entries(body, "attempts")],
        timeline=[_told(words, entry) for entry in _entries(body, "timeline")],
        exclusion=_exclusion(words, body),
        checks=[
            (
                t(f"question.{entry['question']}"),
                t("call.yes" if entry["passed"] else "call.no"),
                str(entry["reason"]),
            )
            for entry in _entries(body, "checks")
        ],
        maps=_maps(words, body),
        photos=photos,
    )


def pictures(store: Store, photos: PhotoStore, ids: Iterable[object]) -> list[str]:
    """The photos inside the page, so that it is whole wherever it is kept."""
    found = []
    for photo in store.cases.photos_by_id([str(photo_id) for photo_id in ids][:MOST_PHOTOS]):
        try:
            jpeg = photos.get(photo.name)
        except NotFound:
            continue  # Forgotten meanwhile.
        found.append("data:image/jpeg;base64," + base64.b64encode(jpeg).decode())
    return found


def photo_ids(body: Body) -> Sequence[object]:
    """The ids of its photos."""
    found = body.get("photos")
    return found if isinstance(found, list) else ()


def _at(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _mapping(body: Body, name: str) -> Mapping[str, object]:
    found = body.get(name)
    return cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}


def _entries(body: Body, name: str) -> Sequence[Mapping[str, object]]:
    found = body.get(name)
    return cast("Sequence[Mapping[str, object]]", found) if isinstance(found, list) else ()


def _figures(words: CallWords, figures: Mapping[str, object]) -> list[tuple[str, str]]:
    t = words.t
    rows = [
        (t(f"dossier.figure.{name}"), str(figures[name]))
        for name in ("voices", "reports", "distinct_days", "days_open", "reopened")
        if name in figures
    ]
    days = [figures.get("first_at"), figures.get("last_at")]
    if all(days):
        rows.append((t("dossier.figure.between"), "; ".join(words.day(_at(day)) for day in days)))
    return rows


def _unheard(words: CallWords, figures: Mapping[str, object]) -> list[str]:
    """Who was asked and said nothing, and whom nobody can ask."""
    named = ("silent", "not_reachable", "withdrawn", "said_not_fixed", "said_fixed")
    return [words.t(f"dossier.heard.{name}", n=figures[name]) for name in named if figures.get(name)]


def _promise(words: CallWords, entry: Mapping[str, object]) -> str:
    return words.t(
        f"dossier.promise.{entry['end']}",
        made=words.day(_at(entry["made_at"])),
        due=words.deadline(_at(entry["due_at"])),
    )


def _told(words: CallWords, entry: Mapping[str, object]) -> Told:
    at, actor = _at(entry["at"]), str(entry["actor"])
    said = str(entry.get("words") or "")
    if "deed" in entry:
        details = cast("Mapping[str, object]", entry.get("details") or {})
        step = Step("", "", Deed(str(entry["deed"])), None, Stage.FLAGGED, actor, at, said, True, details)
        return words.step(step)
    update = Update("", "", None, None, str(entry["key"]), said, True, actor, at)
    (event,) = CaseWords(words.t, words.language, words.pack).events([update])
    return Told(event.when, event.moment, event.what, event.words)


def _exclusion(words: CallWords, body: Body) -> str:
    code = str(body.get("excluded") or "")
    if not code:
        return words.t("dossier.exclusion.none")
    named = next((m.name for m in words.pack.excluded if m.code == code), words.t("field.excluded.appeal"))
    return words.t(
        "dossier.exclusion.systemic" if body.get("systemic") else "dossier.exclusion", matter=named
    )


def _maps(words: CallWords, body: Body) -> list[tuple[str, Markup]]:
    place = _mapping(body, "place")
    code = body.get("ward")
    area = words.pack.area(str(code)) if code else None
    if not place:
        return []
    middle = Point(float(cast(float, place["latitude"])), float(cast(float, place["longitude"])))
    told = cast("list[list[float]]", place.get("reports") or [])
    pins = [Point(latitude, longitude) for latitude, longitude in dict.fromkeys(map(tuple, told))] or [middle]
    streets = words.pack.gazetteer.streets
    near = words.t("dossier.map.near")
    maps = [(near, draw(close_up(middle), near, area, streets, pins))]
    if area:
        title = words.t("dossier.map.ward", ward=area.name)
        maps.append((title, draw(whole(area), title, area, (), [middle])))
    return maps
