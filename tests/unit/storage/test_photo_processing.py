"""What a resident's file becomes: a plain JPEG with nothing in it but the picture."""

import hashlib
import io
import random
import struct
import zlib
from collections.abc import Mapping
from datetime import date

import pytest
from PIL import ExifTags, Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from casework.errors import PhotoRefused
from casework.places import Point
from storage.photos import MAX_BYTES, MAX_PIXELS, difference_hash, process, read_day, read_error, read_gps

TAGS = ExifTags.GPS
CAMERA = "Snapomatic 3000"
OWNER = "Jo Resident"
BROKEN = ["JPEG", "PNG", "WEBP", "HEIF"]


def scene(size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    """A picture with something in it: red at the top left, noise elsewhere."""
    grain = random.Random(7).randbytes(40 * 30)
    picture = Image.frombytes("L", (40, 30), grain).resize(size).convert("RGB")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(255, 0, 0))
    return picture.convert(mode)


def exif(gps: Mapping[int, object] | None = None, orientation: int = 1) -> Image.Exif:
    """A camera's EXIF: its name, its owner, and where it was."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = CAMERA
    tags[ExifTags.Base.Artist] = OWNER
    tags[ExifTags.Base.Orientation] = orientation
    if gps is not None:
        tags[ExifTags.IFD.GPSInfo] = dict(gps)
    return tags


def gps_tags(
    latitude: tuple[float, ...] = (51.0, 27.0, 36.0), longitude: tuple[float, ...] = (0.0, 1.0, 12.0)
) -> dict[int, object]:
    """51.46 north, 0.02 west unless told otherwise."""
    return {
        TAGS.GPSLatitudeRef: "N",
        TAGS.GPSLatitude: latitude,
        TAGS.GPSLongitudeRef: "W",
        TAGS.GPSLongitude: longitude,
    }


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    """The kept file, decoded."""
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    return picture


def is_red(pixel: object) -> bool:
    """Red as JPEG keeps it."""
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return bool(red > 200 and green < 90 and blue < 90)


def refusal(data: bytes) -> str:
    """The message key of the refusal."""
    with pytest.raises(PhotoRefused) as refused:
        process(data)
    return refused.value.key


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_place_is_read_from_every_kind_of_photo(kind: str) -> None:
    photo = process(encoded(scene(), kind, exif=exif(gps_tags()).tobytes()))
    assert photo.gps is not None
    assert photo.gps.point.latitude == pytest.approx(51.46)
    assert photo.gps.point.longitude == pytest.approx(-0.02)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_but_the_picture_is_kept(kind: str) -> None:
    options: dict[str, object] = {"exif": exif(gps_tags()).tobytes(), "icc_profile": b"profile-of-jo" * 20}
    if kind == "JPEG":
        options |= {"comment": OWNER.encode(), "xmp": b"<x:xmpmeta>Jo Resident</x:xmpmeta>"}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Author", OWNER)
        options["pnginfo"] = notes
    data = encoded(scene(), kind, **options)
    assert CAMERA.encode() in data
    kept = process(data).jpeg
    for trace in (b"Exif", b"GPS", b"ICC", b"http", b"xmp", b"Photoshop", b"profile-of-jo", b"Jo", b"Snap"):
        assert trace not in kept
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(opened(kept).info)
    assert not opened(kept).getexif()


def test_the_result_is_a_jpeg_that_knows_its_size_and_hash() -> None:
    photo = process(encoded(scene()))
    assert opened(photo.jpeg).format == "JPEG"
    assert opened(photo.jpeg).size == (photo.width, photo.height) == (320, 240)
    assert photo.sha256 == hashlib.sha256(photo.jpeg).hexdigest()


def test_the_same_file_gives_the_same_photo() -> None:
    data = encoded(scene())
    assert process(data) == process(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_large_photo_is_shrunk_in_proportion(kind: str) -> None:
    photo = process(encoded(scene((4200, 2100)), kind))
    assert (photo.width, photo.height) == (2048, 1024)


def test_a_small_photo_keeps_its_size() -> None:
    assert process(encoded(scene((31, 17)))).width == 31


def test_a_hair_thin_photo_does_not_vanish() -> None:
    photo = process(encoded(scene((9000, 1)), "PNG"))
    assert (photo.width, photo.height) == (2048, 1)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, (5, 5)),
        (2, (-5, 5)),
        (3, (-5, -5)),
        (4, (5, -5)),
        (5, (5, 5)),
        (6, (-5, 5)),
        (7, (-5, -5)),
        (8, (5, -5)),
    ],
)
def test_a_photo_is_turned_as_it_was_held(orientation: int, corner: tuple[int, int]) -> None:
    photo = process(encoded(scene(), exif=exif(orientation=orientation)))
    assert (photo.width > photo.height) is (orientation < 5)
    x, y = corner[0] % photo.width, corner[1] % photo.height
    assert is_red(opened(photo.jpeg).getpixel((x, y)))


def test_an_impossible_orientation_is_passed_over() -> None:
    assert process(encoded(scene(), exif=exif(orientation=99))).width == 320


def test_a_print_shops_colours_become_rgb() -> None:
    kept = opened(process(encoded(scene(mode="CMYK"))).jpeg)
    assert kept.mode == "RGB"
    assert is_red(kept.getpixel((10, 10)))


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    grey = Image.new("I;16", (40, 40), 0x8000)
    pixel = opened(process(encoded(grey, "PNG")).jpeg).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] == pytest.approx(0x80, abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    assert process(encoded(scene(mode=mode), "PNG")).height == 240


def test_transparent_becomes_white() -> None:
    glass = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert opened(process(encoded(glass, "PNG")).jpeg).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
    assert is_red(opened(process(data).jpeg).getpixel((30, 20)))


def test_a_photo_with_a_second_picture_inside_is_read() -> None:
    data = encoded(scene(), "MPO", save_all=True, append_images=[scene((64, 48))])
    assert process(data).width == 320


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_photo_with_its_exif_destroyed_is_still_a_photo() -> None:
    whole = exif(gps_tags()).tobytes()
    broken = whole[:14] + bytes(255 - byte for byte in whole[14:])
    photo = process(encoded(scene(), exif=broken))
    assert photo.gps is None
    assert photo.width == 320


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((91, 0, 0), (0, 1, 12)),
        ((51, 27, 36), (181, 0, 0)),
        ((float("nan"), 0, 0), (0, 1, 12)),
        ((51, float("inf"), 0), (0, 1, 12)),
        ((-51, 27, 36), (0, 1, 12)),
        ((51, 27), (0, 1, 12)),
        (("fifty", "one", "north"), (0, 1, 12)),
        ((51, 27, None), (0, 1, 12)),
        (51.46, 0.02),
    ],
)
def test_an_impossible_place_is_no_place(latitude: object, longitude: object) -> None:
    tags = gps_tags() | {TAGS.GPSLatitude: latitude, TAGS.GPSLongitude: longitude}
    assert read_gps(tags) is None


def test_a_place_with_a_zero_denominator_is_no_place() -> None:
    tags = exif(gps_tags()).tobytes()
    # 51 is stored as 51/1: the only place in the file where these two numbers follow each other.
    for order in ("<", ">"):
        tags = tags.replace(struct.pack(f"{order}LL", 51, 1), struct.pack(f"{order}LL", 51, 0))
    assert process(encoded(scene(), exif=tags)).gps is None


@pytest.mark.parametrize("missing", list(gps_tags()))
def test_half_a_place_is_no_place(missing: int) -> None:
    tags = gps_tags()
    del tags[missing]
    assert read_gps(tags) is None


def test_south_and_east_have_their_signs() -> None:
    tags = gps_tags() | {TAGS.GPSLatitudeRef: b"S\0", TAGS.GPSLongitudeRef: "e"}
    point = read_gps(tags)
    assert point is not None
    assert point.latitude == pytest.approx(-51.46)
    assert point.longitude == pytest.approx(0.02)


def test_the_meridian_is_a_place() -> None:
    assert read_gps(gps_tags(longitude=(0, 0, 0))) == Point(51.46, 0.0)


def test_more_than_twenty_megabytes_is_too_big() -> None:
    assert refusal(encoded(scene()) + bytes(MAX_BYTES)) == "photo.too_big"


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_photo_cut_short_is_refused(kind: str, share: float) -> None:
    data = encoded(scene(), kind)
    assert refusal(data[: int(len(data) * share)]) == "photo.not_a_photo"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"the bins on Hazel Grove",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"<!doctype html><script>alert(1)</script>",
    ],
    ids=["nothing", "words", "jpeg-start", "png-start", "svg", "pdf", "html"],
)
def test_what_is_not_a_photo_is_refused(data: bytes) -> None:
    assert refusal(data) == "photo.not_a_photo"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "AVIF", "PDF", "EPS", "ICO"])
def test_other_formats_are_refused(kind: str) -> None:
    assert refusal(encoded(scene((64, 64)), kind)) == "photo.not_a_photo"


def test_what_hides_behind_a_photo_is_not_kept() -> None:
    script = b"<script>alert('owned')</script>PK\x03\x04"
    assert b"script" not in process(encoded(scene()) + script).jpeg


def png_of(width: int, height: int) -> bytes:
    """A tiny file whose header claims a size, with no pixels to speak of."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_100, 30_000, 200_000])
def test_a_decompression_bomb_is_refused_from_its_header(side: int) -> None:
    assert refusal(png_of(side, side)) == "photo.bomb"


def jpeg_claiming(size: tuple[int, int], *, progressive: bool) -> bytes:
    """A JPEG whose header claims another size than it has."""
    data = encoded(scene((16, 16)), progressive=progressive)
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", size[1], size[0]) + data[frame + 9 :]


def test_a_progressive_jpeg_has_less_room_because_it_is_held_whole() -> None:
    assert refusal(jpeg_claiming((8_000, 8_000), progressive=True)) == "photo.bomb"
    assert process(jpeg_claiming((8_000, 8_000), progressive=False)).width == 2048
    assert refusal(jpeg_claiming((9_000, 9_000), progressive=False)) == "photo.bomb"


def test_the_photo_of_a_48_megapixel_phone_fits() -> None:
    assert MAX_PIXELS >= 8064 * 6048


def test_the_message_says_how_big_a_photo_may_be() -> None:
    with pytest.raises(PhotoRefused) as refused:
        process(bytes(MAX_BYTES + 1))
    assert refused.value.parameters["megabytes"] == 20


def test_alike_photos_have_alike_hashes() -> None:
    original, again = process(encoded(scene())), process(encoded(scene((640, 480)), "WEBP", quality=60))
    other = process(encoded(scene().transpose(Image.Transpose.ROTATE_180)))
    assert (original.dhash ^ again.dhash).bit_count() <= 6
    assert (original.dhash ^ other.dhash).bit_count() >= 16


def test_the_difference_hash_reads_brightness_from_left_to_right() -> None:
    rising = Image.linear_gradient("L").rotate(90)
    falling = rising.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert {difference_hash(rising), difference_hash(falling)} == {0, 2**64 - 1}


@pytest.mark.parametrize(
    ("gps", "camera", "day"),
    [
        ({TAGS.GPSDateStamp: "2025:06:01"}, {}, date(2025, 6, 1)),
        ({TAGS.GPSDateStamp: b"2025:06:01\0"}, {}, date(2025, 6, 1)),
        ({}, {ExifTags.Base.DateTimeOriginal: "2024:12:31 23:59:58"}, date(2024, 12, 31)),
        (
            {TAGS.GPSDateStamp: "0000:00:00"},
            {ExifTags.Base.DateTimeOriginal: "2024:12:31"},
            date(2024, 12, 31),
        ),
        ({}, {}, None),
        ({TAGS.GPSDateStamp: object()}, {ExifTags.Base.DateTimeOriginal: 7}, None),
    ],
)
def test_a_photo_says_on_which_day_it_was_taken(
    gps: dict[int, object], camera: dict[int, object], day: date | None
) -> None:
    assert read_day(gps, camera) == day


@pytest.mark.parametrize(
    ("told", "metres"), [(12.5, 12.5), ("x", 0.0), (float("nan"), 0.0), (-3.0, 0.0), (None, 0.0)]
)
def test_a_photo_says_how_wide_its_place_is(told: object, metres: float) -> None:
    assert read_error({TAGS.GPSHPositioningError: told}) == metres
    assert read_error({}) == 0.0


def test_an_old_photo_is_known_to_be_old() -> None:
    tags = exif(gps_tags() | {TAGS.GPSDateStamp: "2025:06:01", TAGS.GPSHPositioningError: 30.0})
    marker = process(encoded(scene(), exif=tags.tobytes())).gps
    assert marker is not None
    assert (marker.taken, marker.accuracy_m) == (date(2025, 6, 1), 30.0)
