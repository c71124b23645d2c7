"""Which candidates for a leap something else explains, so that jump-cut leaves them alone.

Unlike views are left to hard-cut, empty pictures to blank-picture, a gap in the time stamps to timestamp-gap, a change of size to
format-change, a standing picture that ends to frozen-picture, and what is laid over a part of the picture to added-overlay. Flashes and switched
lamps are no leaps, nor is what changes in the camera's own display.
"""

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import LIGHT, REPEATED, missing_time
from entirety.detect.jump_signals import Candidates
from entirety.detect.odd_steps import LONG
from entirety.detect.overlays import overlays
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.same_scene import FLAT, same_scene
from entirety.model.clip import Frames

SAME_LIGHT = 18
"""Bits of the hashes up to which a step in brightness is a switched lamp, and the picture after a gap in the time stamps a late one. Chosen
below the 20 from which two views can be unlike."""
LIGHTER = 0.7
"""A lamp changes the whole by more than the parts against each other: mean brightness as a multiple of the step that the blocks make without
it. At lamps of the tuning half 1.7 and more, at cuts from a camera that moved through light and shadow 0.4 and less."""
RETURN = 0.5
"""Share of the step to within which the old view comes back after a flash; at cuts of the tuning half it stays 0.7 of the step away."""
BEYOND = 20.0
"""z of the other blocks from which more happens than in the camera's own display, which changes at the same picture: what else moves beside a
display reaches 11 (tuning half); the bound is that of a strong sign."""
MOVES, NOTHING = 0.4, 0.02
"""A picture repeats the one before if it differs by no more than REPEATED of the usual difference, where pictures differ by so many grey levels (as
in frozen-picture); in a stiller film, if it differs by no more than the second. Chosen."""
MOST_HIDDEN = 250
"""Repeats counted, ten seconds of them: enough to explain any leap."""
HIDDEN = 2.0
"""Times the usual step, for each picture that repeats hid, up to which a leap after them is explained by them."""
PULSE, PULSES = 0.8, 8
"""Share of the leap and pictures on either side: after a repeat, a leap beside another one is the beat of a low rate."""
ALONE, AGAIN = 1.3, 0.2
"""A leap that is so far above the pictures beside it (logarithm of 3.7), while two more within 15 pictures are nearly as large (of 1.2), is one
of the beats of a slow recorder whose repeats no longer stand quite still. In a film of 8 pictures a second filled to 30 and sent on 0.14 and less
in the second; at 541 cuts that show as leaps and stand out so far 0.28 and more (tuning half and drawn clips)."""
THERE = 3
"""Pictures from which a break is another one: a mixed picture lies between the two that hard-cut compares."""
CALM, CALM_LEAST, BESIDE = 1.5, 4, 8
"""Outside of what is laid over the picture, times the usual rest of the eight pictures on either side, and quarters of a grey level besides, up to
which nothing else happens there (a still scene has next to no rest, and coding adds some to every change):
where something drawn over clips of the tuning half comes or goes at most 1.5 in 33 of 36 cases, at the one cut that looked like it 2.9."""
WINDOW, USUAL = 15, 75
"""Pictures before, and the percentile of their differences that stands for one that repeats nothing."""


def eligible(frames: Frames, found: Candidates) -> NDArray[np.bool_]:
    """Which candidates nothing else explains."""
    lamp = (found.light >= LIGHT) & (found.distance <= SAME_LIGHT) & (found.light >= LIGHTER * found.size)
    display = found.blocks.display & (found.blocks.view < BEYOND)
    beat = (found.spike >= ALONE) & (found.others < AGAIN)
    open_ = ~lamp & ~display & ~beat & (found.blocks.back > RETURN) & ~found.blocks.strip
    for k in np.flatnonzero(open_):
        row, before = int(found.rows[k]), int(found.before[k])
        empty = min(frames.contrast[row], frames.contrast[before]) < FLAT
        resized = frames.width[row] != frames.width[before] or frames.height[row] != frames.height[before]
        hidden = repeats_before(frames, before)
        repeats = hidden > 0 and (
            found.size[k] <= HIDDEN * (hidden + 1) * found.usual[k] or _pulses(frames, before, row)
        )
        # From LONG on, a gap in the time stamps and a leap are two signs of one event and not cause and effect.
        gap = 0 < gap_before(frames, row, before) < LONG and found.distance[k] <= SAME_LIGHT
        open_[k] = not (empty or resized or repeats or gap)
    return np.asarray(open_, np.bool_)


def laid_over(frames: Frames, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """At which of the rows something comes or goes that is laid over a part of the picture, while the other parts go on."""
    found = np.zeros(len(rows), np.bool_)
    for one in overlays(frames, np.ones(len(frames), np.bool_)) if len(rows) else ():
        beside = np.ones(frames.rest.shape[1], np.bool_)
        beside[list(one.blocks)] = False
        for k in np.flatnonzero((rows == one.first) | (rows == one.last + 1)):
            row = int(rows[k])
            around = np.r_[max(1, row - BESIDE) : row - 1, row + 2 : min(len(frames), row + 2 + BESIDE)]
            usual = float(np.median(frames.rest[around][:, beside].mean(axis=1))) if len(around) else 0.0
            # What comes and goes again, and leaves what was there before, is laid over whatever else an encoder changes with it.
            found[k] = (one.starts and one.ends) or float(frames.rest[row][beside].mean()) <= CALM * usual + CALM_LEAST
    return found


def alike(frames: Frames, found: Candidates) -> NDArray[np.bool_]:
    """Which candidates are no break that hard-cut has, or lie within one scene beside one."""
    cuts = np.array([-THERE, *(cut.frame for cut in picture_breaks(frames))])
    pairs = zip(found.before.tolist(), found.rows.tolist(), strict=True)
    return np.array([np.abs(cuts - k).min() >= THERE or same_scene(frames, before, k) for before, k in pairs], np.bool_)


def gap_before(frames: Frames, row: int, before: int) -> float:
    """Seconds that the time stamps leave out between two pictures in a row; 0 where repeated pictures lie between."""
    return missing_time(frames, row) if row - before == 1 else 0.0


def repeats_before(frames: Frames, before: int) -> int:
    """How many pictures up to this one repeat the one before them."""
    usual = float(np.percentile(frames.difference[max(1, before - WINDOW) : before + 1], USUAL))
    least = REPEATED * usual if usual >= MOVES else NOTHING
    count = 0
    while count < min(before, MOST_HIDDEN) and float(frames.difference[before - count]) <= least:
        count += 1
    return count


def _pulses(frames: Frames, before: int, row: int) -> bool:
    around = (frames.difference[max(1, before - PULSES) : before], frames.difference[row + 2 : row + 2 + PULSES])
    return float(np.concatenate(around).max(initial=0)) >= PULSE * float(frames.difference[row])
