"""Made-up photos."""

import io
import random

from PIL import Image


def photo(seed: int = 1, size: tuple[int, int] = (64, 48), kind: str = "JPEG") -> bytes:
    """A small picture that no other seed makes."""
    source = random.Random(seed)
    small = Image.frombytes("RGB", (8, 6), source.randbytes(8 * 6 * 3))
    out = io.BytesIO()
    small.resize(size).save(out, kind)
    return out.getvalue()
