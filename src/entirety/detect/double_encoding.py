"""Looks for the key-frame rhythm of an earlier encoding under the present one.

A recording as its device wrote it was, as a rule, encoded once. Where the pictures change as at key frames, at an even distance and between
those that the file has now, they may have been encoded before and then again: the file may be a copy that was saved anew.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.double_encoding_innocent import EXPLANATIONS
from entirety.detect.former_period import ENOUGH, FEWEST_TEETH, SHORTEST, Comb, former, in_the_scene
from entirety.detect.former_signals import present_period
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.sentences import say
from entirety.detect.spans import MOST_STILLS, whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Weight

ID = "double-encoding"
RHYTHMIC = ("vp8", "vp9", "av1", "theora")
"""These refresh the picture in a rhythm of their own between key frames (golden and alternate reference frames): a web clip whose
encoder was known gave a comb of 10 frames. Nothing can be told from a rhythm there."""
CLAIMS = {
    "renewal": "Once in every {period} frames, counted from frame {first}, the fine texture changes by more than at the neighbouring pictures, over most of the picture ({teeth} such places measured); the key frames of this file do not keep this rhythm.",
    "size": "Once in every {period} frames, counted from frame {first}, the coded picture is larger than its neighbours of the same type ({teeth} such places measured); the key frames of this file do not keep this rhythm.",
}
MEANINGS = {
    Weight.SUPPORTING: "In our assessment this is consistent with pictures that were encoded before, with a key frame every {period} frames, and then once more, and with the explanations below that are not excluded: a sign that the file is a copy that was saved anew. It says nothing of who did it, why, or whether anything was left out.",
    Weight.NEUTRAL: "In our assessment the rhythm of the scene itself could account for it; this alone does not tell whether the pictures were encoded before.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """At most one finding: the clearest rhythm."""
    found = former(clip)
    if found is not None and found[1].score >= ENOUGH:
        yield _finding(clip, *found)


def _finding(clip: Clip, signal: str, comb: Comb) -> Finding:
    scene = in_the_scene(clip.frames, comb.period)
    weight = Weight.NEUTRAL if scene else Weight.SUPPORTING
    places = range(comb.first, len(clip.frames), comb.period)
    still_open = EXPLANATIONS.keys() - (set() if scene else {"periodic-scene"})
    return Finding(
        check=ID,
        code="former-rhythm",
        claim=say(f"{ID}.{signal}.claim", CLAIMS[signal], period=comb.period, first=comb.first, teeth=comb.teeth),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight], **({} if scene else {"period": comb.period})),
        span=whole_clip(clip),
        weight=weight,
        confidence=Confidence.HIGH if comb.score >= 2 * ENOUGH else Confidence.MEDIUM,
        measured=(
            Measured("former distance of key frames", comb.period, None, "frames"),
            Measured("present distance of key frames, 0 where it varies", present_period(clip.frames), None, "frames"),
            Measured("mean deviation at these places", round(comb.height, 2), None, "robust deviations"),
            Measured("evidence against chance, natural logarithm", round(comb.score, 2), round(ENOUGH, 2)),
        ),
        innocent=weighed(ID, EXPLANATIONS, still_open, period=comb.period),
        reproduce=reproduce.pictures(clip, max(0, comb.first - 1), comb.first + 1),
        stills=tuple(places[:MOST_STILLS:4]),
    )


def _rhythmic(clip: Clip) -> Sentence | None:
    text = (
        "{codec} refreshes pictures in a rhythm of its own between key frames, which hides that of an earlier encoding."
    )
    codec = clip.stream.codec
    return say("double-encoding.rhythmic", text, codec=codec) if codec in RHYTHMIC else None


def too_short(clip: Clip) -> Sentence | None:
    """Why a clip of so few pictures cannot be examined, or None."""
    text = "The clip has fewer than {frames} pictures; a rhythm of key frames cannot be told in so few."
    fewest = SHORTEST * FEWEST_TEETH * 2
    return say("double-encoding.short", text, frames=fewest) if len(clip.frames) < fewest else None


RHYTHM = (FRAMES, Need(_rhythmic, Outcome.NOT_APPLICABLE), Need(too_short))
"""What a search for a former rhythm cannot do without."""

CHECK = Check(
    id=ID,
    revision=1,
    question=Question.ORIGINAL,
    title="The key-frame rhythm of an earlier encoding",
    sees="An encoder draws a whole picture anew at each key frame. Where pictures are encoded once more, with key frames elsewhere, the former ones may still show: the fine texture changes everywhere at once, or the picture costs more bytes, once in every former period. The check tries every period from 8 to 300 frames.",
    needs=RHYTHM,
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "An earlier encoding whose key frames came at the distance of the present ones, or at a multiple or a part of it, is hidden.",
        "In trials on films of 6 to 12 s whose second encoding was as fine as the first or finer, the period was found in 29 of 47 that held it six times or more, and in 1 of 7 that held it four or five times; in films of still scenes of 23 to 25 s in 17 of 19.",
        "Where the second encoding was coarser than the first, by up to 2 dB in 2 of 10, by more in none of 9; at half the size in 3 of 4. No period named in the trials was wrong, and none was named in 64 films encoded once.",
        "Most of what was missed shows a scene that moves as a whole, or was first encoded as MPEG-4 part 2 with a coarse quantiser.",
        "An earlier encoding without a fixed rhythm, as encoders that follow the scene write, leaves nothing to find.",
        "That nothing was found does not mean that the file was encoded once.",
    ),
    references=(
        "Vazquez-Padin, Fontani, Shullani, Perez-Gonzalez, Piva, Barni, Video integrity verification and GOP size estimation via generalized variation of prediction footprint, IEEE TIFS 15, 2020.",
        "Yammine, Wige, Kaup, Blind GOP structure analysis of MPEG-2 and H.264/AVC decoded video, Picture Coding Symposium 2010.",
        "Chernoff, A measure of asymptotic efficiency for tests of a hypothesis based on the sum of observations, Annals of Mathematical Statistics 23, 1952.",
    ),
    run=run,
)
