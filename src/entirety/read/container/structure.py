"""Which form a file has, and its outer structure, read by the reader of that form; a form without one gives None."""

from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from entirety.model.container import Movie, Structure
from entirety.read.container.annexb import looks_like_h264, looks_like_hevc, read_h264, read_hevc
from entirety.read.container.asf import looks_like_asf, read_asf
from entirety.read.container.avi import looks_like_avi, read_avi
from entirety.read.container.flv import looks_like_flv, read_flv
from entirety.read.container.matroska import looks_like_matroska, read_matroska
from entirety.read.container.mpegps import looks_like_mpegps, read_mpegps
from entirety.read.container.mpegts import looks_like_mpegts, read_mpegts
from entirety.read.container.mxf import looks_like_mxf, read_mxf
from entirety.read.container.ogg import looks_like_ogg, read_ogg
from entirety.read.container.spaces import look_into

HEAD = 4_096
"""Bytes by which the form is told."""

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


def read_structure(file: BinaryIO, length: int, movie: Movie | None) -> Structure | None:
    """The structure of a whole file of `length` bytes; `movie` is what the reader of ISO-BMFF gave, if it is of that form."""
    structure = _outline(file, length, movie)
    return None if structure is None else replace(structure, spaces=look_into(file, length, structure))


def _outline(file: BinaryIO, length: int, movie: Movie | None) -> Structure | None:
    """The structure without what lies in its spaces."""
    if movie is not None:
        return Structure("isobmff", movie.boxes, movie.leftovers, movie.tags, movie.problems)
    file.seek(0)
    head = file.read(HEAD)
    return next((read(file, length) for looks, read in READERS if looks(head)), None)
