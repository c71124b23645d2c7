"""The reader of MPEG programme streams (MPG, VOB, many recorders of surveillance): packs, their clock and their streams."""

from entirety.read.container.mpegps.reader import looks_like_mpegps, read_mpegps

__all__ = ["looks_like_mpegps", "read_mpegps"]
