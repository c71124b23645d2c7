"""Columns in which an earlier encoding shows: every so many frames the picture is renewed, and the places can jump."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detect.clips import make_clip, make_packets
from entirety.model.clip import Clip


def uneven(count: int, seed: int = 7) -> NDArray[np.float64]:
    """Noise of scatter 1, the same in every run."""
    return np.random.default_rng(seed).normal(size=count)


def renewed(
    count: int, places: NDArray[np.int64] | list[int], height: float = 0.6, seed: int = 7
) -> NDArray[np.float32]:
    """Renewal that scatters by a tenth and rises at these places."""
    level = 0.1 * uneven(count, seed)
    level[np.asarray(places, np.int64)] += height
    return np.exp(level).astype(np.float32)


def rhythm(count: int, period: int, first: int = 0) -> NDArray[np.int64]:
    return np.arange(first, count, period)


def twice(count: int = 600, period: int = 30, first: int = 7, group: int = 250, **columns: Any) -> Clip:
    """A clip with a key frame every `group`, under which an earlier one every `period` shows."""
    return make_clip(count, group=group, **{"renewal": renewed(count, rhythm(count, period, first)), **columns})


def cut(removed: int, count: int = 600, period: int = 30, at: int = 290, **columns: Any) -> Clip:
    """The same after `removed` frames were left out before frame `at`."""
    before = rhythm(at, period)
    after = rhythm(count + removed, period) - removed
    places = np.concatenate([before, after[after >= at]])
    return make_clip(count, group=250, **{"renewal": renewed(count, places, seed=3), **columns})


def sizes(count: int, group: int, places: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Packet sizes that rise at these places."""
    size = make_packets(count, group).size * np.exp(0.1 * uneven(count))
    size[places] *= 2
    return {"size": size.astype(np.int64)}
