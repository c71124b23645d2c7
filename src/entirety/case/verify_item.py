"""Holds one report against its clip: hash again, analyse again, and say in sentences what exactly differs.

Used for a single report and for every report of a case folder alike; there each clip is analysed in a child process of its own.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from entirety.case.jobs import Job
from entirety.errors import EntiretyError
from entirety.judge.examine import Examination, examine
from entirety.measure.clip import measure
from entirety.model.audit import Audit, Tool
from entirety.read import custody
from entirety.report.difference import MOST, differences, first_difference
from entirety.report.document import to_document
from entirety.report.framehash import framehash_lines
from entirety.report.recheck import changed_files, misprinted, recorded_audit

Progress = Callable[[int, int], None]

REPORT = "report"
"""The option of a job that names the report folder, absolute."""
THREADS = "threads"
"""The option that says whether a clip is decoded on several cores."""


def verify_one(job: Job, tool: Tool, progress: Progress | None = None) -> list[str]:
    """What a child process does with one clip of a case: a sentence for each difference between its report and a second analysis."""
    options = job.options
    return differences_of(Path(options[REPORT]), Path(job.path), tool, progress=progress, threads=options[THREADS])


def differences_of(
    folder: Path,
    clip: Path,
    tool: Tool,
    *,
    sources: Sequence[Path] = (),
    hashes: Path | None = None,
    progress: Progress | None = None,
    threads: bool = True,
) -> list[str]:
    """A sentence for each difference between the report in `folder`, its files, and a second analysis of `clip` by `tool`.

    `sources` are the recordings that the clip was held against, `hashes` a folder that keeps what was read of them; `threads` decodes on
    several cores. Raises CannotOpen or Mismatch where there is no report to hold against anything, and what reading a video raises.
    """
    recorded = recorded_audit(folder)
    found = list(changed_files(folder, recorded))
    taken = custody.take(clip)
    if taken.sha256 == recorded.custody.sha256:
        named, absent = _recordings(recorded, sources)
        if absent:
            return found + absent
        extract = bool(recorded.copies)
        again = examine(clip, tool, progress, extract=extract, sources=named, hashes=hashes, threads=threads)
        return found + _analysed(folder, recorded, again)
    found.append(
        f"{taken.name} is not the file that was audited: its SHA-256 is {taken.sha256}, the one in the report is "
        f"{recorded.custody.sha256}"
    )
    return [*found, _frames(folder, clip, progress)]


def _recordings(recorded: Audit, given: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The recordings in the order in which the audit names them, by their hashes; and a sentence for each that was not given."""
    by_hash = {custody.take(path).sha256: path for path in given}
    named = [one.custody for one in recorded.coverage.sources] if recorded.coverage is not None else []
    absent = [
        f"the audit held the clip against {one.name}, SHA-256 {one.sha256}: name that file with --source, without it the analysis cannot be "
        "repeated"
        for one in named
        if one.sha256 not in by_hash
    ]
    known = {one.sha256 for one in named}
    absent += [
        f"{path.name} is no recording that the clip was held against: its SHA-256 is {sha256}"
        for sha256, path in by_hash.items()
        if sha256 not in known
    ]
    return [by_hash[one.sha256] for one in named if one.sha256 in by_hash], absent


def _frames(folder: Path, clip: Path, progress: Progress | None) -> str:
    """Where the pictures of another file leave the recorded ones, in words."""
    manifest = folder / "frames.framehash"
    if not manifest.is_file():
        return "frames.framehash is missing from the report folder: which frame differs cannot be said"
    try:
        again = list(framehash_lines(measure(clip, progress)))
    except EntiretyError as error:
        return f"its frames cannot be compared: {error}"
    different = first_difference(manifest.read_text(encoding="utf-8").splitlines(), again)
    return different or "every shown frame equals the recorded one: the files differ outside the shown pictures"


def _analysed(folder: Path, recorded: Audit, again: Examination) -> list[str]:
    """Differences between the recorded audit and a new one of the same bytes, and between the files and what they are printed from."""
    all_of_them = differences(to_document(recorded), to_document(again.audit))
    listed = list(islice(all_of_them, MOST))
    rest = sum(1 for _ in all_of_them)
    if listed and recorded.tool != again.audit.tool:
        listed.insert(
            0,
            "the audit was made with another version of this program or its libraries; a difference can come from that",
        )
    elif recorded.tool == again.audit.tool:
        # Another version may print the same audit differently; only the same one must print the same bytes.
        listed += misprinted(folder, recorded, framehash_lines(again.clip))
    return listed + ([f"and {rest} further differences"] if rest else [])
