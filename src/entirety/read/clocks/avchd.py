"""Reads the recording date that AVCHD cameras write beside each picture, whole seconds by the camera's own clock.

It stands in a note of the stream (user_data_unregistered) that begins with the letters MDPM: a count, then entries of one byte for the
kind and four of content in decimal digits. Entry 0x18 has year and month, entry 0x19 day, hour, minute and second.
"""

from entirety.read.clocks.moments import bcd, moment

UUID = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66")
MARK = b"MDPM"
ENTRY = 5
YEAR_MONTH, DAY_TIME = 0x18, 0x19
ENTRIES_MOST = 64
"""Cameras write about ten."""


def recording_date(payload: bytes) -> int | None:
    """Seconds since 1970 by the camera's clock; None where this note states no date. `payload` begins with the UUID."""
    if payload[:16] != UUID or payload[16:20] != MARK or len(payload) < 21:
        return None
    entries: dict[int, bytes] = {}
    for number in range(min(payload[20], ENTRIES_MOST)):
        at = 21 + number * ENTRY
        entries[payload[at] if at < len(payload) else -1] = payload[at + 1 : at + ENTRY]
    first, last = entries.get(YEAR_MONTH, b""), entries.get(DAY_TIME, b"")
    if len(first) < 4 or len(last) < 4:
        return None
    # The first byte tells the zone; it does not change within a recording.
    century, year, month, day, hour, minute, second = (bcd(byte) for byte in (*first[1:4], *last[:4]))
    return moment((century * 100 + year, month, day), (hour, minute, second)) if min(century, year) >= 0 else None
