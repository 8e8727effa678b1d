"""`streetcall dossier`: the files of one matter, whole by themselves."""

import json
from pathlib import Path

from casework.calls import Matter
from casework.cases import Report
from casework.clock import SystemClock
from casework.dossiers import complaint as record_of
from casework.errors import NotFound
from casework.minting import Mint
from casework.packs import Pack
from casework.references import find_references
from casework.stepping import Scene
from config.loading import load_packs
from config.settings import Settings
from storage.database import Database
from storage.photos import PhotoFolder
from storage.store import Store
from web.records import Records, create_records


def write_dossier(settings: Settings, typed: str, complaint: bool, into: Path) -> list[Path]:
    """Write the files and name them. Raises NotFound where nothing has the reference."""
    packs = {pack.code: pack for pack in load_packs(settings.packs)}
    database = Database(settings.database)
    try:
        store = Store(database)
        prefixes = [pack.authority.prefix for pack in packs.values()]
        reference = next(iter(find_references(typed, prefixes)), "")
        matter = store.calls.matter_by_reference(reference) if reference else None
        pack = packs.get(_jurisdiction(matter)) if matter else None
        if matter is None or pack is None:
            raise NotFound(f"nothing has the reference {typed}")
        records = create_records(store, PhotoFolder(settings.data_dir / "photos"), pack)
        into.mkdir(parents=True, exist_ok=True)
        write = _complaint if complaint else _dossier
        return write(records, matter, pack, reference, into)
    finally:
        database.close()


def _jurisdiction(matter: Matter) -> str:
    if matter.call:
        return matter.call.jurisdiction
    return matter.case.cluster.jurisdiction if matter.case else ""


def _dossier(records: Records, matter: Matter, pack: Pack, reference: str, into: Path) -> list[Path]:
    scene = Scene(pack, matter, "system", SystemClock().now(), Mint())
    return [_write(into / f"dossier-{reference}.html", records.dossier_page(scene))]


def _complaint(records: Records, matter: Matter, pack: Pack, reference: str, into: Path) -> list[Path]:
    now, report = SystemClock().now(), _report(matter, reference)
    history = records.store.cases.history(matter.case.cluster.id) if matter.case else ()
    data = record_of(pack, matter, report, history, now)
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    return [
        _write(into / f"record-{reference}.json", text + "\n"),
        _write(into / f"record-{reference}.html", records.record_page(matter, report, now)),
    ]


def _report(matter: Matter, reference: str) -> Report | None:
    """The report of that reference; of a call's, the first one that was told."""
    told = matter.case.reports if matter.case else ()
    return next((r for r in told if r.reference == reference), told[0] if told else None)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)  # Residents' own words are in it.
    return path
