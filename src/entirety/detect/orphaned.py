"""Looks at the media data that no table of the file refers to, and at the pictures that were found in it.

Belongs to the check hidden-footage. Where a part is taken out by rewriting the tables alone, its coded pictures stay in the file, and
nothing but their own framing tells where they lie.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.detect import reproduce
from entirety.detect.edits import TABLES
from entirety.detect.hashed import all_hashes
from entirety.detect.hidden_innocent import DAMAGED, ID, weigh
from entirety.detect.orphaned_sentences import claim, meaning, told
from entirety.detect.sentences import say
from entirety.detect.spans import AHEAD, MOST_RANGES, frame_end, frame_of_packet, frame_time, spread
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Measured, Question, Span, Weight
from entirety.model.further import Further, Origin, Orphans
from entirety.model.time import UNSET

MOST_PLACES = 20
"""Places that get a finding of their own, longest first: chosen, so that a report stays readable."""
PLACING = (*TABLES, "stsc", "stco", "co64", "trun")
"""Tables that lead to a picture: those of times and sizes, and those of places (ISO/IEC 14496-12, 8.7 and 8.8.8)."""
FEWEST_DIRECT = 3
"""Pictures of its own that a place before or between listed pictures must hold to be direct: chosen; one or two may be a slip of a recorder."""
ITEMS = "iloc"
"""The box that says where the items of a file lie, such as still pictures (ISO/IEC 14496-12, 8.11.3); what it leads to is not read here."""


def orphaned(clip: Clip) -> Iterator[Finding]:
    """One finding for each place at which pictures were found; else one for what is there."""
    further = clip.further
    if further is None or further.orphans is None:
        return
    rows = further.rows(Origin.ORPHAN)
    for place in sorted(sorted(_places(clip, further, rows), key=len, reverse=True)[:MOST_PLACES], key=lambda p: p[0]):
        yield _pictures(clip, further, further.orphans, place)
    if not len(rows) and (further.orphans.size or not further.orphans.complete):
        yield _bytes(clip, further.orphans)


def _places(clip: Clip, further: Further, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Rows that lie between the same two listed pictures."""
    if not len(rows):
        return []
    before = np.searchsorted(np.sort(clip.packets.position), further.offset[rows])
    return np.split(rows, np.flatnonzero(np.diff(before)) + 1)


def _where(clip: Clip, offset: int) -> tuple[str, Span]:
    """Whether listed pictures lie before and behind a place in the file, and where that is in what is shown."""
    position, last = clip.packets.position, len(clip.frames) - 1
    earlier, later = np.flatnonzero((position >= 0) & (position < offset)), np.flatnonzero(position > offset)
    if not len(later):
        end = frame_end(clip, last)
        return "behind", Span(end, end, last, last)
    if not len(earlier):
        start = frame_time(clip, 0)
        return "before", Span(start, start, 0, 0)
    # Coding runs ahead of showing: the last picture shown before lies among the last ones coded, and the first one after likewise.
    near = earlier[np.argsort(position[earlier])][-AHEAD:], later[np.argsort(position[later])][:AHEAD]
    before, after = ([frame_of_packet(clip, row) for row in rows.tolist()] for rows in near)
    first, last = (max(before), min(after)) if max(before) < min(after) else (min(after), max(before))
    return "between", Span(frame_time(clip, last), frame_time(clip, last), first, last)


def _pictures(clip: Clip, further: Further, orphans: Orphans, rows: NDArray[np.int64]) -> Finding:
    where, span = _where(clip, int(further.offset[rows[0]]))
    count, seconds = len(rows), len(rows) * _step(clip)
    shown = {one.tobytes() for one in clip.frames.sha256}
    new = sum(further.sha256[row].tobytes() not in shown for row in rows.tolist())
    items = _has_items(clip)
    fits = {
        "rewritten-data": not new,
        "unfinished-file": where == "behind",
        "reused-space": True,  # recorders that write in slots or in a loop leave older footage anywhere
        "still-pictures": items,
    }
    return Finding(
        check=ID,
        code="orphaned",
        claim=claim(where, count, items=items),
        inference=say(f"{ID}.damaged.inference", DAMAGED)
        if new and _contradicting(clip)
        else meaning(new, items=items),
        span=Span(span.start, span.end, span.first, span.last, _ranges(further, rows)),
        weight=_weight(clip, where, new),
        confidence=Confidence.HIGH if orphans.complete and not _contradicting(clip) else Confidence.MEDIUM,
        measured=(
            Measured("pictures decoded at this place", count, 0, "pictures"),
            Measured("of them, pictures that are shown nowhere", new, 0, "pictures"),
            Measured("length at the clip's usual step", f"{float(seconds):.3f}", None, "s"),
            Measured("coded pictures recognised in the file that no track refers to", orphans.coded, None, "pictures"),
            Measured("of these, not decoded without errors", orphans.damaged, None, "pictures"),
            Measured(
                "SHA-256 over the hashes of the pictures, in the order of decoding", all_hashes(further, rows), None
            ),
        ),
        innocent=weigh("orphaned", count, 0, seconds, Fraction(0), more=[slug for slug, fit in fits.items() if fit]),
        reproduce=reproduce.bytes_of_the_file(_ranges(further, rows)),
        stills=tuple(sorted({span.first, span.last})),
        also=(Question.CONTINUOUS,) if where == "between" and not items else (),
        further=spread(rows),
    )


def _contradicting(clip: Clip) -> bool:
    """The tables contradict each other: what they do not lead to may be their damage alone."""
    problems = clip.movie.problems if clip.movie is not None else ()
    return any(f"`{table}`" in problem for problem in problems for table in PLACING)


def _has_items(clip: Clip) -> bool:
    """The file has a table of items besides its tracks, which may lead to what no track refers to."""
    return clip.movie is not None and any(box.kind == ITEMS for box in clip.movie.walk())


def _weight(clip: Clip, where: str, new: int) -> Weight:
    """Behind the last listed picture, space reserved beforehand may hold older footage of any length."""
    if not new or _has_items(clip):
        return Weight.NEUTRAL
    if _contradicting(clip) or where == "behind" or new < FEWEST_DIRECT:
        return Weight.SUPPORTING
    return Weight.DIRECT


def _step(clip: Clip) -> Fraction:
    """Seconds from one picture to the next, as usual in this clip; 0 where no times are stated."""
    times = clip.packets.pts[clip.packets.pts != UNSET]
    steps = np.diff(np.sort(times))
    return int(np.median(steps[steps > 0])) * clip.stream.time_base if (steps > 0).any() else Fraction(0)


def _ranges(further: Further, rows: NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    """The bytes of these coded pictures, neighbours joined."""
    joined: list[tuple[int, int]] = []
    for start, size in sorted(zip(further.offset[rows].tolist(), further.size[rows].tolist(), strict=True)):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], start + size)
        else:
            joined.append((start, start + size))
    return tuple(joined[:MOST_RANGES])


def _bytes(clip: Clip, orphans: Orphans) -> Finding:
    """Bytes in which no picture could be decoded: a sign only where coded pictures were recognised."""
    recognised = orphans.coded > 0
    items = _has_items(clip)
    behind = bool(orphans.ranges) and _where(clip, orphans.ranges[-1][0])[0] == "behind"
    fits = {
        "unlisted-data": not recognised,
        "unfinished-file": recognised and behind,
        "reused-space": recognised,
        "still-pictures": items,
    }
    text = "In our assessment this is what devices keep among their media data, or the remains of something that cannot be decoded from this file."
    return Finding(
        check=ID,
        code="orphaned-bytes",
        claim=told(clip, orphans, items=items),
        inference=say(f"{ID}.orphaned-bytes.inference", text),
        # They lie somewhere in the file and at no time of the clip: no shown frame is named.
        span=Span(clip.start, clip.start, -1, -1, orphans.ranges[:MOST_RANGES]),
        weight=Weight.SUPPORTING if recognised and not items and not _contradicting(clip) else Weight.NEUTRAL,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("bytes that no track refers to", orphans.size, 0, "bytes"),
            Measured("coded pictures recognised in them", orphans.coded, 0, "pictures"),
            Measured("bytes of padding besides", orphans.padding, None, "bytes"),
            Measured("bytes of all media data", orphans.media, None, "bytes"),
        ),
        innocent=weigh("orphaned", 0, 0, Fraction(0), Fraction(0), more=[slug for slug, fit in fits.items() if fit]),
        reproduce=reproduce.bytes_of_the_file(orphans.ranges),
    )
