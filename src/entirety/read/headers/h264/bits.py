"""Reads single bits and exp-Golomb codes, the two ways in which H.264 writes its headers.

Every read is checked against the end of the data and against the largest value the standard allows, so that damaged data ends
in `Unreadable` and never in a wrong number taken for a right one merely because it was there.
"""


class Unreadable(Exception):
    """The data is not what the standard allows at this place."""


class Exhausted(Unreadable):
    """The data ended within a field."""


LEADING_ZEROS = 32
"""Longest prefix of an exp-Golomb code; ue(v) ends at 2**32 - 2 (clause 7.2)."""
WINDOW = 2 * LEADING_ZEROS + 1
"""Bits of the longest code."""
WINDOW_MASK = (1 << WINDOW) - 1
PADDING = 72
"""Zero bits kept after the data, so that a window never reaches beyond the number that holds them."""
UE_MOST = (1 << 32) - 2


class Bits:
    """A cursor over bytes, most significant bit first (clause 7.2)."""

    __slots__ = ("_left", "_value")

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big") << PADDING
        self._left = 8 * len(data) + PADDING

    def u(self, count: int) -> int:
        """Read `count` bits as an unsigned number."""
        left = self._left - count
        if left < PADDING:
            raise Exhausted
        self._left = left
        return (self._value >> left) & ((1 << count) - 1)

    def flag(self) -> int:
        """Read one bit."""
        left = self._left - 1
        if left < PADDING:
            raise Exhausted
        self._left = left
        return (self._value >> left) & 1

    def ue(self, most: int = UE_MOST) -> int:
        """Read an unsigned exp-Golomb code (clause 9.1) that is `most` at most."""
        left = self._left
        window = (self._value >> (left - WINDOW)) & WINDOW_MASK
        zeros = WINDOW - window.bit_length()
        used = 2 * zeros + 1
        if left - used < PADDING:
            raise Exhausted
        if zeros > LEADING_ZEROS:
            raise Unreadable
        self._left = left - used
        number = (window >> (WINDOW - used)) - 1
        if number > most:
            raise Unreadable
        return number

    def se(self, most: int = 1 << 31) -> int:
        """Read a signed exp-Golomb code (clause 9.1.1) within -most..most."""
        code = self.ue()
        number = (code + 1) >> 1 if code & 1 else -(code >> 1)
        if not -most <= number <= most:
            raise Unreadable
        return number

    def more_rbsp_data(self) -> bool:
        """Whether fields follow before the stop bit that ends every unit (clause 7.2)."""
        rest = self._value & ((1 << self._left) - 1)
        return rest.bit_count() > 1
