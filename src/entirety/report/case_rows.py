"""One row for every name met in a folder of evidence, with all that the index says of it: what the page, the table and the documents share."""

from dataclasses import dataclass, replace

from entirety.model.case import Case, Entry, Fate, Item
from entirety.model.overlap import Overlaps
from entirety.report.case_names import path_text

MOST_SAME = 50
"""Other names of one content that are given with each of them; a folder of 5,000 equal files would list 25 million. The rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name, with what became of it."""

    number: int
    """From 1, in order of path."""
    entry: Entry
    item: Item | None
    """The audit of its content; None where it was not audited."""
    same: tuple[str, ...]
    """Other names with the same bytes, at most MOST_SAME."""
    more_same: int
    """Such names beyond those."""
    same_group: int | None
    """Number of the set of files with these bytes, from 1 in order of their first path; None where it is the only one."""
    overlap_group: int | None
    """Number of the group of clips that share footage, from 1 as the page counts them; None where it is in none."""

    @property
    def report(self) -> str | None:
        """Of the clip, relative to the case folder."""
        return None if self.item is None else f"{self.item.folder}/report.html"


def rows(case: Case) -> tuple[Row, ...]:
    """A row for each entry, in their order. Raises ValueError where a file is said to be audited and its content is not among the items."""
    items = {item.sha256: item for item in case.items}
    names: dict[str, list[str]] = {}
    for entry in case.entries:
        # That two files are both empty says nothing about them.
        if entry.sha256 and entry.size:
            names.setdefault(entry.sha256, []).append(entry.path)
    alike = {sha256: paths for sha256, paths in names.items() if len(paths) > 1}
    sets = {sha256: number for number, sha256 in enumerate(alike, 1)}
    groups = overlap_groups(case)
    found = []
    for number, entry in enumerate(case.entries, 1):
        item = items.get(entry.sha256) if entry.fate is Fate.AUDITED else None
        if item is None and entry.fate is Fate.AUDITED:
            raise ValueError(f"{entry.path!r} was audited, and there is no audit of it")
        same = _others(alike.get(entry.sha256, []), entry.path)
        group = None if item is None else groups.get(entry.sha256)
        more = max(0, len(alike.get(entry.sha256, ())) - 1 - len(same))
        found.append(Row(number, entry, item, same, more, sets.get(entry.sha256), group))
    return tuple(found)


def overlap_groups(case: Case) -> dict[str, int]:
    """Number of the group of each clip that shares footage with another, by its hash."""
    if case.overlaps is None:
        return {}
    clips = case.overlaps.clips
    return {
        clips[one.clip].custody.sha256: number
        for number, group in enumerate(case.overlaps.groups, 1)
        for one in group.placed
    }


def named(case: Case) -> Overlaps | None:
    """The overlaps with each clip under the first of its names in the folder."""
    if case.overlaps is None:
        return None
    first: dict[str, str] = {}
    for entry in case.entries:
        first.setdefault(entry.sha256, entry.path)
    clips = tuple(
        replace(clip, custody=replace(clip.custody, name=path_text(first.get(clip.custody.sha256, clip.custody.name))))
        for clip in case.overlaps.clips
    )
    return replace(case.overlaps, clips=clips)


def _others(paths: list[str], own: str) -> tuple[str, ...]:
    return tuple([path for path in paths[: MOST_SAME + 1] if path != own][:MOST_SAME])
