from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.vpx import Vp9Reader
from entirety.read.headers.vpx.vp9 import superframe
from read.films import film
from read.headers.h264.writer import BitWriter
from read.headers.traced import stored, traced


def read(*packets: bytes) -> Vp9Reader:
    reader = Vp9Reader(b"")
    for packet in packets:
        reader.add(packet)
    return reader


def key(width: int = 320, *, show: int = 1, quantiser: int = 60) -> bytes:
    """A key picture of profile 0: marker, profile, type, sync code, colours, size, contexts, filter, quantiser."""
    bits = BitWriter().u(2, 2).u(1, 0, 0, 0, 0, show, 0).u(24, 0x498342).u(3, 1).u(1, 0)
    bits.u(16, width - 1, 239).u(1, 0).u(1, 1, 1).u(2, 0).u(6, 20).u(3, 0).u(1, 0).u(8, quantiser)
    return bits.raw() + bytes(4)


def existing(slot: int) -> bytes:
    return BitWriter().u(2, 2).u(1, 0, 0, 1).u(3, slot).raw()


def test_key_frame() -> None:
    found = read(key(), key(640)).columns()
    assert found.quantiser.tolist() == [60, 60]
    assert found.columns["width"].tolist() == [320, 640]
    assert found.columns["refresh_frame_flags"].tolist() == [255, 255]
    assert [(s.kind, s.packet, dict(s.facts)["color_space"]) for s in found.parameter_sets] == [
        ("key-frame", 0, 1),
        ("key-frame", 1, 1),
    ]


def test_a_shown_slot_has_size_and_quantiser_of_what_was_stored_there() -> None:
    found = read(key(quantiser=77), existing(3)).columns()
    assert found.columns["show_existing_frame"].tolist() == [0, 1]
    assert found.columns["references"].tolist() == [0, 8]
    assert found.quantiser.tolist() == [77, 77]
    assert not len(found.unreadable)


def test_superframe_holds_a_hidden_and_a_shown_picture() -> None:
    hidden, shown = key(show=0), existing(0)
    index = bytes((0xC9, len(hidden), 0, len(shown), 0, 0xC9))
    packet = hidden + shown + index
    assert superframe(packet) == [(0, len(hidden)), (len(hidden), len(hidden) + len(shown))]
    found = read(packet).columns()
    assert found.columns["frames"].tolist() == [2]
    assert found.columns["hidden"].tolist() == [1]
    # What the shown picture takes was put there by the packet itself.
    assert found.columns["references"].tolist() == [0]


@pytest.mark.parametrize("options", [{"error-resilient": 1}, {"auto-alt-ref": 1, "lag-in-frames": 10, "b:v": "200k"}])
def test_real_film_as_ffmpeg_traces_it(tmp_path: Path, options: dict[str, Any]) -> None:
    speed = {"deadline": "good", "cpu-used": 8, "g": 12, "pix_fmt": "yuv420p"}
    clip = film(tmp_path / "clip.mp4", seconds=1, vcodec="libvpx-vp9", **{**speed, **options})
    found = stored(clip).coded
    assert found is not None
    assert not len(found.unreadable)
    told = traced(clip, "base_q_idx", "show_existing_frame", "frame_type", "refresh_frame_flags")
    # ffmpeg traces each picture of a superframe within its packet.
    pictures = [sum(name == "show_existing_frame" for name, _ in fields) for fields in told]
    assert found.columns["frames"].tolist() == pictures
    single = [k for k, count in enumerate(pictures) if count == 1 and ("base_q_idx" in dict(told[k]))]
    assert [int(found.quantiser[k]) for k in single] == [dict(told[k])["base_q_idx"] for k in single]
    assert len(single) > 10
    assert found.entry.tolist() == [bool(fields) and dict(fields).get("frame_type", 1) == 0 for fields in told]


@given(st.lists(st.binary(max_size=80), max_size=5))
def test_any_bytes_give_a_row(packets: list[bytes]) -> None:
    forced = (
        [b"\x82\x49\x83\x42" + p for p in packets] + [b"\x86" + p for p in packets] + [p + b"\xc9" for p in packets]
    )
    assert len(read(*packets, *forced).columns()) == 4 * len(packets)
