"""Looks for what is laid over a part of the picture for a part of the clip: arrows, circles, captions, blurred areas.

Such things are added after the sensor: by the camera itself, by a recorder, or by somebody later. What is there from the first picture to the
last is a recorder's own lettering or a mark of its maker as a rule, and is not reported. Stretches in which the whole picture stands belong to
frozen-picture. Where a break in the picture lies at the same moment, it may be this very event; then this finding is a note.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from entirety.detect import reproduce
from entirety.detect.added_overlay_innocent import EXPLANATIONS
from entirety.detect.damage import built_on_damage
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.overlays import (
    GAIN,
    GAINS,
    GAINS_ONE_END,
    LEAST_ONE_END,
    LOSSES,
    LOSSES_ONE_END,
    Overlay,
    overlays,
)
from entirety.detect.picture_breaks import picture_breaks
from entirety.detect.same_scene import ACROSS
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time, frames_span
from entirety.detect.steps import GAP
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Weight
from entirety.model.time import clock

ID = "added-overlay"
HABIT = 3
"""Things in a clip, or one a minute in a longer one, that are events; more is how the device or the film works: subtitles. Chosen."""
NEAR = Fraction(1, 2)
"""Seconds within which a break in the picture and this are taken for one event, as the judge takes two signs."""
AROUND = 15
"""Pictures around a change whose steps in time are held against each other."""
CLAIMS = {
    "drawn": (
        "From {start} to {end} (frames {first} to {last}) edges stand exactly in place in a part of the picture (columns {left} to {right} of 16 from "
        "the left, lines {top} to {bottom} of 9 from the top) that did not stand there before or after. Parts of 144 with such edges: {parts} there, "
        "{beside} elsewhere."
    ),
    "blurred": (
        "From {start} to {end} (frames {first} to {last}) a part of the picture (columns {left} to {right} of 16 from the left, lines {top} to "
        "{bottom} of 9 from the top) has at most half of the detail that it has before and after, as far as the clip shows both. Parts of 144 so "
        "changed: {parts} there, {beside} elsewhere."
    ),
}
MEANINGS = {
    Weight.SUPPORTING: "In our assessment something may have been laid over the picture here, by the device or later by a program. If so, what lies under it cannot be seen. This is a sign only together with another one at the same place.",
    Weight.NEUTRAL: "In our assessment this fits the way the clip was shown or recorded, or it is the same event as a break in the picture that is reported apart; it is no further sign.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each thing that comes or goes; the longest alone, as a note, where they are this clip's habit."""
    found = overlays(clip.frames, ~built_on_damage(clip))
    if not found:
        return
    minutes = int(frame_time(clip, len(clip.frames) - 1) - frame_time(clip, 0)) // 60
    habit = len(found) > max(HABIT, minutes)
    breaks = [frame_time(clip, one.frame) for one in picture_breaks(clip.frames)]
    for one in [max(found, key=lambda one: (one.last - one.first, -one.first))] if habit else found:
        ends = [frame_time(clip, row) for row in _changes(one)]
        broken = any(abs(time - end) <= NEAR for time in breaks for end in ends)
        yield _finding(clip, one, len(found), Weight.NEUTRAL if habit or broken else Weight.SUPPORTING)


def _changes(one: Overlay) -> list[int]:
    """First picture with it, and first one without it again, as far as they lie in the clip."""
    return [row for row, inside in ((one.first, one.starts), (one.last + 1, one.ends)) if inside]


def _finding(clip: Clip, one: Overlay, count: int, weight: Weight) -> Finding:
    span, drawn = frames_span(clip, one.first, one.last), one.kind == "drawn"
    lines, columns = zip(*(divmod(block, ACROSS) for block in one.blocks), strict=True)
    parts, whole = one.gains if drawn else one.losses, one.starts and one.ends
    fits = {"camera-display", "recorder-overlay", "privacy-mask", "light"} | ({"subtitles"} if drawn else set())
    fits |= {"placed-object"} if any(_gap(clip, row) for row in _changes(one)) else set()
    last = len(clip.frames) - 1
    return Finding(
        check=ID,
        code=one.kind,
        claim=say(
            f"{ID}.{one.kind}.claim",
            CLAIMS[one.kind],
            start=clock(span.start),
            end=clock(span.end),
            first=one.first,
            last=one.last,
            left=min(columns) + 1,
            right=max(columns) + 1,
            top=min(lines) + 1,
            bottom=max(lines) + 1,
            parts=parts,
            beside=one.beside,
        ),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight]),
        span=span,
        weight=weight,
        confidence=Confidence.HIGH if whole else Confidence.MEDIUM,
        measured=(
            Measured(
                "parts with standing edges of their own, at least",
                one.gains,
                GAINS if whole else GAINS_ONE_END,
                "of 144",
            ),
            Measured(
                "parts with half their detail lost, at least", one.losses, LOSSES if whole else LOSSES_ONE_END, "of 144"
            ),
            Measured("standing edges gained, most in a part, at least", one.gain, GAIN, "of 100 samples"),
            Measured("parts elsewhere with the same sign", one.beside, None, "of 144"),
            Measured("parts that change in one step at its beginning or end", len(one.blocks), None, "of 144"),
            Measured("things of this kind in the clip", count, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, fits, {"screen-content"}, count=count, beside=one.beside, here=parts),
        reproduce=reproduce.pictures(clip, max(0, one.first - 1), min(one.last + 1, last)),
        stills=_beside(one),
    )


def _beside(one: Overlay) -> tuple[int, ...]:
    """At either end that lies in the clip the picture without it and the one with it: the first two stand on page one."""
    begins, goes = (one.first - 1, one.first), (one.last + 1, one.last)
    return (begins if one.starts else ()) + (goes if one.ends else ())


def _gap(clip: Clip, row: int) -> bool:
    """The step in time to this picture is longer than usual, or not known."""
    times = clip.frames.times
    usual = float(np.median(np.diff(times[max(0, row - AROUND) : row + AROUND])))
    return not float(times[row] - times[row - 1]) <= GAP * usual


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; nothing can come and go in it that could be told from the scene."
    return say("added-overlay.short", text, frames=LEAST_ONE_END) if len(clip.frames) < LEAST_ONE_END else None


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="Things laid over the picture",
    sees="Lettering, arrows and outlines laid over footage appear at once, keep their edges exactly in place while everything under them moves or is noisy, and go at once; a blurred area loses its detail at once. The check reports where a part of the picture does so for a part of the clip.",
    needs=(FRAMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "What is there from the first picture to the last is not reported.",
        "What fades in or out, moves, or is there for less than about a second is not seen.",
        "Thin outlines of a colour as bright as the scene under them, and small marks within one part of 144, are not seen.",
        "In fast motion, and in scenes without detail, a blurred area changes too little.",
        "Where a part changes suddenly again and again, as under a running clock, nothing is looked for.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported.",
    ),
    references=(
        "First trials of this project, on clips of the tuning half drawn over for this purpose, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
