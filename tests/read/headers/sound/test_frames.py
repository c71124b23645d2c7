from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.readers import SOUND
from entirety.read.headers.sound.blocks import SoundFormat
from entirety.read.headers.sound.frames import amr, dolby, mpeg_audio, opus
from read.films import film
from read.headers.traced import stored

FORMAT = SoundFormat("opus", b"", 2)


@pytest.mark.parametrize(
    ("toc", "samples"),
    [(0 << 3, 480), (3 << 3, 2880), (13 << 3, 960), (16 << 3, 120), (31 << 3, 960), (31 << 3 | 1, 1920)],
)
def test_opus_length_by_its_first_byte(toc: int, samples: int) -> None:
    block = opus(FORMAT).read(bytes((toc,)) + bytes(9))
    assert block is not None
    assert (block.samples, block.rate) == (samples, 48_000)


def test_opus_counts_the_blocks_of_code_3_up_to_120_ms() -> None:
    read = opus(FORMAT).read
    block = read(bytes((31 << 3 | 3, 6)))
    assert block is not None
    assert block.samples == 5_760
    assert read(bytes((31 << 3 | 3, 7))) is None
    assert read(bytes((31 << 3 | 3, 0))) is None
    assert read(b"") is None


def test_opus_head_is_its_setting() -> None:
    head = opus(SoundFormat("opus", b"OpusHead\x01\x02\x38\x01" + bytes(7), 2)).header
    assert head is not None
    assert dict(head.facts) == {"version": 1, "channels": 2, "pre_skip": 312}


def test_amr_counts_blocks_of_20_ms() -> None:
    narrow = amr(SoundFormat("amr_nb", b"", 1)).read(b"\x3c" + bytes(31) + b"\x44" + bytes(5) + b"\x7c")
    wide = amr(SoundFormat("amr_wb", b"", 1)).read(b"\x44" + bytes(60))
    assert narrow is not None
    assert wide is not None
    assert (narrow.samples, narrow.rate) == (480, 8_000)
    assert (wide.samples, wide.rate) == (320, 16_000)


def test_mp3_of_both_versions() -> None:
    high = mpeg_audio(FORMAT).read(b"\xff\xfb\x90\x64" + bytes(413))
    low = mpeg_audio(FORMAT).read(b"\xff\xf3\x40\xc4" + bytes(140))
    assert high is not None
    assert low is not None
    assert (high.samples, high.rate) == (1152, 44_100)
    assert (low.samples, low.rate) == (576, 22_050)
    assert mpeg_audio(FORMAT).read(b"\xff\xff\xff\xff") is None


def test_ac3_of_an_unknown_rate_is_not_read() -> None:
    assert dolby(FORMAT).read(b"\x0b\x77\x00\x00\xc0\x40\x40") is None


FILMS = [
    ("a.mp4", "libmp3lame", 44_100, 1152),
    ("a.ts", "mp2", 48_000, 1152),
    ("b.mkv", "libmp3lame", 22_050, 576),
    ("a.mkv", "libopus", 48_000, 960),
    ("b.ts", "libopus", 48_000, 960),
    ("c.ts", "ac3", 48_000, 1536),
    ("b.mp4", "eac3", 44_100, 1536),
]


@pytest.mark.parametrize(("name", "codec", "rate", "samples"), FILMS)
def test_real_film_steps_by_what_its_blocks_hold(
    tmp_path: Path, name: str, codec: str, rate: int, samples: int
) -> None:
    clip = film(tmp_path / name, seconds=1, sound=True, vcodec="libx264", acodec=codec, ar=rate)
    read = stored(clip)
    (found,) = read.sounds
    times = read.packets[found.stream].pts[:-1]
    base = {"mp4": rate, ".ts": 90_000, "mkv": 1000}[name[-3:]]
    assert set(found.samples.tolist()) == {samples}
    assert found.rate == rate
    assert np.abs(np.diff(times) - samples * base / rate).max() <= 1
    assert not len(found.unreadable)


@given(st.sampled_from(["ac3", "eac3", "mp3", "mp2", "opus", "amr_nb", "amr_wb", "pcm_s16le"]), st.binary(max_size=60))
def test_any_bytes_give_a_row(codec: str, packet: bytes) -> None:
    reader = SOUND[codec](SoundFormat(codec, packet, 2))
    for data in (
        packet,
        b"\x0b\x77" + packet,
        b"\xff\xfb" + packet,
        b"\xff\xf3" + packet,
        b"\x0b\x77\x00\x00\x00\x80" + packet,
    ):
        reader.add(data)
    assert len(reader.columns(0)) == 5
