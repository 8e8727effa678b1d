"""Writes what was imported into a pack: tables and maps that a reviewer can compare line by line."""

import csv
import json
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.errors import PackError
from casework.packs import Address, Landmark, Postcode
from casework.places import Area, AreaKind, Point
from config.areas import STARTS, read_areas
from config.faults import Faults
from config.folders import AREAS, GAZETTEER
from config.naming import nice_case, stop_name

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "streets": ("street", "locality", "latitude", "longitude", "line"),
    "postcodes": ("postcode", "latitude", "longitude"),
    "addresses": ("saon", "paon", "street", "locality", "postcode", "latitude", "longitude"),
    "landmarks": ("name", "kind", "latitude", "longitude", "locality", "aliases", "radius_m"),
}
"""The columns of each file of the gazetteer, by the beginning of its name."""

_STARTS = {kind: start for start, kind in STARTS.items()}

Lines = Sequence[Sequence[Point]]
StreetRow = tuple[str, str, Point, Lines]
"""Name, locality, point and the lines of its parts."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and how many rows it has now."""

    path: Path
    rows: int


def code_of(folder: Path) -> str:
    """The code of the pack in a folder, which need not be whole yet.

    Raises PackError where there is no such folder.
    """
    if not folder.is_dir():
        raise PackError(f"there is no folder {folder}: copy config/demo and change it, or give another")
    try:
        whole = tomllib.loads((folder / "authority.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        whole = {}
    return str(whole.get("code") or folder.resolve().name)


def areas_in(folder: Path) -> tuple[Area, ...]:
    """The sound areas of a pack's folder, of all times; the rest of the pack need not be sound."""
    files = {f"{AREAS}/{f.name}": f.read_bytes() for f in sorted((folder / AREAS).glob("*.geojson"))}
    return read_areas(files, Faults()).values


def write_streets(folder: Path, name: str, streets: Iterable[StreetRow]) -> Written | None:
    """``streets-NAME.csv``."""
    rows = ((nice(street), nice(place), *at(point), wkt(lines)) for street, place, point, lines in streets)
    return _write(folder, "streets", name, rows)


def write_postcodes(folder: Path, name: str, postcodes: Iterable[Postcode]) -> Written | None:
    """``postcodes-NAME.csv``."""
    return _write(folder, "postcodes", name, ((p.postcode, *at(p.point)) for p in postcodes))


def write_addresses(folder: Path, name: str, addresses: Iterable[Address]) -> Written | None:
    """``addresses-NAME.csv``."""
    rows = (
        (nice(a.saon), nice(a.paon), nice(a.street), nice(a.locality), a.postcode, *at(a.point))
        for a in addresses
    )
    return _write(folder, "addresses", name, rows)


def write_landmarks(folder: Path, name: str, landmarks: Iterable[Landmark]) -> Written | None:
    """``landmarks-NAME.csv``; the same thing at the same place is written once."""
    once = {(_called(m).casefold(), m.kind, at(m.point)): m for m in landmarks}
    rows = (
        (
            _called(m),
            m.kind,
            *at(m.point),
            nice(m.locality),
            ";".join(m.aliases),
            f"{m.radius_m:.0f}" if m.radius_m else "",
        )
        for m in once.values()
    )
    return _write(folder, "landmarks", name, rows)


def write_areas(folder: Path, kind: AreaKind, areas: Sequence[Area]) -> Written:
    """``wards.geojson`` or, of areas with a first day, ``wards-2026-05-07.geojson``; one area a line."""
    first = min((area.valid_from for area in areas if area.valid_from), default=None)
    name = _STARTS[kind] + (f"-{first}" if first else "")
    lines = [_feature(area) for area in sorted(areas, key=lambda area: area.code)]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path = folder / AREAS / f"{name}.geojson"
    _replace(path, text)
    return Written(path, len(areas))


def _feature(area: Area) -> str:
    dates = {"valid_from": area.valid_from, "valid_to": area.valid_to}
    properties = {"code": area.code, "name": area.name}
    properties |= {key: day.isoformat() for key, day in dates.items() if day}
    return json.dumps(
        {"type": "Feature", "properties": properties, "geometry": area.geometry}, ensure_ascii=False
    )


def nice(name: str) -> str:
    """A name in capitals as people write it; others as they are."""
    return nice_case(name) if name.isupper() and any(len(word) > 2 for word in name.split()) else name


def _called(landmark: Landmark) -> str:
    return (stop_name(landmark.name) if "stop" in landmark.kind else "") or nice(landmark.name)


def at(point: Point | None) -> tuple[str, str]:
    """A point's two cells."""
    return (f"{point.latitude:.6f}", f"{point.longitude:.6f}") if point else ("", "")


def wkt(lines: Lines) -> str:
    """Lines as well-known text, longitude first; "" for none."""
    parts = ["(" + ", ".join(f"{p.longitude:.6f} {p.latitude:.6f}" for p in line) + ")" for line in lines]
    if len(parts) == 1:
        return f"LINESTRING {parts[0]}"
    return f"MULTILINESTRING ({', '.join(parts)})" if parts else ""


def _write(folder: Path, kind: str, name: str, rows: Iterable[Sequence[str]]) -> Written | None:
    """Write the table, or take an earlier one away where there is nothing to write."""
    path = folder / GAZETTEER / f"{kind}-{name}.csv"
    found = sorted(set(map(tuple, rows)))
    if not found:
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS[kind])
        writer.writerows(found)
    os.replace(part, path)
    return Written(path, len(found))


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)
