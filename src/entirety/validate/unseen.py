"""Which cuts without new encoding leave nothing behind in the pictures, their numbers and their times, and why: said from the recipe alone.

A clip in which nothing was found was either missed or held nothing to find, and which of the two it is must not depend on what was found.
A place is held to be invisible where all of this is true of how the clip was made:

1. Whole groups meet there, and every group is closed: its first picture is a key frame, and no picture leans on one of another group.
2. No number runs on from group to group, or it goes on as if nothing were missing. HEVC and VP9 begin every count anew at a key frame.
   H.264 does so too but for `idr_pic_id`, in which two groups that follow each other must differ (ITU-T H.264, 7.4.3); the encoder
   of this set changes between 0 and 1, so that an even number of groups can be left out. The groups of MPEG-2 and of MPEG-4 carry a time
   code that runs through the recording: there no place is invisible.
3. Both sides were coded with the same size, rate and settings, so that they describe their stream alike.
4. The container's times are those of an unbroken recording: the clip holds pictures only, and their times were counted anew or carried on
   from picture to picture. With sound beside them a part may end later than its pictures do, which shows in the times; such clips are held
   to be visible whatever happened. So are transport streams put together byte by byte, edit lists and unlisted pictures.

The same encoder could then have written these pictures in one run. How coarsely pictures are quantised may step where groups meet; rate
control does that anywhere, so that such a step may be reported while nothing is missed where there is none. The definition says nothing of
the picture's content, which other checks compare, and nothing of the sound. At a start or an end no side is left to compare with: there
whole groups and the fourth rule are enough, for any codec.
"""

from collections.abc import Sequence

from entirety.validate.scene import Scene

REASONS: dict[str, str] = {
    "h264-even-groups": "whole closed groups meet, every count begins anew at their key frames, and idr_pic_id, which alternates between "
    "0 and 1, goes on as before because the number of groups between is even",
    "hevc-closed-groups": "whole closed groups meet, and every count begins anew at their key frames (IDR)",
    "vp9-closed-groups": "whole groups meet, and a key frame resets all that a decoder keeps",
    "single-pictures": "every picture is coded by itself, and no number runs through them",
    "start-left-out": "the file begins with a key frame, as a recording may, and nothing before it is left to compare with",
    "end-left-out": "the file ends with a whole group, as a recording may, and nothing behind it is left to compare with",
}
"""Why a place is invisible in the coded pictures, their numbers and their times, by the name that stands in the table."""

MISSED = "missed"
"""The recipe does not say that nothing is to be seen."""

TIMED = ("list", "mkvmerge", "chain", "raw")
"""Ways of putting parts together in which a program states the times of all pictures."""

CLOSED = {"hevc": "hevc-closed-groups", "vp9": "vp9-closed-groups", "mjpeg": "single-pictures"}


def between(scene: Scene, how: str, skipped: Sequence[int]) -> str:
    """Name of the reason why none of the places can be seen; empty where one may be.

    `skipped` holds, for each place at which whole groups meet, by how many groups the second stands later than if it followed the first.
    """
    if how not in TIMED or (scene.made.sound and how != "raw"):
        return ""
    codec = scene.made.condition.codec
    if codec == "h264":
        return "" if any(groups % 2 for groups in skipped) else "h264-even-groups"
    return CLOSED.get(codec, "")


def alike(scene: Scene) -> bool:
    """Both recordings describe their stream in the same way."""
    return all(scene.made.size) and (scene.made.size, scene.made.rate) == (scene.second.size, scene.second.rate)


def at_an_end(scene: Scene, name: str) -> str:
    """The same where only a start or an end was left out."""
    return "" if scene.made.sound else name
