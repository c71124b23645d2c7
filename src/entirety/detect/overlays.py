"""Finds what is laid over a part of the picture for a part of the clip: it appears at once, stands or blurs what is under it, and goes at once.

Of lettering and outlines the edges stay exactly in place while it is there, and do not before and after. A blurred area loses its detail while the
rest of the picture keeps it. Edges are looked at in every eighth picture, and must have stood for twelve, so what is there for less than a
second is not seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from entirety.detect.break_rules import QUARTERS
from entirety.detect.overlay_steps import local_steps
from entirety.model.clip import Frames
from entirety.model.looks import LOOK

SHORTEST = 16
"""Pictures from appearing to going: with fewer no look falls on edges that have settled."""
SETTLED = 13
"""Pictures after a change from which standing edges are counted anew (measure/view.py: 12 and the change itself)."""
AROUND = 104
"""Pictures before and after that it is held against: thirteen looks, four seconds at 25 a second. Chosen."""
SAME_BLOCKS = 0.15
"""Share of the blocks changing at either end that must change at both: lettering of the tuning clips reaches 0.45 to 1, blurred areas in
moving scenes 0.2. With 0.4 half of the latter are missed; with neither anything was reported on an hour of continuous clips."""
GAIN = 5
"""Of a block's 100 samples, standing edges more than before and after: captions bring 10 to 55, outlines 5 to 40."""
GAINS, GAINS_ONE_END = 2, 4
"""Blocks with such a gain; twice as many where it stays to the end, or was there from the start, and one change alone speaks."""
LOSS, PLAIN = 0.5, 1.0
"""Share of its detail that a block keeps at most when blurred (tuning clips: 0.04 to 0.4), and the grey levels it must have had."""
LOSSES, LOSSES_ONE_END = 3, 6
"""Blocks with such a loss, likewise."""
SHARE_ONE_END = 0.5
"""Share of the changing blocks that must show the sign where one change alone speaks: overlays cut off by the end of the clip reach 0.57 to 1,
things that a cut in a still scene puts in another place 0.44 at most (36 of 705 edited clips of the tuning half)."""
BACK = -0.3
"""Correlation of the brightness that comes with what is drawn and the brightness that goes with it, over the blocks: what goes leaves what
was there before (-1 to -0.4 on the tuning clips); where a stretch is turned round both ends change alike (0.98)."""
MORE_GAINS = 6
"""Blocks elsewhere that may gain as well beyond those of the overlay: a standing scene gains and loses some at any time."""
MOST_LOSSES = 20
"""Blocks elsewhere that may lose their detail: when something dark comes before the lens 50 and more do, outside of it."""
MOST_ONE_END = 36
"""Blocks, a quarter of the picture, that may change where one change alone speaks: a switched lamp lights more. Chosen."""
MOST_LOOKS = 64
"""Looks of which the middle is taken, evenly spread: what is there for an hour has thousands. Chosen."""
LEAST_ONE_END = 32
"""Pictures that must then follow, or lie before."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Something that is there in frames `first` to `last`, both included."""

    first: int
    last: int
    kind: Literal["drawn", "blurred"]
    blocks: tuple[int, ...]
    """Blocks (of 144, line by line) that change at its beginning or end."""
    gains: int
    """Of them, those with standing edges that are not there before and after."""
    losses: int
    """Those that lose their detail."""
    beside: int
    """Blocks elsewhere with the same sign."""
    gain: int
    """Most standing samples that a block gains."""
    starts: bool
    """Its beginning lies within the clip."""
    ends: bool


def overlays(frames: Frames, usable: NDArray[np.bool_]) -> list[Overlay]:
    """All of them, in order of their beginning; pictures that are not usable begin and end nothing."""
    at, blocks = local_steps(frames)
    at, blocks = at[usable[at]], blocks[usable[at]]
    found, used = [], np.zeros(len(at), np.bool_)
    for k, row in enumerate(at.tolist()):
        if used[k]:
            continue
        partner = _partner(at, blocks, used, k)
        one = _between(frames, row, int(at[partner]), blocks[k] | blocks[partner]) if partner is not None else None
        if one and partner is not None:
            used[partner] = True
            found.append(one)
            continue
        found += _one_end(frames, row, blocks[k])
    return sorted(found, key=lambda one: (one.first, one.last))


def _partner(at: NDArray[np.int64], blocks: NDArray[np.bool_], used: NDArray[np.bool_], k: int) -> int | None:
    """The later change in most nearly the same blocks."""
    both = (blocks & blocks[k]).sum(axis=1)
    share = both / np.maximum((blocks | blocks[k]).sum(axis=1), 1)
    share[used | (at < at[k] + SHORTEST) | (both < GAINS)] = 0
    best = int(share.argmax())
    return best if share[best] >= SAME_BLOCKS else None


def _one_end(frames: Frames, row: int, blocks: NDArray[np.bool_]) -> Iterator[Overlay]:
    """What appears and stays to the end of the clip, or was there from its start and goes; not at a key frame, which renews a picture in parts too."""
    if frames.key[row] or blocks.sum() > MOST_ONE_END:
        return
    for first, end in ((row, len(frames)), (0, row)):
        if end - first >= LEAST_ONE_END and (one := _between(frames, first, end, blocks)):
            yield one
            return


def _between(frames: Frames, first: int, end: int, blocks: NDArray[np.bool_]) -> Overlay | None:
    """What the blocks show from picture `first` to the one before `end`, held against the time before and after and against the other blocks."""
    rows = np.arange(len(frames.looks)) * LOOK
    there, gone = (rows >= first) & (rows < end), (rows < first) & (rows >= first - AROUND)
    after = (rows >= end) & (rows < end + AROUND)
    settled, gone_settled = there & (rows >= first + SETTLED), gone & (rows >= SETTLED)
    after_settled = after & (rows >= end + SETTLED)
    if not settled.any() or not (gone_settled.any() or after_settled.any()):
        return None
    standing, detail = frames.looks.standing, frames.looks.detail
    gain = _middle(standing, settled, 0) - np.maximum(
        _middle(standing, gone_settled, 0), _middle(standing, after_settled, 0)
    )
    usual = np.minimum(_middle(detail, gone, np.inf), _middle(detail, after, np.inf)) / QUARTERS
    lost = (_middle(detail, there, np.inf) / QUARTERS <= LOSS * usual) & (usual >= PLAIN) & np.isfinite(usual)
    gained = gain >= GAIN
    gains, losses = int(gained[blocks].sum()), int(lost[blocks].sum())
    more, fewer = int(gained[~blocks].sum()), int(lost[~blocks].sum())
    whole, share = first > 0 and end < len(frames), SHARE_ONE_END * blocks.sum()
    enough = GAINS if whole else max(GAINS_ONE_END, share)
    drawn = (
        gains >= enough and more <= gains + MORE_GAINS and (not whole or _undone(frames, first, end, blocks) <= BACK)
    )
    blurred = losses >= (LOSSES if whole else max(LOSSES_ONE_END, share)) and fewer <= losses
    if fewer > MOST_LOSSES or not (drawn or blurred):
        return None
    return Overlay(
        first=first,
        last=end - 1,
        kind="drawn" if drawn else "blurred",
        blocks=tuple(int(k) for k in np.flatnonzero(blocks)),
        gains=gains,
        losses=losses,
        beside=more if drawn else fewer,
        gain=max(0, int(gain[blocks].max())),
        starts=first > 0,
        ends=end < len(frames),
    )


def _undone(frames: Frames, first: int, end: int, blocks: NDArray[np.bool_]) -> float:
    """-1 where the step in brightness at the end undoes that at the beginning, 1 where it repeats it."""
    levels = frames.view[[first - 1, first, end - 1, end]][:, blocks].astype(np.float64)
    came, went = levels[1] - levels[0], levels[3] - levels[2]
    size = float(np.linalg.norm(came) * np.linalg.norm(went))
    return float(came @ went) / size if size > 0 else 0.0


def _middle(column: NDArray[np.uint8], rows: NDArray[np.bool_], empty: float) -> NDArray[np.float64]:
    at = np.flatnonzero(rows)
    if not len(at):
        return np.full(column.shape[1], empty)
    if len(at) > MOST_LOOKS:
        at = at[np.linspace(0, len(at) - 1, MOST_LOOKS).round().astype(int)]
    return np.asarray(np.median(column[at], axis=0), np.float64)
