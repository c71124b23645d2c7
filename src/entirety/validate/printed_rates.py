"""One rate as text: counts first, then the share and its 95 % interval; none is a bound and never nothing."""

from entirety.knowledge.intervals import interval, upper_bound


def rate(k: int, n: int) -> str:
    """`3 of 40 (7.5 %, 2.6 to 19.9)`; none is a bound and never 0 %."""
    if not n:
        return "0 of 0"
    if not k:
        return f"none of {n} (at most {100 * upper_bound(n):.1f} %)"
    low, high = interval(k, n)
    return f"{k} of {n} ({100 * k / n:.1f} %, {100 * low:.1f} to {100 * high:.1f})"
