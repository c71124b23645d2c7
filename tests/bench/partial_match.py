"""Holding what a comparison says against what is true, picture by picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

from entirety.model.coverage import Coverage, Piece

SLACK = 3
"""Pictures of the clip by which a piece may lie beside the true line and still be on it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One true piece and what was said of it."""

    found: bool
    tolerance: int
    errors: tuple[float, float]
    """Pictures of the clip by which its start and its end lie elsewhere."""
    speed: float
    speed_error: float
    """Share."""
    reversed: bool
    reversed_named: bool
    mirrored: bool
    mirrored_named: bool
    said: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One copy, or one pair that has nothing in common."""

    name: str
    conditions: tuple[str, ...]
    structure: str
    editor: str
    static: bool
    exact: bool
    pieces: tuple[Found, ...]
    invented: int
    """Pieces that were said where the clip shows nothing of the recording."""
    elsewhere: int
    """Pieces that were said where the clip shows another part of the recording."""
    missing_s: float
    """Seconds of the recordings said to be missing above those that are."""

    def faults(self, most_s: float) -> Iterable[str]:
        """A line for everything that is not as it should be."""
        for piece in self.pieces:
            if not piece.found or max(piece.errors) > piece.tolerance:
                yield f"{self.name}: {piece.said}"
        if self.invented or self.elsewhere:
            yield f"{self.name}: {self.invented} invented, {self.elsewhere} elsewhere"
        if abs(self.missing_s) > most_s:
            yield f"{self.name}: missing {self.missing_s:+.2f} s"


def scored(case: dict[str, Any], coverage: Coverage) -> Scored:
    """The whole of one case; a pair without truth has no piece."""
    truths = case.get("pieces", [])
    found = [_found(truth, case, coverage.pieces) for truth in truths]
    right = [any(_on_line(piece, truth) for truth in truths) for piece in coverage.pieces]
    strange = [piece for piece, good in zip(coverage.pieces, right, strict=True) if not good]
    elsewhere = sum(
        any(_shared(piece, truth) > 0.5 * (piece.clip_end - piece.clip_first) for truth in truths) for piece in strange
    )
    missing = sum(float(one.span[1] - one.span[0]) for one in coverage.missing)
    truly = sum(one["source_end_s"] - one["source_start_s"] for one in case.get("missing", []))
    return Scored(
        name=case["name"],
        conditions=tuple(case["conditions"]),
        structure=case.get("structure", ""),
        editor=case.get("editor", ""),
        static=case.get("static", True),
        exact=case.get("exact", False),
        pieces=tuple(found),
        invented=len(strange) - elsewhere,
        elsewhere=elsewhere,
        missing_s=missing - truly if truths else 0.0,
    )


def _shared(piece: Piece, truth: dict[str, Any]) -> int:
    """Pictures of the clip that both cover; none where they are of two recordings."""
    first, end = max(piece.clip_first, int(truth["clip_first"])), min(piece.clip_end, int(truth["clip_end"]))
    return max(end - first, 0)


def _step(truth: dict[str, Any]) -> float:
    """Pictures of the recording in one of the clip."""
    return float((truth["source_end"] - truth["source_first"]) / (truth["clip_end"] - truth["clip_first"]))


def _line(truth: dict[str, Any], at: float) -> float:
    """Where the recording stands, in pictures, at the beginning of picture `at` of the clip; continued beyond the piece."""
    gone = (at - truth["clip_first"]) * _step(truth)
    return float(truth["source_end"] - gone if truth["reversed"] else truth["source_first"] + gone)


def _ends(piece: Piece) -> tuple[int, int]:
    """Pictures of the recording at which the piece begins and ends as the clip runs."""
    return (piece.source_end, piece.source_first) if piece.reversed else (piece.source_first, piece.source_end)


def _on_line(piece: Piece, truth: dict[str, Any]) -> bool:
    """Whether a piece shows a part of a true one: most of it lies there, and in its middle the recording stands where it should."""
    if piece.source != truth["source"] or 2 * _shared(piece, truth) < piece.clip_end - piece.clip_first:
        return False
    middle = sum(_ends(piece)) / 2
    return abs(middle - _line(truth, (piece.clip_first + piece.clip_end) / 2)) <= SLACK * max(_step(truth), 1)


def _outside(value: int, true: int, ambiguous: list[int]) -> float:
    """By how much a boundary lies outside of where it may lie."""
    return float(max(true - ambiguous[0] - value, value - true - ambiguous[1], 0))


def _found(truth: dict[str, Any], case: dict[str, Any], pieces: tuple[Piece, ...]) -> Found:
    """What was said of a true piece: the piece on its line that shares most with it."""
    fitting = [piece for piece in pieces if _on_line(piece, truth) and piece.reversed == truth["reversed"]]
    best = max(fitting, key=lambda piece: _shared(piece, truth), default=None)
    place = f"clip {truth['clip_first']}-{truth['clip_end']} of {truth['source_first']}-{truth['source_end']}"
    tolerance = 1 if case["exact"] else 2
    common: dict[str, Any] = {
        "tolerance": tolerance,
        "speed": truth["speed"],
        "reversed": truth["reversed"],
        "mirrored": truth["mirrored"],
    }
    if best is None:
        nothing: dict[str, Any] = {"reversed_named": False, "mirrored_named": False, "speed_error": 1.0}
        return Found(found=False, errors=(0.0, 0.0), said=f"missed {place}", **nothing, **common)
    step = _step(truth)
    start, end = _ends(best)
    errors = (
        max(
            _outside(best.clip_first, truth["clip_first"], truth["ambiguous_start"]),
            abs(start - _line(truth, best.clip_first)) / step,
        ),
        max(
            _outside(best.clip_end, truth["clip_end"], truth["ambiguous_end"]),
            abs(end - _line(truth, best.clip_end)) / step,
        ),
    )
    # To the nearest whole picture of the clip: where rates differ, several of the recording fall on one, or a part of one.
    rounded = (float(ceil(errors[0] - 0.5)), float(ceil(errors[1] - 0.5)))
    said = f"off by {rounded}, {len(fitting)} on its line: {place}, said {best.clip_first}-{best.clip_end} of {best.source_first}-{best.source_end} x {float(best.speed):.3f}"
    return Found(
        found=True,
        errors=rounded,
        said=said,
        reversed_named=best.reversed,
        mirrored_named=best.mirrored,
        speed_error=float(best.speed) / truth["speed"] - 1,
        **common,
    )
