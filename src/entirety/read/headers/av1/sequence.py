"""Reads an AV1 sequence header: the settings that one encoder run writes once for all its pictures (clause 5.5)."""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable

CHOSEN_PER_PICTURE = 2
"""Value of seq_force_screen_content_tools and seq_force_integer_mv that leaves the choice to each picture (3, constants)."""
READ_BYTES = 1_024
"""A header with all 32 operating points written out stays below 800 bytes."""
SRGB = (1, 13, 0)
"""BT.709 primaries, sRGB transfer, identity matrix: pictures in red, green and blue (6.4.2)."""


@dataclass(frozen=True, slots=True)
class Model:
    """Lengths of the fields of the decoder model in picture headers."""

    removal_bits: int
    presentation_bits: int
    equal_picture_interval: int
    points: tuple[tuple[int, bool], ...]
    """Of each operating point its layers (operating_point_idc), and whether pictures state a removal time for it."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """What a picture header needs of its sequence header, and all facts."""

    reduced: int
    id_bits: int
    """0 where pictures have no current_frame_id."""
    delta_id_bits: int
    order_hint_bits: int
    width_bits: int
    height_bits: int
    width: int
    height: int
    large_superblocks: int
    screen_content: int
    integer_mv: int
    ref_frame_mvs: int
    superres: int
    model: Model | None
    rate: tuple[int, int]
    """Pictures in so many seconds, as numerator and denominator, where the interval is equal; (0, 0) where not stated."""
    facts: tuple[tuple[str, int], ...]


def read_sequence(data: bytes) -> Sequence:
    """Read the content of a sequence header unit; `Unreadable` where it breaks the specification."""
    bits = Bits(data[:READ_BYTES])
    profile = bits.u(3)
    if profile > 2:
        raise Unreadable
    still, reduced = bits.flag(), bits.flag()
    timing, model = {"num_units_in_display_tick": -1, "time_scale": -1, "equal_picture_interval": -1}, None
    ticks, level, points = 1, 0, 1
    if reduced:
        level = bits.u(5)
    else:
        if bits.flag():
            timing["num_units_in_display_tick"], timing["time_scale"] = bits.u(32), bits.u(32)
            timing["equal_picture_interval"] = bits.flag()
            ticks = bits.ue() + 1 if timing["equal_picture_interval"] else 1
            model = _model(bits, timing["equal_picture_interval"]) if bits.flag() else None
        level, points, model = _points(bits, model)
    width_bits, height_bits = bits.u(4) + 1, bits.u(4) + 1
    width, height = bits.u(width_bits) + 1, bits.u(height_bits) + 1
    delta_id_bits = id_bits = 0
    if not reduced and bits.flag():
        delta_id_bits = bits.u(4) + 2
        id_bits = bits.u(3) + delta_id_bits + 1
    large = bits.flag()
    bits.u(2)  # enable_filter_intra, enable_intra_edge_filter
    tools = _tools(bits) if not reduced else (0, 0, CHOSEN_PER_PICTURE, CHOSEN_PER_PICTURE)
    order_hint_bits, ref_frame_mvs, screen_content, integer_mv = tools
    superres = bits.flag()
    bits.u(2)  # enable_cdef, enable_restoration
    colour = _colour(bits, profile)
    equal = timing["equal_picture_interval"] == 1
    rate = (timing["time_scale"], timing["num_units_in_display_tick"] * ticks) if equal else (0, 0)
    facts = {
        "seq_profile": profile,
        "still_picture": still,
        "reduced_still_picture_header": reduced,
        **timing,
        "operating_points_cnt": points,
        "seq_level_idx": level,
        "width": width,
        "height": height,
        "frame_id_numbers_present_flag": int(id_bits > 0),
        "OrderHintBits": order_hint_bits,
        **colour,
        "film_grain_params_present": bits.flag(),
    }
    # A bit of 1 and zeros end the unit (trailing_bits, 5.3.4): damage that reads as settings does not end so.
    if bits.more_rbsp_data() or not bits.flag():
        raise Unreadable
    return Sequence(
        reduced, id_bits, delta_id_bits, order_hint_bits, width_bits, height_bits, width, height, large,
        screen_content, integer_mv, ref_frame_mvs, superres, model, rate, tuple(facts.items()),
    )  # fmt: skip


def _model(bits: Bits, equal: int) -> Model:
    """decoder_model_info (5.5.4); the length of the operating parameters is kept where the points are kept later."""
    length = bits.u(5) + 1
    bits.u(32)  # num_units_in_decoding_tick
    return Model(bits.u(5) + 1, bits.u(5) + 1, equal, ((length, False),))


def _points(bits: Bits, model: Model | None) -> tuple[int, int, Model | None]:
    """Level of the first operating point, their number, and the model with all of them."""
    display_delay, count, first = bits.flag(), bits.u(5) + 1, 0
    found = []
    for k in range(count):
        layers, level = bits.u(12), bits.u(5)
        first = first if k else level
        if level > 7:
            bits.flag()  # seq_tier
        present = bool(bits.flag()) if model else False
        if model and present:
            bits.u(2 * model.points[0][0] + 1)  # decoder_buffer_delay, encoder_buffer_delay, low_delay_mode_flag
        if display_delay and bits.flag():
            bits.u(4)
        found.append((layers, present))
    if model is None:
        return first, count, None
    whole = Model(model.removal_bits, model.presentation_bits, model.equal_picture_interval, tuple(found))
    return first, count, whole


def _tools(bits: Bits) -> tuple[int, int, int, int]:
    """OrderHintBits, enable_ref_frame_mvs, and the two choices for screen content."""
    bits.u(4)  # interintra, masked, warped motion, dual filter
    order, ref_frame_mvs, hint_bits = bits.flag(), 0, 0
    if order:
        bits.flag()  # enable_jnt_comp
        ref_frame_mvs = bits.flag()
    screen = CHOSEN_PER_PICTURE if bits.flag() else bits.flag()
    integer = CHOSEN_PER_PICTURE
    if screen:
        integer = CHOSEN_PER_PICTURE if bits.flag() else bits.flag()
    if order:
        hint_bits = bits.u(3) + 1
    return hint_bits, ref_frame_mvs, screen, integer


def _colour(bits: Bits, profile: int) -> dict[str, int]:
    """color_config (5.5.2)."""
    high = bits.flag()
    depth = (12 if bits.flag() else 10) if profile == 2 and high else 10 if high else 8
    mono = 0 if profile == 1 else bits.flag()
    primaries, transfer, matrix = (bits.u(8), bits.u(8), bits.u(8)) if bits.flag() else (2, 2, 2)
    horizontal, vertical, position, full = 1, 1, -1, 1
    if mono:
        full = bits.flag()
    elif (primaries, transfer, matrix) == SRGB:
        horizontal = vertical = 0
    else:
        full = bits.flag()
        if profile == 1:
            horizontal = vertical = 0
        elif profile == 2:
            horizontal = bits.flag() if depth == 12 else 1
            vertical = bits.flag() if depth == 12 and horizontal else 0
        if horizontal and vertical:
            position = bits.u(2)
    if not mono:
        bits.flag()  # separate_uv_delta_q
    return {
        "BitDepth": depth,
        "mono_chrome": mono,
        "color_primaries": primaries,
        "transfer_characteristics": transfer,
        "matrix_coefficients": matrix,
        "color_range": full,
        "subsampling_x": horizontal,
        "subsampling_y": vertical,
        "chroma_sample_position": position,
    }
