"""What stands behind the numbered sections: pictures row by row, commands, hashes, validation, what to ask for, and questions for an expert."""

from collections.abc import Iterable, Iterator

from entirety.model.audit import Audit, Numbered
from entirety.model.extract import FrameRow
from entirety.model.finding import Status, Weight
from entirety.model.time import clock
from entirety.report.compared import settled
from entirety.report.expert import expert_questions
from entirety.report.facts import grouped
from entirety.report.findings import cause, frames
from entirety.report.view_compared import Rows
from entirety.report.view_parts import Annexes, CommandView, FrameTable
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_COMMANDS = 60
"""Commands of findings printed together; each finding has its own beside it. Chosen: about six pages."""
MOST_OPEN = 80
"""Open explanations printed together; each finding has its own beside it. Chosen: about four pages."""
MOST_IDS = 6
"""Ids named in one line; the rest are counted."""


def annexes(audit: Audit, outputs: dict[str, str], words: Catalogue) -> Annexes:
    """`outputs` are hashes of the files beside the report, by name."""
    commands = list(_of_findings(audit, words))
    open_ = list(_open(audit, words))
    expert, expert_rest = expert_questions(audit, words)
    return Annexes(
        frames=tuple(_tables(audit, words)),
        frames_note=words.text("extract.note" if audit.extract else "extract.none"),
        commands=(*_of_report(audit, words), *commands[:MOST_COMMANDS]),
        commands_rest=_rest("command.rest", len(commands) - MOST_COMMANDS, words),
        versions=tuple((visible(name, 60), visible(version, 200)) for name, version in _versions(audit)),
        hashes=_hashes(audit, outputs, words),
        validation=_validation(audit, words),
        validation_note=words.text("validation.note" if audit.performance else "limit.no_data"),
        ask=(*settled(audit, words), *general(words)),
        open=tuple(open_[:MOST_OPEN]),
        open_rest=_rest("ask.rest", len(open_) - MOST_OPEN, words),
        expert=expert,
        expert_rest=expert_rest,
    )


def general(words: Catalogue) -> tuple[str, ...]:
    """What to ask for whatever was found."""
    return tuple(words.text(f"page.settle_{what}") for what in ("device", "neighbours", "log"))


def ids(named: Iterable[Numbered], words: Catalogue) -> str:
    """`F001, F004`; of many the first ones and the number of the others."""
    listed = [visible(one.id, 20) for one in named]
    shown = ", ".join(listed[:MOST_IDS])
    return shown if len(listed) <= MOST_IDS else words.text("ask.more", first=shown, n=len(listed) - MOST_IDS)


def _rest(message: str, left: int, words: Catalogue) -> str:
    return words.text(message, n=left) if left > 0 else ""


def _tables(audit: Audit, words: Catalogue) -> Iterator[FrameTable]:
    """One table for each stretch of neighbouring rows, headed by the findings that begin or end there."""
    stretches: list[list[FrameRow]] = []
    for row in audit.extract:
        if stretches and row.frame == stretches[-1][-1].frame + 1:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    for rows in stretches:
        first, last = rows[0].frame, rows[-1].frame
        near = [one for one in audit.findings if _touches(one, first, last)]
        heading = words.text("extract.heading", frames=frames(first, last, words), ids=ids(near, words))
        yield FrameTable(heading, tuple(_row(row, words) for row in rows))


def _touches(one: Numbered, first: int, last: int) -> bool:
    return any(first <= end <= last for end in (one.finding.span.first, one.finding.span.last))


def _row(row: FrameRow, words: Catalogue) -> tuple[str, ...]:
    unknown = words.text("report.none_short")
    return (
        f"{row.frame}",
        unknown if row.time is None else clock(row.time),
        unknown if row.duration is None else words.number(float(row.duration), ".6f"),
        unknown if row.size is None else words.number(row.size),
        visible(row.kind, 4),
        words.text("extract.key_yes" if row.key else "extract.key_no"),
        words.number(row.change, ".2f"),
        grouped(row.sha256),
    )


def _of_report(audit: Audit, words: Catalogue) -> Iterator[CommandView]:
    if audit.run is not None:
        yield CommandView(words.text("command.audit"), visible(audit.run.command, 500))
    for name in ("verify", "manifest", "hash"):
        yield CommandView(words.text(f"command.{name}"), words.text(f"command.{name}_line"))
    yield CommandView(words.text("command.frames"), words.text("method.frame_hashes_command"))


def _of_findings(audit: Audit, words: Catalogue) -> Iterator[CommandView]:
    """Each command once, with the findings that it shows."""
    by_line: dict[str, list[Numbered]] = {}
    for one in audit.findings:
        by_line.setdefault(one.finding.reproduce, []).append(one)
    for line, shown in by_line.items():
        yield CommandView(words.text("command.finding", ids=ids(shown, words)), visible(line, 2000))


def _versions(audit: Audit) -> Iterator[tuple[str, str]]:
    yield audit.tool.name, audit.tool.version
    yield "decoder", audit.tool.decoder
    yield from audit.tool.libraries


def _hashes(audit: Audit, outputs: dict[str, str], words: Catalogue) -> Rows:
    rows = [
        (words.text("item.file"), visible(audit.custody.name)),
        (words.text("annex.before"), grouped(audit.custody.sha256)),
        (words.text("item.after"), grouped(audit.sha256_after)),
        (words.text("item.frames"), words.number(audit.frames)),
    ]
    if "frames.framehash" in outputs:
        rows.append((words.text("annex.sidecar"), grouped(outputs["frames.framehash"])))
    return tuple(rows)


def _validation(audit: Audit, words: Catalogue) -> Rows:
    if not audit.performance:
        return ()
    first = audit.performance[0]
    rows = (
        ("set", grouped(first.measured.sha256)),
        ("clips", words.number(first.measured.clips)),
        ("kind", words.number(first.clips)),
        ("date", first.measured.date),
        ("tool", first.measured.tool),
        ("commit", first.measured.commit),
    )
    return tuple((words.text(f"validation.{name}"), visible(value, 100)) for name, value in rows)


def _open(audit: Audit, words: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Each explanation that is open once for all findings of which the same is said; neutral observations ask for nothing."""
    declared = {declaration.id: declaration for declaration in audit.declarations}
    same: dict[tuple[str, str, str], list[Numbered]] = {}
    for one in audit.findings:
        if one.finding.weight is Weight.NEUTRAL:
            continue
        for innocent in one.finding.innocent:
            if innocent.status is not Status.EXCLUDED:
                said = words.say(innocent.why)
                same.setdefault((one.finding.check, innocent.slug, said), []).append(one)
    for (check, slug, said), found in same.items():
        yield ids(found, words), cause(slug, declared.get(check), words), said
