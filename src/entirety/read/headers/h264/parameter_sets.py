"""Keeps the parameter sets in force while a stream is read, and records each change with its packet."""

from entirety.model.headers import ParameterSet
from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.h264.nal import PPS, SPS
from entirety.read.headers.h264.pps import Pps, pps_number, read_pps
from entirety.read.headers.h264.sps import Facts, Sps, read_sps, sps_number

RECORDED_MOST = 20_000
"""Changes kept: at 4 KB each, 80 MB. An ordinary stream has below ten; a row whose change is not kept counts as unreadable."""
UNIT_BYTES_KEPT = 4_096
"""A parameter set has below 100 bytes as a rule; with scaling lists it has a few hundred."""


class ParameterSets:
    """The parameter sets in force, and a record of each change."""

    def __init__(self) -> None:
        self.sps: dict[int, Sps] = {}
        self.pps: dict[int, Pps] = {}
        self.recorded: list[ParameterSet] = []
        self._stored: dict[tuple[int, int], tuple[bytes, bool]] = {}

    def take(self, unit: bytes, row: int) -> bool:
        """Put a parameter set in force; False where it, or its usability information, could not be read.

        A set that could not be read is recorded, and the one before it stays in force: decoders do the same.
        """
        kind = unit[0] & 31
        # The last byte of a unit is never 0 (clause 7.4.1): what stands there pads the packet.
        payload = unit[:UNIT_BYTES_KEPT].rstrip(b"\x00")
        number = _number(kind, payload)
        stored, readable = self._stored.get((kind, number), (b"", False))
        if stored == payload:
            return readable
        facts, readable = self._read(kind, payload)
        self._stored[kind, number] = (payload, readable)
        if len(self.recorded) >= RECORDED_MOST:
            return False
        self.recorded.append(ParameterSet("sps" if kind == SPS else "pps", number, row, payload, facts))
        return readable

    def _read(self, kind: int, payload: bytes) -> tuple[Facts, bool]:
        try:
            if kind == PPS:
                pps = read_pps(payload, self.sps)
                self.pps[pps.number] = pps
                return pps.facts, True
            sps = read_sps(payload)
        except Unreadable:
            return (), False
        self.sps[sps.number] = sps
        return sps.facts, sps.vui_readable


def _number(kind: int, payload: bytes) -> int:
    """Return the number of a parameter set, -1 where not even that can be read."""
    try:
        return sps_number(payload) if kind == SPS else pps_number(payload)
    except Unreadable:
        return -1
