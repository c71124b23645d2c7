"""The renewal of the fine picture: high where everything is drawn anew, unmoved by what changes in a few parts."""

from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from entirety.measure.renewal import ACROSS, BATCH, LEAST, LINES, Renewal, depth, line_sums, renewals, samples
from entirety.read.cropping import WHOLE, Crop

HEIGHT, WIDTH = 180, 320


def picture(luma: NDArray[Any], form: str = "yuv420p") -> av.VideoFrame:
    """A frame with this brightness and no colour."""
    height, width = luma.shape
    colour = np.full(
        (height // 2, width), 128 << (8 * (luma.itemsize - 1) // 4 if luma.itemsize == 2 else 0), luma.dtype
    )
    return av.VideoFrame.from_ndarray(np.vstack([luma, colour]), format=form)


def noise(seed: int, reach: int = 9) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(100, 100 + reach, (HEIGHT, WIDTH)).astype(np.uint8)


def column(*lumas: NDArray[np.uint8]) -> NDArray[np.float32]:
    taken = Renewal()
    for luma in lumas:
        taken.add(picture(luma), WHOLE)
    return taken.column()


def test_the_first_picture_has_nothing_to_compare_with() -> None:
    assert column().shape == (0,)
    assert list(column(noise(1))) == [0.0]


def test_a_picture_that_repeats_counts_as_nearly_nothing() -> None:
    assert column(noise(1), noise(1))[1] == pytest.approx(LEAST)


def test_new_noise_everywhere_is_its_mean_difference() -> None:
    before, now = noise(1), noise(2)
    expected = np.abs(before.astype(int) - now).mean() + LEAST
    assert column(before, now)[1] == pytest.approx(expected, rel=0.03)


def test_what_changes_in_a_corner_does_not_count() -> None:
    before, now = noise(1), noise(1)
    now[:60, :60] = 255 - now[:60, :60]
    assert column(before, now)[1] == pytest.approx(LEAST)


def test_a_change_of_size_is_no_comparison() -> None:
    taken = Renewal()
    taken.add(picture(noise(1)), WHOLE)
    taken.add(picture(noise(1)[:160, :300]), WHOLE)
    assert list(taken.column()) == [0.0, 0.0]


def test_only_what_the_container_shows_is_looked_at() -> None:
    before, now = noise(1), noise(2)
    now[:, :160] = before[:, :160]
    taken = Renewal()
    for luma in (before, now):
        taken.add(picture(luma), Crop(right=160))
    assert taken.column()[1] == pytest.approx(LEAST)


def test_ten_bits_count_in_the_same_levels() -> None:
    before, now = noise(1).astype(np.uint16) * 4, noise(2).astype(np.uint16) * 4
    first, second = (samples(picture(luma, "yuv420p10le"), WHOLE) for luma in (before, now))
    assert first is not None
    assert second is not None
    eight = line_sums(np.asarray(first // 4, np.uint8), np.asarray(second // 4, np.uint8))
    count = np.array([LINES * WIDTH // ACROSS])
    assert renewals(line_sums(first, second)[None], count << 2) == pytest.approx(renewals(eight[None], count))


def test_batches_leave_no_seam() -> None:
    pictures = [noise(seed) for seed in range(BATCH + 3)]
    whole = column(*pictures)
    assert len(whole) == BATCH + 3
    assert whole[BATCH + 1] == column(*pictures[BATCH : BATCH + 2])[1]


@pytest.mark.parametrize(
    ("name", "bits"), [("yuv420p", 8), ("nv12", 8), ("gray", 8), ("yuv420p10le", 10), ("p010le", 16), ("gray16le", 16)]
)
def test_formats_with_a_plane_of_brightness(name: str, bits: int) -> None:
    assert depth(name) == bits


@pytest.mark.parametrize("name", ["rgb24", "gbrp", "yuyv422", "pal8", "monob", "yuv420p10be"])
def test_formats_without_one_are_left_out(name: str) -> None:
    assert depth(name) == 0


def test_a_picture_too_small_for_its_parts_is_left_out() -> None:
    assert samples(picture(noise(1)[:16, :16]), WHOLE) is None
