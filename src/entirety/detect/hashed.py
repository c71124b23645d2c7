"""Names rows of pictures by one hash each, so that whoever has the pictures can check that they are the ones that were found."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip
from entirety.model.finding import Measured
from entirety.model.further import Further, Origin


def all_hashes(further: Further, rows: NDArray[np.int64]) -> str:
    """One hash over the hashes of these pictures, 32 bytes each, one after the other."""
    return hashlib.sha256(further.sha256[rows].tobytes()).hexdigest()


def of_packets(clip: Clip, packets: NDArray[np.int64]) -> tuple[Measured, ...]:
    """What was decoded of stored packets that no player shows; nothing where nobody looked."""
    further = clip.further
    if further is None:
        return ()
    hidden = further.rows(Origin.HIDDEN)
    rows = hidden[np.isin(further.packet[hidden], packets)]
    decoded = Measured("of them, pictures decoded without errors", len(rows), None, "pictures")
    if not len(rows):
        return (decoded,)
    name = "SHA-256 over the hashes of the decoded pictures, in the order of showing"
    return decoded, Measured(name, all_hashes(further, rows[np.argsort(clip.packets.pts[further.packet[rows]])]), None)
