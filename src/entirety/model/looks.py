"""What a closer look at some of the pictures tells: traits of a camera, of its settings, or of something laid over the footage."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOOK = 8
"""Pictures from one row of Looks to the next: three looks a second at 25 pictures a second cost a hundredth of decoding."""


@dataclass(frozen=True)
class Looks:
    """A closer look at every eighth picture shown (0, 8, 16, ...), one row each: traits that belong to a camera, its settings, or an overlay."""

    noise: NDArray[np.float32]
    """Grey levels: spread of the noise in the even parts at full resolution; NaN where brightness has no plane of its own or the
    picture is smaller than 80 x 24. A quarter of the picture decides, so bars that fill a quarter or clipped parts make it 0."""
    sharpness: NDArray[np.float32]
    """In the parts rich in detail, at full resolution: mean squared difference of neighbours over that of samples two apart. 0.25 where
    blurred or enlarged, about 1 where sharp, more in stripes two samples wide; NaN as above and where nothing differs."""
    bars: NDArray[np.uint8]
    """n x 4: even dark lines at top and bottom (of 90), at left and right (of 160)."""
    standing: NDArray[np.uint8]
    """n x 144: of the 100 samples of each block, how many lie on an edge and have not changed for 12 pictures."""
    detail: NDArray[np.uint8]
    """n x 144: mean difference of neighbouring samples in each block, quarters of a grey level of the 160 x 90 picture."""
    chroma: NDArray[np.float32]
    """n x 2: mean of the blue and the red difference plane."""

    def __len__(self) -> int:
        return len(self.noise)
