"""Looks again at the files that a case calls no video, packed, damaged, not supported or not readable: whoever changes an index can call a clip so.

Each is opened in a child process, as an audit opens it. Where the audit would begin now, or would be refused for another reason, that is a
difference. What is called damaged or not supported is read as far as the audit came, which is to its end where it is not so.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from entirety.case.jobs import Done, Job
from entirety.case.verify_case import cause
from entirety.case.verify_index import DOCUMENT, Index, Named
from entirety.measure.clip import measure
from entirety.model.case import Fate
from entirety.read.streams import main_video, open_clip

LOOK = "look"
"""The kind of work."""

DEEP = "deep"
"""The option that says whether a file is read as far as an audit reads it; else it is opened only."""

BROKEN = frozenset({Fate.DAMAGED, Fate.UNSUPPORTED})
"""What may show only when pictures are decoded."""

REFUSED = BROKEN | {Fate.NOT_VIDEO, Fate.ARCHIVE, Fate.UNREADABLE}
"""What the bytes of a file alone decide. A crash or a limit also depends on the machine, and is not tried again."""


def refused(index: Index) -> dict[str, Named]:
    """The contents that were refused, by hash, each under the first of its names."""
    audited, found = index.clips, dict[str, Named]()
    for one in index.files.values():
        if one.entry.fate in REFUSED and one.sha256 and one.sha256 not in audited:
            found.setdefault(one.sha256, one)
    return found


def unended(index: Index) -> int:
    """Files whose analysis came to no end."""
    return sum(1 for one in index.files.values() if one.sha256 and one.entry.fate not in REFUSED | {Fate.AUDITED})


def looks(index: Index, places: Mapping[str, Path], desk: Callable[[str], Path]) -> Iterator[Job]:
    """One for each content, whose file is given by its hash; `desk` makes an empty folder in which a child may write."""
    listed = refused(index)
    for sha256, path in sorted(places.items()):
        size = path.stat().st_size if path.is_file() else 0
        deep = listed[sha256].entry.fate in BROKEN
        yield Job(sha256, LOOK, str(path.absolute()), size, str(desk(sha256)), {DEEP: deep})


def look(job: Job, tell: Callable[[int, int], None]) -> None:
    """What a child process does with one of them. Raises what an audit of it raises; returns where that would not be refused."""
    path = Path(job.path)
    if job.options[DEEP]:
        measure(path, tell, threads=False)
        return
    # An audit opens a file in both ways, before it measures anything.
    for ignore_edits in (True, False):
        with open_clip(path, ignore_edits=ignore_edits) as container:
            main_video(container, path)


def second_look(done: Done, index: Index) -> list[str]:
    """A sentence where a second look gave another outcome than the index lists."""
    one = refused(index)[done.job.id]
    listed = one.entry.fate
    if done.fate is listed:
        return []
    if done.fate is Fate.AUDITED:
        return [
            f"{one.path}: {DOCUMENT} gives its outcome as {listed.value}, and it opens as a video: an audit of it is missing"
        ]
    if done.fate in REFUSED:
        return [f"{one.path}: {DOCUMENT} gives its outcome as {listed.value}, a second look as {done.fate.value}"]
    return [f"{one.path}: a second look gave no result: {cause(done)}"]
