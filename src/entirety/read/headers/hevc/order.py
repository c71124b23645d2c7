"""Follows the numbers by which HEVC puts pictures into the order of showing, and which pictures each one builds on.

The number of a picture (PicOrderCntVal) is told by its low bits only; the rest follows from the pictures before it (clause 8.3.1).
A picture names all pictures that a decoder still has to hold (clause 8.3.2), so what a file lacks can be told without decoding.
"""

from typing import NamedTuple

from entirety.model.headers import MISSING
from entirety.read.headers.hevc.nal import (
    FIRST_IRAP,
    IDR_N_LP,
    LAST_IRAP,
    LAST_NON_REFERENCE,
    RADL_N,
    RASL_N,
    RASL_R,
)
from entirety.read.headers.hevc.reference_sets import ReferenceSet
from entirety.read.headers.hevc.slices import LongTerm, Slice

FARTHEST = 2**30
"""Numbers stay below this; at 50 pictures a second they reach it after eight months."""


class Place(NamedTuple):
    """Where a picture stands; MISSING where it cannot be told."""

    pic_order_cnt: int = MISSING
    no_rasl_output_flag: int = MISSING
    """NoRaslOutputFlag of a key picture: nothing before it is needed, and the numbers begin anew. MISSING for other pictures."""
    references: int = MISSING
    """Pictures that it builds on, NumPicTotalCurr."""
    absent: int = MISSING
    """Of these, how many no decoder of this stream can have, and no picture before named: `no reference picture` (clause 8.3.2)."""
    absent_order_cnt: int = MISSING
    """The number of the nearest of them, where its number is told in full."""


NOWHERE = Place()


class Order:
    """What a decoder knows between two pictures."""

    def __init__(self) -> None:
        self._msb = self._lsb = 0
        self._restart = True
        """The next key picture begins anew: it is the first, or follows the end of a sequence."""
        self._held: set[int] = set()
        self._known = False
        """`_held` is what a decoder holds. Not so at the start, and after headers that could not be read: then the next picture
        is believed to find all that it names."""
        self._skip_rasl = True

    def end(self) -> None:
        """Take in the end of a sequence (clause 7.4.2.4.4)."""
        self._restart = True

    def lose(self) -> None:
        """Take in a picture that could not be read."""
        self._known = False

    def place(self, kind: int, temporal_id: int, head: Slice) -> Place:
        """Take in the next picture of nal_unit_type `kind`."""
        if head.sps is None or head.poc_lsb < 0:
            self.lose()
            return NOWHERE
        key = FIRST_IRAP <= kind <= LAST_IRAP
        anew = key and (self._restart or kind <= IDR_N_LP)
        if key:
            self._restart = False
            self._skip_rasl = anew
        most = 1 << head.sps.poc_lsb_bits
        msb = 0 if anew else self._near(head.poc_lsb, most)
        msb = msb if abs(msb) < FARTHEST else 0
        number = msb + head.poc_lsb
        # Pictures of the lowest layer that others can refer to carry the count on.
        if temporal_id == 0 and not RADL_N <= kind <= RASL_R and not (kind <= LAST_NON_REFERENCE and kind % 2 == 0):
            self._msb, self._lsb = msb, head.poc_lsb
        flag = int(anew) if key else MISSING
        named = head.references
        if named is None:
            self.lose()
            return Place(number, flag)
        if anew:
            self._held, self._known = set(), True
        if kind in (RASL_N, RASL_R) and self._skip_rasl:
            return Place(number, flag)  # no decoder shows it
        return self._refer(number, flag, most, named, head.long_term)

    def _near(self, lsb: int, most: int) -> int:
        """PicOrderCntMsb (8-1)."""
        if lsb < self._lsb and self._lsb - lsb >= most // 2:
            return self._msb + most
        if lsb > self._lsb and lsb - self._lsb > most // 2:
            return self._msb - most
        return self._msb

    def _refer(self, number: int, flag: int, most: int, named: ReferenceSet, long_term: LongTerm) -> Place:
        """Hold what the picture names, and nothing else; one that is not there is told once, as if it were made up then."""
        held: set[int] = {number}
        absent: list[int] = []
        used = unknown = 0
        for distance, uses in (*named.before, *named.after):
            used += uses
            if number + distance in self._held or not self._known:
                held.add(number + distance)
            elif uses:
                absent.append(number + distance)
        for lsb, cycle, uses in long_term:
            used += uses
            mask = most - 1 if cycle < 0 else -1
            whole = lsb if cycle < 0 else number - cycle * most - (number & mask & (most - 1)) + lsb
            found = [other for other in self._held if other & mask == whole]
            held.update(found or ([whole] if uses else ()))
            unknown += bool(uses and not found)
        known, self._known = self._known, True
        self._held = held.union(absent)
        if not known:
            return Place(number, flag, used)
        nearest = min(absent, key=lambda other: abs(other - number), default=MISSING)
        return Place(number, flag, used, len(absent) + unknown, nearest)
