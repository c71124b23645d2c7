"""Looks for a break in the times that the file gives its pictures and its sound.

A recorder counts time on; where material is left out or joined without being encoded again, the count can jump. Many recorders
jump by themselves, so every step is held against the habit of this very file.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from entirety.detect import reproduce
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.odd_step import OddStep
from entirety.detect.odd_steps import odd_steps, sound_bound
from entirety.detect.rate_model import rate_model
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of_packet, in_order, join_span
from entirety.detect.steps import COUNTED, FEWEST, GAP, PAUSE, clock_of
from entirety.detect.timestamp_gap_innocent import EXPLANATIONS
from entirety.detect.timestamp_gap_sentences import claim, inference
from entirety.detect.transport_breaks import transport_breaks
from entirety.detect.transport_findings import transport_finding
from entirety.detect.uneven_steps import OFF
from entirety.model.clip import Clip
from entirety.model.finding import (
    Check,
    Confidence,
    Finding,
    Measured,
    Need,
    Outcome,
    Question,
    Sentence,
    Span,
    Value,
)
from entirety.model.time import UNSET

ID = "timestamp-gap"


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each step that the file's habit does not explain."""
    for step in odd_steps(clip):
        yield _finding(clip, step)
    for found in transport_breaks(clip):
        yield transport_finding(clip, found)


def _finding(clip: Clip, step: OddStep) -> Finding:
    span, size, usual = _span(clip, step), round(float(step.size), 4), round(float(step.habit.usual_s), 4)
    said: dict[str, Value] = {"usual": usual, "count": step.count, "excess": round(float(_excess(step)), 4)}
    said["rounding"] = round(step.habit.tolerance * float(step.habit.base), 4)
    return Finding(
        check=ID,
        code=step.code,
        claim=claim(clip, step, span),
        inference=inference(step),
        span=span,
        weight=step.weight,
        confidence=Confidence.HIGH if step.code == "backwards" else Confidence.MEDIUM,
        measured=(
            Measured("step", size, _bound(step), "s"),
            *_held(step),
            Measured("usual step", usual, None, "s"),
            Measured("steps of this kind", step.count, None),
            Measured("how this stream counts its time", rate_model(step.habit).words, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, step.open, _untested(step), **said),
        reproduce=reproduce.clock_steps(clip)
        if step.code == "backwards"
        else reproduce.stored_times(clip, step.habit.stream),
        stills=(span.first, span.last) if span.first < span.last else (span.last,),
    )


def _excess(step: OddStep) -> Fraction:
    """Seconds by which the step is longer than the file's habit, or the sound stored there, would have it."""
    return step.size - (step.habit.usual_s if step.held is None else step.held)


def _untested(step: OddStep) -> set[str]:
    """A reconnection seldom makes so short a step, yet nothing excludes one that does."""
    longer = step.code in ("gap", "uneven", "sound-step", "sound-samples") and 0 < _excess(step) < PAUSE
    return {"recorder-reconnect"} - step.open if longer else set()


def _held(step: OddStep) -> tuple[Measured, ...]:
    if step.held is None:
        return ()
    return (Measured("sound held by the blocks", round(float(step.held), 4), None, "s"),)


def _bound(step: OddStep) -> float:
    """Seconds that the step had to pass to be told, on the side on which it lies."""
    habit = step.habit
    if step.held is not None:
        return round(float(step.held + (step.off if step.size > step.held else -step.off)), 4)
    later = step.size > habit.usual_s
    off = sound_bound(habit) if later else -sound_bound(habit)
    ticks = {
        "backwards": 0.0,
        "gap": GAP * habit.usual + habit.tolerance,
        "overlap": (habit.usual - habit.tolerance) / 2,
        "delay": habit.tolerance,
        "uneven": habit.usual + (OFF if later else -OFF) * habit.tolerance,
        "sound-step": habit.usual + off,
    }
    return round(ticks[step.code] * float(habit.base), 4)


def _span(clip: Clip, step: OddStep) -> Span:
    """From the last moment before the step to the first after it."""
    rows, stream = (step.before, step.after), step.habit.stream
    if step.code == "backwards":
        last = frame_of_packet(clip, step.after)
        first = max(0, last - 1)
        return join_span(clip, first, last, byte_ranges(clip, rows))
    if stream == clip.video:
        first, last = (frame_of_packet(clip, row) for row in rows)
        return join_span(clip, first, last, byte_ranges(clip, rows))
    base, column = step.habit.base, clock_of(clip.stored[stream])
    start, end = (int(column[row]) * base for row in rows)
    first = max(0, _frame_beside(clip, stream, step.before, float(start)))
    return Span(start, max(start, end), first, min(first + 1, len(clip.frames) - 1))


def _frame_beside(clip: Clip, stream: int, row: int, start: float) -> int:
    """The frame shown while this sound block begins; by their places in the file where the clock goes back and times come twice."""
    if in_order(clip):
        return int(np.searchsorted(clip.frames.times, start, side="right")) - 1
    stored = int(np.searchsorted(clip.packets.position, clip.stored[stream].position[row], side="right")) - 1
    return frame_of_packet(clip, max(0, stored))


def _no_times(clip: Clip) -> Sentence | None:
    text = "A {container} file stores no times: its pictures are counted, so their times cannot jump."
    return say("timestamp-gap.counted", text, container=clip.container) if clip.container in COUNTED else None


def _too_few(clip: Clip) -> Sentence | None:
    text = "Fewer than {fewest} pictures have a stored time; no habit can be read off them."
    known = int((clock_of(clip.packets) != UNSET).sum())
    return None if known > FEWEST else say("timestamp-gap.few", text, fewest=FEWEST + 1)


CHECK = Check(
    id=ID,
    revision=2,
    question=Question.CONTINUOUS,
    title="Breaks in the file's own clock",
    sees="Every picture and sound block carries its time, and every packet of a transport stream (188 bytes) a running number. The check lists the steps from one to the next and reports those that the file's own habit does not explain.",
    needs=(FRAMES, PACKETS, Need(_no_times, Outcome.NOT_APPLICABLE), Need(_too_few)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A join whose times were written anew leaves no step: stream copies by common programs do so.",
        "In a file whose steps vary, a gap says little; pauses beside many shorter gaps, or many of them, count as its habit.",
        "Parts that are put together so that each begins one whole step after the one before leave no uneven step.",
        "A transport stream that was written anew, and not put together byte by byte, has new running numbers throughout.",
        "A few pictures left out cannot be told from pictures that a busy device dropped.",
    ),
    references=(
        "ISO/IEC 14496-12, 8.6.1 (times of samples)",
        "ISO/IEC 13818-1, 2.4.3.3, 2.4.3.5 and 2.4.3.7 (counters, clock, PTS and DTS)",
    ),
    run=run,
)
