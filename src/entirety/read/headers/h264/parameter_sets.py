"""Keeps the parameter sets in force while a stream is read, and records each change with its packet."""

from collections.abc import Callable
from dataclasses import dataclass

from entirety.model.headers import PAYLOAD_MOST, ParameterSet
from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.h264.nal import SPS
from entirety.read.headers.h264.pps import Pps, pps_number, read_pps
from entirety.read.headers.h264.sps import Facts, Sps, read_sps, sps_number

RECORDED_MOST = 20_000
"""Changes kept: at 4 KB each, 80 MB. An ordinary stream has below ten; a row whose change is not kept counts as unreadable."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How parameter sets of one kind are read; each function raises `Unreadable` where the standard is broken."""

    kind: str
    number: Callable[[bytes], int]
    read: Callable[[bytes], tuple[Facts, bool]]
    """Puts the set in force; its facts, and whether its usability information could be read as well."""


class Changes:
    """The last payload of each kind and number, and a record of each change."""

    def __init__(self) -> None:
        self.recorded: list[ParameterSet] = []
        self._stored: dict[tuple[str, int], tuple[bytes, bool]] = {}

    def take(self, reading: Reading, unit: bytes, row: int) -> bool:
        """Read a parameter set where it differs from the last one; False where it could not be read in full, or the record is full."""
        # The last byte of a unit is never 0 (H.264, 7.4.1; H.265, 7.4.2.1): what stands there pads the packet.
        payload = unit[:PAYLOAD_MOST].rstrip(b"\x00")
        try:
            number = reading.number(payload)
        except Unreadable:
            number = -1
        stored, readable = self._stored.get((reading.kind, number), (b"", False))
        if stored == payload:
            return readable
        try:
            facts, readable = reading.read(payload)
        except Unreadable:
            facts, readable = (), False
        self._stored[reading.kind, number] = (payload, readable)
        if len(self.recorded) >= RECORDED_MOST:
            return False
        self.recorded.append(ParameterSet(reading.kind, number, row, payload, facts))
        return readable


class ParameterSets:
    """The parameter sets in force, and a record of each change."""

    def __init__(self) -> None:
        self.sps: dict[int, Sps] = {}
        self.pps: dict[int, Pps] = {}
        self._changes = Changes()

    @property
    def recorded(self) -> list[ParameterSet]:
        """Each change with its packet."""
        return self._changes.recorded

    def take(self, unit: bytes, row: int) -> bool:
        """Put a parameter set in force; False where it, or its usability information, could not be read.

        A set that could not be read is recorded, and the one before it stays in force: decoders do the same.
        """
        if unit[0] & 31 == SPS:
            return self._changes.take(Reading("sps", sps_number, self._read_sps), unit, row)
        return self._changes.take(Reading("pps", pps_number, self._read_pps), unit, row)

    def _read_sps(self, payload: bytes) -> tuple[Facts, bool]:
        sps = read_sps(payload)
        self.sps[sps.number] = sps
        return sps.facts, sps.vui_readable

    def _read_pps(self, payload: bytes) -> tuple[Facts, bool]:
        pps = read_pps(payload, self.sps)
        self.pps[pps.number] = pps
        return pps.facts, True
