"""Measured error rates as JSON values and back.

They stand once for the audit and once more in each finding, so that whoever takes one finding out of the document has the rates of its
check with it; where the two differ, the document is not one that this program wrote.
"""

import re

from entirety.model.rates import Found, MeasuredSet, Performance
from entirety.report.part import Part
from entirety.report.record import Object

NAME, SHA256 = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"[0-9a-f]{64}")

NEW = ("kind", "performance")
"""Members that the first audits of this schema version do not have: both are there, or neither."""


def rates_part(rates: Performance) -> Object:
    measured = rates.measured
    return {
        "check": rates.check,
        "revision": rates.revision,
        "kind": rates.kind,
        "clips": rates.clips,
        "found": [_found_part(found) for found in rates.found],
        "continuous": rates.continuous,
        "not_run": rates.not_run,
        "false": rates.false,
        "false_clips": rates.false_clips,
        "hours": rates.hours,
        "set": {
            "sha256": measured.sha256,
            "clips": measured.clips,
            "date": measured.date,
            "tool": measured.tool,
            "commit": measured.commit,
        },
    }


def _found_part(found: Found) -> Object:
    return {
        "group": found.group,
        "near": found.near,
        "frame": found.frame,
        "clips": found.clips,
        "not_run": found.not_run,
    }


def rates_of(top: Part) -> tuple[str, tuple[Performance, ...]]:
    """Kind of file and rates of a document. Raises CannotOpen where they do not fit, or where a finding states others than its check."""
    if not any(name in top.names() for name in NEW):
        top.each("findings", _silent)
        return "", ()
    kind, rates = top.text("kind"), top.each("performance", _rates)
    by_check = {one.check: one for one in rates}
    if len(by_check) != len(rates) or any(one.kind != kind for one in rates):
        raise top.wrong("performance")
    top.each("findings", lambda finding: _agrees(finding, by_check.get(finding.text("check"))))
    return kind, rates


def _silent(finding: Part) -> None:
    if "performance" in finding.names():
        raise finding.wrong("performance")


def _agrees(finding: Part, known: Performance | None) -> None:
    if finding.maybe("performance", lambda name: _rates(finding.part(name))) != known:
        raise finding.wrong("performance")


def _rates(part: Part) -> Performance:
    rates = Performance(
        check=part.shaped("check", NAME),
        revision=part.count("revision"),
        kind=part.text("kind"),
        clips=part.count("clips"),
        found=part.each("found", _found),
        continuous=part.count("continuous"),
        not_run=part.count("not_run"),
        false=part.count("false"),
        false_clips=part.count("false_clips"),
        hours=part.number("hours"),
        measured=_set(part.part("set")),
    )
    if not rates.hours >= 0:
        raise part.wrong("hours")
    if rates.false_clips > rates.continuous:
        raise part.wrong("false_clips")
    return rates


def _found(part: Part) -> Found:
    found = Found(
        part.shaped("group", NAME),
        part.count("near"),
        part.count("frame"),
        part.count("clips"),
        part.count("not_run"),
    )
    if found.near > found.clips:
        raise part.wrong("near")
    return found


def _set(part: Part) -> MeasuredSet:
    return MeasuredSet(
        part.shaped("sha256", SHA256), part.count("clips"), part.text("date"), part.text("tool"), part.text("commit")
    )
