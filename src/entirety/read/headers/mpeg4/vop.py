"""Reads the header of one picture of MPEG-4 part 2 video: its type, its time and its quantiser (ISO/IEC 14496-2, 6.2.5)."""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.mpeg4.vol import GMC, Layer, marker

MOST_BYTES = 512
"""Read of one picture header. The seconds since the picture before take one bit each: this is enough for a pause of an hour."""
I, P, B, S = 0, 1, 2, 3  # noqa: E741 - the names of the standard
"""vop_coding_type (Table 6-23)."""
UNSET = -1


@dataclass(frozen=True, slots=True)
class Vop:
    """One picture header."""

    coding_type: int
    seconds: int
    """modulo_time_base, the ones counted: whole seconds since those of the picture before."""
    increment: int
    """vop_time_increment, ticks."""
    coded: bool
    quantiser: int
    """vop_quant; UNSET where it is not coded or could not be reached."""


def read_vop(data: bytes, layer: Layer | None) -> Vop:
    """Read what stands behind the start code; without its layer no more than the type can be read."""
    if not data:
        return Vop(UNSET, 0, UNSET, False, UNSET)
    coding_type = data[0] >> 6
    if layer is None:
        return Vop(coding_type, 0, UNSET, False, UNSET)
    # Nearly every picture is no whole second behind the one before: then its header fits into a few bytes.
    bits = Bits(data[:MOST_BYTES] if data[0] & 0x20 else data[:8])
    try:
        bits.u(2)
        seconds = 0
        while bits.flag():
            seconds += 1
        marker(bits)
        increment = bits.u(layer.time_bits)
        marker(bits)
        coded = bool(bits.flag())
    except Unreadable:
        return Vop(coding_type, 0, UNSET, False, UNSET)
    return Vop(coding_type, seconds, increment, coded, _quantiser(bits, coding_type, layer) if coded else UNSET)


def _quantiser(bits: Bits, coding_type: int, layer: Layer) -> int:
    """vop_quant; a picture with motion of its own as a whole has fields of unknown length before it."""
    if not layer.quant_bits or (coding_type == S and layer.sprite):
        return UNSET
    try:
        if coding_type == P or (coding_type == S and layer.sprite == GMC):
            bits.flag()  # vop_rounding_type
        if layer.reduced and coding_type in (I, P):
            bits.flag()
        bits.u(3 + 2 * layer.interlaced)  # intra_dc_vlc_thr, order and scan of fields
        return bits.u(layer.quant_bits)
    except Unreadable:
        return UNSET
