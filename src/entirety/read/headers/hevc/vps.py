"""Reads a video parameter set (VPS): what holds for all layers of a stream. Most cameras write little more here than in the SPS."""

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sps import Facts
from entirety.read.headers.hevc.nal import HEADER_BYTES
from entirety.read.headers.hevc.profile import LAYERS_MOST, read_profile

LAYER_SETS_MOST = 1024
"""vps_num_layer_sets_minus1 is 1,023 at most (clause 7.4.3.1)."""


def vps_number(unit: bytes) -> int:
    """Return vps_video_parameter_set_id of a VPS unit."""
    return Bits(unit[HEADER_BYTES : HEADER_BYTES + 1]).u(4)


def read_vps(unit: bytes) -> Facts:
    """Read a VPS unit, header bytes included (clause 7.3.2.1), as far as its clock; `Unreadable` where it breaks the standard."""
    bits = Bits(unescape(unit)[HEADER_BYTES:])
    number = bits.u(4)
    bits.u(2)  # vps_base_layer_internal_flag, vps_base_layer_available_flag
    layers, sub_layers, nesting = bits.u(6) + 1, bits.u(3) + 1, bits.flag()
    if sub_layers > LAYERS_MOST:
        raise Unreadable
    bits.u(16)  # vps_reserved_0xffff_16bits
    profile = read_profile(bits, sub_layers)
    for _ in range(sub_layers if bits.flag() else 1):
        for _ in range(3):
            bits.ue()
    highest = bits.u(6)
    for _ in range(bits.ue(LAYER_SETS_MOST - 1)):
        bits.u(highest + 1)
    timed = bits.flag()
    return tuple(
        {
            "vps_video_parameter_set_id": number,
            "vps_max_layers": layers,
            "vps_max_sub_layers": sub_layers,
            "vps_temporal_id_nesting_flag": nesting,
            **profile,
            "num_units_in_tick": bits.u(32) if timed else -1,
            "time_scale": bits.u(32) if timed else -1,
        }.items()
    )
