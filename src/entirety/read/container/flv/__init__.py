"""The reader of FLV files: what a file declares, tag by tag."""

from entirety.read.container.flv.reader import looks_like_flv, read_flv

__all__ = ["looks_like_flv", "read_flv"]
