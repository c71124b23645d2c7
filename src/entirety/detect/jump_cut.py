"""Looks for places where, within one scene, the picture goes on from another moment than it left off at: time is missing.

What moves in front of a running camera goes on from where it was, at the speed that it had. After missing time it does neither, while the
background may stay where it is. That says nothing of who left the time out, or when: the person filming, the recorder, a busy line, or
somebody later.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.break_rules import LIGHT
from entirety.detect.damage import built_on_damage, damaged_spans
from entirety.detect.innocent import declared, weighed
from entirety.detect.jump_blind import blind_here
from entirety.detect.jump_blocks import MOVED
from entirety.detect.jump_cut_innocent import EXPLANATIONS
from entirety.detect.jump_leaps import (
    CLEAR,
    CLEAR_BLOCKS,
    CLEAR_MOTION,
    CLEAR_RESIDUAL,
    SCORE,
    WHOLE,
    Leap,
    leaps,
)
from entirety.detect.jump_signals import SHORTEST
from entirety.detect.needs import FRAMES, TIMES
from entirety.detect.sentences import placed, say
from entirety.detect.spans import frame_time
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Span, Weight
from entirety.model.time import clock

ID = "jump-cut"
MOST = 100
"""Findings kept, clearest first: a report that lists more is read by nobody. Chosen."""
CLAIM = (
    "Between frame {before} and frame {frame}, at {at}, the picture changes at once, and by far more than in the two pictures on either side; no "
    "sudden change to another view was found there. In {moved} of the 144 parts into which the picture is divided, the brightness changes by "
    "{spreads} usual spreads or more above what is usual there in the pictures around."
)
MEANINGS = {
    Weight.STRONG: "In our assessment the recording may not be continuous here: what moves is suddenly in another place. This is consistent with a pause of the camera or the recorder, with pictures lost, with footage taken out or put in later, and with the explanations below that are not excluded.",
    Weight.SUPPORTING: "In our assessment this is a sign of missing time only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment this fits the way the file was recorded or written: leaps follow each other at equal distances, as where a device drops or repeats pictures; this alone does not tell whether the recording was changed.",
}
SHOWN = "In our assessment this fits something that is shown or drawn, as on a screen: where the picture changes at once, nothing moves before or after."


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each leap, in the order of showing; the clearest alone, as a note, of those that follow a rhythm."""
    damaged, elsewhere = built_on_damage(clip), bool(damaged_spans(clip))
    found = [leap for leap in leaps(clip.frames) if not damaged[leap.frame]]
    beat = [leap for leap in found if leap.rhythm]
    kept = sorted((leap for leap in found if not leap.rhythm), key=_clearness)[:MOST]
    kept += [max(beat, key=lambda leap: leap.score)] if beat else []
    for leap in sorted(kept, key=lambda leap: leap.frame):
        yield _finding(clip, leap, len(found), {"damaged-data"} if elsewhere else set())


def _clearness(leap: Leap) -> tuple[bool, float, int]:
    return not leap.clear, -leap.score, leap.frame


def _finding(clip: Clip, leap: Leap, count: int, damage: set[str]) -> Finding:
    at, before = frame_time(clip, leap.frame), frame_time(clip, leap.before)
    neutral = leap.rhythm or not leap.lively
    weight = Weight.NEUTRAL if neutral else Weight.STRONG if leap.clear else Weight.SUPPORTING
    meaning = MEANINGS[weight] if leap.lively or leap.rhythm else SHOWN
    gap, light = round(leap.missing, 2), round(leap.light, 1)
    identifier, text = placed(clip, f"{ID}.leap.claim", CLAIM)
    strong = weight is Weight.STRONG
    return Finding(
        check=ID,
        code="leap",
        claim=say(
            identifier, text, before=leap.before, frame=leap.frame, at=clock(at), moved=leap.moved, spreads=round(MOVED)
        ),
        inference=say(f"{ID}.{'shown' if meaning is SHOWN else weight.value}.inference", meaning),
        span=Span(before, max(before, at), leap.before, leap.frame),
        weight=weight,
        confidence=Confidence.HIGH if strong else Confidence.MEDIUM if leap.score >= CLEAR else Confidence.LOW,
        measured=(
            Measured(
                "weighed sum of fourteen signals (score), at least", round(leap.score, 2), CLEAR if strong else SCORE
            ),
            Measured(
                "change that motion does not explain, in usual spreads (robust z), at least",
                round(leap.residual, 1),
                CLEAR_RESIDUAL if strong else None,
            ),
            Measured(
                "break in the motion, in usual spreads (robust z), at least",
                round(leap.motion, 1),
                CLEAR_MOTION if strong else None,
            ),
            Measured(
                "change of brightness of the eight parts of the picture that changed most, in their usual spreads (robust z), at least",
                round(leap.blocks, 1),
                CLEAR_BLOCKS if strong else None,
            ),
            Measured("parts of the picture that stand out", leap.moved, None, "of 144"),
            Measured("perceptual hashes, differing bits of 128", leap.distance, None, "bits"),
            Measured("step in brightness", light, None, "of 255 grey levels"),
            Measured("leaps in the clip", count, None),
        ),
        innocent=weighed(
            ID, EXPLANATIONS, _open(leap) | damage, {"screen-content"}, gap=gap, light=light, moved=leap.moved
        ),
        reproduce=reproduce.pictures(clip, leap.before, leap.frame),
        stills=(leap.before, leap.frame),
    )


def _open(leap: Leap) -> set[str]:
    """Explanations that fit this leap."""
    fits = {"several-shots-by-one-operator", "dropped-frames", "sudden-motion"}
    fits |= {"low-rate"} if leap.repeats or leap.rhythm else set()
    fits |= {"late-picture"} if leap.missing else set()
    fits |= {"light-switched"} if leap.light >= LIGHT else set()
    fits |= {"shake"} if leap.moved >= WHOLE or leap.knocked else set()
    return fits | ({"key-frame-pumping"} if leap.key else set())


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; none can be held against its neighbours."
    return say("jump-cut.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="A leap within one view",
    sees="What moves goes on from where it was, at the speed it had. The check follows the motion in 144 parts of the picture. It reports where, while the view stays the same, things are at once in another place: the picture changes by more than motion explains, the motion breaks off and goes on, and neither happens beside it.",
    needs=(FRAMES, TIMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Where nothing moves, or what moves is back in its place afterwards, missing time leaves nothing to see.",
        "Within 8 pictures of either end nothing is reported; repeats that fill up a slow recorder's rate are not counted among them.",
        "A fifth of a second missing from the view of a camera that stands is often not seen, at 10 pictures a second hardly ever.",
        "Small things far away move less than the small picture that is compared can show.",
        "A cut at which the light changes while the view stays alike is taken for a switched light; one after which the view comes back within four pictures, for a flash.",
        "A change confined to a strip along the upper or lower edge is taken for the camera's own display.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported: damage and its repair look like leaps.",
        "Where the time stamps leave a gap of less than a second, a leap is left to the check of the file's own clock; where repeated pictures come before it and hid as much, to that of pictures that stand still; sudden changes to another view, of size, or to empty pictures, to the checks of these.",
        "Where something laid over the picture comes or goes at the very same picture, a leap is not reported.",
        "In fast montage the neighbours of a leap are leaps themselves, and hide it.",
    ),
    references=(
        "Kroeger et al., Fast Optical Flow using Dense Inverse Search, ECCV 2016",
        "The weights of the score stand in the package (`jump_weights`) with the data that they were fitted on; tests/bench/fit_jump_cut.py fits weights to the present set.",
    ),
    run=run,
    blind_here=blind_here,
)
