"""The header fields of many transport packets at once (ISO/IEC 13818-1, 2.4.3.2 and 2.4.3.4), one column each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PIDS = 8_192
NULL = 0x1FFF
"""Packets that only fill the channel; their counter means nothing."""

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Headers:
    """One row per packet."""

    rows: NDArray[np.uint8]
    """The packets, 188 bytes each."""
    offset: Ints
    """Position of the sync byte in the file."""
    pid: NDArray[np.uint16]
    error: Flags
    """transport_error_indicator: a receiver could not repair the packet, so nothing in it can be relied on."""
    starts: Flags
    """payload_unit_start_indicator: a PES packet or a table begins here."""
    scrambled: Flags
    payload: Flags
    counter: NDArray[np.int8]
    field: NDArray[np.int16]
    """adaptation_field_length; -1 where there is none."""
    declared: Flags
    """discontinuity_indicator."""
    clock: Flags
    """PCR_flag, where the adaptation field has room for a PCR."""
    usable: Flags
    """Neither damaged nor filling nor of a reserved form."""

    def payload_start(self, at: Ints) -> Ints:
        """Where in its packet the payload begins, for the rows `at`."""
        return 5 + self.field[at].astype(np.int64)


def read_headers(rows: NDArray[np.uint8], offset: Ints) -> Headers:
    """Header columns of packets of 188 bytes."""
    second, third, fourth = rows[:, 1], rows[:, 2], rows[:, 3]
    pid = ((second & 0x1F).astype(np.uint16) << np.uint16(8)) | third.astype(np.uint16)
    error = (second & 0x80) != 0
    fielded = (fourth & 0x20) != 0
    field = np.where(fielded, rows[:, 4].astype(np.int16), np.int16(-1))
    # Without a field the fifth byte is payload already: -1 makes the payload begin at 4.
    flags = np.where(field > 0, rows[:, 5], np.uint8(0))
    return Headers(
        rows=rows,
        offset=offset,
        pid=pid,
        error=error,
        starts=(second & 0x40) != 0,
        scrambled=(fourth & 0xC0) != 0,
        payload=(fourth & 0x10) != 0,
        counter=(fourth & 0x0F).astype(np.int8),
        field=field,
        declared=(flags & 0x80) != 0,
        clock=((flags & 0x10) != 0) & (field >= 7),
        usable=~error & (pid != NULL) & ((fourth & 0x30) != 0),
    )
