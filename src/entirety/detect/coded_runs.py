"""Names, for each codec but H.264, the function that finds where one run of its encoder ends and another begins.

Each function takes a clip and what the headers of its main video say, and yields lists of breaks, one list for each kind of break, with the weight and the words of each.
"""

from collections.abc import Callable, Iterator, Mapping

from entirety.detect.encoder_runs import Break
from entirety.detect.image_runs import mjpeg_breaks
from entirety.detect.picture_runs import av1_breaks, vp8_breaks, vp9_breaks
from entirety.detect.runs_hevc import breaks as hevc_breaks
from entirety.detect.runs_mpeg2 import mpeg2_breaks
from entirety.detect.runs_mpeg4 import h263_breaks, mpeg4_breaks
from entirety.model.clip import Clip
from entirety.model.headers import CodedHeaders

BREAKS: Mapping[str, Callable[[Clip, CodedHeaders], Iterator[list[Break]]]] = {
    "av1": av1_breaks,
    "h263": h263_breaks,
    "mjpeg": mjpeg_breaks,
    "mpeg1video": mpeg2_breaks,
    "mpeg2video": mpeg2_breaks,
    "mpeg4": mpeg4_breaks,
    "vp8": vp8_breaks,
    "vp9": vp9_breaks,
    "hevc": hevc_breaks,
}
"""By the library's name of the codec."""


def coded_breaks(clip: Clip) -> Iterator[list[Break]]:
    """The breaks of each kind, where the codec of the main video is one of these."""
    finder = BREAKS.get(clip.stream.codec)
    if finder is not None and clip.coded is not None:
        yield from finder(clip, clip.coded)
