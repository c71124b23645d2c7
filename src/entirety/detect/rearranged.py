"""Looks at the order and the speed in which the table of edits has stored pictures shown.

Belongs to the check hidden-footage. Nothing is missing where a part is shown twice, earlier or slower; the file is only not shown as
it is stored, and the report says so.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.detect import commands
from entirety.detect.edits import Layout
from entirety.detect.hidden_innocent import ID, weigh
from entirety.detect.sentences import say
from entirety.detect.spans import frame_of, frame_time, frames_span, spread, whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Measured, Weight

MOST_REPEATED = 1
"""Pictures that rounding to the movie's clock can show at the end of one edit and at the start of the next."""


def rearranged(clip: Clip, plan: Layout) -> Iterator[Finding]:
    """Pictures that are shown more than once, and parts that are shown in another order than they are stored."""
    new = np.zeros(len(plan.seen), np.bool_)
    new[np.unique(plan.seen, return_index=True)[1]] = True
    once = np.flatnonzero(new)
    earlier = once[1:][np.diff(plan.seen[once]) < 0]
    texts = {
        "repeated": "The table of edits shows stored pictures more than once: {count} (number of pictures shown again).",
        "reordered": "The table of edits shows parts in another order than they are stored: {count} (number of steps back).",
    }
    for code, at in (("repeated", np.flatnonzero(~new)), ("reordered", earlier)):
        if len(at):
            yield _told(clip, plan, code, texts[code], at)


def _told(clip: Clip, plan: Layout, code: str, text: str, at: NDArray[np.int64]) -> Finding:
    """Supporting at most: nothing is missing, and playing a part again is an effect that phones offer."""
    frames = np.array([frame_of(clip, int(plan.ticks[k])) for k in (at[0], at[-1])])
    bound = MOST_REPEATED if code == "repeated" else 0
    inference = "In our assessment the file is not shown as it is stored; all of it is still there."
    return Finding(
        check=ID,
        code=code,
        claim=say(f"{ID}.{code}.claim", text, count=len(at)),
        inference=say(f"{ID}.rearranged.inference", inference),
        span=frames_span(clip, int(frames[0]), int(frames[-1])),
        weight=Weight.SUPPORTING if len(at) > bound else Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(Measured(f"{code} by the table of edits", len(at), bound),),
        innocent=weigh(code, len(at), bound, Fraction(0), frame_time(clip, int(frames[0])) - frame_time(clip, 0)),
        reproduce=commands.stored_and_shown(clip),
        stills=spread(frames),
    )


def retimed(clip: Clip) -> Iterator[Finding]:
    """Stretches that the table of edits plays at another speed, or holds still. Neutral: nothing is left out, and most players ignore it."""
    edits = [e for e in (clip.track.edits or ()) if e.media_time >= 0] if clip.track else []
    rates = sorted({edit.rate for edit in edits} - {Fraction(1)})
    if rates:
        text = "The table of edits asks for another speed in some parts: {count} (number of parts), for example {rate} times as fast."
        inference = "In our assessment this concerns how fast the file is shown, not what it holds."
        count = sum(edit.rate != 1 for edit in edits)
        yield Finding(
            check=ID,
            code="retimed",
            claim=say(f"{ID}.retimed.claim", text, count=count, rate=str(rates[0])),
            inference=say(f"{ID}.retimed.inference", inference),
            span=whole_clip(clip),
            weight=Weight.NEUTRAL,
            confidence=Confidence.HIGH,
            measured=(Measured("parts with a speed other than 1", count, 0),),
            innocent=(),
            reproduce=commands.container_tags(),
        )
