"""Finds single steps that are no whole number of pictures, and pictures crowded into one moment, in a file that otherwise counts evenly.

Programs that put parts together begin each part where the one before ends, sound included, and so the first picture of a part comes a
fraction of a step too early or too late. A camera that drops pictures leaves whole steps. Where times would overlap, a writer that may
not go back gives several pictures almost the same time.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.odd_step import OddStep, early
from entirety.detect.rate_model import RateModel, off_grid, places
from entirety.detect.spans import each_first_shown
from entirety.detect.steps import GAP, Steps
from entirety.detect.stream_join_repeats import stored_again
from entirety.model.clip import Clip
from entirety.model.finding import Weight

OFF = 1.5
"""Times the rounding by which a step must miss every whole number of steps: both of its times are rounded, and so is the step itself."""
RARE_KEYS = 8
"""Pictures for each key picture from which an odd step right before one is no chance: at 8, one in eight would lie there by itself."""
BESIDE = 2
"""Steps on either side within which a longer and a shorter one make up for each other: one picture that came late."""
CROWDED = 4
"""Part of the usual step below which pictures have in effect one time: chosen; no camera takes four pictures in the time of one."""


def uneven_steps(clip: Clip, pictures: Steps, model: RateModel) -> Iterator[OddStep]:
    """Places where steps are no whole number of pictures; none where they are many, for then that is how the file counts."""
    if not model.whole:
        return
    found = [place for place in _places(pictures, model) if not early(pictures, place[0])]
    if len(found) > pictures.few_pauses:
        return
    keys = _key_starts(clip)
    for place in found:
        yield _told(clip, pictures, place, len(found), keys)


def _places(pictures: Steps, model: RateModel) -> list[list[int]]:
    """Odd steps, pauses aside, place by place."""
    off = np.abs(off_grid(pictures.ticks, model.step)) > OFF * pictures.tolerance
    off[pictures.pauses()] = False
    odd: list[int] = np.flatnonzero(off & ~_made_up(pictures, model)).tolist()
    return places(pictures, odd)


def _made_up(pictures: Steps, model: RateModel) -> NDArray[np.bool_]:
    """Steps whose difference is made up for by a neighbour: one picture came late or early, and the clock went on."""
    off = pictures.ticks - np.maximum(1, np.round(pictures.ticks / model.step)) * model.step
    made_up = np.zeros(len(off), np.bool_)
    for distance in range(1, BESIDE + 1):
        pairs = np.abs(off[distance:] + off[:-distance]) <= 2 * pictures.tolerance
        pairs &= np.abs(off[:-distance]) > pictures.tolerance
        made_up[distance:] |= pairs
        made_up[:-distance] |= pairs
    return made_up


def _key_starts(clip: Clip) -> frozenset[int]:
    """Rows of the pictures that are shown first from each key picture on; empty where key pictures are common."""
    keys = np.flatnonzero(clip.packets.key)
    rare = 0 < len(keys) * RARE_KEYS <= len(clip.packets)
    return frozenset(each_first_shown(clip, keys.tolist())) if rare else frozenset()


def _told(clip: Clip, pictures: Steps, place: list[int], count: int, keys: frozenset[int]) -> OddStep:
    """One place by its first step that ends at a key picture, or by its most uneven one."""
    at_key = [k for k in place if int(pictures.after[k]) in keys]
    k = at_key[0] if at_key else max(place, key=lambda one: abs(int(pictures.ticks[one]) - pictures.usual))
    ticks = int(pictures.ticks[k])
    crowded = [j for j in place if int(pictures.ticks[j]) * CROWDED <= pictures.usual]
    first = min(int(pictures.before[j]) for j in place)
    if any(stored_again(clip, row) for row in range(first, first + len(place) + 1)):
        weight = Weight.NEUTRAL  # stream-join tells that these pictures are stored twice, and why
    else:
        weight = Weight.STRONG if len(crowded) > 1 else Weight.SUPPORTING
    code = "gap" if ticks > GAP * pictures.usual + pictures.tolerance else "overlap" if crowded else "uneven"
    k = crowded[0] if crowded and not at_key else k
    return OddStep(
        code=code,
        habit=pictures,
        before=int(pictures.before[k]),
        after=int(pictures.after[k]),
        size=pictures.seconds(k),
        count=count,
        weight=weight,
        open=frozenset(
            ({"dropped-frames"} if crowded else set()) | ({"clock-corrected"} if len(crowded) < 2 else set())
        ),
    )
