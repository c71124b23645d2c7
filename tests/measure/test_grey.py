import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from entirety.measure.grey import Shrinker, is_full_range
from entirety.read.cropping import WHOLE, Crop


def test_each_sample_is_the_mean_of_its_area() -> None:
    samples = np.random.default_rng(5).integers(0, 256, (720 * 3 // 2, 1280), np.uint8)
    small = Shrinker().shrink(VideoFrame.from_ndarray(samples, format="yuv420p"), WHOLE)
    means = samples[:720].reshape(90, 8, 160, 8).mean(axis=(1, 3))
    assert small.grey.shape == (90, 160)
    assert [plane.shape for plane in small.colour] == [(45, 80), (45, 80)]
    assert np.abs(small.grey - means).max() <= 1


@pytest.mark.parametrize("name", ["yuv420p", "yuvj420p"])
@pytest.mark.parametrize("level", [0, 16, 128, 235, 255])
def test_brightness_stays_as_coded(name: str, level: int) -> None:
    frame = VideoFrame.from_ndarray(np.full((120, 160), level, np.uint8), format="yuv420p").reformat(format=name)
    value = Shrinker().shrink(frame, WHOLE).grey
    assert value.min() == value.max() == np.frombuffer(memoryview(frame.planes[0]), np.uint8)[0]


@pytest.mark.parametrize(
    ("colour", "grey"), [((0, 0, 0), 0), ((255, 255, 255), 255), ((0, 255, 0), 150), ((255, 0, 0), 76)]
)
def test_rgb_becomes_full_range(colour: tuple[int, int, int], grey: int) -> None:
    samples = np.tile(np.array(colour, np.uint8), (90, 160, 1))
    small = Shrinker().shrink(VideoFrame.from_ndarray(samples, format="rgb24"), WHOLE)
    assert abs(int(small.grey[45, 80]) - grey) <= 1


@pytest.mark.parametrize("name", ["yuv420p10le", "yuv422p10le", "yuv444p16le"])
def test_deeper_samples_keep_their_brightness(name: str) -> None:
    frame = VideoFrame.from_ndarray(np.full((270, 160), 100, np.uint8), format="yuv420p").reformat(format=name)
    assert abs(int(Shrinker().shrink(frame, WHOLE).grey[45, 80]) - 100) <= 1


def test_a_cropping_leaves_its_border_out() -> None:
    samples = np.full((1080 * 3 // 2, 1440), 200, np.uint8)
    samples[50:1030, 66:1374] = 90
    small = Shrinker().shrink(VideoFrame.from_ndarray(samples, format="yuv420p"), Crop(66, 50, 66, 50, 2, 2))
    assert small.grey.shape == (90, 160)
    assert np.abs(small.grey[2:-2, 2:-2].astype(int) - 90).max() <= 1


def test_an_absurd_cropping_measures_the_whole_picture() -> None:
    samples = np.full((1080 * 3 // 2, 1440), 200, np.uint8)
    small = Shrinker().shrink(VideoFrame.from_ndarray(samples, format="yuv420p"), Crop(719, 539, 718, 538, 1, 1))
    assert small.grey.shape == (90, 160)


def test_knows_which_formats_have_full_range() -> None:
    assert [is_full_range(name, ColorRange.MPEG) for name in ("yuv420p", "yuvj420p", "gray", "rgb24", "pal8")] == [
        False,
        True,
        True,
        True,
        True,
    ]
    assert is_full_range("yuv420p", ColorRange.JPEG)
