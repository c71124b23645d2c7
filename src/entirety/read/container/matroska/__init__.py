"""The reader of Matroska and WebM files: what a file declares, byte by byte."""

from entirety.read.container.matroska.reader import looks_like_matroska, read_matroska

__all__ = ["looks_like_matroska", "read_matroska"]
