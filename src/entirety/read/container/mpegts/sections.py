"""Puts the tables of a transport stream together from the packets that carry them (ISO/IEC 13818-1, 2.4.4)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_SECTION = 4_096
"""Bytes; the longest section that 12 bits can state, for private ones."""
MAX_SECTIONS = 5_000
"""Different sections of one file that are read: a broadcast that changes its tables every three seconds has 5,000 in four hours."""
MAX_PACKETS = 500_000
"""Packets of tables that are read; those that repeat the one before are not counted."""
PAT, PMT, SDT, TDT, TOT = 0x00, 0x02, 0x42, 0x70, 0x73
"""table_id. All but the TDT end with a checksum (ETSI EN 300 468, 5.2.5)."""

_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))


def checksum(data: bytes) -> int:
    """CRC-32 of ISO/IEC 13818-1, annex A, by way of zlib's, which runs through the same polynomial from the other end."""
    return int(f"{zlib.crc32(data.translate(_REVERSED)) ^ 0xFFFFFFFF:032b}"[::-1], 2)


@dataclass(slots=True)
class Sections:
    """What has arrived of the section under way in every PID, and what may still be read."""

    partial: dict[int, bytearray] = field(default_factory=dict)
    seen: dict[int, bytes] = field(default_factory=dict)
    """The last payload of every PID."""
    known: dict[tuple[int, bytes], bytes] = field(default_factory=dict)
    """The last version of every section, by PID and by what identifies it."""
    packets: int = MAX_PACKETS
    sections: int = MAX_SECTIONS
    full: int = -1
    """Position where a limit was reached."""

    def add(self, offset: int, pid: int, payload: bytes, *, starts: bool) -> Iterator[bytes]:
        """Sections that this packet completes and that are not the same as before."""
        if self.seen.get(pid) == payload and not self.partial.get(pid):
            return
        if self.packets <= 0 or self.sections <= 0:
            self.full = offset if self.full < 0 else self.full
            return
        self.packets -= 1
        self.seen[pid] = payload
        for section in self._complete(pid, payload, starts=starts):
            name = pid, section[:1] + section[3:5] + section[6:7]
            if self.known.get(name) != section and self.sections > 0:
                self.sections -= 1
                self.known[name] = section
                yield section

    def _complete(self, pid: int, payload: bytes, *, starts: bool) -> Iterator[bytes]:
        begun = self.partial.pop(pid, None)
        if not starts:
            if begun is not None:
                begun += payload
                yield from self._cut(pid, begun)
            return
        pointer = payload[0] + 1 if payload else 0
        if begun is not None:
            begun += payload[1:pointer]
            yield from self._cut(pid, begun)
        yield from self._cut(pid, bytearray(payload[pointer:]))

    def _cut(self, pid: int, data: bytearray) -> Iterator[bytes]:
        """Whole sections from the front; what is not whole yet waits for the next packet."""
        self.partial.pop(pid, None)
        at = 0
        while at < len(data) and data[at] != 0xFF:  # 0xFF fills the rest of a packet
            end = at + 3 + ((data[at + 1] & 0x0F) << 8 | data[at + 2]) if at + 3 <= len(data) else len(data) + 1
            if end > len(data):
                if len(data) - at < MAX_SECTION:
                    self.partial[pid] = data[at:]
                return
            yield bytes(data[at:end])
            at = end
