"""Looks for places where one picture does not continue the one before: a shot ends and another begins.

A break in the picture says that the camera did not see what lies between, or that what it saw is not in the file. It does not say
who left it out, or when: the person filming, the recorder, or somebody later.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.break_rules import KEY_DISTANCE
from entirety.detect.damage import built_on_damage, damaged_spans
from entirety.detect.hard_cut_innocent import EXPLANATIONS
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.picture_breaks import ALIKE, UNLIKE, PictureBreak, picture_breaks
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time
from entirety.detect.statistics import FEWEST
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Span, Weight
from entirety.model.time import clock

ID = "hard-cut"
SHORTEST = 2 * FEWEST + 2
"""Frames below which no picture has neighbours enough on both sides."""
MOST = 100
"""Findings kept, clearest first: a film has thousands of cuts, and a report that lists them is read by nobody. Chosen."""
UNLIKE_CLAIM = (
    "From the picture before {at} to the one at {at}, what is seen and how it moves change at once. "
    "The perceptual hashes, which compare how two pictures look, differ in {distance} of 128 bits."
)
LEAP_CLAIM = (
    "The picture at {at} differs from the one before by more than the motion and noise around it. "
    "The perceptual hashes, which compare how two pictures look, differ in {distance} of 128 bits."
)
STRONG = (
    "In our assessment the recording may not be continuous here. This is consistent with a pause by the person filming, with a join "
    "made later, and with the explanations below that are not excluded."
)
SUPPORTING = "In our assessment this is a sign of missing time only together with another sign at the same place."


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each break, in the order of showing; none where damage can be seen, or its repair."""
    damaged, elsewhere = built_on_damage(clip), bool(damaged_spans(clip))
    breaks = sorted((found for found in picture_breaks(clip.frames) if not damaged[found.frame]), key=_clearness)[:MOST]
    for found in sorted(breaks, key=lambda found: found.frame):
        yield _finding(clip, found, {"damaged-data"} if elsewhere else set())


def _clearness(found: PictureBreak) -> tuple[bool, float, int]:
    return not found.clear, -min(found.residual_z, found.acceleration_z), found.frame


def _finding(clip: Clip, found: PictureBreak, damage: set[str]) -> Finding:
    frame, unlike = found.frame, found.distance >= UNLIKE
    at, before = frame_time(clip, frame), frame_time(clip, frame - 1)
    weight = Weight.STRONG if _alone(found) else Weight.SUPPORTING
    bounds, light = found.bounds, round(abs(found.light_step), 1)
    residual, motion = round(found.residual_z, 1), round(found.acceleration_z, 1)
    return Finding(
        check=ID,
        code="cut",
        claim=say(
            f"{ID}.cut.claim.unlike" if unlike else f"{ID}.cut.claim.leap",
            UNLIKE_CLAIM if unlike else LEAP_CLAIM,
            at=clock(at),
            distance=found.distance,
        ),
        inference=say(f"{ID}.{weight.value}.inference", STRONG if weight is Weight.STRONG else SUPPORTING),
        span=Span(before, max(before, at), frame - 1, frame),
        weight=weight,
        confidence=Confidence.HIGH if unlike else Confidence.MEDIUM if found.clear else Confidence.LOW,
        measured=(
            Measured("change that motion does not explain, in usual spreads (robust z)", residual, bounds.residual),
            Measured("change of motion, in usual spreads (robust z)", motion, bounds.acceleration),
            Measured("change of colour, in usual spreads (robust z)", round(found.colour_z, 1), None),
            Measured("perceptual hashes, differing bits of 128", found.distance, bounds.distance, "bits"),
            Measured("step in brightness", light, None, "of 255 grey levels"),
        ),
        innocent=weighed(ID, EXPLANATIONS, _open(found) | damage, distance=found.distance, light=light),
        reproduce=reproduce.pictures(clip, frame - 1, frame),
        stills=(frame - 1, frame),
    )


def _alone(found: PictureBreak) -> bool:
    """The break is clear, and nothing that lies beside it can have made it."""
    return found.clear and not found.gap and (found.distance >= UNLIKE or not (found.light or found.repeats))


def _open(found: PictureBreak) -> set[str]:
    """Explanations that fit this break."""
    fits = {"several-shots-by-one-operator", "dropped-frames", "sudden-motion"}
    fits |= {"camera-switch", "ptz-preset"} if found.distance > ALIKE else set()
    fits |= {"light-switched"} if found.light else set()
    return fits | ({"key-frame-pumping"} if found.key and found.distance < KEY_DISTANCE else set())


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; none can be held against its neighbours."
    return say("hard-cut.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="Breaks in the picture",
    sees="From one picture to the next things move a little. The check follows this motion. It reports where the picture changes by more than motion explains and the motion itself changes at once, both more than in the neighbouring pictures.",
    needs=(FRAMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Missing time in a still scene, where nothing is in another place afterwards, leaves nothing to see.",
        "Within 8 pictures of either end only unlike scenes are told apart.",
        "Small things far away move less than the small picture that is compared can show.",
        "A cut at which the light changes while the view stays alike is taken for a switched light.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported: damage and its repair look like breaks.",
        "Where the time stamps leave a gap of less than a second, a leap within one scene is left to timestamp-gap.",
        "Dissolves and fades are no cuts; fast montage hides its own cuts.",
    ),
    references=(
        "Kroeger et al., Fast Optical Flow using Dense Inverse Search, ECCV 2016",
        "First trials of this project, on few clips, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
