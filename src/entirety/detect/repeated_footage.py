"""Looks for footage that is shown twice, forwards or backwards, and for stretches that were turned round in their place.

In front of a running camera hardly anything moves the same way twice to the picture and to the grey level; what turns or swings by itself
and a screen that runs in a loop come nearest to it. Where a moving sequence comes back all the same, it may have been stored, sent or put in
a second time; and where it takes the place of other footage, that footage is missing.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.damage import built_on_damage
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, TIMES
from entirety.detect.recurrence import MOVING
from entirety.detect.repeat_weights import open_for, places, weight_of
from entirety.detect.repeated_footage_innocent import EXPLANATIONS
from entirety.detect.repeated_sequences import FITS, SHORTEST, Repeat, repeated_sequences
from entirety.detect.sentences import say
from entirety.detect.spans import stretch_span
from entirety.detect.turned_stretches import CROSSED, Turned, turned_stretches
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
    Value,
    Weight,
)
from entirety.model.time import clock

ID = "repeated-footage"
MOST = 20
"""Findings kept, most exact first: more are a habit of the footage, and a list that nobody reads. Chosen."""
SAME = (
    "From {start} to {end} (frames {first} to {last}) the pictures are like those from {earlier_start} to {earlier_end} "
    "(frames {earlier} to {earlier_last}), "
)
LEFT = (
    " In the parts that move, the difference is {share} of that to the pictures three further on or back; {identical} of {pictures} are the "
    "same in every byte."
)
CLAIMS = {"repeat": SAME + "in the same order." + LEFT, "reverse": SAME + "in the opposite order." + LEFT}
AGAIN = (
    "Movement in this footage comes back again and again: most exactly, frames {first} to {last} ({start} to {end}) are like frames {earlier} to "
    "{earlier_last}. Places of this kind: {count}."
)
TURNED = (
    "The picture leaps at {start} and again after {end}. The footage between (frames {first} to {last}) fits what is beside it crosswise only: its "
    "last picture is like the one before it, and its first like the one after it, as in footage that runs backwards."
)
TURNED_FITS = {"replay", "periodic-motion", "there-and-back", "equal-parts"}
MEANINGS = {
    Weight.STRONG: "In our assessment this fits footage that was put into the clip twice, by an app or a program; what is named below and not excluded fits it as well. What the camera saw meanwhile may then not be in the file.",
    Weight.SUPPORTING: "In our assessment this footage may have been put in again or turned round. This is a sign only together with another one at the same place.",
    Weight.NEUTRAL: "In our assessment this fits something that moves periodically or goes there and back, or a screen or animation that runs in a loop; this alone is no sign of a change.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each sequence that came back; a single note where movement comes back all the time."""
    damaged = built_on_damage(clip)
    repeats = [one for one in repeated_sequences(clip.frames) if not damaged[one.first : one.last + 1].any()]
    once = [(one, weight_of(clip.frames, one)) for one in repeats if not one.again]
    exact = sorted(once, key=lambda pair: (pair[1] is Weight.NEUTRAL, pair[0].left, pair[0].first))[:MOST]
    for one, weight in sorted(exact, key=lambda pair: pair[0].first):
        yield _finding(clip, one, weight, len(once))
    periodic = [one for one in repeats if one.again]
    if periodic:
        yield _finding(clip, min(periodic, key=lambda one: (one.left, one.first)), Weight.NEUTRAL, places(periodic))
    turns = turned_stretches(clip.frames)
    for turn in turns:
        # A sequence that came back has its own finding, and at its ends the picture leaps too.
        if not any(one.first <= turn.last and one.last >= turn.first for one in repeats) and not damaged[turn.first]:
            yield _turned(clip, turn, len(turns))


def _finding(clip: Clip, one: Repeat, weight: Weight, count: int) -> Finding:
    span, pictures = stretch_span(clip, one.first, one.last), one.last - one.first + 1
    earlier = stretch_span(clip, one.earlier, one.earlier_last)
    code = "periodic" if one.again else "reverse" if one.backwards else "repeat"
    values: dict[str, Value] = {
        "start": clock(span.start),
        "end": clock(span.end),
        "first": one.first,
        "last": one.last,
        "earlier": one.earlier,
        "earlier_last": one.earlier_last,
    }
    compared: dict[str, Value] = {"share": f"{one.left:.0%}", "identical": one.identical, "pictures": pictures}
    more: dict[str, Value] = (
        {"count": count}
        if one.again
        else {
            "earlier_start": clock(earlier.start),
            "earlier_end": clock(earlier.end),
            **compared,
        }
    )
    return Finding(
        check=ID,
        code=code,
        claim=say(f"{ID}.{code}.claim", AGAIN if one.again else CLAIMS[code], **values, **more),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight]),
        span=span,
        weight=weight,
        confidence=Confidence.HIGH if weight is Weight.STRONG else Confidence.MEDIUM,
        measured=(
            Measured(
                "difference to the earlier pictures over that at three pictures more or less, at most",
                round(one.left, 3),
                FITS,
            ),
            Measured("difference to the earlier pictures", round(one.difference, 2), None, "grey levels"),
            Measured("difference at three pictures more or less, at least", round(one.aside, 2), MOVING, "grey levels"),
            Measured("pictures that come back", pictures, None),
            Measured("of them, the same in every byte", one.identical, None),
            Measured("pictures from the earlier stretch to this one", one.first - one.earlier, None),
            Measured("places of this kind in the clip", count, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, open_for(one, weight), {"looped-screen"}, **compared),
        reproduce=reproduce.frame_hashes(clip, one.earlier, one.last)
        if one.identical == pictures
        else reproduce.chosen_pictures(clip, ((one.earlier, one.earlier_last), (one.first, one.last))),
        stills=_pairs(one),
    )


def _pairs(one: Repeat) -> tuple[int, ...]:
    """Start, middle and end of the second stretch, each behind the picture that it repeats: the first two are what page one shows."""
    rows = (one.first, (one.first + one.last) // 2, one.last)
    like = [one.earlier_last - (row - one.first) if one.backwards else one.earlier + row - one.first for row in rows]
    return tuple(frame for pair in zip(like, rows, strict=True) for frame in pair)


def _turned(clip: Clip, turn: Turned, count: int) -> Finding:
    span, share = stretch_span(clip, turn.first, turn.last), f"{turn.crossed:.0%}"
    values: dict[str, Value] = {
        "start": clock(span.start),
        "end": clock(span.end),
        "first": turn.first,
        "last": turn.last,
    }
    return Finding(
        check=ID,
        code="turned",
        claim=say(f"{ID}.turned.claim", TURNED, **values),
        inference=say(f"{ID}.{Weight.SUPPORTING.value}.inference", MEANINGS[Weight.SUPPORTING]),
        span=span,
        weight=Weight.SUPPORTING,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured(
                "difference of the pictures that fit crosswise, over the leaps, at most",
                round(turn.crossed, 3),
                CROSSED,
            ),
            Measured("smaller leap at the ends", round(turn.leap, 2), None, "grey levels"),
            Measured("places of this kind in the clip", count, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, TURNED_FITS, {"looped-screen"}, share=share),
        reproduce=reproduce.pictures(clip, turn.first - 1, turn.last + 1),
        stills=(turn.first - 1, turn.first, turn.last, turn.last + 1),
    )


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; nothing can come back in so few."
    return say("repeated-footage.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=2,
    question=Question.CONTINUOUS,
    title="Footage shown twice or backwards",
    sees="What moves in front of a camera hardly ever moves twice in exactly the same way. The check holds the pictures of the whole clip against each other and reports where a moving sequence comes back, forwards or backwards, and where a stretch fits what is around it only backwards.",
    needs=(FRAMES, TIMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "In a still scene a repeated stretch looks like any other and is not seen.",
        "What comes back for less than 0.6 seconds, mirrored, enlarged, or at another speed is not looked for.",
        "A movement that comes back again and again is taken for periodic, and is a note only; after very many such places the search ends.",
        "What runs backwards from a turning point without a leap is taken for something that goes there and back, and is a note only.",
        "A stretch that was turned round in its place is seen only where the picture leaps at both of its ends.",
        "Where coded data are damaged nothing is reported.",
    ),
    references=(
        "First trials of this project, on few clips, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
