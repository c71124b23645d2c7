"""From the JSON document of overlaps back to the overlaps themselves.

The document may come from a process that had read hostile files: whatever is not exactly what `overlap_document` writes is refused.
"""

import json
import re
from collections import Counter
from fractions import Fraction

from entirety.errors import CannotOpen
from entirety.model.audit import Tool
from entirety.model.clip import Custody
from entirety.model.coverage import Layer, Recording
from entirety.model.overlap import Group, Overlap, Overlaps, Placed, Rows, Span, Unread
from entirety.report.overlap_record import overlap_document
from entirety.report.part import Part
from entirety.report.rates import SHA256
from entirety.report.record import Json

TIME = re.compile(r"-?[0-9]{1,200}/[1-9][0-9]{0,199}")


def overlaps_from(document: Json) -> Overlaps:
    """The overlaps of a document. Raises ValueError for any other document than `overlap_document` gives."""
    try:
        top = Part(document, "")
        stated = top.part("tool")
        tool = Tool(stated.text("name"), stated.text("version"), stated.text("decoder"), stated.pairs("libraries"))
        clips = top.each("clips", _clip)
        found = Overlaps(
            clips=clips,
            groups=top.each("groups", lambda part: _group(part, clips)),
            alone=top.wholes("alone"),
            unread=top.each("unread", lambda part: Unread(part.text("name"), part.text("reason"))),
        )
        # Members beyond ours, decimals beside exact times, the version: all that follows from what was read, at one stroke.
        same = _written(overlap_document(found, tool)) == _written(document)
    except (CannotOpen, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"This is not what a search for shared footage writes: {error}") from error
    if not same or not _each_once(found):
        raise ValueError("This is not what a search for shared footage writes: its parts do not fit together.")
    return found


def _time(part: Part, name: str) -> Fraction:
    """Differences of times of clips with different clocks have more digits than the times of one clip."""
    part.shaped(name, TIME)
    numerator, denominator = part.text(name).split("/")
    return Fraction(int(numerator), int(denominator))


def _written(document: Json) -> str:
    return json.dumps(document, sort_keys=True, allow_nan=False)


def _each_once(found: Overlaps) -> bool:
    """Every clip is in one group or alone."""
    places = [placed.clip for group in found.groups for placed in group.placed] + list(found.alone)
    return Counter(places) == Counter(range(len(found.clips)))


def _clip(part: Part) -> Recording:
    custody = Custody(part.text("name"), part.count("size"), part.shaped("sha256", SHA256), part.text("modified"))
    return Recording(
        custody=custody,
        frames=part.count("frames"),
        length=_time(part, "length"),
        codec=part.text("codec"),
        width=part.count("width"),
        height=part.count("height"),
        sound=part.flag("sound"),
    )


def _group(part: Part, clips: tuple[Recording, ...]) -> Group:
    placed = part.each(
        "clips", lambda one: Placed(one.count("clip"), _span(one), _time(one, "zero"), one.count("agreeing_overlaps"))
    )
    if not placed:
        raise part.wrong("clips")
    members = {one.clip for one in placed if one.clip < len(clips)}
    frames = {clip: clips[clip].frames for clip in members}
    return Group(
        placed=placed,
        overlaps=part.each("overlaps", lambda one: _overlap(one, frames)),
        conflicts=part.each("conflicts", lambda one: _overlap(one, frames)),
        gaps=part.each("gaps", _span),
        covered_twice=part.each("covered_twice", _span),
    )


def _overlap(part: Part, frames: dict[int, int]) -> Overlap:
    """`frames` is how many pictures each clip of the group has."""
    parts = part.each("parts", lambda one: (one.count("clip"), _rows(one), _span(one)))
    if len(parts) != 2 or any(clip not in frames or rows[1] > frames[clip] for clip, rows, _ in parts):
        raise part.wrong("parts")
    (one, mine, here), (other, theirs, there) = parts
    if one >= other:
        raise part.wrong("parts")
    return Overlap(
        clips=(one, other),
        offset=_time(part, "offset"),
        rows=(mine, theirs),
        spans=(here, there),
        matched_by=part.one_of("matched_by", Layer),
        compared=_time(part, "compared"),
        differing=part.maybe("differing_bits", part.number),
        likeness=part.maybe("likeness", part.number),
    )


def _rows(part: Part) -> Rows:
    first, end = part.count("first_frame"), part.count("end_frame")
    if end < first:
        raise part.wrong("end_frame")
    return first, end


def _span(part: Part) -> Span:
    start, end = _time(part, "start"), _time(part, "end")
    if end < start:
        raise part.wrong("end")
    return start, end
