"""Reads one AV1 picture header as far as its quantiser (uncompressed_header, clause 5.9.2)."""

from collections.abc import Sequence as Rows
from dataclasses import dataclass

from entirety.model.headers import MISSING
from entirety.read.headers.av1.sequence import CHOSEN_PER_PICTURE, Model, Sequence
from entirety.read.headers.av1.tiles import skip_tiles
from entirety.read.headers.h264.bits import Bits, Unreadable

SLOTS, ALL, REFERENCES = 8, 255, 7
KEY, INTER, INTRA_ONLY, SWITCH = 0, 1, 2, 3
SUPERRES_NUMERATOR = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """A stored picture that later ones are coded from, or that is shown later."""

    kind: int = MISSING
    order_hint: int = MISSING
    width: int = MISSING
    height: int = MISSING
    quantiser: int = -1


@dataclass(slots=True)
class Frame:
    """Fields of one picture header; MISSING or -1 where absent or not reached."""

    kind: int = KEY
    show_existing: int = 0
    shown: int = 1
    error_resilient: int = 1
    order_hint: int = MISSING
    refresh: int = 0
    references: int = 0
    """Bit k: it is coded from, or shows, slot k."""
    width: int = MISSING
    height: int = MISSING
    quantiser: int = -1
    readable: bool = False

    @property
    def intra(self) -> bool:
        """It is coded from no other picture."""
        return self.kind in (KEY, INTRA_ONLY)


def read_frame(data: bytes, sequence: Sequence, slots: Rows[Slot], layers: int) -> Frame | None:
    """Read the header at the beginning of `data`; what follows a break stays as it is, and None where not even the type can be read.

    `layers` is the extension byte of the unit: temporal layer in the upper three bits, spatial layer in the two below.
    """
    bits, frame = Bits(data), Frame()
    try:
        if not sequence.reduced:
            if bits.flag():
                return _existing(frame, bits.u(3), slots)
            frame.kind, frame.shown = bits.u(2), bits.flag()
    except Unreadable:
        return None
    try:
        screen = _numbers(bits, frame, sequence, layers)
        columns = _references(bits, frame, sequence, slots, screen=screen)
        if columns is not None:
            skip_tiles(bits, columns, frame.height, large=sequence.large_superblocks)
            frame.quantiser = bits.u(8)
        frame.readable = True
    except Unreadable:
        pass
    return frame


def _existing(frame: Frame, index: int, slots: Rows[Slot]) -> Frame:
    """show_existing_frame: a stored picture is shown; a key picture then fills every slot (7.21)."""
    stored = slots[index]
    frame.kind = KEY if stored.kind == KEY else INTER
    frame.show_existing, frame.references, frame.readable = 1, 1 << index, True
    frame.refresh = ALL if stored.kind == KEY else 0
    frame.order_hint, frame.quantiser = stored.order_hint, stored.quantiser
    frame.width, frame.height = stored.width, stored.height
    return frame


def _numbers(bits: Bits, frame: Frame, sequence: Sequence, layers: int) -> tuple[int, int, int]:
    """From the times to refresh_frame_flags; returns disable_cdf_update, allow_screen_content_tools and force_integer_mv."""
    model = sequence.model
    if not sequence.reduced:
        if frame.shown and model and not model.equal_picture_interval:
            bits.u(model.presentation_bits)
        if not frame.shown:
            bits.flag()  # showable_frame
        if frame.kind != SWITCH and not (frame.kind == KEY and frame.shown):
            frame.error_resilient = bits.flag()
    frozen = bits.flag()  # disable_cdf_update
    screen = bits.flag() if sequence.screen_content == CHOSEN_PER_PICTURE else sequence.screen_content
    integer = 0
    if screen:
        integer = bits.flag() if sequence.integer_mv == CHOSEN_PER_PICTURE else sequence.integer_mv
    bits.u(sequence.id_bits)
    own_size = 1 if frame.kind == SWITCH else 0 if sequence.reduced else bits.flag()
    frame.order_hint = bits.u(sequence.order_hint_bits) if sequence.order_hint_bits else MISSING
    if not frame.intra and not frame.error_resilient:
        bits.u(3)  # primary_ref_frame
    if model and bits.flag():  # buffer_removal_time_present_flag
        _skip_removal_times(bits, model, layers)
    every = frame.kind == SWITCH or (frame.kind == KEY and frame.shown)
    frame.refresh = ALL if every else bits.u(8)
    if (not frame.intra or frame.refresh != ALL) and frame.error_resilient and sequence.order_hint_bits:
        bits.u(SLOTS * sequence.order_hint_bits)
    return frozen, screen | own_size << 1, integer


def _skip_removal_times(bits: Bits, model: Model, layers: int) -> None:
    """Step over the times of those operating points that the unit's layers belong to."""
    for point, present in model.points:
        inside = point >> (layers >> 5) & 1 and point >> ((layers >> 3 & 3) + 8) & 1
        if present and (not point or inside):
            bits.u(model.removal_bits)


def _references(
    bits: Bits, frame: Frame, sequence: Sequence, slots: Rows[Slot], *, screen: tuple[int, int, int]
) -> int | None:
    """From the size to the contexts; returns the coded width, or None where it hangs on slots that the header does not name."""
    frozen, flags, integer = screen
    content, own_size = flags & 1, flags >> 1
    if frame.intra:
        coded = _size(bits, frame, sequence, own_size)
        _render_size(bits)
        if content and coded == frame.width:
            bits.flag()  # allow_intrabc
    else:
        used = _used(bits, sequence)
        for slot in used:
            frame.references |= 1 << slot
        if own_size and not frame.error_resilient:
            if not used:
                return None
            coded = _size_by_reference(bits, frame, sequence, [slots[slot] for slot in used])
        else:
            coded = _size(bits, frame, sequence, own_size)
            _render_size(bits)
        if not integer:
            bits.flag()  # allow_high_precision_mv
        if not bits.flag():  # is_filter_switchable
            bits.u(2)
        bits.flag()  # is_motion_mode_switchable
        if not frame.error_resilient and sequence.ref_frame_mvs:
            bits.flag()  # use_ref_frame_mvs
    if not sequence.reduced and not frozen:
        bits.flag()  # disable_frame_end_update_cdf
    return coded


def _used(bits: Bits, sequence: Sequence) -> list[int]:
    """The slots that the picture is coded from; empty where the decoder is to work them out by itself (7.8)."""
    used = []
    short = bits.flag() if sequence.order_hint_bits else 0  # frame_refs_short_signaling
    if short:
        bits.u(6)  # last_frame_idx, gold_frame_idx
    for _ in range(REFERENCES):
        if not short:
            used.append(bits.u(3))
        bits.u(sequence.delta_id_bits)
    return used


def _size(bits: Bits, frame: Frame, sequence: Sequence, own: int) -> int:
    """frame_size (5.9.5); returns the width that is coded, before superres (5.9.8)."""
    if own:
        frame.width, frame.height = bits.u(sequence.width_bits) + 1, bits.u(sequence.height_bits) + 1
    else:
        frame.width, frame.height = sequence.width, sequence.height
    return _superres(bits, frame, sequence)


def _superres(bits: Bits, frame: Frame, sequence: Sequence) -> int:
    if not (sequence.superres and bits.flag()):
        return frame.width
    denominator = bits.u(3) + SUPERRES_NUMERATOR + 1
    return (frame.width * SUPERRES_NUMERATOR + denominator // 2) // denominator


def _render_size(bits: Bits) -> None:
    if bits.flag():
        bits.u(32)


def _size_by_reference(bits: Bits, frame: Frame, sequence: Sequence, used: Rows[Slot]) -> int:
    """frame_size_with_refs (5.9.7): the size of a stored picture, or one of its own."""
    for slot in used:
        if bits.flag():
            if slot.width < 0:
                raise Unreadable
            frame.width, frame.height = slot.width, slot.height
            return _superres(bits, frame, sequence)
    coded = _size(bits, frame, sequence, 1)
    _render_size(bits)
    return coded
