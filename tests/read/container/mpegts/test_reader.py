"""Transport streams by hand and from ffmpeg: what is counted, what breaks, and where."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from entirety.model.container import Structure
from entirety.read.container.mpegts import looks_like_mpegts
from read.container.covering import violations
from read.container.mpegts.builder import film, packet, pat, pes, pmt, read, sdt, table
from read.films import FFMPEG
from read.films import film as encode


def kinds(structure: Structure) -> dict[str, int]:
    assert structure.transport is not None
    return dict(structure.transport.counts)


def events(structure: Structure) -> list[tuple[str, int, int, int, int]]:
    assert structure.transport is not None
    return [(one.kind, one.offset, one.pid, one.ticks, one.lost) for one in structure.transport.events]


def test_a_steady_stream_has_no_events_and_one_block() -> None:
    data = b"".join(film())
    found = read(data)
    assert found.form == "mpegts"
    assert [(box.path, box.offset, box.size) for box in found.boxes] == [("packets", 0, len(data))]
    assert (found.leftovers, found.problems, events(found)) == ((), (), [])
    assert found.transport is not None
    (clock,) = found.transport.clocks
    assert (clock.pid, clock.count, clock.first, clock.usual) == (0x100, 20, 27_000_000, 1_080_000)
    assert found.transport.packet == 188


def test_what_the_tables_state() -> None:
    facts = dict(read(b"".join(film())).facts)
    assert facts["pat/program[1]"] == "PMT in PID 0x1000"
    assert facts["pmt[1]/stream[0x0100]/stream_type"] == "0x1b (H.264)"
    assert facts["pmt[1]/stream[0x0101]/language"] == "eng"
    assert facts["sdt/service[1]/provider_name"] == "Maker"
    assert facts["sdt/service[1]/service_name"] == "Channel"
    assert facts["pid[0x0100]/first_pts"] == "99000 (1.100 s)"
    assert facts["pid[0x0100]/last_pts"] == f"{99_000 + 19 * 3600} (1.860 s)"
    assert facts["pid[0x0101]/packets"] == "20"


def test_a_table_that_changes_is_stated_with_its_place() -> None:
    first = film()
    changed = [*first, table(0x1000, 1, pmt(1, 0x100, (0x24, 0x100, b"\x05\x04HEVC")))]
    facts = read(b"".join(changed)).facts
    assert ("pmt[1]/stream[0x0100]/stream_type", f"0x24 (HEVC) (from byte {188 * len(first)} on)") in facts
    assert ("pmt[1]/stream[0x0100]/registration", "HEVC") in facts


def test_a_table_with_a_wrong_checksum_is_not_believed() -> None:
    broken = bytearray(pat((1, 0x1000)))
    broken[9] ^= 1
    found = read(b"".join([table(0, 0, bytes(broken)), *film()[1:]]))
    assert "pat/program[1]" not in dict(found.facts)
    assert found.problems[0] == "At byte 0: a table in PID 0x0000 has a wrong checksum and is not read."


def test_a_table_over_two_packets() -> None:
    long = pmt(1, 0x100, *((0x1B, 0x200 + number, b"") for number in range(50)))
    assert len(long) > 184
    parts = [
        packet(0x1000, 0, b"\x00" + long[:183], starts=True),
        packet(0x1000, 1, long[183:].ljust(184, b"\xff")),
    ]
    facts = dict(read(b"".join([*film()[:1], *parts, *film()[3:]])).facts)
    assert facts["pmt[1]/stream[0x0231]/stream_type"] == "0x1b (H.264)"


def test_names_in_other_alphabets() -> None:
    names = {b"\x15\xc3\xa4": "ä", b"\x11\x00\xe4": "ä", b"\x05\xf0": "ğ", b"\x10\x00\x02\xb1": "ą", b"\xe4": "ä"}
    for raw, said in names.items():
        data = b"".join([table(0x11, 0, sdt(1, b"", raw)), *film()[:2], *film()[3:]])
        assert dict(read(data).facts)["sdt/service[1]/service_name"] == said


def test_the_date_of_the_broadcast() -> None:
    first = b"\x70\x70\x05" + (60_000).to_bytes(2) + b"\x12\x34\x56"
    last = b"\x70\x70\x05" + (60_000).to_bytes(2) + b"\x12\x40\x00"
    data = b"".join([*film(), table(0x14, 0, first), table(0x14, 1, last)])
    facts = dict(read(data).facts)
    assert facts["tdt/utc_time"] == "2023-02-25T12:34:56+00:00"
    assert facts["tdt/last_utc_time"] == "2023-02-25T12:40:00+00:00"


def test_lost_packets_break_the_counter() -> None:
    packets = film()
    del packets[11], packets[9]
    found = read(b"".join(packets))
    assert events(found) == [("continuity", 188 * 11, 0x100, 0, 2)]
    assert any("continuity counter of PID 0x0100 breaks here for the first time" in words for words in found.problems)


def test_a_packet_sent_twice_is_allowed_and_thrice_is_not() -> None:
    packets = film()
    twice = [*packets[:4], packets[3], *packets[4:]]
    found = read(b"".join(twice))
    assert (events(found), dict(found.facts)["pid[0x0100]/repeated_packets"]) == ([], "1")
    thrice = [*packets[:4], packets[3], packets[3], *packets[4:]]
    assert events(read(b"".join(thrice))) == [("continuity", 188 * 5, 0x100, 0, 0)]


def test_a_repetition_may_differ_in_its_clock_only() -> None:
    packets = film()
    again = packet(0x100, 0, pes(99_000), starts=True, pcr=27_000_500)
    assert events(read(b"".join([*packets[:4], again, *packets[4:]]))) == []
    other = packet(0x100, 0, pes(99_001), starts=True, pcr=27_000_500)
    assert events(read(b"".join([*packets[:4], other, *packets[4:]]))) == [("continuity", 188 * 4, 0x100, 0, 15)]


def test_packets_without_payload_do_not_count_on() -> None:
    packets = film()
    clock_only = packet(0x100, 0, pcr=27_000_900)
    assert events(read(b"".join([*packets[:4], clock_only, *packets[4:]]))) == []


def test_a_declared_discontinuity_is_no_break() -> None:
    packets = film(5)
    later = [packet(0x100, 9 + n, pes(1), starts=True, pcr=10**10 + n * 10**6, declared=n == 0) for n in range(5)]
    found = read(b"".join([*packets, *later]))
    assert events(found) == [
        ("declared-discontinuity", 188 * len(packets), 0x100, 10**10 - 27_000_000 - 4 * 1_080_000, 0)
    ]
    assert found.problems == ()


def test_the_clock_jumps_back_and_far_on() -> None:
    first, second = film(10), film(10, start=27_000_000 + 30 * 1_080_000)
    for joined, ticks in ((first + second[3:], 21 * 1_080_000), (second + first[3:], -39 * 1_080_000)):
        jumps = [one for one in events(read(b"".join(joined))) if one[0] == "pcr-jump"]
        assert jumps == [("pcr-jump", 188 * len(first), 0x100, ticks, 0)]


def test_a_slow_clock_is_a_habit_and_no_jump() -> None:
    slow = film(20, step=27_000_000 // 2)
    del slow[9:11]
    assert kinds(read(b"".join(slow))) == {"continuity": 2}


def test_the_clock_wraps_after_26_hours() -> None:
    assert events(read(b"".join(film(start=2**33 * 300 - 5 * 1_080_000)[:16]))) == []


def test_damaged_scrambled_and_filling_packets() -> None:
    packets = film()
    packets[5:5] = [packet(0x1FFF, 0, b"n" * 184), packet(0x1FFF, 0, b"m" * 184)]
    packets[9] = packets[9][:1] + bytes([packets[9][1] | 0x80]) + packets[9][2:]
    packets.append(packet(0x200, 0, b"x" * 184, scrambled=2))
    found = read(b"".join(packets))
    facts = dict(found.facts)
    assert facts["pid[0x0200]/scrambled"] == "1"
    assert facts["pid[0x1fff]/packets"] == "2"
    assert kinds(found) == {"error": 1, "continuity": 1}


def test_bytes_between_packets_are_a_leftover() -> None:
    packets = film()
    data = b"".join([*packets[:10], b"junk" * 10, *packets[10:]])
    found = read(data)
    assert found.leftovers == ((1880, 1920),)
    assert [box.path for box in found.boxes] == ["packets[1]", "packets[2]"]
    assert events(found) == [("sync-loss", 1880, -1, 0, 40)]
    assert found.problems == (
        "At byte 1880: 40 bytes are no packets; packets follow each other again from byte 1920 on.",
    )
    assert violations(found, len(data)) == []


def test_a_damaged_sync_byte_costs_one_packet() -> None:
    data = bytearray(b"".join(film()))
    data[188 * 20] = 0x46
    found = read(bytes(data))
    assert found.leftovers == ((188 * 20, 188 * 21),)


def test_a_cut_packet_and_zeros_at_the_end() -> None:
    data = b"".join(film())
    assert read(data[:-10]).leftovers == ((len(data) - 188, len(data) - 10),)
    assert read(data[:-10]).problems == (f"At byte {len(data) - 188}: the last 178 bytes are less than a packet.",)
    assert read(data + bytes(5_000)).leftovers == ((len(data), len(data) + 5_000),)


def test_a_stream_that_begins_within_a_packet() -> None:
    data = b"".join(film())[100:]
    assert looks_like_mpegts(data[:4096])
    assert read(data).leftovers == ((0, 88),)


@pytest.mark.parametrize(("before", "after"), [(4, 0), (0, 16)])
def test_packets_with_arrival_times_or_parity(before: int, after: int) -> None:
    data = b"".join(b"\x01" * before + one + b"\x02" * after for one in film())
    assert looks_like_mpegts(data[:4096])
    found = read(data)
    assert found.transport is not None
    assert found.transport.packet == 188 + before + after
    assert (found.leftovers, events(found)) == ((), [])


def test_what_is_no_transport_stream() -> None:
    for head in (b"", b"G" * 4096, bytes(4096), b"\x47\x40\x00\x10" + bytes(4092), b"".join(film())[: 188 * 3]):
        assert not looks_like_mpegts(head)


def test_real_films_and_their_ends_joined(tmp_path: Path) -> None:
    clip = encode(tmp_path / "a.ts", seconds=2, sound=True, vcodec="libx264")
    data = clip.read_bytes()
    found = read(data)
    assert (found.leftovers, found.problems, kinds(found)) == ((), (), {})
    assert dict(found.facts)["sdt/service[1]/provider_name"] == "FFmpeg"
    joined = read(data + data)
    assert kinds(joined)["pcr-jump"] == 1
    assert kinds(joined)["continuity"] > 0
    assert all(one[1] >= len(data) for one in events(joined))


def test_times_agree_with_another_reader(tmp_path: Path) -> None:
    """The library that decodes reads the same clip: first and last PTS of the pictures."""
    clip = encode(tmp_path / "a.ts", seconds=1, vcodec="libx264", bf=0)
    command = [FFMPEG, "-v", "error", "-copyts", "-i", str(clip), "-map", "0:v", "-c", "copy", "-f", "framemd5", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    times = [int(line.split(",")[2]) for line in done.stdout.splitlines() if not line.startswith("#")]
    assert all(first < second for first, second in pairwise(times))
    facts = dict(read(clip.read_bytes()).facts)
    said = [int(facts[f"pid[0x0100]/{name}"].split()[0]) for name in ("first_pts", "last_pts")]
    assert said == [times[0], times[-1]]


def test_events_are_bounded_and_counted() -> None:
    packets = film(2)
    packets += [packet(0x100, 3 * n, b"v" * 184) for n in range(5_000)]
    found = read(b"".join(packets))
    assert found.transport is not None
    assert len(found.transport.events) == 2_000
    assert kinds(found) == {"continuity": 5_000}
