"""The sample clips are what truth.json says they are, and the scenes can be drawn again picture by picture."""

import hashlib
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import av
import cv2
import ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
if str(SAMPLES) not in sys.path:
    sys.path.append(str(SAMPLES))

from camera import FFMPEG  # noqa: E402
from clips import CLIPS  # noqa: E402
from recipes import Recipe, low_light_stamps  # noqa: E402
from scenes import Take, picture  # noqa: E402

TRUTH = {clip["file"]: clip for clip in json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["clips"]}
ANSWERS = {"direct", "indications", "re-saved", "inconclusive", "none-found"}
HELD = 36
"""Pictures that freeze.mp4 holds still."""


def luma(clip: Path, *, ignore_edits: bool = False) -> list[NDArray[np.float32]]:
    """Luma of every picture shown, shrunk to 160x90."""
    options = {"ignore_editlist": "1"} if ignore_edits else {}
    pictures = []
    with av.open(str(clip), container_options=options) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            rows = np.frombuffer(bytes(plane), np.uint8).reshape(frame.height, plane.line_size)[:, : frame.width]
            pictures.append(small(rows))
    return pictures


def small(rows: NDArray[np.uint8]) -> NDArray[np.float32]:
    return cv2.resize(rows, (160, 90), interpolation=cv2.INTER_AREA).astype(np.float32)


def distance(take: Take, number: float, shown: NDArray[np.float32]) -> float:
    return float(np.abs(small(picture(take, number)[:360]) - shown).mean())


def test_truth_names_every_clip_and_every_clip_exists() -> None:
    assert sorted(TRUTH) == sorted(recipe.name for recipe in CLIPS) == sorted(p.name for p in SAMPLES.glob("*.mp4"))
    assert sum(path.stat().st_size for path in SAMPLES.glob("*.mp4")) < 15_000_000


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_truth_is_complete(name: str) -> None:
    told = TRUTH[name]
    assert hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest() == told["sha256"]
    assert told["expect"]["answer"] in ANSWERS
    assert not set(told["expect"]["checks"]) & set(told["expect"]["acceptable_checks"])
    seen = {check for event in told["events"] for check in event.get("seen_by", ())}
    assert seen <= set(told["expect"]["checks"])
    assert told["done"].endswith(".")
    innocent = told["expect"]["answer"] in {"none-found", "re-saved"}
    assert told["continuous"] is innocent


@pytest.mark.parametrize(("take", "number"), [(Take("yard", 11, 25), 117), (Take("street", 21, 30), 40.5)])
def test_a_picture_depends_on_nothing_but_seed_and_number(take: Take, number: float) -> None:
    alone = picture(take, number)
    picture(take, 3)
    assert np.array_equal(picture(take, number), alone)
    assert not np.array_equal(picture(Take(take.scene, take.seed + 1, take.rate), number), alone)


@pytest.mark.parametrize("recipe", [recipe for recipe in CLIPS if recipe.shows], ids=lambda recipe: str(recipe.name))
def test_each_run_of_pictures_stands_where_the_recipe_says(recipe: Recipe) -> None:
    """The first and last picture of each run is nearer to its own drawing than to the drawings beside it."""
    shown, at = luma(SAMPLES / recipe.name), 0
    for take, first, count in recipe.shows:
        for offset in sorted({0, count - 1}):
            number = first + offset
            near = {n: distance(take, n, shown[at + offset]) for n in range(max(0, number - 1), number + 2)}
            assert min(near, key=lambda n: near[n]) == number
        at += count + (HELD if recipe.name == "freeze.mp4" else 0)
    edges = {event.frame for event in recipe.events if event.kind in {"cut", "join"}}
    assert edges <= set(np.cumsum([count for _, _, count in recipe.shows]).tolist())


def test_the_frozen_picture_stands_still_and_only_then() -> None:
    starts, ends = (event["frame"] for event in TRUTH["freeze.mp4"]["events"])
    steps = [float(np.abs(later - sooner).mean()) for sooner, later in pairwise(luma(SAMPLES / "freeze.mp4"))]
    assert ends - starts == HELD
    assert max(steps[starts : ends - 1]) < 0.3 * min(steps[starts - 20 : starts - 1])
    assert steps[ends - 1] > 0.5 * float(np.median(steps[:starts]))


def test_flashes_and_lamp_are_where_the_truth_says() -> None:
    mean = np.array([float(rows.mean()) for rows in luma(SAMPLES / "flash-and-light.mp4")])
    first, second, lamp = (event["frame"] for event in TRUTH["flash-and-light.mp4"]["events"])
    assert all(mean[at] > mean[at - 1] + 40 for at in (first, second))
    assert mean[first + 1] < mean[first] - 40
    assert mean[lamp] > mean[lamp - 1] + 15
    assert mean[lamp:].min() > mean[lamp - 1] + 10


def test_low_light_times_are_kept_to_the_millisecond() -> None:
    with av.open(str(SAMPLES / "variable-rate.mp4")) as container:
        times = [round(1000 * frame.time) for frame in container.decode(video=0) if frame.time is not None]
    assert times == low_light_stamps()
    for event in TRUTH["variable-rate.mp4"]["events"]:
        assert round(1000 * event["time_s"]) == times[event["frame"]]


@pytest.mark.parametrize("name", sorted(name for name, told in TRUTH.items() if told["camera_like"]))
def test_camera_like_clips_carry_no_name_of_ffmpeg_or_x264(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    # Compressed pictures hold any four letters by chance; real traces continue as below.
    for trace in (
        b"Lavf6",
        b"Lavc6",
        b"Lavc libx264",
        b"libx264",
        b"x264 - core",
        b"VideoHandler",
        b"FFmpeg",
        b"isommp",
    ):
        assert trace not in data
    assert data[4:12] == b"ftypmp42"


def test_the_messenger_copy_does_carry_them() -> None:
    data = (SAMPLES / "messenger.mp4").read_bytes()
    assert b"Lavf" in data
    assert b"x264 - core" in data


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_hidden_pictures_are_those_that_return_without_edit_list(name: str) -> None:
    shown, stored = luma(SAMPLES / name), luma(SAMPLES / name, ignore_edits=True)
    assert len(stored) - len(shown) == TRUTH[name]["hidden_frames"]


def test_a_trim_keeps_every_stored_picture() -> None:
    hidden = TRUTH["trim-edit-list.mp4"]["hidden_frames"]
    assert hidden >= 50
    stored = {}
    for name in ("trim-edit-list.mp4", "untouched-static.mp4"):
        with av.open(str(SAMPLES / name), container_options={"ignore_editlist": "1"}) as container:
            stored[name] = [bytes(packet) for packet in container.demux(video=0)]
    assert stored["trim-edit-list.mp4"] == stored["untouched-static.mp4"]


def parameter_sets(name: str) -> list[bytes]:
    """Sequence parameter sets inside the pictures of a clip, in order, repeats left out."""
    found: list[bytes] = []
    with av.open(str(SAMPLES / name)) as container:
        for packet in container.demux(video=0):
            data, at = bytes(packet), 0
            while at + 5 <= len(data):
                size = int.from_bytes(data[at : at + 4], "big")
                unit = data[at + 4 : at + 4 + size]
                if unit[0] & 31 == 7 and unit not in found:
                    found.append(unit)
                at += 4 + size
    return found


def test_the_copied_join_changes_parameter_sets_inside_the_stream() -> None:
    assert len(parameter_sets("join-stream-copy.mp4")) == 2


def test_the_copied_cut_meets_two_equal_picture_ids() -> None:
    """H.264 7.4.3 forbids two neighbouring IDR pictures with one idr_pic_id; an encoder in one run never writes them."""
    clip = ffmpeg.input(str(SAMPLES / "cut-stream-copy.mp4")).output(
        "-", format="null", map="0:v", c="copy", **{"bsf:v": "trace_headers"}
    )
    _, told = clip.global_args("-loglevel", "trace").run(cmd=FFMPEG, capture_stdout=True, capture_stderr=True)
    ids = [int(one) for one in re.findall(r"idr_pic_id\b.*= (\d+)\s*$", told.decode("utf-8", "replace"), re.MULTILINE)]
    assert len(ids) == 10
    assert [at for at in range(1, 10) if ids[at] == ids[at - 1]] == [5]


def test_rotated_is_turned_by_a_quarter() -> None:
    with av.open(str(SAMPLES / "rotated.mp4")) as container:
        frame = next(container.decode(video=0))
    assert frame.rotation == -90
