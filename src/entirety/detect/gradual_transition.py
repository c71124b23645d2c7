"""Looks for places where one shot turns into another gradually: dissolves, wipes and fades.

A sensor does not mix its pictures. What does is an editing program, an app on the device, or an effect that some cameras put between two takes.
The transition does not say who made it, nor what was left out.
"""

from collections.abc import Iterator
from dataclasses import replace

from entirety.detect import reproduce
from entirety.detect.break_rules import bits
from entirety.detect.damage import built_on_damage
from entirety.detect.dissolves import Dissolve
from entirety.detect.fade_habit import habitual
from entirety.detect.fades import Fade
from entirety.detect.gradual_transition_innocent import EXPLANATIONS
from entirety.detect.innocent import declared, weighed
from entirety.detect.moved_on import moved_on
from entirety.detect.needs import FRAMES, TIMES
from entirety.detect.sentences import say
from entirety.detect.spans import frames_span
from entirety.detect.transition_numbers import measured
from entirety.detect.transitions import Transition, transitions
from entirety.detect.windows import pictures
from entirety.detect.wipes import Wipe, passes
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
    Weight,
)
from entirety.model.time import clock

ID = "gradual-transition"
SHORTEST = 12
"""Frames below which no transition has a picture on both sides that belongs to one shot alone."""
MOST = 100
"""Findings kept, clearest first: a slide show has thousands of dissolves, and a report that lists them is read by nobody. Chosen."""
DARK = 0.5
"""Seconds without a picture up to which another view afterwards is a strong sign: a moving camera sees another view after a longer dark too."""
DISSOLVE = (
    "From {start} to {end} the picture of the beginning turns into that of the end as if both were mixed: seven tenths of its parts change in step (those that keep to it "
    "least are left out), and halfway it has {dip} % of the squared contrast that evenly falling light would leave."
)
WIPE = (
    "From {start} to {end} a straight line moves over the picture: {share} % of its parts change most at the moment at which the line passes them. "
    "The view behind the line is unlike the one before it."
)
FADE = (
    "From {start} to {end} the picture loses its contrast evenly until nothing is seen, and comes back in the same way."
)
FADES = "From {start} to {end} the picture loses its contrast evenly until nothing is seen, and comes back in the same way, {count} times."
HABIT = "In our assessment this alone is no sign that anything is missing: the same happens again and again, as with a light that pulses."
FADE_OUT = "From {start} to {end} the picture loses its contrast evenly until nothing is seen."
FADE_IN = "From {start} to {end} the picture comes up evenly from one in which nothing is seen."
STRONG = (
    "In our assessment one shot passes into another here, which a sensor does not make by itself. This is consistent with shots put together later "
    "by a program or an app, with an effect that the camera put there, and with a screen that was filmed. The single recordings would show which."
)
SUPPORTING = "In our assessment this is a sign of a program's work only together with another sign at the same place."
NEUTRAL = "In our assessment this alone is no sign that anything is missing: clips begin and end with fades, and what passes close before the lens moves a line over the picture."
FEW = 5
"""Steps of a dissolve that make it strong. With fewer, three mixed pictures speak for it alone: so do six of 42 dissolves of the tuning half, and
one door that swings open before a slow recorder."""
ORDER = (Weight.STRONG, Weight.SUPPORTING, Weight.NEUTRAL)
SAID = {Weight.STRONG: STRONG, Weight.SUPPORTING: SUPPORTING, Weight.NEUTRAL: NEUTRAL}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each transition, in the order of showing; none where data are damaged."""
    damaged = built_on_damage(clip)
    sound = [found for found in transitions(clip.frames) if not damaged[found.first : found.last + 1].any()]
    habit = habitual(clip.frames, sound)
    weights = {found: _weight(clip, found) for found in sound if found not in habit}
    clearest = sorted(weights, key=lambda found: (ORDER.index(weights[found]), found.clearness, found.first))[:MOST]
    made = [_finding(clip, found, weights[found], len(sound)) for found in clearest]
    if habit:
        made.append(_repeated(clip, habit, len(sound)))
    yield from sorted(made, key=lambda finding: finding.span.first)


def _repeated(clip: Clip, habit: list[Fade], count: int) -> Finding:
    """One note for all fades of a light that goes out and comes back again and again."""
    span = frames_span(clip, habit[0].first, habit[-1].last)
    values: dict[str, Value] = {"start": clock(span.start), "end": clock(span.end)}
    return replace(
        _finding(clip, habit[0], Weight.NEUTRAL, count),
        claim=say(f"{ID}.fades.claim", FADES, **values, count=len(habit)),
        inference=say(f"{ID}.fades.inference", HABIT),
        span=span,
        reproduce=reproduce.pictures(clip, habit[0].first, habit[-1].last),
        stills=(habit[0].first, habit[0].empty[0], habit[0].last),
    )


def _finding(clip: Clip, found: Transition, weight: Weight, count: int) -> Finding:
    span, fits = frames_span(clip, found.first, found.last), {"made-on-device", "shown-film"}
    if isinstance(found, Fade):
        code, distance = "fade", bits(clip.frames, found.first, found.last)
        fits |= set() if weight is Weight.STRONG else {"light-dimmed"}
    else:
        code, distance = "dissolve" if isinstance(found, Dissolve) else "wipe", found.distance
        fits |= {"thing-passing"} if isinstance(found, Wipe) or weight is Weight.SUPPORTING else set()
    return Finding(
        check=ID,
        code=code,
        claim=_claim(found, span),
        inference=say(f"{ID}.{weight.value}.inference", SAID[weight]),
        span=span,
        weight=weight,
        confidence=Confidence.HIGH if weight is Weight.STRONG else Confidence.MEDIUM,
        measured=(*measured(found), Measured("places of this kind in the clip", count, None)),
        innocent=weighed(ID, EXPLANATIONS, fits, distance=distance),
        reproduce=reproduce.pictures(clip, found.first, found.last),
        stills=(found.first, (found.first + found.last) // 2, found.last),
    )


def _weight(clip: Clip, found: Transition) -> Weight:
    """A fade at one side is how clips begin and end; between pictures of one view light could have done it, and a thing that passes wipes."""
    frames = clip.frames
    if isinstance(found, Fade):
        if not (found.out and found.back):
            return Weight.NEUTRAL
        dark = found.empty[1] - found.empty[0]
        quick = dark <= pictures(frames, DARK) and not moved_on(frames, found.first, found.last)
        return Weight.STRONG if quick else Weight.SUPPORTING
    if isinstance(found, Dissolve):
        return Weight.STRONG if found.last - found.first >= FEW else Weight.SUPPORTING
    return Weight.NEUTRAL if passes(frames, found) else Weight.STRONG


def _claim(found: Transition, span: Span) -> Sentence:
    values: dict[str, Value] = {"start": clock(span.start), "end": clock(span.end)}
    if isinstance(found, Dissolve):
        return say(f"{ID}.dissolve.claim", DISSOLVE, **values, dip=round(100 * found.dip))
    if isinstance(found, Wipe):
        return say(f"{ID}.wipe.claim", WIPE, **values, share=round(100 * found.on_line))
    if found.out and found.back:
        return say(f"{ID}.fade.claim", FADE, **values)
    side, text = ("out", FADE_OUT) if found.out else ("in", FADE_IN)
    return say(f"{ID}.fade-{side}.claim", text, **values)


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; no transition between two shots fits into it."
    return say(f"{ID}.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="Dissolves, wipes and fades",
    sees="The check follows the brightness of 144 parts of the picture. It reports where the picture turns into an unlike one as if both were mixed, so that at least seven tenths of the parts change in step and the picture is poorer in contrast on the way; where a straight line moves over the picture, most parts change most as it passes them, and the view behind it is unlike the one before; and where the picture loses its contrast evenly until nothing is left.",
    needs=(FRAMES, TIMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A dissolve within one view, such as that of a camera that stands, mixes only what moved; it is not told from motion.",
        "Slow dissolves while the camera moves much, and transitions of more than two and a half seconds, can be missed.",
        "Transitions of fewer than four pictures are not seen, nor are wipes whose line is slanted, bent or softened, nor other effects, such as pictures that are pushed, turned or dissolved through blur.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported.",
    ),
    references=(
        "First trials of this project, on few clips, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
