"""Finds where two pictures in a row show unlike views: one shot ends there and another begins. Flashes and swings of the camera are left out.

The step must be a single one between quiet neighbours, and most of the picture must take part in it. Where a converter has mixed the last
picture of one shot with the first of the next, the two outer ones are compared instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import LIGHT, bits, missing_time, mixture, plain, renewed, repeats, standing
from entirety.detect.filled_rate import beside, new_pictures
from entirety.detect.kept import kept
from entirety.detect.lenses import other_lens
from entirety.detect.odd_steps import LONG
from entirety.detect.same_scene import likeness, same_scene, unlike_views
from entirety.detect.swings import swings_back
from entirety.model.clip import Frames

UNLIKE = 40
"""Bits of 128 (phash and dhash) from which pictures are unlike beyond doubt: unlike scenes lie at 64 on average, and pictures on both sides
of a lamp, of a flash or of a picture that light burns out at 19 and less (validation, tuning half)."""
BESIDE, SHARE = 2, 0.25
"""A break is one step: within 2 pictures on either side no step is a quarter as large. Joins reach 0.05, in the film of a slow recorder
too; something that comes before the lens within three pictures 0.28 and more, a swing of the camera 1 (same clips)."""
RENEWED, STANDING = 0.4, 0.35
"""Shares of the 144 blocks: at least so many are made anew, and at most so many stay as bright as they were. Joins reach 0.92 and 0.24
(same clips), pages of text that follow each other 0.46 and 0; something before the lens 0.34 and 0.67."""
PAIR_SHARE = 0.1
"""The same where a mixed picture lies between: a hand that leaves the lens passes through such mixtures too, and reaches 0.12."""
PART, OFF_LINE = 0.1, 0.2
"""A mixed picture holds at least a tenth of either shot, or it repeats one of them; and how far it may lie off the straight way from the one
before to the one after, as a share of that way. Both chosen."""
PLAIN_SHARE = 0.6
"""Share of a picture that is one even area, within 6 grey levels, from which something fills the view, or a page is shown: pictures on both
sides of joins reach 0.37, pages of text 0.65 and more, a drawn door that is closed before the camera 0.78 (validation, tuning half)."""
RETURN = 4
"""A flash, or a picture of another kind, is over after at most 4 pictures: 0.16 s at 25 a second."""
REPEATS = 6
"""Pictures from one new picture to the next where a slow recorder's film is filled up: 5 a second filled to 30."""
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class PictureBreak:
    """A break between two shots, with the numbers behind it."""

    frame: int
    """First picture that belongs to the new shot, or mostly so."""
    before: int
    after: int
    """The two pictures that were compared: neighbours, or the ones on both sides of a mixed picture."""
    likeness: float
    """Correlation of the two views."""
    distance: int
    """Bits of 128 in which the two perceptual hashes differ."""
    renewed: float
    """Share of the 144 blocks that are made anew."""
    beside: float
    """The largest step within BESIDE pictures on either side, as a share of this one."""
    plain: float
    """Share of the picture that is one even area, on the side where it is larger."""
    light_step: float
    """Grey levels."""
    repeats: bool
    """Pictures are repeated just before: the leap may be what they hid."""
    gap: bool
    """The time stamps say that a second or more is missing here: the leap follows from the gap."""
    swings: bool
    """The picture moves fast afterwards and comes back towards the old view: a blow may have thrown the camera aside."""
    lens: bool
    """One picture shows the middle of the other, enlarged: a telephone may have gone over to another of its lenses."""

    @property
    def light(self) -> bool:
        """The light changes in the same step, and the views could be one in another light."""
        return abs(self.light_step) >= LIGHT and self.distance < UNLIKE

    @property
    def filled(self) -> bool:
        """Before or after, one even area fills most of the picture."""
        return self.plain >= PLAIN_SHARE

    @property
    def separates(self) -> bool:
        """Two shots meet here, whatever the reason; not where a lamp, something before the lens or a blow may have changed the view."""
        return not self.light and not self.filled and not self.swings

    @property
    def clear(self) -> bool:
        """Nothing that lies beside it can have made it."""
        return self.separates and not self.gap and not self.lens and (self.distance >= UNLIKE or not self.repeats)


@kept
def picture_breaks(frames: Frames) -> Iterator[PictureBreak]:
    """Every break between unlike views, in the order of showing."""
    if len(frames) < 4:
        return
    step, wide = 1 - likeness(frames), 1 - likeness(frames, 2)
    near, outer = _largest_beside(step, 1), _largest_beside(step, 2)
    near = np.maximum(near, _new_beside(step, new_pictures(frames)))
    single = unlike_views(frames) & (near <= SHARE * step)
    double = unlike_views(frames, 2) & (outer <= PAIR_SHARE * wide)
    single[:2], single[-1:], double[:3], double[-1:] = False, False, False, False
    for row in np.flatnonzero(single | double):
        after = int(row)
        if single[after]:
            yield from _confirmed(frames, after - 1, after, float(step[after]), float(near[after]))
        elif not single[after - 1 : after + 2].any():
            yield from _confirmed(frames, after - 2, after, float(wide[after]), float(outer[after]))


def _confirmed(frames: Frames, before: int, after: int, step: float, near: float) -> Iterator[PictureBreak]:
    """The break between two pictures, unless the view returns, or part of it goes on, or the picture between is no mixture."""
    share, off = mixture(frames, before, after)
    anew = max(renewed(frames, k) for k in range(before + 1, after + 1))
    paired = after - before == 2
    if (
        (paired and not (PART <= share <= 1 - PART and off <= OFF_LINE))
        or anew < RENEWED
        or standing(frames, before, after) > STANDING
        or _returns(frames, before, after)
    ):
        return
    frame = after if paired and share < 0.5 else before + 1
    yield PictureBreak(
        frame=frame,
        before=before,
        after=after,
        likeness=1 - step,
        distance=bits(frames, before, after),
        renewed=anew,
        beside=near / step,
        plain=plain(frames, before, after),
        light_step=float(frames.luma[after]) - float(frames.luma[before]),
        repeats=repeats(frames, before + 1),
        gap=missing_time(frames, frame) >= LONG,
        swings=swings_back(frames, before, after),
        lens=other_lens(frames, before, after),
    )


def _largest_beside(step: NDArray[np.float64], lag: int) -> NDArray[np.float64]:
    """For each pair of pictures `lag` apart, the largest step within BESIDE pictures before the first and after the second."""
    padded = np.concatenate([np.zeros(lag + BESIDE), step, np.zeros(BESIDE)])
    offsets = (*range(1, BESIDE + 1), *range(lag + BESIDE + 1, lag + 2 * BESIDE + 1))
    return np.asarray(np.max([padded[k : k + len(step)] for k in offsets], axis=0), np.float64)


def _new_beside(step: NDArray[np.float64], new: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The larger of the steps before and after; where a rate was filled up with repeats, of those to new pictures."""
    before, after = beside(np.rint(step * THOUSAND).astype(np.int64), new)
    rows, fresh = np.arange(len(step)), np.flatnonzero(new)
    at = np.searchsorted(fresh, rows)
    known = np.concatenate([[-REPEATS - 1], fresh, [len(step) + REPEATS]])
    before[rows - known[at] > REPEATS] = 0
    after[known[np.minimum(at + 1 + new, len(known) - 1)] - rows > REPEATS] = 0
    return np.asarray(np.maximum(before, after) / THOUSAND, np.float64)


def _returns(frames: Frames, before: int, after: int) -> bool:
    """A flash begins or ends here: within a few pictures the view is back as it was."""
    ahead = range(after + 1, min(after + 1 + RETURN, len(frames)))
    behind = range(max(0, before - RETURN), before)
    return any(same_scene(frames, before, k) for k in ahead) or any(same_scene(frames, k, after) for k in behind)
