"""quantiser-step: notes where the level of coding changes."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from detect.clips import make_clip, ripple
from detect.expectations import found, status
from detect.films import FFMPEG, encode
from entirety.detect.quantiser_step import CHECK, MOST
from entirety.detect.regimes import shifts
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

N, AT = 400, 203


def levels(before: float, after: float, at: int = AT, n: int = N) -> NDArray[np.int16]:
    """A quantiser that moves by one now and then, and goes over to another level."""
    column = np.where(np.arange(n) < at, before, after) + (np.arange(n) % 7 == 0)
    return np.asarray(column, dtype=np.int16)


def coded(**more: Any) -> Clip:
    return make_clip(N, headers={"slice_qp": levels(26, 36)}, **more)


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, make_clip(N, headers={"slice_qp": levels(26, 29)})) == []


def test_a_coarser_quantiser_is_a_neutral_note_at_its_picture() -> None:
    finding = one(coded())
    assert (finding.code, finding.weight, finding.span.last) == ("quantiser", Weight.NEUTRAL, AT)
    assert "coarser: the quantiser goes from 26 to 36" in str(finding.claim)


def test_larger_pictures_are_a_note_too_and_one_place_is_told_once() -> None:
    size = np.where(np.arange(N) < AT, 4_000, 12_000) + 37 * (np.arange(N) % 5)
    finding = one(make_clip(N, packets={"size": size}))
    assert (finding.code, finding.span.last) == ("size", AT)
    assert "larger: they go from 4" in str(finding.claim)
    assert [f.code for f in found(CHECK, coded(packets={"size": size}))] == ["quantiser"]


def test_types_of_pictures_are_not_mixed() -> None:
    """Key pictures are finer by habit; a stretch with more of them is no other level."""
    key = np.arange(N) % np.where(np.arange(N) < AT, 25, 3) == 0
    quantiser = np.where(key, 16, 30).astype(np.int16)
    slices = np.where(key, 2, 0).astype(np.int8)
    assert found(CHECK, make_clip(N, headers={"slice_qp": quantiser, "slice_type": slices})) == []


def test_a_file_that_wanders_has_no_levels() -> None:
    wander = (30 + 9 * np.sin(np.arange(N) / 25)).astype(np.int16)
    assert found(CHECK, make_clip(N, headers={"slice_qp": wander})) == []


def test_notes_never_flood() -> None:
    many = np.where(np.arange(6000) // 300 % 7 == 3, 44, 26).astype(np.int16)
    assert 1 <= len(found(CHECK, make_clip(6000, headers={"slice_qp": many}))) <= MOST


def test_innocent_rate_control() -> None:
    assert status(one(coded()), "rate-control") is Status.NOT_EXCLUDED


def test_innocent_variable_network() -> None:
    assert status(one(coded()), "variable-network") is Status.NOT_EXCLUDED


def test_innocent_scene_change() -> None:
    assert status(one(coded()), "scene-change") is Status.NOT_TESTED
    busier = ripple(N, 2, 0.4)
    busier[AT:] *= 3
    assert status(one(coded(residual=busier)), "scene-change") is Status.NOT_EXCLUDED


def test_innocent_night_mode() -> None:
    assert status(one(coded()), "night-mode") is Status.NOT_TESTED
    darker = ripple(N, 110, 1)
    darker[AT:] -= 40
    assert status(one(coded(luma=darker)), "night-mode") is Status.NOT_EXCLUDED


def test_a_short_clip_is_skipped() -> None:
    assert run_check(CHECK, make_clip(60))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED


def test_a_place_is_found_where_it_is_and_a_single_odd_value_moves_nothing() -> None:
    values = np.zeros(200)
    values[60:] = 10
    values[150] = 99
    (shift,) = shifts(values, 20, least=3, floor=1, times=6, most=3)
    assert (shift.at, shift.before, shift.after) == (60, 0, 10)
    assert list(shifts(values[:39], 20, least=3, floor=1, times=6, most=3)) == []


def test_a_film_whose_quantiser_changes(tmp_path: Path) -> None:
    """One encoder, told to code the second half more coarsely: its slice headers state it."""
    zones: dict[str, Any] = {"x264-params": "zones=150,299,q=40"}
    film = encode(tmp_path / "film.mp4", seconds=12, g=25, crf=23, **zones)
    notes = found(CHECK, measure(film))
    assert any(note.code == "quantiser" and abs(note.span.last - 150) <= 3 for note in notes)
    assert {note.weight for note in notes} == {Weight.NEUTRAL}


def test_a_film_whose_sizes_change(tmp_path: Path) -> None:
    """Two parts of MPEG-4, of which the second has a sixth of the data."""
    for name, coarse in (("a", 3), ("b", 25)):
        own: dict[str, Any] = {"q:v": coarse, "sc_threshold": 1_000_000_000}
        encode(tmp_path / f"{name}.avi", seconds=6, vcodec="mpeg4", g=25, **own)
    (tmp_path / "parts.txt").write_text("file 'a.avi'\nfile 'b.avi'\n", encoding="utf-8")
    joined = ffmpeg.input(str(tmp_path / "parts.txt"), format="concat", safe=0)
    joined.output(str(tmp_path / "joined.avi"), c="copy").run(cmd=FFMPEG, quiet=True)
    notes = found(CHECK, measure(tmp_path / "joined.avi"))
    # Counted among pictures of one type: the key picture between them is of another.
    assert any(abs(note.span.last - 150) <= 1 for note in notes)
