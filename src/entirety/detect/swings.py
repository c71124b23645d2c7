"""Tells a view that a blow threw aside from another shot: after a blow the camera is still moving, and its old view comes back by degrees.

Where shots meet, the picture goes on quietly afterwards, and what was seen before does not come back, or comes back in one step as large as
the first: a short shot that was put in has a break at either end.
"""

import numpy as np

from entirety.detect.break_rules import bits
from entirety.detect.same_scene import correlations
from entirety.detect.windows import pictures
from entirety.model.clip import Frames

BACK = 1.0
"""Seconds within which the old view is looked for: a camera that is struck swings back within one. Chosen."""
NEARER = 0.65
"""Share of the bits by which the hashes still differ where the old view has come back: views thrown aside come to 0.58 and less; of 274 clear
breaks of the tuning half 8 come as near, none of them moving as fast as the next bound asks."""
BY_DEGREES = 0.25
"""Largest step on the way back, as a share of the break: views thrown aside reach 0.17, the second end of a shot put in 0.63 and more."""
PICTURES, MOVING = 5, 5.0
"""Pictures after the break, and quarters of a sample of the small picture by which the middle part of it moves in each, on average: thrown views
6.9 and more, breaks whose old view seems to come back 3.3 and less (same clips)."""


def swings_back(frames: Frames, before: int, after: int) -> bool:
    """The picture moves fast after the break, and without another break comes nearer and nearer to what it was before."""
    moved = frames.motion[after + 1 : after + 1 + PICTURES].astype(np.float64)
    if not len(moved) or float(np.median(np.hypot(moved[..., 0], moved[..., 1]), axis=1).mean()) < MOVING:
        return False
    broken = 1 - float(correlations(frames.view[[before]], frames.view[[after]])[0])
    far = bits(frames, before, after)
    for k in range(after + 1, min(after + 1 + pictures(frames, BACK), len(frames))):
        if 1 - float(correlations(frames.view[[k - 1]], frames.view[[k]])[0]) > BY_DEGREES * broken:
            return False
        if bits(frames, before, k) <= NEARER * far:
            return True
    return False
