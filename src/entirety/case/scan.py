"""A scan from its plan to its index: runs what is left to do, looks for shared footage, and draws up the `Case` that every index prints."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from entirety.case.finish import desk, settle, take_hashes, writing
from entirety.case.jobs import Done, Job
from entirety.case.layout import HASHES, Places
from entirety.case.overlaps import has_hashes
from entirety.case.plan import Known, contents
from entirety.case.state import Kept, State
from entirety.case.walk import video_by_name
from entirety.model.audit import Tool
from entirety.model.case import Case, Entry, Fate, Item
from entirety.model.overlap import Overlaps
from entirety.report.case_record import item_from
from entirety.report.overlap_restore import overlaps_from
from entirety.report.record import tool_part

Run = Callable[[Iterable[Job]], Iterator[Done]]
"""Runs jobs, here or on other machines, and gives what became of each as they end."""


def audits(
    todo: Sequence[Known],
    known: Sequence[Known],
    state: State,
    run: Run,
    *,
    places: Places,
    options: Mapping[str, Any],
) -> Iterator[tuple[Known, Done]]:
    """Do what is left; each is on the disk before it is given. A content whose first name was changed or taken away meanwhile is read under its
    next one. Raises OutputRefused where the case folder cannot be written.
    """
    names: dict[str, list[Known]] = {}
    for one in known:
        names.setdefault(one.sha256, []).append(one)
    while todo:
        under = {one.sha256: one for one in todo}
        again = []
        jobs = (_audit(one, places, dict(options)) for one in todo)
        for done in run(jobs):
            one = under[done.job.id]
            yield one, settle(done, places.case, state)
            others = names[one.sha256][names[one.sha256].index(one) + 1 :]
            if done.fate in (Fate.CHANGED, Fate.UNREADABLE) and others:
                again.append(others[0])
        todo = again


def _audit(one: Known, places: Places, options: dict[str, Any]) -> Job:
    path = str(places.evidence / one.met.path)
    return Job(one.sha256, "audit", path, one.met.size, str(desk(places.case, one.sha256)), options)


def shared_footage(
    found: Sequence[tuple[Known, Item]], places: Places, run: Run, tool: Tool
) -> tuple[Overlaps | None, str]:
    """Which clips share footage, or None and why that is not known. What was not kept of a clip is read again."""
    if len(found) < 2:
        return None, "it takes two clips that could be read"
    case = places.case
    missing = [one for one, _ in found if not has_hashes(case / HASHES, one.sha256)]
    jobs = (
        Job(one.sha256, "sign", str(places.evidence / one.met.path), one.met.size, str(desk(case, one.sha256)))
        for one in missing
    )
    for done in run(jobs):
        if done.fate is Fate.AUDITED:
            with writing(case):
                take_hashes(Path(done.job.folder), case, done.job.id)
    clips = [[one.sha256, item.name] for one, item in found]
    options = {"hashes": str(case / HASHES), "clips": clips, "tool": tool_part(tool)}
    for done in run([Job("overlaps", "overlaps", "", 0, str(desk(case, "overlaps")), options)]):
        if done.fate is Fate.AUDITED:
            try:
                return overlaps_from(done.record), ""
            except ValueError:
                return None, "the search ended with a result that cannot be read"
        return None, done.reason
    return None, "the search did not run"


def items(known: Sequence[Known], done: Mapping[str, Kept]) -> list[tuple[Known, Item]]:
    """The audited contents in order of their first name."""
    return [
        (one, item_from(kept.record))
        for one in contents(known)
        if (kept := done.get(one.sha256)) is not None and kept.fate is Fate.AUDITED
    ]


def drawn_up(
    known: Sequence[Known],
    done: Mapping[str, Kept],
    found: Sequence[Item],
    made: tuple[Tool, Mapping[str, str]],
    *,
    shared: tuple[Overlaps | None, str],
    folder: str,
) -> Case:
    """Everything that the index says. `found` are the audited contents in order, `made` the program and its settings."""
    tool, options = made
    return Case(
        tool=tool,
        options=tuple(sorted(options.items())),
        entries=tuple(_entry(one, done.get(one.sha256)) for one in known),
        items=tuple(found),
        overlaps=shared[0],
        no_overlaps=shared[1],
        folder=folder,
    )


def _entry(one: Known, kept: Kept | None) -> Entry:
    if one.fate is not None:
        fate, reason = one.fate, one.reason
    elif kept is not None:
        fate, reason = kept.fate, kept.reason
    else:
        fate, reason = Fate.FAILED, "The scan ended before it came to this file; scan again."
    return Entry(one.met.path, one.met.size, one.sha256, fate, reason, video_by_name(one.met.path))


def made_by(tool: Tool, options: Mapping[str, str]) -> str:
    """What a result depends on besides the content: program, libraries, settings."""
    return json.dumps([tool_part(tool), sorted(options.items())], sort_keys=True)
