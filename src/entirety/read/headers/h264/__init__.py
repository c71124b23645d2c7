"""Reads the headers of an H.264 stream from its packets, without decoding a picture."""

from entirety.read.headers.h264.columns import H264Reader

__all__ = ["H264Reader"]
