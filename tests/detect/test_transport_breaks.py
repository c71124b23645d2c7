"""timestamp-gap on the packets of a transport stream: counters and clock."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from detect.films import copy, encode
from entirety.detect.timestamp_gap import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.container import Structure, Transport, TransportClock, TransportEvent
from entirety.model.finding import Finding, Status, Weight

USUAL = 2_160_000
CODES = ("counters-restart", "clock-reference", "packets-lost")


def skips(clip: Clip, row: int, *pids: int) -> list[TransportEvent]:
    """The counters of these streams break just before packet `row` of the video."""
    offset = int(clip.packets.position[row]) - 188 * len(pids)
    return [TransportEvent(offset + 188 * k, pid, "continuity", 0, 7) for k, pid in enumerate(pids)]


def leap(clip: Clip, row: int, seconds: float, kind: str = "pcr-jump") -> TransportEvent:
    return TransportEvent(int(clip.packets.position[row]) - 1, 256, kind, int(27_000_000 * seconds), 0)


def sent(clip: Clip, *events: TransportEvent) -> Clip:
    transport = Transport(
        188, tuple(sorted(events, key=lambda e: e.offset)), (), (TransportClock(256, 99, 0, 0, USUAL),)
    )
    return replace(clip, container="mpegts", structure=Structure("mpegts", (), (), (), (), transport))


def steady(**changes: Any) -> Clip:
    return make_clip(300, movie=None, **changes)


def ours(clip: Clip) -> list[Finding]:
    return [finding for finding in found(CHECK, clip) if finding.code in CODES]


def test_steady_is_silent() -> None:
    assert found(CHECK, sent(steady())) == []


def test_counters_that_start_anew_at_one_place_are_strong_where_every_picture_is_there() -> None:
    clip = steady()
    (finding,) = ours(sent(clip, *skips(clip, 150, 0, 17, 256), *skips(clip, 160, 257)))
    assert (finding.code, finding.weight) == ("counters-restart", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (149, 150)
    assert finding.span.byte_ranges[0][0] == int(clip.packets.position[150]) - 3 * 188
    assert [m.value for m in finding.measured] == [4, "0, 17, 256, 257", 0.0, 1]
    assert "begins: in 4 of them, once in each. No picture beside this place is damaged" in str(finding.claim)
    assert status(finding, "dropped-frames") is Status.EXCLUDED
    assert status(finding, "motion-triggered-recorder") is Status.EXCLUDED


def test_tables_and_sound_are_lost_in_one_datagram() -> None:
    """Without the stream that carries the clock, the main video as a rule, no other stream begins here."""
    clip = steady()
    events = [replace(event, lost=1) for event in skips(clip, 150, 0, 4096, 257)]
    (finding,) = ours(sent(clip, *events))
    assert (finding.code, finding.weight) == ("packets-lost", Weight.NEUTRAL)
    (finding,) = ours(sent(clip, *skips(clip, 150, 0, 4096, 257)))
    assert finding.code == "counters-restart"


def test_where_the_clock_steps_too_a_loss_explains_it() -> None:
    times = np.arange(300) * TICKS + (np.arange(300) >= 150) * 60 * TICKS
    clip = steady(packets={"pts": times, "dts": times}, pts=times)
    (finding,) = ours(sent(clip, *skips(clip, 150, 0, 256, 257), leap(clip, 150, 2.5)))
    assert (finding.code, finding.weight) == ("counters-restart", Weight.SUPPORTING)
    assert (finding.measured[2].value, finding.measured[2].unit) == (2.42, "s")
    for slug in ("dropped-frames", "motion-triggered-recorder", "recorder-reconnect"):
        assert status(finding, slug) is Status.NOT_EXCLUDED


def test_innocent_recorder_reconnect_stays_open() -> None:
    clip = steady()
    (finding,) = ours(sent(clip, *skips(clip, 150, 0, 256, 257)))
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED


def test_innocent_dropped_frames_lost_packets_of_one_stream() -> None:
    clip = steady()
    (finding,) = ours(sent(clip, *skips(clip, 150, 256), *skips(clip, 230, 257)))
    assert (finding.code, finding.weight) == ("packets-lost", Weight.NEUTRAL)
    assert finding.measured[3].value == 2


def test_innocent_dropped_frames_damage_the_picture() -> None:
    clip = steady(corrupt=np.arange(300) == 149)
    (finding,) = ours(sent(clip, *skips(clip, 150, 0, 256, 257)))
    assert (finding.weight, status(finding, "dropped-frames")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)
    assert "Pictures beside this place are damaged" in str(finding.claim)


def test_innocent_dropped_frames_break_one_counter_again_and_again() -> None:
    clip = steady()
    events = [event for row in (150, 153, 156) for event in skips(clip, row, 256, 257)]
    (finding,) = ours(sent(clip, *events))
    assert (finding.code, finding.weight) == ("packets-lost", Weight.NEUTRAL)


def test_innocent_dropped_frames_throughout_the_file() -> None:
    clip = steady()
    lost = [event for row in (40, 80, 120, 200, 240) for event in skips(clip, row, 256)]
    findings = ours(sent(clip, *lost, *skips(clip, 160, 0, 17, 256)))
    assert [(f.code, f.weight) for f in findings] == [
        ("counters-restart", Weight.NEUTRAL),
        ("packets-lost", Weight.NEUTRAL),
    ]


def test_innocent_start_up_loses_packets() -> None:
    clip = steady()
    (finding,) = ours(sent(clip, *skips(clip, 5, 0, 256, 257)))
    assert (finding.weight, status(finding, "start-up")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)


@pytest.mark.parametrize("kind", ["pcr-jump", "declared-discontinuity"])
def test_a_clock_that_steps_while_the_pictures_go_on(kind: str) -> None:
    clip = steady()
    (finding,) = ours(sent(clip, leap(clip, 150, -3, kind)))
    assert (finding.code, finding.weight) == ("clock-reference", Weight.SUPPORTING)
    assert "steps by -3.08 s" in str(finding.claim)


def test_a_clock_that_steps_with_the_pictures_is_one_fact() -> None:
    times = np.arange(300) * TICKS + (np.arange(300) >= 150) * 60 * TICKS
    clip = steady(packets={"pts": times, "dts": times}, pts=times)
    assert [(f.code, f.weight) for f in found(CHECK, sent(clip, leap(clip, 150, 2.5)))] == [
        ("gap", Weight.STRONG),
        ("clock-reference", Weight.NEUTRAL),
    ]


def test_a_clock_that_steps_often_is_a_habit() -> None:
    clip = steady()
    findings = ours(sent(clip, *(leap(clip, row, 1) for row in (40, 90, 140, 190, 240))))
    assert [(f.code, f.weight, f.measured[3].value) for f in findings] == [("clock-reference", Weight.NEUTRAL, 5)]


def test_programme_streams_have_no_counters() -> None:
    clip = sent(steady())
    assert clip.structure is not None
    scr = Transport(0, (TransportEvent(9_000, -1, "scr-jump", 5, 0),), (), ())
    assert found(CHECK, replace(clip, structure=replace(clip.structure, transport=scr))) == []


@pytest.mark.parametrize("codec", ["libx264", "mpeg2video"])
def test_real_transport_streams_joined_byte_by_byte(tmp_path: Path, codec: str) -> None:
    film = encode(tmp_path / "film.ts", seconds=6, sound=True, vcodec=codec, g=25, sc_threshold=0)
    copy(film, tmp_path / "part%d.ts", format="segment", segment_frames="50,75,100", map=0)
    for kept, weight in (("12", Weight.STRONG), ("02", Weight.SUPPORTING)):
        joined = tmp_path / f"joined{kept}.ts"
        joined.write_bytes(b"".join((tmp_path / f"part{k}.ts").read_bytes() for k in kept))
        at = {"12": 25, "02": 50}[kept]
        (finding,) = ours(measure(joined))
        assert (finding.code, finding.weight) == ("counters-restart", weight)
        assert abs(finding.span.last - at) <= 1
    assert found(CHECK, measure(film)) == []


def test_real_transport_stream_with_lost_packets(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.ts", seconds=4, sound=True)
    data = film.read_bytes()
    packets = [data[at : at + 188] for at in range(0, len(data), 188)]
    film.write_bytes(b"".join(packet for k, packet in enumerate(packets) if k % 97))
    assert {f.weight for f in ours(measure(film))} == {Weight.NEUTRAL}
