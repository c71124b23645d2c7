"""The groups of a coded stream: a key picture, from which decoding can begin, and all that follows up to the next one.

Most devices place key pictures at a fixed distance, counted in pictures or in seconds. Whether this file does is read off the file
itself: most of its groups must be equally long, or two stretches of it must each have a length of their own.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entirety.detect.steps import clock_of
from entirety.model.clip import Clip
from entirety.model.time import UNSET

FEWEST = 4
"""Equal groups needed for a habit: chosen; ten seconds of a camera with a key picture every two seconds have four whole groups."""
SHARE = 3
"""Equal groups for each one that is off: chosen; an inserted part puts two groups off, and ten seconds leave six others."""
SLACKS = (0, 1, 2)
"""Pictures by which regular groups may differ: a telephone of the corpus alternates between 31 and 29."""
MOST_CHANGES = 64
"""Changes of length that are tried as the place between two stretches: a bound on time. Two habits with as many exceptions are none."""
INTRA = 0.9
"""Share of key pictures from which a stream has no groups: chosen; a stream of key pictures alone has 1, others at most 0.5."""


@dataclass(frozen=True)
class Groups:
    """The whole groups of one stream, in decode order: all but what lies before the first key picture and after the last."""

    keys: NDArray[np.int64]
    """Packet rows of the key pictures, one more than there are groups."""
    pictures: NDArray[np.int64]
    """Coded pictures in each group."""
    seconds: NDArray[np.float64]
    """From each key picture to the next by their presentation times; NaN where one of them has none."""
    step: float
    """Usual time between two pictures, seconds; NaN where the file states no times."""

    def __len__(self) -> int:
        return len(self.pictures)

    @cached_property
    def habits(self) -> tuple["Habit", ...]:
        """One habit of the whole file, or two that follow each other; empty where the groups keep to none."""
        return _habits(self)


@dataclass(frozen=True, slots=True)
class Habit:
    """A length that most groups of a stretch have."""

    first: int
    """First group of the stretch."""
    end: int
    """First group after it."""
    timed: bool
    """The length is kept in seconds; the number of pictures varies."""
    length: float
    """Pictures, or seconds."""
    slack: int
    """Pictures by which regular groups differ from it as a habit; twice as many are borne."""
    odd: NDArray[np.int64]
    """Groups of the stretch that do not have it."""

    @property
    def regular(self) -> int:
        return self.end - self.first - len(self.odd)


def key_rows(clip: Clip) -> NDArray[np.bool_]:
    """Packets at which decoding can begin, as the stream's own headers say; as the container says where no headers are read."""
    if clip.headers is not None:
        whole = np.isin(clip.headers.slice_type, (2, 4)) & (clip.headers.recovery_point == 0)
        own = clip.headers.idr | whole
    else:
        own = clip.coded.entry if clip.coded is not None else clip.packets.key
    return own if own.any() else clip.packets.key


def groups(clip: Clip) -> Groups:
    """The groups of the main video."""
    keys, pictures = np.flatnonzero(key_rows(clip)), np.cumsum(_opens_a_picture(clip))
    times = clock_of(clip.packets)
    seconds = np.where(times == UNSET, np.nan, times * float(clip.stream.time_base))
    stated = np.sort(seconds[~np.isnan(seconds)])
    step = float(np.median(np.diff(stated))) if len(stated) > 1 else np.nan
    return Groups(keys, np.diff(pictures[keys]), np.diff(seconds[keys]), step)


def all_intra(clip: Clip) -> bool:
    """Nearly every picture is a key picture, so that there are no groups."""
    return bool(np.mean(key_rows(clip)) > INTRA)


def _opens_a_picture(clip: Clip) -> NDArray[np.bool_]:
    """Packets that are a picture or the first field of one; a container may store the two fields of a picture as two packets."""
    whole = np.ones(len(clip.packets), np.bool_)
    if clip.headers is None or len(fields := clip.headers.field) < 2 or not {1, 2} <= set(fields.tolist()):
        return whole
    first = next(int(field) for field in fields if field)
    whole[fields == 3 - first] = False
    return whole


def _habits(found: Groups) -> tuple[Habit, ...]:
    count = len(found)
    one = _habit(found, 0, count)
    if one is not None:
        return (one,)
    # Two stretches: each cut between them is tried, and the one that leaves the fewest groups odd is taken.
    changes = np.flatnonzero(np.diff(found.pictures)) + 1
    if len(changes) > MOST_CHANGES:
        return ()
    pairs = [(_habit(found, 0, int(at)), _habit(found, int(at), count)) for at in changes]
    both = [(a, b) for a, b in pairs if a is not None and b is not None and not a.timed and not b.timed]
    return min(both, key=lambda pair: len(pair[0].odd) + len(pair[1].odd), default=())


def _habit(found: Groups, first: int, end: int) -> Habit | None:
    """The habit of groups `first` to `end`: in pictures, or in seconds to within one picture."""
    pictures, seconds = found.pictures[first:end], found.seconds[first:end]
    if len(pictures) < FEWEST:
        return None
    lengths = np.unique(pictures)
    for slack in SLACKS:
        near = np.abs(pictures[:, None] - lengths[None, :]) <= slack
        mode = int(lengths[near.sum(axis=0).argmax()])
        off = np.abs(pictures - mode)
        kept = _kept(first, end, off <= slack, off <= 2 * slack)
        if kept is not None and mode > FEWEST * slack:
            return Habit(first, end, timed=False, length=mode, slack=slack, odd=kept)
    usual = float(np.nanmedian(seconds)) if np.isfinite(seconds).any() else np.nan
    with np.errstate(invalid="ignore"):
        away = np.abs(seconds - usual) / found.step if found.step > 0 else np.full(len(seconds), np.nan)
        kept = _kept(first, end, away <= 1.01, away <= 2.01)  # a hundredth for rounding
    if kept is not None and usual > FEWEST * found.step:
        return Habit(first, end, timed=True, length=usual, slack=0, odd=kept)
    return None


def _kept(first: int, end: int, near: NDArray[np.bool_], bearable: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """The odd groups, those that are not even bearably near, where enough others are near; None where they are no habit."""
    many, odd = int(near.sum()), np.flatnonzero(~bearable) + first
    return odd if many >= FEWEST and many >= SHARE * (end - first - many) else None
