"""How each form of file but ISO-BMFF begins, and its reader; loaded for such files only."""

from collections.abc import Callable
from typing import BinaryIO

from entirety.model.container import Structure
from entirety.read.container.annexb import looks_like_h264, looks_like_hevc, read_h264, read_hevc
from entirety.read.container.asf import looks_like_asf, read_asf
from entirety.read.container.avi import looks_like_avi, read_avi
from entirety.read.container.flv import looks_like_flv, read_flv
from entirety.read.container.matroska import looks_like_matroska, read_matroska
from entirety.read.container.mpegps import looks_like_mpegps, read_mpegps
from entirety.read.container.mpegts import looks_like_mpegts, read_mpegts
from entirety.read.container.mxf import looks_like_mxf, read_mxf
from entirety.read.container.ogg import looks_like_ogg, read_ogg

Looks = Callable[[bytes], bool]
Read = Callable[[BinaryIO, int], Structure]

READERS: tuple[tuple[Looks, Read], ...] = (
    (looks_like_matroska, read_matroska),
    (looks_like_avi, read_avi),
    (looks_like_ogg, read_ogg),
    (looks_like_flv, read_flv),
    (looks_like_asf, read_asf),
    (looks_like_mpegps, read_mpegps),
    (looks_like_mxf, read_mxf),
    (looks_like_hevc, read_hevc),
    (looks_like_h264, read_h264),
    (looks_like_mpegts, read_mpegts),
)
"""How each form begins, and its reader; the first that fits reads. Any bytes give a Structure."""
