"""Reads the time of day of a clock time stamp, which H.264, HEVC and AV1 write in the same form."""

from entirety.read.headers.h264.bits import Bits


def read_time(bits: Bits, *, full: int) -> tuple[int, int, int]:
    """Seconds, minutes and hours; -1 for each that is left out, which a stamp that is not `full` may do with the later ones.

    ITU-T H.264, D.1.3; ITU-T H.265, D.2.27; AV1 Bitstream & Decoding Process Specification, 5.8.7.
    """
    if full:
        return bits.u(6), bits.u(6), bits.u(5)
    second = minute = hour = -1
    if bits.flag():
        second = bits.u(6)
        if bits.flag():
            minute = bits.u(6)
            if bits.flag():
                hour = bits.u(5)
    return second, minute, hour
