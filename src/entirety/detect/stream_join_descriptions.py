"""Finds places where the container itself goes over from one set of coding settings to another.

An MP4 or MOV file lists the settings of a video once for each encoder run that it knows of (`stsd`, ISO/IEC 14496-12, 8.5.2), and
says for every picture which entry it belongs to. Programs that append one recording to another add an entry.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from entirety.detect.encoder_runs import Break
from entirety.model.clip import Clip

ENCRYPTED = "encv"
"""Kind of an entry whose pictures are encrypted (ISO/IEC 14496-12, 8.12)."""
NOT_KNOWN = 0
"""Entries count from 1."""
MOST_CHANGES = 1_000
"""Chosen: a table written to harm may change at every picture, and no recording comes near it."""


def entries(clip: Clip) -> NDArray[np.int64]:
    """The entry that each stored packet of the main video belongs to, matched by its place in the file."""
    found = np.full(len(clip.packets), NOT_KNOWN, np.int64)
    if clip.track is None or not len(clip.track.samples):
        return found
    samples, position = clip.track.samples, clip.packets.position
    order = np.argsort(samples.offset, kind="stable")
    places = samples.offset[order]
    at = np.minimum(np.searchsorted(places, position), len(places) - 1)
    return np.where(places[at] == position, samples.description[order][at], found)


def changes(clip: Clip) -> list[tuple[int, int, int]]:
    """Row, entry before and entry from there on, for each place of the sample table where the entry changes, at most MOST_CHANGES.

    The library leaves out pictures of an entry of another kind than the first; the row is then that of the last picture before them.
    """
    if clip.track is None or not len(clip.packets):
        return []
    samples, position = clip.track.samples, clip.packets.position
    by_place = np.argsort(position, kind="stable")
    found = []
    for sample in np.flatnonzero(np.diff(samples.description))[:MOST_CHANGES] + 1:
        at = int(np.searchsorted(position[by_place], samples.offset[sample], side="right")) - 1
        used = samples.description[sample - 1 : sample + 1]
        found.append((int(by_place[max(0, at)]), int(used[0]), int(used[1])))
    return found


def unread(clip: Clip, used: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Packets whose headers were read with the settings of another entry, because the library hands their own out in no other way.

    It reads the entries of the first one's kind only, and follows a change outside of fragments only (libavformat, mov.c).
    """
    kinds = clip.track.descriptions if clip.track else ()
    same = [number for number, kind in enumerate(kinds, start=1) if kind == kinds[0]]
    if clip.movie and clip.movie.fragments:
        same = [1]
    return np.asarray((used != NOT_KNOWN) & ~np.isin(used, same))


def sample_descriptions(clip: Clip, settings: Sequence[Break]) -> Iterator[Break]:
    """Each change of the entry; `settings` are the changes of parameter sets, which say in what the entries differ."""
    found, by_row = changes(clip), {change.row: change for change in settings}
    for row, before, after in found:
        sets = by_row.get(row)
        fields, details = (sets.fields, sets.details) if sets else (frozenset[str](), ())
        entries_here = (_entry(clip, before), _entry(clip, after))
        yield Break("sample-description", row, *entries_here, fields, details, count=len(found))


def encrypted(found: Break) -> bool:
    """One of the two entries is that of encrypted pictures."""
    return found.code == "sample-description" and ENCRYPTED in found.before + found.after


def _entry(clip: Clip, number: int) -> str:
    kinds = clip.track.descriptions if clip.track else ()
    return f"entry {number} ({kinds[number - 1] if number <= len(kinds) else 'not listed'})"
