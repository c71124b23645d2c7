"""Keeps the parameter sets of an HEVC stream in force while it is read, and records each change with its packet."""

from entirety.model.headers import ParameterSet
from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.h264.parameter_sets import RECORDED_MOST, UNIT_BYTES_KEPT
from entirety.read.headers.h264.sps import Facts
from entirety.read.headers.hevc.nal import PPS, SPS, VPS
from entirety.read.headers.hevc.pps import Pps, pps_number, read_pps
from entirety.read.headers.hevc.sps import Sps, read_sps, sps_number
from entirety.read.headers.hevc.vps import read_vps, vps_number

NAMES = {VPS: "vps", SPS: "sps", PPS: "pps"}


class ParameterSets:
    """The parameter sets in force, and a record of each change."""

    def __init__(self) -> None:
        self.sps: dict[int, Sps] = {}
        self.pps: dict[int, Pps] = {}
        self.latest: Sps | None = None
        self.recorded: list[ParameterSet] = []
        self._stored: dict[tuple[int, int], tuple[bytes, bool]] = {}

    def take(self, unit: bytes, row: int) -> bool:
        """Put a parameter set in force; False where it, or its usability information, could not be read.

        A set that could not be read is recorded, and the one before it stays in force: decoders do the same.
        """
        kind = unit[0] >> 1
        # The last byte of a unit is never 0 (clause 7.4.2.1): what stands there pads the packet.
        payload = unit[:UNIT_BYTES_KEPT].rstrip(b"\x00")
        number = _number(kind, payload)
        stored, readable = self._stored.get((kind, number), (b"", False))
        if stored == payload:
            return readable
        facts, readable = self._read(kind, payload)
        self._stored[kind, number] = (payload, readable)
        if len(self.recorded) >= RECORDED_MOST:
            return False
        self.recorded.append(ParameterSet(NAMES[kind], number, row, payload, facts))
        return readable

    def _read(self, kind: int, payload: bytes) -> tuple[Facts, bool]:
        try:
            if kind == VPS:
                return read_vps(payload), True
            if kind == PPS:
                pps = read_pps(payload)
                self.pps[pps.number] = pps
                return pps.facts, True
            sps = read_sps(payload)
        except Unreadable:
            return (), False
        self.sps[sps.number] = self.latest = sps
        return sps.facts, sps.vui_readable


def _number(kind: int, payload: bytes) -> int:
    """Return the number of a parameter set, -1 where not even that can be read."""
    try:
        return {VPS: vps_number, SPS: sps_number, PPS: pps_number}[kind](payload)
    except Unreadable:
        return -1
