"""Looks at the order and the speed in which the edit list has stored pictures shown.

Belongs to the check hidden-footage. Nothing is missing where a part is shown twice, earlier or slower; the file is only not shown as
it is stored, and the report says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from entirety.detect import reproduce
from entirety.detect.edits import Layout, damaged
from entirety.detect.hidden_innocent import DAMAGED, ID, claim, weigh
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of, frame_time, frames_span, runs, spread, whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Measured, Question, Sentence, Weight

ROUNDING = 1
"""Pictures that rounding can hide at a seam, as in hidden_footage."""
MOST_REPEATED = 1
"""Pictures that rounding to the movie's clock can show at the end of one edit and at the start of the next."""


def loose(plan: Layout) -> list[tuple[int, int]]:
    """Hidden stretches whose neighbours as stored are nowhere shown one after the other: they belong to a change of order."""
    seen = plan.seen[~plan.hidden[plan.seen]]
    joins = set(pairwise(seen.tolist()))
    inside = [(first, last) for first, last in runs(plan.hidden) if first > 0 and last + 1 < len(plan.order)]
    return [(first, last) for first, last in inside if (first - 1, last + 1) not in joins]


def rearranged(clip: Clip, plan: Layout, apart: Sequence[tuple[int, int]] = ()) -> Iterator[Finding]:
    """Pictures that are shown more than once, and parts that are shown in another order than they are stored.

    `apart` are the hidden stretches that `loose` finds; they are told with the order, or with the repetition where no order changes.
    """
    new = np.zeros(len(plan.seen), np.bool_)
    new[np.unique(plan.seen, return_index=True)[1]] = True
    once = np.flatnonzero(new)
    earlier = once[1:][np.diff(plan.seen[once]) < 0]
    for code, at, left_out in (
        ("repeated", np.flatnonzero(~new), () if len(earlier) else apart),
        ("reordered", earlier, apart),
    ):
        if len(at):
            yield _told(clip, plan, code, at, left_out)


def _told(clip: Clip, plan: Layout, code: str, at: NDArray[np.int64], apart: Sequence[tuple[int, int]]) -> Finding:
    """Playing a part again is an effect that phones offer, and so supporting at most; pictures left out between parts are a direct trace."""
    frames = np.array([frame_of(clip, int(plan.ticks[k])) for k in (at[0], at[-1])])
    positions = [k for first, last in apart for k in range(first, last + 1)]
    rows = plan.order[positions]
    length = sum((plan.seconds(clip, *stretch) for stretch in apart), Fraction(0))
    broken = any(damaged(clip, plan, *stretch) for stretch in apart)
    bound = MOST_REPEATED if code == "repeated" else 0
    return Finding(
        check=ID,
        code=code,
        claim=_claim(plan, code, len(at), len(rows), length),
        inference=say(f"{ID}.damaged.inference", DAMAGED) if broken else _meaning(len(rows)),
        span=replace(frames_span(clip, int(frames[0]), int(frames[-1])), byte_ranges=byte_ranges(clip, rows.tolist())),
        weight=_weight(clip, len(rows), beyond=len(at) > bound, broken=broken),
        confidence=Confidence.MEDIUM if broken else Confidence.HIGH,
        measured=(
            Measured(f"{code} by the edit list", len(at), bound),
            Measured("hidden pictures between the parts", len(rows), ROUNDING, "pictures"),
        ),
        innocent=weigh(code, len(at), bound, length, frame_time(clip, int(frames[0])) - frame_time(clip, 0)),
        reproduce=reproduce.stored_and_shown(clip),
        stills=spread(frames),
        hidden=spread(rows),
        also=(Question.CONTINUOUS,),
    )


def _weight(clip: Clip, hidden: int, *, beyond: bool, broken: bool) -> Weight:
    if broken:
        return Weight.NEUTRAL
    if hidden > ROUNDING:
        return Weight.STRONG if clip.movie and clip.movie.fragments else Weight.DIRECT
    return Weight.SUPPORTING if beyond else Weight.NEUTRAL


def _claim(plan: Layout, code: str, count: int, hidden: int, length: Fraction) -> Sentence:
    texts = {
        "repeated": "The edit list shows stored pictures more than once. Pictures shown again: {again}.",
        "reordered": "The edit list shows parts in another order than they are stored. Steps back in that order: {again}.",
    }
    if not hidden:
        return say(f"{ID}.{code}.claim", texts[code], again=count)
    text, values = claim(plan, "between those parts", hidden, length)
    return Sentence(f"{ID}.{code}.hidden.claim", f"{texts[code]} {text}", (("again", count), *values))


def _meaning(hidden: int) -> Sentence:
    if hidden:
        text = "In our assessment the file is not shown as it is stored, and footage between its parts is left out by the edit list."
        return say(f"{ID}.rearranged-hidden.inference", text)
    text = "In our assessment the edit list has the same pictures shown in another way than they are stored; this finding leaves none out."
    return say(f"{ID}.rearranged.inference", text)


def retimed(clip: Clip) -> Iterator[Finding]:
    """Stretches that the edit list plays at another speed, or holds still. Neutral: nothing is left out, and most players ignore it."""
    edits = [e for e in (clip.track.edits or ()) if e.media_time >= 0] if clip.track else []
    rates = sorted({edit.rate for edit in edits} - {Fraction(1)})
    if rates:
        text = "The edit list asks for another speed in some parts. Number of parts: {count}; speed of one of them: {rate} times the normal one."
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
            reproduce=reproduce.container_tags(),
        )
