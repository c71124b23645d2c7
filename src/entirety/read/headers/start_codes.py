"""Finds the parts of an MPEG-1, MPEG-2 or MPEG-4 part 2 packet: each begins with a start code of three bytes and one that names it.

Also keeps what is read: a row for each packet, and only where they change, settings and the texts that encoders leave as user data.
Only the beginning of a packet is looked at, where headers stand, so that the size of a packet costs no time.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np

from entirety.model.headers import PAYLOAD_MOST, TEXT_MOST, CodedHeaders, EncoderNote, ParameterSet

START = b"\x00\x00\x01"
"""Start code prefix (ISO/IEC 13818-2, 5.2.1; ISO/IEC 14496-2, 6.2.1)."""
HEAD = 65_536
"""Bytes at the start of a packet in which its headers are looked for: chosen. The largest ones, with two matrices and captions, stay below 1,000."""
MOST_PARTS = 64
"""Parts before the picture's own data that are looked at: chosen; encoders write up to eight."""
REACH = 4_000_000
"""Bytes of a packet in which a second picture is looked for: chosen; 50 megabits in a second of 12.5 pictures are 500,000 bytes a picture."""
CHANGES_MOST = 20_000
"""Changes kept of either sort: chosen; at one change in each of 30 pictures a second it is reached after eleven minutes."""
TEXT_LEAST = 6
"""Characters that make a text: chosen. Captions and picture formats in user data begin with four or five letters before their numbers
(`GA94`, `DTG1A`); the shortest name of an encoder at hand, `XviD0064`, has eight."""
INTRA = 1
"""Letter `I` of `model.clip.PICTURE_KINDS`."""
CODED = bytes(code for code in range(256) if not 32 <= code < 127)

Part = tuple[int, int, int]
"""Value of the start code, first byte behind it, and where the next start code or the part that is looked at ends."""


def parts(packet: bytes) -> Iterator[Part]:
    """The parts at the start of a packet, in order."""
    limit = min(len(packet), HEAD)
    at = packet.find(START, 0, limit)
    for _ in range(MOST_PARTS):
        if at < 0 or at + 3 >= len(packet):
            return
        following = packet.find(START, at + 3, limit)
        yield packet[at + 3], at + 4, following if following >= 0 else limit
        at = following


class Settings:
    """Each distinct header of settings at its first occurrence, and again wherever it changes."""

    def __init__(self) -> None:
        self.recorded: list[ParameterSet] = []
        self._last: dict[str, bytes] = {}

    def same(self, kind: str, payload: bytes) -> bool:
        """Whether these bytes are what was recorded last."""
        return self._last.get(kind) == payload[:PAYLOAD_MOST]

    def take(self, kind: str, payload: bytes, row: int, facts: tuple[tuple[str, int], ...]) -> None:
        """Record settings that packet `row` carries."""
        kept = payload[:PAYLOAD_MOST]
        if self._last.get(kind) != kept and len(self.recorded) < CHANGES_MOST:
            self._last[kind] = kept
            self.recorded.append(ParameterSet(kind, 0 if facts else -1, row, kept.rstrip(b"\0"), facts))


class Texts:
    """The text of each user data of a packet at its first occurrence, and again wherever it changes."""

    def __init__(self) -> None:
        self.recorded: list[EncoderNote] = []
        self._last: dict[str, str] = {}

    def take(self, payload: bytes, row: int, number: int) -> None:
        """Record user data `number` of packet `row`, where it begins as a text does."""
        if payload[:TEXT_LEAST].translate(None, CODED) != payload[:TEXT_LEAST]:
            return
        text = "".join(takewhile(str.isprintable, payload[:TEXT_MOST].decode("latin-1")))
        place = f"user_data {number + 1}" if number else "user_data"
        known = len(text) < TEXT_LEAST or self._last.get(place) == text
        if not known and len(self.recorded) < CHANGES_MOST:
            self._last[place] = text
            self.recorded.append(EncoderNote(row, place, text))


@dataclass(frozen=True, slots=True)
class Record:
    """What was read of one stream of MPEG-1, MPEG-2, MPEG-4 part 2 or H.263."""

    table: "array[int]" = field(default_factory=lambda: array("i"))
    """For each packet its kind, its quantiser, and the further columns."""
    unreadable: "array[int]" = field(default_factory=lambda: array("q"))
    settings: Settings = field(default_factory=Settings)
    texts: Texts = field(default_factory=Texts)

    def headers(self, codec: str, names: Sequence[str]) -> CodedHeaders:
        """One row per packet; `names` are those of the further columns. Decoding can begin at every I picture."""
        table = np.array(self.table, np.int32).reshape(-1, 2 + len(names)).T.copy()
        return CodedHeaders(
            codec=codec,
            kind=table[0].astype(np.int8),
            entry=table[0] == INTRA,
            quantiser=table[1].astype(np.int16),
            columns=dict(zip(names, table[2:], strict=True)),
            parameter_sets=tuple(self.settings.recorded),
            notes=tuple(self.texts.recorded),
            unreadable=np.array(self.unreadable, np.int64),
        )
