"""transitions: what is dropped where two of them lie in one place, and beside the dark."""

import numpy as np
import pytest
from numpy.typing import NDArray

from detect.views import AT, FINE, N, mixed, shares
from entirety.detect.dissolves import Dissolve
from entirety.detect.fades import Fade
from entirety.detect.transitions import transitions
from entirety.model.clip import Clip


def darkened(strength: NDArray[np.float64], share: NDArray[np.float64]) -> Clip:
    """The pictures of `mixed`, each weakened to its strength."""
    whole = mixed(share).frames
    view = whole.view * strength[:, None] + 16 * FINE * (1 - strength[:, None])
    contrast = (whole.contrast * strength).astype(np.float32)
    return mixed(share, view=np.rint(view).astype(np.uint16), contrast=contrast)


def empty(first: int, end: int) -> NDArray[np.float64]:
    """Strength 1, and nothing from frame `first` up to before `end`: at once, as a covered lens or a lost line, no fade."""
    return np.where((np.arange(N) >= first) & (np.arange(N) < end), 0.0, 1.0)


def test_a_dissolve_is_one() -> None:
    (found,) = transitions(mixed(shares(N, AT - 10, 20)).frames)
    assert isinstance(found, Dissolve)


@pytest.mark.parametrize(("first", "end"), [(AT - 24, AT - 20), (AT + 14, AT + 18)])
def test_a_dissolve_within_half_a_second_of_an_empty_picture_is_dropped(first: int, end: int) -> None:
    """Light that falls there, or a hand, mixes the picture with black."""
    assert transitions(darkened(empty(first, end), shares(N, AT - 10, 20)).frames) == ()


@pytest.mark.parametrize(("first", "end"), [(AT - 44, AT - 40), (AT + 34, AT + 38)])
def test_a_dissolve_further_off_stays(first: int, end: int) -> None:
    (found,) = transitions(darkened(empty(first, end), shares(N, AT - 10, 20)).frames)
    assert isinstance(found, Dissolve)


def test_what_fades_is_no_dissolve_besides() -> None:
    strength = np.clip(np.abs(np.arange(N) - AT) / 15, 0, 1)
    (found,) = transitions(darkened(strength, (np.arange(N) >= AT).astype(np.float64)).frames)
    assert isinstance(found, Fade)


def test_a_dissolve_behind_a_fade_is_found_too() -> None:
    strength = np.clip(np.abs(np.arange(N) - 50) / 15, 0, 1)
    kinds = [type(found) for found in transitions(darkened(strength, shares(N, 130, 20)).frames)]
    assert kinds == [Fade, Dissolve]
