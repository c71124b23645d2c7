"""Looks for parts of a clip whose camera traits differ, as where recordings of different origin were put together.

Noise, sharpness, colour, black bars and what is laid over the footage belong to a camera, its settings and its way into the file. Within
one recording they change little. The view says nothing here: what else is seen after a cut, hard-cut tells, and parts that differ in nothing
but the view stay in one group. Parts whose pictures are larger or smaller form a group of their own, and so does appended footage that cannot be
decoded with the settings in the file; both are noted without weight, for format-change and stream-join weigh these events. Changes of the rhythm of pictures are told by cadence-change.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.sentences import say
from entirety.detect.shot_distance import (
    BARS,
    ODD_NOISE,
    ODD_SHARPNESS,
    ODD_WITH_COLOUR,
    OVERLAY,
    SAME_AREA,
    STRONG_COLOUR,
)
from entirety.detect.shots import Shot, shots
from entirety.detect.source_change_innocent import EXPLANATIONS
from entirety.detect.source_claims import HALF, NOISE_BOUND, claim
from entirety.detect.source_groups import (
    MOST_SHOTS,
    Separation,
    fewest_groups,
    separations,
    source_groups,
)
from entirety.detect.spans import frame_time
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
    Weight,
)
from entirety.model.looks import LOOK
from entirety.model.shots import group_name
from entirety.model.time import clock

ID = "source-change"
MOST = 50
"""Findings kept, clearest first: a film of many shots has hundreds, and a report that lists them is read by nobody. Chosen."""
SHORTEST = 4 * LOOK
"""Pictures: two looks on either side of a change."""
SURE = 3.0
"""Sum of the traits from which confidence is high: 77 % of 5,168 pairs from different cameras lie above, and of 517 pairs of parts of one recording
with unlike views one (a camera that goes over to infrared), the next at 1.9 (tuning half)."""
ALIKE_COLOUR = 2.0
"""Levels: halves of one clip differed by 1 in the middle case and 2.7 at most in either plane (tuning half)."""
MEANINGS = {
    Weight.STRONG: "In our assessment footage of two recordings or cameras, or of one with changed settings, meets here; the explanations below that are not excluded can make one recording look like this.",
    Weight.NEUTRAL: "In our assessment footage of another recording or camera may begin here, or the device went over to another size of picture or to other settings. That change is weighed where it is reported; this is no further sign.",
    Weight.SUPPORTING: "In our assessment footage of another recording or camera may begin here; this is a sign only together with another one at the same place.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each change from one group to another that the traits beside it show, in the order of showing."""
    found = shots(clip)[:MOST_SHOTS]
    groups, between = source_groups(clip, found), separations(clip, found)
    changes = [k for k, one in enumerate(between) if groups[k] != groups[k + 1] and one.unlike]
    clearest = sorted(changes, key=lambda k: (not between[k].layout, -between[k].score, k))[:MOST]
    fewest = fewest_groups(clip, found) if clearest else 1
    for k in sorted(clearest):
        yield _finding(clip, (found[k], found[k + 1]), (groups[k], groups[k + 1], fewest), between[k])


def _finding(clip: Clip, pair: tuple[Shot, Shot], groups: tuple[int, int, int], apart: Separation) -> Finding:
    before, after = pair
    at = frame_time(clip, after.first)
    start = frame_time(clip, before.last)
    weight, fits = _weight(before, apart), _open(apart)
    own, other, count = group_name(groups[0]), group_name(groups[1]), groups[2]
    end = clock(start) if after.first - before.last > 1 else None
    return Finding(
        check=ID,
        code="change",
        claim=claim(f"{ID}.change.claim", apart, end, at=clock(at), before=own, after=other, groups=count),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight]),
        span=Span(start, max(start, at), before.last, after.first),
        weight=weight,
        confidence=Confidence.HIGH if apart.score >= SURE or apart.layout else Confidence.MEDIUM,
        measured=tuple(_measured(apart, count)),
        innocent=weighed(
            ID,
            EXPLANATIONS,
            fits,
            _untested(apart) - fits,
            noise=round(apart.times, 2),
            sharpness=round(apart.sharpness, 3),
            colour=round(apart.colour, 1),
        ),
        reproduce=reproduce.pictures(clip, before.last, after.first),
        stills=tuple(
            sorted({(before.first + before.last) // 2, before.last, after.first, (after.first + after.last) // 2})
        ),
    )


def _weight(before: Shot, apart: Separation) -> Weight:
    """None where the size of the picture or the settings of the encoder alone separate: format-change and stream-join weigh these events."""
    if not apart.odd and not apart.layout:
        return Weight.NEUTRAL
    return Weight.STRONG if before.ended_by == "hard-cut" and apart.layout else Weight.SUPPORTING


def _measured(apart: Separation, count: int) -> Iterator[Measured]:
    """Numbers of what could be compared, and no others."""
    if {"noise", "sharpness"} <= apart.told:
        name = "noise and sharpness together (root of the sum of squares), as a share of their bounds, at least"
        yield Measured(name, round(apart.grain, 2), ODD_WITH_COLOUR if apart.colour >= STRONG_COLOUR else 1.0)
    if "noise" in apart.told:
        yield Measured("noise, the higher over the lower, at least", round(apart.times, 2), NOISE_BOUND)
    if "sharpness" in apart.told:
        yield Measured("sharpness, difference, at least", round(apart.sharpness, 3), ODD_SHARPNESS, "of 1")
    if "colour" in apart.told:
        yield Measured("colour, difference", round(apart.colour, 1), None, "levels")
    if {"noise", "sharpness"} & apart.told:
        yield Measured("sum of the traits (logistic), at least", round(apart.score, 1), 0.0)
    area, bound = round(float(np.exp(apart.area)), 2), round(float(np.exp(SAME_AREA)), 2)
    yield Measured("area of the picture, the larger over the smaller, more than", area, bound)
    yield Measured("bars, difference, at least", apart.bars, BARS, "lines of the 160 x 90 picture")
    yield Measured("parts overlaid in one shot alone, at least", apart.overlay, OVERLAY, "of 144")
    yield Measured("shots that are all unlike each other: groups in the clip, at least", count, None)


def _open(apart: Separation) -> set[str]:
    """Explanations that fit."""
    fits = {"several-shots-by-one-operator", "camera-switch"}
    fits |= {"zoom", "refocus"} if apart.sharpness > HALF * ODD_SHARPNESS else set()
    fits |= {"night-mode"} if apart.colourless else set()
    fits |= {"light-change"} if apart.noise > HALF * ODD_NOISE or apart.colour > ALIKE_COLOUR else set()
    return fits | ({"quality-change"} if apart.odd or apart.resized or apart.recoded else set())


def _untested(apart: Separation) -> set[str]:
    """Explanations of which nothing can be said, because what would speak for or against them could not be compared."""
    unknown = {"zoom", "refocus"} if "sharpness" not in apart.told else set()
    unknown |= {"night-mode"} if "colour" not in apart.told else set()
    return unknown | ({"light-change"} if not {"noise", "colour"} <= apart.told else set())


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; too few for the traits of two shots."
    return say(f"{ID}.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="Parts with unlike camera traits",
    sees="Noise, sharpness and colour differ from camera to camera and with its settings, and some footage has bars or lettering laid over it. The check measures these traits in each shot, puts shots with like traits into one group, and reports where footage of another group begins.",
    needs=(FRAMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Recordings of one camera, or of two of one model under like light, can have the same traits and then stay in one group: the number of groups is the least that fits.",
        "Parts that show the same view are taken for one recording, whatever their noise.",
        "Only whole shots are compared, and a clip of one shot holds nothing to compare: where one recording passes into another without a visible break, nothing is seen.",
        "Shots shorter than 16 pictures are too short to be measured and stay in the group of the shot before.",
        "Noise and sharpness of parts whose pictures are larger or smaller are not compared; unless they show the same view, such parts go into different groups, a part and a smaller copy of the same recording too.",
        "Where fine texture fills the view of both parts, as cloth or gravel can, noise cannot be told from it and is not compared.",
        "Strong compression of the whole clip takes the noise away and leaves less to tell cameras apart by.",
    ),
    references=(
        "The bounds and weights are of this project, fitted on the tuning half of its validation set, which holds eight cameras; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
