"""The set of partial copies: its plan, the truth that is read back, and the score, on a film too short to matter."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg
import numpy as np
import pytest

from bench.partial_make import Programs, make
from bench.partial_match import scored
from bench.partial_plan import Copy, Taken, outline
from bench.partial_sources import BY_ID, SOURCES, Recording, read, small
from bench.partial_truth import check, truth
from entirety.model.coverage import Coverage, Layer, Missing, Piece

PROGRAM = imageio_ffmpeg.get_ffmpeg_exe()


def test_the_plan_holds_two_hundred_copies_of_twenty_recordings_in_two_halves() -> None:
    names = [name for name, *_ in outline()]
    assert len(names) == len(set(names)) == 200
    assert len({base.id for _, base, *_ in outline()}) >= 20
    halves = {half: {s.scene or s.id for s in SOURCES if s.half == half} for half in ("tuning", "reporting")}
    assert not halves["tuning"] & halves["reporting"]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    path = tmp_path_factory.mktemp("partial") / "film.mp4"
    picture = ffmpeg.input("testsrc2=size=160x90:rate=30", f="lavfi", t=4)
    made = ffmpeg.output(picture, str(path), vcodec="libx264", preset="ultrafast", g=15, bf=2, pix_fmt="yuv420p")
    made.global_args("-v", "error").run(cmd=PROGRAM)
    times, keys, size, sound = read(path)
    return Recording(BY_ID["street-44"], path, times, keys, size, sound)


def copied(
    recording: Recording, target: Path, *taken: Taken, conditions: tuple[str, ...], editor: str = "ffmpeg"
) -> dict[str, Any]:
    """Truth of a copy that is made now."""
    copy = Copy("name", "street-44", ("street-44",), taken, conditions, "two", editor, "removed")
    known = {"street-44": recording}
    numbers = make(copy, known, target, Programs(PROGRAM, None, None))
    pictures = small(recording.path)
    if conditions == ("crf23",):
        worst, right = check(copy, numbers, target, lambda _: pictures)
        assert worst < 10
        assert right == 1
    return truth(copy, numbers, target, known, lambda _: pictures)


def test_truth_says_what_each_picture_shows(recording: Recording, tmp_path: Path) -> None:
    pieces = Taken("street-44", 60, 90, backwards=True), Taken("street-44", 10, 30)
    said = copied(recording, tmp_path / "copy.mp4", *pieces, conditions=("crf23",))
    assert [number for _, number in said["shows"]] == [*range(89, 59, -1), *range(10, 30)]
    assert [
        (p["clip_first"], p["clip_end"], p["source_first"], p["source_end"], p["reversed"]) for p in said["pieces"]
    ] == [
        (0, 30, 60, 90, True),
        (30, 50, 10, 30, False),
    ]
    assert [(gap["first"], gap["end"]) for gap in said["missing"]] == [(0, 10), (30, 60), (90, 120)]


def test_truth_follows_a_change_of_rate_and_of_speed(recording: Recording, tmp_path: Path) -> None:
    half = copied(recording, tmp_path / "half.mp4", Taken("street-44", 30, 90), conditions=("30to15",))
    assert [number for _, number in half["shows"]][:3] in ([30, 32, 34], [31, 33, 35])
    assert half["clip_frames"] == 30
    fast = copied(
        recording, tmp_path / "fast.mp4", Taken("street-44", 30, 80, Fraction(5, 4)), conditions=("speed1.25",)
    )
    assert fast["clip_frames"] == 40
    steps = np.diff([number for _, number in fast["shows"]])
    assert set(steps.tolist()) == {1, 2}


def test_stream_copies_are_recognised_by_their_pictures(recording: Recording, tmp_path: Path) -> None:
    pieces = Taken("street-44", 75, 105), Taken("street-44", 15, 45)
    said = copied(recording, tmp_path / "copy.mkv", *pieces, conditions=("copy",), editor="ffmpeg copy")
    assert [number for _, number in said["shows"]] == [*range(75, 105), *range(15, 45)]


def coverage(*pieces: Piece, missing_s: float = 2.0) -> Coverage:
    gap = Missing(0, (Fraction(0), Fraction(missing_s)), 0, 60)
    return Coverage(None, (), pieces, (gap,), ())  # type: ignore[arg-type]


def piece(clip: tuple[int, int], source: tuple[int, int], *, backwards: bool = False) -> Piece:
    span = Fraction(0), Fraction(1)
    return Piece(0, *clip, *source, span, span, Fraction(1), backwards, False, Layer.PICTURES, 1)


CASE = {
    "name": "case",
    "conditions": ["crf23"],
    "exact": False,
    "missing": [{"source_start_s": 0.0, "source_end_s": 2.0}],
    "pieces": [
        {
            "source": 0, "clip_first": 0, "clip_end": 100, "source_first": 60, "source_end": 160, "speed": 1.0,
            "reversed": False, "mirrored": False, "ambiguous_start": [0, 0], "ambiguous_end": [0, 4],
        }
    ],
}  # fmt: skip


def test_a_piece_is_right_or_off_by_pictures_of_the_clip() -> None:
    found = scored(CASE, coverage(piece((0, 100), (60, 160))))
    assert [one.errors for one in found.pieces] == [(0, 0)]
    assert not list(found.faults(0.1))
    assert scored(CASE, coverage(piece((3, 100), (63, 160)))).pieces[0].errors == (3, 0)
    assert scored(CASE, coverage(piece((0, 100), (61, 160)))).pieces[0].errors == (1, 0)


def test_a_boundary_may_move_where_nothing_tells_pictures_apart() -> None:
    assert scored(CASE, coverage(piece((0, 104), (60, 164)))).pieces[0].errors == (0, 0)
    assert scored(CASE, coverage(piece((0, 107), (60, 167)))).pieces[0].errors == (0, 3)


def test_what_is_not_there_is_invented_and_another_place_is_elsewhere() -> None:
    found = scored(CASE, coverage(piece((0, 100), (200, 300)), piece((120, 150), (0, 30)), missing_s=2.5))
    assert not found.pieces[0].found
    assert (found.invented, found.elsewhere) == (1, 1)
    assert found.missing_s == 0.5
    assert not scored(CASE, coverage(piece((0, 100), (60, 160), backwards=True))).pieces[0].found
