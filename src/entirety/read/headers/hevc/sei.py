"""Reads the supplemental information (SEI, Annex D) that says something about a recording: texts, recovery points, time codes.

Everything else is stepped over.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from entirety.model.headers import MISSING
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sei import MESSAGES_PER_UNIT, UNIT_BYTES, UUID_BYTES
from entirety.read.headers.hevc.nal import HEADER_BYTES, PREFIX_SEI

PIC_TIMING, USER_DATA_UNREGISTERED, RECOVERY_POINT, TIME_CODE = 1, 5, 6, 136
"""payloadType (D.2.1)."""
DROPPING_TWO = 4
"""counting_type of Table D.11 with which two numbers a minute are left out, but not in every tenth minute."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One clock timestamp (D.2.27); -1 where a value is not stated and stays as it was."""

    hours: int
    minutes: int
    seconds: int
    n_frames: int
    counting_type: int
    units_field_based_flag: int


@dataclass(frozen=True, slots=True)
class Sei:
    """What one SEI unit says."""

    user_data: tuple[bytes, ...] = ()
    """Payloads of user_data_unregistered, UUID first."""
    recovery_poc_cnt: int = MISSING
    pic_struct: int = MISSING
    stamp: Stamp | None = None
    """The first one of a time code."""
    readable: bool = True


def read_sei(unit: bytes, *, pictures_stated: bool) -> Sei:
    """Read an SEI unit, header bytes included (clause 7.3.2.4); `pictures_stated` is frame_field_info_present_flag."""
    if unit[0] >> 1 != PREFIX_SEI:  # what follows a picture are hashes
        return Sei()
    user_data: list[bytes] = []
    recovery = pic_struct = MISSING
    stamp, readable = None, True
    try:
        for kind, payload in _messages(unescape(unit[:UNIT_BYTES])):
            if kind == USER_DATA_UNREGISTERED and len(payload) >= UUID_BYTES:
                user_data.append(payload)
            elif kind == RECOVERY_POINT:
                recovery = Bits(payload[:16]).se(1 << 15)
            elif kind == PIC_TIMING and pictures_stated:
                pic_struct = Bits(payload[:1]).u(4)
            elif kind == TIME_CODE:
                stamp = _stamp(Bits(payload[:32]))
    except Unreadable:
        readable = False
    return Sei(tuple(user_data), recovery, pic_struct, stamp, readable)


def _messages(rbsp: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and payload of each message; `Unreadable` where a size goes beyond the unit."""
    end = len(rbsp.rstrip(b"\x00"))
    at = HEADER_BYTES
    for _ in range(MESSAGES_PER_UNIT):
        if at >= end - 1:  # the stop bit alone
            return
        kind, at = _number(rbsp, at)
        size, at = _number(rbsp, at)
        if at + size > len(rbsp):
            raise Unreadable
        yield kind, rbsp[at : at + size]
        at += size
    raise Unreadable


def _number(rbsp: bytes, at: int) -> tuple[int, int]:
    """Read a number written as a run of 255s and a last byte; returns it and the place after it."""
    rest = rbsp[at:]
    run = len(rest) - len(rest.lstrip(b"\xff"))
    if run >= len(rest):
        raise Unreadable
    return 255 * run + rest[run], at + run + 1


def _stamp(bits: Bits) -> Stamp | None:
    """Read the first timestamp of a time code (D.2.27); None where it has none."""
    if not bits.u(2) or not bits.flag():  # num_clock_ts, clock_timestamp_flag
        return None
    field_based, counting, full = bits.flag(), bits.u(5), bits.flag()
    bits.u(2)  # discontinuity_flag, cnt_dropped_flag
    n_frames = bits.u(9)
    hours = minutes = seconds = -1
    if full:
        seconds, minutes, hours = bits.u(6), bits.u(6), bits.u(5)
    elif bits.flag():
        seconds = bits.u(6)
        if bits.flag():
            minutes = bits.u(6)
            if bits.flag():
                hours = bits.u(5)
    if seconds > 59 or minutes > 59 or hours > 23:
        raise Unreadable
    return Stamp(hours, minutes, seconds, n_frames, counting, field_based)
