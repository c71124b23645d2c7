"""Reads the headers of an AV1 stream from its packets, without decoding a picture."""

from entirety.read.headers.av1.reader import Av1Reader

__all__ = ["Av1Reader"]
