from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.sound.aac import aac, adts, specific_config
from entirety.read.headers.sound.blocks import BlockReader, SoundFormat
from read.films import film
from read.headers.h264.writer import BitWriter
from read.headers.traced import stored


def frame(length: int = 20, *, rate: int = 3, channels: int = 2, blocks: int = 0) -> bytes:
    """An ADTS header of AAC-LC with so many bytes behind it."""
    bits = BitWriter().u(12, 0xFFF).u(1, 0).u(2, 0).u(1, 1).u(2, 1).u(4, rate).u(1, 0).u(3, channels).u(4, 0)
    return bits.u(13, 7 + length).u(11, 0x7FF).u(2, blocks).raw() + bytes(length)


def config(kind: int, rate: int, *more: tuple[int, int], channels: int = 2) -> bytes:
    bits = BitWriter().u(5, kind).u(4, rate).u(4, channels)
    for width, value in more:
        bits.u(width, value)
    return bits.raw()


def test_block_of_1024_samples() -> None:
    block = specific_config(config(2, 3, (3, 0)))
    assert (block.samples, block.rate) == (1024, 48_000)


def test_short_block_of_960_samples() -> None:
    assert specific_config(config(2, 3, (1, 1), (2, 0))).samples == 960


def test_stated_rate_where_the_table_has_none() -> None:
    block = specific_config(BitWriter().u(5, 2).u(4, 15).u(24, 10_000).u(4, 1).u(3, 0).raw())
    assert (block.samples, block.rate) == (1024, 10_000)


def test_sbr_plays_twice_the_samples_at_twice_the_rate() -> None:
    explicit = specific_config(config(5, 6, (4, 3), (5, 2), (3, 0)))
    noted = specific_config(config(2, 6, (3, 0), (11, 0x2B7), (5, 5), (1, 1), (4, 3)))
    assert (explicit.samples, explicit.rate) == (noted.samples, noted.rate) == (2048, 48_000)


def test_kinds_of_varying_length_are_not_read() -> None:
    with pytest.raises(Unreadable):
        specific_config(BitWriter().u(5, 31).u(6, 42 - 32).u(4, 3).u(4, 2).u(16, 0).raw())


def test_adts_counts_every_block_of_a_packet() -> None:
    block = adts(frame() + frame(3, blocks=1))
    assert block is not None
    assert (block.samples, block.rate) == (3 * 1024, 48_000)
    assert adts(b"\xff\xf1 no header") is None


def test_adts_settings_are_recorded_where_they_change() -> None:
    reader = BlockReader(SoundFormat("aac", b"", 2), aac)
    for packet in (frame(), frame(9), frame(channels=1), frame(rate=4)):
        reader.add(packet)
    found = reader.columns(1)
    assert [s.packet for s in found.parameter_sets] == [0, 2, 3]
    # Samples of another rate than the first do not count in the same column.
    assert found.samples.tolist() == [1024, 1024, 1024, -1]
    assert found.rate == 48_000


@pytest.mark.parametrize("name", ["clip.mp4", "clip.ts", "clip.mkv"])
def test_real_film_steps_by_what_its_blocks_hold(tmp_path: Path, name: str) -> None:
    clip = film(tmp_path / name, seconds=1, sound=True, vcodec="libx264", acodec="aac", ar=44_100)
    read = stored(clip)
    (found,) = read.sounds
    times = read.packets[found.stream].pts
    base = {"clip.mp4": 44_100, "clip.ts": 90_000, "clip.mkv": 1000}[name]
    assert set(found.samples.tolist()) == {1024}
    assert found.rate == 44_100
    assert np.abs(np.diff(times) - 1024 * base / 44_100).max() < 1
    assert not len(found.unreadable)


@given(st.binary(max_size=40), st.lists(st.binary(max_size=60), max_size=4))
def test_any_bytes_give_a_row(extradata: bytes, packets: list[bytes]) -> None:
    for header in (b"", extradata, config(2, 3, (3, 0))):
        reader = BlockReader(SoundFormat("aac", header, 2), aac)
        reader.configure(extradata)
        for packet in packets:
            reader.add(packet)
            reader.add(b"\xff\xf1" + packet)
        assert len(reader.columns(0)) == 2 * len(packets)
