"""Compares quantiser tables: whether two of them are one table at two heights.

Encoders keep one table and multiply it by a factor for the quality that they want (as the program of the Independent JPEG Group does),
so two tables of one encoder differ by a factor and by rounding. Tables of another form belong to another encoder or setting.
"""

from functools import lru_cache

KEPT = 512
"""Tables and pairs of them remembered: a rate control has some hundred steps, and comes back to each of them."""
LEAST, MOST_NARROW = 1, 255
"""Bounds at which encoders cut off coefficients of one byte; a coefficient there has lost its height."""


@lru_cache(maxsize=KEPT)
def mean(table: bytes) -> int:
    """Mean coefficient of a table of two bytes each, rounded; -1 where there is none."""
    return round(sum(numbers(table)) / (len(table) // 2)) if table else -1


@lru_cache(maxsize=KEPT)
def numbers(table: bytes) -> tuple[int, ...]:
    """The coefficients of a table of two bytes each."""
    return tuple(table[k] << 8 | table[k + 1] for k in range(0, len(table), 2))


@lru_cache(maxsize=KEPT)
def scaled(one: bytes, other: bytes) -> bool:
    """Whether one factor, within the rounding of both tables, turns the one into the other.

    Each pair of coefficients allows a range of factors, for each of the two may be off by up to 1; the ranges must meet.
    The first coefficient, of the mean, is left out: some encoders (ffmpeg) never scale it.
    """
    if one == other:
        return True
    low, high = 0.0, float("inf")
    for was, now in zip(numbers(one)[1:], numbers(other)[1:], strict=True):
        if was < 1 or now < 1:  # the standard forbids 0; nothing can be said of it
            continue
        if was != MOST_NARROW:
            low = max(low, _least(now) / (was + 1))
        if now != MOST_NARROW:
            high = min(high, (now + 1) / max(_least(was), 1e-9))
    return low <= high


def _least(coefficient: int) -> float:
    """The lowest value that rounding, or the bound of 1, can have made into this coefficient."""
    return 0.0 if coefficient <= LEAST else coefficient - 1.0
