"""Says what timestamp-gap found in the packets of a transport stream: the place, which running numbers break there, and what explains it."""

from entirety.detect import reproduce
from entirety.detect.innocent import weighed
from entirety.detect.sentences import placed, say
from entirety.detect.spans import first_shown, frame_of_packet, frame_time, join_span
from entirety.detect.steps import PAUSE
from entirety.detect.timestamp_gap_innocent import TRANSPORT
from entirety.detect.transport_breaks import TransportBreak
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Measured, Value, Weight
from entirety.model.time import clock
from entirety.read.container.mpegts.framing import PACKET

ID = "timestamp-gap"
LISTED = 8
"""Numbers of streams that are printed: chosen; a multiplex of one camera has five."""
CLAIMS = {
    "counters-restart": (
        "The running numbers of the packets (188 bytes each), kept for each stream and table, do not go on at byte {offset}, where the picture at "
        "{at} (frame {frame}) begins: in {streams} of them, once in each. {rest}."
    ),
    "clock-reference": "At byte {offset}, where the picture at {at} (frame {frame}) begins, the clock of the transport stream steps by {jump} s. {rest}.",
    "packets-lost": (
        "The running numbers of the packets (188 bytes each), kept for each stream and table, skip in single streams. Places: {count}; the first is "
        "byte {offset}, at {at} (frame {frame})."
    ),
}
ALL_THERE = "No picture beside this place is damaged, and the times of the pictures go on"
ALL_CLEAN = "No picture beside this place is damaged. The picture times are uneven here as well"
SPOILED = "Pictures beside this place are damaged"
MEANINGS = {
    Weight.STRONG: "In our assessment two transport streams follow each other here, or the device that wrote it began anew; pictures lost on the way would have left a hole or damage.",
    Weight.SUPPORTING: "In our assessment this is a sign of a join only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment lost packets, or the way this stream was sent, could account for it; this alone does not tell whether footage is missing.",
}


def transport_finding(clip: Clip, found: TransportBreak) -> Finding:
    """One finding."""
    frame = frame_of_packet(clip, first_shown(clip, found.row))
    before = max(0, frame - 1)
    span = join_span(clip, before, frame, ((found.offset, found.offset + PACKET),))
    jump = round(float(found.jump), 4)
    values: dict[str, Value] = {
        "offset": found.offset,
        "at": clock(frame_time(clip, frame)),
        "frame": frame,
        "streams": len(found.pids),
        "jump": jump,
        "count": found.count,
        "rest": SPOILED if found.damaged else ALL_THERE if found.goes_on else ALL_CLEAN,
    }
    name, text = placed(clip, f"{ID}.{found.code}.claim", CLAIMS[found.code])
    return Finding(
        check=ID,
        code=found.code,
        claim=say(name, text, **{k: v for k, v in values.items() if "{" + k + "}" in text}),
        inference=say(f"{ID}.transport.{found.weight.value}.inference", MEANINGS[found.weight]),
        span=span,
        weight=found.weight,
        confidence=Confidence.HIGH if found.weight is Weight.STRONG else Confidence.MEDIUM,
        measured=(
            Measured("streams and tables whose running numbers break at this place", len(found.pids), None),
            Measured(
                "identifiers of these streams and tables (PID)",
                ", ".join(map(str, found.pids[:LISTED])) or "none",
                None,
            ),
            Measured("step of the clock of the transport stream beyond the usual one", jump, None, "s"),
            Measured("places of this kind", found.count, None),
        ),
        innocent=weighed(f"{ID}.transport", TRANSPORT, _open(found), count=found.count),
        reproduce=reproduce.packet_counters(),
        stills=tuple(dict.fromkeys((before, frame))),
    )


def _open(found: TransportBreak) -> set[str]:
    still_open = {"recorder-reconnect"}
    if found.damaged or found.code != "counters-restart" or not found.goes_on:
        still_open.add("dropped-frames")
    if not found.goes_on and found.jump >= PAUSE:
        still_open.add("motion-triggered-recorder")
    return still_open | ({"start-up"} if found.early else set())
