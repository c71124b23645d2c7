"""Puts the shots of a clip into groups whose measured traits are alike, and says what separates each shot from the next.

Shots of one group may come from one recording; nothing measured speaks against it. Shots of different groups differ by more than nearly all
parts of one recording did on the tuning half: in noise, in sharpness, in colour together with one of these, in the bars, in what is laid over the
footage, or in the size of the picture. The view alone separates nothing, and where the same view comes back the shot belongs to the group that showed it before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from entirety.detect.kept import kept
from entirety.detect.shot_distance import SAME_AREA, Table, against, stacked
from entirety.detect.shot_traits import Traits, traits
from entirety.detect.shots import Shot
from entirety.model.clip import Clip, Frames

GREY, COLOURLESS = 128.0, 1.0
"""Level of a colour difference plane where there is no colour, and what both may be away from it under infrared light. Chosen: rounding."""
COMPARED = ("noise", "sharpness", "colour")
MOST_SHOTS = 2000
"""Shots that are grouped: a film of an hour has a thousand. Beyond, all go into the group of the shot before."""


@dataclass(frozen=True, slots=True)
class Separation:
    """What separates two shots; all zero where one of them is too short to be measured."""

    told: frozenset[str]
    """Which of noise, sharpness and colour could be compared; the others count as alike."""
    noise: float
    """Natural logarithm of the ratio of noise."""
    sharpness: float
    colour: float
    """Levels."""
    bars: int
    """Lines."""
    overlay: int
    """Blocks."""
    score: float
    """Sum of the logistic; 0 and more is unlike."""
    grain: float
    """Noise and sharpness together, as a share of their bounds."""
    odd: bool
    """Noise and sharpness together reach their bounds, and all traits together theirs."""
    area: float
    """Natural logarithm of the ratio of picture areas."""
    layout: bool
    """The bars differ, or what is laid over the footage."""
    unlike: bool
    """The traits differ by more than the bounds, or the size does, and the views are not the same."""
    recoded: bool
    """One was encoded with settings that are not in the file, and nothing of it can be compared."""
    colourless: bool
    """One of the two has next to no colour, as with infrared light."""

    @property
    def resized(self) -> bool:
        """The pictures are larger or smaller on one side."""
        return self.area > SAME_AREA

    @property
    def times(self) -> float:
        """The higher noise over the lower."""
        return float(np.exp(self.noise))


NOTHING = Separation(
    told=frozenset(),
    noise=0.0,
    sharpness=0.0,
    colour=0.0,
    bars=0,
    overlay=0,
    score=0.0,
    grain=0.0,
    odd=False,
    area=0.0,
    layout=False,
    unlike=False,
    recoded=False,
    colourless=False,
)
RECODED = replace(NOTHING, unlike=True, recoded=True)


def source_groups(clip: Clip, shots: Sequence[Shot]) -> tuple[int, ...]:
    """The group of each shot, numbered from 1 in the order of first appearance.

    A shot too short to be measured stays in the group of the one before; appended footage that cannot be decoded is a group of its own.
    """
    grouped = _grouped(clip.frames, tuple(shots[:MOST_SHOTS]))
    return grouped + (grouped[-1] if grouped else 1,) * (len(shots) - len(grouped))


@kept
def _grouped(frames: Frames, shots: tuple[Shot, ...]) -> Sequence[int]:
    measured = _measured(frames, shots)
    rows = {k: row for row, k in enumerate(k for k, own in enumerate(measured) if own)}
    table = stacked([own for own in measured if own])
    taken = np.zeros(len(rows), np.int64)
    for row in rows.values():
        taken[row] = _group(table, taken[:row], row)
    groups: list[int] = []
    for k in range(len(shots)):
        groups.append(int(taken[rows[k]]) if k in rows else groups[-1] if groups else 1)
        if k and _recoded(shots[k - 1], measured[k]):  # the last shot, for such footage goes on to the end
            groups[k] = max(groups[:k]) + 1
    return groups


def _recoded(before: Shot, after: Traits | None) -> bool:
    """Appended footage of which nothing can be decoded in full follows."""
    return before.ended_by == "stream-join" and after is None


@kept
def _measured(frames: Frames, shots: tuple[Shot, ...]) -> Iterator[Traits | None]:
    """The traits of each shot: groups, their number and what separates neighbours are told from the same ones."""
    for shot in shots:
        yield traits(frames, shot)


def fewest_groups(clip: Clip, shots: Sequence[Shot]) -> int:
    """How many groups there must be at least: the size of a set of shots each of which is unlike all others of the set.

    The groups of `source_groups` are formed one shot after the other and may be more than are needed; a set like this one never is.
    """
    compared = tuple(shots[:MOST_SHOTS])
    traits_of = _measured(clip.frames, compared)
    appended = any(_recoded(one, other) for one, other in zip(compared, traits_of[1:], strict=False))
    measured = [own for own in traits_of if own]
    table, count = stacked(measured), len(measured)
    unlike = np.zeros((count, count), np.bool_)
    for row in range(1, count):
        unlike[row, :row] = unlike[:row, row] = against(table, row).unlike
    chosen: list[int] = []
    for row in np.argsort(-unlike.sum(axis=1), kind="stable"):
        if unlike[row, chosen].all():
            chosen.append(int(row))
    return max(1, len(chosen)) + appended


def separations(clip: Clip, shots: Sequence[Shot]) -> tuple[Separation, ...]:
    """What separates each shot from the next; one less than there are shots."""
    measured = _measured(clip.frames, tuple(shots))
    return tuple(
        _separation(one, other) if one and other else RECODED if _recoded(shot, other) else NOTHING
        for shot, (one, other) in zip(shots, pairwise(measured), strict=False)
    )


def _separation(one: Traits, other: Traits) -> Separation:
    table = stacked([one, other])
    apart = against(table, 1)
    return Separation(
        told=frozenset(name for name, told in zip(COMPARED, apart.told[:, 0], strict=True) if told),
        noise=float(apart.noise[0]),
        sharpness=float(apart.sharpness[0]),
        colour=float(apart.colour[0]),
        bars=int(apart.bars[0]),
        overlay=int(apart.overlay[0]),
        score=float(apart.score[0]),
        grain=float(apart.grain[0]),
        odd=bool(apart.odd[0]),
        area=float(apart.area[0]),
        layout=bool(apart.layout[0]),
        unlike=bool(apart.unlike[0]),
        recoded=False,
        colourless=_colourless(one) or _colourless(other),
    )


def _group(table: Table, taken: NDArray[np.int64], row: int) -> int:
    """The group that shows the same view, or the nearest one with no shot that this one is unlike; else a new one."""
    apart = against(table, row)
    if apart.same_view.any():
        return int(taken[apart.same_view.argmax()])
    count = int(taken.max(initial=0))
    unlike, farthest = np.zeros(count + 1, np.bool_), np.full(count + 1, -np.inf)
    # All shots of a group must agree: else a chain of small steps would join what is far apart.
    np.logical_or.at(unlike, taken, apart.unlike)
    np.maximum.at(farthest, taken, apart.score)
    alike = np.flatnonzero(~unlike[1:]) + 1
    return int(alike[farthest[alike].argmin()]) if len(alike) else count + 1


def _colourless(one: Traits) -> bool:
    return max(abs(level - GREY) for level in one.chroma) < COLOURLESS
