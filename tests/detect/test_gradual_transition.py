"""gradual-transition: one shot turns into another by a dissolve, a wipe or a fade."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from detect.clips import make_clip
from detect.expectations import found, status
from detect.films import FFMPEG
from detect.views import AT, FINE, FIRST, HASH, OTHER, N, cut, mixed, shares
from entirety.detect.gradual_transition import CHECK, MOST
from entirety.detect.run import run_check
from entirety.detect.transitions import transitions
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

COLUMN, LINE = np.tile(np.arange(16), 9), np.repeat(np.arange(9), 16)


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def wiped(length: int, place: NDArray[np.int64] = COLUMN, n: int = N) -> NDArray[np.float64]:
    """Each block turns at its own time, the last one `length` pictures after the first, around the middle."""
    times = AT - length / 2 + length * place / place.max()
    return np.asarray(np.clip((np.arange(n)[:, None] - times) / max(1, length / 16), 0, 1), np.float64)


def faded(strength: NDArray[np.float64], share: NDArray[np.float64], level: float = 16) -> Clip:
    """The pictures of `mixed`, each weakened to its strength."""
    whole = mixed(share).frames
    view = whole.view * strength[:, None] + level * FINE * (1 - strength[:, None])
    contrast = (whole.contrast * strength).astype(np.float32)
    return mixed(share, view=np.rint(view).astype(np.uint16), contrast=contrast)


def dip(out: int = 15, back: int = 15, dark: int = 1) -> NDArray[np.float64]:
    """Strength that goes down to nothing at AT, stays so, and comes back; 0 pictures for a side leave it out."""
    rows = np.arange(N)
    down = np.clip((AT - rows) / out, 0, 1) if out else (rows < AT).astype(np.float64)
    up = np.clip((rows - AT - dark + 1) / back, 0, 1) if back else (rows >= AT + dark).astype(np.float64)
    return np.maximum(down, up)


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, mixed(np.zeros(N))) == []


@pytest.mark.parametrize("length", [8, 13, 25, 50])
def test_dissolves_of_a_third_of_a_second_to_two_are_strong(length: int) -> None:
    finding = one(mixed(shares(N, AT - length // 2, length)))
    assert (finding.code, finding.weight) == ("dissolve", Weight.STRONG)
    assert (finding.span.first + finding.span.last) / 2 == pytest.approx(AT, abs=4)
    assert finding.span.last - finding.span.first <= length + 8
    assert [measured.threshold for measured in finding.measured] == [0.2, 0.05, 0.92, 0.8, 20, None]
    assert "a screen that was filmed" in str(finding.inference)
    assert status(finding, "shown-film") is Status.NOT_EXCLUDED


@pytest.mark.parametrize("length", [13, 25, 50])
@pytest.mark.parametrize("place", [COLUMN, 15 - COLUMN, LINE, 8 - LINE])
def test_wipes_are_strong(length: int, place: NDArray[np.int64]) -> None:
    finding = one(mixed(wiped(length, place)))
    assert (finding.code, finding.weight) == ("wipe", Weight.STRONG)
    assert (finding.span.first + finding.span.last) / 2 == pytest.approx(AT, abs=4)


def test_fades_between_unlike_views_are_strong() -> None:
    finding = one(faded(dip(), (np.arange(N) >= AT).astype(np.float64)))
    assert (finding.code, finding.weight) == ("fade", Weight.STRONG)
    assert finding.span.first == pytest.approx(AT - 15, abs=3)
    assert finding.span.last == pytest.approx(AT + 15, abs=3)
    white = one(faded(dip(), (np.arange(N) >= AT).astype(np.float64), level=235))
    assert white.measured[2].threshold is None


def test_a_cut_is_no_transition() -> None:
    assert found(CHECK, cut()) == []


def test_neighbouring_transitions_are_told_apart() -> None:
    share = shares(300, 60, 20) - shares(300, 200, 12)
    assert [finding.code for finding in found(CHECK, mixed(share))] == ["dissolve", "dissolve"]


def test_slow_recorders_have_few_pictures_of_a_dissolve() -> None:
    ticks = np.arange(N, dtype=np.int64) * 1280
    found = one(mixed(shares(N, AT, 5), pts=ticks))
    assert (found.code, found.weight) == ("dissolve", Weight.STRONG)


def test_three_mixed_pictures_alone_are_only_supporting() -> None:
    ticks = np.arange(N, dtype=np.int64) * 1280
    found = one(mixed(shares(N, AT, 4), pts=ticks))
    assert (found.code, found.weight) == ("dissolve", Weight.SUPPORTING)
    assert status(found, "thing-passing") is Status.NOT_EXCLUDED


def test_nothing_is_said_of_damaged_data() -> None:
    marks = np.isin(np.arange(N), [AT])
    assert found(CHECK, mixed(shares(N, AT - 10, 20), corrupt=marks)) == []


def test_no_more_findings_than_anybody_reads() -> None:
    n = 4400
    share = np.abs((np.arange(n) % 80 - 40) / 20).clip(0.5, 1.5) - 0.5
    assert len(transitions(mixed(share).frames)) > 100
    assert len(found(CHECK, mixed(share))) == MOST


def test_innocent_made_on_device() -> None:
    for clip in (mixed(shares(N, AT, 20)), mixed(wiped(25)), faded(dip(), np.zeros(N))):
        assert status(one(clip), "made-on-device") is Status.NOT_EXCLUDED


def test_innocent_shown_film() -> None:
    assert status(one(mixed(shares(N, AT, 20))), "shown-film") is Status.NOT_EXCLUDED


def test_innocent_exposure_change() -> None:
    gain = 1 - 0.6 * shares(N, AT, 25)
    view = np.rint(mixed(np.zeros(N)).frames.view * gain[:, None]).astype(np.uint16)
    dark: dict[str, Any] = {"view": view, "phash": hashes(), "dhash": hashes()}
    assert found(CHECK, mixed(np.zeros(N), **dark)) == []
    assert status(one(mixed(shares(N, AT, 20))), "exposure-change") is Status.EXCLUDED


def test_innocent_light_dimmed() -> None:
    """The same view before and after: a light could have done it."""
    finding = one(faded(dip(), np.zeros(N)))
    assert (finding.code, finding.weight) == ("fade", Weight.SUPPORTING)
    assert status(finding, "light-dimmed") is Status.NOT_EXCLUDED
    assert status(one(mixed(shares(N, AT, 20))), "light-dimmed") is Status.EXCLUDED
    long = one(faded(dip(dark=30), (np.arange(N) >= AT + 15).astype(np.float64)))
    assert long.weight is Weight.SUPPORTING  # a camera that moves on in the dark sees another view
    half = 0.3 + 0.7 * dip()
    assert found(CHECK, faded(half, np.zeros(N))) == []


@pytest.mark.parametrize(("out", "back"), [(15, 0), (0, 15)])
def test_innocent_light_dimmed_at_one_side_is_neutral(out: int, back: int) -> None:
    finding = one(faded(dip(out, back, dark=20), np.zeros(N)))
    assert (finding.weight, status(finding, "light-dimmed")) == (Weight.NEUTRAL, Status.NOT_EXCLUDED)


def test_innocent_lens_covered() -> None:
    """A hand covers the picture from one side, within half a second, and is taken away again."""
    dark = np.clip((np.arange(N)[:, None] - AT + 15 - COLUMN * 0.7) / 3, 0, 1)
    dark = dark * np.clip((AT + 25 - np.arange(N)[:, None]) / 3 + COLUMN / 6, 0, 1)
    view = mixed(np.zeros(N)).frames.view / FINE * (1 - dark) + 2 * dark
    contrast = view.std(axis=1).astype(np.float32)
    clip = mixed(np.zeros(N), view=np.rint(view * FINE).astype(np.uint16), contrast=contrast, phash=hashes(AT, AT + 25))
    assert [finding for finding in found(CHECK, clip) if finding.weight is not Weight.NEUTRAL] == []


def hashes(first: int = AT + 12, end: int = N) -> NDArray[np.uint64]:
    rows = np.arange(N)
    return np.where((rows >= first) & (rows < end), OTHER, HASH).astype(np.uint64)


@pytest.mark.parametrize("pace", [0.05, 0.1, 0.3, 1.0])
def test_innocent_slow_pan(pace: float) -> None:
    """The camera turns over a wide scene, so many blocks a picture."""
    scene = 110 + 40 * np.random.default_rng(7).standard_normal((9, 90))
    places = np.arange(16) + pace * np.clip(np.arange(N) - 60, 0, 60)[:, None]
    view = np.stack([[np.interp(row, np.arange(90), line) for line in scene] for row in places]).reshape(N, 144)
    turned = np.where(np.arange(N) < 90, HASH, OTHER).astype(np.uint64)
    columns: dict[str, Any] = {"phash": turned, "dhash": turned, "contrast": np.full(N, 40, np.float32)}
    assert found(CHECK, make_clip(N, view=np.rint(view.clip(0, 255) * FINE).astype(np.uint16), **columns)) == []


def test_innocent_focus_pulled() -> None:
    """A blurred view keeps where it is light and dark, and its contrast falls."""
    blurred = FIRST.mean() + 0.5 * (FIRST - FIRST.mean())
    share = shares(N, AT, 20)[:, None]
    view = FIRST * (1 - share) + blurred * share
    columns: dict[str, Any] = {"contrast": view.std(axis=1).astype(np.float32), "phash": hashes(), "dhash": hashes()}
    assert found(CHECK, mixed(np.zeros(N), view=np.rint(view * FINE).astype(np.uint16), **columns)) == []
    assert status(one(mixed(shares(N, AT, 20))), "focus-pulled") is Status.EXCLUDED


def test_innocent_thing_passing() -> None:
    """What comes with the line moves as fast as it does, or is gone a little later: then the line is no wipe."""
    assert status(one(mixed(wiped(25))), "thing-passing") is Status.NOT_EXCLUDED
    assert status(one(mixed(shares(N, AT, 20))), "thing-passing") is Status.EXCLUDED
    moved = np.zeros((N, 144, 2), np.int8)
    moved[AT - 12 : AT + 30, :, 0] = round(4 * 160 / 25)
    assert one(mixed(wiped(25), motion=moved)).weight is Weight.NEUTRAL
    gone = wiped(25)
    gone[AT + 40 :] = 0
    assert one(mixed(gone)).weight is Weight.NEUTRAL
    even = np.where(wiped(25) > 0.5, 90.0, FIRST)
    assert all(f.weight is Weight.NEUTRAL for f in found(CHECK, mixed(wiped(25), view=(even * FINE).astype(np.uint16))))


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(11))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(12))[0].outcome is Outcome.CLEAR


def test_times_that_say_nothing_are_told_of() -> None:
    unset = np.full(N, np.iinfo(np.int64).min, np.int64)
    assert run_check(CHECK, mixed(shares(N, AT, 20), pts=unset))[0].outcome is Outcome.SKIPPED
    same = np.zeros(N, np.int64)
    assert run_check(CHECK, mixed(shares(N, AT, 20), pts=same))[0].outcome is Outcome.CLEAR


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(12, 70))
def test_any_film_is_looked_at(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {
        "view": rng.integers(0, 65_536, (n, 144)).astype(np.uint16),
        "contrast": rng.uniform(0, 20, n).astype(np.float32),
        "pts": rng.integers(0, 10_000, n),
    }
    assert run_check(CHECK, make_clip(n, **columns))[0].outcome in (Outcome.FOUND, Outcome.CLEAR)


def film(path: Path, how: str, seconds: float) -> Clip:
    """Two drawn scenes with noise, one turning into the other at 2 s."""
    scenes = [
        ffmpeg.input(source, f="lavfi", t=4).filter("noise", alls=6, allf="t", all_seed=5).filter("format", "yuv420p")
        for source in ("smptehdbars=s=320x180:r=25", "mandelbrot=s=320x180:r=25")
    ]
    joined = ffmpeg.filter(scenes, "xfade", transition=how, duration=seconds, offset=2 - seconds / 2)
    options = {"vcodec": "libx264", "crf": 23, "pix_fmt": "yuv420p", "preset": "veryfast"}
    joined.output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    return measure(path)


@pytest.mark.parametrize(
    ("how", "seconds", "code"),
    [("fade", 0.4, "dissolve"), ("fade", 1.5, "dissolve"), ("wipeleft", 0.6, "wipe"), ("fadeblack", 1, "fade")],
)
def test_real_transitions(tmp_path: Path, how: str, seconds: float, code: str) -> None:
    finding = one(film(tmp_path / "film.mp4", how, seconds))
    assert (finding.code, finding.weight) == (code, Weight.STRONG)
    assert float(finding.span.start + finding.span.end) / 2 == pytest.approx(2, abs=0.25)


def test_device_files_are_silent(devices: dict[str, Clip]) -> None:
    for clip in devices.values():
        assert run_check(CHECK, clip)[1] == ()
