"""Reads the supplemental information (SEI, Annex D) that says something about a recording: texts, recovery points, time codes.

Everything else is stepped over.
"""

from dataclasses import dataclass

from entirety.model.headers import MISSING
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape
from entirety.read.headers.h264.sei import UNIT_BYTES, UUID_BYTES, messages
from entirety.read.headers.h264.stamps import read_time
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
        for kind, payload in messages(unescape(unit[:UNIT_BYTES]), HEADER_BYTES):
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


def _stamp(bits: Bits) -> Stamp | None:
    """Read the first timestamp of a time code (D.2.27); None where it has none."""
    if not bits.u(2) or not bits.flag():  # num_clock_ts, clock_timestamp_flag
        return None
    field_based, counting, full = bits.flag(), bits.u(5), bits.flag()
    bits.u(2)  # discontinuity_flag, cnt_dropped_flag
    n_frames = bits.u(9)
    seconds, minutes, hours = read_time(bits, full=full)
    if seconds > 59 or minutes > 59 or hours > 23:
        raise Unreadable
    return Stamp(hours, minutes, seconds, n_frames, counting, field_based)
