"""The reader of Material Exchange Format files (MXF): partitions, what they hold, and who wrote them."""

from entirety.read.container.mxf.keys import looks_like_mxf
from entirety.read.container.mxf.reader import read_mxf

__all__ = ["looks_like_mxf", "read_mxf"]
