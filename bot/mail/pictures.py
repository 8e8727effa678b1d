"""Photos made small enough for a mail."""

import io
from collections.abc import Iterable, Sequence

from PIL import Image

BUDGET = 7_000_000
"""Bytes of all photos of one mail: base64 and the words bring it to under 10 MB."""

_SIDES = (1600, 1024, 640)
_QUALITY = 80


def fit(jpegs: Sequence[bytes], budget: int = BUDGET) -> tuple[bytes, ...]:
    """As many of the photos as a mail can hold, as large as it can hold them, first ones first."""
    if _total(jpegs) <= budget:
        return tuple(jpegs)
    for side in _SIDES:
        jpegs = [_shrunk(jpeg, side) for jpeg in jpegs]
        if _total(jpegs) <= budget:
            break
    held = []
    for jpeg in jpegs:
        budget -= len(jpeg)
        if budget < 0:
            break
        held.append(jpeg)
    return tuple(held)


def _total(jpegs: Iterable[bytes]) -> int:
    return sum(len(jpeg) for jpeg in jpegs)


def _shrunk(jpeg: bytes, side: int) -> bytes:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        image.draft("RGB", (side, side))
        picture = image.convert("RGB")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, progressive=True)
    return min(out.getvalue(), jpeg, key=len)
