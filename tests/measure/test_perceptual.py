from collections.abc import Iterator
from pathlib import Path

import av
import imagehash
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from entirety.measure.grey import HEIGHT, WIDTH, Shrinker
from entirety.measure.perceptual import dhash, phash
from entirety.read.cropping import WHOLE

Greys = NDArray[np.uint8]


def assert_equal_to_imagehash(greys: Greys) -> None:
    pictures = [Image.fromarray(grey) for grey in greys]
    assert phash(greys).tolist() == [int(str(imagehash.phash(picture)), 16) for picture in pictures]
    assert dhash(greys).tolist() == [int(str(imagehash.dhash(picture)), 16) for picture in pictures]


def drawn(count: int) -> Iterator[Greys]:
    """Noise, flat and nearly flat pictures, ramps, steps, mirrored and sparse ones: where coefficients meet their median."""
    draw = np.random.default_rng(7)
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    yield draw.integers(0, 256, (count, HEIGHT, WIDTH), np.uint8)
    yield np.stack([np.full((HEIGHT, WIDTH), level, np.uint8) for level in range(256)])
    yield (128 + draw.integers(-1, 2, (count, HEIGHT, WIDTH))).astype(np.uint8)
    yield np.stack([((a * across + b * down + 16) % 256).astype(np.uint8) for a in range(8) for b in range(8)])
    yield np.stack([np.where(across < k, 20, 235).astype(np.uint8) for k in range(WIDTH)])
    yield np.stack([np.where(down < k, 235, 20).astype(np.uint8) for k in range(HEIGHT)])
    half = draw.integers(0, 256, (count, HEIGHT, WIDTH // 2), np.uint8)
    yield np.concatenate([half, half[:, :, ::-1]], axis=2)
    yield np.concatenate([half, 255 - half], axis=2)
    yield np.where(draw.random((count, HEIGHT, WIDTH)) < 0.0003, 255, 16).astype(np.uint8)
    yield (draw.integers(0, 2, (count, 9, 16), np.uint8) * 255).repeat(10, axis=1).repeat(10, axis=2)


def test_equals_imagehash_on_drawn_pictures() -> None:
    for greys in drawn(100):
        assert_equal_to_imagehash(greys)


@pytest.mark.slow
def test_equals_imagehash_on_forty_thousand_drawn_pictures() -> None:
    for greys in drawn(7_000):
        assert_equal_to_imagehash(greys)


def real(path: Path) -> Greys:
    shrinker = Shrinker()
    with av.open(path) as container:
        return np.stack([shrinker.shrink(frame, WHOLE).grey.copy() for frame in container.decode(video=0)])


def test_equals_imagehash_on_real_pictures(corpus: Path) -> None:
    assert_equal_to_imagehash(real(corpus / "device" / "video-avi.avi"))
    assert_equal_to_imagehash(real(corpus / "processed" / "gizmo.mp4"))


@pytest.mark.slow
def test_equals_imagehash_on_all_device_clips(corpus: Path) -> None:
    for clip in sorted((corpus / "device").iterdir()):
        assert_equal_to_imagehash(real(clip))


def test_the_same_picture_alone_or_in_company() -> None:
    greys = next(drawn(65))
    assert phash(greys)[64] == phash(greys[64:])[0]
    assert dhash(greys)[64] == dhash(greys[64:])[0]


def test_imagehash_is_not_needed_at_run_time() -> None:
    import subprocess
    import sys

    code = "import sys, entirety.measure.clip; print({'PIL', 'scipy', 'imagehash'} & set(sys.modules))"
    path = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONPATH": path}
    )
    assert done.stdout.strip() == "set()"
