"""What checks cannot do without, each with the sentence that is printed where a file lacks it."""

from entirety.model.clip import Clip
from entirety.model.finding import Need, Outcome, Sentence
from entirety.model.time import UNSET


def _no_picture(clip: Clip) -> Sentence | None:
    return None if len(clip.frames) else Sentence("need.frames", "No picture of this file could be decoded.")


def _no_times(clip: Clip) -> Sentence | None:
    text = "The file states no times for {missing} of its {count} pictures; when they are shown, and for how long, cannot be told."
    missing = int((clip.frames.pts == UNSET).sum())
    return Sentence("need.times", text, (("missing", missing), ("count", len(clip.frames)))) if missing else None


def _no_packet(clip: Clip) -> Sentence | None:
    return None if len(clip.packets) else Sentence("need.packets", "No coded picture of this file could be read.")


def _no_h264(clip: Clip) -> Sentence | None:
    text = "The video is coded as {codec}; this check reads the headers of H.264 only."
    return None if clip.headers is not None else Sentence("need.h264", text, (("codec", clip.stream.codec),))


def _no_isobmff(clip: Clip) -> Sentence | None:
    text = "The container is {container}, which has no edit list; only MP4, MOV and 3GP files have one."
    return None if clip.movie is not None else Sentence("need.isobmff", text, (("container", clip.container),))


def _no_structure(clip: Clip) -> Sentence | None:
    text = "The container is {container}, which is read through a library and not block by block."
    return None if clip.structure is not None else Sentence("need.structure", text, (("container", clip.container),))


FRAMES = Need(_no_picture)
"""At least one decoded picture."""
TIMES = Need(_no_times)
"""Every shown picture states its time."""
PACKETS = Need(_no_packet)
"""At least one coded picture."""
H264 = Need(_no_h264, Outcome.NOT_APPLICABLE)
"""Headers of an H.264 stream."""
ISOBMFF = Need(_no_isobmff, Outcome.NOT_APPLICABLE)
"""The declarations of an MP4, MOV or 3GP container."""
STRUCTURE = Need(_no_structure, Outcome.NOT_APPLICABLE)
"""The outer structure of the file, block by block."""
