from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.mjpeg.tables import mean, scaled

BASE = (16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55) * 4


def wide(values: tuple[int, ...]) -> bytes:
    return b"".join(v.to_bytes(2) for v in values)


def at_quality(quality: int) -> bytes:
    """The table as the program of the Independent JPEG Group scales it."""
    factor = 5000 // quality if quality < 50 else 200 - 2 * quality
    return wide(tuple(min(255, max(1, (v * factor + 50) // 100)) for v in BASE))


def test_mean_is_that_of_the_coefficients() -> None:
    assert mean(wide((3,) * 64)) == 3
    assert mean(b"") == -1


@given(st.integers(1, 100), st.integers(1, 100))
def test_every_quality_of_one_table_is_one_form(one: int, other: int) -> None:
    assert scaled(at_quality(one), at_quality(other))


def test_a_flat_table_is_another_form() -> None:
    assert not scaled(at_quality(75), wide((16,) * 64))
