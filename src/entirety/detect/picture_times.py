"""Holds the time that a picture carries in its own header against the time at which the file shows it.

Where coded pictures are taken out or put together without new encoding, the container's times are set anew and go on; what the
encoder wrote into each picture stays. Device and network that lose pictures make both leap together, which is no break.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, FEWEST_STEPS
from entirety.detect.steps import COUNTED, FARTHEST, PAUSE, ROUNDING, clock_of
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.time import UNSET

UNTIMED = COUNTED | {"h263"}
"""Containers that store no times, those of the codecs that state times in their pictures included."""
WHOLE = 0.01
"""Share of a tick by which a usual step may miss whole ticks and still be one: chosen; 29.97 against 30 a second misses by 0.001."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Times that pictures state themselves, in the order of coding, without those that are shown before the one coded before them."""

    rows: NDArray[np.int64]
    """Packets, decode order."""
    times: NDArray[np.float64]
    """Seconds."""
    tick: float
    """Seconds: how finely they count."""
    period: float
    """Seconds after which they begin anew; 0 where they do not."""
    places: NDArray[np.int64]
    """How many pictures are shown before each."""
    late: NDArray[np.int64]
    """How many pictures that are stored with it or behind it are shown before it."""


@dataclass(frozen=True, slots=True)
class Leaps:
    """Steps at which the two times part."""

    at: NDArray[np.int64]
    """Index into `Stated.rows` of the picture after the step."""
    due: NDArray[np.float64]
    """Seconds that the file shows to lie between the pictures."""
    stated: NDArray[np.float64]
    """Seconds that lie between them by their own times."""
    regular: int
    """Steps at which they go together."""
    usual: float
    """Seconds from picture to picture by the file, as a rule."""


def leaps(clip: Clip, stated: Stated) -> Leaps | None:
    """Where the pictures' own times part from the container's, or from a steady count; None where neither is this file's rule.

    The rule is one that the file keeps in FEWEST_STEPS steps for each break of it, and that breaks FEW_BREAKS times at most.
    """
    if len(stated.rows) <= FEWEST_STEPS:
        return None
    own = np.diff(stated.times)
    if stated.period:
        own %= stated.period
    usual = float(np.median(own))
    if usual <= 0:
        return None
    counted = np.diff(stated.places)
    rules = [counted * (usual / max(1.0, float(np.median(counted))))]
    shown = _shown(clip, stated)
    if shown is not None:
        steps, middle = np.diff(shown), float(np.median(np.diff(shown)))
        rules = [steps, *([steps * (usual / middle)] if middle > 0 else []), *rules]
    for due in rules:
        apart = _apart(own - due, stated.period)
        bound = _bound(clip, stated, float(np.median(due)))
        broken = np.flatnonzero(np.abs(apart) > bound)
        regular = len(own) - len(broken)
        if len(broken) <= FEW_BREAKS and regular >= FEWEST_STEPS * max(1, len(broken)):
            # How a file starts is no habit yet, and at its end the pictures shown before the last one may not be there.
            told = broken[(broken >= FEWEST_STEPS) & (broken < len(own) - 1)]
            return Leaps(told + 1, due[told], due[told] + apart[told], regular, float(np.median(due)))
    return None


def _shown(clip: Clip, stated: Stated) -> NDArray[np.float64] | None:
    """Seconds at which the container shows the pictures; None where it does not say."""
    base, packets = float(clip.stream.time_base), clip.packets
    times = clock_of(packets)[stated.rows]
    if clip.container not in UNTIMED and (times != UNSET).all() and (packets.pts[stated.rows] != UNSET).all():
        return np.asarray(times * base, np.float64)
    order = packets.dts[packets.dts != UNSET]
    if len(order) < len(packets) or np.abs(order).max(initial=0) >= FARTHEST:
        return None
    # Old forms of Matroska hand out times of showing under this name: such times go to and fro.
    late = 0 if int((np.diff(order) < 0).sum()) > FEW_BREAKS else stated.late
    # Where the order of coding is all that is known, pictures that are shown before this one and stored behind it push it back.
    return np.asarray((order[stated.rows] + late * np.median(np.diff(order))) * base, np.float64)


def beyond_pause(gap: float, leap: float) -> Weight | None:
    """STRONG where the file's clock has less than a pause here and the pictures' own clock leaps by more: no pause explains both.

    `gap` is by how many seconds the file's clock goes on more than it does from picture to picture, `leap` what the other one adds to it.
    None where the file's clock decides, as for other kinds of break.
    """
    return Weight.STRONG if abs(gap) < float(PAUSE) <= abs(leap) else None


def _apart(difference: NDArray[np.float64], period: float) -> NDArray[np.float64]:
    return (difference + period / 2) % period - period / 2 if period else difference


def _bound(clip: Clip, stated: Stated, usual: float) -> float:
    """Seconds that rounding alone can make of a step: of the container's times, and of the pictures' where no whole ticks fit."""
    ticks = usual / stated.tick
    whole = abs(ticks - round(ticks)) <= WHOLE and ticks > 1 - WHOLE
    rounding = float(max(ROUNDING, clip.stream.time_base if clip.container not in UNTIMED else 0))
    return 2 * rounding + (stated.tick / 2 if whole else stated.tick)
