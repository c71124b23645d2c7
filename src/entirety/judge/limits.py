"""What this analysis cannot say about this very file, in sentences: a limit that is known and not printed would be a false statement."""

from collections.abc import Iterator, Sequence

import numpy as np

from entirety.detect.written_by import platforms
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Sentence, Weight

LOW_RATE = 12.0
"""Frames per second. Chosen: below it 0.2 s, the shortest pause that this project measures, is about two steps from frame to frame."""

STILL_SCENE = 0.35
"""Grey levels, median change from frame to frame after motion compensation. Read off few clips: a corpus clip with nobody in sight most of the time has
0.23, slow ones 0.41 and more, hand-held ones 0.8 to 3.8."""


def limits(clip: Clip, findings: Sequence[Finding], re_saving: frozenset[str]) -> Iterator[Sentence]:
    """Limits of this file in a fixed order. `re_saving` holds the ids of the checks that answer for the question of origin."""
    yield Sentence("limit.hash", "The results relate only to the file with the hash stated in this report.")
    yield Sentence(
        "limit.cut",
        "A cut at a key frame, made by stream copy, can leave no gap in the times of the pictures and no break in the numbers that "
        "the stream carries: that neither was found does not mean that there is no cut.",
    )
    if any(f.check in re_saving and f.weight is Weight.STRONG for f in findings):
        yield Sentence(
            "limit.re-saved",
            "Traces in the file point to software as its writer. Writing again with new compression removes the traces that an earlier "
            "edit leaves in the file's structure; only traces in picture and sound could remain.",
        )
    if services := platforms(clip):
        yield Sentence(
            "limit.platform",
            "A site or messenger wrote the file anew ({services}): its dates, its structure and its free space are that service's, so no "
            "conclusion is drawn from the container alone.",
            (("services", services),),
        )
    if clip.headers is None and clip.coded is None:
        yield Sentence(
            "limit.codec",
            "The headers inside the video stream were not read: it is coded as {codec}.",
            (("codec", clip.stream.codec),),
        )
    if clip.movie is None:
        # The tables of MP4 alone are read byte by byte down to the times of the pictures.
        name, text = "limit.container", "The container ({name}) was read through a library, not byte by byte."
        if clip.structure is not None:
            name = "limit.outer-structure"
            text = "Of the container ({name}) the outer structure was read byte by byte, the times of the pictures through a library."
        yield Sentence(name, text, (("name", clip.container),))
    if not any(stream.kind == "audio" for stream in clip.streams):
        yield Sentence("limit.silent", "The file has no sound: sound and picture could not be compared.")
    elif clip.sounds:
        yield Sentence(
            "limit.sound-headers",
            "The sound was not listened to and not analysed, except for its length and the times and headers of its blocks.",
        )
    else:
        yield Sentence(
            "limit.sound",
            "The sound was not listened to and not analysed, except for its length and the times of its blocks.",
        )
    yield from _picture_limits(clip)


def _picture_limits(clip: Clip) -> Iterator[Sentence]:
    frames = clip.frames
    if len(frames) < 2:
        yield Sentence(
            "limit.no-pictures", "Fewer than two pictures could be decoded: the picture could not be examined for cuts."
        )
        return
    yield Sentence(
        "limit.ends",
        "A beginning or an end that was left out makes no break in the picture: the clip then only begins later or ends earlier. Where the clip "
        "was compressed anew, nothing in the picture tells it.",
    )
    step = np.nanmedian(np.diff(frames.times)) if not np.isnan(frames.times).all() else 0.0
    if step > 1 / LOW_RATE:
        yield Sentence(
            "limit.low-rate",
            "The clip has about {rate} frames per second: a short pause cannot be told from an ordinary step.",
            (("rate", round(1 / step, 1)),),
        )
    if float(np.median(frames.residual[1:])) < STILL_SCENE:
        yield Sentence(
            "limit.still",
            "For most of the clip little or nothing moves. Where nothing moves, time can be removed, or a picture repeated, without a trace in "
            "the picture, and the checks of the picture cannot see it.",
        )
