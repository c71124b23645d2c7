"""Reads the clocks of data and subtitle streams: every packet is offered to each form that its content can have.

The container seldom says what a data stream holds, so the content decides; each form is told by its first bytes or by its pattern.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from entirety.model.headers import EmbeddedClock
from entirety.read.clocks import camm, gpmf, klv, text
from entirety.read.clocks.readings import Readings


@dataclass(frozen=True, slots=True)
class Form:
    """One form in which a packet may state a time."""

    source: str
    base: Fraction
    daily: bool
    read: Callable[[bytes], int | None]
    """The time in units of `base`; None where the packet states none in this form. Raises nothing, whatever the bytes."""


FORMS = (
    Form(gpmf.SOURCE, gpmf.BASE, daily=False, read=gpmf.read),
    Form(camm.SOURCE, camm.BASE, daily=False, read=camm.read),
    Form(klv.SOURCE, klv.BASE, daily=False, read=klv.read),
    Form("id3", text.BASE, daily=False, read=text.id3),
    Form("nmea", text.BASE, daily=True, read=text.nmea),
    Form("subtitle-date", text.BASE, daily=False, read=text.subtitle),
)


class PacketClock:
    """Reads the packets of one data or subtitle stream."""

    def __init__(self) -> None:
        self._row = 0
        self._read = tuple((form, Readings()) for form in FORMS)

    def add(self, packet: bytes) -> None:
        """Read one packet; whatever its bytes, it raises nothing."""
        for form, readings in self._read:
            stated = form.read(packet)
            if stated is not None:
                readings.take(self._row, stated)
                break
        self._row += 1

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:
        """One clock for each form in which the packets state a time."""
        return tuple(
            readings.clock(form.source, stream, form.base, daily=form.daily)
            for form, readings in self._read
            if len(readings)
        )
