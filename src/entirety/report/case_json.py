"""The index of a case folder as one JSON document: the master of every other form of it, by `schema/index-1.schema.json`.

It has an entry for every name met, also for what is no video and what could not be read. No clock is in it: two runs over the same folder
with the same program give the same bytes.
"""

from collections import Counter

from entirety.knowledge.performance import Table
from entirety.model.audit import Answer
from entirety.model.case import COMPLETE, Case, Fate, Item, Listed
from entirety.report.case_names import path_hex, path_text
from entirety.report.case_rates import Expected, expected
from entirety.report.case_record import described
from entirety.report.case_rows import Row, named, rows
from entirety.report.overlap_record import overlap_document
from entirety.report.record import Json, Object, decimal, pairs, times, tool_part

SCHEMA_VERSION = 1
NOT_AUDITED: Object = {
    "answer": None,
    "sentence": None,
    "kind": None,
    "container": None,
    "codec": None,
    "width": None,
    "height": None,
    "frames": None,
    "length": None,
    "length_s": None,
    "findings": [],
    "more_findings": 0,
    "not_run": [],
    "unexamined": None,
    "picture": None,
    "pictured": None,
}
"""Members of an entry that has no audit: all are there, so that a program that reads the index need not ask."""


def case_document(case: Case, table: Table | None) -> Object:
    """The whole index. `table` holds the measured error rates, where the program has any."""
    found = rows(case)
    overlaps = named(case)
    tool = case.tool
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_part(tool),
        "folder": path_text(case.folder),
        "options": pairs(case.options),
        "totals": _totals(case, found),
        "expected_flags": [_expected(one) for one in expected(case, table)],
        "items": [_row(row) for row in found],
        "overlaps": None if overlaps is None else overlap_document(overlaps, tool),
        "no_overlaps": case.no_overlaps,
    }


def _totals(case: Case, found: tuple[Row, ...]) -> Object:
    fates = Counter(row.entry.fate for row in found)
    clips = Counter(item.answer for item in case.items)
    files = Counter(row.item.answer for row in found if row.item is not None)
    return {
        "entries": len(found),
        "bytes": sum(row.entry.size for row in found),
        "complete": set(fates) <= COMPLETE,
        "by_outcome": {fate.value: fates[fate] for fate in Fate},
        "clips": len(case.items),
        "clips_by_answer": {answer.value: clips[answer] for answer in Answer},
        "files_by_answer": {answer.value: files[answer] for answer in Answer},
    }


def _expected(one: Expected) -> Object:
    likely, low, high = one.likely if one.known else (None, None, None)
    return {
        "kind": one.kind,
        "clips": one.clips,
        "measured": one.measured,
        "measured_flagged": one.flagged,
        "expected": _rounded(likely),
        "expected_low": _rounded(low),
        "expected_high": _rounded(high),
        "why_unknown": one.why_unknown or None,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 6)


def _row(row: Row) -> Object:
    entry = row.entry
    same: list[Json] = [path_text(path) for path in row.same]
    return {
        "path": path_text(entry.path),
        "path_bytes": path_hex(entry.path),
        "bytes": entry.size,
        "sha256": entry.sha256 or None,
        "outcome": entry.fate.value,
        "reason": entry.reason,
        "named_as_video": entry.video_by_name,
        **(NOT_AUDITED if row.item is None else _audit(row.item)),
        "report": row.report,
        "same_content": same,
        "more_same_content": row.more_same,
        "overlap_group": row.overlap_group,
    }


def _audit(item: Item) -> Object:
    return {
        **described(item),
        "length_s": decimal(item.length),
        "findings": [_finding(one) for one in item.findings],
        "more_findings": item.more,
        "not_run": [{"check": check, "reason": reason} for check, reason in item.not_run],
        "unexamined": item.unexamined,
        "picture": item.picture or None,
        "pictured": item.pictured or None,
    }


def _finding(one: Listed) -> Object:
    return {
        "id": one.id,
        "check": one.check,
        "code": one.code,
        "weight": one.weight.value,
        "confidence": one.confidence.value,
        "claim": one.claim,
        **times(one.start, one.end),
        "start_frame": one.first,
        "end_frame": one.last,
        "byte_range": None if one.bytes is None else [*one.bytes],
    }
