"""Looks for bytes in a file that no player reads, and says what they look like.

A file is made of labelled blocks. What lies behind the last of them, in blocks that are declared free, or under a second header can
be left from an earlier state of the file. Most of it is room that a device keeps.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.innocent import declared, weighed
from entirety.detect.leftover_bytes import Left, left_over
from entirety.detect.leftovers_innocent import EXPLANATIONS, ID
from entirety.detect.lengths import ends_early
from entirety.detect.needs import STRUCTURE
from entirety.detect.sentences import say
from entirety.detect.spans import MOST_RANGES
from entirety.detect.written_by import held_back, platforms
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Question, Span, Weight

MEANINGS = {
    "trailing": "something was added behind the file or left there; it is not part of what a player shows.",
    "between": "something was left between the parts of the file; it is not part of what a player shows.",
    "second-header": (
        "two states of a movie, or two movies, lie in one file: a player shows what the first header says, and another program may show the "
        "other. Both can be compared."
    ),
    "old-tables": (
        "this is left of tables or of a movie that a player no longer reads: an earlier state of this file, or of whatever lay there before. "
        "What those tables point at may still be in the file."
    ),
    "old-fragments": "this is left of the way in which a device records: in short fragments first, under one header in the end.",
    "old-notes": "notes about the file were changed after they had been written; the footage is not concerned.",
    "filled": "a device or a program put something of its own where no player looks.",
    "own-block": "a maker of devices or a program added blocks of its own; players pass them over.",
}


def _run(clip: Clip) -> Iterator[Finding]:
    if clip.structure is not None:
        services, short = platforms(clip), ends_early(clip)
        yield from (held_back(_finding(clip, left), services) for left in left_over(clip.structure, short=short))


def _finding(clip: Clip, left: Left) -> Finding:
    start, end = left.ranges[0]
    return Finding(
        check=ID,
        code=left.code,
        claim=left.claim,
        inference=say(f"{ID}.{left.code}.inference", f"In our assessment {MEANINGS[left.code]}"),
        # It lies somewhere in the file and at no time of the clip: no shown frame is named.
        span=Span(clip.start, clip.start, -1, -1, left.ranges[:MOST_RANGES]),
        weight=left.weight,
        confidence=Confidence.MEDIUM if left.weight is Weight.SUPPORTING else Confidence.LOW,
        measured=left.rows,
        innocent=weighed(ID, EXPLANATIONS, left.causes),
        reproduce=reproduce.bytes_between(start, end),
    )


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.WHOLE,
    title="Bytes in the file that no player reads",
    sees=(
        "The file is followed block by block from its first byte to its last. Bytes that belong to no block, a second header, blocks that are "
        "declared free and are not empty, and blocks that no standard names are listed with their places, and what they look like is told: "
        "empty, text, a picture, or tables of a movie."
    ),
    needs=(STRUCTURE,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Of a large space the first and the last half megabyte are looked at, and of all spaces together sixteen megabytes.",
        "Within the media data itself nothing is searched: what no table refers to there is not found by this check.",
        "Only headers of MP4, QuickTime and AVI files are recognised in free space; what is compressed or encrypted is data of no known form.",
        "A program that writes the file anew leaves nothing of this kind behind: nothing found says nothing about earlier states.",
    ),
    references=(
        "ISO/IEC 14496-12, 4.2 and 8.1.2 (object structure, free space box).",
        "Gloe, Fischer, Kirchner: Forensic analysis of video file formats, Digital Investigation 11, 2014.",
        "Corpus files c.mov and train.mov: devices of Apple leave the announcement of fragments (`trex`) in free space.",
    ),
    run=_run,
)
