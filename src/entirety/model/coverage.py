"""Which parts of a recording are in a clip: the pieces, what the clip leaves out, and what it holds of something else."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from entirety.model.clip import Custody


class Layer(Enum):
    """What two files were found to have in common, cheapest and strictest first."""

    PACKETS = "packets"
    """The coded pictures are equal byte for byte."""
    FRAMES = "frames"
    """The decoded pictures are equal sample for sample."""
    PICTURES = "pictures"
    """The pictures look alike, and change alike over time."""


class SoundMatch(Enum):
    """How the sound of a piece compares with that of the recording at the same place."""

    SAME = "same"
    OTHER = "other"
    """Both have sound there, and it is not the same."""
    REMOVED = "removed"
    """The recording has sound there, the clip has none."""
    ADDED = "added"
    """The clip has sound there, the recording has none."""
    SILENT = "silent"
    """Neither has sound there that could be held against the other."""
    NOT_COMPARED = "not compared"
    """The piece runs at another speed or backwards, or is too short."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the clip that shows one stretch of a recording without a break. All ranges are half open: [first, end)."""

    source: int
    """Which recording: index into `Coverage.sources`."""
    clip_first: int
    """Shown picture of the clip, from 0."""
    clip_end: int
    source_first: int
    """Lowest picture of the recording that is shown, whichever way it runs."""
    source_end: int
    clip_span: tuple[Fraction, Fraction]
    """Seconds from the clip's start: [appearing of the first picture, end of the last)."""
    source_span: tuple[Fraction, Fraction]
    """Seconds from the recording's start."""
    speed: Fraction
    """Seconds of the recording in one second of the clip; above 0, 1 where it runs as recorded."""
    reversed: bool
    """It runs backwards."""
    mirrored: bool
    matched_by: Layer
    uncertainty: int
    """Pictures of the clip by which either end may lie elsewhere; 0 where the layer is exact."""
    sound: SoundMatch = SoundMatch.NOT_COMPARED
    packets: int = 0
    """How many of its pictures are equal as coded, byte for byte; in a piece matched by packets, all."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch of a recording that is nowhere in the clip."""

    source: int
    span: tuple[Fraction, Fraction]
    """Seconds from the recording's start."""
    first: int
    """Pictures [first, end) of the recording."""
    end: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch of the clip that was found in none of the recordings."""

    span: tuple[Fraction, Fraction]
    """Seconds from the clip's start."""
    first: int
    """Pictures [first, end) of the clip."""
    end: int
    still: bool
    """Nothing moves there and no picture is like it: a standing or empty picture can be placed nowhere."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file that was compared."""

    custody: Custody
    frames: int
    length: Fraction
    """Seconds that a player shows."""
    codec: str
    width: int
    height: int
    sound: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clip held against one or more recordings. Pieces lie in the order of the clip and do not overlap there."""

    clip: Recording
    sources: tuple[Recording, ...]
    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]
    """By recording, then by time; a recording of which the clip holds nothing is missing whole."""
    foreign: tuple[Foreign, ...]
