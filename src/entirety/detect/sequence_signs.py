"""Collects what says that a file is one piece of a longer recording: its name, its clocks, its numbers, its length and size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from entirety.detect.file_names import named
from entirety.detect.lengths import shown_extent
from entirety.model.clip import Clip
from entirety.model.finding import Measured

LATE_START = 10
"""Seconds. Programs that write transport streams start their clock at 0.5 to 1.4 s (corpus: movie-hello.mpeg), and edit lists may delay a start
by a second or two; a clock that runs since something else began stands anywhere. Chosen."""
SPLITS = (60, 120, 180, 300, 600, 900, 1200, 1800, 3600)
"""Seconds: lengths of files that dashboard cameras and recorders can be set to."""
SPLIT_SLACK = 1
"""Seconds. Loop recorders cut at a key picture, so a file is up to a second longer or shorter than set. Chosen."""
LIMITS = ((2**32, "4 GiB"), (2**31, "2 GiB"))
"""Bytes that one file of a FAT32 card, and of an old AVI file, can hold."""
FULL = 0.93
"""Share of the limit from which a file counts as full: cameras stop at 4.0 of 4.29 billion bytes. Chosen."""
TIMECODE = re.compile(r"(\d\d):(\d\d):(\d\d)[:;.](\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that says so."""

    slug: str
    says: str
    """Part of a sentence."""
    measured: Measured
    ask: str = ""
    """What to ask for because of it."""


def signs(clip: Clip) -> Iterator[Sign]:
    """All of them, in a fixed order."""
    yield from _name(clip)
    yield from _timecode(clip)
    yield from _clock(clip)
    yield from _fragments(clip)
    yield from _length(clip)
    yield from _size(clip)


def _name(clip: Clip) -> Iterator[Sign]:
    if (found := named(clip.custody.name)) is not None:
        near = " and ".join(found.neighbours)
        ask = f"the files {near}" if len(found.neighbours) > 1 else f"the file {near}" if near else ""
        says = f"its name is that of {found.form.says}"
        yield Sign(f"name-{found.form.id}", says, Measured("name of the file", clip.custody.name, found.form.id), ask)


def _timecode(clip: Clip) -> Iterator[Sign]:
    tags = [*clip.tags, *(tag for stream in clip.streams for tag in stream.tags)]
    text = next((text for key, text in tags if key.lower() == "timecode"), "")
    if (found := TIMECODE.fullmatch(text)) is not None and any(int(part) for part in found.groups()):
        yield Sign("timecode", f"its time code starts at {text}", Measured("first time code", text, "00:00:00:00"))


def _clock(clip: Clip) -> Iterator[Sign]:
    first = clip.frames.time(0) if len(clip.frames) else None
    if first is not None and first > LATE_START:
        says = f"its clock stands at {float(first):.3f} s at the first picture"
        yield Sign("clock", says, Measured("time of the first picture", f"{float(first):.3f}", LATE_START, "s"))


def _fragments(clip: Clip) -> Iterator[Sign]:
    first = clip.movie.fragments[0] if clip.movie is not None and clip.movie.fragments else 1
    if first > 1:
        says = f"its first fragment has the number {first}"
        yield Sign("fragment", says, Measured("number of the first fragment", first, 1))


def _length(clip: Clip) -> Iterator[Sign]:
    extent = shown_extent(clip, clip.video)
    whole = next((s for s in SPLITS if extent is not None and abs(extent.length - s) <= SPLIT_SLACK), None)
    if extent is not None and whole is not None:
        says = f"it lasts {whole // 60} min to within a second, a length that recorders split at"
        yield Sign("length", says, Measured("length", f"{float(extent.length):.3f}", whole, "s"))


def _size(clip: Clip) -> Iterator[Sign]:
    for limit, name in LIMITS:
        if FULL * limit <= clip.custody.size < limit:
            says = f"its size is just below {name}, where cameras begin a new file"
            yield Sign("size", says, Measured("size", clip.custody.size, limit, "bytes"))
