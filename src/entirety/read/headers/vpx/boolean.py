"""Reads the bits at the beginning of a VP8 picture, which an arithmetic decoder writes at even chances (RFC 6386, clause 7.3)."""

from entirety.read.headers.h264.bits import Exhausted

HEADER_BYTES = 64
"""A header with every field written out has 40 bytes (clause 9.3 to 9.6)."""


class BooleanBits:
    """A cursor over booleans of probability 128, in which headers are written."""

    __slots__ = ("_bits", "_range", "_value")

    def __init__(self, data: bytes) -> None:
        part = data[:HEADER_BYTES]
        self._bits = 8 * len(part)
        self._value = int.from_bytes(part)
        self._range = 255

    def flag(self) -> int:
        """Read one boolean."""
        if self._bits < 16:
            raise Exhausted
        split = 1 + ((self._range - 1) >> 1)
        large = split << (self._bits - 8)
        bit = int(self._value >= large)
        if bit:
            self._range -= split
            self._value -= large
        else:
            self._range = split
        shift = 8 - self._range.bit_length()
        self._range <<= shift
        self._bits -= shift
        return bit

    def u(self, count: int) -> int:
        """Read `count` booleans as an unsigned number, highest first."""
        number = 0
        for _ in range(count):
            number = number << 1 | self.flag()
        return number

    def skip_optional(self, times: int, count: int) -> None:
        """Step over numbers of `count` booleans that are each there only after a boolean of 1."""
        for _ in range(times):
            if self.flag():
                self.u(count)
