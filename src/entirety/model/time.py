"""Exact time: a tick count times the length of a tick, as a fraction, rounded only when it is printed.

A video file counts time in whole ticks of its own length. Ticks and their length multiply to an exact fraction of a second, so two
times compare exactly; decimals appear on paper only.
"""

from fractions import Fraction

UNSET = -(2**63)
"""A time that the file does not state (the library's own mark for it, the smallest 64-bit number)."""


def seconds(ticks: int, base: Fraction) -> Fraction:
    """Turn a tick count into seconds. Raises ValueError for UNSET, which is no time."""
    if ticks == UNSET:
        raise ValueError("a time that the file does not state cannot be counted in seconds")
    return ticks * base


def clock(time: Fraction) -> str:
    """Write seconds as hours, minutes, seconds and milliseconds: `00:01:02.345`, rounded half up, with a sign where negative."""
    sign, thousandths = ("-" if time < 0 else ""), int(abs(time) * 1000 + Fraction(1, 2))
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 1000)
    return f"{sign}{hours:02d}:{minutes:02d}:{whole:02d}.{part:03d}"
