"""The parts of an audit as JSON values: one small function per record, member names fixed by `schema/audit-1.schema.json`.

An exact time is a string "n/d" and stands beside its decimal. The names here are a promise to other programs; the names of our own
records may change without them.
"""

import math
import numbers
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from entirety.model.audit import Audit, CheckResult, Declaration, Numbered, RunRecord, Still, Tool, Unexamined
from entirety.model.clip import Stream
from entirety.model.finding import Innocent, Measured, Sentence, Span
from entirety.model.time import UNSET

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
Object: TypeAlias = dict[str, Json]


def said(name: str, sentence: Sentence | None) -> Object:
    """A sentence as two members: `name` holds its English as printed, `name`_message what a translation needs; null where there is none."""
    if sentence is None:
        return {name: None, f"{name}_message": None}
    return {name: str(sentence), f"{name}_message": message(sentence)}


def message(sentence: Sentence) -> Object:
    """Message id, English template with gaps, and what fills them."""
    values: Object = {gap: value(number) for gap, number in sentence.values}
    return {"id": sentence.id, "template": sentence.text, "values": values}


def exact(time: Fraction | None) -> str | None:
    return None if time is None else f"{time.numerator}/{time.denominator}"


def decimal(time: Fraction | None) -> float | None:
    return None if time is None else round(float(time), 6)


def value(number: object) -> str | int | float:
    """A plain value: numbers of numeric libraries become Python's own, and what is no finite number becomes a word."""
    if isinstance(number, numbers.Integral):
        return int(number)
    if isinstance(number, numbers.Real):
        return float(number) if math.isfinite(number) else str(float(number))
    return str(number)


def pairs(items: Iterable[tuple[str, str]]) -> list[Json]:
    """Name and text as two-item lists: a file may hold the same tag twice, which an object cannot."""
    return [[name, text] for name, text in items]


def times(start: Fraction, end: Fraction) -> Object:
    return {"start": exact(start), "start_s": decimal(start), "end": exact(end), "end_s": decimal(end)}


def tool_part(tool: Tool) -> Object:
    """The program that made a document."""
    return {
        "name": tool.name,
        "version": tool.version,
        "decoder": tool.decoder,
        "libraries": pairs(tool.libraries),
    }


def custody_part(audit: Audit) -> Object:
    return {
        "name": audit.custody.name,
        "sha256": audit.custody.sha256,
        "bytes": audit.custody.size,
        "modified": audit.custody.modified,
        "sha256_after": audit.sha256_after,
    }


def clip_part(audit: Audit) -> Object:
    return {
        "container": audit.container,
        "duration": exact(audit.duration),
        "duration_s": decimal(audit.duration),
        "start": exact(audit.start),
        "start_s": decimal(audit.start),
        "shown": exact(audit.shown),
        "shown_s": decimal(audit.shown),
        "frames": audit.frames,
        "stored": audit.stored,
        "constant_rate": audit.constant_rate,
        "video": audit.video,
        "streams": [stream_part(stream) for stream in audit.streams],
        "tags": pairs(audit.tags),
    }


def stream_part(stream: Stream) -> Object:
    return {
        "index": stream.index,
        "kind": stream.kind,
        "codec": stream.codec,
        "profile": stream.profile,
        "time_base": exact(stream.time_base),
        "start": None if stream.start == UNSET else stream.start,
        "duration": None if stream.duration == UNSET else stream.duration,
        "frames": stream.frames,
        "width": stream.width,
        "height": stream.height,
        "pixel_format": stream.pixel_format,
        "rotation": stream.rotation,
        "aspect": exact(stream.aspect),
        "rate": exact(stream.rate),
        "average_rate": exact(stream.average_rate),
        "sample_rate": stream.sample_rate,
        "channels": stream.channels,
        "tags": pairs(stream.tags),
    }


def check_part(result: CheckResult, declaration: Declaration | None) -> Object:
    return {
        "id": result.id,
        "revision": result.revision,
        "question": result.question.value,
        "outcome": result.outcome.value,
        **said("reason", result.reason),
        "findings": result.findings,
        **said("blind_here", result.blind_here),
        "declaration": None if declaration is None else declaration_part(declaration),
    }


def declaration_part(declaration: Declaration) -> Object:
    return {
        "title": declaration.title,
        "sees": declaration.sees,
        "innocent": pairs(declaration.innocent),
        "blind_spots": list(declaration.blind_spots),
        "references": list(declaration.references),
    }


def finding_part(numbered: Numbered) -> Object:
    finding = numbered.finding
    return {
        "id": numbered.id,
        "check": finding.check,
        "code": finding.code,
        **said("claim", finding.claim),
        **said("inference", finding.inference),
        "span": span_part(finding.span),
        "weight": finding.weight.value,
        "confidence": finding.confidence.value,
        "measured": [measured_part(measured) for measured in finding.measured],
        "innocent": [innocent_part(innocent) for innocent in finding.innocent],
        "reproduce": finding.reproduce,
        "stills": [int(frame) for frame in finding.stills],
        "hidden": [int(row) for row in finding.hidden],
        "also": [question.value for question in finding.also],
        "further": [int(row) for row in finding.further],
    }


def span_part(span: Span) -> Object:
    ranges: list[Json] = [[int(start), int(end)] for start, end in span.byte_ranges]
    return times(span.start, span.end) | {
        "start_frame": int(span.first),
        "end_frame": int(span.last),
        "byte_ranges": ranges,
    }


def measured_part(measured: Measured) -> Object:
    threshold = None if measured.threshold is None else value(measured.threshold)
    return {"name": measured.name, "value": value(measured.value), "threshold": threshold, "unit": measured.unit}


def innocent_part(innocent: Innocent) -> Object:
    return {"slug": innocent.slug, "status": innocent.status.value, **said("why", innocent.why)}


def still_part(still: Still) -> Object:
    return {
        "finding": still.finding,
        "role": still.role,
        "frame": int(still.frame),
        "time": exact(still.time),
        "time_s": decimal(still.time),
        "sha256": still.sha256,
        "file": still.file,
        "file_sha256": still.file_sha256,
        "width": int(still.width),
        "height": int(still.height),
    }


def unexamined_part(part: Unexamined) -> Object:
    frames: Object = {"start_frame": int(part.first), "end_frame": int(part.last), **said("reason", part.reason)}
    return times(part.start, part.end) | frames


def run_part(run: RunRecord | None) -> Json:
    if run is None:
        return None
    return {"started": run.started, "seconds": run.seconds, "command": run.command, "platform": run.platform}
