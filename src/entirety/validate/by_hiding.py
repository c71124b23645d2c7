"""Edits that leave everything in the file and only keep a player from showing it: by the edit list, by the tables, by switching a track off."""

from typing import Any

import ffmpeg

from entirety.validate.copied import COPY, RAW
from entirety.validate.model import Step, Truth
from entirety.validate.recordings import command
from entirety.validate.scene import Done, Scene

SECONDS = 2
EXACT: dict[str, Any] = {"movie_timescale": 90000, "use_editlist": 1}
"""Edit lists count in the movie's own clock; with ffmpeg's usual 1/1000 s a thirtieth of a second cannot be said."""
PICTURES: dict[str, Any] = {**COPY, "map": "0:v", **EXACT}


def middle_listed(scene: Scene) -> Done | None:
    """An editor's edit list skips two seconds in the middle."""
    return _skipped(scene, scene.ending) if _is_mp4(scene) else None


def middle_listed_anew(scene: Scene) -> Done | None:
    """The same of a recording in another container, whose pictures an editor first puts into MP4."""
    # The whole milliseconds of Matroska would be another's uneven times; of the rest, this is what MP4 can hold and a player shows.
    held = scene.ending in ("avi", "ts") and scene.made.condition.codec in RAW
    return _skipped(scene, "mp4") if held else None


def _skipped(scene: Scene, ending: str) -> Done | None:
    first, length = scene.middle(scene.seconds(SECONDS)), scene.seconds(SECONDS)
    if first is None or scene.made.condition.uneven:
        return None
    ranges = (f"0-{first}", f"{first + length}-{scene.made.frames}")
    steps = (_copied(scene, ending), Step("patch", ("edits", f"copied.{ending}", f"done.{ending}", *ranges)))
    truth = Truth("edited", scene.made.frames - length, (scene.seam(first, first - 1, first + length),), length)
    return steps, f"done.{ending}", truth


def middle_unlisted(scene: Scene) -> Done | None:
    """The tables are rewritten so that whole groups in the middle are referred to by nothing."""
    count = max(1, round(SECONDS * scene.made.rate / scene.made.group))
    first = scene.key(count)
    if first is None or not _is_mp4(scene):
        return None
    end = first + count * scene.made.group
    steps = (
        _copied(scene, scene.ending),
        Step("patch", ("unlist", f"copied.{scene.ending}", f"done.{scene.ending}", str(first), str(end))),
    )
    truth = Truth("edited", scene.made.frames - (end - first), (scene.seam(first, first - 1, end),))
    return steps, f"done.{scene.ending}", truth


def second_track(scene: Scene) -> Done | None:
    """Another take lies in a second track that is switched off."""
    if not _is_mp4(scene):
        return None
    both = ffmpeg.output(
        ffmpeg.input(f"recording.{scene.ending}").video,
        ffmpeg.input(f"second.{scene.ending}").video,
        f"two.{scene.ending}",
        **{"c": "copy", **EXACT},
    )
    steps = (command(both), Step("patch", ("switch-off", f"two.{scene.ending}", f"done.{scene.ending}", "2")))
    return steps, f"done.{scene.ending}", Truth("edited", scene.made.frames)


def _is_mp4(scene: Scene) -> bool:
    return scene.ending in ("mp4", "mov")


def _copied(scene: Scene, ending: str) -> Step:
    """The pictures alone, saved again by an editor, with the movie header behind them."""
    return command(ffmpeg.input(f"recording.{scene.ending}").output(f"copied.{ending}", **PICTURES))
