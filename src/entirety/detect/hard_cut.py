"""Looks for places where one picture does not continue the one before and shows another view: a shot ends and another begins.

Such a break says that the camera did not see what lies between, or that what it saw is not in the file. It does not say who left it out,
or when: the person filming, the recorder, or somebody later. Breaks within one view belong to jump-cut; `same_scene` draws the border.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from entirety.detect import reproduce
from entirety.detect.break_rules import bits
from entirety.detect.damage import built_on_damage, damaged_spans
from entirety.detect.hard_cut_innocent import EXPLANATIONS
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.picture_breaks import PLAIN_SHARE, RENEWED, SHARE, PictureBreak, picture_breaks
from entirety.detect.same_scene import FAR, LIKE
from entirety.detect.same_view import GOES_ON
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time
from entirety.model.clip import Clip, Frames
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Span, Weight
from entirety.model.time import clock

ID = "hard-cut"
SHORTEST = 4
"""Frames below which no break has a quiet picture on both sides."""
MOST = 100
"""Findings kept, clearest first: a film has thousands of cuts, and a report that lists them is read by nobody. Chosen."""
CLAIM = (
    "Between frame {before} and frame {frame}, at {at}, the picture changes at once to another view. {renewed} % of its parts change by more than "
    "motion explains."
)
STRONG = (
    "In our assessment the recording may not be continuous here. This is consistent with a pause by the person filming, with a join "
    "made later, and with the explanations below that are not excluded."
)
SUPPORTING = "In our assessment this is a sign of missing time only together with another sign at the same place."
LOOPED = (
    "In our assessment this alone is no sign of missing time: the same break comes back again and again at equal distances, as where a screen that "
    "shows one film over and over was filmed, or where a recorder goes round its cameras."
)
BEAT, EVEN = 3, 2
"""Breaks alike that make a loop, and pictures by which their distances may differ. Chosen: an editor who shows a part twice leaves two."""
NEUTRAL = "In our assessment this alone is no sign of missing time: one even area fills the view before or after, as a page, a door or a hand does."
SAID = {Weight.STRONG: STRONG, Weight.SUPPORTING: SUPPORTING, Weight.NEUTRAL: NEUTRAL}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each break, in the order of showing; none where damage can be seen, or its repair."""
    damaged, elsewhere = built_on_damage(clip), bool(damaged_spans(clip))
    sound = [found for found in picture_breaks(clip.frames) if not damaged[found.before : found.after + 1].any()]
    kept = sorted(sorted(sound, key=_clearness)[:MOST], key=lambda found: found.frame)
    looped = _looped(clip.frames, kept)
    for found in kept:
        yield _finding(
            clip, found, {"damaged-data"} if elsewhere else set(), count=len(sound), looped=found.frame in looped
        )


def _looped(frames: Frames, found: Sequence[PictureBreak]) -> set[int]:
    """Breaks between the same two views, three or more of them at equal distances."""
    looped = set[int]()
    for one in found:
        alike = [
            other.frame
            for other in found
            if bits(frames, one.before, other.before) <= GOES_ON and bits(frames, one.after, other.after) <= GOES_ON
        ]
        steps = np.diff(alike)
        if len(alike) >= BEAT and np.ptp(steps) <= EVEN:
            looped |= set(alike)
    return looped


def _clearness(found: PictureBreak) -> tuple[bool, float, int]:
    return not found.clear, found.likeness, found.frame


def _finding(clip: Clip, found: PictureBreak, damage: set[str], *, count: int, looped: bool) -> Finding:
    at, before = frame_time(clip, found.frame), frame_time(clip, found.frame - 1)
    weight = Weight.STRONG if found.clear else Weight.NEUTRAL if found.filled else Weight.SUPPORTING
    weight = Weight.NEUTRAL if looped else weight
    light, share = round(abs(found.light_step), 1), round(100 * found.renewed)
    return Finding(
        check=ID,
        code="cut",
        claim=say(f"{ID}.cut.claim", CLAIM, before=found.frame - 1, frame=found.frame, at=clock(at), renewed=share),
        inference=say(f"{ID}.looped.inference", LOOPED)
        if looped
        else say(f"{ID}.{weight.value}.inference", SAID[weight]),
        span=Span(before, max(before, at), found.frame - 1, found.frame),
        weight=weight,
        confidence=Confidence.HIGH if found.clear else Confidence.MEDIUM,
        measured=(
            Measured("likeness of the two views (correlation of 144 parts), at most", round(found.likeness, 2), LIKE),
            Measured("perceptual hashes, differing bits of 128, at least", found.distance, FAR, "bits"),
            Measured("parts that change by more than motion explains, at least", share, round(100 * RENEWED), "%"),
            Measured(
                "largest step in the pictures beside it, share of this one, at most", round(found.beside, 2), SHARE
            ),
            Measured("one even area, share of the picture, below", round(found.plain, 2), PLAIN_SHARE),
            Measured("step in brightness", light, None, "of 255 grey levels"),
            Measured("breaks of this kind in the clip", count, None),
        ),
        innocent=weighed(
            ID, EXPLANATIONS, _open(found) | damage, light=light, beside=round(found.beside, 2), renewed=share
        ),
        reproduce=reproduce.pictures(clip, found.before, found.after),
        stills=(found.before, found.after),
    )


def _open(found: PictureBreak) -> set[str]:
    """Explanations that fit this break."""
    fits = {"several-shots-by-one-operator", "camera-switch", "ptz-preset", "dropped-frames", "sudden-motion"}
    fits |= {"lens-switch"} if found.lens else set()
    # Another lamp turns light and shadow round: neither the mean brightness nor the shapes then tell it from another view.
    return fits | {"light-switched"} | ({"shake"} if found.swings else set())


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; none can be held against its neighbours."
    return say("hard-cut.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=4,
    question=Question.CONTINUOUS,
    title="Sudden changes to another view",
    sees="From one picture to the next things move a little. The check reports where one picture shows another view than the one before: where the light lies differently over the whole picture, most parts of it change by more than motion explains, and the pictures on both sides go on quietly.",
    needs=(FRAMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        'Breaks within one view are not looked for here; see "A leap within one view".',
        "A cut where either picture is empty, such as black, is not seen.",
        "Shots of one or two pictures, shots of up to four after which the view before them comes back, and cuts in the middle of a swing of the camera, are taken for flashes and fast motion.",
        "A cut of two pictures or fewer before the end, or after the beginning, is not seen.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported: damage and its repair look like breaks.",
        'Dissolves, fades and wipes are no cuts; see "Dissolves, wipes and fades".',
    ),
    references=(
        "The bounds were set on clips of the tuning half of the validation set, and some in first trials on few clips; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
