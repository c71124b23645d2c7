"""The few words in which crafted files are spelt: boxes, elements, chunks and bits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

FIELDS = {"stsd": 8, "dref": 8, "meta": 4, "avc1": 78}
"""Bytes between a box's header and its first child."""


def box(kind: str, *parts: bytes, size: int | None = None) -> bytes:
    """An ISO-BMFF box; `size` where it states another than its own."""
    body = b"".join(parts)
    return (len(body) + 8 if size is None else size).to_bytes(4) + kind.encode("latin-1") + body


def wide_box(kind: str, body: bytes, size: int) -> bytes:
    """A box that states its size in 64 bits."""
    return (1).to_bytes(4) + kind.encode("latin-1") + size.to_bytes(8) + body


def full(kind: str, *parts: bytes, flags: int = 0, version: int = 0) -> bytes:
    return box(kind, bytes([version]), flags.to_bytes(3), *parts)


def edit(data: bytes, path: Sequence[str], change: Callable[[bytes], bytes]) -> bytes:
    """The boxes `data` with those at `path` replaced by what `change` makes of them; sizes on the way are put right."""
    out, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4]) or len(data) - at
        whole = data[at : at + size]
        kind = whole[4:8].decode("latin-1")
        if kind == path[0] and len(path) == 1:
            whole = change(whole)
        elif kind == path[0]:
            begin = 8 + FIELDS.get(kind, 0)
            whole = box(kind, whole[8:begin], edit(whole[begin:], path[1:], change))
        out.append(whole)
        at += size
    return b"".join(out)


def beside(data: bytes, path: Sequence[str], *more: bytes) -> bytes:
    """The same with boxes added at the end of those at `path`."""
    return edit(data, path, lambda whole: box(whole[4:8].decode("latin-1"), whole[8:], *more))


def replaced(data: bytes, path: Sequence[str], *new: bytes) -> bytes:
    return edit(data, path, lambda _: b"".join(new))


def element(number: int, *parts: bytes, size: int | None = None) -> bytes:
    """An EBML element; `size` where it states another than its own, -1 for an unknown one."""
    body = b"".join(parts)
    stated = len(body) if size is None else size
    length = b"\x01" + b"\xff" * 7 if stated < 0 else (stated | 1 << 56).to_bytes(8)
    return number.to_bytes((number.bit_length() + 7) // 8) + length + body


def number(value: int, octets: int = 4) -> bytes:
    return value.to_bytes(octets)


def chunk(kind: bytes, *parts: bytes, size: int | None = None) -> bytes:
    """A RIFF chunk, padded to an even length."""
    body = b"".join(parts)
    return kind + (len(body) if size is None else size).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


@dataclass
class Bits:
    """A row of bits, as video headers are written."""

    bits: list[int] = field(default_factory=list)

    def put(self, value: int, count: int) -> "Bits":
        self.bits += [value >> place & 1 for place in reversed(range(count))]
        return self

    def golomb(self, *values: int) -> "Bits":
        """Unsigned Exp-Golomb numbers."""
        for value in values:
            length = (value + 1).bit_length()
            self.put(0, length - 1).put(value + 1, length)
        return self

    def unit(self, head: bytes) -> bytes:
        """The bits as a NAL unit that begins with `head`: stop bit, and no start code within."""
        bits = [*self.bits, 1]
        bits += [0] * (-len(bits) % 8)
        raw = bytes(int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits), 8))
        out = bytearray()
        for octet in raw:
            if out[-2:] == b"\0\0" and octet <= 3:
                out.append(3)
            out.append(octet)
        return head + bytes(out)
