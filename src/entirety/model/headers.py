"""What the headers inside a coded stream say, one row per coded picture or sound block, and the clocks that it carries.

Before every picture an encoder writes small headers: with which settings it runs, of which type the picture is, and running numbers
or a clock of its own. Within one recording they continue; where two recordings were joined they often do not.
Fields keep the names that the standard of their codec gives them. H.264 has columns of its own, in `model.h264`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

MISSING = -(2**31)
"""Stands in a column of `CodedHeaders` where the headers of that packet do not carry the field."""
BEFORE_FIRST_PACKET = -1
"""In place of a packet's row: the codec's header in the container."""
PAYLOAD_MOST = 4_096
"""Bytes kept of one set of settings: one has below 100 as a rule, a few hundred with scaling lists."""
TEXT_MOST = 2_000
"""Characters kept of one text."""


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """One set of settings as it occurs in the file: a parameter set of H.264 or HEVC, a sequence header, a table of quantisers."""

    kind: str
    """`sps`, `pps`, `vps`, `sequence`, `vol`, `dqt`, ...: the standard's name for it."""
    number: int
    """Its own number, such as seq_parameter_set_id; 0 where sets of this kind have none; -1 where it could not be read."""
    packet: int
    """Row of the packet that carries it, or BEFORE_FIRST_PACKET."""
    payload: bytes
    """As stored, without trailing zeros, at most PAYLOAD_MOST bytes."""
    facts: tuple[tuple[str, int], ...]
    """Decoded fields by their name in the standard, in a fixed order; empty where it could not be read."""


@dataclass(frozen=True, slots=True)
class EncoderNote:
    """Text that an encoder left in the stream."""

    packet: int
    """Row of the packet that carries it, or BEFORE_FIRST_PACKET."""
    uuid: str
    """32 hexadecimal digits for a note of H.264 or HEVC; for others what the standard calls the place: `user_data`, `COM`, `APP1`."""
    text: str
    """Printable beginning, at most TEXT_MOST characters; empty where it is no text."""


@dataclass(frozen=True, slots=True, eq=False)
class CodedHeaders:
    """Columns with one row per packet of the main video, decode order."""

    codec: str
    """The library's name, such as `hevc`."""
    kind: NDArray[np.int8]
    """Type of the picture, index into `model.clip.PICTURE_KINDS`; 0 where it could not be read."""
    entry: NDArray[np.bool_]
    """Decoding can begin at this packet, as its own headers say."""
    quantiser: NDArray[np.int16]
    """Of the first slice, tile or picture, in the unit of the codec; -1 where it could not be reached."""
    columns: Mapping[str, NDArray[np.int32]]
    """Further fields by their name in the standard (`pic_order_cnt`, `temporal_reference`, ...); MISSING where a packet has none."""
    parameter_sets: tuple[ParameterSet, ...]
    """Each distinct payload at its first occurrence, and again wherever the payload for that kind and number changes."""
    notes: tuple[EncoderNote, ...]
    """Each distinct text at its first occurrence and again wherever it changes."""
    unreadable: NDArray[np.int64]
    """Rows of packets whose headers could not be read."""

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True, slots=True, eq=False)
class SoundHeaders:
    """What the headers of one sound stream say, one row per packet."""

    stream: int
    codec: str
    samples: NDArray[np.int64]
    """Samples per channel that the packet holds by its own headers, at the rate that these state; -1 where they do not say."""
    rate: int
    """Samples a second that the headers state; 0 where they do not."""
    parameter_sets: tuple[ParameterSet, ...]
    """Settings at their first occurrence and wherever they change."""
    notes: tuple[EncoderNote, ...]
    unreadable: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.samples)


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedClock:
    """One clock that the footage carries beside its presentation times: a time code, a recording date, a satellite time."""

    source: str
    """Kebab-case: `tmcd`, `h264-pic-timing`, `hevc-time-code`, `mpeg2-group`, `avchd-date`, `dv-date`, `gpmf`, `nmea`, `camm`, ..."""
    stream: int
    packet: NDArray[np.int64]
    """Rows of `Clip.stored[stream]` that carry a reading, in file order."""
    stated: NDArray[np.int64]
    """What is read there, in units of `base`; of a day, or of any fixed beginning."""
    base: Fraction
    """Seconds per unit; also how finely the clock counts."""
    daily: bool
    """It starts anew after 24 hours, as time codes do."""

    def __len__(self) -> int:
        return len(self.packet)
