from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.av1 import Av1Reader
from entirety.read.headers.av1.obu import units
from entirety.read.headers.av1.sequence import read_sequence
from entirety.read.headers.h264.bits import Unreadable
from read.films import film
from read.headers.h264.writer import BitWriter
from read.headers.traced import stored, traced


def obu(kind: int, content: bytes) -> bytes:
    return bytes((kind << 3 | 2, len(content))) + content


def sequence(*, width: int = 320, timing: bool = False) -> bytes:
    """A sequence header of profile 0 with order hints of 7 bits, one operating point, and 25 pictures a second where told."""
    bits = BitWriter().u(3, 0).u(1, 0, 0)
    if timing:
        bits.u(1, 1).u(32, 1, 25).u(1, 1).ue(0).u(1, 0)
    else:
        bits.u(1, 0)
    bits.u(1, 0).u(5, 0).u(12, 0).u(5, 4)
    bits.u(4, 9, 9).u(10, width - 1, 239).u(1, 0).u(1, 0, 0, 0)  # sizes, no ids, superblocks of 64
    bits.u(4, 0).u(1, 1, 0, 1).u(1, 1, 1).u(3, 6)  # order hints, choice of screen content per picture
    bits.u(1, 0, 0, 0)  # superres, cdef, restoration
    bits.u(1, 0, 0, 0, 0).u(2, 0).u(1, 0)  # 8 bits, colour not described, limited range
    return bits.u(1, 0).u(1, 1).raw()  # no film grain; the bit that ends the unit


def key(hint: int, quantiser: int) -> bytes:
    bits = BitWriter().u(1, 0).u(2, 0).u(1, 1).u(1, 0).u(1, 0).u(1, 0).u(7, hint)
    bits.u(1, 0).u(1, 0)  # render size, disable_frame_end_update_cdf
    return bits.u(1, 1).u(1, 0, 0).u(8, quantiser).raw() + bytes(4)


def read(*packets: bytes, extradata: bytes = b"") -> Av1Reader:
    reader = Av1Reader(extradata)
    for packet in packets:
        reader.add(packet)
    return reader


def test_sequence_header() -> None:
    facts = dict(read_sequence(sequence(timing=True)).facts)
    assert (facts["width"], facts["height"], facts["OrderHintBits"], facts["time_scale"]) == (320, 240, 7, 25)
    assert (facts["seq_level_idx"], facts["BitDepth"], facts["film_grain_params_present"]) == (4, 8, 0)


def test_a_sequence_header_that_goes_on_is_damaged() -> None:
    with pytest.raises(Unreadable):
        read_sequence(sequence() + b"\x01")


def test_key_picture_and_shown_slot() -> None:
    shown = BitWriter().u(1, 1).u(3, 5).u(1, 1).raw()
    found = read(obu(1, sequence()) + obu(6, key(9, 120)), obu(3, shown)).columns()
    assert found.quantiser.tolist() == [120, 120]
    assert found.columns["order_hint"].tolist() == [9, 9]
    assert found.columns["show_existing_frame"].tolist() == [0, 1]
    assert found.entry.tolist() == [True, False]
    assert not len(found.unreadable)


def test_a_new_sequence_header_is_recorded_and_a_repeated_one_is_not() -> None:
    packets = [obu(1, sequence(width=width)) + obu(6, key(0, 50)) for width in (320, 320, 640)]
    found = read(*packets).columns()
    assert [(s.kind, s.packet) for s in found.parameter_sets] == [("sequence", 0), ("sequence", 2)]


def test_the_containers_header_is_read_first() -> None:
    found = read(obu(6, key(3, 44)), extradata=b"\x81\x04\x0c\x00" + obu(1, sequence())).columns()
    assert found.quantiser.tolist() == [44]
    assert [(s.kind, s.packet) for s in found.parameter_sets] == [("av1C", -1)]


def test_time_code_of_a_metadata_unit() -> None:
    code = BitWriter().u(8, 4).u(5, 0).u(1, 1, 0, 0).u(9, 7).u(6, 5, 2).u(5, 1).u(5, 0).u(1, 1).raw()
    start = obu(1, sequence(timing=True))
    (clock,) = read(start + obu(5, code) + obu(6, key(0, 50))).clocks(0)
    assert clock.source == "av1-time-code"
    assert clock.base == Fraction(1, 25)
    assert clock.stated.tolist() == [((1 * 60 + 2) * 60 + 5) * 25 + 7]
    assert clock.packet.tolist() == [0]


def test_units_add_up_or_say_so() -> None:
    assert units(obu(2, b"") + obu(1, b"ab"))[1]
    assert not units(b"\x0a\x50abc")[1]
    assert not units(b"\x80")[1]


@pytest.mark.parametrize(
    ("codec", "options"),
    [("libaom-av1", {"cpu-used": 8, "tiles": "2x1"}), ("libsvtav1", {"preset": 12}), ("librav1e", {"speed": 10})],
)
def test_real_film_as_ffmpeg_traces_it(tmp_path: Path, codec: str, options: dict[str, Any]) -> None:
    size = "600x140" if "tiles" in options else "162x122"
    clip = film(tmp_path / "clip.mp4", seconds=0.7, size=size, vcodec=codec, g=10, pix_fmt="yuv420p", **options)
    found = stored(clip).coded
    assert found is not None
    assert not len(found.unreadable)
    told = traced(clip, "show_existing_frame", "base_q_idx", "order_hint", "show_frame")
    assert found.columns["frames"].tolist() == [sum(name == "show_existing_frame" for name, _ in t) for t in told]
    compared = 0
    for row, fields in enumerate(told):
        # The last picture of a packet is the one that is shown; one that is merely shown again has no fields of its own.
        last = max(k for k, (name, _) in enumerate(fields) if name == "show_existing_frame")
        own = dict(fields[last:])
        if own["show_existing_frame"] == 0:
            assert int(found.quantiser[row]) == own["base_q_idx"]
            assert int(found.columns["order_hint"][row]) == own["order_hint"]
            compared += 1
    assert compared >= 5
    assert set(found.columns["width"].tolist()) == {int(size.split("x", maxsplit=1)[0])}


@given(st.binary(max_size=60), st.lists(st.binary(max_size=120), max_size=5))
def test_any_bytes_give_a_row(extradata: bytes, packets: list[bytes]) -> None:
    start = obu(1, sequence())
    forced = (
        [start + b"\x30" + p for p in packets] + [b"\x08" + p for p in packets] + [b"\x28\x04" + p for p in packets]
    )
    reader = read(*packets, *forced, extradata=b"\x81\x00\x00\x00" + extradata)
    assert len(reader.columns()) == 4 * len(packets)
    reader.clocks(0)
