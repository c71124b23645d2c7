"""The change of the busiest blocks from each picture to the next."""

import numpy as np

from detect.clips import BLOCKS, make_clip
from entirety.detect.busiest_blocks import BUSIEST, CHUNK, busiest_steps


def test_blocks_that_stand_do_not_count() -> None:
    n = CHUNK + 9
    view = np.full((n, BLOCKS), 100 * 256, np.uint16)
    view[1::2, :BUSIEST] += 3 * 256
    view[CHUNK + 2, BUSIEST : 2 * BUSIEST] += 7 * 256
    (steps,) = busiest_steps(make_clip(n, view=view).frames)
    odd = [CHUNK + 2, CHUNK + 3]
    assert steps[0] == 0
    assert (np.delete(steps, [0, *odd]) == 3).all()
    assert (steps[odd] == 7).all()
