"""Reads the settings of MPEG-4 part 2 video: the video object layer (ISO/IEC 14496-2, 6.2.3).

They say how finely the pictures' own clock counts, which is what every picture header needs to be read at all.
"""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable

MOST_BYTES = 512
"""Read of one layer: two matrices of 64 and all other fields fit: 6.2.3."""
EXTENDED_PAR, RECTANGULAR, GREY = 15, 0, 3
STATIC, GMC = 1, 2
"""sprite_enable: a picture put together beforehand, and motion of the whole picture (Table 6-20)."""
STUDIO = (14, 15)
"""video_object_type_indication of the studio profiles, whose headers follow another grammar (Table 6-10)."""
ZIGZAG_END = 64


@dataclass(frozen=True, slots=True)
class Layer:
    """What a picture header needs of its layer."""

    facts: tuple[tuple[str, int], ...]
    resolution: int
    """vop_time_increment_resolution: ticks per second."""
    time_bits: int
    """Bits of vop_time_increment."""
    interlaced: bool
    sprite: int
    quant_bits: int
    """Bits of vop_quant; 0 where it cannot be reached because of fields that are not read here."""
    reduced: bool
    """A picture may say that it has reduced resolution, in one bit."""


def read_layer(data: bytes, verid: int) -> Layer | None:
    """Read what stands behind the start code; `verid` is that of the visual object. None where it is damaged or of the studio profiles."""
    facts: dict[str, int] = {}
    bits = Bits(data[:MOST_BYTES])
    try:
        return _layer(bits, facts, verid)
    except Unreadable:
        return None


def _layer(bits: Bits, facts: dict[str, int], verid: int) -> Layer | None:
    bits.flag()  # random_accessible_vol
    facts["video_object_type_indication"] = bits.u(8)
    if facts["video_object_type_indication"] in STUDIO:
        return None
    if bits.flag():
        verid = bits.u(4)
        bits.u(3)
    facts["video_object_layer_verid"] = verid
    resolution, time_bits = _clock(bits, facts)
    if not resolution:
        return None
    if facts["video_object_layer_shape"] != RECTANGULAR:
        return Layer(
            tuple(facts.items()), resolution, time_bits, interlaced=False, sprite=0, quant_bits=0, reduced=False
        )
    _size(bits, facts)
    facts["interlaced"] = bits.flag()
    bits.flag()  # obmc_disable
    sprite = bits.flag() if verid == 1 else bits.u(2)
    facts["sprite_enable"] = sprite
    if sprite in (STATIC, GMC):
        _sprite(bits, sprite)
    quant_bits = 5
    if bits.flag():  # not_8_bit
        quant_bits = bits.u(4)
        facts["bits_per_pixel"] = bits.u(4)
    _matrices(bits, facts)
    if verid != 1:
        facts["quarter_sample"] = bits.flag()
    quant_bits, reduced = _rest(bits, facts, verid, quant_bits)
    interlaced = bool(facts["interlaced"])
    return Layer(tuple(facts.items()), resolution, time_bits, interlaced, sprite, quant_bits, reduced)


def _clock(bits: Bits, facts: dict[str, int]) -> tuple[int, int]:
    """Fields from the aspect ratio to the clock; returns its ticks per second, and the bits that a time within a second has."""
    facts["aspect_ratio_info"] = bits.u(4)
    if facts["aspect_ratio_info"] == EXTENDED_PAR:
        facts["par_width"], facts["par_height"] = bits.u(8), bits.u(8)
    if bits.flag():
        _control(bits, facts)
    shape = bits.u(2)
    facts["video_object_layer_shape"] = shape
    if shape == GREY and facts["video_object_layer_verid"] != 1:
        bits.u(4)
    marker(bits)
    resolution = bits.u(16)
    marker(bits)
    facts["vop_time_increment_resolution"] = resolution
    time_bits = max(1, (resolution - 1).bit_length())
    facts["fixed_vop_rate"] = bits.flag()
    if facts["fixed_vop_rate"]:
        facts["fixed_vop_time_increment"] = bits.u(time_bits)
    return resolution, time_bits


def marker(bits: Bits) -> None:
    """A bit that is always 1, so that no start code comes about by chance."""
    if not bits.flag():
        raise Unreadable


def _control(bits: Bits, facts: dict[str, int]) -> None:
    """vol_control_parameters."""
    bits.u(2)
    facts["low_delay"] = bits.flag()
    if bits.flag():
        facts["bit_rate"] = _halves(bits, 15, 15)
        facts["vbv_buffer_size"] = _halves(bits, 15, 3)
        _halves(bits, 11, 15)


def _halves(bits: Bits, first: int, latter: int) -> int:
    """A number in two parts; a marker bit follows the first, and another the second but for the size of the buffer."""
    number = bits.u(first)
    marker(bits)
    number = number << latter | bits.u(latter)
    if latter == 15:
        marker(bits)
    return number


def _size(bits: Bits, facts: dict[str, int]) -> None:
    marker(bits)
    facts["width"] = bits.u(13)
    marker(bits)
    facts["height"] = bits.u(13)
    marker(bits)


def _sprite(bits: Bits, sprite: int) -> None:
    if sprite == STATIC:
        for _ in range(4):
            bits.u(13)
            marker(bits)
    bits.u(9)  # number of warping points, accuracy, brightness change
    if sprite == STATIC:
        bits.flag()


def _matrices(bits: Bits, facts: dict[str, int]) -> None:
    """quant_type, and matrices of its own in zigzag order, each ended by a zero where it is short."""
    facts["quant_type"] = bits.flag()
    if not facts["quant_type"]:
        return
    for name in ("load_intra_quant_mat", "load_nonintra_quant_mat"):
        facts[name] = bits.flag()
        if facts[name]:
            for _ in range(ZIGZAG_END):
                if not bits.u(8):
                    break


def _rest(bits: Bits, facts: dict[str, int], verid: int, quant_bits: int) -> tuple[int, bool]:
    """From complexity_estimation_disable on; what is not read here hides the quantiser of the pictures."""
    if not bits.flag():
        return 0, False
    facts["resync_marker_disable"] = bits.flag()
    facts["data_partitioned"] = bits.flag()
    if facts["data_partitioned"]:
        bits.flag()
    if verid == 1:
        return quant_bits, False
    if bits.flag():  # newpred_enable
        quant_bits = 0
        bits.u(3)
    return quant_bits, bool(bits.flag())
