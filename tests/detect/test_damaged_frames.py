"""damaged-frames: what could not be decoded cleanly is listed, and is no sign of anything."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from detect.clips import frame_rows, make_clip, rows
from detect.films import encode
from entirety.detect.damage import damaged_spans
from entirety.detect.damaged_frames import CHECK, MOST
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip, DecodeNote
from entirety.model.finding import Finding, Outcome, Status, Weight

LOST = "h264: error while decoding MB 3 4, bytestream -7"


def found(clip: Clip) -> list[Finding]:
    result, findings = run_check(CHECK, clip)
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), result.reason
    return list(findings)


def marked(*frames: int, n: int = 100) -> Clip:
    return make_clip(n, corrupt=np.isin(np.arange(n), frames))


def complained(note: DecodeNote) -> Clip:
    return replace(make_clip(), log=(note,))


def status(finding: Finding, slug: str) -> Status:
    return next(i.status for i in finding.innocent if i.slug == slug)


def test_steady_is_silent() -> None:
    assert found(make_clip()) == []
    assert damaged_spans(make_clip()) == []


def test_marked_frames_are_listed_and_neutral() -> None:
    clip = marked(10, 11, 60)
    assert [(s.start, s.end, s.first, s.last) for s in damaged_spans(clip)] == [
        (Fraction(10, 25), Fraction(12, 25), 10, 11),
        (Fraction(60, 25), Fraction(61, 25), 60, 60),
    ]
    first, second = found(clip)
    assert {f.weight for f in (first, second)} == {Weight.NEUTRAL}
    assert "frames 10 to 11" in str(first.claim)
    assert "up to the next key frame: 13." in str(first.claim)
    assert (first.stills, second.stills) == ((10, 11), (60,))


def test_a_complaint_is_placed_by_its_packet() -> None:
    clip = complained(DecodeNote(40, 38, LOST))
    assert [(s.first, s.last) for s in damaged_spans(clip)] == [(40, 40)]
    before = complained(DecodeNote(-1, 0, LOST))
    assert [(s.first, s.last) for s in damaged_spans(before)] == [(0, 0)]
    beyond = complained(DecodeNote(500, 500, LOST))
    assert [(s.first, s.last) for s in damaged_spans(beyond)] == [(99, 99)]


def test_other_complaints_mark_no_picture() -> None:
    clip = complained(DecodeNote(3, 3, "h264: Overread VUI by 8 bits"))
    assert damaged_spans(clip) == []
    (finding,) = found(clip)
    assert (finding.code, finding.weight, finding.measured[0].value) == ("complaints", Weight.NEUTRAL, 1)


def test_damage_to_the_end_builds_nothing() -> None:
    assert "up to the next key frame: 0." in str(found(marked(99))[0].claim)


def test_many_stretches_are_listed_and_some_told() -> None:
    clip = marked(*range(1, 200, 3), n=200)
    assert len(damaged_spans(clip)) == 67
    assert len(found(clip)) == MOST


def test_no_frames_no_spans_and_skipped_without_packets() -> None:
    clip = make_clip()
    assert damaged_spans(replace(clip, frames=frame_rows(clip.frames, []))) == []
    assert run_check(CHECK, replace(clip, stored=(rows(clip.packets, []),)))[0].outcome is Outcome.SKIPPED


def test_innocent_bad_copy() -> None:
    assert status(found(marked(10))[0], "bad-copy") is Status.NOT_EXCLUDED


def test_innocent_lost_packets() -> None:
    assert status(found(marked(10))[0], "lost-packets") is Status.NOT_EXCLUDED


def test_innocent_decoder_limits() -> None:
    assert status(found(marked(0, 1))[0], "decoder-limits") is Status.NOT_EXCLUDED
    assert status(found(marked(10))[0], "decoder-limits") is Status.EXCLUDED
    assert status(found(marked(*range(20, 90)))[0], "decoder-limits") is Status.NOT_EXCLUDED


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg4", "mpeg2video"])
def test_bytes_written_over_in_one_picture(tmp_path: Path, codec: str) -> None:
    film = encode(tmp_path / "film.mp4", vcodec=codec, size="320x240")
    whole = measure(film)
    at, size = int(whole.packets.position[30]), int(whole.packets.size[30])
    data = film.read_bytes()
    film.write_bytes(data[: at + size // 4] + b"\xff" * (size - size // 4) + data[at + size :])
    clip = measure(film)
    spans = damaged_spans(clip)
    assert spans, [note.text for note in clip.log]
    assert all(abs(span.first - 30) <= 2 for span in spans), spans
    assert {f.weight for f in found(clip)} == {Weight.NEUTRAL}


def test_untouched_devices_have_no_damaged_spans(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        assert damaged_spans(clip) == [], name


def test_every_sentence_can_be_said() -> None:
    for finding in found(replace(marked(10), log=(DecodeNote(40, 38, LOST),))):
        assert all("{" not in str(i.why) for i in finding.innocent)
        assert str(finding.inference).startswith("In our assessment")
        assert "CLIP" in finding.reproduce
