"""The files of a pack's folder: which there must be, and which name is nearly one of them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from config.faults import Faults, nearest

REQUIRED = (
    "authority.toml",
    "bodies.toml",
    "categories.toml",
    "routes.toml",
    "charter.toml",
    "councillors.csv",
    "staff.csv",
)
OPTIONAL = ("escalation.toml",)
GAZETTEER_KINDS = ("streets", "postcodes", "addresses", "landmarks")
AREAS, GAZETTEER = "areas", "gazetteer"
LIKENESS = 0.75
"""How like a known name another must be to be taken for a misspelling of it."""

Files = Mapping[str, bytes]
"""What the files of a pack hold, by their names relative to the folder, with ``/``."""


def read_files(folder: Path, faults: Faults) -> Files | None:
    """Every file of the pack that Streetcall reads; None if there is no such folder."""
    if not folder.exists():
        faults.error(str(folder), 0, "there is no such folder; give the path of a pack's folder")
        return None
    if not folder.is_dir():
        faults.error(str(folder), 0, "this is a file; give the path of the folder that holds the pack")
        return None
    found = {name: path for path in _files_in(folder) if (name := path.relative_to(folder).as_posix())}
    for name in found:
        _warn_if_misspelt(name, found, faults)
    return _contents({name: path for name, path in found.items() if is_read(name)}, faults)


def say_what_is_missing(files: Files, faults: Faults) -> None:
    """Note the files without which there is no pack."""
    if not files:
        faults.error("authority.toml", 0, "this folder holds no pack; copy config/demo and change it")
        return
    for name in REQUIRED:
        if name not in files:
            faults.error(name, 0, "this file is missing; copy it from config/demo and change it")
    if not in_folder(files, AREAS):
        faults.error(AREAS, 0, "there is no file of wards; add areas/wards.geojson")
    if not of_kind(files, "streets"):
        faults.error(
            "gazetteer/streets.csv", 0, "this file is missing; add the streets with their coordinates"
        )


def is_read(name: str) -> bool:
    """True for a name that belongs to a pack."""
    path = PurePosixPath(name)
    if str(path.parent) == AREAS:
        return path.suffix == ".geojson"
    if str(path.parent) == GAZETTEER:
        return path.suffix == ".csv" and path.name.startswith(GAZETTEER_KINDS)
    return name in REQUIRED or name in OPTIONAL


def in_folder(files: Files, folder: str) -> tuple[str, ...]:
    """The names of the files in one folder of the pack."""
    return tuple(sorted(name for name in files if name.startswith(f"{folder}/")))


def of_kind(files: Files, kind: str) -> tuple[str, ...]:
    """The names of the gazetteer's files of one kind."""
    return tuple(name for name in in_folder(files, GAZETTEER) if name.startswith(f"{GAZETTEER}/{kind}"))


def digest(files: Files) -> str:
    """The hash of names and contents: it changes whenever the pack does."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode("utf-8", "surrogateescape"), content):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def _files_in(folder: Path) -> list[Path]:
    found = [path for pattern in ("*", "*/*") for path in folder.glob(pattern)]
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _contents(paths: Mapping[str, Path], faults: Faults) -> Files:
    contents = {}
    for name, path in paths.items():
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            faults.error(name, 0, f"this file cannot be opened ({error.strerror}); look at its permissions")
    return contents


def _warn_if_misspelt(name: str, found: Mapping[str, Path], faults: Faults) -> None:
    if is_read(name):
        return
    if name in (AREAS, GAZETTEER):
        faults.error(name, 0, "this is a file; it must be a folder with files in it")
    known = {*REQUIRED, *OPTIONAL, *(f"{GAZETTEER}/{kind}.csv" for kind in GAZETTEER_KINDS)}
    known |= {f"{AREAS}/{kind}.geojson" for kind in ("wards", "parishes", "divisions", "estates")}
    if near := nearest(name, known - found.keys(), LIKENESS):
        faults.warning(name, 0, f"this file is not read; did you mean '{near}'?")
