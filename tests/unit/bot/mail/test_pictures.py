import io

from PIL import Image

from bot.mail.pictures import fit


def jpeg(side: int = 1800) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def test_photos_that_fit_are_left_as_they_are() -> None:
    photos = [b"one", b"two"]

    assert fit(photos, budget=10) == (b"one", b"two")


def test_photos_that_are_too_big_together_are_made_smaller() -> None:
    photos = [jpeg()] * 4
    budget = len(photos[0]) * 2

    fitted = fit(photos, budget)

    assert len(fitted) == 4
    assert sum(map(len, fitted)) <= budget
    assert Image.open(io.BytesIO(fitted[0])).size == (1024, 1024)


def test_what_still_does_not_fit_is_left_out_from_the_end() -> None:
    photos = [jpeg(700)] * 3
    budget = len(fit(photos[:1], budget=1_000_000)[0])

    assert 1 <= len(fit(photos, budget)) < 3
