"""Packs for measuring: real boundaries, streets and postcodes; invented people.

``python -m config.building SOURCE_DIR OUT_DIR`` builds ``lewisham`` and ``cheltenham`` from the
data folder and from ``config/blueprints``. The same data give the same bytes. Exit status 1 if a
pack that was built has errors. With ``--share 0.8`` streets are only where the earliest four fifths
of the reports have their pins, so that the others can measure.
"""

import argparse
import csv
import hashlib
import json
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from config.folders import AREAS, GAZETTEER
from config.loading import check
from config.naming import is_street, kind_of_place, nice_case, stop_name
from config.pins import earlier, numbered_points, street_points

HERE = Path(__file__).parent
BLUEPRINTS = HERE / "blueprints"
CATEGORIES = HERE / "demo" / "categories.toml"
SOURCE, OUT = HERE.parents[1] / "shared" / "data", HERE.parent / "build" / "packs"

NAMES = tomllib.loads((BLUEPRINTS / "names.toml").read_text(encoding="utf-8"))
SURGERIES = ("First Saturday, 10am to noon, by phone", "Second Tuesday, 6pm, at the library", "")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wards:
    """A file of wards, the dates for which it holds, and since when its councillors sit."""

    file: str
    valid_from: str = ""
    valid_to: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """How one pack is made from the data folder."""

    name: str
    wards: tuple[Wards, ...]
    seats: int
    words: Mapping[str, str]
    """What the demo borough's name and numbers become."""


LEWISHAM = Blueprint(
    name="lewisham",
    wards=(
        Wards("wards_2013.geojson", valid_to="2022-05-04", since="2014-05-26"),
        Wards("wards_2022.geojson", valid_from="2022-05-04", since="2022-05-09"),
    ),
    seats=3,
    words={
        "ashmere": "lewisham",
        "Ashmere": "Lewisham",
        "millbrook homes": "lewisham homes",
        "01632 960": "020 7946 0",
    },
)
CHELTENHAM = Blueprint(
    name="cheltenham",
    wards=(Wards("wards_2013.geojson", since="2024-05-06"),),
    seats=2,
    words={
        "ashmere": "cheltenham",
        "Ashmere": "Cheltenham",
        "millbrook homes": "cheltenham borough homes",
    },
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build both packs and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("source", type=Path, nargs="?", default=SOURCE, help="the data folder")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, help="where the packs are written")
    parser.add_argument("--share", type=float, default=1.0, help="of the reports, earliest first")
    given = parser.parse_args(arguments)
    if not (given.source / LEWISHAM.name).is_dir():
        sys.stderr.write(f"there is no data in {given.source}: nothing was built\n")
        return 1
    wrong = 0
    for folder in build(given.source, given.out, given.share):
        faults = check(folder)
        wrong += sum(fault.error for fault in faults)
        sys.stdout.writelines(f"{folder.name}/{fault}\n" for fault in faults)
        sys.stdout.write(f"{folder}: built\n")
    return 1 if wrong else 0


def build(source: Path, out: Path, share: float = 1.0) -> tuple[Path, ...]:
    """Write the packs into ``out`` in place of earlier ones; their folders."""
    both = (LEWISHAM, CHELTENHAM)
    return tuple(build_pack(blueprint, source / blueprint.name, out, share) for blueprint in both)


def build_pack(blueprint: Blueprint, data: Path, out: Path, share: float = 1.0) -> Path:
    """Write one pack, with the pins of that share of its reports; its folder."""
    folder = out / blueprint.name
    if (folder / "authority.toml").exists():
        shutil.rmtree(folder)
    for part in (AREAS, GAZETTEER):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for file in sorted((BLUEPRINTS / blueprint.name).iterdir()):
        shutil.copyfile(file, folder / file.name)
    _write(folder / "categories.toml", categories(blueprint))
    _write_wards(blueprint, data, folder)
    _write_gazetteer(data, folder / GAZETTEER, share)
    return folder


def categories(blueprint: Blueprint) -> str:
    """The demo borough's categories, with another name and other numbers in them."""
    text = CATEGORIES.read_text(encoding="utf-8")
    for old, new in blueprint.words.items():
        text = text.replace(old, new)
    return text


def _write_wards(blueprint: Blueprint, data: Path, folder: Path) -> None:
    people: list[list[str]] = []
    taken: set[str] = set()
    for wards in blueprint.wards:
        features = json.loads((data / wards.file).read_text(encoding="utf-8"))["features"]
        lines = [json.dumps(_ward(feature, wards), ensure_ascii=False) for feature in features]
        name = wards.file.replace("_", "-")
        _write(
            folder / AREAS / name,
            '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n",
        )
        for feature in features:
            people += _councillors(feature["properties"]["code"], blueprint, wards, taken)
    header = ("id", "name", "ward", "from", "to", "email", "surgery", "digest")
    _write_table(folder / "councillors.csv", header, people)


def _ward(feature: Mapping[str, Any], wards: Wards) -> dict[str, object]:
    dates = {"valid_from": wards.valid_from, "valid_to": wards.valid_to}
    kept = {name: feature["properties"][name] for name in ("code", "name")}
    return {
        "type": "Feature",
        "properties": kept | {name: day for name, day in dates.items() if day},
        "geometry": feature["geometry"],
    }


def _councillors(ward: str, blueprint: Blueprint, wards: Wards, taken: set[str]) -> Iterator[list[str]]:
    for seat in range(1, blueprint.seats + 1):
        name = _invented_name(f"{ward}/{seat}", taken)
        email = f"{name.lower().replace(' ', '.')}@{blueprint.name}.example"
        surgery = SURGERIES[seat % len(SURGERIES)]
        yield [f"c-{ward}-{seat}", name, ward, wards.since, wards.valid_to, email, surgery, "weekly"]


def _invented_name(seed: str, taken: set[str]) -> str:
    """A name that nobody else in the pack has, always the same for the same seat."""
    for attempt in count():
        number = int.from_bytes(hashlib.sha256(f"{seed}/{attempt}".encode()).digest()[:4], "big")
        first, last = divmod(number, len(NAMES["last"]))
        name = f"{NAMES['first'][first % len(NAMES['first'])]} {NAMES['last'][last]}"
        if name not in taken:
            break
    taken.add(name)
    return name


STREETS = ("street", "locality", "latitude", "longitude")
POSTCODES = ("postcode", "latitude", "longitude")
ADDRESSES = ("saon", "paon", "street", "locality", "postcode", "latitude", "longitude")
LANDMARKS = ("name", "kind", "latitude", "longitude", "locality", "aliases")


def _write_gazetteer(data: Path, folder: Path, share: float) -> None:
    streets, postcodes = list(_rows(data / "streets.csv")), list(_rows(data / "postcodes.csv"))
    reports = earlier(_rows(data / "reports.csv"), share)
    known = {row["postcode"] for row in postcodes}
    places, venues = _places(streets), _venues(_rows(data / "landmarks.csv"))
    landmarks = _once([*places, *venues, *_stops(_rows(data / "bus_stops.csv"))])
    centroids = ([row["postcode"], row["lat"], row["lon"]] for row in postcodes)
    addresses = [*_addresses(_rows(data / "addresses.csv"), known), *_numbers(reports)]
    _write_table(folder / "streets.csv", STREETS, _streets(streets, reports, whole=share >= 1))
    _write_table(folder / "postcodes.csv", POSTCODES, centroids)
    _write_table(folder / "addresses.csv", ADDRESSES, addresses)
    _write_table(folder / "landmarks.csv", LANDMARKS, landmarks)


def _streets(rows: Sequence[Row], reports: Iterable[Row], *, whole: bool) -> Iterator[Sequence[str]]:
    """The streets with a row for each known point: not the towns, nor the houses of other people's maps.

    Where the reports are ``whole``, a street without a pin is at the table's own point.
    """
    towns = {row["locality"] for row in rows}
    streets = [row for row in rows if is_street(row["street"]) and not _is_town(row, towns)]
    points = street_points(reports, (row["street"] for row in streets))
    for row in streets:
        known = points.pop(row["street"], ())
        if whole and not known:
            yield [row[column] for column in STREETS]
        for locality, latitude, longitude in known:
            yield row["street"], locality or row["locality"], latitude, longitude


def _is_town(row: Row, towns: set[str]) -> bool:
    return row["street"] in towns or (not row["locality"] and towns != {""})


def _numbers(reports: Iterable[Row]) -> Iterator[list[str]]:
    """The map's houses beside the pins."""
    for road, latitude, longitude in numbered_points(reports):
        yield ["", road.number, road.street, road.locality, "", latitude, longitude]


def _places(rows: Iterable[Row]) -> Iterator[list[str]]:
    for row in rows:
        if kind := kind_of_place(row["street"]):
            yield [row["street"], kind, row["latitude"], row["longitude"], row["locality"], ""]


def _addresses(rows: Iterable[Row], postcodes: set[str]) -> Iterator[list[str]]:
    """The addresses that a postcode places."""
    for row in rows:
        if row["postcode"] in postcodes:
            named = [nice_case(row[key]) for key in ("saon", "paon", "street", "town")]
            yield [*named, row["postcode"], "", ""]


VENUES = {"cultural_venues": "venue", "listed_buildings": "building"}
"""The kinds of landmarks that are places; a plaque has the name of a person."""


def _venues(rows: Iterable[Row]) -> Iterator[list[str]]:
    for row in rows:
        name = " ".join(row["name"].split())
        if row["kind"] in VENUES and name:
            yield [_titled(name), VENUES[row["kind"]], row["lat"], row["lon"], row["borough"], ""]


def _titled(name: str) -> str:
    return nice_case(name) if name.isupper() and " " in name else name


def _stops(rows: Iterable[Row]) -> Iterator[list[str]]:
    for row in rows:
        if name := stop_name(row["name"]):
            yield [name, "bus_stop", row["latitude"], row["longitude"], "", ""]


def _once(landmarks: Iterable[list[str]]) -> Iterator[list[str]]:
    """The landmarks without those that are the same thing at the same place."""
    seen = set()
    for row in landmarks:
        key = (row[0].lower(), row[1], round(float(row[2]), 5), round(float(row[3]), 5))
        if key not in seen:
            seen.add(key)
            yield row


def _rows(file: Path) -> Iterator[Row]:
    if file.exists():
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.DictReader(stream)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _write_table(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
