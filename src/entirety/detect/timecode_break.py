"""Looks for places where a clock inside the footage does not go on as the file's own times do.

Many recordings carry a clock of their own: a time code, a date beside each picture, a satellite time. A camera runs it side by side
with the times of the file; where material is left out or put together, the difference between the two changes.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.clock_jumps import Jump, jumps
from entirety.detect.clock_names import clock_name, reading_text
from entirety.detect.clock_readings import Aligned, aligned
from entirety.detect.clock_weights import Judged, once
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.sentences import placed, say
from entirety.detect.shared_numbers import rows_told
from entirety.detect.spans import byte_ranges, frame_of_packet, frame_time, join_span, whole_clip
from entirety.detect.steps import clock_of
from entirety.detect.timecode_break_innocent import EXPLANATIONS
from entirety.detect.timecode_break_sentences import CLAIMS, MEANINGS, SHARED
from entirety.model.clip import Clip
from entirety.model.finding import (
    Check,
    Confidence,
    Finding,
    Innocent,
    Measured,
    Need,
    Outcome,
    Question,
    Sentence,
    Span,
    Value,
    Weight,
)
from entirety.model.time import UNSET, clock

ID = "timecode-break"
FEW = 3
"""Jumps of one clock that may stand alone in a clip of up to as many minutes; more are its habit: chosen."""


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each jump of each clock; of a clock that changes all the time only the first, as a note."""
    for known in (aligned(clip, read) for read in clip.clocks):
        if known is not None:
            yield from _of_clock(clip, known)


def _of_clock(clip: Clip, readings: Aligned) -> Iterator[Finding]:
    if readings.stands:
        yield _whole(clip, readings, "still", "not-running")
        return
    if readings.pace != 1:
        yield _whole(clip, readings, "speed", "time-lapse")
    elif readings.blurred:
        yield _whole(clip, readings, "unsteady", "unsteady-clock")
    told = rows_told(clip, readings.clock.source)
    found = [(jump, once(readings, jump, told)) for jump in jumps(readings)]
    for stands in (False, True):
        places = [(jump, says) for jump, says in found if (says.code == "stands") is stands]
        habit = len(places) > max(FEW, readings.presented.sum() / 60)
        for jump, says in places[:1] if habit else places:
            yield _finding(clip, readings, jump, _habitual(says) if habit else says, len(places))


def _habitual(says: Judged) -> Judged:
    return Judged(says.code, Weight.NEUTRAL, says.still_open | {"unsteady-clock"})


def _finding(clip: Clip, readings: Aligned, jump: Jump, says: Judged, count: int) -> Finding:
    span, read = _span(clip, readings, jump), readings.clock
    size = round(abs(jump.size), 3)
    named: dict[str, Value] = {
        "at": clock(span.start),
        "first": span.first,
        "after": clock(frame_time(clip, span.last)),
        "last": span.last,
        "clock": clock_name(read.source),
        "stream": read.stream,
        "size": size,
    }
    name, text = placed(clip, f"{ID}.{says.code}.claim", CLAIMS[says.code])
    first, last = reading_text(readings, jump.at - 1), reading_text(readings, jump.at)
    return Finding(
        check=ID,
        code=says.code,
        claim=say(name, text, **named),
        inference=say(f"{ID}.shared.inference", SHARED)
        if says.shared
        else say(f"{ID}.{says.weight.value}.inference", MEANINGS[says.weight]),
        span=span,
        weight=says.weight,
        confidence=Confidence.HIGH if says.weight is Weight.STRONG else Confidence.MEDIUM,
        measured=(
            Measured("change of the difference", size, round(readings.unit + 2 * readings.tolerance, 4), "s"),
            Measured("known within", round(jump.doubt, 3), None, "s"),
            Measured("reading, before -> after", f"{first} -> {last}", None),
            Measured("readings", len(readings.rows), None),
        ),
        innocent=_innocent(readings, says.still_open, count),
        reproduce=_command(clip, readings),
        stills=tuple(dict.fromkeys((span.first, span.last))),
    )


def _whole(clip: Clip, readings: Aligned, code: str, slug: str) -> Finding:
    """A note on the whole course of a clock."""
    gaps = {"speed": {"pace": round(readings.pace, 3)}, "unsteady": {"hidden": round(2 * readings.tolerance, 1)}}
    read = readings.clock
    return Finding(
        check=ID,
        code="stands" if code == "still" else code,
        claim=say(
            f"{ID}.{code}.claim", CLAIMS[code], clock=clock_name(read.source), stream=read.stream, **gaps.get(code, {})
        ),
        inference=say(f"{ID}.neutral.inference", MEANINGS[Weight.NEUTRAL]),
        span=whole_clip(clip),
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(
            Measured("first reading -> last", f"{reading_text(readings, 0)} -> {reading_text(readings, -1)}", None),
            Measured("readings", len(readings.rows), None),
        ),
        innocent=_innocent(readings, {slug}, 0),
        reproduce=_command(clip, readings),
    )


def _innocent(readings: Aligned, still_open: frozenset[str] | set[str], count: int) -> tuple[Innocent, ...]:
    unit, tolerance = round(float(readings.clock.base), 4), round(readings.tolerance, 4)
    return weighed(ID, EXPLANATIONS, still_open, unit=unit, tolerance=tolerance, count=count)


def _span(clip: Clip, readings: Aligned, jump: Jump) -> Span:
    """From the last picture that surely belongs to what came before to the first that surely belongs to what follows."""
    rows = (int(readings.rows[jump.before]), int(readings.rows[jump.after]))
    stream = readings.clock.stream
    if stream == clip.video:
        first, last = (frame_of_packet(clip, row) for row in rows)
        return join_span(clip, first, max(first, last), byte_ranges(clip, rows))
    base, times = clip.streams[stream].time_base, clock_of(clip.stored[stream])
    first, last = (_frame_beside(clip, float(int(times[row]) * base)) for row in rows)
    return join_span(clip, first, max(first, last))


def _frame_beside(clip: Clip, moment: float) -> int:
    """The frame whose packet begins at this time of the file, or the last one before."""
    times = clock_of(clip.packets)
    rows = np.flatnonzero(times != UNSET)
    order = rows[np.argsort(times[rows], kind="stable")]
    place = np.searchsorted(times[order].astype(np.float64) * float(clip.stream.time_base), moment, side="right")
    return frame_of_packet(clip, int(order[max(0, int(place) - 1)])) if len(order) else 0


def _command(clip: Clip, readings: Aligned) -> str:
    stream = readings.clock.stream
    return reproduce.headers(clip) if stream == clip.video else reproduce.stream_bytes(clip, stream)


def _no_clock(clip: Clip) -> Sentence | None:
    text = "No clock was found in the footage: no time code track, no time code or recording date beside the pictures, no satellite time and no dates as text."
    return None if clip.clocks else say(f"{ID}.none", text)


def _single(clip: Clip) -> Sentence | None:
    text = "Each clock in the footage ({sources}) is read once only, so there is no course that could break."
    if not clip.clocks or any(aligned(clip, read) is not None for read in clip.clocks):
        return None
    return say(f"{ID}.single", text, sources=", ".join(dict.fromkeys(clock_name(read.source) for read in clip.clocks)))


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Breaks in the clocks inside the footage",
    sees="Time codes, recording dates and satellite times that the recording carries are held against the file's own times. The check reports where the difference between the two changes by more than the clock can be read to.",
    needs=(FRAMES, PACKETS, Need(_no_clock, Outcome.NOT_APPLICABLE), Need(_single, Outcome.NOT_APPLICABLE)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Where clock and file step by the same amount, the recorder may have paused; this check is silent, and timestamp-gap tells the gap.",
        "A clock of whole seconds hides small changes: of 40 of each size that we made, in readings without scatter at 25 pictures a second, one for each fortieth of a second, all of 0.3 s were found, 10 of 0.25 s, none of 0.2 s.",
        "A change that is shorter than the clock's own scatter is hidden too.",
        "Parts shorter than a few readings of the clock are not told apart.",
        "A clock can be set, by hand or by a program, before or after the recording; what it shows is not checked here.",
        "Clocks in forms that have no reader here are not seen.",
    ),
    references=(
        "SMPTE ST 12-1 (time code), IEC 61834-4 (packs of DV), ITU-T H.264 (08/2021), D.1.3 and D.2.3 (picture timing)",
        "MISB ST 0601 (time stamps of aircraft video), NMEA 0183 (sentences of satellite receivers)",
    ),
    run=run,
)
