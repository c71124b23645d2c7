"""Collects the headers of an AV1 stream, temporal unit after temporal unit, into one table with a row per packet."""

from entirety.model.headers import BEFORE_FIRST_PACKET, CodedHeaders, EmbeddedClock, ParameterSet
from entirety.read.headers.av1.frame import ALL, KEY, SLOTS, Frame, Slot, read_frame
from entirety.read.headers.av1.obu import FRAME, FRAME_HEADER, METADATA, SEQUENCE, units
from entirety.read.headers.av1.sequence import READ_BYTES, Sequence, read_sequence
from entirety.read.headers.av1.timecode import Timecodes
from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.picture_rows import INTRA, OTHER, PREDICTED, PictureRows

NAMES = (
    "width",
    "height",
    "frames",
    "hidden",
    "show_existing_frame",
    "frame_type",
    "error_resilient_mode",
    "order_hint",
    "refresh_frame_flags",
    "references",
)
"""`frames`: pictures in the packet; `hidden`: those of them that are not shown; `references`: bit k for slot k, before the packet's own
pictures fill it; `refresh_frame_flags` of all its pictures. All others are of the shown picture, or of the last where none is shown."""
HEADER_BYTES = 192
"""Of a picture header up to its quantiser: with every removal time and order hint written out it stays below."""
FRAMES_MOST = 64
CONFIGURATION_BYTES = 4
"""Of av1C before its units (AV1 in ISO-BMFF, 2.3.3)."""
SETS_PER_PACKET = 4


class Av1Reader:
    """Reads the packets of one stream in decode order; holds what stands in the eight slots of stored pictures."""

    def __init__(self, extradata: bytes) -> None:
        """`extradata` is av1C or empty."""
        self._rows = PictureRows("av1", NAMES)
        self._slots: list[Slot] = [Slot()] * SLOTS
        self._sequence: Sequence | None = None
        self._content = b""
        self._timecodes = Timecodes()
        self._configure(extradata, BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in the further av1C that the container has for the packet added next."""
        self._configure(extradata, self._rows.row)

    def _configure(self, extradata: bytes, row: int) -> None:
        content = extradata[CONFIGURATION_BYTES:] if extradata[:1] == b"\x81" else extradata
        for kind, _, start, end in units(content)[0][:SETS_PER_PACKET]:
            if kind == SEQUENCE:
                # A kind of its own: one encoder (SVT-AV1) writes other tools here than before its key pictures.
                self._take(content[start:end], row, "av1C")

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        spans, readable = units(packet)
        frames, sets, key_header = list[Frame](), 0, False
        references = refreshed = hidden = 0
        for kind, layers, start, end in spans:
            if kind == SEQUENCE and sets < SETS_PER_PACKET:
                sets += 1
                readable = self._take(packet[start:end], self._rows.row) and readable
                key_header = True
            elif kind in (FRAME, FRAME_HEADER) and len(frames) < FRAMES_MOST:
                head = packet[start : min(end, start + HEADER_BYTES)]
                frame = read_frame(head, self._sequence, self._slots, layers) if self._sequence else None
                if frame is None:
                    readable = False
                    continue
                references |= frame.references & ~refreshed
                refreshed |= frame.refresh
                hidden += not frame.shown
                readable = readable and frame.readable
                self._store(frame)
                frames.append(frame)
            elif kind == METADATA:
                self._timecodes.take(packet[start : min(end, start + 16)], self._rows.row, self._sequence)
        if not frames:
            self._rows.add(OTHER, 0, -1, self._rows.absent, readable=readable and not packet)
            return
        chosen = next((frame for frame in reversed(frames) if frame.shown), frames[-1])
        entry = int(key_header and frames[0].kind == KEY and bool(frames[0].shown))
        values = (
            chosen.width,
            chosen.height,
            len(frames),
            hidden,
            chosen.show_existing,
            chosen.kind,
            chosen.error_resilient,
            chosen.order_hint,
            refreshed,
            references,
        )
        self._rows.add(INTRA if chosen.intra else PREDICTED, entry, chosen.quantiser, values, readable=readable)

    def _store(self, frame: Frame) -> None:
        """Put the picture into the slots that it refreshes."""
        kept = Slot(frame.kind, frame.order_hint, frame.width, frame.height, frame.quantiser)
        if frame.refresh == ALL:
            self._slots = [kept] * SLOTS
        elif frame.refresh:
            self._slots = [kept if frame.refresh >> k & 1 else slot for k, slot in enumerate(self._slots)]

    def _take(self, content: bytes, row: int, kind: str = "sequence") -> bool:
        """Put a sequence header in force; False where it could not be read."""
        content = content[:READ_BYTES]
        if content != self._content:
            try:
                self._sequence = read_sequence(content)
            except Unreadable:
                self._rows.setting(ParameterSet(kind, 0, row, content, ()))
                return False
            self._content = content
        facts = self._sequence.facts if self._sequence else ()
        return self._rows.setting(ParameterSet(kind, 0, row, content.rstrip(b"\x00"), facts))

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._rows.columns()

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """The time codes that metadata units carry."""
        return self._timecodes.clocks(stream)
