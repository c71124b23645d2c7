"""source-change: parts whose camera traits differ."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import BLOCKS, make_clip, make_looks, ripple
from detect.expectations import found, status
from detect.films import FFMPEG
from entirety.detect.run import run_check
from entirety.detect.shots import Shot, shots
from entirety.detect.source_change import CHECK, _finding
from entirety.detect.source_groups import NOTHING, fewest_groups, separations, source_groups
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.model.looks import LOOK

N = 240
LOOKS = N // LOOK
SECOND = slice(LOOKS // 2, None)
MIDDLE = slice(LOOKS // 3, 2 * LOOKS // 3)
HALVES = (Shot(0, N // 2 - 1, "hard-cut"), Shot(N // 2, N - 1, "end"))


def scene(k: int) -> NDArray[np.uint16]:
    """The 144 blocks of one scene; those of different numbers have nothing in common."""
    return np.asarray(np.random.default_rng(k).integers(40, 200, BLOCKS) * 256, np.uint16)


def shots_of(*lengths: int, scenes: tuple[int, ...] = (0, 1, 2, 3), **looks: Any) -> Clip:
    """A clip of shots with unlike views; `looks` replaces columns of the closer looks."""
    count = sum(lengths)
    numbers = np.repeat(np.arange(len(lengths)), lengths)
    # 64 of 128 bits turn at each cut.
    turned = np.array([0x0F0F_3C3C_5A5A_9696, 0x0F0F_3C3C_A5A5_6969], np.uint64)
    views = turned[numbers % 2]
    closer = make_looks(-(-count // LOOK))
    closer.detail[...] = 4
    for name, column in looks.items():
        getattr(closer, name)[...] = column
    rest = np.full((count, BLOCKS), 8, np.uint8)
    rest[np.cumsum(lengths)[:-1]] = 120
    view = np.stack([scene(scenes[number]) for number in numbers])
    return make_clip(count, phash=views, dhash=views, rest=rest, view=view, looks=closer)


def trait(first: float, second: float, rows: slice = SECOND, count: int = LOOKS) -> NDArray[np.float32]:
    column = ripple(count, first, first / 20)
    column[rows] = ripple(count, second, second / 20)[rows]
    return column


def colours(first: tuple[float, float], second: tuple[float, float], rows: slice = SECOND) -> NDArray[np.float32]:
    column = np.tile(np.array(first, np.float32), (LOOKS, 1))
    column[rows] = second
    return column


def one(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []
    assert found(CHECK, make_clip(N, phash=np.zeros(N, np.uint64), dhash=np.zeros(N, np.uint64))) == []


def test_the_view_alone_says_nothing() -> None:
    clip = shots_of(N // 2, N // 2)
    assert len(shots(clip)) == 2
    assert found(CHECK, clip) == []
    assert source_groups(clip, shots(clip)) == (1, 1)


def test_noise_and_sharpness_with_a_cut_are_supporting() -> None:
    finding = one(shots_of(N // 2, N // 2, noise=trait(2, 0.5), sharpness=trait(0.5, 0.38)))
    assert (finding.code, finding.weight) == ("change", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last) == (N // 2 - 1, N // 2)
    assert "at least 2 groups" in str(finding.claim)
    assert (finding.measured[2].value, finding.measured[2].threshold) == (0.122, 0.06)


def test_noise_alone_is_supporting() -> None:
    assert one(shots_of(N // 2, N // 2, noise=trait(2, 0.2))).weight is Weight.SUPPORTING


def test_what_a_dissolve_mixes_is_of_neither_group() -> None:
    clip = shots_of(N // 2, N // 2, noise=trait(2, 0.5), sharpness=trait(0.5, 0.38))
    parts = (Shot(0, 110, "gradual-transition", (111, 129)), Shot(130, N - 1, "end"))
    told = _finding(clip, parts, (1, 2, 2), separations(clip, parts)[0])
    assert str(told.claim).startswith("Up to 00:00:04.400 the footage is of group A, from 00:00:05.200 on of group B: ")
    assert told.weight is Weight.SUPPORTING
    assert "meets here" not in str(told.inference)


def test_colour_alone_is_silent() -> None:
    clip = shots_of(N // 2, N // 2, chroma=colours((110, 140), (140, 110)))
    assert found(CHECK, clip) == []
    assert separations(clip, shots(clip))[0].score < 0


def test_what_is_inserted_is_a_group_of_its_own() -> None:
    third = N // 3
    noise = trait(2, 0.3, MIDDLE)
    clip = shots_of(third, third, third, scenes=(0, 1, 2), noise=noise, sharpness=trait(0.5, 0.36, MIDDLE))
    assert source_groups(clip, shots(clip)) == (1, 2, 1)
    assert [finding.span.last for finding in found(CHECK, clip)] == [third, 2 * third]


def test_three_sources_are_three_groups() -> None:
    third, looks = N // 3, LOOKS // 3
    noise = np.repeat(np.array([3, 0.6, 0.1], np.float32), looks)
    clip = shots_of(third, third, third, noise=noise, sharpness=np.repeat(np.array([0.5, 0.4, 0.3], np.float32), looks))
    assert source_groups(clip, shots(clip)) == (1, 2, 3)
    assert all("at least 3 groups" in str(finding.claim) for finding in found(CHECK, clip))


def test_bars_that_come_at_a_cut_are_strong() -> None:
    bars = np.zeros((LOOKS, 4), np.uint8)
    bars[SECOND, 2:] = 20
    finding = one(shots_of(N // 2, N // 2, bars=bars))
    assert finding.weight is Weight.STRONG
    assert "differ in black bars (by 20 lines of a picture of 160 x 90). By" in str(finding.claim)
    assert status(finding, "quality-change") is Status.EXCLUDED


def test_a_dark_sky_is_no_bar() -> None:
    bars = np.zeros((LOOKS, 4), np.uint8)
    bars[SECOND, 0] = 12
    assert found(CHECK, shots_of(N // 2, N // 2, bars=bars)) == []
    bars[SECOND, :2] = np.arange(LOOKS // 2)[:, None]
    assert found(CHECK, shots_of(N // 2, N // 2, bars=bars)) == []


def test_what_is_laid_over_one_shot_of_two_is_strong() -> None:
    standing = np.zeros((LOOKS, BLOCKS), np.uint8)
    standing[SECOND, 130:135] = 20
    finding = one(shots_of(N // 2, N // 2, standing=standing))
    assert finding.weight is Weight.STRONG
    assert "in 5 of 144 parts" in str(finding.claim)
    assert "bars" not in str(finding.claim)
    standing[SECOND] = 20  # the scene itself stands: a wall
    assert found(CHECK, shots_of(N // 2, N // 2, standing=standing)) == []


def test_short_shots_stay_in_the_group_before() -> None:
    clip = shots_of(105, 14, 121, noise=trait(2, 0.1, slice(14, 15)))
    assert source_groups(clip, shots(clip)) == (1, 1, 1)
    assert separations(clip, shots(clip))[0] == NOTHING


def resized(clip: Clip) -> Clip:
    """The second half has pictures of four times the area."""
    clip.frames.width[:], clip.frames.height[:] = 1280, 720
    clip.frames.width[: N // 2], clip.frames.height[: N // 2] = 640, 360
    return clip


def test_pictures_of_another_size_are_another_group_and_weigh_nothing() -> None:
    """format-change weighs the size; noise and sharpness, measured at full resolution, are not compared."""
    clip = resized(shots_of(N // 2, N // 2, noise=trait(2, 0.2), sharpness=trait(0.5, 0.3)))
    finding = one(clip)
    assert finding.weight is Weight.NEUTRAL
    assert "differ in the size of the picture (its area by a factor of 4.0, so that noise" in str(finding.claim)
    assert "no further sign" in str(finding.inference)
    assert not any("noise" in each.name or "sharpness" in each.name for each in finding.measured)
    assert source_groups(clip, shots(clip)) == (1, 2)
    statuses = {slug: status(finding, slug) for slug in ("zoom", "refocus", "light-change", "quality-change")}
    untested = dict.fromkeys(("zoom", "refocus", "light-change"), Status.NOT_TESTED)
    assert statuses == {**untested, "quality-change": Status.NOT_EXCLUDED}


def test_appended_footage_that_cannot_be_decoded_is_another_group_and_weighs_nothing() -> None:
    """stream-join weighs it; of what cannot be decoded nothing is measured."""
    clip = make_clip(N, corrupt=np.arange(N) >= 75, looks=make_looks(LOOKS))
    finding = one(clip)
    assert (finding.weight, finding.span.first, finding.span.last) == (Weight.NEUTRAL, 74, 75)
    assert "differ in the settings with which they were encoded (what follows cannot" in str(finding.claim)
    assert "at least 2 groups (here A and B" in str(finding.claim)
    assert source_groups(clip, shots(clip)) == (1, 2)
    assert status(finding, "quality-change") is Status.NOT_EXCLUDED
    assert {each.slug for each in finding.innocent if each.status is Status.NOT_TESTED} == {
        "zoom",
        "refocus",
        "night-mode",
        "light-change",
    }


def test_damaged_pictures_are_not_measured() -> None:
    """Noise that the decoder makes where it fills in pictures is none of a camera's."""
    filled = np.isin(np.arange(N), np.arange(N // 2 + 8, N - 24))
    clip = shots_of(N // 2, N // 2, noise=trait(2, 0.2, slice(LOOKS // 2 + 1, LOOKS - 3)))
    clip.frames.corrupt[filled] = True
    assert source_groups(clip, HALVES) == (1, 1)


def test_a_stream_that_goes_over_to_another_size_shows_the_same_view() -> None:
    clip = resized(shots_of(N // 2, N // 2, scenes=(0, 0), noise=trait(2, 0.2)))
    assert source_groups(clip, HALVES) == (1, 1)
    assert found(CHECK, clip) == []


def test_a_picture_turned_upright_keeps_its_size() -> None:
    clip = shots_of(N // 2, N // 2)
    clip.frames.width[N // 2 :], clip.frames.height[N // 2 :] = clip.frames.height[0], clip.frames.width[0]
    assert found(CHECK, clip) == []


def test_noise_is_not_read_off_cloth() -> None:
    """Detail of 3 grey levels wherever one looks; an even part on one side is enough, for there noise would be seen."""
    texture = np.full((LOOKS, BLOCKS), 12, np.uint8)
    assert found(CHECK, shots_of(N // 2, N // 2, noise=trait(2, 0.2), detail=texture)) == []
    texture[SECOND, 100:] = 4
    assert len(found(CHECK, shots_of(N // 2, N // 2, noise=trait(2, 0.2), detail=texture))) == 1


@pytest.mark.parametrize(("second", "told"), [((121, 130), 0), ((121, 136), 1)])
def test_much_colour_needs_less_noise(second: tuple[float, float], told: int) -> None:
    noise, sharpness = trait(1, 1.4), trait(0.45, 0.406)
    clip = shots_of(N // 2, N // 2, noise=noise, sharpness=sharpness, chroma=colours((121, 128), second))
    assert len(found(CHECK, clip)) == told
    if told:
        assert "; less than their bound) and in colour (by 8.0 levels)" in str(one(clip).claim)


def test_without_brightness_of_its_own_nothing_is_claimed() -> None:
    clip = shots_of(N // 2, N // 2, noise=np.float32(np.nan), sharpness=np.float32(np.nan))
    assert found(CHECK, clip) == []


def test_a_change_that_fades_is_supporting() -> None:
    clip = shots_of(N // 2, N // 2, noise=trait(2, 0.5), sharpness=trait(0.5, 0.38))
    parts = (Shot(0, 110, "gradual-transition", (111, 129)), Shot(130, N - 1, "end"))
    assert source_groups(clip, parts) == (1, 2)


def test_the_fewest_groups_are_shots_that_are_all_unlike_each_other() -> None:
    """Between two shots that are unlike, one halfway is like both: it goes to the first by its order, and makes no third."""
    third, looks = N // 3, LOOKS // 3
    noise = np.repeat(np.array([4, 0.9, 0.2], np.float32), looks)
    clip = shots_of(third, third, third, noise=noise)
    parts = shots(clip)
    assert len(parts) == 3
    assert (source_groups(clip, parts), fewest_groups(clip, parts)) == ((1, 1, 2), 2)
    alike = shots_of(third, third, third)
    assert fewest_groups(alike, shots(alike)) == 1
    short = shots_of(8, 8)
    assert fewest_groups(short, shots(short)) == 1


def test_groups_formed_one_after_the_other_may_be_more_than_the_fewest() -> None:
    """Four shots of falling noise, the middle ones like both neighbours: in this order they need three groups, and two are enough."""
    quarter = N // 4
    noise = np.repeat(np.array([1.0, 0.3, 3.0, 0.1], np.float32), -(-quarter // LOOK))[:LOOKS]
    clip = shots_of(quarter, quarter, quarter, quarter, noise=noise)
    parts = shots(clip)
    assert len(parts) == 4
    assert max(source_groups(clip, parts)) > fewest_groups(clip, parts) == 2


def test_innocent_several_shots_by_one_operator() -> None:
    near = shots_of(
        N // 2, N // 2, noise=trait(1, 1.6), sharpness=trait(0.45, 0.42), chroma=colours((121, 130), (123, 132))
    )
    assert found(CHECK, near) == []
    far = one(shots_of(N // 2, N // 2, noise=trait(2, 0.3)))
    assert status(far, "several-shots-by-one-operator") is Status.NOT_EXCLUDED


def test_innocent_camera_switch() -> None:
    finding = one(shots_of(N // 2, N // 2, noise=trait(2, 0.3)))
    assert status(finding, "camera-switch") is Status.NOT_EXCLUDED


def test_innocent_zoom() -> None:
    assert status(one(shots_of(N // 2, N // 2, noise=trait(2, 0.3))), "zoom") is Status.EXCLUDED
    blurred = one(shots_of(N // 2, N // 2, noise=trait(2, 0.3), sharpness=trait(0.5, 0.4)))
    assert status(blurred, "zoom") is Status.NOT_EXCLUDED


def test_innocent_refocus() -> None:
    """Out of focus for a while within one view: nothing; at a cut it is named."""
    same = shots_of(N // 2, N // 2, scenes=(0, 0), sharpness=trait(0.5, 0.27))
    assert found(CHECK, same) == []
    assert source_groups(same, HALVES) == (1, 1)
    cut = one(shots_of(N // 2, N // 2, sharpness=trait(0.5, 0.27), chroma=colours((121, 130), (124, 128))))
    assert status(cut, "refocus") is Status.NOT_EXCLUDED
    assert status(cut, "light-change") is Status.NOT_EXCLUDED
    assert "factor" not in next(str(each.why) for each in cut.innocent if each.slug == "light-change")


def test_innocent_night_mode() -> None:
    """The same place without colour and with more noise is one recording."""
    grey: dict[str, Any] = {"chroma": colours((121, 133), (128, 128)), "noise": trait(1, 6)}
    same = shots_of(N // 2, N // 2, scenes=(0, 0), **grey)
    assert source_groups(same, HALVES) == (1, 1)
    assert found(CHECK, same) == []
    assert status(one(shots_of(N // 2, N // 2, **grey)), "night-mode") is Status.NOT_EXCLUDED
    assert status(one(shots_of(N // 2, N // 2, noise=trait(1, 8))), "night-mode") is Status.EXCLUDED
    unknown = np.full((LOOKS, 2), np.nan, np.float32)
    untold = one(shots_of(N // 2, N // 2, noise=trait(1, 8), chroma=unknown))
    assert status(untold, "night-mode") is Status.NOT_TESTED
    assert not any("colour" in each.name for each in untold.measured)


def test_innocent_light_change() -> None:
    assert status(one(shots_of(N // 2, N // 2, noise=trait(1, 8))), "light-change") is Status.NOT_EXCLUDED
    bars = np.zeros((LOOKS, 4), np.uint8)
    bars[SECOND, :2] = 9
    assert status(one(shots_of(N // 2, N // 2, bars=bars)), "light-change") is Status.EXCLUDED


def test_innocent_quality_change() -> None:
    assert status(one(shots_of(N // 2, N // 2, noise=trait(2, 0.2))), "quality-change") is Status.NOT_EXCLUDED
    assert source_groups(shots_of(N // 2, N // 2, scenes=(0, 0), noise=trait(2, 0.2)), HALVES) == (1, 1)


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
    assert run_check(CHECK, make_clip(20))[0].outcome is Outcome.SKIPPED


def test_many_shots_end_in_time_and_in_few_findings() -> None:
    count = 120
    noise = trait(2, 0.2, slice(0, 0), count * 2)
    noise[np.arange(count * 2) // 2 % 2 == 1] = 0.2
    clip = shots_of(*[2 * LOOK] * count, scenes=tuple(range(count)), noise=noise)
    assert len(found(CHECK, clip)) == 50


@pytest.mark.parametrize("order", [("fine", "coarse"), ("fine", "coarse", "fine")])
def test_real_join_of_two_recordings(tmp_path: Path, order: tuple[str, ...]) -> None:
    """A noisy, sharp recording and a smooth, enlarged one under one encoder."""

    def part(name: str, at: int) -> Any:
        if name == "fine":
            source = ffmpeg.input(f"mandelbrot=s=320x180:r=25:start_scale={2 + at}", f="lavfi", t=2.4)
            return source.filter("noise", alls=14, allf="t", all_seed=5).filter("format", "yuv420p").filter("setsar", 1)
        source = ffmpeg.input("testsrc2=s=80x44:r=25", f="lavfi", t=2.4)
        return source.filter("scale", 320, 180).filter("format", "yuv420p").filter("setsar", 1)

    path = tmp_path / "join.mp4"
    film = ffmpeg.concat(*(part(name, at) for at, name in enumerate(order)))
    film.output(str(path), vcodec="libx264", crf=23, pix_fmt="yuv420p", preset="veryfast", threads=1).run(
        cmd=FFMPEG, quiet=True
    )
    clip = measure(path)
    assert [finding.span.last for finding in found(CHECK, clip)] == [60 * k for k in range(1, len(order))]
    assert source_groups(clip, shots(clip)) == tuple(1 if name == "fine" else 2 for name in order)
