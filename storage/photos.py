"""Photos: what a resident's file becomes before it is kept, and where it is kept.

A file is opened, decoded in full and drawn again. What is kept is the drawing, so nothing that was
hidden in the file, in front of it or behind it, comes along. Of the metadata only the place where
the photo was taken is read, and it is handed back beside the picture, never inside it.
"""

import hashlib
import io
import math
import os
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pillow_heif
from PIL import ExifTags, Image

from casework.errors import NotFound, PhotoRefused
from casework.places import Marker, Point

MAX_BYTES = 20 * 1024 * 1024
MAX_SIDE = 2048
MAX_PIXELS = 50_000_000
MAX_PIXELS_IN_STRIPS = 80_000_000
"""A baseline JPEG is decoded strip by strip and shrunk on the way; all else is held whole."""

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_STRIPS = {"JPEG", "MPO"}
_QUALITY = 85
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DAY = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})")
_NAME = re.compile(r"[0-9a-f]{64}")

pillow_heif.register_heif_opener()

_one_photo = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class ProcessedPhoto:
    """A photo that may be kept.

    ``jpeg`` has no metadata; ``sha256`` is its hash in hex; ``dhash`` a 64-bit difference hash
    (Krawetz, 2013): alike pictures differ in few bits; ``gps`` is where it was taken, if it said,
    and on which day.
    """

    jpeg: bytes
    width: int
    height: int
    gps: Marker | None
    sha256: str
    dhash: int


def process(data: bytes) -> ProcessedPhoto:
    """Draw a resident's file again as a plain JPEG of at most 2048 px.

    Raises PhotoRefused: ``photo.too_big`` over 20 MB, ``photo.bomb`` for more pixels than we hold
    in memory, ``photo.not_a_photo`` for whatever is not a whole JPEG, PNG, WebP or HEIC.
    """
    if len(data) > MAX_BYTES:
        raise PhotoRefused(key="photo.too_big", megabytes=MAX_BYTES // 1024**2)
    try:
        return _redraw(data)
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise PhotoRefused(key="photo.bomb") from error
    # Decoders raise nearly anything on hostile bytes: whatever does not decode is not kept.
    except Exception as error:
        raise PhotoRefused(key="photo.not_a_photo") from error


def process_alone(data: bytes) -> ProcessedPhoto:
    """The same, but only one at a time in this process: a large photo takes hundreds of megabytes."""
    with _one_photo:
        return process(data)


def _redraw(data: bytes) -> ProcessedPhoto:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        _refuse_bomb(image)
        if image.format in _STRIPS:
            # Not for HEIC, where it would decode the embedded thumbnail instead of the photo.
            image.draft(None, (MAX_SIDE, MAX_SIDE))
        image.load()
        orientation, gps = _told_by_camera(image)
        picture = _turned(_shrunk(_on_white(image)), orientation)
    jpeg = _encoded(picture)
    return ProcessedPhoto(
        jpeg=jpeg,
        width=picture.width,
        height=picture.height,
        gps=gps,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        dhash=difference_hash(picture),
    )


def _refuse_bomb(image: Image.Image) -> None:
    """Decide from the header alone, before a single pixel is decoded."""
    in_strips = image.format in _STRIPS and not image.info.get("progressive")
    if image.width * image.height > (MAX_PIXELS_IN_STRIPS if in_strips else MAX_PIXELS):
        raise PhotoRefused(key="photo.bomb")


def _on_white(image: Image.Image) -> Image.Image:
    """Any mode as RGB; what is transparent becomes white, as it looks on a page."""
    if image.mode.startswith("I"):
        # 16-bit grey: a plain conversion would clip it to white.
        return image.convert("I").point(lambda level: level / 256).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _shrunk(picture: Image.Image) -> Image.Image:
    scale = MAX_SIDE / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: Image.Image) -> bytes:
    # A new image carries no comment, profile or EXIF that the encoder could copy.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, progressive=True)
    return out.getvalue()


def difference_hash(picture: Image.Image) -> int:
    """64 bits, row by row: is each of 8 by 8 patches darker than its neighbour on the right?"""
    levels = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            left = row * 9 + column
            bits = bits << 1 | (levels[left] < levels[left + 1])
    return bits


def _told_by_camera(image: Image.Image) -> tuple[int, Marker | None]:
    """Orientation (EXIF 1 to 8) and place; a photo whose EXIF is broken is still a photo."""
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        point = read_gps(gps)
        taken = read_day(gps, exif.get_ifd(ExifTags.IFD.Exif))
    except Exception:
        return 1, None
    marker = Marker(point, read_error(gps), taken) if point else None
    return orientation if isinstance(orientation, int) else 1, marker


def read_day(gps: Mapping[int, object], taken: Mapping[int, object]) -> date | None:
    """The day of the satellites' clock, else the camera's; None where neither says one."""
    for told in (gps.get(ExifTags.GPS.GPSDateStamp), taken.get(ExifTags.Base.DateTimeOriginal)):
        text = told.decode("ascii", "replace") if isinstance(told, bytes) else str(told or "")
        if found := _DAY.match(text):
            with suppress(ValueError):
                return date(int(found[1]), int(found[2]), int(found[3]))
    return None


def read_error(gps: Mapping[int, object]) -> float:
    """How wide the camera says that its place may be off, metres; 0 where it does not say."""
    try:
        metres = float(gps[ExifTags.GPS.GPSHPositioningError])  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return metres if math.isfinite(metres) and metres > 0 else 0.0


def read_gps(tags: Mapping[int, object]) -> Point | None:
    """The point in an EXIF GPS directory; None where it is missing, impossible or 0, 0.

    A zero point is what cameras write that have no fix yet.
    """
    latitude = _degrees(tags, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "NS", 90)
    longitude = _degrees(tags, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "EW", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return Point(latitude, longitude)


def _degrees(
    tags: Mapping[int, object], value: int, reference: int, letters: str, limit: int
) -> float | None:
    letter = _letter(tags.get(reference))
    parts = tags.get(value)
    if not letter or letter not in letters or not isinstance(parts, Sequence) or len(parts) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    total = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(total) or min(degrees, minutes, seconds) < 0 or total > limit:
        return None
    return -total if letter == letters[1] else total


def _letter(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
    return text.strip("\0 ").upper()[:1]


class PhotoStore(Protocol):
    """Where photos are kept."""

    def put(self, photo: ProcessedPhoto) -> str:
        """Keep a photo and return its name; the same photo again has the same name."""

    def get(self, name: str) -> bytes:
        """The JPEG; raises NotFound."""

    def delete(self, name: str) -> None:
        """Forget a photo; nothing happens if it is gone already."""


class PhotoFolder:
    """Photos in a folder, named by their SHA-256, in two levels of sub-folders.

    Two reports with the same photo share one file: delete it when nobody needs it any more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, photo: ProcessedPhoto) -> str:
        """Keep a photo for good (it survives a power cut) and return its name."""
        path = self._path(photo.sha256)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(path, photo.jpeg)
            for folder in (path.parent, path.parent.parent, self._folder):
                _sync(folder)
        return photo.sha256

    def get(self, name: str) -> bytes:
        """The JPEG; raises NotFound for a name that is none or is not kept."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(f"no photo {name}", key="error.not_found") from error

    def delete(self, name: str) -> None:
        """Forget a photo; nothing happens if it is gone already. Raises NotFound for a bad name."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        # Names come from addresses too: only a hash may become a path.
        if not _NAME.fullmatch(name):
            raise NotFound("not the name of a photo", key="error.not_found")
        return self._folder / name[:2] / name[2:4] / f"{name}.jpg"


def _write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing: a crash leaves at most a temporary file that nobody reads."""
    descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
