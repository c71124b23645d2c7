import struct
from pathlib import Path

import pytest

from entirety.measure.clip import measure
from entirety.read.cropping import WHOLE, Crop
from entirety.report.framehash import framehash_lines
from read.films import framehash


def test_nothing_to_cut_leaves_the_picture() -> None:
    assert WHOLE.within(161, 123) == (0, 0, 161, 123)


def test_positions_and_sizes_keep_to_colour_samples() -> None:
    assert Crop(3, 5, 4, 6, chroma_x=2, chroma_y=2).within(100, 100) == (2, 4, 92, 88)
    assert Crop(3, 5, 4, 6).within(100, 100) == (3, 5, 93, 89)


def test_a_cropping_that_leaves_nothing_is_ignored() -> None:
    assert Crop(50, 0, 50, 0).within(100, 100) == (0, 0, 100, 100)


@pytest.mark.parametrize(
    "aperture",
    [
        (1308, 1, 980, 1, 0, 1, 0, 1),  # as the phone wrote it
        (1303, 1, 977, 1, -5, 1, 7, 1),  # halves of a picture element
        (2616, 2, 1961, 2, 1, 3, 0, 1),  # fractions
        (1000, 1, 500, 1, 400, 1, 0, 1),  # beyond the edge: ignored
        (1308, 0, 980, 1, 0, 1, 0, 1),  # nonsense: ignored
        (3, 1, 3, 1, 0, 1, 0, 1),  # almost nothing
    ],
)
def test_clean_apertures_are_those_of_ffmpeg(corpus: Path, tmp_path: Path, aperture: tuple[int, ...]) -> None:
    data = (corpus / "device" / "train.mov").read_bytes()
    place = data.index(b"clap", data.rindex(b"moov")) + 4
    clip = tmp_path / "clip.mov"
    clip.write_bytes(data[:place] + struct.pack(">8i", *aperture) + data[place + 32 :])
    assert list(framehash_lines(measure(clip))) == framehash(clip)
