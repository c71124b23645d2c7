"""Looks for stretches in which the picture stands still while time runs on and everything around it moves.

The sensor of a camera does not deliver the same picture twice. Where one is repeated for half a second or more between moving pictures,
something after the sensor repeated it: the camera itself, a recorder, a decoder, a player, or an editing program.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.damage import built_on_damage, damaged_spans
from entirety.detect.frozen_picture_innocent import EXPLANATIONS
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, TIMES
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time, stretch_span
from entirety.detect.standing_pictures import (
    FEWEST_ROWS,
    LEAP,
    MOVING,
    NOTHING,
    SHORTEST_S,
    SIDE,
    Standing,
    standing_pictures,
)
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Weight
from entirety.model.time import clock

ID = "frozen-picture"
HABIT = 3
"""Stretches in a clip, or one a minute in a longer one, that are events; more is how the recorder or the line works. Chosen."""
SHORTEST = FEWEST_ROWS + 2 * SIDE
CLAIM = (
    "From {start} to {end} the picture stands still while time runs on ({seconds} s, frames {first} to {last}); before and after it "
    "changes from frame to frame. "
)
END_CLAIM = "The clip begins or ends with a picture that stands still from {start} to {end} ({seconds} s, frames {first} to {last}). "
BYTES = (
    "Newly compressed pictures are seldom equal in every byte even where they look the same; here {identical} of the {count} that follow "
    "the first one are."
)
MEANINGS = {
    Weight.STRONG: "In our assessment one picture was repeated here while time ran on: by a recorder or its line, by a player or screen that was filmed or recorded, or by processing afterwards. What the camera saw meanwhile may then not be in the file.",
    Weight.SUPPORTING: "In our assessment one picture may have been repeated here while time ran on. Little moves around it, or compression goes on changing it, so that a pause may look alike: this is a sign only together with another one at the same place.",
    Weight.NEUTRAL: "In our assessment this fits the way the file was recorded or written; this alone does not tell whether the recording was changed.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each stretch; the longest alone, as a note, where they are this file's habit."""
    damaged = built_on_damage(clip)
    found = [s for s in standing_pictures(clip.frames) if not damaged[s.first : s.last + 2].any()]
    minutes = int(frame_time(clip, len(clip.frames) - 1) - frame_time(clip, 0)) // 60
    inner = [stretch for stretch in found if not stretch.at_end]
    habit = len(inner) > max(HABIT, minutes)
    for stretch in [max(inner, key=lambda stretch: stretch.seconds)] if habit else found:
        # Identical pictures between moving ones were made after the sensor; at an end, players and encoders do that all the time.
        neutral = habit or stretch.at_end or stretch.empty
        sign = Weight.STRONG if _clear(stretch) else Weight.SUPPORTING
        yield _finding(clip, stretch, len(inner) if habit else 1, Weight.NEUTRAL if neutral else sign)


def _clear(found: Standing) -> bool:
    """All around it moves far more than compression leaves of a still scene, and nothing of it within."""
    return found.beside >= MOVING and found.inside <= NOTHING * found.beside


def _finding(clip: Clip, found: Standing, count: int, weight: Weight) -> Finding:
    span, repeats = stretch_span(clip, found.first, found.last), found.last - found.first
    inside, beside = round(found.inside, 3), round(found.beside, 2)
    fits = {"buffering-pause"} | ({"low-rate-recorder"} if count > 1 else set())
    fits |= {"decoder-repeat"} if found.leap >= LEAP or found.at_end else set()
    fits |= {"damaged-data"} if damaged_spans(clip) else set()
    fits |= ({"static-scene"} if found.at_end or not _clear(found) else set()) | (
        {"lens-covered"} if found.empty else set()
    )
    values = {
        "seconds": round(found.seconds, 2),
        "first": found.first,
        "last": found.last,
        "identical": found.identical,
        "count": repeats,
    }
    return Finding(
        check=ID,
        code="freeze",
        claim=say(
            f"{ID}.freeze.claim.end" if found.at_end else f"{ID}.freeze.claim",
            (END_CLAIM if found.at_end else CLAIM) + BYTES,
            start=clock(span.start),
            end=clock(span.end),
            **values,
        ),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight]),
        span=span,
        weight=weight,
        confidence=Confidence.HIGH if weight is Weight.STRONG else Confidence.MEDIUM,
        measured=(
            Measured("time the picture stands, at least", round(found.seconds, 3), SHORTEST_S, "s"),
            Measured(
                "difference within, median, for a strong sign at most",
                inside,
                round(NOTHING * found.beside, 3),
                "grey levels",
            ),
            Measured("difference beside, median, for a strong sign at least", beside, MOVING, "grey levels"),
            Measured("first difference afterwards over the next ones, for a leap at least", round(found.leap, 2), LEAP),
            Measured("stretches of this kind", count, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, fits, {"screen-content"}, count=count, inside=inside, beside=beside),
        reproduce=reproduce.frame_hashes(clip, found.first - 1, found.last + 1)
        if found.identical == repeats
        else reproduce.with_its_sides(clip, found.first, found.last),
        stills=tuple(
            sorted({max(0, found.first - 1), found.first, found.last, min(found.last + 1, len(clip.frames) - 1)})
        ),
    )


def _too_short(clip: Clip) -> Sentence | None:
    text = "The clip has fewer than {frames} pictures; too few to tell a standing picture from a moving one."
    return say("frozen-picture.short", text, frames=SHORTEST) if len(clip.frames) < SHORTEST else None


CHECK = Check(
    id=ID,
    revision=5,
    question=Question.CONTINUOUS,
    title="Pictures that stand still",
    sees="Noise and motion make every picture of a camera differ from the one before. The check reports where one picture is repeated for half a second or more: where all parts that moved stop at once, and go on at once.",
    needs=(FRAMES, TIMES, Need(_too_short, Outcome.SKIPPED)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "In a still scene that was strongly compressed a standing picture cannot be told from the scene itself.",
        "In a file that repeats every picture by habit, a longer standstill cannot be recognised.",
        "Where coded data are damaged, and up to the picture after the next key frame, nothing is reported: a decoder fills damage with the picture before.",
        "A part of the picture that stands while the rest moves is not looked for.",
        "Where less than a sixth of the picture moves before and after, a standing picture is not told from a pause in the scene.",
    ),
    references=(
        "First trials of this project, on few clips, set the bounds; `entirety explain` and every report print the error rates measured since.",
    ),
    run=run,
)
