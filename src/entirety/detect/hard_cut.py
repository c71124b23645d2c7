"""Looks for places where one picture does not continue the one before: a shot ends and another begins.

A break in the picture says that the camera did not see what lies between, or that what it saw is not in the file. It does not say
who left it out, or when: the person filming, the recorder, or somebody later.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.hard_cut_innocent import EXPLANATIONS
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.picture_breaks import (
    ACCELERATION,
    ALIKE,
    KEY_DISTANCE,
    RESIDUAL,
    UNLIKE,
    PictureBreak,
    picture_breaks,
)
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
    "The picture at {at} does not continue the one before: what is seen and how it moves change from one picture to the next. "
    "The perceptual hashes differ in {distance} of 128 bits."
)
LEAP_CLAIM = (
    "At {at} the scene leaps: the picture differs from the one before by more than motion and noise explain. "
    "The perceptual hashes differ in {distance} of 128 bits."
)
STRONG = (
    "In our assessment the recording is not continuous here, or is made up of several shots; this is consistent with a pause by the "
    "person filming and with a join made later."
)
SUPPORTING = "In our assessment this is a sign of missing time only together with another sign at the same place."


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each break, in the order of showing."""
    breaks = sorted(picture_breaks(clip.frames), key=_clearness)[:MOST]
    for found in sorted(breaks, key=lambda found: found.frame):
        yield _finding(clip, found)


def _clearness(found: PictureBreak) -> tuple[bool, float, int]:
    return not found.clear, -min(found.residual_z, found.acceleration_z), found.frame


def _finding(clip: Clip, found: PictureBreak) -> Finding:
    frame, unlike = found.frame, found.distance >= UNLIKE
    at, before = frame_time(clip, frame), frame_time(clip, frame - 1)
    weight = Weight.STRONG if found.clear and (unlike or not (found.light or found.repeats)) else Weight.SUPPORTING
    light = round(abs(found.light_step), 1)
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
            Measured("residual after motion compensation, robust z", round(found.residual_z, 1), RESIDUAL),
            Measured("change of motion, robust z", round(found.acceleration_z, 1), ACCELERATION),
            Measured("colour change, robust z", round(found.colour_z, 1), None),
            Measured("perceptual hashes, differing bits of 128", found.distance, UNLIKE),
            Measured("step in brightness", light, None, "grey levels"),
        ),
        innocent=weighed(ID, EXPLANATIONS, _open(found), distance=found.distance, light=light),
        reproduce=reproduce.pictures(clip, frame - 1, frame),
        stills=(frame - 1, frame),
    )


def _open(found: PictureBreak) -> set[str]:
    """Explanations that fit this break."""
    fits = {"several-shots-by-one-operator"}
    fits |= {"camera-switch", "ptz-preset"} if found.distance > ALIKE else set()
    fits |= {"dropped-frames", "sudden-motion"} if found.distance < UNLIKE else set()
    fits |= {"light-switched"} if found.light else set()
    return fits | ({"key-frame-pumping"} if found.key and found.distance < KEY_DISTANCE else set())


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; none can be held against its neighbours."
    return say("hard-cut.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Breaks in the picture",
    sees="From one picture to the next things move a little. The check follows the motion, measures what it does not explain and where it changes at once, and reports where both stand out from the neighbouring pictures.",
    needs=(FRAMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Missing time in a still scene, where nothing is in another place afterwards, leaves nothing to see.",
        "Within 8 pictures of either end only unlike scenes are told apart.",
        "Small things far away move less than the small picture that is compared can show.",
        "A cut at which the light changes while the view stays alike is taken for a switched light.",
        "Dissolves and fades are no cuts; fast montage hides its own cuts.",
    ),
    references=(
        "Kroeger et al., Fast Optical Flow using Dense Inverse Search, ECCV 2016",
        "Measurements of this project: design/facts.md, sections B and D",
    ),
    run=run,
)
