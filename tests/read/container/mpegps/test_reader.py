"""Programme streams by hand, from ffmpeg and from the corpus."""

from pathlib import Path

import pytest

from entirety.model.container import Structure
from entirety.read.container.isobmff.source import Source
from entirety.read.container.mpegps import looks_like_mpegps
from read.container.covering import violations
from read.container.mpegps.builder import pack, pack1, pes, pes1, read, stream, system, unit
from read.films import film

END = b"\x00\x00\x01\xb9"


def events(structure: Structure) -> list[tuple[str, int, int, int]]:
    assert structure.transport is not None
    return [(one.kind, one.offset, one.ticks, one.lost) for one in structure.transport.events]


def test_a_steady_stream() -> None:
    data = stream(10, start=2_700_000) + END
    found = read(data)
    assert [(box.path, box.offset, box.size) for box in found.boxes] == [("packs", 0, len(data))]
    assert (found.leftovers, found.problems, events(found)) == ((), (), [])
    facts = dict(found.facts)
    assert facts["packs/count"] == "10"
    assert facts["system_header/rate_bound"] == "50000 bytes per second"
    assert facts["stream[0xe0]/packets"] == "10"
    assert facts["stream[0xe0]/first_pts"] == "18000 (0.200 s)"
    assert facts["stream[0xc0]/last_pts"] == f"{18_100 + 9 * 3_600} (0.561 s)"
    assert facts["program_end_code/count"] == "1"
    assert found.transport is not None
    (clock,) = found.transport.clocks
    assert (clock.first, clock.last, clock.usual) == (2_700_000, 2_700_000 + 9 * 1_080_000, 1_080_000)


def test_a_stream_of_mpeg_1() -> None:
    data = b"".join(pack1(27_000_000 + n * 900_000) + pes1(0xE0, 90_000 + n) for n in range(5))
    found = read(data)
    assert (found.leftovers, found.problems) == ((), ())
    assert dict(found.facts)["stream[0xe0]/last_pts"] == "90004 (1.000 s)"
    assert found.transport is not None
    assert found.transport.clocks[0].usual == 900_000


def test_the_clock_goes_back_where_files_are_joined() -> None:
    first = stream(10) + END
    found = read(first + stream(10) + END)
    assert events(found) == [("scr-jump", len(first), -9 * 1_080_000, 0)]
    assert found.problems == (
        f"At byte {len(first)}: the clock (SCR) goes back by 0.360 s.",
        f"At byte {len(first) - 4}: a code ends the programme, and {len(first)} bytes follow; such codes before the end: 1.",
    )


def test_the_clock_goes_far_on() -> None:
    first = stream(10)
    found = read(first + stream(10, start=100 * 1_080_000))
    assert events(found) == [("scr-jump", len(first), 91 * 1_080_000, 0)]


def test_bytes_between_packs_are_a_leftover() -> None:
    first = stream(3)
    data = first + b"junk" * 100 + stream(3, start=3 * 1_080_000)
    found = read(data)
    assert found.leftovers == ((len(first), len(first) + 400),)
    assert violations(found, len(data)) == []
    assert events(found) == [("sync-loss", len(first), 0, 400)]


def test_zeros_within_a_sector_are_filling_and_more_are_a_leftover() -> None:
    first, second = stream(3), stream(3, start=3 * 1_080_000)
    filled = read(first + bytes(20) + second)
    assert (filled.leftovers, len(filled.boxes)) == ((), 1)
    assert dict(filled.facts)["packs/zeros_between"] == "20 bytes"
    assert read(first + bytes(20)).leftovers == ()
    found = read(first + bytes(5_000) + second)
    assert found.leftovers == ((len(first), len(first) + 5_000),)


def test_a_cut_packet_states_what_it_lacks() -> None:
    data = stream(3)[:-7]
    (box,) = read(data).boxes
    assert (box.size, box.declared) == (len(data), len(data) + 7)
    last = len(stream(3)) - len(pes(0xC0, 0))
    assert read(data).problems == (f"At byte {last}: the last block lacks 7 bytes of what it states.",)


def test_video_without_a_length_reaches_to_the_next_block() -> None:
    open_ended = b"\x00\x00\x01\xe0\x00\x00\x81\x80\x05" + pes(0xE0, 77)[9:] + b"\x00\x00\x01\x09"
    data = pack(0) + open_ended + pack(1_080_000) + pes(0xC0, 5)
    found = read(data)
    assert found.leftovers == ()
    assert dict(found.facts)["stream[0xe0]/bytes"] == str(len(open_ended))
    assert "states no length" in found.problems[0]


def test_many_open_ended_packets_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that read the window anew for each packet would take the square of the time."""
    asked: list[int] = []
    whole = Source.read

    def counting(source: Source, offset: int, size: int) -> bytes:
        asked.append(min(size, source.length - offset))
        return whole(source, offset, size)

    monkeypatch.setattr(Source, "read", counting)
    picture = b"\x00\x00\x01\xe0\x00\x00\x81\x80\x05" + pes(0xE0, 77)[9:] + bytes(range(2, 200)) * 10
    data = b"".join(pack(n * 1_080_000) + picture for n in range(500))
    assert read(data).leftovers == ()
    assert sum(asked) < 2 * len(data)


def test_streams_named_by_a_map() -> None:
    body = b"\xe0\xff\x00\x00\x00\x04\x1b\xe0\x00\x00\x00\x00\x00\x00"
    facts = dict(read(pack(0) + system() + unit(0xBC, body) + pes(0xE0, 1)).facts)
    assert facts["program_stream_map/stream[0xe0]/stream_type"] == "0x1b (H.264)"


def test_what_is_taken_for_a_programme_stream() -> None:
    assert looks_like_mpegps(stream(1))
    assert looks_like_mpegps(pack1(0))
    assert looks_like_mpegps(pes(0xE0, 0) + pes(0xC0, 0))
    assert looks_like_mpegps(b"IMKH" + bytes(36) + stream(1))
    for head in (b"", bytes(64), b"\x00\x00\x01\xba" + bytes(30), b"\x00\x00\x01\xb3" + bytes(30), END + bytes(20)):
        assert not looks_like_mpegps(head)


@pytest.mark.parametrize("name", ["a.vob", "a.mpg"])
def test_real_films(tmp_path: Path, name: str) -> None:
    data = film(tmp_path / name, seconds=1, sound=True).read_bytes()
    found = read(data)
    assert looks_like_mpegps(data[:4096])
    assert (found.leftovers, found.problems, events(found)) == ((), (), [])
    joined = read(data + data)
    assert [one[:2] for one in events(joined)] == [("scr-jump", len(data))]


def test_a_real_recording(corpus: Path) -> None:
    data = (corpus / "processed" / "movie-hello.mpeg").read_bytes()
    found = read(data)
    assert (found.leftovers, found.problems, events(found)) == ((), (), [])
    assert dict(found.facts)["stream[0xe0]/packets"] == "384"
