"""damaged-frames on packets: headers that could not be read, and transport packets that arrived damaged."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detect.clips import make_clip
from detect.expectations import found, status
from detect.films import encode
from entirety.detect.damaged_frames import CHECK
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.container import Structure, Transport, TransportEvent
from entirety.model.finding import Status, Weight
from entirety.model.headers import CodedHeaders


def transported(*events: TransportEvent, counts: tuple[tuple[str, int], ...]) -> Clip:
    structure = Structure("mpegts", (), (), (), (), Transport(188, events, counts, ()))
    return make_clip(movie=None, clip={"container": "mpegts", "structure": structure})


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip()) == []
    assert found(CHECK, transported(counts=())) == []


def test_headers_that_could_not_be_read_are_listed_and_neutral() -> None:
    (finding,) = found(CHECK, make_clip(headers={"unreadable": np.array([30, 31, 70])}))
    assert (finding.code, finding.weight) == ("unreadable-headers", Weight.NEUTRAL)
    assert "3 of 100, from frame 30 to frame 70" in str(finding.claim)
    assert len(finding.span.byte_ranges) == 2
    assert status(finding, "bad-copy") is Status.NOT_EXCLUDED
    assert status(finding, "decoder-limits") is Status.EXCLUDED


def test_innocent_decoder_limits_where_most_cannot_be_read() -> None:
    (finding,) = found(CHECK, make_clip(headers={"unreadable": np.arange(100)}))
    assert status(finding, "decoder-limits") is Status.NOT_EXCLUDED


def test_headers_of_other_codecs_count_alike() -> None:
    none = np.zeros(100, np.int16)
    coded = CodedHeaders("hevc", none.astype(np.int8), none > 0, none - 1, {}, (), (), np.array([40]))
    (finding,) = found(CHECK, replace(make_clip(headers=None), coded=coded))
    assert (finding.code, finding.span.first, finding.span.last) == ("unreadable-headers", 40, 40)


def test_an_empty_packet_has_no_header() -> None:
    size = np.where(np.arange(100) == 50, 0, 900).astype(np.int64)
    assert found(CHECK, make_clip(packets={"size": size}, headers={"unreadable": np.array([50])})) == []


def test_transport_packets_that_arrived_damaged() -> None:
    events = (TransportEvent(1880, 256, "error", 0, 0), TransportEvent(3760, -1, "sync-loss", 0, 40))
    clip = transported(*events, TransportEvent(99, 256, "continuity", 0, 1), counts=(("error", 3), ("sync-loss", 1)))
    (finding,) = found(CHECK, clip)
    assert (finding.code, finding.weight) == ("damaged-transport", Weight.NEUTRAL)
    assert "marked as damaged: 3; places where bytes follow that are no packets: 1" in str(finding.claim)
    assert finding.span.byte_ranges == ((1880, 2068),)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_real_films_are_read_in_full(tmp_path: Path, name: str) -> None:
    codes = [f.code for f in found(CHECK, measure(encode(tmp_path / name, seconds=2, bf=2)))]
    assert not {"unreadable-headers", "damaged-transport"} & set(codes)


def test_a_real_transport_stream_with_bytes_written_over(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.ts", seconds=2)
    data = bytearray(film.read_bytes())
    data[188 * 40 : 188 * 40 + 100] = bytes(100)
    data[188 * 60 + 1] |= 0x80
    film.write_bytes(data)
    findings = [f for f in measure_findings(film) if f[0] == "damaged-transport"]
    assert findings == [("damaged-transport", (188 * 40, 188 * 41))]


def measure_findings(film: Path) -> list[tuple[str, tuple[int, int]]]:
    """Codes and first byte ranges; complaints of the decoder have none."""
    return [(f.code, (f.span.byte_ranges or ((0, 0),))[0]) for f in run_check(CHECK, measure(film))[1]]
