"""The audit as one JSON document: the master of every report, complete enough to print the report again years later.

Times stand twice: as an exact fraction of a second ("1001/30000") and as a decimal rounded to six places. The order of the members is
fixed and no clock enters outside `run`, so two runs on the same file differ there only.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

from entirety.errors import CannotOpen
from entirety.judge.answer import RULE
from entirety.judge.checks import LISTED
from entirety.model.audit import SCHEMA_VERSION, Audit, Declaration, RuleRow
from entirety.report.comparison import comparison_part
from entirety.report.copied import copy_part
from entirety.report.drawn import timeline_part
from entirety.report.rates import rates_part
from entirety.report.record import (
    Json,
    Object,
    check_part,
    clip_part,
    custody_part,
    finding_part,
    message,
    run_part,
    said,
    still_part,
    tool_part,
    unexamined_part,
)
from entirety.report.restore import from_document
from entirety.report.second_opinion import second_part
from entirety.report.shot_record import shots_part
from entirety.report.stated_record import extract_part, stated_part
from entirety.report.visible import visible

__all__ = ["declared", "from_document", "load", "parse", "read", "serialise", "to_document"]

LARGEST = 200 << 20
"""Bytes of an audit.json that are read. 500 findings take about 1 MB; beyond this it is not ours."""


def declared(audit: Audit) -> Audit:
    """The audit with each check's declaration and the decision rule in it, taken from the running program where it has none."""
    known = {check.id: check for check in LISTED}
    declarations = audit.declarations or tuple(
        Declaration(c.id, c.revision, c.title, c.sees, c.innocent, c.blind_spots, c.references)
        for result in audit.checks
        if (c := known.get(result.id)) is not None
    )
    rule = audit.rule or tuple(RuleRow(row.number, row.answer, row.condition) for row in RULE)
    return replace(audit, declarations=declarations, rule=rule)


def to_document(audit: Audit) -> Object:
    """The audit as plain JSON values, in the order of `schema/audit-1.schema.json`."""
    whole = declared(audit)
    kept = {declaration.id: declaration for declaration in whole.declarations}
    rates: dict[str, Json] = {one.check: rates_part(one) for one in whole.performance}
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_part(whole.tool),
        "custody": custody_part(whole),
        "stated": stated_part(whole.stated),
        "clip": clip_part(whole),
        "answer": {"code": whole.answer.value, **said("sentence", whole.sentence), **said("reason", whole.reason)},
        "questions": {question.value: {"code": answer.value} for question, answer in whole.questions},
        "checks": [check_part(result, kept.get(result.id)) for result in whole.checks],
        "kind": whole.kind,
        "performance": list(rates.values()),
        "findings": [
            finding_part(numbered) | {"performance": rates.get(numbered.finding.check)} for numbered in whole.findings
        ],
        "stills": [still_part(still) for still in whole.stills],
        "copies": [copy_part(copy) for copy in whole.copies],
        "second": second_part(whole.second),
        "shots": shots_part(whole.shots),
        "comparison": comparison_part(whole.coverage),
        "limits": [str(limit) for limit in whole.limits],
        "limits_message": [message(limit) for limit in whole.limits],
        "unexamined": [unexamined_part(part) for part in whole.unexamined],
        "extract": [extract_part(row) for row in whole.extract],
        "timeline": timeline_part(whole.timeline),
        "notes": list(whole.notes),
        "rule": [
            {"number": row.number, "answer": row.answer.value, **said("condition", row.condition)} for row in whole.rule
        ],
        "run": run_part(whole.run),
    }


def serialise(document: Object) -> bytes:
    """The one byte sequence of a document: UTF-8, indented by two; every character without a picture of its own is escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return (re.sub(r"[^\n -~]", _escaped, text) + "\n").encode("utf-8")


def read(path: Path) -> bytes:
    """The bytes of an audit.json. Raises CannotOpen where there are none to read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CannotOpen(f"{visible(path.name)} cannot be read: {error.strerror or error}.") from error


def parse(content: bytes) -> Object:
    """Bytes to a JSON object that holds an audit. Raises CannotOpen where it holds none, Unsupported where a newer program made it."""
    if len(content) > LARGEST:
        raise CannotOpen("This is not an audit that this program wrote: it is larger than any.")
    try:
        document: Json = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise CannotOpen(f"This is not an audit that this program wrote: {visible(str(error), 200)}.") from error
    if not isinstance(document, dict):
        raise CannotOpen("This is not an audit that this program wrote: it holds no JSON object.")
    from_document(document)
    return document


def load(path: Path) -> Object:
    """Read and check an audit.json; errors as in `read` and `parse`."""
    return parse(read(path))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
