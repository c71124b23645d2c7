"""The audit of one clip as SARIF 2.1.0, for programs that collect such results; what the words of the format stand for is said in `sarif`.

Every check is in it once with its declaration and what became of it; every finding with its bytes, and with times and frames among the
properties. What broke down or could not be examined stands apart, as notices of the run. Nothing of the run's own time or machine is in it.
"""

from collections.abc import Iterator

from entirety.model.audit import Audit, CheckResult, Numbered
from entirety.model.finding import Outcome
from entirety.report.case_names import address
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
from entirety.report.view import FindingView
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

EVIDENCE, FOLDER = "EVIDENCE", "REPORT"
"""Bases of the relative addresses."""
MOST_PLACES = 50
"""Byte ranges of one finding; how many there are is said, and audit.json has them all."""
UNSAID = {
    Outcome.CLEAR: "sarif.clear",
    Outcome.SKIPPED: "sarif.skipped",
    Outcome.FAILED: "sarif.failed",
    Outcome.NOT_APPLICABLE: "sarif.not_applicable",
}
"""What became of a check that states no reason."""
UNEXAMINED, DECODER = "unexamined", "decoder"
"""Notices besides those of checks that broke down."""


def clip_sarif(audit: Audit, found: tuple[FindingView, ...], words: Catalogue) -> Object:
    """The whole log, with one run."""
    rules = list(_rules(audit, words))
    number = numbers(rules)
    files = {still.file: at for at, still in enumerate({s.file: s for s in audit.stills}.values(), 1)}
    results: list[Json] = [_answer(audit, words, number)]
    results += [_finding(audit, one, shown, number, files) for one, shown in zip(audit.findings, found, strict=True)]
    results += [_check(result, words, number) for result in audit.checks if result.outcome is not Outcome.FOUND]
    driver: Object = {
        "name": visible(audit.tool.name),
        "version": visible(audit.tool.version),
        "rules": [*rules],
        "notifications": [{"id": UNEXAMINED}, {"id": DECODER}],
    }
    broke = any(result.outcome is Outcome.FAILED for result in audit.checks)
    run: Object = {
        "tool": {"driver": driver},
        "language": words.language,
        "invocations": [
            {"executionSuccessful": not broke, "toolExecutionNotifications": [*_notices(audit, words, number)]}
        ],
        "originalUriBaseIds": {
            EVIDENCE: {"description": {"text": words.text("sarif.evidence")}},
            FOLDER: {"description": {"text": words.text("sarif.folder")}},
        },
        "artifacts": [*_artifacts(audit)],
        "results": results,
        "properties": {
            "decoder": visible(audit.tool.decoder),
            "libraries": pairs((visible(name), visible(version)) for name, version in audit.tool.libraries),
            "kindOfFile": visible(audit.kind),
            "frames": audit.frames,
            "limits": [plain(words.say(limit)) for limit in audit.limits],
        },
    }
    return log(run)


def _rules(audit: Audit, words: Catalogue) -> Iterator[Object]:
    """The answer, every check with its declaration, and whatever else a foreign audit names."""
    declared = {one.id: one for one in audit.declarations}
    yield answer_rule(words)
    for name in dict.fromkeys([*(one.id for one in audit.checks), *(one.finding.check for one in audit.findings)]):
        yield rule(declared[name], words) if name in declared else {"id": visible(name)}


def _artifacts(audit: Audit) -> Iterator[Object]:
    yield {
        "location": _clip(audit),
        "roles": ["analysisTarget"],
        "length": audit.custody.size,
        "hashes": {"sha-256": audit.custody.sha256},
    }
    for file, sha256 in {still.file: still.file_sha256 for still in audit.stills}.items():
        yield {
            "location": {"uri": address(file), "uriBaseId": FOLDER},
            "roles": ["attachment"],
            "hashes": {"sha-256": sha256},
        }


def _clip(audit: Audit) -> Object:
    return {"uri": address(audit.custody.name), "uriBaseId": EVIDENCE}


def _answer(audit: Audit, words: Catalogue, number: dict[str, int]) -> Object:
    questions: Object = {question.value: answer.value for question, answer in audit.questions}
    return {
        **head(ANSWER, KINDS[audit.answer], words.say(audit.sentence), number),
        "locations": [within({**_clip(audit), "index": 0})],
        "properties": {
            "answer": audit.answer.value,
            "reason": words.say(audit.reason),
            "questions": questions,
            "findings": len(audit.findings),
        },
    }


def _finding(audit: Audit, one: Numbered, shown: FindingView, number: dict[str, int], files: dict[str, int]) -> Object:
    finding, span = one.finding, one.finding.span
    place: Object = {**_clip(audit), "index": 0}
    regions = [part for bounds in span.byte_ranges[:MOST_PLACES] if (part := region(bounds)) is not None]
    places: list[Json] = [within(place, part) for part in regions] or [within(place)]
    stills: list[Json] = [
        {"artifactLocation": {"uri": address(still.file), "uriBaseId": FOLDER, "index": files[still.file]}}
        for still in {s.file: s for s in audit.stills if s.finding == one.id}.values()
    ]
    explained: list[Json] = [
        {"slug": visible(innocent.slug), "status": innocent.status.value, "cause": said.cause, "seen": said.seen}
        for innocent, said in zip(finding.innocent, shown.explanations, strict=True)
    ]
    properties: Object = {
        "finding": one.id,
        "code": visible(finding.code),
        "weight": finding.weight.value,
        "confidence": finding.confidence.value,
        **times(span.start, span.end),
        **frames(span.first, span.last),
        "byteRanges": len(span.byte_ranges),
        "inference": shown.inference,
        "explanations": explained,
        "reproduce": shown.reproduce,
    }
    return {
        **head(visible(finding.check), kind_of(finding.check, finding.weight), shown.claim, number),
        "locations": places[:1],
        # More than one location would mean that all have to be mended.
        **({"relatedLocations": places[1:]} if places[1:] else {}),
        **({"attachments": stills} if stills else {}),
        "properties": properties,
    }


def _check(result: CheckResult, words: Catalogue, number: dict[str, int]) -> Object:
    """What became of a check without findings: nothing seen, nothing of the kind in the file, or not run."""
    said = words.say(result.reason) if result.reason is not None else words.text(UNSAID[result.outcome])
    kind = {Outcome.CLEAR: "pass", Outcome.NOT_APPLICABLE: "notApplicable"}.get(result.outcome, "open")
    here = {} if result.blind_here is None else {"blindHere": words.say(result.blind_here)}
    properties: Object = {"outcome": result.outcome.value, "revision": result.revision, **here}
    return {**head(visible(result.id), kind, said, number), "properties": properties}


def _notices(audit: Audit, words: Catalogue, number: dict[str, int]) -> Iterator[Object]:
    for result in audit.checks:
        if result.outcome is Outcome.FAILED:
            said = words.text("sarif.failed") if result.reason is None else words.say(result.reason)
            yield {
                "associatedRule": {"id": visible(result.id), "index": number[visible(result.id)]},
                "level": "error",
                "message": {"text": plain(said)},
            }
    for part in audit.unexamined:
        yield {
            "descriptor": {"id": UNEXAMINED, "index": 0},
            "level": "warning",
            "message": {"text": plain(words.say(part.reason))},
            "properties": {**times(part.start, part.end), **frames(part.first, part.last)},
        }
    for note in audit.notes:
        yield {"descriptor": {"id": DECODER, "index": 1}, "level": "note", "message": {"text": plain(note) or "-"}}
