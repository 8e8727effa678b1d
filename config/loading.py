"""From a pack's folder to the pack, or to everything that is wrong with it.

``load_pack`` reads one folder, ``load_packs`` those that are served together, ``check`` lists the
faults for the command line. ``parse_pack`` does the same from contents in memory.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from casework.errors import PackError
from casework.packs import Authority, Calendar, Charter, Fault, Pack
from config.calendars import bank_holidays
from config.checks import check_parts
from config.faults import Faults
from config.folders import Files, digest, read_files, say_what_is_missing
from config.parts import Parts
from config.reading import read_parts
from config.reasons import with_usual
from config.together import check_together


def check(folder: Path) -> list[Fault]:
    """Every fault of the pack in the folder, by file and line."""
    return list(load_pack(folder)[1])


def load_packs(folders: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs that are served together. PackError with all ``faults`` if there are errors."""
    packs: dict[str, Pack] = {}
    found: list[Fault] = []
    for folder in folders:
        pack, faults = load_pack(folder)
        found += [Fault(f"{folder}/{f.file}", f.line, f.message, f.error) for f in faults]
        if pack:
            packs[str(folder)] = pack
    together = Faults()
    check_together(packs, together)
    wrong = tuple(fault for fault in (*found, *together.all()) if fault.error)
    if wrong:
        raise PackError("\n".join(map(str, wrong)), faults=wrong)
    return tuple(packs.values())


def load_pack(folder: Path, today: date | None = None) -> tuple[Pack | None, tuple[Fault, ...]]:
    """The pack in the folder, None if it has errors, and all faults by file and line.

    ``today`` is the day on which somebody must be in office; without it, the day it is.
    """
    faults = Faults()
    files = read_files(folder, faults)
    if files is None:
        return None, faults.all()
    pack, found = parse_pack(files, today or datetime.now(UTC).date())
    every = Faults((*faults.all(), *found))
    return None if every.fatal() else pack, every.all()


def parse_pack(files: Files, today: date) -> tuple[Pack | None, tuple[Fault, ...]]:
    """The pack that the files hold, None if it has errors, and all faults by file and line."""
    faults = Faults()
    say_what_is_missing(files, faults)
    if not files:
        return None, faults.all()
    parts = read_parts(files, faults)
    check_parts(parts, today, faults)
    if faults.fatal() or parts.authority is None:
        return None, faults.all()
    return _pack(parts, parts.authority, digest(files)), faults.all()


def _pack(parts: Parts, authority: Authority, content: str) -> Pack:
    return Pack(
        authority=authority,
        areas=parts.areas.values,
        bodies=parts.bodies.values,
        categories=parts.categories.values,
        excluded=parts.excluded.values,
        emergencies=parts.emergencies.values,
        routes=parts.routes.values,
        charter=Charter(
            parts.standards.values,
            parts.signatories.values,
            parts.priorities,
            with_usual(parts.reasons.values),
        ),
        councillors=parts.councillors.values,
        staff=parts.staff.values,
        gazetteer=parts.gazetteer.source,
        calendar=Calendar(authority.time_zone, bank_holidays(authority.nation)),
        escalation=parts.escalation.value,
        digest=content,
    )
