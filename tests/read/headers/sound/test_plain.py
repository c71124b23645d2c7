from pathlib import Path

import numpy as np
import pytest

from entirety.read.headers.readers import SOUND
from entirety.read.headers.sound.blocks import SoundFormat
from entirety.read.headers.sound.plain import WIDTHS, pcm
from read.films import film
from read.headers.traced import stored


@pytest.mark.parametrize(
    ("codec", "channels", "size"), [("pcm_s16le", 2, 4), ("pcm_s24be", 6, 18), ("pcm_mulaw", 1, 1)]
)
def test_samples_follow_from_the_length(codec: str, channels: int, size: int) -> None:
    read = pcm(SoundFormat(codec, b"", channels)).read
    block = read(bytes(10 * size))
    assert block is not None
    assert (block.samples, block.rate) == (10, 0)
    assert read(b"") is None
    if size > 1:
        assert read(bytes(10 * size + 1)) is None


def test_every_width_has_a_reader() -> None:
    assert WIDTHS.keys() <= SOUND.keys()


def test_real_film(tmp_path: Path) -> None:
    read = stored(film(tmp_path / "clip.mov", seconds=1, sound=True, vcodec="libx264", acodec="pcm_s16le", ac=2))
    (found,) = read.sounds
    times = read.packets[found.stream].pts
    assert found.rate == 0
    assert np.array_equal(np.diff(times), found.samples[:-1])
