"""One picture of a review copy: upright, whole, and with nothing over it."""

from fractions import Fraction

import numpy as np
import pytest

from entirety.read.cropping import WHOLE, Crop
from entirety.read.review_band import BLACK, HIGHEST, NARROWEST, WHITE, WIDEST, Band, Samples

SHA256 = "0123456789abcdef" * 4


def picture(width: int, height: int) -> Samples:
    """Bright at the top left, darker to the right and below; blue and red alike."""
    luma = 200 - np.add.outer(np.arange(height) * 60 // height, np.arange(width) * 120 // width)
    colours = np.repeat([[90], [160]], width * height // 4, axis=1).reshape(height // 2, width)
    return np.concatenate((luma, colours)).astype(np.uint8)


def laid(width: int, height: int, *, rotation: int = 0, aspect: Fraction = Fraction(1), number: int = 7) -> Samples:
    band = Band(width, height, aspect=aspect, rotation=rotation, sha256=SHA256)
    whole = band.laid_out(picture(width, height), WHOLE, number, Fraction(7, 25))
    assert whole.shape == (band.height * 3 // 2, band.width)
    assert band.height % 2 == band.width % 2 == 0
    return whole


def test_the_picture_is_untouched_and_the_band_lies_below_it() -> None:
    whole, source = laid(640, 360), picture(640, 360)
    assert np.array_equal(whole[:360], source[:360])
    luma = whole[: len(whole) * 2 // 3]
    assert len(luma) > 400
    assert set(np.unique(luma[360:])) >= {BLACK, WHITE}
    other = laid(640, 360, number=8)
    assert np.array_equal(other[:360], whole[:360])
    assert not np.array_equal(other[360 : len(luma)], luma[360:])


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_a_picture_is_turned_upright(rotation: int, corner: tuple[int, int]) -> None:
    """The bright corner at the top left goes where a player turns it."""
    width, height = 640, 480
    whole = laid(width, height, rotation=rotation)
    shown = (height, width) if rotation % 180 == 0 else (width, height)
    luma = whole[: shown[0], : shown[1]]
    corners = {(y, x): int(luma[y, x]) for y in (0, -1) for x in (0, -1)}
    assert max(corners, key=lambda place: corners[place]) == corner


@pytest.mark.parametrize(
    ("size", "aspect", "wanted"),
    [
        ((1920, 1080), Fraction(1), (1280, 720)),
        ((720, 576), Fraction(16, 15), (768, 576)),
        ((640, 360), Fraction(0), (640, 360)),
        ((1000, 6000), Fraction(1), (320, HIGHEST)),
    ],
)
def test_sizes_are_those_that_a_player_shows_within_bounds(
    size: tuple[int, int], aspect: Fraction, wanted: tuple[int, int]
) -> None:
    band = Band(*size, aspect=aspect, rotation=0, sha256=SHA256)
    assert (band.width, band._size[1]) == wanted
    assert band.width <= WIDEST


def test_a_narrow_picture_stands_in_black_and_a_cropped_one_shows_its_part() -> None:
    whole = laid(160, 120)
    assert whole.shape[1] == NARROWEST
    assert (whole[:120, :80] == BLACK).all()
    assert np.array_equal(whole[:120, 80:240], picture(160, 120)[:120])
    crop = Crop(8, 4, 8, 4, 2, 2)
    band = Band(624, 352, aspect=Fraction(1), rotation=0, sha256=SHA256)
    shown = band.laid_out(picture(640, 360), crop, 0, None)
    assert np.array_equal(shown[:352], picture(640, 360)[4:356, 8:632])
