"""The reader of Advanced Systems Format files (ASF, WMV): objects, and what the header states."""

from entirety.read.container.asf.objects import looks_like_asf
from entirety.read.container.asf.reader import read_asf

__all__ = ["looks_like_asf", "read_asf"]
