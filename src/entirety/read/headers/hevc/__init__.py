"""Reads the headers of an HEVC stream from its packets, without decoding a picture."""

from entirety.read.headers.hevc.columns import HevcReader

__all__ = ["HevcReader"]
