from fractions import Fraction
from pathlib import Path

import numpy as np

from entirety.measure.sound import HOP, outline
from entirety.model.signature import BANDS
from entirety.read.sound import RATE, sound_blocks
from read.films import film


def heard(path: Path) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.float32), *(block.samples for block in sound_blocks(path))])


def test_sound_is_one_channel_at_one_rate(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mkv", sound=True, seconds=1, vcodec="mpeg4", acodec="pcm_s16le", ar=48000, ac=2)
    blocks = list(sound_blocks(path))
    samples = heard(path)
    assert blocks[0].first == 0
    assert [b.first for b in blocks[1:]] == [b.first + len(b.samples) for b in blocks[:-1]]
    assert abs(len(samples) - RATE) <= 32
    assert abs(int(np.abs(np.fft.rfft(samples[:RATE])).argmax()) - 440) <= 1


def test_a_file_without_sound_gives_none(tmp_path: Path) -> None:
    path = film(tmp_path / "mute.mp4", vcodec="libx264")
    assert list(sound_blocks(path)) == []
    assert outline(path) is None
    (tmp_path / "text.mp4").write_text("no film")
    assert list(sound_blocks(tmp_path / "text.mp4")) == []


def test_damaged_sound_ends_without_an_error_and_the_rest_keeps_its_place(tmp_path: Path) -> None:
    path = film(tmp_path / "good.mkv", sound=True, seconds=3, vcodec="mpeg4", acodec="libmp3lame")
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    (tmp_path / "bad.mkv").write_bytes(data)
    good, bad = outline(path), outline(tmp_path / "bad.mkv")
    assert good is not None
    assert bad is not None
    assert len(good) - 3 <= len(bad) <= len(good) + 3
    silent = bad.levels.max(axis=1) == 0
    assert silent.sum() > 10
    assert not silent[-25:-5].any()
    assert not silent[3:25].any()
    (tmp_path / "cut.mkv").write_bytes(path.read_bytes()[: len(data) // 2])
    cut = outline(tmp_path / "cut.mkv")
    assert cut is not None
    assert 25 < len(cut) < len(good)


def test_the_outline_shows_the_pitch_and_the_time(tmp_path: Path) -> None:
    path = film(
        tmp_path / "clip.mkv", sound=True, seconds=2, vcodec="mpeg4", acodec="pcm_s16le", af="volume=0:enable='lt(t,1)'"
    )
    drawn = outline(path)
    assert drawn is not None
    assert (HOP, drawn.start) == (320, Fraction(0))
    assert drawn.levels.shape == (100, BANDS)
    assert not drawn.levels[:49].any()
    # The generator's sine is an eighth of full loudness, 18 dB; its pitch is in the band from 380 to 495 Hz.
    assert set(drawn.levels[55:95].argmax(axis=1)) == {5}
    assert abs(int(drawn.levels[70].max()) - 2 * (90 - 18)) <= 4


def test_two_readings_agree(samples: Path) -> None:
    path = samples / "untouched-static.mp4"
    first, second = heard(path), heard(path)
    assert np.array_equal(first, second)
