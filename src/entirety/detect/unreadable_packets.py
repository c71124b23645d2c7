"""Counts coded pictures whose headers could not be read, and transport packets that arrived damaged or not at all in one piece.

Belongs to the check damaged-frames. What could not be read was not examined by the checks of the stream, so it is listed; like all
damage it is no sign of anything else.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.damaged_frames_innocent import EXPLANATIONS, ID, MOSTLY
from entirety.detect.innocent import weighed
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of_packet, frames_span, whole_clip
from entirety.model.clip import Clip
from entirety.model.container import TransportEvent
from entirety.model.finding import Confidence, Finding, Measured, Span, Weight
from entirety.read.container.mpegts.framing import PACKET

DAMAGE = ("error", "sync-loss")
"""Events of a transport stream that are damage: a packet that its receiver marked, and bytes that are no packets."""
MEANING = "In our assessment joins in these places could not be looked for; damage alone is no sign of anything else."


def unreadable_packets(clip: Clip) -> Iterator[Finding]:
    """At most one finding for headers, and one for transport packets."""
    said = clip.headers or clip.coded
    rows = said.unreadable if said else np.zeros(0, np.int64)
    # A packet that holds nothing has no header either.
    rows = rows[(rows >= 0) & (rows < len(clip.packets))]
    rows = rows[clip.packets.size[rows] > 0]
    if len(rows):
        yield _headers(clip, [int(row) for row in rows])
    transport = clip.structure.transport if clip.structure else None
    counts = dict(transport.counts) if transport else {}
    events = [event for event in transport.events if event.kind in DAMAGE] if transport else []
    if events:
        yield _transport(clip, events, counts)


def _headers(clip: Clip, rows: list[int]) -> Finding:
    text = "Coded pictures whose headers could not be read: {count} of {all}, from frame {first} to frame {last}."
    frames = [frame_of_packet(clip, row) for row in (rows[0], rows[-1])] if len(clip.frames) else [-1, -1]
    first, last = min(frames), max(frames)
    share = len(rows) / len(clip.packets)
    return _finding(
        clip,
        "unreadable-headers",
        text,
        {"count": len(rows), "all": len(clip.packets), "first": first, "last": last},
        frames_span(clip, first, last, byte_ranges(clip, rows)) if first >= 0 else whole_clip(clip),
        measured=(
            Measured("packets with unreadable headers", len(rows), 0, "packets"),
            Measured("first of them in decode order", rows[0], None),
            Measured("share of all packets", round(share, 4), MOSTLY),
        ),
        doubtful=share > MOSTLY or rows[0] == 0,
    )


def _transport(clip: Clip, events: list[TransportEvent], counts: dict[str, int]) -> Finding:
    text = (
        "Packets of the transport stream that their receiver marked as damaged: {marked}; places where bytes follow that are no packets: {lost}. "
        "The first such place is byte {offset} of the file."
    )
    marked, lost = (counts.get(kind, 0) for kind in DAMAGE)
    return _finding(
        clip,
        "damaged-transport",
        text,
        {"marked": marked, "lost": lost, "offset": events[0].offset},
        whole_clip(clip, ((events[0].offset, events[0].offset + PACKET),)),
        measured=(
            Measured("packets marked as damaged", marked, 0, "packets"),
            Measured("places where the order of packets is lost", lost, 0),
            Measured("first place, byte", events[0].offset, None),
        ),
        doubtful=events[0].offset == 0,
    )


def _finding(
    clip: Clip,
    code: str,
    text: str,
    values: dict[str, int],
    span: Span,
    *,
    measured: tuple[Measured, ...],
    doubtful: bool,
) -> Finding:
    still_open = {"bad-copy", "lost-packets"} | ({"decoder-limits"} if doubtful else set())
    return Finding(
        check=ID,
        code=code,
        claim=say(f"{ID}.{code}.claim", text, **values),
        inference=say(f"{ID}.unreadable.inference", MEANING),
        span=span,
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH,
        measured=measured,
        innocent=weighed(ID, EXPLANATIONS, still_open),
        reproduce=reproduce.headers(clip) if code == "unreadable-headers" else reproduce.decoder_complaints(clip),
    )
