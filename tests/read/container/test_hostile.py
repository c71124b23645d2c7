"""Whatever the bytes, each reader of a container gives a structure that covers them."""

import io
from collections.abc import Callable
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.model.container import Structure
from entirety.read.container.annexb import read_h264, read_hevc
from entirety.read.container.asf import read_asf
from entirety.read.container.forms import READERS
from entirety.read.container.mpegps import read_mpegps
from entirety.read.container.mpegts import read_mpegts
from entirety.read.container.mxf import read_mxf
from read.container.asf.builder import asf
from read.container.covering import violations
from read.container.mpegps.builder import stream
from read.container.mpegts.builder import film
from read.container.mxf.builder import mxf

Read = Callable[[BinaryIO, int], Structure]
H264 = b"\x00\x00\x00\x01\x67\x64\x00\x0a" + b"\x00\x00\x01\x68\xee" + b"\x00\x00\x01\x65\x88\x80" * 3
SEEDS: dict[str, tuple[Read, bytes]] = {
    "mpegts": (read_mpegts, b"".join(film(8))),
    "mpegps": (read_mpegps, stream(6)),
    "asf": (read_asf, asf()),
    "mxf": (read_mxf, mxf()),
    "h264": (read_h264, H264),
    "hevc": (read_hevc, b"\x00\x00\x01\x40\x01\x0c\x00\x00\x01\x42\x01\x01" + b"\x00\x00\x01\x26\x01\xaf" * 3),
}
forms = pytest.mark.parametrize("form", SEEDS)


def check(form: str, data: bytes) -> None:
    found = SEEDS[form][0](io.BytesIO(data), len(data))
    assert found.form == form
    assert violations(found, len(data)) == []


@forms
@given(st.binary(max_size=3_000))
@settings(max_examples=60, deadline=None)
def test_random_bytes(form: str, data: bytes) -> None:
    check(form, data)
    check(form, SEEDS[form][1][:200] + data)


@forms
@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=8), st.integers(0, 2**16))
@settings(max_examples=120, deadline=None)
def test_changed_bytes(form: str, changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SEEDS[form][1])
    for place, value in changes:
        data[place % len(data)] = value
    check(form, bytes(data))
    check(form, bytes(data[: end % len(data)]))
    check(form, bytes(data[end % len(data) :] + data))


@forms
def test_every_truncation(form: str) -> None:
    data = SEEDS[form][1]
    for end in range(0, len(data), max(1, len(data) // 150)):
        check(form, data[:end])


@forms
def test_forms_are_not_mistaken(form: str) -> None:
    data = SEEDS[form][1]
    fits = [read for looks, read in READERS if looks(data[:4096])]
    assert fits == [SEEDS[form][0]]
