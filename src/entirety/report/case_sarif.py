"""The index as SARIF 2.1.0, for other programs that collect such results; what the words of the format stand for is said in `sarif`.

Files that could not be analysed stand apart, as notices of the run. Names stand as relative addresses; where the folder lies is not said.
"""

from collections.abc import Iterator, Sequence

from entirety.judge.checks import LISTED
from entirety.model.case import Case, Fate, Item
from entirety.report.case_names import address
from entirety.report.case_rows import Row, rows
from entirety.report.record import Json, Object, pairs, times
from entirety.report.sarif import (
    ANSWER,
    KINDS,
    answer_rule,
    frames,
    head,
    kind_of,
    log,
    numbers,
    plain,
    region,
    rule,
    within,
)
from entirety.report.wording import Catalogue

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
    number = numbers(rules)
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
    return log(run)


def _rules(case: Case) -> list[Object]:
    """The answer, and every check that said or ran anything, in the order of the program."""
    used = {check for item in case.items for check, _ in (*item.revisions, *item.not_run)}
    used |= {one.check for item in case.items for one in item.findings}
    known = {check.id for check in LISTED}
    words = Catalogue("en")
    unknown: list[Object] = [{"id": check} for check in sorted(used - known)]
    return [answer_rule(words), *(rule(check, words) for check in LISTED if check.id in used), *unknown]


def _artifact(row: Row) -> Object:
    part: Object = {"location": _place(row), "roles": ["analysisTarget"]}
    if row.entry.sha256:
        part |= {"length": row.entry.size, "hashes": {"sha-256": row.entry.sha256}}
    return part


def _place(row: Row) -> Object:
    return {"uri": address(row.entry.path), "uriBaseId": EVIDENCE}


def _location(row: Row, part: Object | None = None) -> Object:
    return within({**_place(row), "index": row.number - 1}, part)


def _results(row: Row, item: Item, number: dict[str, int]) -> Iterator[Object]:
    others: list[Json] = [within({"uri": address(path), "uriBaseId": EVIDENCE}) for path in row.same]
    also: Object = {"relatedLocations": others} if others else {}
    yield {
        **head(ANSWER, KINDS[item.answer], item.sentence, number),
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
            **head(one.check, kind_of(one.check, one.weight), one.claim, number),
            "locations": [_location(row, region(one.bytes))],
            **also,
            "properties": {
                "finding": one.id,
                "code": one.code,
                "weight": one.weight.value,
                "confidence": one.confidence.value,
                **times(one.start, one.end),
                **frames(one.first, one.last),
            },
        }


def _notices(row: Row, number: dict[str, int]) -> Iterator[Object]:
    entry = row.entry
    if entry.fate is not Fate.AUDITED:
        named = entry.fate is Fate.NOT_VIDEO and entry.video_by_name
        level = "error" if entry.fate in BROKE_OFF else "note" if entry.fate in QUIET and not named else "warning"
        yield {
            "descriptor": {"id": entry.fate.value, "index": _notice_index(entry.fate)},
            "level": level,
            "message": {"text": plain(entry.reason or entry.fate.value)},
            "locations": [_location(row)],
        }
    if row.item is not None:
        for check, reason in row.item.not_run:
            yield {
                "associatedRule": {"id": check, "index": number[check]},
                "level": "error",
                "message": {"text": plain(reason or "The check broke down.")},
                "locations": [_location(row)],
            }


def _notice_index(fate: Fate) -> int:
    fates: Sequence[Fate] = [one for one in Fate if one is not Fate.AUDITED]
    return fates.index(fate)
