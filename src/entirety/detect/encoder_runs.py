"""Finds places in an H.264 stream where one run of an encoder ends and another begins.

An encoder writes its settings once and numbers its pictures without a break while it runs. New settings, a second signature or a
broken number are signs that what follows was coded in another run, or that coded pictures between the two are not there.
Clause numbers follow ITU-T H.264 (08/2021).
"""

from collections import deque
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from entirety.model.finding import Weight
from entirety.model.h264 import H264Headers
from entirety.model.headers import CodedHeaders, ParameterSet

SHAPE = (
    *("aspect_ratio_idc", "sar_width", "sar_height"),
    *("aspect_ratio_information", "aspect_ratio_info", "par_width", "par_height"),
)
"""Fields that state how wide an element of the picture is to its height: broadcasts change them from programme to programme."""
SIZE = frozenset((
    *SHAPE, "width", "height", "level_idc", "max_num_ref_frames", "max_dec_frame_buffering",
    "level_identification", "bit_rate_value", "vbv_buffer_size_value", "bit_rate", "vbv_buffer_size",
    "seq_level_idx",
))  # fmt: skip
"""Fields that one encoder changes when it is told to code another picture size; the level and the buffers follow from the size."""
QUANTISER = frozenset(("pic_init_qp", "chroma_qp_index_offset"))
"""Fields of a PPS that rate control may rewrite within one run."""
FEWEST_STEPS = 5
"""Steps in idr_pic_id that must follow one rule for each break of it: chosen; two values at random would do so 1 time in 32."""
FEW_BREAKS = 3
"""Breaks of a rule that are events; more is how the encoder or the network is: chosen."""
LOSSY = 500
"""More than one broken picture number in so many pictures is a lossy line or a habit: chosen, one in 20 s at 25 pictures a second."""
INTRA = 2
"""slice_type of an I slice (Table 7-6, modulo 5)."""


@dataclass(frozen=True, slots=True)
class Break:
    """One place where an encoder's run ends."""

    code: str
    row: int
    """Packet that opens the new run."""
    before: str
    after: str
    """What was there before and what is there now, printable."""
    fields: frozenset[str] = frozenset()
    """Fields of the parameter sets that changed; `other` where a set changed and none of the fields that are read did."""
    details: tuple[tuple[str, str, str], ...] = ()
    """What changed, for the table beside the finding: name, before, after."""
    count: int = 1
    """Places of this kind in the file."""
    regular: int = 0
    """Places where the rule was kept."""
    weight: Weight | None = None
    """How much it can carry, where its finder knows; None for the kinds that stream-join weighs itself."""
    says: str = ""
    """Words of the claim where stream-join has none for this code; gaps `{at}`, `{before}`, `{after}`, `{regular}`, `{all}`."""
    reverts: bool = False
    """It differs from the former content in a few bytes, and that comes back: single damaged bits do the same."""
    number: bool = False
    """A running number breaks: pictures are missing or parts were put together, and it does not tell which."""


def parameter_sets(headers: H264Headers | CodedHeaders) -> Iterator[Break]:
    """Packets that bring other content under the number of an earlier set, or an SPS of a number not used before."""
    changes: list[tuple[ParameterSet, ParameterSet]] = []
    known: dict[tuple[str, int], ParameterSet] = {}
    contents: dict[tuple[str, int], list[ParameterSet]] = {}
    for now in headers.parameter_sets:
        if now.number < 0 or not now.facts:  # it cannot be read, so it says nothing
            continue
        last = known.get((now.kind, now.number))
        if last is None and now.kind == "sps":
            last = next((known[key] for key in sorted(known) if key[0] == "sps"), None)
        known[now.kind, now.number] = now
        contents.setdefault((now.kind, now.number), []).append(now)
        if last is not None and now.packet > 0 and last.payload != now.payload:
            changes.append((last, now))
    places = [list(group) for _, group in groupby(changes, key=lambda change: change[1].packet)]
    back = {id(sets[k]) for sets in contents.values() for k in reverting([one.payload for one in sets])}
    for group in places:
        yield replace(_changed(group, len(places)), reverts=all(id(now) in back for _, now in group))


FEW_BYTES = 2
"""Bytes in which a content may differ from the former one to be that one damaged: chosen, a single wrong bit and its neighbour."""


def reverting(contents: Sequence[bytes]) -> set[int]:
    """Indices of changes to a content that differs in a few bytes from the one before, and back: what damage of single bits leaves."""
    found: set[int] = set()
    for k in range(1, len(contents) - 1):
        before, now, after = contents[k - 1 : k + 2]
        few = len(before) == len(now) and sum(a != b for a, b in zip(before, now, strict=True)) <= FEW_BYTES
        if few and before == after:
            found |= {k, k + 1}
    return found


def _changed(group: list[tuple[ParameterSet, ParameterSet]], count: int) -> Break:
    """All changes that one packet brings."""
    fields: set[str] = set()
    details: dict[str, tuple[str, str, str]] = {}
    for last, now in group:
        was, is_now = dict(last.facts), dict(now.facts)
        differing = [name for name in is_now if was.get(name) != is_now[name] and not name.endswith("_set_id")]
        fields |= {f"{now.kind}.{name}" for name in differing} or {f"{now.kind}.other"}
        for name in differing:
            details.setdefault(name, (name, _stated(was.get(name)), _stated(is_now[name])))
        if not differing:
            name = f"{now.kind} {now.number}, first bytes"
            details.setdefault(name, (name, last.payload.hex()[:80], now.payload.hex()[:80]))
    rows = tuple(details.values())
    return Break("parameter-sets", group[0][1].packet, "", "", frozenset(fields), rows, count=count)


def _stated(value: int | None) -> str:
    """A field as it is printed; fields that a set leaves out are read as -1."""
    return "not stated" if value is None or value < 0 else str(value)


def idr_numbers(headers: H264Headers, unread: NDArray[np.bool_]) -> Iterator[Break]:
    """Breaks of the rule by which this file's own idr_pic_id counts (clause 7.4.3): up by one, or to and fro between 0 and 1.

    The standard forbids equal numbers only for key pictures that follow one another directly, so only the file's own rule counts.
    Packets marked in `unread` are left out.
    """
    rows = np.flatnonzero(headers.idr & (headers.idr_pic_id >= 0) & (headers.field != 2) & ~unread)
    numbers = headers.idr_pic_id[rows].astype(np.int64)
    if len(rows) <= FEWEST_STEPS or not numbers.max():
        return
    follows = np.diff(numbers) % (numbers.max() + 1) == 1
    regular, broken = int(follows.sum()), np.flatnonzero(~follows)
    if regular < FEWEST_STEPS * len(broken) or len(broken) > FEW_BREAKS:
        return
    for k in broken:
        row, values = int(rows[k + 1]), (str(numbers[k]), str(numbers[k + 1]))
        details = (("number of the key picture", *values),)
        yield Break("idr-pic-id", row, *values, details=details, count=len(broken), regular=regular, number=True)


def frame_numbers(headers: H264Headers, unread: NDArray[np.bool_], changed: Container[int] = ()) -> Iterator[Break]:
    """Pictures whose frame_num is neither that of the last reference picture nor the next one (clause 7.4.3).

    Packets marked in `unread` are left out; nothing is compared over the rows `changed`, where the container changes the settings.
    """
    size = _frame_number_sizes(headers)
    unreadable, found = {*headers.unreadable.tolist(), *np.flatnonzero(unread).tolist()}, []
    resets = frozenset(headers.resets.tolist())
    last = -1  # not known: at the start, and after headers that could not be read
    for row in range(len(headers)):
        number = int(headers.frame_num[row])
        last = -1 if row in changed else last
        if row in unreadable or number < 0:
            # A packet without a slice (parameter sets alone, other layers) counts nothing.
            last = last if row not in unreadable and not headers.nal_types[row] & 0b111110 else -1
        elif headers.idr[row]:
            last = number
        else:
            due = (last + 1) % size[row] if size[row] else number
            if last >= 0 and number not in (last, due):
                found.append((row, due, number))
            last = number if headers.reference[row] else last
            last = 0 if row in resets else last
    for row, expected, number in found:
        values = (str(expected), str(number))
        details = (("number due, number stored", *values),)
        regular = len(headers) - len(found)
        yield Break("frame-num", row, *values, details=details, count=len(found), regular=regular, number=True)


def _frame_number_sizes(headers: H264Headers) -> list[int]:
    """MaxFrameNum for each row: of the SPS last sent before it.

    65,536 where no SPS could be read: then a wrap counts as a break. 0 where the SPS allows gaps in the numbers (clause 7.4.2.1.1).
    """
    sizes, current = [65_536] * len(headers), 65_536
    # One that cannot be read leaves the one before it in force, as in a decoder.
    sent = deque((s.packet, dict(s.facts)) for s in headers.parameter_sets if s.kind == "sps" and s.facts)
    for row in range(len(headers)):
        while sent and sent[0][0] <= row:
            facts = sent.popleft()[1]
            current = 2 ** max(4, min(16, facts.get("log2_max_frame_num", 16)))
            current = 0 if facts.get("gaps_in_frame_num_value_allowed_flag") else current
        sizes[row] = current
    return sizes
