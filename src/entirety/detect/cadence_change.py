"""Looks for stretches that were made slower or faster, by the rhythm in which pictures are repeated, blended or left out.

A whole clip with such a rhythm was brought to another rate, which messengers and broadcasters do every day; that is a note. Where one stretch
has it and the rest has not, the stretch may run at another speed than the rest.
"""

from collections.abc import Iterator, Sequence

from entirety.detect import reproduce
from entirety.detect.cadence import (
    LESS,
    LESS_CLEAR,
    MORE,
    MORE_CLEAR,
    WINDOW,
    Pattern,
    patterns,
    usable_rows,
)
from entirety.detect.cadence_change_innocent import EXPLANATIONS
from entirety.detect.cadence_outside import goes_on, join_beside, picture_of_a_mark, repeated_outside
from entirety.detect.damage import built_on_damage
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, TIMES
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time, stretch_span
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

ID = "cadence-change"
WHOLE = 0.6
"""Share of what moves that shows one pattern, from which it is the clip's own. Chosen: a converted clip has it wherever something moves."""
HABIT = 3
"""Stretches with one pattern from which it is a habit of the recording. Chosen."""
EXPOSURE = 3
"""Marks so near to each other come from a camera that exposes longer. Chosen: from 30 pictures a second to 15 or 20."""
REPEATS = 0.05
"""Share of repeated pictures outside the stretch from which the recording repeats pictures by itself. Chosen."""
GOES_ON = 3.0
"""Standard errors from which the marks go on in the same step outside the stretch: as chance hardly ever makes them. Chosen."""
ORDINALS = {2: "2nd", 3: "3rd"}
LESS_CLAIM = (
    "Every {nth} picture from {start} to {end} (frames {first} to {last}) hardly moves on, or much less than its neighbours, as when only {new} "
    "in {period} pictures are new."
)
MORE_CLAIM = (
    "Every {nth} picture from {start} to {end} (frames {first} to {last}) moves on further than its neighbours, as where one picture in {whole} "
    "was left out."
)
MEANINGS = {
    Weight.SUPPORTING: "In our assessment this stretch may run at another speed than the rest of the clip. This is a sign only together with another one at the same place.",
    Weight.NEUTRAL: "In our assessment this fits a change of the picture rate by the camera, or of the whole clip by a converter; this alone is no sign of a change of what is shown.",
}
LOOKS_LIKE = {
    "slower": " Footage slowed to {speed} of its speed looks like this, and so does footage filled up to more pictures a second. Step through it picture by picture: every {nth} stands, or nearly.",
    "faster": " Footage that was sped up looks like this, and so does footage brought to fewer pictures a second. Step through it picture by picture: every {nth} leaps.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each stretch; one for the longest where the pattern goes through the clip, or is its habit."""
    damaged = built_on_damage(clip)
    found = [one for one in patterns(clip.frames) if not damaged[one.first : one.last + 1].any()]
    usable = max(1, usable_rows(clip.frames))
    for alike in _grouped(found):
        share = min(1.0, sum(one.last - one.first + 1 for one in alike) / usable)
        if share >= WHOLE or len(alike) >= HABIT:
            yield _finding(clip, max(alike, key=lambda one: one.last - one.first), share, usable, own=True)
        else:
            yield from (_finding(clip, one, share, usable, own=False) for one in alike)


def _grouped(found: Sequence[Pattern]) -> list[list[Pattern]]:
    """Stretches with one pattern each, in the order of showing."""
    groups: dict[tuple[int, bool], list[Pattern]] = {}
    for one in found:
        groups.setdefault((one.period, one.more), []).append(one)
    return list(groups.values())


def _finding(clip: Clip, one: Pattern, share: float, usable: int, *, own: bool) -> Finding:
    span, outside = stretch_span(clip, one.first, one.last), max(0, usable - (one.last - one.first + 1))
    repeats, further = repeated_outside(clip.frames, one), goes_on(clip.frames, one)
    fits = {"slow-motion"} | ({"rate-conversion"} if own or outside < WINDOW or further >= GOES_ON else set())
    fits |= {"low-light"} if one.period <= EXPOSURE else set()
    fits |= {"filled-rate"} if repeats > REPEATS else set()
    weight = Weight.SUPPORTING if fits == {"slow-motion"} else Weight.NEUTRAL
    # A join of two rates is a sign as well, so it opens an explanation and takes no weight away.
    joined = join_beside(clip.frames, one)
    fits |= set() if joined is None else {"joined-rates"}
    # It is no reason to say less: nothing tells it from a slowed stretch, so it stays open at any weight.
    fits |= set() if one.more else {"behind-for-a-while"}
    code, nth, part = "faster" if one.more else "slower", ORDINALS.get(one.period, f"{one.period}th"), f"{share:.0%}"
    look, half = picture_of_a_mark(clip.frames, one), reproduce.MOST_PICTURES // 2
    values: dict[str, Value] = {
        "start": clock(span.start),
        "end": clock(span.end),
        "first": one.first,
        "last": one.last,
    }
    rate: dict[str, Value] = {"whole": one.period + 1} if one.more else {"new": one.period - 1, "period": one.period}
    speed: dict[str, Value] = {} if one.more else {"speed": f"{(one.period - 1) / one.period:.0%}"}
    return Finding(
        check=ID,
        code=code,
        claim=say(f"{ID}.{code}.claim", MORE_CLAIM if one.more else LESS_CLAIM, nth=nth, **values, **rate),
        inference=say(f"{ID}.{code}.{weight.value}.inference", MEANINGS[weight] + LOOKS_LIKE[code], nth=nth, **speed),
        span=span,
        weight=weight,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("pictures from one mark to the next", one.period, None),
            Measured(
                f"contrast of the marks (logarithm), {'at least' if one.more else 'at most'}",
                round(one.contrast, 2),
                MORE if one.more else LESS,
            ),
            Measured(
                "how clearly they stand out, standard errors, at least",
                round(one.clearness, 1),
                MORE_CLEAR if one.more else LESS_CLEAR,
            ),
            Measured("share of what moves that shows it, for the clip's own rhythm at least", round(share, 2), WHOLE),
            Measured(
                "how clearly the marks go on outside, standard errors, for a conversion at least",
                round(further, 1),
                GOES_ON,
            ),
            Measured("share of repeated pictures outside, for a filled rate above", round(repeats, 3), REPEATS),
        ),
        innocent=weighed(
            ID,
            EXPLANATIONS,
            fits,
            outside=outside,
            share=part,
            period=one.period,
            at=clock(frame_time(clip, joined or 0)),
        ),
        reproduce=reproduce.pictures(clip, max(one.first, look - half), min(one.last, look + half - 1)),
        stills=(look - 1, look),
    )


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; too few to show a rhythm."
    return say("cadence-change.short", text, frames=WINDOW + 1) if len(clip.frames) <= WINDOW else None


CHECK = Check(
    id=ID,
    revision=2,
    question=Question.CONTINUOUS,
    title="Changes of speed",
    sees="Slowing footage down repeats or blends every so-many-th picture; speeding it up leaves some out. The check looks for pictures that move less or more than their neighbours at a fixed distance, and tells a stretch that differs from the rest from a clip that was converted as a whole.",
    needs=(FRAMES, TIMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Twice or half the speed, or another whole multiple, leaves no picture out of rhythm, or one that a camera in the dark leaves too.",
        "Where nothing moves, or for less than 30 pictures, no rhythm can be told.",
        "A speed at which the marks come at changing distances, and pictures made anew by interpolation of motion, are not seen.",
        "A whole clip at another speed looks like one that was brought to another rate.",
    ),
    references=(
        "First trials of this project, on few clips, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
