"""Finds the frames from which the picture has another form: size, pixel format, field order, or what its headers state.

Belongs to the check format-change, which says what such a place can mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect import reproduce
from entirety.detect.encoder_runs import SHAPE
from entirety.detect.same_view import goes_on
from entirety.detect.spans import first_shown, frame_of_packet
from entirety.model.clip import Clip
from entirety.model.finding import Weight

SAME_SHAPE = 0.03
"""Relative difference of width to height up to which two sizes have the same shape: sizes are rounded to blocks of 16 pixels, 3 % of 540."""
STEADY_FIELDS = 12
"""Frames for which a field order must hold on both sides of its only change. Encoders that choose frame or field coding for each picture
(H.264 picture-adaptive coding) change it within a group of pictures; a group is rarely shorter than 12."""
RATE = (
    *("num_units_in_tick", "time_scale", "num_units_in_display_tick"),
    *("frame_rate_code", "frame_rate_extension_n", "frame_rate_extension_d"),
    *("vop_time_increment_resolution", "fixed_vop_time_increment"),
)
COLOUR = (
    *("video_full_range_flag", "colour_primaries", "transfer_characteristics", "matrix_coefficients"),
    *("color_range", "color_space", "color_primaries"),
)
"""Names that H.264 and HEVC, MPEG-2, MPEG-4 part 2, VP9 and AV1 give in their standards to what their headers state; SHAPE as well."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the form of the picture differs from what was before."""

    code: str
    frame: int
    """First frame in the new form."""
    before: str
    after: str
    same_shape: bool
    exchanged: bool
    command: str
    weight: Weight = Weight.STRONG
    switching: bool = False
    """One of many switches to and fro."""


def changes(clip: Clip) -> list[Change]:
    """All of them, by frame."""
    found = (*_sizes(clip), *_formats(clip), *_fields(clip), *_stated(clip))
    return sorted(found, key=lambda change: (change.frame, change.code))


def _sizes(clip: Clip) -> Iterator[Change]:
    w, h, command = clip.frames.width, clip.frames.height, reproduce.picture_properties(clip)
    for k in _changed(w, h):
        shape = (w[k - 1] / max(1, h[k - 1])) / max(1e-6, w[k] / max(1, h[k]))
        yield Change(
            code="size",
            frame=k,
            before=f"{w[k - 1]} x {h[k - 1]}",
            after=f"{w[k]} x {h[k]}",
            same_shape=abs(shape - 1) <= SAME_SHAPE,
            exchanged=(w[k - 1], h[k - 1]) == (h[k], w[k]),
            command=command,
            weight=Weight.NEUTRAL if abs(shape - 1) <= SAME_SHAPE and goes_on(clip.frames, k) else Weight.STRONG,
        )


def _formats(clip: Clip) -> Iterator[Change]:
    frames, command = clip.frames, reproduce.picture_properties(clip)
    for k in _changed(frames.format):
        before, after = frames.formats[frames.format[k - 1]], frames.formats[frames.format[k]]
        yield Change("pixel-format", k, before, after, False, False, command)


def _changed(*columns: NDArray[np.integer] | NDArray[np.bool_]) -> list[int]:
    """Rows that differ from the row before in any column."""
    differ = np.zeros(max(0, len(columns[0]) - 1), np.bool_)
    for column in columns:
        differ |= column[1:] != column[:-1]
    return [int(k) + 1 for k in np.flatnonzero(differ)]


def _stated(clip: Clip) -> Iterator[Change]:
    """What headers of the stream state and the pictures themselves do not: rate, pixel shape, colour."""
    current: dict[tuple[str, int], dict[str, int]] = {}
    told: set[tuple[int, str]] = set()
    command = reproduce.headers(clip)
    for item in clip.parameter_sets:
        if item.number < 0 or not item.facts:  # it cannot be read, so it says nothing
            continue
        facts, before = dict(item.facts), current.get((item.kind, item.number))
        current[item.kind, item.number] = facts
        if before is None or item.packet <= 0:
            continue
        frame = frame_of_packet(clip, first_shown(clip, item.packet))
        for code, every in (("stated-rate", RATE), ("pixel-shape", SHAPE), ("colour", COLOUR)):
            names = [name for name in every if name in before or name in facts]
            old, new = ([known.get(name, -1) for name in names] for known in (before, facts))
            # HEVC states the rate in two of its sets, and both change in one place.
            if old != new and (frame, code) not in told:
                told.add((frame, code))
                yield Change(code, frame, _values(old), _values(new), code == "stated-rate", False, command)


def _values(numbers: list[int]) -> str:
    return " / ".join("not stated" if n < 0 else str(n) for n in numbers)


def _fields(clip: Clip) -> Iterator[Change]:
    """From whole pictures to fields or back: once and for good, or to and fro as an encoder chooses."""
    rows, last = _changed(clip.frames.interlaced), len(clip.frames)
    if not rows:
        return
    names, k, command = ("whole pictures", "fields"), rows[0], reproduce.picture_properties(clip)
    before, after = names[int(clip.frames.interlaced[k - 1])], names[int(clip.frames.interlaced[k])]
    once = len(rows) == 1 and min(k, last - k) >= STEADY_FIELDS
    weight = Weight.STRONG if once else Weight.NEUTRAL
    yield Change("field-order", k, before, after, False, False, command, weight, not once)
