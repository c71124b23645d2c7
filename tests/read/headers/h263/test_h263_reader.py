"""The headers of H.263: written by hand, and of real films held against what their encoder was told."""

from pathlib import Path

import numpy as np
import pytest

from entirety.model.headers import MISSING, CodedHeaders
from entirety.read.headers.h263.reader import H263Reader
from read.headers.h264.writer import BitWriter
from read.headers.mpeg_films import film, packets


def plain(reference: int, *, kind: int = 0, source: int = 2, quantiser: int = 10) -> bytes:
    bits = BitWriter().u(22, 0x20).u(8, reference).u(2, 2).u(3, 0, source).u(1, kind).u(4, 0).u(5, quantiser)
    return bits.u(8, 1, 2, 3).raw()


def extended(
    reference: int, *, kind: int = 0, clock: tuple[int, int] | None = None, full: int = 1, more: int = 0
) -> bytes:
    """180 x 140, with a clock of its own if given; `more` are the two high bits of the number."""
    bits = BitWriter().u(22, 0x20).u(8, reference).u(2, 2).u(3, 0, 7, full)
    if full:
        bits.u(3, 6).u(1, int(clock is not None)).u(10, 0).u(4, 8)
    bits.u(3, kind, 0, 1).u(1, 0)
    if full:
        bits.u(4, 1).u(9, 44).u(1, 1).u(9, 35)
        if clock:
            bits.u(1, clock[0]).u(7, clock[1])
    if clock:
        bits.u(2, more)
    return bits.u(5, 21).u(8, 1, 2, 3).raw()


def read(*rows: bytes) -> CodedHeaders:
    reader = H263Reader(b"")
    for row in rows:
        reader.add(row)
    assert reader.clocks(0) == ()
    return reader.columns()


def test_the_first_form() -> None:
    headers = read(plain(254), plain(1, kind=1, quantiser=31))
    assert headers.columns["temporal_reference"].tolist() == [254, 1]
    assert headers.columns["reference_size"].tolist() == [256, 256]
    assert (headers.kind.tolist(), headers.quantiser.tolist(), headers.entry.tolist()) == (
        [1, 2],
        [10, 31],
        [True, False],
    )
    (settings,) = headers.parameter_sets
    assert {"width": 176, "height": 144, "clock_divisor": 60}.items() <= dict(settings.facts).items()


def test_the_extended_form_and_a_clock_of_its_own() -> None:
    headers = read(extended(3), extended(9, clock=(0, 72), more=2), extended(10, clock=(0, 72), kind=1, full=0, more=3))
    assert headers.columns["temporal_reference"].tolist() == [3, 2 << 8 | 9, 3 << 8 | 10]
    assert headers.columns["clock_divisor"].tolist() == [60, 72, 72]
    assert headers.columns["reference_size"].tolist() == [256, 1024, 1024]
    assert (headers.kind.tolist(), headers.quantiser.tolist()) == ([1, 1, 2], [21, 21, 21])
    assert [
        (dict(kept.facts)["width"], dict(kept.facts)["height"], kept.packet) for kept in headers.parameter_sets
    ] == [(180, 140, 0), (180, 140, 1)]


def test_what_is_no_picture_is_unreadable() -> None:
    headers = read(b"", b"\x1a\x45\xdf\xa3 a file of another kind", plain(1)[:5], plain(5))
    assert headers.unreadable.tolist() == [1, 2]
    assert headers.columns["temporal_reference"].tolist() == [MISSING, MISSING, MISSING, 5]


@pytest.mark.parametrize(("codec", "size"), [("h263", (176, 144)), ("h263p", (180, 140))])
def test_real_films(codec: str, size: tuple[int, int], tmp_path: Path) -> None:
    shape = f"{size[0]}x{size[1]}"
    made = film(tmp_path / "film.avi", "-c:v", codec, "-g", "10", "-q:v", "6", rate="15", size=shape, seconds=3)
    headers = read(*packets(made)[1])
    assert headers.unreadable.tolist() == []
    assert set(headers.quantiser.tolist()) == {6}
    assert np.flatnonzero(headers.entry).tolist() == [0, 10, 20, 30, 40]
    facts = dict(headers.parameter_sets[0].facts)
    assert (facts["width"], facts["height"]) == size
    # 15 pictures a second are 1.998 ticks of the standard clock apart.
    assert set((np.diff(headers.columns["temporal_reference"]) % 256).tolist()) <= {1, 2}
