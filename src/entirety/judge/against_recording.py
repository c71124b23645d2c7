"""Says as findings what a comparison with longer recordings found: what the clip lacks, and what it shows otherwise than they do.

A recording is another file of unknown origin. What differs between the two is an observation about both: the comparison does not say which
of them was changed, and the longer one need not be the older one.
"""

from collections.abc import Iterable

from entirety.detect.innocent import declared
from entirety.judge.recording_findings import findings
from entirety.judge.recording_innocent import EXPLANATIONS, ID
from entirety.model.clip import Clip
from entirety.model.coverage import Coverage
from entirety.model.finding import Check, Finding, Need, Outcome, Question, Sentence


def check_against(coverage: Coverage | None) -> Check:
    """The check for a clip that was held against these recordings, or against none."""

    def run(clip: Clip) -> Iterable[Finding]:
        return findings(clip, coverage) if coverage is not None else ()

    def given(_: Clip) -> Sentence | None:
        if coverage is not None:
            return None
        text = "No longer recording was given to hold the clip against (`--source`)."
        return Sentence("need.recording", text)

    def counted(clip: Clip) -> Sentence | None:
        if coverage is None or coverage.clip.frames == len(clip.frames):
            return None
        text = "For the comparison {compared} pictures were decoded, for the audit {audited}: places in one cannot be named in the other."
        values = (("compared", coverage.clip.frames), ("audited", len(clip.frames)))
        return Sentence("need.same-pictures", text, values)

    def found(_: Clip) -> Sentence | None:
        if coverage is None or coverage.pieces:
            return None
        text = (
            "Nothing of the recordings that were given (annex H) was found in the clip, so it cannot be held against them. That does not show "
            "that it comes from elsewhere: footage can be changed too much, or move too little, to be recognised."
        )
        return Sentence("need.found", text)

    return Check(
        id=ID,
        revision=1,
        question=Question.WHOLE,
        title="Differences from a longer recording",
        sees=(
            "Where longer recordings are given, every picture of the clip is looked for in them: by its bytes as coded, then by its samples as "
            "decoded, then by likeness. Reported is what a recording has before, after and between the parts that the clip shows, and parts that "
            "the clip shows in another order, twice, backwards, mirrored, at another speed, with another sound, or that no recording has."
        ),
        needs=(Need(given), Need(counted), Need(found, Outcome.NOT_APPLICABLE)),
        innocent=declared(EXPLANATIONS),
        blind_spots=(
            "It speaks of two files. Which of them is the older one, and whether the recording itself is whole, it does not say.",
            "Footage that was changed too much, or in which nothing moves, may not be recognised; what lies there is then reported as found nowhere.",
            "Where a recording shows the same footage several times, one of the places is named.",
            "Of sound only the first track is compared, in stretches of two seconds and more.",
        ),
        references=("model/coverage.py: the layers of the comparison",),
        run=run,
    )


CHECK = check_against(None)
"""The declaration, as for a clip without any recording."""
