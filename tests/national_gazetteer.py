"""A gazetteer as large as Great Britain, made up: how long its import takes, how quickly it answers.

    nice -n 15 python -m tests.national_gazetteer [--folder DIR] [--share 1.0]

makes ONS postcodes (2.6 million) and OS Open Names (1.5 million roads and places) in their own layouts,
imports them with ``streetcall import --into index`` in a process of its own, and asks a borough's
gazetteer and this one the same kinds of questions. Ends by itself in a few minutes.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casework.packs import Pack
from casework.places import Point
from geo.gazetteer import Gazetteer
from geo.importing import open_names
from geo.text import key, split_suffix
from tests.packs import load, write_pack

POSTCODES, NAMES, STEMS, SETTLEMENTS = 2_600_000, 1_500_000, 300_000, 44_000
"""The directory has 2.6 million postcodes; about five names of roads and places share a stem."""


def words(table: str) -> list[str]:
    """The words of a table."""
    return table.split()


COMMON = words(
    """
    High Station Church Main Park Victoria Mill London Manor Queen King Green New Albert York
    """
)
LAST = words(
    """
    Road Street Close Lane Avenue Drive Way Court Place Gardens Crescent Grove Terrace Hill View
    """
)
FIRST_PARTS = words(
    """
    Ash Birch Black Bow Bram Brook Bur Car Chal Clay Cor Dal Den Dun East Elm Fair Fern Glen Green
    Ha Haw Hazel Hol Ken Kings Lang Lark Lin Long Mal Mar Mel Nor Oak Pem Pres Red Ros Row Sal Sher
    South Stan Stoke Sut Thorn Up Wal War Wes White Wil Win Wood Wych
    """
)
LAST_PARTS = words(
    """
    bank borough bourne bridge brook bury by combe cote cross dale den don field ford gate grove ham
    hurst ing land ley low market mead mere minster more ness port ridge sey side stead stone stow
    thorpe ton vale view ville wall ware water well wick wold wood worth
    """
)


def stems(count: int, source: random.Random) -> list[str]:
    """Different names, the common ones first; half of them made of letters as they follow each other."""
    chain = followers()
    found = dict.fromkeys(COMMON)
    while len(found) < count:
        draw = source.random()
        name = (
            invented(chain, source) if draw < 0.5 else source.choice(FIRST_PARTS) + source.choice(LAST_PARTS)
        )
        if draw > 0.75:
            name = f"{invented(chain, source)} {name}"
        found[name] = None
    return list(found)


def followers() -> dict[str, list[str]]:
    """Which letters follow which pair of letters in the parts of names; "" ends a name."""
    chain: dict[str, list[str]] = defaultdict(list)
    for first in FIRST_PARTS:
        for last in LAST_PARTS:
            word = f"^{first.lower()}{last}"
            for at in range(1, len(word)):
                chain[word[at - 1 : at + 1]].append(word[at + 1 : at + 2])
            chain["^"].append(word[1])
    return chain


def invented(chain: Mapping[str, Sequence[str]], source: random.Random) -> str:
    """A name that nobody has."""
    word = "^" + source.choice(chain["^"])
    while len(word) < 14:
        letter = source.choice(chain[word[-2:]])
        if not letter and len(word) > 4:
            break
        word += letter or source.choice("aeiou")
        if word[-2:] not in chain:
            break
    return word[1:].capitalize()


def write_names(
    path: Path, count: int, names: Sequence[str], towns: Sequence[str], source: random.Random
) -> None:
    """OS Open Names without a header, as it is published; a few common names have thousands of streets."""
    columns = open_names.COLUMNS
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for number in range(count):
            row = dict.fromkeys(columns, "")
            is_town = number < len(towns)
            stem = names[min(len(names) - 1, int(len(names) * source.random() ** 2.5))]
            row["id"], row["type"] = f"id{number}", "transportNetwork"
            row["name1"] = towns[number] if is_town else f"{stem} {source.choice(LAST)}"
            row["local_type"] = "Village" if is_town else "Named Road"
            row["geometry_x"] = f"{source.uniform(100_000, 650_000):.2f}"
            row["geometry_y"] = f"{source.uniform(10_000, 1_000_000):.2f}"
            row["populated_place"] = source.choice(towns)
            writer.writerow(row.values())


def codes() -> Iterator[str]:
    """Different postcodes, sector by sector."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    for area in (a + b for a in letters for b in letters):
        for district in range(1, 40):
            for sector in range(10):
                for one in letters:
                    for two in letters[:12]:
                        yield f"{area}{district} {sector}{one}{two}"


def write_postcodes(path: Path, count: int, source: random.Random) -> None:
    """The ONS Postcode Directory's columns that are read, and some that are not."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,lat,long\n")
        for _, code in zip(range(count), codes(), strict=False):
            latitude, longitude = source.uniform(50, 59), source.uniform(-6, 1.7)
            stream.write(f'"{code}","{code}","{code}",198001,,0,,,1,{latitude:.6f},{longitude:.6f}\n')


def timed(ask: Callable[[object], object], given: Sequence[object]) -> tuple[float, float]:
    """Median and 99th percentile of the calls, milliseconds of the processor: other work does not count."""
    took = []
    for value in given:
        start = time.thread_time()
        ask(value)
        took.append((time.thread_time() - start) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def misspelt(stem: str, source: random.Random) -> str:
    """The stem with one letter wrong."""
    place = source.randrange(1, len(stem))
    return stem[:place] + source.choice("aeionrst") + stem[place + 1 :]


def measure(
    gazetteer: Gazetteer, names: Sequence[str], source: random.Random
) -> dict[str, tuple[float, float]]:
    """How quickly it answers, by question."""
    keys = [key(name) for name in source.choices(names, k=1_000)]
    middle = gazetteer.centre or Point(53.0, -1.5)
    points = [
        Point(middle.latitude + source.uniform(-0.02, 0.02), middle.longitude + source.uniform(-0.03, 0.03))
        for _ in keys
    ]
    spelt = [split_suffix(k) for k in keys]
    texts = [[*source.choices(keys, k=2), *(f"no name {n}" for n in range(60))] for _ in keys]
    known = [row[0] for row in gazetteer._all("SELECT code FROM postcode ORDER BY random() LIMIT 1000")]
    wrong = [(misspelt(stem, source), suffix) for stem, suffix in spelt if len(stem) > 4]
    return {
        "names of a text": timed(gazetteer.named, texts),  # type: ignore[arg-type]
        "one wrong letter": timed(lambda s: gazetteer.similar(*s, 1), wrong),  # type: ignore[misc]
        "two wrong letters": timed(lambda s: gazetteer.similar(*s, 2), wrong),  # type: ignore[misc]
        "three, long names": timed(
            lambda s: gazetteer.similar(*s, 3),  # type: ignore[misc]
            [w for w in wrong if len(w[0]) >= 12],
        ),
        "postcode": timed(gazetteer.postcode, known),  # type: ignore[arg-type]
        "sector": timed(lambda c: gazetteer.postcodes_under(str(c)[:-2]), known),
        "near a point": timed(lambda p: gazetteer.near(p, 150), points),  # type: ignore[arg-type]
    }


def import_all(folder: Path, pack: Path) -> dict[str, int]:
    """What the import command takes."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "bot", "import", *map(str, sorted(folder.glob("*.csv")))]
    environment = os.environ | {"STREETCALL_DATA_DIR": str(folder / "data")}
    subprocess.run(
        [*command, "--pack", str(pack), "--everywhere", "--into", "index"], check=True, env=environment
    )
    return taken(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN))


def taken(seconds: float, used: resource.struct_rusage) -> dict[str, int]:
    """Seconds on the clock and of the processor, and the most memory."""
    processor = used.ru_utime + used.ru_stime
    return {
        "seconds": round(seconds),
        "cpu_seconds": round(processor),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def open_index(pack: Path, folder: Path) -> None:
    """Open the gazetteer, which builds its index the first time, and tell what that takes."""
    from config.loading import load_packs

    loaded = load_packs([pack])[0]
    start, before = time.perf_counter(), time.process_time()
    gazetteer = Gazetteer.open(loaded, folder)
    seconds, processor = time.perf_counter() - start, time.process_time() - before
    used = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    places = len(gazetteer.localities)
    line = {"seconds": round(seconds, 1), "cpu_seconds": round(processor, 1), "peak_mb": used}
    sys.stdout.write(json.dumps(line | {"localities": places}) + "\n")


def in_its_own_process(pack: Path, folder: Path) -> dict[str, object]:
    """The same, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.national_gazetteer", "--open", str(pack), "--folder", str(folder)]
    told: dict[str, object] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def main() -> None:
    """Make, import, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to work; default: a folder that is removed again")
    parser.add_argument("--share", type=float, default=1.0, help="of Great Britain")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        return open_index(given.open, given.folder)
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for line in results(folder, given.share):
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    finally:
        if given.folder is None:
            shutil.rmtree(folder)


def results(folder: Path, share: float) -> Iterator[dict[str, object]]:
    """Each figure as it is known."""
    source = random.Random(1)
    names = stems(int(STEMS * share), source)
    towns = stems(int(SETTLEMENTS * share), random.Random(2))
    write_names(folder / "names.csv", int(NAMES * share), names, towns, source)
    write_postcodes(folder / "postcodes.csv", int(POSTCODES * share), source)
    pack_folder = write_pack(folder / "pack")
    yield {"name": "import"} | import_all(folder, pack_folder)
    for name in ("build index", "open index"):
        yield {"name": name} | in_its_own_process(pack_folder, folder / "data" / "gazetteer")
    pack = load()
    asked = [f"{stem} {source.choice(LAST)}" for stem in source.choices(names, k=1_000)]
    national = Gazetteer.open(pack, folder / "data" / "gazetteer")
    yield {
        "name": "index",
        "mb": round(sum(f.stat().st_size for f in (folder / "data/gazetteer").glob("g*")) / 1e6),
    }
    for size, gazetteer in (("borough", borough(pack, asked, source)), ("nation", national)):
        for question, (middle, slow) in measure(gazetteer, asked, source).items():
            yield {"name": f"{size}: {question}", "p50_ms": round(middle, 3), "p99_ms": round(slow, 3)}


def borough(pack: Pack, names: Sequence[str], source: random.Random) -> Gazetteer:
    """A thousand of the same streets and nine thousand postcodes on the ground of a borough."""
    from casework.packs import GazetteerSource, Postcode, Street

    def point() -> Point:
        return Point(51.45 + source.uniform(-0.04, 0.04), -0.02 + source.uniform(-0.06, 0.06))

    streets = tuple(Street(name, "", point()) for name in names)
    postcodes = tuple(Postcode(code, point()) for _, code in zip(range(9_000), codes(), strict=False))
    return Gazetteer.in_memory(replace(pack, gazetteer=GazetteerSource(streets, (), postcodes, ())))


if __name__ == "__main__":
    main()
