"""Reads the headers of VP8 and VP9 from their packets, without decoding a picture."""

from entirety.read.headers.vpx.vp8 import Vp8Reader
from entirety.read.headers.vpx.vp9 import Vp9Reader

__all__ = ["Vp8Reader", "Vp9Reader"]
