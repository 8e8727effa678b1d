"""Packs that are served together must not be in each other's way."""

from collections.abc import Mapping
from itertools import combinations

from casework.packs import Pack
from casework.places import Area, AreaKind
from config.faults import Faults
from config.ground import Ground, overlap, shape_of
from config.parts import span_of


def check_together(packs: Mapping[str, Pack], faults: Faults) -> None:
    """Say which packs, by their folders, share a code, a prefix or a place."""
    for (one, first), (other, second) in combinations(packs.items(), 2):
        for name in ("code", "prefix"):
            mine = getattr(first.authority, name)
            if mine == getattr(second.authority, name):
                faults.error(
                    f"{other}/authority.toml",
                    0,
                    f"the {name} '{mine}' is also that of {one}; change one of the two",
                )
        if names := _common_wards(first, second):
            faults.error(
                f"{other}/areas",
                0,
                f"the wards {names} overlap; of packs that are served together, each covers its own place",
            )


def _common_wards(first: Pack, second: Pack) -> str | None:
    """The names of the first two wards that overlap on the same day."""
    ground = Ground.around((*first.areas, *second.areas))
    theirs = [(ward, ground.flat(shape_of(ward))) for ward in _wards(second)]
    for ward in _wards(first):
        shape = ground.flat(shape_of(ward))
        for other, other_shape in theirs:
            if span_of(ward).common(span_of(other)) and overlap(shape, other_shape):
                return f"'{ward.name}' and '{other.name}'"
    return None


def _wards(pack: Pack) -> tuple[Area, ...]:
    return tuple(area for area in pack.areas if area.kind is AreaKind.WARD)
