"""The reader of ISO-BMFF (MP4, 3GP, M4V) and QuickTime (MOV) files: what a file declares, byte by byte."""

from entirety.read.container.isobmff.movie import looks_like_isobmff, read_movie

__all__ = ["looks_like_isobmff", "read_movie"]
