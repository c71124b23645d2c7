"""Packets that state a time, written byte by byte as the makers of each form describe it."""

import struct


def entry(key: bytes, kind: str, size: int, items: bytes) -> bytes:
    """One GPMF entry, filled up to four bytes."""
    head = key + bytes([ord(kind) if kind else 0, size]) + (len(items) // size).to_bytes(2, "big")
    return head + items + bytes(-len(items) % 4)


def gpmf(text: str = "190506181507.395", fix: int = 3, more: bytes = b"") -> bytes:
    """A payload of one device with an accelerometer and a receiver."""
    other = entry(b"STRM", "", 1, entry(b"STNM", "c", 1, b"Accelerometer"))
    gps = entry(b"GPSF", "L", 4, fix.to_bytes(4, "big")) + entry(b"GPSU", "U", 16, text.encode())
    return entry(b"DEVC", "", 1, entry(b"DVNM", "c", 1, b"Hero") + other + entry(b"STRM", "", 1, more or gps))


def gps9(days: int, milliseconds: int, fix: int = 3) -> bytes:
    return entry(b"GPS9", "?", 32, struct.pack(">7iHH", 1, 2, 3, 4, 5, days, milliseconds, 200, fix))


def camm(seconds: float, fix: int = 2, kind: int = 6) -> bytes:
    return struct.pack("<HHdidd7f", 0, kind, seconds, fix, 48.1, 11.6, 500, 1, 1, 0, 0, 0, 0)


def klv(microseconds: int, *, before: bytes = b"") -> bytes:
    """A local set of ST 0601: a checksum-like item first, then the time stamp."""
    items = bytes([65, 1, 17]) + bytes([2, 8]) + microseconds.to_bytes(8, "big")
    return before + bytes.fromhex("060e2b34020b01010e01030101000000") + bytes([0x81, len(items)]) + items


def mdpm(date: str = "02200908", time: str = "01012545") -> bytes:
    """A note of an AVCHD camera: year and month, day and time, and one entry more."""
    entries = b"\x18" + bytes.fromhex(date) + b"\x19" + bytes.fromhex(time) + b"\x70\xc7\xf2\xff\xff"
    return bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM" + bytes([3]) + entries
