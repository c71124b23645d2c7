"""Lists the parts of the clip that could not be decoded cleanly, so that nobody reads silence about them as "nothing found".

Where coded data are damaged or missing the decoder invents what it lacks and says so. Damage is no sign of editing; it is a limit of
every other check in this place.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.damage import damaged_stretches, missing_pictures
from entirety.detect.damaged_frames_innocent import EXPLANATIONS, ID, MOSTLY
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import PACKETS
from entirety.detect.sentences import say
from entirety.detect.spans import frames_span, spread, whole_clip
from entirety.detect.unreadable_packets import unreadable_packets
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Weight

MOST = 20
"""Damaged stretches that get a finding of their own, longest first; all of them are in the list of parts not examined."""


def _run(clip: Clip) -> Iterator[Finding]:
    stretches = damaged_stretches(clip)
    longest = set(sorted(stretches, key=lambda s: s[0] - s[1])[:MOST])
    share = sum(last - first + 1 for first, last in stretches) / max(1, len(clip.frames))
    for first, last in stretches:
        if (first, last) in longest:
            yield _damage(clip, first, last, share)
    if clip.log:
        yield _complaints(clip, len(stretches))
    yield from unreadable_packets(clip)


def _damage(clip: Clip, first: int, last: int, share: float) -> Finding:
    """One stretch; pictures after it up to the next key frame are built on it."""
    after = np.flatnonzero(clip.frames.key[last + 1 :])
    built = int(after[0]) if len(after) else len(clip.frames) - 1 - last
    text = (
        "The decoder could not read these pictures in full and filled in what it lacked: frames {first} to {last}. Pictures after them that "
        "are built on them, up to the next key frame: {built}."
    )
    inference = "In our assessment these pictures cannot be examined; damage alone is no sign of anything else."
    at_fault = "decoder-limits" if first == 0 or share > MOSTLY else "bad-copy"
    return Finding(
        check=ID,
        code="damaged",
        claim=say(f"{ID}.damaged.claim", text, first=first, last=last, built=built),
        inference=say(f"{ID}.damaged.inference", inference),
        span=frames_span(clip, first, last),
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(
            Measured("damaged pictures in this stretch", last - first + 1, 0, "pictures"),
            Measured("pictures built on them", built, None, "pictures"),
            Measured("share of damaged pictures in the clip", round(share, 4), MOSTLY),
        ),
        innocent=weighed(ID, EXPLANATIONS, {"bad-copy", "lost-packets", at_fault}),
        reproduce=reproduce.decoder_complaints(clip),
        stills=spread(np.arange(first, last + 1), 2),
    )


def _complaints(clip: Clip, stretches: int) -> Finding:
    text = (
        "While the clip was read, the reading libraries reported errors. Lines: {count}; damaged stretches of pictures: {stretches}; pictures "
        "to be shown that never came out: {missing}."
    )
    missing = missing_pictures(clip)
    inference = "In our assessment this tells how cleanly the file could be read, and nothing else."
    return Finding(
        check=ID,
        code="complaints",
        claim=say(f"{ID}.complaints.claim", text, count=len(clip.log), stretches=stretches, missing=missing),
        inference=say(f"{ID}.complaints.inference", inference),
        span=whole_clip(clip),
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(
            Measured("lines of complaint", len(clip.log), 0),
            Measured("first of them", clip.log[0].text, None),
            Measured("pictures that never came out", missing, 0, "pictures"),
        ),
        innocent=(),
        reproduce=reproduce.decoder_complaints(clip),
    )


CHECK = Check(
    id=ID,
    revision=2,
    question=Question.CONTINUOUS,
    title="Pictures that could not be decoded cleanly",
    sees=(
        "The decoder marks pictures in which data were missing and says what it could not read, and some pictures never come out of it. All "
        "of this is turned into a list of stretches that the other checks could not examine. Packets whose headers could not be read, and "
        "transport packets that a receiver marked as damaged, are counted as well."
    ),
    needs=(PACKETS,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        (
            "Damage that yields valid data decodes without complaint into a wrong picture: tried by us on 24 pictures of one film for each codec, "
            "written over behind their first ten bytes with zeros, with ones and with noise, it happened for 1 of 72 in H.264 and for 28 of 72 in "
            "HEVC, among them all 24 that were filled with ones."
        ),
        "Whole pictures that are missing from the stream leave no damage; timestamp-gap and stream-join look for those.",
    ),
    references=(
        "FFmpeg, libavcodec: AV_FRAME_FLAG_CORRUPT and the error concealment of its decoders.",
        "Tried by us: 500 bytes written over within one packet gave exactly one marked picture and one line of complaint.",
    ),
    run=_run,
)
