"""What a file's container declares about itself, byte by byte.

A container is the outer structure of a video file: labelled blocks that say which tracks there are, where each coded picture
lies and which part of it a player should show. Everything here is declared by the file; nothing is decoded.
Terms follow ISO/IEC 14496-12 (ISO base media file format).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Box:
    """One labelled block of bytes in an ISO-BMFF or QuickTime file."""

    kind: str
    """Four characters as stored; bytes that are not printable ASCII appear as \\xNN."""
    offset: int
    """Position of the first header byte in the file."""
    size: int
    """Bytes that are really there, header included; never reaches past the end of the file or of the parent."""
    header: int
    """Length of the header in bytes: 8, 16 with a 64-bit size, plus 16 for a `uuid`, plus 4 for version and flags where the children follow them."""
    declared: int
    """Size as the header states it; larger than `size` where the file is cut short. 0 stands for "to the end of the file"."""
    path: str
    """Kinds from the root, with the position among equals, from 1, where there are several: `moov/trak[1]/edts/elst`."""
    children: tuple["Box", ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.size

    def walk(self) -> Iterator["Box"]:
        """This box, then everything in it, in file order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Content(Enum):
    """What the bytes of a space look like, as far as they were looked at."""

    ZEROS = "zeros"
    FILLING = "one value repeated"
    PADDING = "empty blocks of padding"
    BLOCKS = "headers of blocks that a player needs"
    PICTURE = "a JPEG picture"
    MOVIE = "the beginning of another movie file"
    SAMSUNG = "the closing block of a Samsung phone"
    TEXT = "readable text"
    DATA = "data of no known form"


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes that no player reads: a block declared as free, a block of unknown kind, or bytes that belong to no block."""

    start: int
    end: int
    """[start, end) in the file, without the header of the block."""
    path: str
    """Path of the block; empty for bytes that belong to none."""
    content: Content
    found: tuple[str, ...]
    """Kinds of the blocks whose headers were recognised, each once, sorted; for text its first characters."""
    examined: int
    """Bytes that were looked at: all, or the first and the last ones of a large space."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The outer structure of a file of any form: its labelled blocks and where each one lies."""

    form: str
    """`isobmff`, `matroska`, `avi`, `mpegts`, `mpegps`, `asf`, `mxf`, `ogg`, `flv`, `h264`, `hevc`."""
    boxes: tuple[Box, ...]
    """Blocks of the top level in file order; with `leftovers` they cover the file without overlap. Forms made of many small blocks (packets of
    a transport stream, pages, units of a raw stream) have one Box for a run of neighbours of one kind."""
    leftovers: tuple[tuple[int, int], ...]
    """Byte ranges [start, end) at top level that belong to no block."""
    facts: tuple[tuple[str, str], ...]
    """What the file states about itself in words or numbers, in file order: path of the block and printable value, at most 500 characters."""
    problems: tuple[str, ...]
    """What could not be read as the standard demands, each a sentence with its byte offset."""
    transport: "Transport | None" = None
    """Counters and clocks of an MPEG multiplex (`mpegts`, `mpegps`); None in every other form."""
    spaces: tuple[Space, ...] = ()
    """What lies in the blocks and bytes that no player reads, file order, at most 200."""

    def walk(self) -> Iterator[Box]:
        """Every block, file order, parents before what they hold."""
        for box in self.boxes:
            yield from box.walk()


@dataclass(frozen=True, slots=True)
class TransportEvent:
    """One place where the counters or the clock of an MPEG multiplex do not simply go on (ISO/IEC 13818-1)."""

    offset: int
    """Position of the packet (of its sync byte) or of the pack header; for a loss of sync, of the first byte that is no packet."""
    pid: int
    """Number of the elementary stream or table (PID); -1 where the event belongs to none."""
    kind: str
    """`continuity`: the counter of a PID skips; `declared-discontinuity`: the packet announces that its counter or clock starts anew;
    `pcr-jump`, `scr-jump`: the clock goes back, or forward by far more than its habit; `sync-loss`: bytes that are no packets;
    `error`: the receiver marked the packet as damaged."""
    ticks: int
    """Step of the clock from the last reference before to this one, in ticks of 27 MHz, negative where it goes back; 0 where the packet
    carries no clock reference."""
    lost: int
    """`continuity`: packets missing, modulo 16 (the counter has four bits; 0 stands for a repetition that the standard does not allow);
    `sync-loss`: bytes; 0 otherwise."""


@dataclass(frozen=True, slots=True)
class TransportClock:
    """The references of one clock: PCR of one PID, or the SCR of a programme stream."""

    pid: int
    """-1 for SCR."""
    count: int
    first: int
    last: int
    """First and last value in file order, ticks of 27 MHz."""
    usual: int
    """Median step from one reference to the next, in ticks; 0 with fewer than two references."""


@dataclass(frozen=True, slots=True)
class Transport:
    """Where the counters and clocks of an MPEG multiplex break, and how they usually go."""

    packet: int
    """Bytes from one packet to the next: 188, 192 (with an arrival time before each packet) or 204 (with parity bytes after it); 0 in a programme
    stream, whose packs have no fixed length."""
    events: tuple[TransportEvent, ...]
    """File order; at most a fixed number of each kind."""
    counts: tuple[tuple[str, int], ...]
    """How many events of each kind the file has, those included that `events` has no room for."""
    clocks: tuple[TransportClock, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of an edit list: show `duration` of the track from `media_time` on."""

    duration: int
    """In units of the movie's timescale."""
    media_time: int
    """In units of the track's timescale; -1 is an empty edit (nothing shown)."""
    rate: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The sample table of one track, one row per sample (coded picture or sound block), decode order; empty for uncompressed sound."""

    offset: NDArray[np.int64]
    """Position of the sample's first byte in the file."""
    size: NDArray[np.int64]
    dts: NDArray[np.int64]
    """Decode time in units of the track's timescale, from 0 (fragments: from their `tfdt`)."""
    composition: NDArray[np.int64]
    """`ctts` offset: presentation time = dts + composition."""
    sync: NDArray[np.bool_]
    """Can be decoded on its own (`stss`, or every sample where the box is absent)."""
    description: NDArray[np.int32]
    """1-based index into the track's sample descriptions (`stsd`)."""

    def __len__(self) -> int:
        return len(self.offset)


@dataclass(frozen=True, slots=True)
class Track:
    """One track as the movie header declares it."""

    track_id: int
    handler: str
    """`vide`, `soun`, `tmcd`, `meta`, ..."""
    handler_name: str
    enabled: bool
    """The `tkhd` flag: a player leaves a disabled track out."""
    timescale: int
    duration: int
    """`mdhd` duration in the track's timescale."""
    presented: int
    """`tkhd` duration in the movie's timescale."""
    created: int
    """`mdhd` creation time, seconds since 1904-01-01 UTC; 0 where unset."""
    modified: int
    width: int
    height: int
    """`tkhd` size in whole pixels."""
    rotation: int
    """Clockwise degrees that the display matrix asks for: 0, 90, 180, 270; -1 where it is none of them."""
    descriptions: tuple[str, ...]
    """Sample entry codes of `stsd`, such as `avc1`, `mp4a`."""
    edits: tuple[Edit, ...] | None
    """None where the track has no edit list."""
    samples: Samples
    flags: int = 0
    """The 24 flags of `tkhd`: enabled 1, in the movie 2, in the preview 4; which of them are set differs from writer to writer."""
    alternate_group: int = 0
    """`tkhd`: tracks of one number stand in for each other; 0 means the track stands for itself."""


@dataclass(frozen=True, slots=True)
class Movie:
    """The whole declaration of one ISO-BMFF or QuickTime file."""

    boxes: tuple[Box, ...]
    """Top-level boxes in file order, each with its children."""
    major_brand: str
    """Empty where the file has no `ftyp` (old QuickTime)."""
    minor_version: int
    brands: tuple[str, ...]
    timescale: int
    duration: int
    """`mvhd` duration in the movie's timescale; 0 where unset."""
    created: int
    modified: int
    """`mvhd` times, seconds since 1904-01-01 UTC; 0 where unset."""
    tracks: tuple[Track, ...]
    tags: tuple[tuple[str, str], ...]
    """Text items of `udta` and `meta` (QuickTime and iTunes style), key as stored, in file order."""
    fragments: tuple[int, ...]
    """Sequence numbers of the movie fragments (`mfhd`), file order; empty where the file has none."""
    leftovers: tuple[tuple[int, int], ...]
    """Byte ranges [start, end) at top level that belong to no box."""
    problems: tuple[str, ...]
    """What could not be read as the standard demands, each a sentence with its byte offset."""
    extended_types: tuple[str, ...] = ()
    """The 16 bytes that name each `uuid` box at top level, as 32 hexadecimal digits, file order."""
    xmp: str = ""
    """The XMP packet (ISO 16684-1) as text, at most 1 MiB; empty where the file has none."""

    def walk(self) -> Iterator[Box]:
        """Every box, file order, parents before children."""
        for box in self.boxes:
            yield from box.walk()
