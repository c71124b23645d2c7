from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.errors import Unsupported
from entirety.model.time import UNSET
from entirety.read import decode, packets
from entirety.read.decode import BestTime, Complaint, Decoding
from entirety.read.log import NOTE_LENGTH, listening, printable
from entirety.read.streams import open_clip
from read.films import film

TIMES = st.none() | st.integers(-(2**62), 2**62)


def read(path: Path, *, threads: bool) -> tuple[int, Decoding]:
    with listening() as log, open_clip(path) as container:
        decoding = Decoding(container, 0, path, log, threads=threads)
        return sum(1 for _ in decoding.pictures()), decoding


def damaged(folder: Path) -> Path:
    """A film with 1,500 bytes in its middle written over."""
    whole = film(folder / "whole.mkv", seconds=2, vcodec="libx264", g=10, bf=0).read_bytes()
    clip = folder / "damaged.mkv"
    broken = bytearray(whole)
    broken[len(whole) // 2 : len(whole) // 2 + 1500] = bytes(k * 37 % 251 for k in range(1500))
    clip.write_bytes(broken)
    return clip


def test_reads_all_pictures_and_packets(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", sound=True, vcodec="libx264", bf=2)
    frames, decoding = read(clip, threads=True)
    picture, sound = decoding.shown()
    assert (frames, len(picture), decoding.notes()) == (15, 15, ())
    assert len(sound) > 20
    assert picture.sha256.shape == (0, 32)
    assert picture.key.tolist() == [True] + [False] * 14
    assert sorted(picture.pts.tolist()) == [512 * k for k in range(15)]


def test_complaints_ask_for_one_thread_and_are_then_the_same_each_time(tmp_path: Path) -> None:
    clip = damaged(tmp_path)
    with pytest.raises(Complaint):
        read(clip, threads=True)
    frames, decoding = read(clip, threads=False)
    notes = decoding.notes()
    assert frames > 20
    assert notes
    assert notes == read(clip, threads=False)[1].notes()
    assert all(note.text.isprintable() and -1 <= note.packet < 50 for note in notes)
    assert [note.packet for note in notes] == sorted(note.packet for note in notes)


def test_a_cut_off_film_ends_cleanly(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mp4", seconds=2, vcodec="libx264", movflags="faststart").read_bytes()
    clip = tmp_path / "cut.mp4"
    clip.write_bytes(whole[: len(whole) * 2 // 3])
    frames, decoding = read(clip, threads=False)
    assert 10 < frames < 50
    assert decoding.notes()[-1].frame <= frames


def test_bounds_notes_packets_and_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = damaged(tmp_path)
    monkeypatch.setattr(decode, "MAX_NOTES", 0)
    _, decoding = read(clip, threads=False)
    (last,) = decoding.notes()
    assert last.text.endswith("further complaints are not listed")
    monkeypatch.setattr(decode, "MAX_FRAMES_PER_PACKET", 0)
    with pytest.raises(Unsupported, match="in one coded picture"):
        read(clip, threads=False)
    monkeypatch.setattr(decode, "MAX_FRAMES_PER_PACKET", 8)
    monkeypatch.setattr(packets, "MAX_PACKETS", 5)
    with pytest.raises(Unsupported, match="more than 5 coded"):
        read(clip, threads=False)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=30))
def test_believes_only_times_that_the_file_states(pairs: list[tuple[int | None, int | None]]) -> None:
    best = BestTime()
    for pts, dts in pairs:
        expected = {pts, dts} - {None} or {UNSET}
        assert best.of(pts, dts) in expected


def test_prefers_decode_times_once_presentation_times_run_backwards() -> None:
    best = BestTime()
    assert [best.of(5, 0), best.of(5, 1), best.of(5, 2)] == [5, 1, 2]


@given(st.text(max_size=2_000))
def test_notes_are_one_printable_line(text: str) -> None:
    note = printable(text)
    assert note.isprintable()
    assert len(note) <= NOTE_LENGTH
    assert "\n" not in note


def test_notes_carry_no_addresses() -> None:
    assert printable("[h264 @ 0x55e0f1c0a2c0] bad\n at 0x7f12345678") == "[h264] bad at"
