"""Reads which earlier pictures a picture may build on: its reference picture set (clauses 7.3.7 and 7.4.8).

Every picture of HEVC names all pictures that it, or any later one, still needs, by their distance in the order of showing.
"""

from typing import NamedTuple

from entirety.read.headers.h264.bits import Bits, Unreadable

SETS_MOST = 64
PICTURES_MOST = 16
"""MaxDpbSize (clause A.4.2): no picture can name more."""
DISTANCE_MOST = 2**15 - 1


class ReferenceSet(NamedTuple):
    """Distances to the pictures of one short-term set, and whether the picture itself uses each."""

    before: tuple[tuple[int, int], ...]
    """Earlier in the order of showing, nearest first: (DeltaPocS0, UsedByCurrPicS0)."""
    after: tuple[tuple[int, int], ...]
    """Later in the order of showing, nearest first: (DeltaPocS1, UsedByCurrPicS1)."""


EMPTY = ReferenceSet((), ())


def read_set(bits: Bits, index: int, known: list[ReferenceSet], *, in_slice: bool) -> ReferenceSet:
    """Read st_ref_pic_set( index ); `known` are those of the SPS before it, all of them where a slice has one of its own."""
    if index and bits.flag():
        back = bits.ue(index - 1) + 1 if in_slice else 1
        return _predicted(bits, known[index - back])
    negative, positive = bits.ue(PICTURES_MOST), bits.ue(PICTURES_MOST)
    if negative + positive > PICTURES_MOST:
        raise Unreadable
    return ReferenceSet(_distances(bits, negative, -1), _distances(bits, positive, 1))


def _distances(bits: Bits, count: int, sign: int) -> tuple[tuple[int, int], ...]:
    found, distance = [], 0
    for _ in range(count):
        distance += sign * (bits.ue(DISTANCE_MOST) + 1)
        found.append((distance, bits.flag()))
    return tuple(found)


def _predicted(bits: Bits, of: ReferenceSet) -> ReferenceSet:
    """Read a set that is told by its difference to another (7-61, 7-62): every distance shifted, and perhaps left out."""
    sign = bits.flag()
    shift = (1 - 2 * sign) * (bits.ue(DISTANCE_MOST) + 1)
    flags = []
    for _ in range(len(of.before) + len(of.after) + 1):
        used = bits.flag()
        flags.append((used, used or bits.flag()))
    shifted = [(distance + shift, *flag) for (distance, _), flag in zip((*of.before, *of.after), flags, strict=False)]
    kept = [(distance, used) for distance, used, use in (*shifted, (shift, *flags[-1])) if use and distance]
    if len(kept) > PICTURES_MOST or any(abs(distance) > PICTURES_MOST * (DISTANCE_MOST + 1) for distance, _ in kept):
        raise Unreadable
    # The standard writes the order out; it comes to the nearest first, on both sides.
    before = sorted((item for item in kept if item[0] < 0), key=lambda item: -item[0])
    after = sorted((item for item in kept if item[0] > 0), key=lambda item: item[0])
    return ReferenceSet(tuple(before), tuple(after))
