"""Holds the time that a picture carries in its own header against the time at which the file shows it.

Where coded pictures are taken out or put together without new encoding, the container's times are set anew and go on; what the
encoder wrote into each picture stays. Device and network that lose pictures make both leap together, which is no break.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import FEW_BREAKS, FEWEST_STEPS
from entirety.detect.steps import PAUSE, ROUNDING, clock_of
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.time import UNSET

COUNTED = frozenset(("avi", "h264", "m4v", "mpegvideo", "h263"))
"""Containers that store no times: a reader counts pictures."""
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
    shown = _shown(clip, stated)
    rules = [np.diff(stated.places) * usual]
    if shown is not None:
        steps, middle = np.diff(shown), float(np.median(np.diff(shown)))
        rules = [steps, *([steps * (usual / middle)] if middle > 0 else []), *rules]
    for due in rules:
        apart = _apart(own - due, stated.period)
        bound = _bound(clip, stated, float(np.median(due)))
        broken = np.flatnonzero(np.abs(apart) > bound)
        regular = len(own) - len(broken)
        if len(broken) <= FEW_BREAKS and regular >= FEWEST_STEPS * max(1, len(broken)):
            told = broken[broken >= FEWEST_STEPS]  # how a file starts is no habit yet
            return Leaps(told + 1, due[told], due[told] + apart[told], regular, float(np.median(due)))
    return None


def _shown(clip: Clip, stated: Stated) -> NDArray[np.float64] | None:
    """Seconds at which the container shows the pictures; where it counts, those of its count. None where it does not say."""
    base = float(clip.stream.time_base)
    if clip.container in COUNTED:
        ticks = clip.packets.dts[stated.rows]
        if (ticks == UNSET).any():
            return None
        # Pictures shown before this one and stored after it push it back.
        return np.asarray((ticks + stated.late) * base, np.float64)
    times = clock_of(clip.packets)[stated.rows]
    return None if (times == UNSET).any() else np.asarray(times * base, np.float64)


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
    rounding = float(max(ROUNDING, clip.stream.time_base if clip.container not in COUNTED else 0))
    return 2 * rounding + (stated.tick / 2 if whole else stated.tick)
