"""Notes where the coarseness of coding, or the amount of data per picture, goes over to another level and stays there.

Parts that were coded by different devices, or at different times, often differ in both. So does one recording whose scene, light or
network changes. By itself such a place says nothing; beside another sign it is worth knowing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.detect import reproduce
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.quantiser_step_innocent import EXPLANATIONS
from entirety.detect.regimes import Shift, shifts
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of_packet, frame_time, join_span
from entirety.detect.steps import clock_of
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Question, Sentence, Weight
from entirety.model.time import UNSET, clock

ID = "quantiser-step"
WINDOW, FEWEST = 2.0, 16
"""Seconds, and pictures at least, whose median stands for a level: chosen, two groups of most cameras."""
LEAST_QUANTISER, LEAST_SIZE = 0.15, 1.0
"""Share of the file's usual quantiser, and doublings of size, that a shift must reach: chosen; 6 of 40 steps of H.264 are one doubling of coarseness."""
FLOOR_QUANTISER, FLOOR_SIZE = 1.0, 0.1
"""Least wander that is assumed: one step of a quantiser, which is a whole number, and 7 % of size. Chosen."""
TIMES = 6.0
"""Times the file's own wander: chosen, as for hard-cut."""
MOST = 3
"""Notes kept of each kind: chosen; these are notes, and more of them hide what matters."""
ALIKE = 0.25
"""Share by which change and contrast may differ and still count as alike: chosen."""
LIGHT = 4.0
"""Grey levels of mean brightness: chosen, half of what hard-cut takes for a switched light."""

CLAIMS = {
    "quantiser": "From {at} on the picture is coded {how}: the quantiser goes from {before} to {after}, medians of {window} pictures of one type.",
    "size": "From {at} on the coded pictures are {how}: they go from {before} to {after} bytes, medians of {window} pictures of one type.",
}
MEANS = "In our assessment this is worth knowing beside another sign at the same place; by itself it tells nothing about whether footage is missing."


@dataclass(frozen=True, slots=True)
class Column:
    """One number for each coded picture of the most frequent type."""

    code: str
    rows: NDArray[np.int64]
    values: NDArray[np.float64]
    least: float
    floor: float
    logarithmic: bool


def run(clip: Clip) -> Iterator[Finding]:
    """A few notes: shifts of the quantiser, then shifts of the size at other places."""
    window, told = window_of(clip), np.zeros(0, np.int64)
    for column in columns(clip):
        found = sorted(_shifts(column, window), key=lambda shift: shift.at)
        rows = column.rows[[shift.at for shift in found]]
        for shift, row in zip(found, rows, strict=True):
            if not (np.abs(told - row) < window).any():
                yield _finding(clip, column, shift, int(row), window)
        told = rows


def _shifts(column: Column, window: int) -> Iterator[Shift]:
    return shifts(column.values, window, least=column.least, floor=column.floor, times=TIMES, most=MOST)


def window_of(clip: Clip) -> int:
    """Pictures that make up WINDOW seconds of the most frequent type, at least FEWEST."""
    rows, times = common_rows(clip), clock_of(clip.packets)
    stated = np.sort(times[rows][times[rows] != UNSET])
    step = float(np.median(np.diff(stated))) * float(clip.stream.time_base) if len(stated) > 1 else 0.0
    return max(FEWEST, round(WINDOW / step)) if step > 0 else FEWEST


def common_rows(clip: Clip) -> NDArray[np.int64]:
    """Packets of the most frequent type of picture: types differ in quantiser and size by habit."""
    if clip.headers is not None:
        kinds = clip.headers.slice_type
    elif clip.coded is not None and clip.coded.kind.any():
        kinds = clip.coded.kind
    else:
        kinds = np.where(clip.packets.key, 1, 2)
    known = kinds[kinds >= 0]
    return np.flatnonzero(kinds == (np.bincount(known).argmax() if len(known) else -1))


def columns(clip: Clip) -> Iterator[Column]:
    """Quantiser, where the headers state it, and size on a logarithmic scale."""
    rows = common_rows(clip)
    said = (
        clip.headers.slice_qp if clip.headers is not None else clip.coded.quantiser if clip.coded is not None else None
    )
    if said is not None:
        stated = rows[said[rows] >= 0]
        values = said[stated].astype(np.float64)
        if len(values):
            yield Column(
                "quantiser", stated, values, LEAST_QUANTISER * float(np.median(values)), FLOOR_QUANTISER, False
            )
    sizes = clip.packets.size[rows].astype(np.float64)
    yield Column("size", rows, np.log2(np.maximum(sizes, 1.0)), LEAST_SIZE, FLOOR_SIZE, True)


def _finding(clip: Clip, column: Column, shift: Shift, row: int, window: int) -> Finding:
    frame = min(frame_of_packet(clip, row), len(clip.frames) - 1)
    first = max(0, frame - 1)
    before, after = (round(2**level) if column.logarithmic else round(level) for level in (shift.before, shift.after))
    coarser = {"quantiser": ("finer", "coarser"), "size": ("smaller", "larger")}[column.code]
    still_open, light = _open(clip, frame, window)
    unit = "doublings" if column.logarithmic else ""
    return Finding(
        check=ID,
        code=column.code,
        claim=say(
            f"{ID}.{column.code}.claim",
            CLAIMS[column.code],
            at=clock(frame_time(clip, frame)),
            how=coarser[shift.after > shift.before],
            before=before,
            after=after,
            window=window,
        ),
        inference=say(f"{ID}.inference", MEANS),
        span=join_span(clip, first, frame, byte_ranges(clip, [row])),
        weight=Weight.NEUTRAL,
        confidence=Confidence.LOW,
        measured=(
            Measured("shift of the level", round(abs(shift.after - shift.before), 2), round(column.least, 2), unit),
            Measured("usual wander of the level in this file", round(shift.wander, 2), None, unit),
        ),
        innocent=weighed(ID, EXPLANATIONS, still_open, EXPLANATIONS.keys() - still_open, light=light),
        reproduce=reproduce.headers(clip) if column.code == "quantiser" else reproduce.stored_times(clip, clip.video),
        stills=tuple(dict.fromkeys((first, frame))),
    )


def _open(clip: Clip, frame: int, window: int) -> tuple[set[str], float]:
    """Explanations that fit this place, and the step in mean brightness."""
    before, after = slice(max(0, frame - window), max(1, frame)), slice(frame, frame + window)

    def pair(column: NDArray[np.float32]) -> tuple[float, float]:
        return float(np.median(column[before])), float(np.median(column[after]))

    dark, bright = sorted(pair(clip.frames.luma))
    alike = all(
        abs(was - now) <= ALIKE * max(was, now) for was, now in map(pair, (clip.frames.residual, clip.frames.contrast))
    )
    light = round(bright - dark, 1)
    fits = {"rate-control", "variable-network"} | (set() if alike else {"scene-change"})
    return fits | ({"night-mode"} if light >= LIGHT else set()), light


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has {pictures} coded pictures of one type; two levels need at least {least}."
    count, least = len(common_rows(clip)), 2 * window_of(clip)
    return say(f"{ID}.short", text, pictures=count, least=least) if count < least else None


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Changes in how coarsely the picture is coded",
    sees="An encoder decides for each picture how coarsely it is coded and how much data it gets. The check notes where either goes over to another level for seconds, far beyond how it wanders in the rest of the file.",
    needs=(FRAMES, PACKETS, Need(_too_short)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A finding of this check never shows by itself that footage is missing.",
        "Parts coded with like settings of like scenes have like levels.",
        "Encoders that hold the amount of data even by all means hide a change of it, and those that hold the coarseness hide that.",
        "A change of less than two seconds is not told, nor one that comes about slowly.",
    ),
    references=("ITU-T H.264 (08/2021), 7.4.3 (slice_qp_delta) and 8.5 (scaling)",),
    run=run,
)
