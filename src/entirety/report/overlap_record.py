"""Overlaps between clips as plain JSON values, in the order of `schema/overlap-1.schema.json`."""

from entirety.model.audit import Tool
from entirety.model.coverage import Recording
from entirety.model.overlap import Group, Overlap, Overlaps, Span
from entirety.report.record import Json, Object, decimal, exact, times, tool_part

SCHEMA_VERSION = 1


def overlap_document(found: Overlaps, tool: Tool) -> Object:
    """The whole result; clips are named by their number in `clips`, from 0."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_part(tool),
        "clips": [_clip(one) for one in found.clips],
        "groups": [_group(one) for one in found.groups],
        "alone": list(found.alone),
        "unread": [{"name": one.name, "reason": one.reason} for one in found.unread],
    }


def _clip(clip: Recording) -> Json:
    return {
        "name": clip.custody.name,
        "sha256": clip.custody.sha256,
        "size": clip.custody.size,
        "modified": clip.custody.modified,
        "frames": clip.frames,
        "length": exact(clip.length),
        "length_s": decimal(clip.length),
        "codec": clip.codec,
        "width": clip.width,
        "height": clip.height,
        "sound": clip.sound,
    }


def _group(group: Group) -> Json:
    return {
        "clips": [
            {"clip": one.clip, **times(*one.span), "zero": exact(one.zero), "agreeing_overlaps": one.others}
            for one in group.placed
        ],
        "gaps": [_span(one) for one in group.gaps],
        "covered_twice": [_span(one) for one in group.covered_twice],
        "overlaps": [_overlap(one) for one in group.overlaps],
        "conflicts": [_overlap(one) for one in group.conflicts],
    }


def _span(span: Span) -> Json:
    return {**times(*span)}


def _overlap(overlap: Overlap) -> Json:
    parts: list[Json] = [
        {"clip": clip, **times(*span), "first_frame": first, "end_frame": end}
        for clip, span, (first, end) in zip(overlap.clips, overlap.spans, overlap.rows, strict=True)
    ]
    return {
        "parts": parts,
        "offset": exact(overlap.offset),
        "offset_s": decimal(overlap.offset),
        "matched_by": overlap.matched_by.value,
        "compared": exact(overlap.compared),
        "compared_s": decimal(overlap.compared),
        "differing_bits": overlap.differing,
        "likeness": overlap.likeness,
    }
