"""Comparisons written by hand: 25 pictures a second, a recording of 40 seconds unless told otherwise."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from entirety.model.clip import Custody
from entirety.model.coverage import Coverage, Foreign, Layer, Missing, Piece, Recording, SoundMatch

RATE = 25


def span(first: int, end: int) -> tuple[Fraction, Fraction]:
    return Fraction(first, RATE), Fraction(end, RATE)


def recording(name: str, frames: int) -> Recording:
    custody = Custody(name, 40_000, f"{len(name):02x}" * 32, "2024-01-01T00:00:00Z")
    return Recording(custody, frames, Fraction(frames, RATE), "h264", 320, 240, sound=True)


def piece(clip: int, low: int, frames: int, *, layer: Layer = Layer.PACKETS, **changes: Any) -> Piece:
    """So many pictures of the clip from `clip` on, which are those of the recording from `low` on."""
    source_frames = changes.pop("source_frames", frames)
    given: dict[str, Any] = {
        "source": 0,
        "clip_first": clip,
        "clip_end": clip + frames,
        "source_first": low,
        "source_end": low + source_frames,
        "clip_span": span(clip, clip + frames),
        "source_span": span(low, low + source_frames),
        "speed": Fraction(source_frames, frames),
        "reversed": False,
        "mirrored": False,
        "matched_by": layer,
        "uncertainty": 1 if layer is Layer.PICTURES else 0,
        "sound": SoundMatch.SAME,
        "packets": frames if layer is Layer.PACKETS else 0,
    }
    return Piece(**given | changes)


def coverage(pieces: Sequence[Piece], *, clip: int, still: bool = False, sources: Sequence[int] = (1000,)) -> Coverage:
    """The comparison that has these pieces; what is missing and what is foreign follows from them."""
    names = [f"recording-{at}.mp4" for at in range(len(sources))]
    missing = [
        Missing(at, span(first, end), first, end)
        for at, frames in enumerate(sources)
        for first, end in _free(frames, [(p.source_first, p.source_end) for p in pieces if p.source == at])
    ]
    foreign = [
        Foreign(span(first, end), first, end, still)
        for first, end in _free(clip, [(p.clip_first, p.clip_end) for p in pieces])
    ]
    listed = tuple(recording(name, frames) for name, frames in zip(names, sources, strict=True))
    return Coverage(recording("clip.mp4", clip), listed, tuple(pieces), tuple(missing), tuple(foreign))


def _free(frames: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    free, at = [], 0
    for first, end in (*sorted(taken), (frames, frames)):
        if at < first:
            free.append((at, first))
        at = max(at, end)
    return free
