"""The reader of MPEG transport streams (TS, M2TS, MTS): packets, their counters and clocks, and what the tables state."""

from entirety.read.container.mpegts.framing import looks_like_mpegts
from entirety.read.container.mpegts.reader import read_mpegts

__all__ = ["looks_like_mpegts", "read_mpegts"]
