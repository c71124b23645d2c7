"""Finds gradual transitions from one shot to another: dissolves, wipes and fades."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from entirety.detect.dissolves import Dissolve, dissolves
from entirety.detect.fades import EMPTY, Fade, fades
from entirety.detect.kept import kept
from entirety.detect.windows import pictures, windows
from entirety.detect.wipes import Wipe, wipes
from entirety.model.clip import Frames

AGREE = 2
"""Windows that must agree on one transition, unless one is clear by itself."""

NEAR = 0.5
"""Seconds beside a fade or an empty picture within which nothing counts as a dissolve: the light that falls there mixes the picture with black."""

Transition = Dissolve | Wipe | Fade


@kept
def transitions(frames: Frames) -> list[Transition]:
    """All of them, in the order of showing; of two that overlap only the first in the order fades, dissolves, wipes."""
    mixed: list[Dissolve] = []
    for window in windows(frames):
        mixed.extend(dissolves(frames, window))
    chosen: list[Transition] = []
    taken, faded = np.zeros(len(frames), np.bool_), np.zeros(len(frames), np.bool_)
    empty, near = np.asarray(frames.contrast < EMPTY, np.bool_), pictures(frames, NEAR)
    every: list[Transition] = [*fades(frames), *_merged(mixed), *wipes(frames)]
    for found in every:
        reach = near if isinstance(found, Dissolve) else 0
        beside = slice(max(0, found.first - reach), found.last + 1 + reach)
        dark = isinstance(found, Dissolve) and (empty[beside].any() or faded[beside].any())
        if isinstance(found, Fade) or not (dark or taken[found.first : found.last + 1].any()):
            chosen.append(found)
            taken[found.first : found.last + 1] = True
            if isinstance(found, Fade):
                faded[found.first : found.last + 1] = True
    return sorted(chosen, key=lambda found: found.first)


def _merged(found: Iterable[Dissolve]) -> Iterator[Dissolve]:
    """One for all windows that overlap: from the first picture of any to the last of any, with the numbers of the clearest."""
    group: list[Dissolve] = []
    end = -1
    for window in sorted(found, key=lambda window: window.first):
        if window.first > end:
            yield from _agreed(group, end)
            group = []
        group.append(window)
        end = max(end, window.last)
    yield from _agreed(group, end)


def _agreed(group: list[Dissolve], end: int) -> Iterator[Dissolve]:
    if len(group) >= AGREE or any(window.alone for window in group):
        clearest = min(group, key=lambda window: window.clearness)
        yield replace(clearest, first=group[0].first, last=end)
