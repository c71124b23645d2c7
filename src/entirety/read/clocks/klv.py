"""Reads the time stamp of drone and aircraft video: SMPTE ST 336 keys and lengths, as MISB ST 0601 uses them.

A set begins with a key of sixteen bytes; of the items in it, tag 2 is the precision time stamp, microseconds since 1970.
"""

from fractions import Fraction

SOURCE, BASE = "klv", Fraction(1, 1_000_000)
LOCAL_SET = bytes.fromhex("060e2b34020b01010e01030101000000")
TIME_STAMP = 2
ITEMS_MOST = 256
SEARCHED = 64
"""Bytes at the beginning in which the key is looked for: transport streams put a header of up to a dozen bytes before it."""
FARTHEST = 2**62


def read(packet: bytes) -> int | None:
    """Microseconds since 1970; None where this packet states no time."""
    start = packet[: SEARCHED + len(LOCAL_SET)].find(LOCAL_SET)
    if start < 0:
        return None
    size, at = _length(packet, start + len(LOCAL_SET))
    end = min(len(packet), at + size)
    for _ in range(ITEMS_MOST):
        if at >= end:
            return None
        tag, (size, at) = packet[at], _length(packet, at + 1)
        if tag == TIME_STAMP and size == 8 and at + 8 <= end:
            stated = int.from_bytes(packet[at : at + 8])
            return stated if 0 < stated < FARTHEST else None
        at += size
    return None


def _length(data: bytes, at: int) -> tuple[int, int]:
    """A length as BER writes it (one byte, or a count of bytes and so many), and the place after it; beyond the end it is 0."""
    if at >= len(data):
        return 0, len(data)
    if data[at] < 0x80:
        return data[at], at + 1
    count = data[at] & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + min(count, 8)]), at + 1 + count
