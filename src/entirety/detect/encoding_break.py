"""Looks for a place where the key-frame rhythm of an earlier encoding jumps.

Where a recording was cut and then encoded again, the picture may go on without a visible step, as in a scene in which nothing moves.
The former key frames still count: if other than a whole number of periods was taken out or put in, they come early or late from there on.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.double_encoding import RHYTHM
from entirety.detect.double_encoding_innocent import BREAK_EXPLANATIONS
from entirety.detect.former_period import in_the_scene
from entirety.detect.former_signals import present_period, signals
from entirety.detect.innocent import declared, weighed
from entirety.detect.phase_jumps import SURE, Jump, phase_jumps
from entirety.detect.sentences import say
from entirety.detect.spans import join_span
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Weight
from entirety.model.time import clock

ID = "encoding-break"
CLAIM = (
    "Up to frame {before} ({at}) pictures stand out once in every {period} frames, as key frames of an earlier encoding do; from frame "
    "{after} on they stand out in the same rhythm, {shift} frames early (or {late} frames late)."
)
MEANINGS = {
    Weight.SUPPORTING: "In our assessment this is consistent with frames left out, or put in, between these two frames after an earlier encoding and before the last ({shift} left out or {late} put in, or either with whole periods of {period} more), and with the explanations below that are not excluded. It is a sign only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment the rhythm may be that of the scene itself; this alone does not tell whether footage is missing.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each jump, from the signal that shows the clearest ones."""
    present = present_period(clip.frames)
    found = [phase_jumps(z, present) for z in signals(clip).values()]
    jumps = max(found, key=lambda each: sum(jump.score for jump in each))
    for jump in jumps:
        yield _finding(clip, jump, len(jumps))


def _finding(clip: Clip, jump: Jump, count: int) -> Finding:
    weight = Weight.NEUTRAL if in_the_scene(clip.frames, jump.period) else Weight.SUPPORTING
    span = join_span(clip, jump.before, jump.after)
    values = {"shift": jump.shift, "late": jump.period - jump.shift, "period": jump.period}
    still_open = BREAK_EXPLANATIONS.keys() - {"noise"}
    return Finding(
        check=ID,
        code="rhythm-jumps",
        claim=say(f"{ID}.claim", CLAIM, at=clock(span.start), before=jump.before, after=jump.after, **values),
        inference=say(
            f"{ID}.{weight.value}.inference", MEANINGS[weight], **(values if weight is Weight.SUPPORTING else {})
        ),
        span=span,
        weight=weight,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("former distance of key frames", jump.period, None, "frames"),
            Measured("frames by which they come early", jump.shift, None, "frames"),
            Measured("evidence of the weaker side, natural logarithm", round(jump.score, 2), round(SURE, 2)),
            Measured("places of this kind", count, None),
        ),
        innocent=weighed(ID, BREAK_EXPLANATIONS, still_open),
        reproduce=reproduce.pictures(clip, jump.before, jump.after),
        stills=tuple(sorted({jump.before, jump.after})),
    )


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Jumps in the key-frame rhythm of an earlier encoding",
    sees="Where a clip was encoded before, the former key frames may still show in a rhythm (see `double-encoding`). The check reports where this rhythm goes on early or late, each side showing it clearly by itself. A short removal from a still scene, of which nothing is to be seen, can leave this trace when the scene is encoded again.",
    needs=RHYTHM,
    innocent=declared(BREAK_EXPLANATIONS),
    blind_spots=(
        "A removal of a whole number of former periods leaves the rhythm as it is; in trials none of 30 was seen.",
        "In trials on films of still scenes of 7 to 25 s, removals of 0.2 and 0.5 s were found in 22 of 38, of 1 and 2 s in 4 of 24; one that moves the rhythm by a single frame is not reported, since B pictures do so too.",
        "In the same trials whole clips, 134 encoded twice and 70 encoded once, gave none; so few clips bound the false ones at 1.5 in a hundred.",
        "Each side of the place must hold at least four, and in practice six or more, former periods in clear traces.",
        "Where the second encoding was coarser than the first, or the picture was made smaller, little is left of the rhythm.",
        "The place is known to two former periods either way. Removed and added frames cannot be told apart, nor how many whole periods went with them.",
    ),
    references=(
        "Vazquez-Padin, Fontani, Shullani, Perez-Gonzalez, Piva, Barni, Video integrity verification and GOP size estimation via generalized variation of prediction footprint, IEEE TIFS 15, 2020.",
    ),
    run=run,
)
