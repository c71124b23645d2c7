"""The index as SARIF 2.1.0, the exchange format of programs that check things: for other programs that collect such results.

The format knows what passed, failed or stays open, and the closed list of answers is laid on it: `fail` is a direct trace and nothing else
is, and `pass` says that the checks made found nothing, never that a recording is whole. Files that could not be analysed stand apart, as
notices of the run. Names stand as relative addresses; where the folder lies is not said. Times have no place in the format and stand among
the properties.
"""

from collections.abc import Iterator, Sequence

from entirety.judge.checks import LISTED
from entirety.model.audit import Answer
from entirety.model.case import Case, Fate, Item, Listed
from entirety.model.finding import Check, Question, Weight
from entirety.report.case_names import address
from entirety.report.case_rows import Row, rows
from entirety.report.record import Json, Object, pairs, times
from entirety.report.visible import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Only names the format; nothing is fetched."""
KINDS = {
    Answer.DIRECT: "fail",
    Answer.INDICATIONS: "review",
    Answer.RE_SAVED: "informational",
    Answer.INCONCLUSIVE: "open",
    Answer.NONE_FOUND: "pass",
}
FINDINGS = {
    Weight.DIRECT: "fail",
    Weight.STRONG: "review",
    Weight.SUPPORTING: "open",
    Weight.NEUTRAL: "informational",
}
"""As for the answers; a supporting finding alone decides nothing, so it is open."""
ORIGINAL = frozenset(check.id for check in LISTED if check.question is Question.ORIGINAL)
"""Checks of what wrote the file."""
ANSWER = "answer"
"""Rule of the results that give a clip's answer; no check is called so."""
BROKE_OFF = frozenset(
    {Fate.CHANGED, Fate.CRASHED, Fate.TIMED_OUT, Fate.OUT_OF_MEMORY, Fate.FAILED, Fate.UNREADABLE, Fate.DAMAGED}
)
"""Fates after which something that may be evidence was not analysed: an error to whoever collects results."""
QUIET = frozenset({Fate.NOT_VIDEO, Fate.EMPTY})
"""Fates that are worth a note only."""
EVIDENCE, FOLDER = "EVIDENCE", "CASE"
"""Bases of the relative addresses."""


def case_sarif(case: Case) -> Object:
    """The whole log, with one run."""
    found = rows(case)
    rules = _rules(case)
    number = {str(rule["id"]): at for at, rule in enumerate(rules)}
    first: dict[str, Row] = {}
    for row in found:
        if row.item is not None:
            first.setdefault(row.item.sha256, row)
    results = [one for row in first.values() if row.item is not None for one in _results(row, row.item, number)]
    notices = [one for row in found for one in _notices(row, number)]
    broke = any(row.entry.fate in BROKE_OFF or (row.item is not None and row.item.not_run) for row in found)
    driver: Object = {
        "name": case.tool.name,
        "version": case.tool.version,
        "rules": [*rules],
        "notifications": [{"id": fate.value} for fate in Fate if fate is not Fate.AUDITED],
    }
    run: Object = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not broke, "toolExecutionNotifications": [*notices]}],
        "originalUriBaseIds": {
            EVIDENCE: {"description": {"text": "The folder of evidence."}},
            FOLDER: {"description": {"text": "The case folder, in which this file lies."}},
        },
        "artifacts": [_artifact(row) for row in found],
        "results": [*results],
        "properties": {
            "decoder": case.tool.decoder,
            "libraries": pairs(case.tool.libraries),
            "options": pairs(case.options),
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(case: Case) -> list[Object]:
    """The answer, and every check that said or ran anything, in the order of the program."""
    used = {check for item in case.items for check, _ in (*item.revisions, *item.not_run)}
    used |= {one.check for item in case.items for one in item.findings}
    known = {check.id for check in LISTED}
    answer: Object = {
        "id": ANSWER,
        "shortDescription": {"text": "The answer for the whole clip, from a closed list."},
        "fullDescription": {
            "text": "Follows from the findings by the rule that is printed in every report. No answer says that a recording is whole."
        },
    }
    unknown: list[Object] = [{"id": check} for check in sorted(used - known)]
    return [answer, *(_rule(check) for check in LISTED if check.id in used), *unknown]


def _rule(check: Check) -> Object:
    return {
        "id": check.id,
        "shortDescription": {"text": _text(check.title)},
        "fullDescription": {"text": _text(check.sees)},
        "properties": {
            "revision": check.revision,
            "innocentCauses": pairs(check.innocent),
            "blindSpots": list(check.blind_spots),
        },
    }


def _artifact(row: Row) -> Object:
    part: Object = {"location": _place(row), "roles": ["analysisTarget"]}
    if row.entry.sha256:
        part |= {"length": row.entry.size, "hashes": {"sha-256": row.entry.sha256}}
    return part


def _place(row: Row) -> Object:
    return {"uri": address(row.entry.path), "uriBaseId": EVIDENCE}


def _location(row: Row, region: Object | None = None) -> Object:
    place: Object = {"artifactLocation": {**_place(row), "index": row.number - 1}}
    return {"physicalLocation": place if region is None else {**place, "region": region}}


def _results(row: Row, item: Item, number: dict[str, int]) -> Iterator[Object]:
    others: list[Json] = [
        {"physicalLocation": {"artifactLocation": {"uri": address(path), "uriBaseId": EVIDENCE}}} for path in row.same
    ]
    also: Object = {"relatedLocations": others} if others else {}
    yield {
        **_head(ANSWER, KINDS[item.answer], item.sentence, number),
        "locations": [_location(row)],
        **also,
        "properties": {
            "answer": item.answer.value,
            "kindOfFile": item.kind,
            "findings": len(item.findings) + item.more,
            "report": {"uri": row.report, "uriBaseId": FOLDER},
        },
    }
    for one in item.findings:
        yield {
            **_head(one.check, _kind(one), one.claim, number),
            "locations": [_location(row, _region(one))],
            **also,
            "properties": {
                "finding": one.id,
                "code": one.code,
                "weight": one.weight.value,
                "confidence": one.confidence.value,
                **times(one.start, one.end),
                **_frames(one),
            },
        }


def _frames(one: Listed) -> Object:
    """What concerns no shown picture has none."""
    return {name: at for name, at in (("start_frame", one.first), ("end_frame", one.last)) if at >= 0}


def _head(rule: str, kind: str, text: str, number: dict[str, int]) -> Object:
    return {
        "ruleId": rule,
        "ruleIndex": number[rule],
        "kind": kind,
        "level": "warning" if kind == "fail" else "none",
        "message": {"text": _text(text)},
    }


def _kind(one: Listed) -> str:
    """What only says who wrote the file is no more than information, however clear it is."""
    only_writer = one.weight is Weight.STRONG and one.check in ORIGINAL
    return FINDINGS[Weight.NEUTRAL if only_writer else one.weight]


def _region(one: Listed) -> Object | None:
    if one.bytes is None or one.bytes[1] <= one.bytes[0]:
        return None
    return {"byteOffset": one.bytes[0], "byteLength": one.bytes[1] - one.bytes[0]}


def _notices(row: Row, number: dict[str, int]) -> Iterator[Object]:
    entry = row.entry
    if entry.fate is not Fate.AUDITED:
        named = entry.fate is Fate.NOT_VIDEO and entry.video_by_name
        level = "error" if entry.fate in BROKE_OFF else "note" if entry.fate in QUIET and not named else "warning"
        yield {
            "descriptor": {"id": entry.fate.value, "index": _notice_index(entry.fate)},
            "level": level,
            "message": {"text": _text(entry.reason or entry.fate.value)},
            "locations": [_location(row)],
        }
    if row.item is not None:
        for check, reason in row.item.not_run:
            yield {
                "associatedRule": {"id": check, "index": number[check]},
                "level": "error",
                "message": {"text": _text(reason or "The check broke down.")},
                "locations": [_location(row)],
            }


def _notice_index(fate: Fate) -> int:
    fates: Sequence[Fate] = [one for one in Fate if one is not Fate.AUDITED]
    return fates.index(fate)


def _text(text: str) -> str:
    """Text for a message: braces would be gaps in it and brackets before a parenthesis a link."""
    return visible(text, 2000).replace("{", "{{").replace("}", "}}").replace("](", "] (")
