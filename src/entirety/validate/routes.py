"""The ways in which parts become one file without new encoding, and what each does to the times that the container states.

`list`, `mkvmerge` and `chain` let a program carry the times on; `cat` puts transport streams together byte by byte, each with its own
clock; `raw` drops the container altogether, so that times are counted anew from the rate and nothing of the container tells of a part.
"""

from collections.abc import Sequence

from entirety.validate import copied
from entirety.validate.model import Step, Truth
from entirety.validate.scene import Done, Scene

IN_TRANSPORT = ("h264", "hevc", "mpeg2", "mpeg4")
"""Codecs that transport streams carry."""


def carries(scene: Scene, how: str) -> bool:
    """Whether this way exists for the recording."""
    codec, uneven = scene.made.condition.codec, scene.made.condition.uneven
    if how == "chain":
        # The times between two pictures are alike, so that none is lost where the parts meet.
        return codec in IN_TRANSPORT and not uneven
    if how == "cat":
        return codec in IN_TRANSPORT
    return how != "raw" or codec in copied.RAW


def put_together(scene: Scene, steps: Sequence[Step], parts: Sequence[str], truth: Truth, how: str = "list") -> Done:
    """Parts one after another, in this way."""
    target = {"mkvmerge": "done.mkv", "cat": "done.ts"}.get(how, f"done.{scene.ending}")
    last: tuple[Step, ...]
    if how == "mkvmerge":
        last = (copied.appended(scene.made, parts, target),)
    elif how == "chain":
        last = copied.chained(scene.made, parts, target)
    elif how == "cat":
        last = copied.byte_after_byte(scene.made, parts, target)
    elif how == "raw":
        last = copied.timed_anew(scene.made, parts, target)
    else:
        last = copied.concatenated(scene.made, parts, target)
    return (*steps, *last), target, truth
