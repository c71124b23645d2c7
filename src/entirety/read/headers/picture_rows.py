"""Collects what the headers of one video stream say into one table with a row per packet: for codecs whose packets are whole pictures."""

from array import array
from collections.abc import Sequence

import numpy as np

from entirety.model.headers import MISSING, PAYLOAD_MOST, TEXT_MOST, CodedHeaders, EncoderNote, ParameterSet

SETS_MOST = 2_000
"""Changes of settings kept, 8 MB of them at most; an ordinary stream has below ten, and a row whose change is not kept counts as unreadable."""
NOTES_MOST = 1_000
"""Texts kept, 2 MB of them at most: a camera that writes its clock into every picture is seen to do so after a few."""
OTHER, INTRA, PREDICTED = 0, 1, 2
"""Letters `?`, `I`, `P` of `model.clip.PICTURE_KINDS`."""
QUANTISER_MOST = 2**15 - 1


class PictureRows:
    """Rows, settings and texts of one stream."""

    def __init__(self, codec: str, names: tuple[str, ...]) -> None:
        """`names` are the columns beside kind, entry and quantiser."""
        self._codec, self._names = codec, names
        self._table = array("i")
        self._unreadable = array("q")
        self._sets: list[ParameterSet] = []
        self._notes: list[EncoderNote] = []
        self._in_force: dict[tuple[str, int], bytes] = {}
        self._said: dict[str, str] = {}
        self.absent = (MISSING,) * len(names)

    @property
    def row(self) -> int:
        """Row of the packet that is being read."""
        return len(self._table) // (3 + len(self._names))

    def add(self, kind: int, entry: int, quantiser: int, values: Sequence[int], *, readable: bool = True) -> None:
        """Append the next row; `values` in the order of the names."""
        if not readable:
            self._unreadable.append(self.row)
        self._table.extend((kind, entry, min(quantiser, QUANTISER_MOST), *values))

    def setting(self, found: ParameterSet) -> bool:
        """Write down a set where it differs from the last one of its kind and number; False where the record is full."""
        payload = found.payload[:PAYLOAD_MOST]
        if self._in_force.get((found.kind, found.number)) == payload:
            return True
        if len(self._sets) >= SETS_MOST:
            return False
        self._in_force[found.kind, found.number] = payload
        self._sets.append(ParameterSet(found.kind, found.number, found.packet, payload, found.facts))
        return True

    def note(self, place: str, text: str, *, same: str | None = None) -> None:
        """Write down a text where it differs from the last one of its place; `same` is the part of it that is compared."""
        compared = text if same is None else same
        if self._said.get(place) != compared and len(self._notes) < NOTES_MOST:
            self._said[place] = compared
            self._notes.append(EncoderNote(self.row, place, text[:TEXT_MOST]))

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        table = np.array(self._table, dtype=np.int32).reshape(-1, 3 + len(self._names)).T.copy()
        return CodedHeaders(
            codec=self._codec,
            kind=table[0].astype(np.int8),
            entry=table[1].astype(np.bool_),
            quantiser=table[2].astype(np.int16),
            columns=dict(zip(self._names, table[3:], strict=True)),
            parameter_sets=tuple(self._sets),
            notes=tuple(self._notes),
            unreadable=np.array(self._unreadable, dtype=np.int64),
        )
