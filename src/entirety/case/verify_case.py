"""Holds each report of a case folder against the index and against a second analysis of its clip.

The second analysis of each clip runs in a child process, as the first one did: a file that was made to break the tool costs itself alone.
Where the clip itself is gone or changed, which is said elsewhere, its report's files are still looked at.
"""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from entirety.case.index import print_index
from entirety.case.jobs import Done, Job, tool_of
from entirety.case.layout import ITEMS, item_folder, picture_file
from entirety.case.verify_files import CaseFiles
from entirety.case.verify_index import DOCUMENT, Index, Named, against_audit
from entirety.case.verify_item import REPORT, THREADS
from entirety.case.walk import video_by_name
from entirety.errors import EntiretyError
from entirety.model.audit import Tool
from entirety.model.case import Case, Entry, Fate, Item
from entirety.report.case_record import listed_item
from entirety.report.names import AUDIT
from entirety.report.overlap_restore import overlaps_from
from entirety.report.recheck import changed_files, recorded_audit

FOUND = "differences"
"""Member of a job's record that holds a sentence for each difference."""

MOST_SAID = 200
"""Sentences of one child that are listed; our own lists some forty."""

LONGEST = 2_000
"""Characters of one such sentence."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a case, held against its index."""

    differences: tuple[str, ...]
    readable: frozenset[str]
    """Hashes of the clips whose reports can be held against a second analysis."""
    items: tuple[Item, ...]
    """What the index must say of each of these, drawn up anew from its report, in the order of the index."""


def reports(case: Path, index: Index, files: CaseFiles, analysed: Container[str]) -> Reports:
    """Say of each report whether it is missing, is none, or says other things than the index; and of each that the index does not list.

    What `files` named is not said again. The files of a report whose clip is in `analysed` are left to the second analysis.
    The program that wrote the index must be the one that wrote every report: by its version it is decided whether the index is printed again.
    """
    wanted = {item_folder(one.sha256) for one in index.clips.values()}
    there = {"/".join(path.split("/")[:2]) for path in files.hashes if path.startswith(f"{ITEMS}/")}
    found = [f"{folder} holds a report that {DOCUMENT} does not list" for folder in sorted(there - wanted)]
    items = []
    for one in index.clips.values():
        folder = item_folder(one.sha256)
        if (odd := _odd(folder, files)) is not None:
            found.append(f"{one.path}: its report was not read: {odd} is no file")
            continue
        try:
            audit = recorded_audit(case / folder)
            item = listed_item(audit, folder, _picture(one.sha256, files))
            items.append(item)
            found += against_audit(one, item)
            if audit.tool != index.tool:
                found.append(f"{one.path}: {DOCUMENT} names another program or version than its report")
            if one.sha256 not in analysed:
                found += _prefixed(folder, changed_files(case / folder, audit), files)
        except EntiretyError as error:
            if f"{folder}/{AUDIT}" not in files.named:
                found.append(f"{folder}: {str(error).rstrip('.')}")
    return Reports(tuple(found), frozenset(one.sha256 for one in items), tuple(items))


def jobs(places: Mapping[str, Path], case: Path, desk: Callable[[str], Path], *, threads: bool) -> Iterator[Job]:
    """One for each clip, whose file is given by its hash; `desk` makes an empty folder in which a child may write.

    `threads` decodes a clip on several cores.
    """
    for sha256, path in sorted(places.items()):
        options = {REPORT: str((case / item_folder(sha256)).absolute()), THREADS: threads}
        # A clip that went away meanwhile is left to the child, which says so.
        size = path.stat().st_size if path.is_file() else 0
        yield Job(sha256, "verify", str(path.absolute()), size, str(desk(sha256)), options)


def second_analysis(done: Done, index: Index, files: CaseFiles) -> list[str]:
    """A sentence for each difference that a second analysis found. What a child says is input: it is cut to a length that ours never has."""
    one, folder = index.clips[done.job.id], item_folder(done.job.id)
    if done.fate is not Fate.AUDITED:
        return [f"{one.path}: a second analysis gave no result: {cause(done)}"]
    said = None if done.record is None else done.record.get(FOUND)
    if not isinstance(said, list) or not all(isinstance(line, str) for line in said):
        return [f"{one.path}: a second analysis gave a result that cannot be read"]
    return list(_prefixed(folder, (line[:LONGEST] for line in said[:MOST_SAID]), files))


def cause(done: Done) -> str:
    """Why a second analysis gave none; what a scan says then names options that only a scan has."""
    said = {
        Fate.OUT_OF_MEMORY: "it needed more memory than it is allowed (--memory)",
        Fate.TIMED_OUT: "it needed more time than it is allowed (--minutes)",
        Fate.CRASHED: "it broke off",
    }.get(done.fate, done.reason.rstrip("."))
    return f"{said}; last words: {done.words}" if done.words else said


def misprinted_index(files: CaseFiles, index: Index, known: Reports, tool: Tool) -> list[str] | None:
    """Print every form of the index again, from its entries and the reports, and say which file of the case is not that.

    What clips share is taken as the index has it: that search is not repeated. Where the index and the reports do not fit together, which
    was said, nothing is printed. None where another version of this program wrote the case, which may print the same in another way: then page,
    table and SARIF are held against the list of hashes alone, and whoever asked must be told so.
    """
    document = index.document
    if index.tool is not None and index.tool != tool:
        return None
    if index.differences or known.differences or len(known.items) != len(index.clips) or not index.files:
        return []
    try:
        again = Case(
            tool=tool_of(document["tool"]),
            options=tuple((str(name), str(value)) for name, value in document["options"]),
            entries=tuple(_entry(one) for one in index.files.values()),
            items=known.items,
            overlaps=None if document["overlaps"] is None else overlaps_from(document["overlaps"]),
            no_overlaps=str(document["no_overlaps"]),
            folder=str(document["folder"]),
        )
        printed = print_index(again)
    except (KeyError, TypeError, ValueError, RecursionError, EntiretyError) as error:
        return [f"{DOCUMENT} cannot be printed again: {str(error)[:LONGEST].rstrip('.')}"]
    return [
        f"{name} is not what the reports and the entries of the index print"
        for name, content in printed.items()
        if name not in files.named and files.hashes.get(name) != hashlib.sha256(content).hexdigest()
    ]


def _entry(one: Named) -> Entry:
    """An entry with what follows from its name as it must be."""
    return replace(one.entry, video_by_name=video_by_name(one.path))


def _prefixed(folder: str, lines: Iterable[str], files: CaseFiles) -> Iterator[str]:
    """Sentences about a report with its folder in front, without those about files that were named before."""
    for line in lines:
        if f"{folder}/{line.split(' ', 1)[0]}" not in files.named:
            yield f"{folder}: {line}"


def _picture(sha256: str, files: CaseFiles) -> str:
    """The small picture of a clip, where there is one."""
    name = picture_file(sha256)
    return name if name in files.hashes else ""


def _odd(folder: str, files: CaseFiles) -> str | None:
    """A part of a report that is no file or folder of the case, and might lead out of it."""
    above = (ITEMS, folder)
    return next((path for path in sorted(files.odd) if path in above or path.startswith(f"{folder}/")), None)
