"""How far the measured traits of shots lie apart, one shot against all before it at once, and from where on that is more than within one recording.

Noise, sharpness and colour are weighed by a logistic of four numbers that stand below with the data they were fitted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.same_scene import BLOCKS
from entirety.detect.shot_traits import Traits

NOISE, SHARPNESS, COLOUR, OFFSET = 4.2, 35.0, 1.2, -7.7
"""Weights of a logistic: per unit of the natural logarithm of the noise, per unit of sharpness, per level of colour, and what they are held
against. Fitted on untouched clips of the tuning half under all conditions, halves of clips as shots: 518 pairs from one recording and 5,912
from different cameras (8 cameras), each pair of cameras counted alike. At 0 it calls 99.8 % of the former alike and 95 % of the latter
different; with each camera left out of the fitting in turn 97 % and 92 %. -7.5 was fitted; -7.7 keeps together what lies on both
sides of the cuts within one take of that half, 172 clips with cuts that are seen as such, at the price of 1 % of the different ones."""
MOST_NOISE, MOST_SHARPNESS, MOST_COLOUR = 2.0, 0.15, 6.0
"""Differences beyond which a trait counts no more. Colour follows what is filmed, so by itself it stays below the bound."""
LEAST_NOISE = 0.03
"""Grey levels added to the noise: below it, compression left none, and ratios of nothing say nothing."""
ODD_NOISE, ODD_SHARPNESS = 0.7, 0.06
"""Units of the natural logarithm (a factor of 2) and of sharpness. Halves of 210 untouched clips of the tuning half lie 0.57 and 0.057 apart at
most, textures left out. Both together, as the two sides of a right angle, must reach 1 of them: no such halves do. Of 5,168 pairs from different
cameras, each recorded under the same condition, 92 % reach this and the sum."""
STRONG_COLOUR, ODD_WITH_COLOUR = 6.0, 0.7
"""Levels by which colour must differ so that less is asked of noise and sharpness, and the share of their bounds that is then enough. Of 127 pairs
of parts of one recording of that half that reach 0.6 of them nine in ten differ in colour by less than 3 levels, and one by more than 6 (a camera that
goes over to infrared). Of 84 pairs in clips joined from two cameras 82 are told apart with it, 78 without, and no pair more from one camera."""
TEXTURED = 2.5
"""Grey levels of detail in the most even tenth of both pictures from which nothing is read off the noise: cloth that fills the view reaches 2.3
to 6, the drawn yards 1.8 to 3.8, all else 2.5 at most. Of 517 pairs of parts of one recording with unlike views 19 were called unlike without this
and 5 with it; of pairs from different cameras 93.7 % and 92.2 %."""
BARS = 2
"""Lines of the small picture (90 x 160) by which bars must differ: one line is rounding."""
OVERLAY = 3
"""Blocks in which something stands throughout one shot and never in the other. Chosen: a line of lettering covers as many."""
SAME_VIEW = 0.9
"""Correlation of two views, 144 blocks each: parts of one recording by a standing camera lie at 0.95 and above, different scenes of one kind
at 0.85 at most (668 pairs), those of different cameras at 0.55."""
SAME_AREA = 0.2
"""Natural logarithm of the ratio of areas up to which pictures are of one size, and noise and sharpness are compared: a picture turned upright
keeps its area. Chosen."""
FLAT = 4.0
"""Grey levels: below this spread a view is empty, and its correlation noise."""

UNKNOWN = -1


@dataclass(frozen=True)
class Table:
    """The traits of several shots, one row each."""

    noise: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    chroma: NDArray[np.float64]
    texture: NDArray[np.float64]
    size: NDArray[np.int64]
    bars: NDArray[np.int64]
    """UNKNOWN where they change within the shot."""
    overlay: NDArray[np.bool_]
    bare: NDArray[np.bool_]
    view: NDArray[np.float32]
    """Of mean 0 and length 1; all 0 where the view is empty."""


@dataclass(frozen=True)
class Apart:
    """One shot against those before it, one row each; a trait that cannot be compared counts as alike."""

    told: NDArray[np.bool_]
    """3 x n: whether noise, sharpness and colour could be compared."""

    noise: NDArray[np.float64]
    """Natural logarithm of the ratio."""
    sharpness: NDArray[np.float64]
    colour: NDArray[np.float64]
    bars: NDArray[np.int64]
    overlay: NDArray[np.int64]
    area: NDArray[np.float64]
    """Natural logarithm of the ratio of areas."""
    score: NDArray[np.float64]
    same_view: NDArray[np.bool_]

    @property
    def grain(self) -> NDArray[np.float64]:
        """Noise and sharpness together, as a share of their bounds."""
        return np.hypot(self.noise / ODD_NOISE, self.sharpness / ODD_SHARPNESS)

    @property
    def odd(self) -> NDArray[np.bool_]:
        """Noise and sharpness together reach their bounds, and all traits together theirs: colour alone says nothing."""
        least = np.where(self.colour >= STRONG_COLOUR, ODD_WITH_COLOUR, 1)
        return np.asarray((self.score >= 0) & (self.grain >= least), np.bool_)

    @property
    def layout(self) -> NDArray[np.bool_]:
        """The bars differ, or what is laid over the footage."""
        return np.asarray((self.bars >= BARS) | (self.overlay >= OVERLAY), np.bool_)

    @property
    def resized(self) -> NDArray[np.bool_]:
        """The pictures are larger or smaller."""
        return np.asarray(self.area > SAME_AREA, np.bool_)

    @property
    def unlike(self) -> NDArray[np.bool_]:
        """The traits differ by more than the bounds, or the size of the pictures does, and the views are not the same."""
        return np.asarray(~self.same_view & (self.odd | self.layout | self.resized), np.bool_)


def stacked(shots: Sequence[Traits]) -> Table:
    """The traits of all shots in one table."""
    views = np.array([one.view for one in shots], np.float32).reshape(len(shots), BLOCKS)
    views -= views.mean(axis=1, keepdims=True)
    spread = views.std(axis=1, keepdims=True)
    length = np.linalg.norm(views, axis=1, keepdims=True)
    nowhere = np.zeros(views.shape[1], np.bool_)
    return Table(
        noise=np.array([one.noise for one in shots], np.float64),
        sharpness=np.array([one.sharpness for one in shots], np.float64),
        chroma=np.array([one.chroma for one in shots], np.float64).reshape(-1, 2),
        texture=np.array([one.texture for one in shots], np.float64),
        size=np.array([one.size for one in shots], np.int64).reshape(-1, 2),
        bars=np.array([one.bars or (UNKNOWN, UNKNOWN) for one in shots], np.int64).reshape(-1, 2),
        overlay=np.array([nowhere if one.overlay is None else one.overlay for one in shots], np.bool_),
        bare=np.array([nowhere if one.bare is None else one.bare for one in shots], np.bool_),
        view=np.where(spread >= FLAT, views / np.maximum(length, FLAT), 0),
    )


def against(table: Table, row: int) -> Apart:
    """Shot `row` against all before it.

    Noise and sharpness of larger and smaller pictures count as alike: they are measured at full resolution. So does noise that cannot be told
    from texture.
    """
    areas = np.log(table.size[: row + 1].prod(axis=1))
    area = np.abs(areas[:-1] - areas[-1])
    comparable, even = area <= SAME_AREA, np.minimum(table.texture[:row], table.texture[row]) < TEXTURED
    levels = np.log(table.noise[: row + 1] + LEAST_NOISE)
    apart = np.stack(
        [
            np.where(comparable & even, np.abs(levels[:-1] - levels[-1]), np.nan),
            np.where(comparable, np.abs(table.sharpness[:row] - table.sharpness[row]), np.nan),
            np.hypot(*(table.chroma[:row] - table.chroma[row]).T),
        ]
    )
    told = np.isfinite(apart)
    noise, sharpness, colour = np.where(told, apart, 0.0)
    score = OFFSET + NOISE * np.minimum(noise, MOST_NOISE) + SHARPNESS * np.minimum(sharpness, MOST_SHARPNESS)
    barred = (table.bars[:row] != UNKNOWN) & (table.bars[row] != UNKNOWN)
    over, under = table.overlay[:row] & table.bare[row], table.bare[:row] & table.overlay[row]
    return Apart(
        told=told,
        noise=noise,
        sharpness=sharpness,
        colour=colour,
        bars=np.where(barred, np.abs(table.bars[:row] - table.bars[row]), 0).max(axis=1),
        overlay=np.maximum(over.sum(axis=1), under.sum(axis=1)),
        area=area,
        score=score + COLOUR * np.minimum(colour, MOST_COLOUR),
        same_view=np.asarray(table.view[:row] @ table.view[row] >= SAME_VIEW, np.bool_),
    )
