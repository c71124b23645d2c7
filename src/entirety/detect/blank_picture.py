"""Looks for stretches in which the picture is empty: black, white or one even colour. A note: it says what could not be seen.

A hand over the lens, a camera that switches to infrared, a fade and a player's black all leave it. What an empty stretch hides nobody can
say; where it lies between two different scenes, hard-cut and gradual-transition look at the scenes.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.blank_picture_innocent import EXPLANATIONS
from entirety.detect.damage import built_on_damage
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.same_scene import FLAT
from entirety.detect.sentences import say
from entirety.detect.spans import runs, stretch_span
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Weight
from entirety.model.time import clock

ID = "blank-picture"
FEWEST = 3
"""Pictures in a row: a single one is a flash or a fault of the line. Chosen."""
BLACK, DARK, BRIGHT = 20.0, 40.0, 200.0
"""Grey levels: black is 16, or 0 in full range; white 235 or 255. Chosen."""
MOST = 20
"""Findings kept, longest first. Chosen."""
CLAIM = (
    "From {start} to {end} (frames {first} to {last}) the picture is empty: {colour}, mean brightness {luma} of 255, with hardly any detail. "
    "Place in the clip: {place}. Stretches of this kind: {count}."
)
MEANING = "In our assessment nothing can be said of what happened in front of the camera here; this alone is no sign of a change."


def run(clip: Clip) -> Iterator[Finding]:
    """One note for each stretch, the longest MOST of them."""
    damaged = built_on_damage(clip)
    found = [
        (first, last)
        for first, last in runs(clip.frames.contrast < FLAT)
        if last - first + 1 >= FEWEST and not damaged[first : last + 1].any()
    ]
    longest = sorted(found, key=lambda stretch: (stretch[0] - stretch[1], stretch[0]))[:MOST]
    for first, last in sorted(longest):
        yield _finding(clip, first, last, len(found))


def _finding(clip: Clip, first: int, last: int, count: int) -> Finding:
    span, rows = stretch_span(clip, first, last), slice(first, last + 1)
    luma = round(float(np.median(clip.frames.luma[rows])))
    contrast = float(np.median(clip.frames.contrast[rows]))
    at_end = first == 0 or last == len(clip.frames) - 1
    fits = (
        {"lens-covered", "program-black"}
        | ({"player-black"} if at_end else set())
        | ({"infrared-switch"} if not at_end else set())
    )
    return Finding(
        check=ID,
        code="blank",
        claim=say(
            f"{ID}.blank.claim",
            CLAIM,
            start=clock(span.start),
            end=clock(span.end),
            first=first,
            last=last,
            colour="black" if luma <= BLACK else "dark" if luma < DARK else "bright" if luma > BRIGHT else "even",
            luma=luma,
            place="at an end" if at_end else "inside",
            count=count,
        ),
        inference=say(f"{ID}.neutral.inference", MEANING),
        span=span,
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(
            Measured("contrast, median, at most", round(contrast, 2), FLAT, "grey levels"),
            Measured("pictures, at least", last - first + 1, FEWEST),
        ),
        innocent=weighed(ID, EXPLANATIONS, fits),
        reproduce=reproduce.with_its_sides(clip, first, last),
        stills=tuple(sorted({max(0, first - 1), first, last, min(last + 1, len(clip.frames) - 1)})),
    )


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Empty pictures",
    sees="The check notes where the picture is black, white or of one even colour for three pictures and more: nothing in front of the camera can be seen there.",
    needs=(FRAMES,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A dark picture with a lit sign, a clock or a caption in it is not reported.",
        "Fewer than three empty pictures are not reported.",
    ),
    references=("Bounds read off the validation set's covered lenses and its darkest scenes.",),
    run=run,
)
