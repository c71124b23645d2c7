"""Names the reader of each video codec's headers but H.264, whose reader has columns of its own; loaded for such clips only."""

from collections.abc import Callable, Mapping
from functools import partial

from entirety.read.headers.av1 import Av1Reader
from entirety.read.headers.h263.reader import H263Reader
from entirety.read.headers.hevc import HevcReader
from entirety.read.headers.mjpeg import MjpegReader
from entirety.read.headers.mpeg2.reader import Mpeg2Reader
from entirety.read.headers.mpeg4.reader import Mpeg4Reader
from entirety.read.headers.readers import VideoReader
from entirety.read.headers.vpx import Vp8Reader, Vp9Reader

VIDEO: Mapping[str, Callable[[bytes], VideoReader]] = {
    "av1": Av1Reader,
    "h263": H263Reader,
    "mjpeg": MjpegReader,
    "mpeg1video": partial(Mpeg2Reader, "mpeg1video"),
    "mpeg2video": partial(Mpeg2Reader, "mpeg2video"),
    "mpeg4": Mpeg4Reader,
    "vp8": Vp8Reader,
    "vp9": Vp9Reader,
    "hevc": HevcReader,
}
"""By the library's name of the codec; each takes the codec's header from the container. H.264 has a reader with columns of its own."""
