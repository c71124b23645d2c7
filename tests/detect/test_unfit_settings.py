"""A rest of the clip that fits no settings in the file is told once, at its first key picture; damage of single places is not."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import make_clip
from entirety.detect.run import run_check
from entirety.detect.stream_join import CHECK
from entirety.detect.unfit_settings import CODE
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Status, Weight


def damaged(rows: NDArray[np.intp]) -> Clip:
    clip = make_clip(150)
    corrupt = np.zeros(150, np.bool_)
    corrupt[rows] = True
    return replace(clip, frames=replace(clip.frames, corrupt=corrupt))


def found(clip: Clip) -> list[Finding]:
    return [finding for finding in run_check(CHECK, clip)[1] if finding.code == CODE]


def test_tells_the_key_picture_from_which_nothing_can_be_decoded_in_full() -> None:
    clip = damaged(np.arange(75, 150))
    (finding,) = found(clip)
    assert clip.frames.key[75]
    assert (finding.span.first, finding.span.last, finding.weight) == (74, 75, Weight.STRONG)
    assert {one.slug for one in finding.innocent if one.status is Status.NOT_TESTED} == {"resolution-switch"}


@pytest.mark.parametrize(
    "rows",
    [
        np.arange(75, 100),  # one group, and the next is whole again
        np.arange(0, 150),  # nothing was ever whole: the decoder is in doubt
        np.concatenate([[10], np.arange(75, 150)]),  # damage before as well
        np.arange(75, 150, 4),  # groups that are whole for the most part
        np.arange(125, 150),  # the last group alone, as where a copy broke off
    ],
    ids=["one group", "everything", "before as well", "in part", "last group"],
)
def test_silent_on_damage_of_other_forms(rows: NDArray[np.intp]) -> None:
    assert not found(damaged(rows))
