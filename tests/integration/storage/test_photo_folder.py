"""Photos in a folder: whole or not at all, and only by their own names."""

import io
import stat
from pathlib import Path

import pytest
from PIL import Image

from casework.errors import NotFound
from storage.photos import PhotoFolder, PhotoStore, ProcessedPhoto, process


def photo(colour: str = "red") -> ProcessedPhoto:
    """A small photo, processed."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(out, "PNG")
    return process(out.getvalue())


def files(folder: Path) -> list[Path]:
    """Every file below the folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_can_be_got(tmp_path: Path) -> None:
    store: PhotoStore = PhotoFolder(tmp_path / "photos")
    kept = photo()
    assert store.get(store.put(kept)) == kept.jpeg


def test_a_photo_is_named_by_its_hash_in_two_levels(tmp_path: Path) -> None:
    kept = photo()
    name = PhotoFolder(tmp_path).put(kept)
    assert name == kept.sha256
    assert files(tmp_path) == [tmp_path / name[:2] / name[2:4] / f"{name}.jpg"]


def test_the_same_photo_twice_is_one_file(tmp_path: Path) -> None:
    store = PhotoFolder(tmp_path)
    assert store.put(photo()) == store.put(photo())
    assert len(files(tmp_path)) == 1


def test_a_photo_outlives_the_process_that_put_it(tmp_path: Path) -> None:
    name = PhotoFolder(tmp_path).put(photo())
    assert PhotoFolder(tmp_path).get(name) == photo().jpeg


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    PhotoFolder(tmp_path / "photos").put(photo())
    (file,) = files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_deleted_photo_is_gone_and_deleting_again_is_harmless(tmp_path: Path) -> None:
    store = PhotoFolder(tmp_path)
    name = store.put(photo())
    store.delete(name)
    store.delete(name)
    with pytest.raises(NotFound):
        store.get(name)
    assert files(tmp_path) == []


def test_a_name_that_is_not_kept_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        PhotoFolder(tmp_path).get("0" * 64)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../secret",
        "/etc/passwd",
        "..",
        "a" * 63,
        "A" * 64,
        "0" * 64 + "\n",
        "0" * 62 + "/x",
        "0" * 64 + ".jpg",
    ],
)
def test_only_a_hash_is_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("not yours")
    store = PhotoFolder(tmp_path / "photos")
    with pytest.raises(NotFound):
        store.get(name)
    with pytest.raises(NotFound):
        store.delete(name)
    assert (tmp_path / "secret").exists()


def test_a_disc_that_fails_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    kept = photo()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        PhotoFolder(tmp_path).put(kept)
    assert files(tmp_path) == []
