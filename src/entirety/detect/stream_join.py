"""Looks inside an H.264 stream for parts that were coded in different runs of an encoder.

Recordings that are joined without being encoded again keep what their encoders wrote: settings, signatures and running numbers.
Where these change or break in the middle of a file, two runs meet, whoever or whatever brought them together.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.encoder_runs import (
    QUANTISER,
    SIZE,
    Break,
    encoder_notes,
    frame_numbers,
    idr_numbers,
    parameter_sets,
)
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of_packet, frame_time
from entirety.detect.steps import in_time
from entirety.detect.stream_join_innocent import EXPLANATIONS
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Question, Sentence, Span, Weight
from entirety.model.h264 import H264Headers
from entirety.model.time import clock

ID = "stream-join"
HABIT = 3
"""Places of one kind up to which they are events of their own; more are held against the key pictures: chosen."""
HABIT_SHARE = 4
"""More than one change of settings in so many key pictures is how this encoder works: chosen."""
LOSSY = 500
"""More than one broken picture number in so many pictures is a lossy line or a habit: chosen, one in 20 s at 25 pictures a second."""
CLEAR_RULE = 8
"""Places where a rule was kept that make its only breaks a direct trace: chosen; by chance 1 time in 256."""

CLAIMS = {
    "parameter-sets": "From {at} on the stream is coded with other settings. Before: {before}. From there on: {after}.",
    "encoder-note": "At {at} an encoder signed the stream anew. Signature before: {before}. New signature: {after}.",
    "idr-pic-id": "The key pictures of this file are numbered by one rule, kept in {regular} of {all} steps; at {at} number {before} is followed by number {after}.",
    "frame-num": "The coded pictures are numbered without a break; at {at} number {before} is due and {after} is stored.",
}
MEANINGS = {
    Weight.DIRECT: "In our assessment the parts before and after this place were coded in separate runs of an encoder and put into one file.",
    Weight.STRONG: "In our assessment this is consistent with parts joined here, and also with the explanations below that are not excluded.",
    Weight.SUPPORTING: "In our assessment this is a sign of a join only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment this is how the encoder or the line worked throughout, and no sign of a join.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each break; of a kind that is this file's habit only the first, as a note."""
    headers = clip.headers
    if headers is None:
        return
    for kind in (parameter_sets, encoder_notes, idr_numbers, frame_numbers):
        breaks = list(kind(headers))
        habit = _habit(breaks, headers)
        for found in breaks[:1] if habit else breaks:
            yield _finding(clip, found, Weight.NEUTRAL if habit else _weight(found, in_time=in_time(clip, found.row)))


def _habit(breaks: list[Break], headers: H264Headers) -> bool:
    if len(breaks) <= HABIT:
        return False
    if breaks[0].code == "frame-num":
        return len(breaks) * LOSSY > len(headers)
    return len(breaks) * HABIT_SHARE > int(headers.idr.sum())


def _weight(found: Break, *, in_time: bool) -> Weight:
    """How much one break can carry; `in_time`: the clock of the file goes on over it as if nothing were missing."""
    if found.code == "parameter-sets":
        names = {name.partition(".")[2] for name in found.fields}
        picture_only = all(name.startswith("pps.") for name in found.fields)
        if picture_only:
            return Weight.SUPPORTING if names <= QUANTISER else Weight.STRONG
        return Weight.STRONG if names <= SIZE | QUANTISER | {"other"} else Weight.DIRECT
    if found.code == "encoder-note":
        return Weight.DIRECT
    if found.code == "idr-pic-id":  # over a gap in time a recorder that paused explains the break as well
        return Weight.DIRECT if in_time and found.regular >= CLEAR_RULE else Weight.STRONG
    return Weight.STRONG if in_time else Weight.SUPPORTING


def _finding(clip: Clip, found: Break, weight: Weight) -> Finding:
    frame = min(frame_of_packet(clip, found.row), len(clip.frames) - 1)
    before = max(0, frame - 1)
    values = {"at": clock(frame_time(clip, frame)), "before": found.before, "after": found.after}
    values |= {"regular": str(found.regular), "all": str(found.regular + found.count)}
    return Finding(
        check=ID,
        code=found.code,
        claim=say(f"{ID}.{found.code}.claim", CLAIMS[found.code], **values),
        inference=say(f"{ID}.{weight.value}.inference", MEANINGS[weight]),
        span=Span(frame_time(clip, before), frame_time(clip, frame), before, frame, byte_ranges(clip, [found.row])),
        weight=weight,
        confidence=Confidence.MEDIUM if weight in (Weight.SUPPORTING, Weight.NEUTRAL) else Confidence.HIGH,
        measured=(
            Measured("packet in decode order", found.row, None),
            Measured("before", found.before, found.after),
            Measured("places of this kind", found.count, None),
        ),
        innocent=weighed(ID, EXPLANATIONS, _open(found, weight), count=found.count),
        reproduce=reproduce.headers(clip),
        stills=tuple(dict.fromkeys((before, frame))),
    )


def _open(found: Break, weight: Weight) -> set[str]:
    """Explanations that fit this break."""
    still_open = {"recorder-reconnect", "encoder-restart"}
    if found.code in ("idr-pic-id", "frame-num"):
        still_open.add("lost-packets")
    elif {name.partition(".")[2] for name in found.fields} & SIZE and weight is Weight.STRONG:
        still_open.add("resolution-switch")
    return still_open | ({"non-conforming-encoder"} if weight is Weight.NEUTRAL or found.count > HABIT else set())


def _not_h264(clip: Clip) -> Sentence | None:
    text = "The headers of {codec} video are not read yet, so joins inside the stream were not looked for."
    return None if clip.headers is not None else say("stream-join.codec", text, codec=clip.stream.codec)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Parts coded in different runs of an encoder",
    sees="An encoder writes its settings and its signature once and numbers the pictures it codes. The check reports where these change or break in the middle of the stream.",
    needs=(FRAMES, PACKETS, Need(_not_h264)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Parts of one recording, or of two by the same device with the same settings, join without a trace where no running number breaks.",
        "An encoder that gives all key pictures one number, as many do, leaves nothing to compare; so do numbers without a rule.",
        "After the whole clip was encoded again, nothing of this is left.",
        "Picture order counts are not compared.",
    ),
    references=(
        "ITU-T H.264 (08/2021), 7.4.2.1 and 7.4.2.2 (parameter sets), 7.4.3 (frame_num, idr_pic_id), D.2.7 (user data)",
    ),
    run=run,
)
