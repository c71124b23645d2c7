"""Finds the units (OBUs) that an AV1 packet consists of (AV1 Bitstream & Decoding Process Specification, clauses 5.3 and 4.10.5)."""

SEQUENCE, DELIMITER, FRAME_HEADER, METADATA, FRAME = 1, 2, 3, 5, 6
UNITS_MOST = 1_024
"""Units in a packet; a picture cut into tile groups of one network packet each has some hundreds."""

Unit = tuple[int, int, int, int]
"""Type, temporal and spatial layer as in obu_extension (0 where absent), start and end of the content."""


def units(packet: bytes) -> tuple[list[Unit], bool]:
    """Every unit of the packet, and whether they add up to it."""
    found: list[Unit] = []
    at, size = 0, len(packet)
    for _ in range(UNITS_MOST):
        if at >= size:
            return found, at == size
        header = packet[at]
        if header & 0x80:  # obu_forbidden_bit
            return found, False
        extension = packet[at + 1] if header & 4 and at + 1 < size else 0
        start = at + (2 if header & 4 else 1)
        end = size
        if header & 2:
            length, start = leb128(packet, start)
            end = start + length
            if length < 0 or end > size:
                return found, False
        found.append((header >> 3 & 15, extension, start, end))
        at = end
    return found, at == size


def leb128(data: bytes, at: int) -> tuple[int, int]:
    """A number in the form leb128 (4.10.5) and the place behind it; -1 where it breaks off."""
    number = 0
    for k in range(8):
        if at >= len(data):
            return -1, at
        number |= (data[at] & 0x7F) << 7 * k
        at += 1
        if not data[at - 1] & 0x80:
            return number, at
    return -1, at
