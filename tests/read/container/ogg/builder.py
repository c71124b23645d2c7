"""Pages by hand: the smallest byte builder that the tests of the Ogg reader need."""

import struct

from entirety.read.container.ogg.pages import CONTINUED, FIRST, LAST


def crc(raw: bytes) -> int:
    """The checksum bit by bit, as RFC 3533 describes it, to hold the quick one against."""
    value = 0
    for byte in raw:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return value


def page(sequence: int, *packets: bytes, serial: int = 7, flags: int = 0, granule: int = 0, ends: bool = True) -> bytes:
    """One page; with `ends` unset its last packet goes on in the next page, for which its length must be a multiple of 255."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes((len(packet) % 255,)) for packet in packets)
    if not ends:
        lacing = lacing[:-1]
    head = b"OggS\0" + bytes((flags,)) + struct.pack("<qII", granule, serial, sequence)
    body = bytes((len(lacing),)) + lacing + b"".join(packets)
    return head + struct.pack("<I", crc(head + bytes(4) + body)) + body


def comments(vendor: bytes, *entries: bytes) -> bytes:
    parts = (struct.pack("<I", len(text)) + text for text in entries)
    return struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(entries)) + b"".join(parts)


def vorbis(*, serial: int = 7, count: int = 3) -> list[bytes]:
    """The pages of a whole stream: head, comments, and `count` pages of sound, the last one marked."""
    head = page(0, b"\x01vorbis" + bytes(23), serial=serial, flags=FIRST)
    words = page(1, b"\x03vorbis" + comments(b"hand", b"TITLE=one", "PLACE=Übung".encode()) + b"\1", serial=serial)
    sound = [
        page(2 + number, b"sound", serial=serial, granule=100 * (number + 1), flags=LAST * (number == count - 1))
        for number in range(count)
    ]
    return [head, words, *sound]


__all__ = ["CONTINUED", "FIRST", "LAST", "comments", "crc", "page", "vorbis"]
