"""How far a counted rate can be trusted: the interval in which the true one lies, and the bound where nothing was counted."""

from math import sqrt

Z = 1.959964
"""95 % of the normal distribution lie within this many standard deviations."""


def interval(k: int, n: int) -> tuple[float, float]:
    """95 % Wilson interval of k in n, as shares; (0, 1) where nothing was tried. Source: Wilson, JASA 22 (1927), 209-212."""
    if n <= 0:
        return 0.0, 1.0
    share, spread = k / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def upper_bound(n: int) -> float:
    """The share that is still compatible, at 95 %, with none in n: three in n."""
    return min(1.0, 3 / n) if n > 0 else 1.0
