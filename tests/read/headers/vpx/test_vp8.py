from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.vpx import Vp8Reader
from read.films import film
from read.headers.traced import stored, traced


def read(*packets: bytes) -> Vp8Reader:
    reader = Vp8Reader(b"")
    for packet in packets:
        reader.add(packet)
    return reader


def test_key_frame_states_size_and_scale() -> None:
    key = (
        bytes((0x10 | 2 << 1, 0, 0))
        + b"\x9d\x01\x2a"
        + (320 | 1 << 14).to_bytes(2, "little")
        + (240).to_bytes(2, "little")
    )
    found = read(key + bytes(60)).columns()
    (only,) = found.parameter_sets
    facts = dict(only.facts)
    assert (facts["width"], facts["height"], facts["horizontal_scale"], facts["version"]) == (320, 240, 1, 2)
    assert found.entry.tolist() == [True]
    assert not len(found.unreadable)


def test_no_start_code_is_unreadable_and_an_empty_packet_is_none() -> None:
    found = read(b"\x10\x00\x00no key frame", b"").columns()
    assert found.unreadable.tolist() == [0]
    assert found.kind.tolist() == [1, 0]


@pytest.mark.parametrize("options", [{"slices": 4, "error-resilient": 1}, {"auto-alt-ref": 1, "lag-in-frames": 16}])
def test_real_film_as_ffmpeg_traces_it(tmp_path: Path, options: dict[str, Any]) -> None:
    clip = film(
        tmp_path / "clip.mkv", seconds=1, vcodec="libvpx", g=10, deadline="realtime", pix_fmt="yuv420p", **options
    )
    found = stored(clip).coded
    assert found is not None
    told = [
        dict(fields) for fields in traced(clip, "base_qindex", "frame_type", "log2_nbr_of_dct_partitions", "show_frame")
    ]
    assert found.quantiser.tolist() == [t["base_qindex"] for t in told]
    assert found.entry.tolist() == [not t["frame_type"] for t in told]
    assert found.columns["show_frame"].tolist() == [t["show_frame"] for t in told]
    assert set(found.columns["log2_nbr_of_dct_partitions"].tolist()) == ({2} if "slices" in options else {0})


@given(st.lists(st.binary(max_size=80), max_size=5))
def test_any_bytes_give_a_row(packets: list[bytes]) -> None:
    forced = [b"\x10\x00\x00\x9d\x01\x2a" + p for p in packets] + [b"\x11" + p for p in packets]
    assert len(read(*packets, *forced).columns()) == 3 * len(packets)
