"""Which pictures are printed beside the ends of a piece: the last before and the first of it, the last of it and the first after, from both files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from entirety.measure.boundary import Reduced
from entirety.model.coverage import Coverage, Piece
from entirety.model.signature import Signature
from entirety.model.time import clock
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_PIECES = 24
"""Pieces that are illustrated, eight pictures each: chosen, so that a browser still opens the page."""

CLIP = -1
"""The clip, beside the indexes of the recordings."""

Pictures = Mapping[int, Mapping[int, Reduced]]
"""By file (CLIP or index of a recording), then by frame."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a boundary; without `png` there is a reason in words."""

    place: str
    title: str
    sha256: str
    png: bytes
    width: int
    height: int
    reason: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """One end of a piece."""

    title: str
    clip: tuple[Shown, ...]
    source: tuple[Shown, ...]


def wanted(coverage: Coverage) -> dict[int, list[int]]:
    """Frames to fetch, by file; some may lie outside the file."""
    frames: dict[int, list[int]] = {}
    for piece in coverage.pieces[:MOST_PIECES]:
        for end in (True, False):
            frames.setdefault(CLIP, []).extend(_clip_frames(piece, begins=end))
            frames.setdefault(piece.source, []).extend(_source_frames(piece, begins=end))
    return frames


def boundaries(
    coverage: Coverage, clip: Signature, sources: Sequence[Signature], pictures: Pictures, words: Catalogue
) -> Iterator[Boundary]:
    """Both ends of the first pieces."""
    for number, piece in enumerate(coverage.pieces[:MOST_PIECES], 1):
        for begins in (True, False):
            title = words.text("coverage.begins" if begins else "coverage.ends", number=number)
            here = _shown(
                clip,
                words.text("coverage.clip"),
                _clip_frames(piece, begins=begins),
                pictures.get(CLIP, {}),
                words,
                begins=begins,
            )
            name = words.text("coverage.recording", number=piece.source + 1)
            there = _shown(
                sources[piece.source],
                name,
                _source_frames(piece, begins=begins),
                pictures.get(piece.source, {}),
                words,
                begins=begins,
            )
            yield Boundary(title, tuple(here), tuple(there))


def _clip_frames(piece: Piece, *, begins: bool) -> tuple[int, int]:
    return (piece.clip_first - 1, piece.clip_first) if begins else (piece.clip_end - 1, piece.clip_end)


def _source_frames(piece: Piece, *, begins: bool) -> tuple[int, int]:
    """In the order in which the piece runs."""
    low, high = (piece.source_first - 1, piece.source_first), (piece.source_end - 1, piece.source_end)
    if piece.reversed:
        return (high[1], high[0]) if begins else (low[1], low[0])
    return low if begins else high


def _shown(
    signature: Signature,
    name: str,
    frames: tuple[int, int],
    pictures: Mapping[int, Reduced],
    words: Catalogue,
    *,
    begins: bool,
) -> Iterator[Shown]:
    places = ("coverage.before", "coverage.first") if begins else ("coverage.last", "coverage.after")
    for frame, place in zip(frames, places, strict=True):
        where = words.text(place)
        if not 0 <= frame < len(signature):
            reason = words.text("coverage.none_before" if place == "coverage.before" else "coverage.none_after")
            yield Shown(where, visible(name, 60), "", b"", 0, 0, reason)
            continue
        title = words.text("coverage.picture", file=name, frame=frame, time=clock(signature.begin(frame)))
        sha256 = signature.sha256[frame].tobytes().hex()
        if (picture := pictures.get(frame)) is None:
            yield Shown(where, title, sha256, b"", 0, 0, words.text("coverage.not_fetched"))
        else:
            yield Shown(where, title, sha256, picture.png, picture.width, picture.height, "")
