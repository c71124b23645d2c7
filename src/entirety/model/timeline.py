"""Signals of a whole clip, thinned so that they can be drawn on one axis from left to right."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock inside the footage against the presentation times, thinned for drawing."""

    source: str
    """As in `model.headers.EmbeddedClock`."""
    times: tuple[float, ...]
    """Presentation times of its readings, seconds from the first shown frame, rising."""
    ahead: tuple[float, ...]
    """How far it has moved against the presentation clock since its first reading, seconds."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Signals of the whole clip, thinned for drawing; one value per bin."""

    bins: int
    origin: Fraction
    """Presentation time of the first shown frame, seconds: where the drawing begins."""
    duration: Fraction
    keys: tuple[float, ...]
    """Times of key frames in seconds, at most 2,000."""
    packet_bytes: tuple[float, ...]
    """Largest packet in each bin."""
    change: tuple[float, ...]
    """Largest motion-compensated residual in each bin."""
    luma: tuple[float, ...]
    kinds: tuple[tuple[str, tuple[float, ...]], ...] = ()
    """Letter of a picture type (I, P, B) and its largest packet in each bin; empty where no types are known."""
    quantiser: tuple[float, ...] = ()
    """Median quantiser in each bin, of the most frequent type of picture, in the unit of the codec; -1 in a bin without any; empty where none is known."""
    steps: tuple[float, ...] = ()
    """In each bin the step between shown frames that departs most from the usual one, seconds; 0 where no step ends; empty where times are not known."""
    usual_step: float = 0.0
    """Median step between shown frames, seconds; 0 where times are not known."""
    clocks: tuple[ClockLine, ...] = ()
    """Clocks inside the footage, at most three."""
    sound: tuple[float, ...] = ()
    """Loudest block of decoded sound in each bin, decibels: 0 is the most that a sample can hold, -90 is silence or no sound; empty where no sound can be decoded."""
