"""Reads the kinds of supplemental information (SEI, Annex D) that say something about a recording's origin.

Many encoders leave their name and settings as text, some cameras a clock, and a recovery point marks a picture from which playback may start.
Everything else is stepped over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from entirety.model.headers import TEXT_MOST, EncoderNote
from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.h264.nal import unescape

PIC_TIMING, USER_DATA_UNREGISTERED, RECOVERY_POINT = 1, 5, 6
"""payloadType (D.1.1)."""

HEADER_BYTES = 1
UNIT_BYTES = 65_536
"""Larger units carry telemetry or thumbnails; the text of an encoder has about 700 bytes."""
MESSAGES_PER_UNIT = 64
"""Encoders write one to four."""
NOTES_MOST = 20_000
"""Texts kept: at 2,000 characters each, 40 MB. A camera that writes a new text into each of 30 pictures a second
reaches it after eleven minutes."""
UUID_BYTES = 16
FRAMES_MOST = 65_535
"""recovery_frame_cnt is below MaxFrameNum, which is 2**16 at most (D.2.8)."""


@dataclass(frozen=True, slots=True)
class Sei:
    """What one SEI unit says; `recovery_frame_cnt` is -1 where it has no recovery point."""

    user_data: tuple[bytes, ...]
    """Payloads of user_data_unregistered, UUID first."""
    recovery_frame_cnt: int
    readable: bool
    pic_timing: bytes = b""
    """Payload of the picture timing message; which fields it has, the picture's parameter sets say."""


def read_sei(unit: bytes) -> Sei:
    """Read an SEI unit, header byte included (clause 7.3.2.3)."""
    user_data: list[bytes] = []
    recovery, timing = -1, b""
    try:
        for kind, payload in messages(unescape(unit[:UNIT_BYTES]), HEADER_BYTES):
            if kind == USER_DATA_UNREGISTERED and len(payload) >= UUID_BYTES:
                user_data.append(payload)
            elif kind == RECOVERY_POINT:
                recovery = Bits(payload[:16]).ue(FRAMES_MOST)
            elif kind == PIC_TIMING:
                timing = payload
    except Unreadable:
        return Sei(tuple(user_data), recovery, readable=False, pic_timing=timing)
    return Sei(tuple(user_data), recovery, readable=True, pic_timing=timing)


def messages(rbsp: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield type and payload of each message from `at` on; `Unreadable` where a size goes beyond the unit."""
    end = len(rbsp.rstrip(b"\x00"))
    for _ in range(MESSAGES_PER_UNIT):
        # The last byte, or the last but the padding, is the stop bit alone.
        if at >= end - 1:
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
    if at >= len(rbsp):
        raise Unreadable
    if rbsp[at] < 255:
        return rbsp[at], at + 1
    last = rbsp[at:].lstrip(b"\xff")
    if not last:
        raise Unreadable
    place = len(rbsp) - len(last)
    return 255 * (place - at) + last[0], place + 1


def note_text(payload: bytes) -> str:
    """Return the text after the UUID up to its first unprintable character; line breaks and tabs become blanks."""
    # A character of UTF-8 has at most four bytes.
    text = payload[UUID_BYTES : UUID_BYTES + 4 * TEXT_MOST].decode("utf-8", "replace")
    flat = text.translate({9: " ", 10: " ", 13: " "})[:TEXT_MOST]
    return "".join(takewhile(_printable, flat))


def _printable(character: str) -> bool:
    return character.isprintable() and character != "\ufffd"


class Notes:
    """The text last seen under each UUID, and a record of each change; beyond `NOTES_MOST` no more are kept."""

    def __init__(self) -> None:
        self.recorded: list[EncoderNote] = []
        self._texts: dict[bytes, str] = {}

    def take(self, payload: bytes, row: int) -> None:
        """Record the text of user_data_unregistered where it differs from the one before under the same UUID."""
        if len(self.recorded) >= NOTES_MOST:
            return
        uuid, text = payload[:UUID_BYTES], note_text(payload)
        if self._texts.get(uuid) != text:
            self._texts[uuid] = text
            self.recorded.append(EncoderNote(row, uuid.hex(), text))
