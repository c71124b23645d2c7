"""Finds the units (NAL units) that a packet of H.264 consists of.

Two framings are in use: in MP4, MOV and most MKV each unit is preceded by its length; in transport streams and AVI each is
preceded by a start code. Which one applies is written in the container's header, and some files contradict it.
"""

from dataclasses import dataclass

SLICE_KINDS = (1, 2, 5)
"""Coded slice, data partition A, slice of an IDR picture (Table 7-1): the units that begin with a slice header."""
PICTURE_KINDS = (1, 2, 3, 4, 5)
IDR, SEI, SPS, PPS = 5, 6, 7, 8

START = b"\x00\x00\x01"
UNITS_PER_PACKET = 4096
"""A 4K picture cut into slices of one network packet each has about a thousand; a packet with more than this is damaged."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the container's header says about the stream."""

    length_size: int
    """Bytes in the length before each unit; 0 where start codes separate the units."""
    units: tuple[bytes, ...]
    """Units stored in the header, parameter sets as a rule."""


def unescape(unit: bytes) -> bytes:
    """Remove the emulation prevention bytes (clause 7.4.1): what stands between is the content as written."""
    return unit.replace(b"\x00\x00\x03", b"\x00\x00")


def configuration(extradata: bytes) -> Configuration:
    """Read the container's header: avcC (ISO/IEC 14496-15, 5.3.3.1) where it begins with 1, start codes otherwise."""
    if extradata[:1] == b"\x01":
        length_size = (extradata[4] & 3) + 1 if len(extradata) > 4 else 4
        return Configuration(length_size, _avcc_units(extradata))
    spans, _ = _by_start_codes(extradata)
    return Configuration(0, tuple(extradata[start:end] for start, end in spans))


def _avcc_units(extradata: bytes) -> tuple[bytes, ...]:
    units: list[bytes] = []
    at = 5
    # The sequence sets come first, counted in five bits, then the picture sets, counted in eight.
    for mask in (0x1F, 0xFF):
        count = extradata[at] & mask if at < len(extradata) else 0
        at += 1
        for _ in range(count):
            length = int.from_bytes(extradata[at : at + 2], "big")
            unit = extradata[at + 2 : at + 2 + length]
            at += 2 + length
            if unit:
                units.append(unit)
    return tuple(units)


def split(packet: bytes, length_size: int) -> tuple[list[Span], bool]:
    """Return where each unit of the packet begins and ends, and whether the framing adds up to the packet.

    A packet that begins with a start code and whose lengths do not add up is read by start codes, whatever the header says.
    """
    if length_size == 0:
        return _by_start_codes(packet)
    spans, sound = _by_lengths(packet, length_size)
    if not sound and packet.startswith((START, b"\x00" + START)):
        return _by_start_codes(packet)
    return spans, sound


def _by_lengths(packet: bytes, length_size: int) -> tuple[list[Span], bool]:
    spans: list[Span] = []
    at, size = 0, len(packet)
    for _ in range(UNITS_PER_PACKET):
        if at == size:
            return spans, True
        start = at + length_size
        at = start + int.from_bytes(packet[at:start], "big")
        if at > size:
            if start < size:
                spans.extend(_pieces(packet, start, size))
            return spans, False
        if at > start:
            spans.extend(_pieces(packet, start, at))
    return spans, at == size


def _pieces(packet: bytes, start: int, end: int) -> list[Span]:
    """Return the units within one length: one as a rule.

    Some phones (Samsung slow motion) put a prefix unit and, after start codes, the rest of the picture under one length, and
    decoders follow them. No start code can occur within a unit, so only units that are no picture data need a look.
    """
    if packet[start] & 31 in PICTURE_KINDS:
        return [(start, end)]
    at = packet.find(START, start, end)
    if at < 0:
        return [(start, end)]
    within, _ = _by_start_codes(packet[at:end])
    first = [(start, at)] if at > start else []
    return first + [(at + begin, at + stop) for begin, stop in within]


def _by_start_codes(packet: bytes) -> tuple[list[Span], bool]:
    spans: list[Span] = []
    at = packet.find(START)
    if at < 0:
        return spans, not packet
    sound = packet.count(0, 0, at) == at
    for _ in range(UNITS_PER_PACKET):
        if at < 0:
            break
        start = at + 3
        at = packet.find(START, start)
        end = at if at >= 0 else len(packet)
        if end > start:
            spans.append((start, end))
    return spans, sound and at < 0
