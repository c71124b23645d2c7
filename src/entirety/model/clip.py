"""Everything known about one clip, as plain facts: nothing here is an opinion, and no picture is kept.

A Clip is made once, from one reading of the file, and never changes. Checks look at it and at nothing else, so whoever holds the
same columns can repeat every check without the video.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entirety.model.container import Movie, Structure, Track
from entirety.model.further import Further
from entirety.model.h264 import H264Headers
from entirety.model.headers import CodedHeaders, EmbeddedClock, EncoderNote, ParameterSet, SoundHeaders
from entirety.model.looks import Looks
from entirety.model.provenance import Provenance
from entirety.model.second_reading import SecondReading

PICTURE_KINDS = "?IPBSipb"
"""Letters of `Frames.kind`: the decoder's picture types in the library's numbering (0 unknown, 1 I, 2 P, 3 B, 4 S, ...)."""


@dataclass(frozen=True, slots=True)
class Custody:
    """The file as it was handed over."""

    name: str
    """File name without its folder."""
    size: int
    """Bytes."""
    sha256: str
    modified: str
    """Time of last change that the file system states, ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream as the demultiplexer describes it."""

    index: int
    kind: str
    """`video`, `audio`, `data`, `subtitle`, `attachment`."""
    codec: str
    """The library's codec name, such as `h264`; `unknown` where it has none."""
    profile: str
    time_base: Fraction
    start: int
    """First presentation time in ticks; UNSET where not stated."""
    duration: int
    """Ticks; UNSET where not stated."""
    frames: int
    """Number of pictures or blocks the container declares; 0 where not stated."""
    width: int
    height: int
    pixel_format: str
    rotation: int
    """Clockwise degrees that a player turns the picture: 0, 90, 180, 270."""
    rate: Fraction | None
    """Frame rate the library guesses; a description, never a clock."""
    average_rate: Fraction | None
    sample_rate: int
    channels: int
    tags: tuple[tuple[str, str], ...]
    aspect: Fraction = Fraction(0)
    """Width of a picture element divided by its height; 0 where not stated."""


@dataclass(frozen=True)
class Packets:
    """The coded pictures or sound blocks of one stream, one row each, in file (decode) order."""

    pts: NDArray[np.int64]
    """Presentation time in ticks of the stream; UNSET where not stated."""
    dts: NDArray[np.int64]
    duration: NDArray[np.int64]
    size: NDArray[np.int64]
    position: NDArray[np.int64]
    """Byte offset in the file; -1 where the library does not know it."""
    key: NDArray[np.bool_]
    corrupt: NDArray[np.bool_]
    discard: NDArray[np.bool_]
    """The container asks to decode but not to show it."""
    sha256: NDArray[np.uint8]
    """Hash of the packet's bytes, n x 32; n = 0 in the pass where it is not computed."""

    def __len__(self) -> int:
        return len(self.pts)


@dataclass(frozen=True)
class Frames:
    """The pictures a player shows, one row each, in the order of showing. All measured columns come from one decode."""

    time_base: Fraction
    pts: NDArray[np.int64]
    """Ticks; UNSET where the decoder gives none."""
    duration: NDArray[np.int64]
    key: NDArray[np.bool_]
    kind: NDArray[np.int8]
    """Index into PICTURE_KINDS."""
    corrupt: NDArray[np.bool_]
    """The decoder says that parts of the picture are missing or concealed."""
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    """Pixels after the coded picture's own cropping and the container's clean aperture, as ffmpeg shows them; before any rotation."""
    format: NDArray[np.int16]
    """Index into `formats`."""
    formats: tuple[str, ...]
    interlaced: NDArray[np.bool_]
    size: NDArray[np.int64]
    """Bytes of the cropped planes that the hash covers."""
    sha256: NDArray[np.uint8]
    """n x 32: hash of the cropped planes, what `ffmpeg -f framehash -hash sha256` prints for the frame."""
    phash: NDArray[np.uint64]
    """Perceptual hash, equal to imagehash.phash of the 160 x 90 grey picture, first bit most significant."""
    dhash: NDArray[np.uint64]
    luma: NDArray[np.float32]
    """Mean of the grey picture, 0 to 255."""
    contrast: NDArray[np.float32]
    """Standard deviation of the grey picture."""
    difference: NDArray[np.float32]
    """Mean absolute difference to the frame before, grey levels; 0 in row 0."""
    residual: NDArray[np.float32]
    """What is left of the difference after motion is compensated and each block's mean removed: RMS per block, mean over blocks, grey levels of the 80 x 45 picture."""
    acceleration: NDArray[np.float32]
    """Change of the motion field against the frame before: mean of the eight largest blocks, pixels of the 160 x 90 picture per frame."""
    colour: NDArray[np.float32]
    """Mean absolute difference of the coarse colour picture to the frame before, levels."""
    renewal: NDArray[np.float32]
    """How much of the fine picture was made anew against the frame before: geometric mean over the middle 48 of 60 parts of the mean absolute
    difference at full resolution plus 0.05, grey levels; 0 where there was nothing to compare."""
    view: NDArray[np.uint16]
    """n x 144: mean brightness of each of 16 x 9 blocks, line by line, in 256ths of a grey level."""
    motion: NDArray[np.int8]
    """n x 144 x 2: motion (right, down) from the frame before to this one at the centre of each block, quarters of a sample of the
    160 x 90 picture, at most 31; 0 in row 0."""
    rest: NDArray[np.uint8]
    """n x 144: what `residual` is the mean of, per block, quarters of a grey level, at most 63."""
    looks: Looks

    def __len__(self) -> int:
        return len(self.pts)

    @cached_property
    def times(self) -> NDArray[np.float64]:
        """Presentation times in seconds for statistics only; NaN where unset. Reported times are exact: see `time`."""
        unset = self.pts == np.iinfo(np.int64).min
        return np.where(unset, np.nan, self.pts.astype(np.float64) * float(self.time_base))

    def time(self, row: int) -> Fraction | None:
        """Exact presentation time of one frame, None where the file does not state it."""
        ticks = int(self.pts[row])
        return None if ticks == np.iinfo(np.int64).min else ticks * self.time_base


@dataclass(frozen=True, slots=True)
class DecodeNote:
    """One complaint of the demultiplexer or decoder."""

    packet: int
    """Row in `Clip.shown` of the main video that was being decoded; -1 before the first."""
    frame: int
    """Number of frames that had come out before."""
    text: str
    """What was said, printable, at most 300 characters, without memory addresses."""


@dataclass(frozen=True)
class Clip:
    """One clip, read once."""

    custody: Custody
    container: str
    """The demultiplexer's name, such as `mov,mp4,m4a,3gp,3g2,mj2`."""
    duration: Fraction | None
    """What the container declares, seconds."""
    start: Fraction
    """The container's start time, seconds: what ffmpeg subtracts from every time it prints."""
    tags: tuple[tuple[str, str], ...]
    """File-level tags as the library reads them."""
    streams: tuple[Stream, ...]
    video: int
    """Index of the stream that was decoded: the first video stream that is not a cover picture."""
    movie: Movie | None
    """The container byte by byte; None for a container that is read through the library only."""
    stored: tuple[Packets, ...]
    """Per stream, edit lists ignored: everything the tables refer to."""
    shown: tuple[Packets, ...]
    """Per stream, edit lists applied: what a player that honours them reads."""
    headers: H264Headers | None
    """Rows match `stored[video]`; None where the video is not H.264."""
    frames: Frames
    log: tuple[DecodeNote, ...]
    decoder: str
    """Library and version that decoded, such as `libavcodec 62.11.100`."""
    structure: Structure | None = None
    """The outer structure byte by byte; None for a form that has no reader of its own here."""
    provenance: Provenance | None = None
    """The C2PA manifest; None where the file has no block for one."""
    further: Further | None = None
    """Pictures that the file holds besides the shown ones; None where nobody looked."""
    second: SecondReading | None = None
    """What a second program reads in the file; None where none was asked."""
    coded: CodedHeaders | None = None
    """Rows match `stored[video]`; None for H.264, which has `headers`, and for a codec that has no reader of its own here."""
    sounds: tuple[SoundHeaders, ...] = ()
    """Headers of the sound streams whose codec has a reader here; rows match `stored[sounds[k].stream]`."""
    clocks: tuple[EmbeddedClock, ...] = ()
    """Every clock found inside the footage, beside its presentation times."""

    @property
    def stream(self) -> Stream:
        """The video stream that was decoded."""
        return self.streams[self.video]

    @property
    def packets(self) -> Packets:
        """All stored packets of the main video, edit lists ignored."""
        return self.stored[self.video]

    @property
    def parameter_sets(self) -> tuple[ParameterSet, ...]:
        """Settings that the main video's own headers state, whatever its codec."""
        said = self.headers or self.coded
        return said.parameter_sets if said else ()

    @property
    def notes(self) -> tuple[EncoderNote, ...]:
        """Texts that encoders left in the main video, whatever its codec."""
        said = self.headers or self.coded
        return said.notes if said else ()

    @cached_property
    def track(self) -> Track | None:
        """The container's declaration of the main video; None where the container is not ISO-BMFF or has no such track."""
        tracks = [t for t in self.movie.tracks if t.handler == "vide"] if self.movie else []
        place = sum(s.kind == "video" for s in self.streams[: self.video])
        return tracks[place] if place < len(tracks) else None
