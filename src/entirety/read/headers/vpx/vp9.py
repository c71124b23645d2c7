"""Reads the uncompressed header of each VP9 picture (VP9 Bitstream Specification 0.7, clause 6.2).

A packet can hold several pictures, of which one is shown; a short index at its end tells where each begins (Annex B).
"""

from entirety.model.headers import CodedHeaders, EmbeddedClock, ParameterSet
from entirety.read.headers.picture_rows import INTRA, OTHER, PREDICTED, PictureRows
from entirety.read.headers.vpx.vp9_frame import SLOTS, Frame, Slot, read_frame

NAMES = (
    "width",
    "height",
    "profile",
    "frames",
    "hidden",
    "show_existing_frame",
    "error_resilient_mode",
    "frame_parallel_decoding_mode",
    "refresh_frame_flags",
    "references",
)
"""`frames`: pictures in the packet; `hidden`: those of them that are not shown; `references`: bit k for slot k, before the packet's own
pictures fill it; `refresh_frame_flags` of all its pictures. All others are of the shown picture, or of the last where none is shown."""


class Vp9Reader:
    """Reads the packets of one stream in decode order; holds what stands in the eight slots of stored pictures."""

    def __init__(self, _extradata: bytes) -> None:
        """What vpcC states stands in each key picture as well."""
        self._rows = PictureRows("vp9", NAMES)
        self._slots: list[Slot] = [Slot()] * SLOTS
        self._depth = 8

    def configure(self, extradata: bytes) -> None:
        """Nothing follows from a further header."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        rows, frames, kept = self._rows, list[Frame](), True
        entry = references = refreshed = hidden = 0
        for start, end in superframe(packet):
            frame = read_frame(packet[start : min(end, start + 96)], self._slots, self._depth)
            if frame is None:
                break
            entry = entry or int(not frames and frame.key)
            references |= frame.references & ~refreshed
            refreshed |= frame.refresh
            hidden += not frame.shown
            self._store(frame)
            kept = self._record(frame) and kept
            frames.append(frame)
        if not frames:
            rows.add(OTHER, 0, -1, rows.absent, readable=not packet)
            return
        chosen = next((frame for frame in reversed(frames) if frame.shown), frames[-1])
        values = (
            chosen.width,
            chosen.height,
            chosen.profile,
            len(frames),
            hidden,
            chosen.show_existing,
            chosen.error_resilient,
            chosen.parallel,
            refreshed,
            references,
        )
        readable = kept and len(frames) == len(superframe(packet)) and chosen.readable
        rows.add(INTRA if chosen.intra else PREDICTED, entry, chosen.quantiser, values, readable=readable)

    def _store(self, frame: Frame) -> None:
        """Put the picture into the slots that it refreshes."""
        if frame.key or frame.intra_only:
            self._depth = frame.depth
        for k in range(SLOTS):
            if frame.refresh >> k & 1:
                self._slots[k] = Slot(frame.width, frame.height, frame.quantiser)

    def _record(self, frame: Frame) -> bool:
        """Write down size and colours at key pictures, and the size wherever another one is shown."""
        if not (frame.key and frame.shown and frame.readable):
            return True
        facts = (("profile", frame.profile), ("width", frame.width), ("height", frame.height), *frame.colour)
        return self._rows.setting(ParameterSet("key-frame", 0, self._rows.row, repr(facts).encode(), facts))

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._rows.columns()

    def clocks(self, _stream: int) -> tuple[EmbeddedClock, ...]:
        """VP9 carries no clock."""
        return ()


def superframe(packet: bytes) -> list[tuple[int, int]]:
    """Where each picture of a packet begins and ends (Annex B); the whole packet where it has no index."""
    last = packet[-1] if packet else 0
    count, size = (last & 7) + 1, (last >> 3 & 3) + 1
    index = len(packet) - 2 - count * size
    if last & 0xE0 != 0xC0 or index < 0 or packet[index] != last:
        return [(0, len(packet))] if packet else []
    spans, at = [], 0
    for k in range(count):
        place = index + 1 + k * size
        length = int.from_bytes(packet[place : place + size], "little")
        if length and at + length <= index:  # a length of 0 stands for a picture left out
            spans.append((at, at + length))
        at += length
    return spans
