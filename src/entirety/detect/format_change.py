"""Looks for a change of the picture's form within the clip: its size, pixel format, field order, stated rate or pixel shape.

A camera chooses these once, at the start. Where they change, the device was set anew, the stream was adapted to the network, or parts
of different origin follow each other.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.innocent import Explanation, Explanations, declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.picture_form import Change, changes
from entirety.detect.sentences import say
from entirety.detect.spans import frame_time, frames_span
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Innocent, Measured, Question, Span, Weight

ID = "format-change"
MOST = 20
"""Changes told one by one; a stream that adapts all the time is told as one finding with their number. Chosen for a readable report."""
CHANGED = (
    "In our assessment the settings of the recording changed at this place: by adaptation or a new setting of one device, or because "
    "parts of different origin follow each other."
)
GOES_ON = (
    "In our assessment one device changed the size of its picture here while it ran: what is seen goes on over the change, at the time that "
    "was due. This alone does not tell whether parts were joined."
)
EXPLANATIONS: Explanations = {
    "webrtc-adaptation": Explanation(
        "Live transmission lowers and raises size and rate with the network, without interrupting the recording.",
        excluded="Adaptation to a network keeps shape and pixel format of the picture and changes its size or rate; here it is {what}.",
        not_excluded="The change ({what}) keeps the shape of the picture, as adaptation to a network does; ask how the clip was transmitted.",
    ),
    "rotation": Explanation(
        "A phone that is turned while it transmits sends pictures of exchanged width and height.",
        excluded="Width and height are not exchanged here.",
        not_excluded="Width and height are exchanged, as when the device is turned.",
    ),
    "recorder-setting": Explanation(
        "A recorder changed its settings by schedule, by hand or on an alarm, or a camera reconnected with other settings.",
        not_excluded="Nothing in the picture's form tells a new setting from another recording; the recorder's log would.",
    ),
    "adaptive-field-coding": Explanation(
        "Some encoders choose for each picture whether it is coded as a whole or as two fields.",
        excluded="The change ({what}) does not switch to and fro between whole pictures and fields.",
        not_excluded="The field order switches to and fro within the clip, as such encoders do.",
    ),
}


def _run(clip: Clip) -> Iterator[Finding]:
    found = changes(clip)
    for change in found[:MOST]:
        yield _finding(clip, change)
    if rest := found[MOST:]:
        yield _further(clip, rest)


def _finding(clip: Clip, change: Change) -> Finding:
    time = frame_time(clip, change.frame)
    text = "From frame {frame} on the {what} of the picture is another one: {before} before, {after} from there on."
    goes_on = change.code == "size" and change.weight is Weight.NEUTRAL
    what = change.code.replace("-", " ")
    return Finding(
        check=ID,
        code=change.code,
        claim=say(f"{ID}.claim", text, frame=change.frame, what=what, before=change.before, after=change.after),
        inference=say(f"{ID}.goes-on.inference", GOES_ON) if goes_on else say(f"{ID}.inference", CHANGED),
        span=Span(time, time, max(0, change.frame - 1), change.frame),
        weight=change.weight,
        confidence=Confidence.HIGH,
        measured=(Measured(f"{what} after the change", change.after, change.before),),
        innocent=_weigh(change),
        reproduce=change.command,
        stills=tuple(sorted({max(0, change.frame - 1), change.frame})),
    )


def _weigh(change: Change) -> tuple[Innocent, ...]:
    fits = {
        "webrtc-adaptation": change.same_shape,
        "rotation": change.exchanged,
        "recorder-setting": True,
        "adaptive-field-coding": change.switching,
    }
    return weighed(ID, EXPLANATIONS, [slug for slug, fit in fits.items() if fit], what=change.code.replace("-", " "))


def _further(clip: Clip, rest: list[Change]) -> Finding:
    """The rest of many changes in one finding, neutral: the strong ones before it carry the weight."""
    text = "The form of the picture changes again and again: {count} further changes are not told one by one."
    inference = "In our assessment so many changes point to a stream that was adapted all the time."
    return Finding(
        check=ID,
        code="further",
        claim=say(f"{ID}.further.claim", text, count=len(rest)),
        inference=say(f"{ID}.further.inference", inference),
        span=frames_span(clip, rest[0].frame, rest[-1].frame),
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=(Measured("changes of form", len(rest) + MOST, MOST),),
        innocent=(),
        reproduce=reproduce.picture_properties(clip),
    )


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="A change of the picture's size or form within the clip",
    sees=(
        "Each decoded picture has a size, a pixel format and a field order; headers of the stream also state a rate, a pixel shape and colours, each codec its own choice of them. "
        "The check looks for a frame from which any of them differs from the frame before."
    ),
    needs=(FRAMES,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Encoding a joined clip again gives all of it one form: nothing found says nothing about earlier parts.",
        "Parts recorded by one device with one setting have the same form.",
        "Rate, pixel shape and colours are compared where the headers of the codec state them and a reader for it is built in; parts that state the same, or nothing, have no difference there.",
        "Where the view goes on over a change of size, the change weighs little; parts of one still scene that were scaled apart and joined look the same.",
    ),
    references=(
        "ITU-T H.264 (08/2021), 7.4.2.1.1 and E.2.1 (sequence parameter set, video usability information).",
        "ISO/IEC 13818-2, 6.3.3 (sequence header); ISO/IEC 14496-2, 6.3.3 (video object layer).",
        "RFC 8834 and RFC 7742 (video in WebRTC: size and rate follow the network, orientation is signalled).",
    ),
    run=_run,
)
