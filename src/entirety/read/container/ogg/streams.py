"""Follows each stream of an Ogg file: its codec, its comments, the numbers of its pages, and where it begins and ends."""

from dataclasses import dataclass, field

from entirety.read.container.facts import Facts, words_of
from entirety.read.container.isobmff.source import Source
from entirety.read.container.ogg.pages import CONTINUED, FIRST, LAST, NO_GRANULE, Page

MAX_STREAMS = 200
"""Real files hold below ten; chained radio recordings one per song."""
MAX_COMMENT_BYTES = 2**16
"""Of a comment header; more of it is a cover picture."""
MAX_COMMENTS = 200
MAX_LISTED = 20
"""Places of one kind that are listed one by one; the facts count all of them."""
CODECS = {
    b"\x01vorbis": "Vorbis",
    b"\x80theora": "Theora",
    b"OpusHead": "Opus",
    b"\x7fFLAC": "FLAC",
    b"fLaC": "FLAC",
    b"Speex   ": "Speex",
    b"fishead\0": "Skeleton",
    b"BBCD\0": "Dirac",
    b"OVP80": "VP8",
    b"\x80kate\0": "Kate",
    b"CMML\0\0\0\0": "CMML",
    b"\x01video": "OGM video",
    b"\x01audio": "OGM audio",
}
"""How the first packet of a stream begins, by the mapping of each codec."""
COMMENTS = (b"\x03vorbis", b"\x81theora", b"OpusTags", b"OVP80\x02 ")
"""How a comment header begins; what follows is the same for all (Vorbis I specification, section 5)."""


@dataclass(slots=True)
class Stream:
    """One logical stream, from the page that begins it."""

    serial: int
    offset: int
    codec: str
    pages: int = 0
    sequence: int = 0
    """Number of the last page met."""
    first: int | None = None
    last: int | None = None
    """First and last granule position above zero: time, in units of the codec."""
    ended: bool = False
    gaps: int = 0
    backward: int = 0
    packet: int = 0
    """Packets that have ended; the comment header is the second one."""
    comment: bytearray = field(default_factory=bytearray)


@dataclass(slots=True)
class Streams:
    """All streams of a file in the order of their first pages."""

    source: Source
    found: list[Stream] = field(default_factory=list)
    current: dict[int, Stream] = field(default_factory=dict)
    """By serial number."""
    late: int = 0
    """Pages of streams that are not followed."""

    def visit(self, page: Page) -> None:
        """Take one page to its stream."""
        stream = self.current.get(page.serial)
        if page.flags & FIRST or stream is None:
            self._begin(page, stream)
            stream = self.current.get(page.serial)
            if stream is None:
                return
        elif page.sequence != (stream.sequence + 1) & 0xFFFFFFFF:
            stream.gaps += 1
            words = f"page {page.sequence} of stream {name(stream)} follows page {stream.sequence}"
            if stream.gaps <= MAX_LISTED:
                self.source.problem(page.offset, f"{words}; the numbers of its pages are not consecutive")
        if stream.ended:
            self.source.problem(page.offset, f"a page of stream {name(stream)} after its last one")
        stream.pages += 1
        stream.sequence = page.sequence
        stream.ended = bool(page.flags & LAST)
        self._time(page, stream)
        if stream.packet < 2 and len(stream.comment) < MAX_COMMENT_BYTES:
            self._collect(page, stream)

    def _begin(self, page: Page, before: Stream | None) -> None:
        if len(self.found) >= MAX_STREAMS:
            if not self.late:
                self.source.problem(page.offset, f"more than {MAX_STREAMS} streams; further ones are not followed")
            self.late += 1
            self.current.pop(page.serial, None)
            return
        head = self.source.read(page.offset + page.header, min(page.size - page.header, 16))
        codec = next((codec for sign, codec in CODECS.items() if head.startswith(sign)), "unknown")
        stream = Stream(page.serial, page.offset, codec, sequence=page.sequence)
        if not page.flags & FIRST:
            stream.codec, stream.packet = "unknown", 2
            self.source.problem(
                page.offset, f"stream {name(stream)} has no first page; this one has the number {page.sequence}"
            )
        elif before is not None and not before.ended:
            self.source.problem(page.offset, f"stream {name(stream)} begins anew before it has ended")
        self.found.append(stream)
        self.current[page.serial] = stream

    def _time(self, page: Page, stream: Stream) -> None:
        if page.granule == NO_GRANULE or not page.granule:
            return
        if stream.first is None:
            stream.first = page.granule
        if stream.last is not None and page.granule < stream.last:
            stream.backward += 1
            words = f"the time of stream {name(stream)} goes back from {stream.last} to {page.granule}"
            if stream.backward <= MAX_LISTED:
                self.source.problem(page.offset, words)
        stream.last = page.granule

    def _collect(self, page: Page, stream: Stream) -> None:
        """Gather the bytes of the second packet."""
        position = page.offset + page.header
        if page.flags & CONTINUED and not stream.packet:
            return
        for length in page.lacing:
            if stream.packet == 1:
                stream.comment += self.source.read(position, length)
            position += length
            stream.packet += length < 255
            if stream.packet > 1:
                return


def name(stream: Stream) -> str:
    return f"0x{stream.serial:08X}"


def list_facts(stream: Stream, facts: Facts) -> None:
    """Codec, comments and times of one stream."""
    path = f"stream {name(stream)}"
    facts.add(f"{path}/codec", stream.codec)
    raw = bytes(stream.comment)
    sign = next((sign for sign in COMMENTS if raw.startswith(sign)), b"\x04" if stream.codec == "FLAC" else None)
    if sign is not None:
        _comments(raw[4 if stream.codec == "FLAC" else len(sign) :], path, facts)
    facts.add(f"{path}/pages", str(stream.pages))
    if stream.gaps:
        facts.add(f"{path}/gaps", f"{stream.gaps} places where the numbers of its pages are not consecutive")
    if stream.backward:
        facts.add(f"{path}/time", f"goes back {stream.backward} times")
    if stream.first is not None:
        facts.add(f"{path}/granule positions", f"{stream.first} to {stream.last}")


def _comments(raw: bytes, path: str, facts: Facts) -> None:
    """Vendor, then entries of the form NAME=text; each has its length in four bytes before it."""
    position = 0
    for number in range(MAX_COMMENTS):
        length = int.from_bytes(raw[position : position + 4], "little")
        text = raw[position + 4 : position + 4 + length]
        if position + 4 > len(raw) or len(text) < length:
            return
        facts.add(f"{path}/{'vendor' if number == 0 else 'comment'}", words_of(text))
        position += 4 + length
        if number == 0:
            left = int.from_bytes(raw[position : position + 4], "little")
            position += 4
        if number >= left:
            return
