"""Reads times that recordings write as text into subtitle and data tracks: satellite sentences of dashcams, dates of drones, ID3 notes.

Drones write date and time beneath each other's pictures as subtitles; dashcams keep what their receiver sends, NMEA 0183 sentences;
streams of broadcasters and cameras carry ID3 notes. Only dates written as year, month, day, hour, minute, second are read: others are ambiguous.
"""

import re
from fractions import Fraction

from entirety.read.clocks.moments import moment, of_day

BASE = Fraction(1, 1000)
SEARCHED = 4_096
"""Bytes of one packet that are searched; a subtitle has below 500."""
SENTENCE = re.compile(rb"\$[A-Z]{2}(RMC|GGA),(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3}))?\d{0,6},([^*\r\n]{0,120})")
"""Recommended minimum data, and fix data: both begin with the time of day in UTC."""
WRITTEN = re.compile(
    rb"(?<!\d)((?:19|20)\d\d)[-/.:](\d\d)[-/.:](\d\d)[ T,]{1,3}(\d\d):(\d\d):(\d\d)(?:[.,:](\d{1,3}))?(?!\d)"
)
VALID = b"A"
NO_FIX = b"0"


def nmea(packet: bytes) -> int | None:
    """Milliseconds since midnight in UTC of the first sentence with a fix; None where there is none."""
    if b"$G" not in packet:
        return None
    for found in SENTENCE.finditer(packet[:SEARCHED]):
        kind, hour, minute, second, part, rest = found.groups()
        fields = rest.split(b",")
        fix = fields[0] == VALID if kind == b"RMC" else len(fields) > 4 and fields[4] not in (b"", NO_FIX)
        whole = of_day(int(hour), int(minute), int(second))
        if fix and whole is not None:
            return whole * 1000 + _thousandths(part)
    return None


def id3(packet: bytes) -> int | None:
    """Milliseconds since 1970 of the first date in an ID3 note; None where there is none."""
    return _date(packet) if packet.startswith(b"ID3") else None


def subtitle(packet: bytes) -> int | None:
    """Milliseconds since 1970, in the zone of the recording, of the first date in a subtitle; None where there is none."""
    return None if packet.startswith(b"ID3") else _date(packet)


def _date(packet: bytes) -> int | None:
    # UTF-16, as ID3 may be written, becomes readable without its zeros.
    found = WRITTEN.search(packet[:SEARCHED].replace(b"\x00", b""))
    if found is None:
        return None
    *parts, part = found.groups()
    year, month, day, hour, minute, second = (int(number) for number in parts)
    stated = moment((year, month, day), (hour, minute, second))
    return None if stated is None else stated * 1000 + _thousandths(part)


def _thousandths(digits: bytes | None) -> int:
    return int((digits or b"0").ljust(3, b"0"))
