"""Reads the header of one picture of H.263 video, also in the short form that MPEG-4 part 2 takes over (ITU-T H.263, 5.1)."""

from dataclasses import dataclass

from entirety.read.headers.h264.bits import Bits, Unreadable

MOST_BYTES = 24
"""The longest header up to the quantiser has 20."""
SIZES = ((0, 0), (128, 96), (176, 144), (352, 288), (704, 576), (1408, 1152), (0, 0), (0, 0))
"""Width and height by source format (Table 1)."""
EXTENDED, CUSTOM, EXTENDED_PAR = 7, 6, 15
IMPROVED_PB, B_TYPE, B_PICTURE = 2, 3, 3
"""Type codes of an extended header (Table 2) up to which a picture is I or P, a PB frame taken as its P picture; and B pictures."""
UNSET = -1


@dataclass(frozen=True, slots=True)
class Form:
    """What stays in force where an extended header leaves it out (UFEP 000)."""

    source_format: int = 0
    width: int = 0
    height: int = 0
    custom_clock: bool = False
    conversion: int = 1
    """1 or 0: the clock divides 1,800,000 by 1001 or by 1000 (5.1.7)."""
    divisor: int = 60
    """Together with `conversion`: 1,800,000 / (60 x 1001) is the standard 29.97."""
    motion: bool = False
    slices: bool = False
    references: bool = False
    """Modes whose fields stand before the quantiser."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture header."""

    temporal_reference: int
    """8 bits; 10 with a clock of its own."""
    kind: int
    """1 I, 2 P, 3 B, 0 another one: index into `model.clip.PICTURE_KINDS`."""
    quantiser: int
    form: Form


def read_picture(packet: bytes, form: Form) -> Picture | None:
    """Read a packet's first picture; `form` is that of the picture before. None where it is none or damaged."""
    if packet[:2] != b"\0\0" or len(packet) < 5 or packet[2] & 0xFC != 0x80:
        return None
    bits = Bits(packet[:MOST_BYTES])
    try:
        bits.u(22)
        return _picture(bits, form)
    except Unreadable:
        return None


def _picture(bits: Bits, form: Form) -> Picture | None:
    reference = bits.u(8)
    if bits.u(2) != 0b10:
        return None
    bits.u(3)  # split screen, document camera, freeze picture release
    source = bits.u(3)
    if source == EXTENDED:
        return _extended(bits, form, reference)
    kind = 2 if bits.flag() else 1
    bits.u(4)  # optional modes
    width, height = SIZES[source]
    return Picture(reference, kind, bits.u(5), Form(source, width, height)) if source else None


def _extended(bits: Bits, form: Form, reference: int) -> Picture | None:
    """PLUSPTYPE (5.1.4)."""
    full = bits.u(3)
    form = _form(bits, form) if full else form
    kind = bits.u(3)
    bits.u(3)
    if full > 1 or bits.u(3) != 1:
        return None
    if bits.flag():  # CPM
        bits.u(2)
    form = _own(bits, form) if full else form
    reference |= bits.u(2) << 8 if form.custom_clock else 0
    if form.references or kind > IMPROVED_PB:  # fields of layers and of chosen references follow
        return Picture(reference, B_PICTURE if kind == B_TYPE else 0, UNSET, form)
    if full and form.motion and not bits.flag():
        bits.flag()
    if form.slices:
        bits.u(2)
    return Picture(reference, 2 if kind else 1, bits.u(5), form)


def _form(bits: Bits, form: Form) -> Form:
    """OPPTYPE (5.1.4.2), the part of it that stays in force."""
    source, custom, motion = bits.u(3), bits.flag(), bits.flag()
    bits.u(4)
    slices, references = bits.flag(), bits.flag()
    bits.u(3)
    if bits.u(4) != 0b1000:
        raise Unreadable
    width, height = (form.width, form.height) if source == CUSTOM else SIZES[source]
    return Form(source, width, height, bool(custom), 1, 60, bool(motion), bool(slices), bool(references))


def _own(bits: Bits, form: Form) -> Form:
    """A size and a clock of its own (5.1.5 to 5.1.7)."""
    width, height, conversion, divisor = form.width, form.height, form.conversion, form.divisor
    if form.source_format == CUSTOM:
        ratio = bits.u(4)
        width = 4 * (bits.u(9) + 1)
        if not bits.flag():
            raise Unreadable
        height = 4 * bits.u(9)
        if ratio == EXTENDED_PAR:
            bits.u(16)
    if form.custom_clock:
        conversion, divisor = bits.flag(), bits.u(7)
        if not divisor:
            raise Unreadable
    return Form(
        form.source_format,
        width,
        height,
        form.custom_clock,
        conversion,
        divisor,
        form.motion,
        form.slices,
        form.references,
    )
