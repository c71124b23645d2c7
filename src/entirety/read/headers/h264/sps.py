"""Reads a sequence parameter set (SPS): the settings that one encoder run writes once for all its pictures.

Two recordings by different devices, or by one device with different settings, as a rule differ here.
"""

from dataclasses import dataclass, fields

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.vui import NO_DELAYS, VUI_ABSENT, DelayLengths, read_vui

Facts = tuple[tuple[str, int], ...]

HIGH_PROFILES = frozenset((100, 110, 122, 244, 44, 83, 86, 118, 128, 134, 135, 138, 139))
"""profile_idc whose SPS carries chroma format, bit depths and scaling lists (clause 7.3.2.1.1)."""
SIDE_MOST_MBS = 4096
"""65,536 pixels; level 6.2 ends at 16,896 (Table A-1: 139,264 macroblocks, a side at most sqrt(8 x that))."""
READ_BYTES = 4096
"""An SPS with every scaling list, offset and buffer written out at full length stays below this."""


@dataclass(frozen=True, slots=True)
class ColourFormat:
    """Colour and bit depth; an SPS without these fields is 4:2:0 at 8 bits."""

    chroma_format_idc: int = 1
    separate_colour_plane_flag: int = 0
    bit_depth_luma: int = 8
    bit_depth_chroma: int = 8

    @property
    def chroma_array_type(self) -> int:
        """0 where there is no chroma, or each colour is coded as a picture of its own (clause 7.4.2.1.1)."""
        return 0 if self.separate_colour_plane_flag else self.chroma_format_idc


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """How pictures are numbered for display (pic_order_cnt)."""

    pic_order_cnt_type: int
    log2_max_pic_order_cnt_lsb: int = -1
    delta_pic_order_always_zero_flag: int = 0


@dataclass(frozen=True, slots=True)
class _Size:
    """Size of the shown picture in pixels, and whether fields may occur."""

    width: int
    height: int
    frame_mbs_only_flag: int
    mb_adaptive_frame_field_flag: int


@dataclass(frozen=True, slots=True)
class Sps:
    """What a slice header needs of its sequence parameter set, and all facts."""

    number: int
    frame_num_bits: int
    colour: ColourFormat
    order: PictureOrder
    frame_mbs_only_flag: int
    vui_readable: bool
    delays: DelayLengths
    clock_tick: tuple[int, int]
    """num_units_in_tick and time_scale; not above 0 where absent."""
    pic_struct_present_flag: int
    facts: Facts


def sps_number(unit: bytes) -> int:
    """Return seq_parameter_set_id of an SPS unit."""
    bits = Bits(unescape(unit[4:24]))
    return bits.ue(31)


def read_sps(unit: bytes) -> Sps:
    """Read an SPS unit, header byte included (clause 7.3.2.1.1); `Unreadable` where it breaks the standard."""
    bits = Bits(unescape(unit[:READ_BYTES])[1:])
    profile, constraints, level, number = bits.u(8), bits.u(8), bits.u(8), bits.ue(31)
    colour = _format(bits) if profile in HIGH_PROFILES else ColourFormat()
    frame_num_bits = 4 + bits.ue(12)
    order = _order(bits)
    ref_frames = bits.ue(16)
    gaps_allowed = bits.flag()
    size = _size(bits, colour.chroma_array_type)
    vui, delays, vui_readable = read_vui(bits) if bits.flag() else (VUI_ABSENT, NO_DELAYS, True)
    facts = {
        "profile_idc": profile,
        "constraint_flags": constraints,
        "level_idc": level,
        "seq_parameter_set_id": number,
        **_fields(colour),
        "log2_max_frame_num": frame_num_bits,
        **_fields(order),
        "max_num_ref_frames": ref_frames,
        "gaps_in_frame_num_value_allowed_flag": gaps_allowed,
        **_fields(size),
        **vui,
    }
    return Sps(
        number=number,
        frame_num_bits=frame_num_bits,
        colour=colour,
        order=order,
        frame_mbs_only_flag=size.frame_mbs_only_flag,
        vui_readable=vui_readable,
        delays=delays,
        clock_tick=(vui["num_units_in_tick"], vui["time_scale"]),
        pic_struct_present_flag=vui["pic_struct_present_flag"],
        facts=tuple(facts.items()),
    )


def _fields(part: ColourFormat | PictureOrder | _Size) -> dict[str, int]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


def _format(bits: Bits) -> ColourFormat:
    chroma_format_idc = bits.ue(3)
    separate = bits.flag() if chroma_format_idc == 3 else 0
    luma, chroma = 8 + bits.ue(6), 8 + bits.ue(6)
    bits.flag()  # qpprime_y_zero_transform_bypass_flag
    if bits.flag():
        skip_scaling_lists(bits, 12 if chroma_format_idc == 3 else 8)
    return ColourFormat(chroma_format_idc, separate, luma, chroma)


def skip_scaling_lists(bits: Bits, count: int) -> None:
    """Step over the scaling lists that are present among `count`: six of 16 numbers, then some of 64."""
    for index in range(count):
        if bits.flag():
            _skip_scaling_list(bits, 16 if index < 6 else 64)


def _skip_scaling_list(bits: Bits, size: int) -> None:
    """Step over one list (clause 7.3.2.1.1.1): a next scale of 0 ends it early."""
    scale = 8
    for _ in range(size):
        scale = (scale + bits.se(128)) % 256
        if scale == 0:
            return


def _order(bits: Bits) -> PictureOrder:
    kind = bits.ue(2)
    if kind == 0:
        return PictureOrder(kind, 4 + bits.ue(12))
    if kind == 2:
        return PictureOrder(kind)
    always_zero = bits.flag()
    bits.se()  # offset_for_non_ref_pic
    bits.se()  # offset_for_top_to_bottom_field
    for _ in range(bits.ue(255)):
        bits.se()
    return PictureOrder(kind, delta_pic_order_always_zero_flag=always_zero)


def _size(bits: Bits, chroma_array_type: int) -> _Size:
    """Read the size and its cropping, in the units of Table 6-1 and clause 7.4.2.1.1."""
    width_mbs, map_units = bits.ue(SIDE_MOST_MBS - 1) + 1, bits.ue(SIDE_MOST_MBS - 1) + 1
    frame_mbs_only = bits.flag()
    adaptive = 0 if frame_mbs_only else bits.flag()
    bits.flag()  # direct_8x8_inference_flag
    left, right, top, bottom = (bits.ue() for _ in range(4)) if bits.flag() else (0, 0, 0, 0)
    step_x = 2 if chroma_array_type in (1, 2) else 1
    step_y = (2 if chroma_array_type == 1 else 1) * (2 - frame_mbs_only)
    width = 16 * width_mbs - step_x * (left + right)
    height = 16 * map_units * (2 - frame_mbs_only) - step_y * (top + bottom)
    if width <= 0 or height <= 0:
        raise Unreadable
    return _Size(width, height, frame_mbs_only, adaptive)
