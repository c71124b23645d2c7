"""First bytes of units: what is taken for one, and what is not."""

from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.units import GRAMMARS, H264Units, HevcUnits, Sort
from read.films import film

CODINGS = {"h264": "libx264", "hevc": "libx265"}


@pytest.mark.parametrize("codec", CODINGS)
def test_every_unit_of_a_film_is_told(codec: str, tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", seconds=1, vcodec=CODINGS[codec], g=10, bf=2)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        grammar = GRAMMARS[codec](bytes(stream.codec_context.extradata or b""))
        assert grammar.length_size == 4
        for packet in container.demux(stream):
            data, at, units = bytes(packet), 0, []
            while at < len(data):
                length = int.from_bytes(data[at : at + 4])
                units.append(grammar.look(data[at + 4 : at + 4 + 1024], length))
                at += 4 + length
            slices = [unit for unit in units if unit is not None and unit.sort is Sort.SLICE]
            assert None not in units
            assert [unit.first for unit in slices] == [True] + [False] * (len(slices) - 1) if data else True
            assert all(unit.key == packet.is_keyframe for unit in slices if unit.first)


def test_units_without_parameter_sets_are_no_slices() -> None:
    assert H264Units(b"\x01\x64\x00\x1f\xff\xe0\x00").look(b"\x65\x88\x84\x00\x33", 5) is None
    assert HevcUnits(bytes(23)).look(b"\x26\x01\xaf\x09\x40", 5) is None


@given(st.sampled_from(sorted(GRAMMARS)), st.binary(max_size=80), st.lists(st.binary(max_size=40), max_size=5))
def test_any_bytes_give_a_unit_or_none(codec: str, header: bytes, heads: list[bytes]) -> None:
    grammar = GRAMMARS[codec](header)
    for head in heads:
        grammar.look(head, len(head))
