"""Reads the headers of motion JPEG from its packets, without decoding a picture."""

from entirety.read.headers.mjpeg.reader import MjpegReader

__all__ = ["MjpegReader"]
