"""Whether the view goes on where the picture changes its size.

Devices change the size of their picture while they run: in a call, by schedule, when a network is slow. Then what is seen goes on from one
picture to the next. Where parts of different origin follow each other, what is seen is another thing too.
"""

import numpy as np

from entirety.detect.break_rules import bits
from entirety.detect.same_scene import FLAT
from entirety.detect.spans import frame_of_packet
from entirety.detect.steps import GAP
from entirety.model.clip import Clip, Frames

GOES_ON = 8
"""Bits of 128 (phash and dhash) up to which two pictures show one view: pictures of one take differ by 0 to 3 across a change of size
(validation, tuning half), key frames that pump by at most 4, cuts within one scene by 14 and more."""
WINDOW = 15


def goes_on(frames: Frames, row: int) -> bool:
    """The picture at `row` shows what the one before shows, and comes when it is due."""
    if not 0 < row < len(frames) or min(frames.contrast[row - 1], frames.contrast[row]) < FLAT:
        return False
    steps = np.diff(frames.times[max(0, row - WINDOW) : row + WINDOW])
    step = float(frames.times[row] - frames.times[row - 1])
    return bits(frames, row - 1, row) <= GOES_ON and step <= GAP * float(np.median(steps))


def resized(clip: Clip, row: int) -> bool:
    """At packet `row` of the main video the size of the picture changes, and the view goes on."""
    frames, frame = clip.frames, frame_of_packet(clip, row)
    return 0 < frame < len(frames) and bool(frames.width[frame] != frames.width[frame - 1]) and goes_on(frames, frame)
