"""A closer look at every eighth picture: which rows there are, what they hold, and where there is nothing to see."""

from dataclasses import fields

import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from entirety.measure.grey import Shrinker
from entirety.measure.looks import Closer
from entirety.model.looks import LOOK, Looks
from entirety.read.cropping import WHOLE, Crop


def frame(height: int, width: int, form: str = "yuv420p", seed: int = 1) -> VideoFrame:
    """Noise around grey in any form of samples."""
    draw = np.random.default_rng(seed).normal(110, 4, (height, width, 1)).round().astype(np.uint8)
    return VideoFrame.from_ndarray(np.repeat(draw, 3, axis=2), format="rgb24").reformat(format=form)


def looked(frames: list[VideoFrame], crop: Crop = WHOLE) -> Looks:
    closer, shrinker = Closer(), Shrinker()
    for one in frames:
        closer.add(one, shrinker.shrink(one, crop), crop)
    return closer.columns()


def rows(looks: Looks, most: int) -> list[NDArray[np.generic]]:
    return [getattr(looks, field.name)[:most] for field in fields(looks)]


@pytest.mark.parametrize(("pictures", "count"), [(0, 0), (1, 1), (LOOK, 1), (LOOK + 1, 2), (63, 8), (64, 8), (65, 9)])
def test_the_first_and_every_eighth_picture_have_a_row(pictures: int, count: int) -> None:
    looks = looked([frame(90, 160)] * pictures)
    shapes = {field.name: getattr(looks, field.name).shape for field in fields(looks)}
    assert shapes == {
        "noise": (count,),
        "sharpness": (count,),
        "bars": (count, 4),
        "standing": (count, 144),
        "detail": (count, 144),
        "chroma": (count, 2),
    }
    kinds = {field.name: getattr(looks, field.name).dtype.name for field in fields(looks)}
    assert kinds == {
        "noise": "float32",
        "sharpness": "float32",
        "bars": "uint8",
        "standing": "uint8",
        "detail": "uint8",
        "chroma": "float32",
    }
    assert len(looks) == count


def test_rows_do_not_depend_on_what_follows() -> None:
    frames = [frame(180, 320, seed=number % 5) for number in range(33)]
    whole, part = looked(frames), looked(frames[:17])
    assert all(np.array_equal(a, b) for a, b in zip(rows(whole, 3), rows(part, 3), strict=True))


def test_every_eighth_picture_is_looked_at_and_no_other() -> None:
    flat, other = frame(180, 320).reformat(format="gray"), frame(180, 320, seed=2).reformat(format="gray")
    level = [float(looked([one]).noise[0]) for one in (flat, other)]
    assert level[0] != level[1]
    looks = looked([flat, *[other] * 7, flat, *[other] * 8])
    assert looks.noise.tolist() == [level[0], level[0], level[1]]


@pytest.mark.parametrize("form", ["yuv420p", "nv12", "gray", "yuv422p", "yuv444p"])
def test_noise_is_that_of_the_full_picture(form: str) -> None:
    # Noise of spread 4 in RGB is one of 4 x 219 / 255 in limited range.
    expected = 4 if form == "gray" else 3.44
    looks = looked([frame(360, 640, form)])
    assert looks.noise[0] == pytest.approx(expected, rel=0.2)
    assert 0.25 < looks.sharpness[0] < 1.1


@pytest.mark.parametrize("form", ["yuv420p10le", "p010le", "p210le", "yuv420p16le"])
def test_deeper_samples_are_measured_like_eight_bits(form: str) -> None:
    eight, ten = looked([frame(360, 640)]), looked([frame(360, 640, form)])
    assert ten.noise[0] == pytest.approx(float(eight.noise[0]), rel=0.1)
    assert ten.chroma[0] == pytest.approx(eight.chroma[0], abs=1)


@pytest.mark.parametrize("form", ["rgb24", "gbrp", "yuyv422", "yuv420p10be"])
def test_brightness_without_a_plane_of_its_own_gives_no_noise_but_all_else(form: str) -> None:
    looks = looked([frame(180, 320, form)])
    assert np.isnan([looks.noise[0], looks.sharpness[0]]).all()
    assert looks.chroma[0] == pytest.approx([128, 128], abs=1.5)


@pytest.mark.parametrize(("height", "width"), [(2, 2), (16, 16), (24, 10), (23, 640), (25, 79), (91, 161), (1, 1)])
def test_tiny_and_odd_pictures_have_a_row(height: int, width: int) -> None:
    looks = looked([frame(height, width, "yuv444p")] * 9)
    assert len(looks) == 2
    enough = height >= 24 and width >= 80
    assert np.isfinite(looks.noise).all() == enough
    assert np.isfinite(looks.chroma).all()


def test_a_black_picture_has_no_bars_no_noise_and_nothing_that_stands() -> None:
    black = VideoFrame.from_ndarray(
        np.vstack([np.full((180, 320), 16), np.full((90, 320), 128)]).astype(np.uint8), "yuv420p"
    )
    looks = looked([black] * 25)
    assert not looks.bars.any()
    assert not looks.noise.any()
    assert np.isnan(looks.sharpness).all()
    assert not looks.standing.any()
    assert not looks.detail.any()
    assert looks.chroma.tolist() == [[128, 128]] * 4


def test_only_what_the_container_shows_is_looked_at() -> None:
    samples = np.full((270, 320), 128, np.uint8)
    samples[:180] = np.random.default_rng(6).integers(0, 256, (180, 320))
    samples[40:140, 60:260] = 90
    one = VideoFrame.from_ndarray(samples, format="yuv420p")
    assert np.isnan(looked([one], Crop(64, 44, 64, 44, 2, 2)).sharpness[0])
    assert looked([one]).sharpness[0] > 0.5


def test_a_change_of_size_is_no_obstacle() -> None:
    looks = looked([frame(180, 320)] * 8 + [frame(90, 160)] * 8 + [frame(720, 1280)] * 8)
    assert np.isfinite(looks.noise).all()


def test_bars_and_chroma_are_those_of_the_small_picture() -> None:
    samples = np.full((270, 320), 128, np.uint8)
    samples[:180] = 16
    samples[20:160] = 100
    samples[180:225], samples[225:] = 90, 160
    looks = looked([VideoFrame.from_ndarray(samples, format="yuv420p")])
    assert looks.bars.tolist() == [[10, 10, 0, 0]]
    assert looks.chroma.tolist() == [[90, 160]]


def test_what_stands_is_counted_from_picture_to_picture() -> None:
    samples = np.full((270, 320), 128, np.uint8)
    samples[90:100, 160:170] = 250
    one = VideoFrame.from_ndarray(samples, format="yuv420p")
    looks = looked([one] * 17)
    assert looks.standing[:2].sum() == 0
    assert looks.standing[2].sum() > 0
