"""The reader of AVI files: what a file declares, byte by byte."""

from entirety.read.container.avi.reader import looks_like_avi, read_avi

__all__ = ["looks_like_avi", "read_avi"]
