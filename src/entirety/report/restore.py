"""From a saved JSON document back to an audit.

An audit.json may be damaged, edited or not ours at all: the first member that does not fit ends the reading with a sentence that names it.
"""

import re

from entirety.errors import Unsupported
from entirety.model.audit import (
    SCHEMA_VERSION,
    Answer,
    Audit,
    CheckResult,
    Declaration,
    Numbered,
    RuleRow,
    RunRecord,
    Still,
    Tool,
    Unexamined,
)
from entirety.model.clip import Custody, Stream
from entirety.model.finding import (
    Confidence,
    Finding,
    Innocent,
    Measured,
    Outcome,
    Question,
    Sentence,
    Span,
    Status,
    Weight,
)
from entirety.model.time import UNSET
from entirety.report.comparison import comparison_of
from entirety.report.copied import copies_of, further_of
from entirety.report.drawn import timeline_of
from entirety.report.part import Part
from entirety.report.rates import SHA256, rates_of
from entirety.report.record import Object
from entirety.report.said import limits_of, sentence_of
from entirety.report.second_opinion import second_of
from entirety.report.shot_record import blind_of, shots_of
from entirety.report.stated_record import extract_of, stated_of

STILL_FILE = re.compile(r"stills/[a-z]+-\d{1,12}\.png")
"""The only names a still can have, so that no saved audit can point outside its folder."""
ROLE = re.compile(r"shown|hidden|orphan|track|preview|shot|strip")

FINDING_ID, CHECK_ID = re.compile(r"F\d{3,9}"), re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Ids become anchors and labels in the printed forms."""


def from_document(document: Object) -> Audit:
    """The audit of a document. Raises CannotOpen where a member is missing or wrong, Unsupported where a newer program made it."""
    top = Part(document, "")
    version = top.whole("schema_version")
    if version != SCHEMA_VERSION:
        raise Unsupported(
            f"This audit has schema version {version}, this program reads version {SCHEMA_VERSION}: use the program that made it."
        )
    custody, clip, answer, questions = (top.part(name) for name in ("custody", "clip", "answer", "questions"))
    kind, performance = rates_of(top)
    return Audit(
        tool=_tool(top.part("tool")),
        custody=Custody(
            custody.text("name"), custody.whole("bytes"), _sha256(custody, "sha256"), custody.text("modified")
        ),
        sha256_after=_sha256(custody, "sha256_after"),
        container=clip.text("container"),
        duration=clip.maybe("duration", clip.time),
        start=clip.time("start"),
        shown=clip.time("shown"),
        frames=clip.whole("frames"),
        stored=clip.whole("stored"),
        constant_rate=clip.flag("constant_rate"),
        video=clip.whole("video"),
        streams=clip.each("streams", _stream),
        tags=clip.pairs("tags"),
        answer=answer.one_of("code", Answer),
        sentence=sentence_of(answer, "sentence"),
        reason=sentence_of(answer, "reason"),
        questions=tuple((question, questions.part(question.value).one_of("code", Answer)) for question in Question),
        checks=top.each("checks", lambda check: _check(check, top)),
        kind=kind,
        performance=performance,
        findings=top.each("findings", lambda finding: _finding(finding, top)),
        stills=top.each("stills", _still),
        limits=limits_of(top),
        unexamined=top.each("unexamined", _unexamined),
        notes=top.texts("notes"),
        timeline=timeline_of(top.part("timeline")),
        run=top.maybe("run", lambda name: _run(top.part(name))),
        declarations=tuple(kept for kept in top.each("checks", _declaration) if kept is not None),
        rule=top.each("rule", _rule),
        copies=copies_of(top),
        second=second_of(top),
        shots=shots_of(top),
        coverage=comparison_of(top),
        stated=stated_of(top),
        extract=extract_of(top),
    )


def _sha256(part: Part, name: str) -> str:
    return part.shaped(name, SHA256)


def _tool(part: Part) -> Tool:
    return Tool(part.text("name"), part.text("version"), part.text("decoder"), part.pairs("libraries"))


def _run(part: Part) -> RunRecord:
    return RunRecord(part.text("started"), part.number("seconds"), part.text("command"), part.text("platform"))


def _stream(part: Part) -> Stream:
    start, duration = part.maybe("start", part.whole), part.maybe("duration", part.whole)
    return Stream(
        index=part.whole("index"),
        kind=part.text("kind"),
        codec=part.text("codec"),
        profile=part.text("profile"),
        time_base=part.time("time_base"),
        start=UNSET if start is None else start,
        duration=UNSET if duration is None else duration,
        frames=part.whole("frames"),
        width=part.whole("width"),
        height=part.whole("height"),
        pixel_format=part.text("pixel_format"),
        rotation=part.whole("rotation"),
        rate=part.maybe("rate", part.time),
        average_rate=part.maybe("average_rate", part.time),
        sample_rate=part.whole("sample_rate"),
        channels=part.whole("channels"),
        tags=part.pairs("tags"),
        aspect=part.time("aspect"),
    )


def _check(part: Part, top: Part) -> CheckResult:
    return CheckResult(
        id=part.shaped("id", CHECK_ID),
        revision=part.whole("revision"),
        question=part.one_of("question", Question),
        outcome=part.one_of("outcome", Outcome),
        reason=_reason(part),
        findings=part.whole("findings"),
        blind_here=blind_of(part, top),
    )


def _reason(part: Part) -> Sentence | None:
    """Text and message are null together."""
    texts = part.maybe("reason", part.text), part.maybe("reason_message", part.part)
    return None if texts == (None, None) else sentence_of(part, "reason")


def _declaration(check: Part) -> Declaration | None:
    part = check.maybe("declaration", check.part)
    if part is None:
        return None
    return Declaration(
        id=check.shaped("id", CHECK_ID),
        revision=check.whole("revision"),
        title=part.text("title"),
        sees=part.text("sees"),
        innocent=part.pairs("innocent"),
        blind_spots=part.texts("blind_spots"),
        references=part.texts("references"),
    )


def _finding(part: Part, top: Part) -> Numbered:
    finding = Finding(
        check=part.text("check"),
        code=part.text("code"),
        claim=sentence_of(part, "claim"),
        inference=sentence_of(part, "inference"),
        span=_span(part.part("span")),
        weight=part.one_of("weight", Weight),
        confidence=part.one_of("confidence", Confidence),
        measured=part.each("measured", _measured),
        innocent=part.each("innocent", _innocent),
        reproduce=part.text("reproduce"),
        stills=part.wholes("stills"),
        hidden=part.wholes("hidden"),
        also=part.members("also", Question),
        further=further_of(part, top),
    )
    return Numbered(part.shaped("id", FINDING_ID), finding)


def _span(part: Part) -> Span:
    return Span(
        part.time("start"),
        part.time("end"),
        part.whole("start_frame"),
        part.whole("end_frame"),
        part.ranges("byte_ranges"),
    )


def _measured(part: Part) -> Measured:
    return Measured(part.text("name"), part.value("value"), part.maybe("threshold", part.value), part.text("unit"))


def _innocent(part: Part) -> Innocent:
    return Innocent(part.text("slug"), part.one_of("status", Status), sentence_of(part, "why"))


def _still(part: Part) -> Still:
    finding, role = part.text("finding"), part.shaped("role", ROLE)
    if (role in ("shot", "strip")) != (not finding):
        raise part.wrong("finding")
    return Still(
        finding=finding,
        role=role,
        frame=part.whole("frame"),
        time=part.maybe("time", part.time),
        sha256=_sha256(part, "sha256"),
        file=part.shaped("file", STILL_FILE),
        file_sha256=_sha256(part, "file_sha256"),
        width=part.whole("width"),
        height=part.whole("height"),
    )


def _unexamined(part: Part) -> Unexamined:
    reason = sentence_of(part, "reason")
    return Unexamined(part.time("start"), part.time("end"), part.whole("start_frame"), part.whole("end_frame"), reason)


def _rule(part: Part) -> RuleRow:
    return RuleRow(part.whole("number"), part.one_of("answer", Answer), sentence_of(part, "condition"))
