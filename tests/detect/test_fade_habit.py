"""fade_habit: a lamp that pulses, told from fades made afterwards."""

import numpy as np
from numpy.typing import NDArray

from detect.expectations import found
from detect.views import FINE, mixed
from entirety.detect.fade_habit import habitual
from entirety.detect.gradual_transition import CHECK
from entirety.detect.transitions import transitions
from entirety.model.clip import Clip
from entirety.model.finding import Weight

N = 400


def pulsed(*middles: int, share: NDArray[np.float64] | None = None) -> Clip:
    """The light goes out and comes back within 15 pictures on either side of each of these."""
    rows = np.arange(N)
    strength = np.min([np.clip(np.abs(rows - middle) / 15, 0, 1) for middle in middles], axis=0)
    share = np.zeros(N) if share is None else share
    whole = mixed(share).frames
    view = whole.view * strength[:, None] + 16 * FINE * (1 - strength[:, None])
    contrast = (whole.contrast * strength).astype(np.float32)
    return mixed(share, view=np.rint(view).astype(np.uint16), contrast=contrast)


def habit(clip: Clip) -> list[int]:
    return [sum(fade.empty) // 2 for fade in habitual(clip.frames, transitions(clip.frames))]


def alternating(*middles: int) -> NDArray[np.float64]:
    """Another view after each of these."""
    return (np.searchsorted(middles, np.arange(N), side="right") % 2).astype(np.float64)


def test_two_fades_are_no_habit() -> None:
    assert habit(pulsed(100, 200)) == []


def test_fades_at_equal_distances_are_one_whatever_is_seen_between() -> None:
    middles = (80, 160, 240, 320)
    assert habit(pulsed(*middles)) == list(middles)
    assert habit(pulsed(*middles, share=alternating(*middles))) == list(middles)


def test_fades_into_the_view_before_are_one_at_any_distance() -> None:
    assert habit(pulsed(60, 130, 300)) == [60, 130, 300]


def test_fades_between_shots_at_unequal_distances_are_none() -> None:
    middles = (60, 130, 300)
    assert habit(pulsed(*middles, share=alternating(*middles))) == []


def test_only_those_of_one_view_belong_to_it() -> None:
    share = (np.arange(N) >= 340).astype(np.float64)
    assert habit(pulsed(50, 110, 210, 340, share=share)) == [50, 110, 210]


def test_a_habit_is_one_note_and_the_rest_stays_as_it_is() -> None:
    (note,) = found(CHECK, pulsed(80, 160, 240, 320))
    assert (note.code, note.weight) == ("fade", Weight.NEUTRAL)
    assert "4 times" in str(note.claim)
    share = (np.arange(N) >= 340).astype(np.float64)
    weights = [finding.weight for finding in found(CHECK, pulsed(50, 110, 210, 340, share=share))]
    assert weights == [Weight.NEUTRAL, Weight.STRONG]
    middles = (60, 130, 300)
    weights = [finding.weight for finding in found(CHECK, pulsed(*middles, share=alternating(*middles)))]
    assert weights == [Weight.STRONG] * 3
