"""Keeps the parameter sets of an HEVC stream in force while it is read, and records each change with its packet."""

from entirety.model.headers import ParameterSet
from entirety.read.headers.h264.parameter_sets import Changes, Reading
from entirety.read.headers.h264.sps import Facts
from entirety.read.headers.hevc.nal import SPS, VPS
from entirety.read.headers.hevc.pps import Pps, pps_number, read_pps
from entirety.read.headers.hevc.sps import Sps, read_sps, sps_number
from entirety.read.headers.hevc.vps import read_vps, vps_number


class ParameterSets:
    """The parameter sets in force, and a record of each change."""

    def __init__(self) -> None:
        self.sps: dict[int, Sps] = {}
        self.pps: dict[int, Pps] = {}
        self.latest: Sps | None = None
        self._changes = Changes()

    @property
    def recorded(self) -> list[ParameterSet]:
        """Each change with its packet."""
        return self._changes.recorded

    def take(self, unit: bytes, row: int) -> bool:
        """Put a parameter set in force; False where it, or its usability information, could not be read.

        A set that could not be read is recorded, and the one before it stays in force: decoders do the same.
        """
        kind = unit[0] >> 1
        if kind == VPS:
            return self._changes.take(Reading("vps", vps_number, _read_vps), unit, row)
        if kind == SPS:
            return self._changes.take(Reading("sps", sps_number, self._read_sps), unit, row)
        return self._changes.take(Reading("pps", pps_number, self._read_pps), unit, row)

    def _read_sps(self, payload: bytes) -> tuple[Facts, bool]:
        sps = read_sps(payload)
        self.sps[sps.number] = self.latest = sps
        return sps.facts, sps.vui_readable

    def _read_pps(self, payload: bytes) -> tuple[Facts, bool]:
        pps = read_pps(payload)
        self.pps[pps.number] = pps
        return pps.facts, True


def _read_vps(payload: bytes) -> tuple[Facts, bool]:
    return read_vps(payload), True
