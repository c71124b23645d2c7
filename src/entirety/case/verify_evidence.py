"""Holds the files of a folder of evidence against the index of a case: what is as it was, what changed, moved, is missing, or is new.

Every file is read and hashed again, whatever its name, size and date say. A file that has another name now and the same bytes is called
moved; one that was not there is called new.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from entirety.case.verify_files import lowered, read
from entirety.case.verify_index import Named
from entirety.case.walk import Met, walk
from entirety.model.case import Fate

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a folder of evidence holds, held against an index."""

    differences: tuple[str, ...]
    matched: int
    """Files that are under the listed name what the index lists."""
    places: dict[str, str]
    """For each SHA-256 met a name of a file that has it."""


def evidence_files(listed: Mapping[str, Named], folder: Path, case: Path, progress: Progress | None = None) -> Evidence:
    """Read every file below `folder`, the case folder left out, and hold it against the index. Links are not followed."""
    met = {one.path: one for one in outside(folder, case)}
    hashes, unread = read(folder, [met[path] for path in sorted(met)], progress)
    found = {path: said for path, one in listed.items() if (said := _of(one, met.get(path), hashes.get(path), unread))}
    matched = sum(path in hashes and path not in found for path in listed)
    new = sorted(met.keys() - listed.keys())
    unclaimed: dict[str, list[str]] = defaultdict(list)
    for path in reversed(new):
        if path in hashes:
            unclaimed[hashes[path]].append(path)
    claimed = set()
    for path in sorted(found):
        if path not in met and (same := unclaimed.get(listed[path].sha256)):
            claimed.add(now := same.pop())
            found[path] = f"{path} moved: the same bytes are under the name {now} now"
    twins = {one.sha256: one.path for one in sorted(listed.values(), key=lambda one: one.path, reverse=True)}
    for path in new:
        if path not in claimed:
            found[path] = unread.get(path) or _new(met[path], twins.get(hashes.get(path, "-")))
    places = {hashes[path]: path for path in sorted(hashes, reverse=True)}
    return Evidence(tuple(found[path] for path in sorted(found)), matched, places)


def outside(folder: Path, case: Path) -> list[Met]:
    """Everything below a folder of evidence but a case folder that lies in it."""
    ours, base = case.resolve(), folder.resolve()
    inside = f"{ours.relative_to(base).as_posix()}/" if ours != base and ours.is_relative_to(base) else None
    return [one for one in walk(folder) if inside is None or not one.path.startswith(inside)]


def _of(one: Named, met: Met | None, sha256: str | None, unread: Mapping[str, str]) -> str:
    """What is to be said of a listed name; empty where it is as it was."""
    fate = one.entry.fate
    if met is None:
        return f"{one.path} is missing from the folder of evidence"
    if one.path in unread:
        return unread[one.path] if one.sha256 or fate is Fate.EMPTY else ""
    if one.sha256 and sha256 is None:
        return f"{one.path} is not the file that was scanned: {lowered(met.reason)}"
    if one.sha256:
        same = sha256 == one.sha256
        return (
            ""
            if same
            else f"{one.path} is not the file that was scanned: its SHA-256 is {sha256}, the one in the index is {one.sha256}"
        )
    # It has no hash: it was empty, no file, or could not be read.
    if met.fate is fate or (fate is Fate.UNREADABLE and met.fate is not None):
        return ""
    return f"{one.path} was {fate.value} when the folder was scanned and is not any more: it was not examined"


def _new(met: Met, twin: str | None) -> str:
    if met.fate not in (None, Fate.EMPTY):
        return f"{met.path} is new in the folder of evidence and was not read: {lowered(met.reason)}"
    same = f"; its bytes are those of {twin}" if twin else ""
    return f"{met.path} is new in the folder of evidence: the index does not list it{same}"
