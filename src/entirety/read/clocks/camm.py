"""Reads the satellite time in a track of camera motion (CAMM), which panorama cameras and some phones write.

Each packet states its type; type 6 is a position with the time at which the receiver measured it. Positions without a fix are left out.
"""

import math
import struct
from fractions import Fraction

SOURCE, BASE = "camm", Fraction(1, 1000)
POSITION = struct.Struct("<HHdi")
"""Reserved, type, seconds, kind of fix; a longitude, a latitude and seven more numbers follow."""
LENGTH = 60
TYPE = 6
LATEST_S = 2**33
"""Seconds; the year 2242 since 1970. No receiver states more."""


def read(packet: bytes) -> int | None:
    """Milliseconds since the receiver's beginning of time; None where this packet is no position or had no fix."""
    if len(packet) != LENGTH:
        return None
    reserved, kind, stated, fix = POSITION.unpack_from(packet)
    seconds = float(stated)
    if reserved or kind != TYPE or fix <= 0 or not math.isfinite(seconds) or not 0 < seconds < LATEST_S:
        return None
    return int(seconds * 1000 + 0.5)
