import hashlib

import numpy as np
import pytest
from av.video.frame import VideoFrame

from entirety.measure.digest import digest
from entirety.read.cropping import WHOLE, Crop


def noise(width: int, height: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (height, width), np.uint8)


@pytest.mark.parametrize(("width", "height"), [(64, 32), (33, 17), (1, 1)])
def test_covers_the_samples_and_not_the_padding(width: int, height: int) -> None:
    samples = noise(width, height)
    sha256, size = digest(VideoFrame.from_ndarray(samples, format="gray"), WHOLE)
    assert size == width * height
    assert sha256 == hashlib.sha256(samples.tobytes()).digest()


def test_covers_only_the_part_shown() -> None:
    samples = noise(64, 32)
    sha256, size = digest(VideoFrame.from_ndarray(samples, format="gray"), Crop(3, 5, 7, 9))
    assert size == 54 * 18
    assert sha256 == hashlib.sha256(samples[5:23, 3:57].tobytes()).digest()


def test_every_sample_counts() -> None:
    samples = noise(33, 17)
    first, _ = digest(VideoFrame.from_ndarray(samples, format="gray"), WHOLE)
    samples[16, 32] ^= 1
    assert digest(VideoFrame.from_ndarray(samples, format="gray"), WHOLE)[0] != first


def test_planes_follow_each_other() -> None:
    samples = noise(64, 48)
    sha256, size = digest(VideoFrame.from_ndarray(samples, format="yuv420p"), WHOLE)
    assert size == 64 * 32 * 3 // 2
    assert sha256 == hashlib.sha256(samples.tobytes()).digest()
