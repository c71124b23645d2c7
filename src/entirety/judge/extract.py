"""The pictures round each finding, row by row, so that a reader of the report alone can see what the numbers were near the place."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from entirety.model.audit import Numbered
from entirety.model.clip import PICTURE_KINDS, Clip
from entirety.model.extract import FrameRow
from entirety.model.finding import Weight
from entirety.model.time import UNSET

BESIDE = 5
"""Pictures on either side of where a finding begins and ends. Chosen: what fits beside the finding on paper."""

MOST = 400
"""Rows in all, about ten printed pages; findings are served strongest first. Chosen: audit.json stays small, and frames.framehash has
the hash of every picture."""


def extract(clip: Clip, findings: Sequence[Numbered]) -> tuple[FrameRow, ...]:
    """Rows of the pictures near the findings, each once, in the order of showing."""
    frames: set[int] = set()
    for one in findings:
        near = _near(one, len(clip.frames))
        if len(frames | near) <= MOST:
            frames |= near
    return tuple(_rows(clip, sorted(frames)))


def _near(one: Numbered, count: int) -> set[int]:
    """Frames near both ends of a finding; none where it has no place, or speaks of the whole file and is no sign of a break."""
    span = one.finding.span
    whole = span.first <= 0 and span.last >= count - 1
    if span.first < 0 or (whole and one.finding.weight is Weight.NEUTRAL):
        return set()
    ends = (span.first,) if whole or span.last < 0 else (span.first, span.last)
    return {frame for end in ends for frame in range(max(0, end - BESIDE), min(count, end + BESIDE + 1))}


def _rows(clip: Clip, chosen: Iterable[int]) -> Iterator[FrameRow]:
    frames, sizes = clip.frames, _sizes(clip)
    for row in chosen:
        ticks, lasts = int(frames.pts[row]), int(frames.duration[row])
        yield FrameRow(
            frame=row,
            time=frames.time(row),
            duration=lasts * frames.time_base if lasts > 0 else None,
            size=sizes.get(ticks),
            kind=PICTURE_KINDS[int(frames.kind[row])] if 0 <= int(frames.kind[row]) < len(PICTURE_KINDS) else "?",
            key=bool(frames.key[row]),
            change=round(float(np.nan_to_num(frames.residual[row])), 3),
            sha256=frames.sha256[row].tobytes().hex(),
        )


def _sizes(clip: Clip) -> dict[int, int]:
    """Stored bytes by presentation time, only where one packet alone has that time and both count in the same unit."""
    packets = clip.shown[clip.video]
    if clip.stream.time_base != clip.frames.time_base:
        return {}
    times, first, number = np.unique(packets.pts, return_index=True, return_counts=True)
    sole = (number == 1) & (times != UNSET)
    return {int(time): int(packets.size[at]) for time, at in zip(times[sole], first[sole], strict=True)}
