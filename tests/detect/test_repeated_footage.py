"""repeated-footage: movement that comes back to the picture, forwards or backwards."""

import re
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import BLOCKS, hashes, make_clip
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect import followed, repeated_sequences
from entirety.detect.repeated_footage import CHECK, MOST
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight

N = 250


def wander(n: int, seed: int = 1, pace: float = 5.0) -> NDArray[np.float64]:
    """Grey levels of 144 blocks that wander, each by itself, smoothly and without ever coming back."""
    chance = np.random.default_rng(seed)
    walk = np.cumsum(chance.normal(0, pace / 3, (n + 12, BLOCKS)), axis=0)
    smooth = np.stack([np.convolve(column, np.ones(5) / 5, "valid") for column in walk.T], axis=1)[:n]
    return np.asarray(120 + 60 * np.sin(smooth / 40 + np.arange(BLOCKS)), np.float64)


def shown(order: NDArray[np.int64], *, noise: float = 0.3, identical: bool = False, **changes: Any) -> Clip:
    """Pictures of one wandering scene in this order, each with noise of its own."""
    n = len(order)
    levels = wander(int(order.max()) + 1)[order]
    if not identical:
        levels = levels + np.random.default_rng(2).normal(0, noise, levels.shape)
    columns: dict[str, Any] = {"view": np.asarray(np.clip(levels, 0, 255) * 256, np.uint16), **changes}
    if identical:
        columns["sha256"] = hashes(N * 2)[order]
    return make_clip(n, **columns)


def twice(length: int = 38, gap: int = 0) -> NDArray[np.int64]:
    """Pictures 80 to 80 + length, and after `gap` further ones the same again."""
    end = 80 + length
    return np.concatenate([np.arange(end + gap), np.arange(80, end), np.arange(end + gap, N)])


def mirrored() -> NDArray[np.int64]:
    return np.concatenate([np.arange(120), np.arange(119, 79, -1), np.arange(120, N)])


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, shown(np.arange(N))) == []


@pytest.mark.parametrize("gap", [0, 40])
def test_movement_that_comes_back_is_strong(gap: int) -> None:
    finding = one(shown(twice(gap=gap)))
    assert (finding.code, finding.weight) == ("repeat", Weight.STRONG)
    assert (finding.span.first, finding.span.last) == (118 + gap, 155 + gap)
    assert "are like those from 00:00:03.200 to 00:00:04.720 (frames 80 to 117), in the same" in str(finding.claim)
    assert str(finding.claim).endswith("; 0 of 38 are the same in every byte.")
    assert finding.stills[:2] == (80, 118 + gap)
    ranges = ["between(n,80,117)", f"between(n,{118 + gap},{155 + gap})"] if gap else ["between(n,80,155)"]
    assert re.findall(r"between\(n,\d+,\d+\)", finding.reproduce.replace("\\", "")) == ranges
    assert status(finding, "periodic-motion") is Status.EXCLUDED


def test_noise_makes_it_supporting() -> None:
    finding = one(shown(twice(), noise=0.6))
    assert finding.weight is Weight.SUPPORTING
    assert status(finding, "periodic-motion") is Status.NOT_EXCLUDED


def test_backwards() -> None:
    finding = one(shown(mirrored()))
    assert (finding.code, finding.weight) == ("reverse", Weight.NEUTRAL)  # it turns without a leap
    assert status(finding, "periodic-motion") is Status.NOT_EXCLUDED
    assert abs(finding.span.last - 159) <= 1
    assert finding.span.first <= 135  # it meets itself at 119
    like, first = finding.stills[:2]
    assert like < first == finding.span.first
    assert first + like == 239


def test_backwards_and_the_same_in_every_byte_is_strong() -> None:
    finding = one(shown(mirrored(), identical=True))
    assert (finding.code, finding.weight) == ("reverse", Weight.STRONG)
    assert status(finding, "there-and-back") is Status.EXCLUDED


def test_innocent_there_and_back() -> None:
    way = np.concatenate([np.arange(120), np.arange(119, 60, -1)])
    finding = one(shown(way))
    assert (finding.code, finding.weight) == ("reverse", Weight.NEUTRAL)
    assert status(finding, "there-and-back") is Status.NOT_EXCLUDED
    assert status(finding, "periodic-motion") is Status.NOT_EXCLUDED
    later = np.concatenate([np.arange(120), np.arange(150, 250), np.arange(119, 60, -1)])
    assert one(shown(later)).weight is Weight.SUPPORTING  # not from its own turning point


def test_innocent_equal_parts() -> None:
    assert status(one(shown(twice())), "equal-parts") is Status.NOT_EXCLUDED
    assert status(one(shown(twice(), identical=True)), "equal-parts") is Status.EXCLUDED


def test_light_that_flashes_twice_is_no_turned_stretch() -> None:
    """The first fades until the second comes: the pictures before them are alike, and so are the flashes."""
    lit = np.zeros(N)
    lit[100:140], lit[140:] = np.linspace(60, 0, 40), 60 * np.exp(-np.arange(N - 140) / 7)
    noise = np.random.default_rng(6).normal(0, 0.1, (N, BLOCKS))
    view = np.asarray((100 + lit[:, None] + noise) * 256, np.uint16)
    assert [finding.code for finding in found(CHECK, make_clip(N, view=view)) if finding.code == "turned"] == []


def test_movement_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    around = np.arange(2000) * 2 * np.pi / 37
    view = np.asarray((120 + 30 * np.sin(around[:, None] + np.arange(BLOCKS))) * 256, np.uint16)
    finding = one(make_clip(2000, view=view))
    assert (finding.code, finding.weight) == ("periodic", Weight.NEUTRAL)
    tried: list[int] = []

    def counted(*given: Any) -> int:
        tried.append(1)
        return followed.reach(*given)

    monkeypatch.setattr(repeated_sequences, "reach", counted)
    found(CHECK, make_clip(2000, view=view))
    usually = len(tried)
    monkeypatch.setattr(repeated_sequences, "FOLLOWED", 50)
    found(CHECK, make_clip(2000, view=view))
    assert 0 < len(tried) - usually < usually <= 200


def test_all_places_are_counted() -> None:
    finding = one(shown(twice()))
    assert [m.value for m in finding.measured if m.name == "places of this kind in the clip"] == [1]


def test_a_stretch_turned_in_its_place() -> None:
    turned = np.concatenate([np.arange(100), np.arange(139, 99, -1), np.arange(140, N)])
    finding = one(shown(turned))
    assert (finding.code, finding.weight) == ("turned", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last) == (100, 139)


def test_still_scene_says_nothing() -> None:
    still = np.full((N, BLOCKS), 100.0) + np.random.default_rng(3).normal(0, 0.2, (N, BLOCKS))
    assert found(CHECK, make_clip(N, view=np.asarray(still * 256, np.uint16))) == []


def test_shorter_than_a_gesture_is_silent() -> None:
    assert found(CHECK, shown(twice(length=12, gap=30))) == []


def test_innocent_periodic_motion() -> None:
    around = np.arange(N) * 2 * np.pi / 41.3
    levels = (
        120 + 40 * np.sin(around[:, None] + np.arange(BLOCKS)) + np.random.default_rng(4).normal(0, 0.4, (N, BLOCKS))
    )
    finding = one(make_clip(N, view=np.asarray(levels * 256, np.uint16)))
    assert (finding.code, finding.weight) == ("periodic", Weight.NEUTRAL)


def test_innocent_looped_screen() -> None:
    finding = one(shown(np.arange(N) % 40))
    assert (finding.code, finding.weight) == ("periodic", Weight.NEUTRAL)
    assert status(finding, "looped-screen") is Status.NOT_TESTED
    whole = one(shown(np.arange(N) % (N // 2)))  # it runs through twice, and fills the clip
    assert whole.weight is Weight.NEUTRAL


def test_innocent_recorder_overlap() -> None:
    assert status(one(shown(twice())), "recorder-overlap") is Status.EXCLUDED
    finding = one(shown(twice(), identical=True))
    assert status(finding, "recorder-overlap") is Status.NOT_EXCLUDED
    assert finding.measured[4].value == finding.measured[3].value == 38
    assert "framehash" in finding.reproduce


def test_innocent_replay() -> None:
    assert status(one(shown(twice())), "replay") is Status.NOT_EXCLUDED


def test_flashes_and_flicker_are_no_turned_stretch() -> None:
    light = np.zeros(N)
    light[[60, 61, 130, 131]] = 90
    flicker = 20.0 * (np.arange(N) // 25 % 2)
    for change in (light, flicker):
        levels = 100 + change[:, None] + np.random.default_rng(5).normal(0, 0.3, (N, BLOCKS))
        said = found(CHECK, make_clip(N, view=np.asarray(levels * 256, np.uint16)))
        assert all(finding.weight is Weight.NEUTRAL for finding in said)


def test_repeats_of_a_filled_rate_are_silent() -> None:
    assert found(CHECK, shown(np.arange(N) // 3)) == []


def test_damage_is_left_alone() -> None:
    assert found(CHECK, shown(twice(), corrupt=np.isin(np.arange(N + 38), [130]))) == []


def test_no_more_than_the_most() -> None:
    assert len(found(CHECK, shown(np.concatenate([twice() + 0] * 2)))) <= MOST + 1


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(12))[0].outcome is Outcome.SKIPPED


def film(path: Path, graph: Any) -> Clip:
    options = {"vcodec": "libx264", "crf": 26, "g": 50, "pix_fmt": "yuv420p", "preset": "veryfast"}
    graph.filter("setpts", "N/25/TB").output(str(path), **options).run(cmd=FFMPEG, quiet=True)
    return measure(path)


@pytest.mark.parametrize("backwards", [False, True])
def test_real_film(tmp_path: Path, backwards: bool) -> None:
    parts = [
        ffmpeg.input("mandelbrot=s=320x180:r=25:end_pts=200", f="lavfi", t=6)
        .filter("noise", alls=6, allf="t", all_seed=seed)
        .filter("trim", start_frame=first, end_frame=end)
        .filter("setpts", "PTS-STARTPTS")
        for seed, first, end in ((1, 0, 80), (2, 40, 80), (3, 80, 150))
    ]
    parts[1] = parts[1].filter("reverse") if backwards else parts[1]
    finding = one(film(tmp_path / "film.mp4", ffmpeg.concat(*parts)))
    assert finding.code == ("reverse" if backwards else "repeat")
    assert abs(finding.span.last - 119) <= 1
