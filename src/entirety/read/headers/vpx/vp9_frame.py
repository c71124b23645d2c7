"""Reads one uncompressed header of VP9 as far as its quantiser (VP9 Bitstream Specification 0.7, clause 6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from entirety.model.headers import MISSING
from entirety.read.headers.h264.bits import Bits, Unreadable

SLOTS = 8
ALL = 255
FRAME_MARKER = 2
SYNC_CODE = 0x498342
RGB = 7
"""color_space of pictures in red, green and blue."""
Colour = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stored picture that later ones are coded from."""

    width: int = MISSING
    height: int = MISSING
    quantiser: int = -1


@dataclass(slots=True)
class Frame:
    """Fields of one picture's header; MISSING or -1 where absent or not reached."""

    profile: int = 0
    show_existing: int = 0
    key: bool = False
    shown: bool = True
    error_resilient: int = MISSING
    intra_only: int = 0
    refresh: int = 0
    references: int = 0
    """Bit k: it is coded from, or shows, slot k."""
    width: int = MISSING
    height: int = MISSING
    colour: Colour = ()
    depth: int = 8
    parallel: int = MISSING
    quantiser: int = -1
    readable: bool = False

    @property
    def intra(self) -> bool:
        """It is coded from no other picture."""
        return self.key or bool(self.intra_only)


def read_frame(data: bytes, slots: Sequence[Slot], depth: int) -> Frame | None:
    """Read the header at the beginning of `data`; what follows a break stays as it is, and None where not even the type can be read."""
    bits, frame = Bits(data), Frame()
    try:
        if bits.u(2) != FRAME_MARKER:
            return None
        low, high = bits.flag(), bits.flag()
        frame.profile = high << 1 | low
        if frame.profile == 3 and bits.flag():
            return None
        if bits.flag():
            return _existing(frame, bits.u(3), slots)
        frame.key, frame.shown = not bits.flag(), bool(bits.flag())
        frame.error_resilient = bits.flag()
    except Unreadable:
        return None
    try:
        _references(bits, frame, slots, depth)
        _rest(bits, frame)
        frame.readable = True
    except Unreadable:
        pass
    return frame


def _existing(frame: Frame, index: int, slots: Sequence[Slot]) -> Frame:
    stored = slots[index]
    frame.show_existing, frame.references, frame.readable = 1, 1 << index, True
    frame.width, frame.height, frame.quantiser = stored.width, stored.height, stored.quantiser
    return frame


def _references(bits: Bits, frame: Frame, slots: Sequence[Slot], depth: int) -> None:
    """From the type to the size: colours, and the slots that the picture is coded from and fills."""
    if frame.key:
        _sync(bits)
        _colour(bits, frame)
        frame.refresh = ALL
        _size(bits, frame)
        _render_size(bits)
        return
    frame.intra_only = 0 if frame.shown else bits.flag()
    if not frame.error_resilient:
        bits.u(2)  # reset_frame_context
    if frame.intra_only:
        _sync(bits)
        frame.depth = 8
        if frame.profile:
            _colour(bits, frame)
        frame.refresh = bits.u(8)
        _size(bits, frame)
        _render_size(bits)
        return
    frame.depth = depth
    frame.refresh = bits.u(8)
    used = []
    for _ in range(3):
        used.append(bits.u(3))
        bits.flag()  # ref_frame_sign_bias
    for slot in used:
        frame.references |= 1 << slot
    _size_by_reference(bits, frame, [slots[slot] for slot in used])
    bits.flag()  # allow_high_precision_mv
    if not bits.flag():  # is_filter_switchable
        bits.u(2)


def _rest(bits: Bits, frame: Frame) -> None:
    """From the contexts to base_q_idx."""
    if frame.error_resilient:
        frame.parallel = 1
    else:
        bits.flag()  # refresh_frame_context
        frame.parallel = bits.flag()
    bits.u(2)  # frame_context_idx
    bits.u(9)  # loop_filter_level, loop_filter_sharpness
    if bits.flag() and bits.flag():  # loop_filter_delta_enabled, loop_filter_delta_update
        for _ in range(6):
            if bits.flag():
                bits.u(7)
    frame.quantiser = bits.u(8)


def _sync(bits: Bits) -> None:
    if bits.u(24) != SYNC_CODE:
        raise Unreadable


def _colour(bits: Bits, frame: Frame) -> None:
    """color_config (6.2.2)."""
    frame.depth = (12 if bits.flag() else 10) if frame.profile >= 2 else 8
    space = bits.u(3)
    full, horizontal, vertical = 1, 0, 0
    if space != RGB:
        full = bits.flag()
        horizontal, vertical = (bits.flag(), bits.flag()) if frame.profile & 1 else (1, 1)
        if frame.profile & 1:
            bits.flag()  # reserved_zero
    elif frame.profile & 1:
        bits.flag()
    else:
        raise Unreadable
    names = ("bit_depth", "color_space", "color_range", "subsampling_x", "subsampling_y")
    frame.colour = tuple(zip(names, (frame.depth, space, full, horizontal, vertical), strict=True))


def _size(bits: Bits, frame: Frame) -> None:
    frame.width, frame.height = bits.u(16) + 1, bits.u(16) + 1


def _render_size(bits: Bits) -> None:
    if bits.flag():
        bits.u(32)


def _size_by_reference(bits: Bits, frame: Frame, used: Sequence[Slot]) -> None:
    """frame_size_with_refs (6.2.5): the size of a stored picture, or one of its own."""
    for slot in used:
        if bits.flag():
            frame.width, frame.height = slot.width, slot.height
            break
    else:
        _size(bits, frame)
    _render_size(bits)
