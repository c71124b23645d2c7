"""What is true of a partial copy: its pieces, what it leaves out, what is foreign, and where a boundary cannot be told because nothing moves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from bench.partial_plan import EXACT, Copy
from bench.partial_sources import ACROSS, BY_ID, DOWN, Recording, read

ALIKE = 0.5
"""Mean difference in grey levels, at 160 x 90, below which two pictures are one to the eye and to any encoder."""
FARTHEST = 100
"""Pictures over which a boundary is followed at most."""

Numbers = NDArray[np.int64]
Small = Callable[[str], NDArray[np.uint8]]


def truth(copy: Copy, numbers: Numbers, path: Path, recordings: dict[str, Recording], small: Small) -> dict[str, Any]:
    """Everything that is known about a copy, as it is written beside it. Raises ValueError where the file holds other pictures than were counted."""
    times, _, size, sound = read(path)
    if len(times) - 1 != len(numbers):
        raise ValueError(f"{path.name} holds {len(times) - 1} pictures, {len(numbers)} were counted")
    runs = _runs(numbers)
    pieces, foreign = [], []
    for place, first, end in runs:
        taken = copy.taken[place]
        span = {
            "clip_first": first,
            "clip_end": end,
            "clip_start_s": float(times[first]),
            "clip_end_s": float(times[end]),
        }
        if taken.source not in copy.given:
            foreign.append(span)
            continue
        shown = numbers[first:end, 1]
        low, high = (
            (taken.first, taken.end) if copy.conditions[0] not in EXACT else (int(shown.min()), int(shown.max()) + 1)
        )
        there = recordings[taken.source].times
        pieces.append(
            {
                **span,
                "source": copy.given.index(taken.source),
                "source_first": low,
                "source_end": high,
                "source_start_s": float(there[low]),
                "source_end_s": float(there[high]),
                "speed": float(taken.speed),
                "reversed": taken.backwards,
                "mirrored": "mirrored" in copy.conditions,
                "ambiguous_start": _ambiguous(copy, numbers, first, small),
                "ambiguous_end": _ambiguous(copy, numbers, end, small),
                "motion": _motion(taken.source, low, high, float(recordings[taken.source].rate), small),
            }
        )
    exact = copy.conditions[0] in EXACT
    return {
        "name": copy.name,
        "half": copy.half,
        "clip": str(path),
        "sources": [str(recordings[source].path) for source in copy.given],
        "source_ids": list(copy.given),
        "foreign_ids": sorted({taken.source for taken in copy.taken} - set(copy.given)),
        "static": BY_ID[copy.base].static,
        "conditions": list(copy.conditions),
        "structure": copy.structure,
        "editor": copy.editor,
        "exact": exact,
        "tolerance": 0 if copy.conditions[0] in EXACT else 2,
        "clip_frames": len(numbers),
        "clip_size": list(size),
        "source_frames": [len(recordings[source]) for source in copy.given],
        "sound": _sound(copy, sound, [recordings[source].sound for source in copy.given]),
        "pieces": pieces,
        "foreign": foreign,
        "missing": _missing(copy, pieces, recordings),
        "shows": [[place, int(n)] for place, n in numbers.tolist()],
    }


def _sound(copy: Copy, clip: bool, sources: list[bool]) -> str:
    """What the sound of the clip is to that of its recordings: same, other, removed or none; other where sound was added too."""
    if not clip:
        return "removed" if any(sources) else "none"
    return "other" if copy.sound == "other" and copy.editor == "ffmpeg" else "same"


def _runs(numbers: Numbers) -> list[tuple[int, int, int]]:
    """Place, first and end of the pictures of each piece as they follow one another."""
    places = numbers[:, 0]
    starts = [0, *(int(n) + 1 for n in np.flatnonzero(np.diff(places)))]
    return [(int(places[first]), first, end) for first, end in zip(starts, [*starts[1:], len(places)], strict=True)]


def _step(copy: Copy, numbers: Numbers, at: int) -> tuple[str, float, float]:
    """Recording, picture and pictures per picture of the clip of the piece that shows picture `at` of the clip."""
    place = int(numbers[at, 0])
    rows = np.flatnonzero(numbers[:, 0] == place)
    shown = numbers[rows, 1]
    step = float(shown[-1] - shown[0]) / max(len(shown) - 1, 1)
    return copy.taken[place].source, float(numbers[at, 1]), step


def _follows(copy: Copy, numbers: Numbers, at: int, way: int, small: Small) -> int:
    """For how many pictures beyond the piece of picture `at` the clip looks as if that piece went on."""
    source, picture, step = _step(copy, numbers, at)
    pictures = small(source)
    for count in range(1, FARTHEST + 1):
        there, line = at + way * count, round(picture + way * count * step)
        if not (0 <= there < len(numbers) and 0 <= line < len(pictures)):
            return count - 1
        place, shown = numbers[there].tolist()
        other = small(copy.taken[place].source)[shown]
        if np.abs(pictures[line].astype(np.int16) - other).mean() >= ALIKE:
            return count - 1
    return FARTHEST


def _ambiguous(copy: Copy, numbers: Numbers, boundary: int, small: Small) -> list[int]:
    """By how many pictures a boundary may lie before and behind the place where it was made."""
    if boundary in (0, len(numbers)):
        return [0, 0]
    return [
        _follows(copy, numbers, boundary, -1, small),
        _follows(copy, numbers, boundary - 1, 1, small),
    ]


def _motion(source: str, first: int, end: int, rate: float, small: Small) -> float:
    """How much changes within half a second: the 90th percentile over the piece of the mean difference in grey levels."""
    pictures = small(source)[first:end].astype(np.int16)
    lag = max(round(rate / 2), 1)
    if len(pictures) <= lag:
        return 0.0
    return round(float(np.percentile(np.abs(pictures[lag:] - pictures[:-lag]).mean((1, 2)), 90)), 2)


def _missing(copy: Copy, pieces: list[dict[str, Any]], recordings: dict[str, Recording]) -> list[dict[str, Any]]:
    found = []
    for index, source in enumerate(copy.given):
        times = recordings[source].times
        shown = np.zeros(len(times) + 1, np.int8)
        for piece in pieces:
            if piece["source"] == index:
                shown[1 + piece["source_first"] : 1 + piece["source_end"]] = 1
        shown[-1] = 1
        shown[0] = 1
        turns = np.diff(shown)
        for first, end in zip(np.flatnonzero(turns == -1), np.flatnonzero(turns == 1), strict=True):
            span = {"source_start_s": float(times[first]), "source_end_s": float(times[end])}
            found.append({"source": index, "first": int(first), "end": int(end), **span})
    return found


def check(copy: Copy, numbers: Numbers, path: Path, small: Small) -> tuple[float, float]:
    """For copies whose picture was left as it is: the largest mean difference between a picture and the one it is said to be, over all pictures
    beside a boundary, and the share of them that are not liker a neighbour by more than a tenth."""
    wanted = sorted(
        {
            at
            for _, first, end in _runs(numbers)
            for at in (first, first + 1, end - 2, end - 1)
            if 0 <= at < len(numbers)
        }
    )
    seen: dict[int, NDArray[np.int16]] = {}
    with av.open(str(path)) as container:
        for at, frame in enumerate(container.decode(video=0)):
            if at in wanted:
                seen[at] = frame.reformat(ACROSS, DOWN, "gray", interpolation="AREA").to_ndarray().astype(np.int16)
    worst, right = 0.0, 0
    for at in wanted:
        place, shown = numbers[at].tolist()
        pictures = small(copy.taken[place].source)
        off = [
            float(np.abs(seen[at] - pictures[n]).mean()) if 0 <= n < len(pictures) else 1e9
            for n in (shown - 1, shown, shown + 1)
        ]
        worst = max(worst, off[1])
        right += off[1] <= min(off) * 1.1 + 0.02
    return worst, right / len(wanted)
