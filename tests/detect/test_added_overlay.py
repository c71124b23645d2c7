"""added-overlay: lettering, outlines and blurred areas that are there for a part of the clip."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest

from detect.clips import BLOCKS, TICKS, make_clip, make_looks, make_view
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect.added_overlay import CHECK
from entirety.detect.overlay_steps import MOST_STEPS, local_steps
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.looks import LOOK

N = 300
FIRST, END = 102, 160
PLACE = np.array([119, 120, 121, 122])


def laid_over(*stretches: tuple[int, int], blurred: bool = False, n: int = N, **changes: Any) -> Clip:
    """A steady clip in which something is there from `first` to the picture before `end`, for each (first, end)."""
    rest, looks = np.full((n, BLOCKS), 8, np.uint8), make_looks(-(-n // LOOK))
    shown, at = make_view(n), np.arange(len(looks)) * LOOK
    for first, end in stretches:
        shown[first:end, PLACE] += 40 * 256
        for row in (first, end):
            if 0 < row < n:
                rest[np.ix_(np.array([row]), PLACE)] = 80
        there, settled = (at >= first) & (at < end), (at >= first + 13) & (at < end)
        if blurred:
            looks.detail[np.ix_(np.flatnonzero(there), PLACE)] = 4
        else:
            looks.standing[np.ix_(np.flatnonzero(settled), PLACE)] = 30
    hashes = np.zeros(n, np.uint64)
    return make_clip(n, **{"rest": rest, "looks": looks, "view": shown, "phash": hashes, "dhash": hashes, **changes})


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, laid_over()) == []


def test_what_comes_and_goes_is_supporting() -> None:
    finding = one(laid_over((FIRST, END)))
    assert (finding.code, finding.weight) == ("drawn", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last) == (FIRST, END - 1)
    assert (float(finding.span.start), float(finding.span.end)) == (4.08, 6.4)
    assert "columns 8 to 11 of 16 from the left, lines 8 to 8 of 9 from the top" in str(finding.claim)
    assert "may have been laid over" in str(finding.inference)
    assert (finding.measured[0].value, finding.measured[0].threshold) == (4, 2)
    assert finding.stills == (FIRST - 1, FIRST, END, END - 1)


def test_a_part_that_loses_its_detail_is_supporting() -> None:
    finding = one(laid_over((FIRST, END), blurred=True))
    assert (finding.code, finding.weight, finding.span.last) == ("blurred", Weight.SUPPORTING, END - 1)
    assert status(finding, "light") is Status.NOT_EXCLUDED  # glare takes detail away too


def test_what_stays_to_the_end_needs_more_parts() -> None:
    finding = one(laid_over((FIRST, N)))
    assert (finding.span.first, finding.span.last) == (FIRST, N - 1)
    assert finding.stills == (FIRST - 1, FIRST)
    assert finding.measured[0].threshold == 4
    fewer = laid_over((FIRST, N))
    fewer.frames.rest[FIRST, PLACE[2:]] = 8
    fewer.frames.rest[FIRST, 60:66] = 80  # parts that change and keep nothing: a cut in a still scene
    assert found(CHECK, fewer) == []


def test_what_was_there_from_the_start_and_goes() -> None:
    clip = laid_over((0, END))
    assert (one(clip).span.first, one(clip).span.last) == (0, END - 1)
    assert one(clip).stills == (END, END - 1)


def test_what_is_there_throughout_is_silent() -> None:
    assert found(CHECK, laid_over((0, N))) == []


def test_a_stretch_that_is_turned_round_is_silent() -> None:
    """Both ends change alike; what is drawn leaves what was there before."""
    clip = laid_over((FIRST, END))
    clip.frames.view[END:, PLACE] += 80 * 256
    assert found(CHECK, clip) == []


def test_a_change_without_standing_edges_is_silent() -> None:
    clip = laid_over((FIRST, END))
    clip.frames.looks.standing[...] = 0
    assert found(CHECK, clip) == []


def test_standing_edges_without_a_step_are_silent() -> None:
    assert found(CHECK, laid_over((FIRST, END), rest=np.full((N, BLOCKS), 8, np.uint8))) == []


def test_on_a_damaged_picture_nothing_begins() -> None:
    corrupt = np.zeros(N, np.bool_)
    corrupt[FIRST] = True
    assert found(CHECK, laid_over((FIRST, END), corrupt=corrupt)) == []


def test_with_a_break_at_the_same_picture_it_is_a_note() -> None:
    """A cut to another view that leaves half of the blocks alone, and a caption from that picture on."""
    wide, back = [*range(60, 116), *PLACE], [*range(60, 68), *PLACE]
    scenes = np.random.default_rng(1).integers(40, 200, (2, BLOCKS)) * 256
    view = np.repeat(scenes, (FIRST, N - FIRST), axis=0).astype(np.uint16)
    view[END:, back] = view[0, back]
    bits = np.zeros(N, np.uint64)
    bits[FIRST:] = (1 << 30) - 1
    clip = laid_over((FIRST, END), phash=bits, dhash=bits, view=view)
    clip.frames.rest[FIRST, wide] = 120
    clip.frames.rest[END, back] = 120
    assert [found.frame for found in picture_breaks(clip.frames)] == [FIRST]
    assert one(clip).weight is Weight.NEUTRAL


def test_innocent_camera_display() -> None:
    """A sign that blinks once a second throughout is habit; one that comes once is named."""
    assert found(CHECK, laid_over(*((k, k + 12) for k in range(12, N - 12, 25)))) == []
    assert status(one(laid_over((FIRST, END))), "camera-display") is Status.NOT_EXCLUDED


def test_innocent_recorder_overlay() -> None:
    assert status(one(laid_over((FIRST, END))), "recorder-overlay") is Status.NOT_EXCLUDED
    clock = laid_over()
    clock.frames.rest[np.ix_(np.arange(20, N, 25), PLACE)] = 80  # digits that change once a second
    clock.frames.looks.standing[:, PLACE] = 30
    assert found(CHECK, clock) == []


def test_innocent_privacy_mask() -> None:
    assert status(one(laid_over((FIRST, END), blurred=True)), "privacy-mask") is Status.NOT_EXCLUDED


def test_innocent_subtitles() -> None:
    """Line after line, now here and now there, is this clip's habit: one note."""
    clip = laid_over(n=600)
    at = np.arange(len(clip.frames.looks)) * LOOK
    for k, first in enumerate(range(60, 560, 100)):
        place = np.arange(100 + 6 * k, 103 + 6 * k)
        clip.frames.rest[np.ix_(np.array([first, first + 60]), place)] = 80
        clip.frames.looks.standing[np.ix_(np.flatnonzero((at >= first + 13) & (at < first + 60)), place)] = 30
        clip.frames.view[first : first + 60, place] += 40 * 256
    finding = one(clip)
    assert (finding.weight, finding.measured[5].value) == (Weight.NEUTRAL, 5)
    assert "in the clip: 5" in str(next(i.why for i in finding.innocent if i.slug == "subtitles"))


def test_innocent_placed_object() -> None:
    """What is put down changes its part for several pictures; beside a gap in time it could be there at once."""
    moved = laid_over((FIRST, END))
    moved.frames.rest[np.ix_(np.array([100, 101, 103, 104, 158, 159, 161, 162]), PLACE)] = 70
    assert found(CHECK, moved) == []
    assert status(one(laid_over((FIRST, END))), "placed-object") is Status.EXCLUDED
    times = np.arange(N, dtype=np.int64) * TICKS + (np.arange(N) >= FIRST) * 30 * TICKS
    assert status(one(laid_over((FIRST, END), pts=times)), "placed-object") is Status.NOT_EXCLUDED


def test_innocent_light() -> None:
    """A lamp that lights half of the picture is none; a lit sign is named."""
    lamp = laid_over((FIRST, END))
    lamp.frames.rest[FIRST] = 80
    assert found(CHECK, lamp) == []
    assert status(one(laid_over((FIRST, END))), "light") is Status.NOT_EXCLUDED


def test_innocent_screen_content() -> None:
    assert status(one(laid_over((FIRST, END))), "screen-content") is Status.NOT_TESTED


def test_innocent_compression() -> None:
    """After a key frame everything stands, or everything has lost its detail: not this part alone."""
    clip = laid_over((FIRST, END))
    at = np.arange(len(clip.frames.looks)) * LOOK
    clip.frames.looks.standing[(at >= FIRST + 13) & (at < END)] = 30
    assert found(CHECK, clip) == []
    clip = laid_over((FIRST, END), blurred=True)
    clip.frames.looks.detail[(at >= FIRST) & (at < END)] = 4
    assert found(CHECK, clip) == []
    assert status(one(laid_over((FIRST, END))), "compression") is Status.EXCLUDED


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(20))[0].outcome is Outcome.SKIPPED


def test_flicker_without_end_is_bounded() -> None:
    rest = np.full((6000, BLOCKS), 4, np.uint8)
    rows = np.arange(5, 6000, 6)
    for k, row in enumerate(rows):
        rest[row, [k % 70, k % 70 + 70]] = 90
    clip = make_clip(6000, rest=rest, group=250)
    assert len(local_steps(clip.frames)[0]) == MOST_STEPS
    found(CHECK, clip)


def film(
    path: Path, filters: tuple[tuple[str, ...], ...] = (), enable: str = "between(n,60,119)", **options: Any
) -> Clip:
    """A view that grows, with noise; what `filters` draw is there while `enable` holds."""
    source = ffmpeg.input("mandelbrot=s=320x180:r=25:start_scale=2:end_scale=1.5", f="lavfi", t=7.2)
    picture = source.filter("noise", alls=8, allf="t", all_seed=5)
    for name, *arguments in filters:
        picture = picture.filter(name, *arguments, enable=enable)
    plain = {"vcodec": "libx264", "crf": 26, "g": 50, "bf": 0, "pix_fmt": "yuv420p", "preset": "veryfast", "threads": 1}
    picture.output(str(path), **{**plain, **options}).run(cmd=FFMPEG, quiet=True)
    return measure(path)


LETTERS = tuple(("drawbox", str(60 + 14 * k), "140", str(6 + k % 3), "16", "white", "fill") for k in range(12))


def test_real_caption(tmp_path: Path) -> None:
    plate = ("drawbox", "50", "134", "190", "28", "black", "fill")
    finding = one(film(tmp_path / "caption.mp4", (plate, *LETTERS)))
    assert (finding.code, finding.weight) == ("drawn", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last) == (60, 119)


@pytest.mark.slow
def test_real_caption_to_the_end(tmp_path: Path) -> None:
    plate = ("drawbox", "50", "134", "190", "28", "black", "fill")
    finding = one(film(tmp_path / "end.mp4", (plate, *LETTERS), "gte(n,72)", g=250, sc_threshold=0))
    assert (finding.code, finding.span.first, finding.span.last) == ("drawn", 72, 179)


@pytest.mark.slow
def test_real_untouched_films_are_silent(tmp_path: Path) -> None:
    assert found(CHECK, film(tmp_path / "film.mp4")) == []
    assert found(CHECK, film(tmp_path / "strong.mp4", crf=38)) == []
    assert found(CHECK, film(tmp_path / "always.mp4", LETTERS, "1")) == []


@pytest.mark.parametrize(
    "name", ["device/hero7.mp4", "device/VID_20191220_170832.mp4", "processed/bottle-detection.mp4"]
)
@pytest.mark.slow
def test_corpus_is_silent(corpus: Path, name: str) -> None:
    assert found(CHECK, measure(corpus / name)) == []
