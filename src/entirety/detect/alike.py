"""Does another track show the same as the clip? Its pictures are held against those shown at the same time, by perceptual hash."""

import numpy as np

from entirety.model.clip import Clip
from entirety.model.further import Origin
from entirety.model.time import UNSET

SAME = 12
"""Bits of 64 up to which two perceptual hashes are taken for the same picture: of 126 thumbnails of the first pictures of 21 clips, 160 and 320
columns wide, JPEG of three qualities, the farthest lay 8 bits away from its own picture."""
OTHER = 20
"""Bits from which on they are taken for different pictures. Unrelated pictures differ in about 32; the nearest picture of another clip lay at
22 bits in the middle of 361 pairs of clips. Between the two bounds nothing is said."""
MOST = 64
"""Pictures of the track that are compared, evenly spread."""
AROUND = 3
"""Shown pictures to either side that are compared as well: copies at another rate, or with a picture or two of delay."""


def alike(clip: Clip, stream: int) -> int:
    """Median over pictures of the differing bits to the nearest shown picture at that time; -1 where there is nothing to compare."""
    further = clip.further
    rows = further.rows(Origin.TRACK, stream) if further is not None else np.zeros(0, np.int64)
    if further is None or not len(rows) or not len(clip.frames) or np.isnan(clip.frames.times).any():
        return -1
    listed = further.packet[rows]
    stored = clip.stored[stream]
    if (listed < 0).any() or (stored.pts[listed] == UNSET).any():
        return -1
    chosen = np.linspace(0, len(rows) - 1, min(MOST, len(rows))).round().astype(int)
    pts = stored.pts[listed]
    times = (pts[chosen] - pts.min()) * float(clip.streams[stream].time_base)
    shown = clip.frames.times - clip.frames.times[0]
    near = np.searchsorted(shown, times)
    bits = [
        int(
            np.bitwise_count(clip.frames.phash[max(0, at - AROUND) : at + AROUND + 1] ^ further.phash[row]).min(
                initial=64
            )
        )
        for at, row in zip(near.tolist(), rows[chosen].tolist(), strict=True)
    ]
    return int(np.median(bits))
