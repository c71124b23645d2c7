"""Shrinks the 160 x 90 grey picture once more, to the 48 x 27 samples by which pictures of two files are held against each other.

Each sample is the mean of an equal area, three and a third samples wide and high. All sums are whole numbers that float32 holds
exactly, so that every machine gives the same.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entirety.measure.grey import HEIGHT, WIDTH
from entirety.model.signature import ACROSS, DOWN

TEN, THREE = 10, 3
"""Ten samples become three: 160 to 48, and 90 to 27."""
# What each of ten samples gives to each of three, in thirds of itself.
_SHARES = np.array(
    [[3, 3, 3, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 2, 3, 3, 2, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 3, 3, 3]], np.float32
)
_AREA = 100
"""Ninths of a sample, the unit of the sums, in the area of one sample of the thumbnail: 10/3 times 10/3."""
MOST = 1_000_000
"""Thumbnails that are kept of one file on the way: eleven hours of 25 pictures a second, 1.3 GB. A file made of more tiny pictures than that
could fill a disk with them."""


def thumbnails(greys: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """N x 90 x 160 grey pictures to n x 27 x 48, rounded half up."""
    # Multiplied by tens: products so small are computed on the calling thread, and most of the whole matrix would be zeros.
    across = greys.reshape(-1, HEIGHT * WIDTH // TEN, TEN).astype(np.float32) @ _SHARES.T
    sums = _SHARES @ across.reshape(-1, HEIGHT // TEN, TEN, ACROSS)
    return ((sums.astype(np.int32).reshape(-1, DOWN, ACROSS) + _AREA // 2) // _AREA).astype(np.uint8)


class Thumbnails:
    """Collects the thumbnails of a clip while it is measured for something else."""

    def __init__(self, spool: Path | None = None) -> None:
        """`spool` is a file that takes them instead of memory; whatever was in it goes."""
        self._spool, self._memory, self._count = spool, bytearray(), 0
        if spool is not None:
            spool.write_bytes(b"")

    def add(self, greys: NDArray[np.uint8]) -> None:
        """Take the next pictures, n x 90 x 160. Raises OSError where the disk refuses."""
        self._count += len(greys)
        if self._count > MOST:
            self._memory = bytearray()
        elif self._spool is None:
            self._memory += thumbnails(greys).data
        else:
            # Opened anew each time: a reading that is given up half-way leaves nothing open.
            with self._spool.open("ab") as file:
                file.write(thumbnails(greys).data)

    def column(self) -> NDArray[np.uint8] | None:
        """All of them, left in the file until they are used; None where they were more than MOST."""
        shape = (self._count, DOWN, ACROSS)
        if self._count > MOST:
            return None
        if self._spool is None or not self._count:
            return np.frombuffer(self._memory, np.uint8).reshape(shape)
        return np.memmap(self._spool, np.uint8, "r", 0, shape).view(np.ndarray)
