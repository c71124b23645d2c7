"""Transport packets by hand: the smallest byte builder that the reader's tests need."""

import io

from entirety.model.container import Structure
from entirety.read.container.mpegts import read_mpegts


def packet(
    pid: int,
    counter: int,
    payload: bytes = b"",
    *,
    starts: bool = False,
    pcr: int | None = None,
    declared: bool = False,
    error: bool = False,
    scrambled: int = 0,
) -> bytes:
    """188 bytes; short payloads are stuffed in the adaptation field, an empty one leaves a packet of that field alone."""
    head = bytes([0x47, error << 7 | starts << 6 | pid >> 8, pid & 0xFF])
    clock = b"" if pcr is None else (pcr // 300 % 2**33 << 15 | 0x3F << 9 | pcr % 300).to_bytes(6)
    field = bytes([declared << 7 | (pcr is not None) << 4]) + clock if declared or clock or len(payload) < 184 else b""
    room = 183 - len(payload) - len(field)
    control = (0x20 if len(payload) < 184 else 0) | (0x10 if payload else 0)
    if len(payload) < 184:
        field = bytes([183 - len(payload)]) + field + b"\xff" * max(0, room)
    made = head + bytes([scrambled << 6 | control | counter & 15]) + field + payload
    assert len(made) == 188
    return made


def crc(data: bytes) -> bytes:
    """CRC-32 of ISO/IEC 13818-1, annex A, bit by bit."""
    register = 0xFFFFFFFF
    for byte in data:
        for bit in range(7, -1, -1):
            top = register >> 31 ^ (byte >> bit & 1)
            register = (register << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if top else 0)
    return register.to_bytes(4)


def section(table: int, number: int, body: bytes) -> bytes:
    """A section in the long form, ready for a packet: pointer, header, body, checksum."""
    head = bytes([table]) + (0xB000 | 9 + len(body)).to_bytes(2) + number.to_bytes(2) + b"\xc1\x00\x00"
    return head + body + crc(head + body)


def pat(*programs: tuple[int, int]) -> bytes:
    return section(0, 7, b"".join(number.to_bytes(2) + (0xE000 | pid).to_bytes(2) for number, pid in programs))


def pmt(program: int, clock: int, *streams: tuple[int, int, bytes]) -> bytes:
    """Streams as stream_type, PID and descriptors."""
    loop = b"".join(
        bytes([kind]) + (0xE000 | pid).to_bytes(2) + (0xF000 | len(words)).to_bytes(2) + words
        for kind, pid, words in streams
    )
    return section(2, program, (0xE000 | clock).to_bytes(2) + b"\xf0\x00" + loop)


def sdt(service: int, provider: bytes, name: bytes) -> bytes:
    words = b"\x01" + bytes([len(provider)]) + provider + bytes([len(name)]) + name
    entry = service.to_bytes(2) + b"\xfc" + (0x8000 | len(words) + 2).to_bytes(2) + bytes([0x48, len(words)]) + words
    return section(0x42, 1, b"\x00\x01\xff" + entry)


def table(pid: int, counter: int, data: bytes) -> bytes:
    """One packet with one section and the filling that is used in tables."""
    return packet(pid, counter, (b"\x00" + data).ljust(184, b"\xff"), starts=True)


def pes(pts: int, stream: int = 0xE0) -> bytes:
    """A PES header with a PTS and some bytes."""
    pts %= 2**33
    stamp = bytes([0x21 | pts >> 29 & 14, pts >> 22 & 255, pts >> 14 & 255 | 1, pts >> 7 & 255, pts << 1 & 255 | 1])
    return b"\x00\x00\x01" + bytes([stream]) + b"\x00\x00\x80\x80\x05" + stamp + b"media"


def read(data: bytes) -> Structure:
    return read_mpegts(io.BytesIO(data), len(data))


def film(pictures: int = 20, *, start: int = 27_000_000, step: int = 1_080_000) -> list[bytes]:
    """PAT, PMT and SDT, then one packet a picture with its clock reference, and one packet of sound between them."""
    packets = [
        table(0, 0, pat((1, 0x1000))),
        table(0x1000, 0, pmt(1, 0x100, (0x1B, 0x100, b""), (0x0F, 0x101, b"\x0a\x04eng\x00"))),
        table(0x11, 0, sdt(1, b"Maker", b"Channel")),
    ]
    for place in range(pictures):
        ticks = start + place * step
        packets += [
            packet(0x100, place, pes(ticks // 300 + 9_000), starts=True, pcr=ticks),
            packet(0x101, place, b"s" * 184),
        ]
    return packets
