"""The comparison with recordings as a part of audit.json, in the form of coverage.json, and back.

The first audits of this schema version have none, and no check of that name: the member is absent there. It is null where the clip was held
against no recording.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from entirety.compare.competing import continues
from entirety.judge.recording_innocent import ID as COMPARED
from entirety.model.clip import Custody
from entirety.model.coverage import Coverage, Foreign, Layer, Missing, Piece, Recording, SoundMatch
from entirety.report.coverage_json import foreign_part, missing_part, piece_part, recording_part
from entirety.report.part import Part
from entirety.report.rates import SHA256
from entirety.report.record import Json

T = TypeVar("T")


def comparison_part(coverage: Coverage | None) -> Json:
    if coverage is None:
        return None
    pieces = coverage.pieces
    after = [at > 0 and continues(pieces[at - 1], piece) for at, piece in enumerate(pieces)]
    return {
        "clip": recording_part(coverage.clip),
        "sources": [recording_part(source) for source in coverage.sources],
        "pieces": [piece_part(piece, continued=goes_on) for piece, goes_on in zip(pieces, after, strict=True)],
        "missing": [missing_part(part) for part in coverage.missing],
        "foreign": [foreign_part(part) for part in coverage.foreign],
    }


def comparison_of(top: Part) -> Coverage | None:
    """None where the clip was held against nothing. Raises CannotOpen where a member is wrong or names what is not there."""
    if "comparison" not in top.names():
        if COMPARED in top.each("checks", lambda check: check.text("id")):
            raise top.wrong("comparison")
        return None
    part = top.maybe("comparison", top.part)
    if part is None:
        return None
    sources = part.each("sources", _recording)
    if not sources:
        raise part.wrong("sources")
    return Coverage(
        clip=_recording(part.part("clip")),
        sources=sources,
        pieces=part.each("pieces", _one_of(sources, _piece)),
        missing=part.each("missing", _one_of(sources, _missing)),
        foreign=part.each("foreign", _foreign),
    )


def _one_of(sources: tuple[Recording, ...], read: Callable[[Part, int], T]) -> Callable[[Part], T]:
    """Reads what belongs to a recording, and refuses a recording that is not listed."""

    def one(part: Part) -> T:
        source = part.count("source")
        if source >= len(sources):
            raise part.wrong("source")
        return read(part, source)

    return one


def _recording(part: Part) -> Recording:
    return Recording(
        custody=Custody(part.text("name"), part.count("bytes"), part.shaped("sha256", SHA256), part.text("modified")),
        frames=part.count("frames"),
        length=part.time("length"),
        codec=part.text("codec"),
        width=part.count("width"),
        height=part.count("height"),
        sound=part.flag("sound"),
    )


def _span(part: Part, kind: str) -> tuple[Fraction, Fraction]:
    span = part.time(f"{kind}_start"), part.time(f"{kind}_end")
    if span[1] < span[0]:
        raise part.wrong(f"{kind}_end")
    return span


def _rows(part: Part, kind: str) -> tuple[int, int]:
    """Pictures [first, end): the document names the last one."""
    first, last = part.count(f"{kind}_first_frame"), part.count(f"{kind}_last_frame")
    if last < first:
        raise part.wrong(f"{kind}_last_frame")
    return first, last + 1


def _piece(part: Part, source: int) -> Piece:
    clip, rows, speed = _rows(part, "clip"), _rows(part, "source"), part.time("speed_exact")
    if speed <= 0:
        raise part.wrong("speed_exact")
    return Piece(
        source=source,
        clip_first=clip[0],
        clip_end=clip[1],
        source_first=rows[0],
        source_end=rows[1],
        clip_span=_span(part, "clip"),
        source_span=_span(part, "source"),
        speed=speed,
        reversed=part.flag("reversed"),
        mirrored=part.flag("mirrored"),
        matched_by=part.one_of("matched_by", Layer),
        uncertainty=part.count("boundary_uncertainty_frames"),
        sound=part.one_of("sound", SoundMatch),
        packets=part.count("equal_packets"),
    )


def _missing(part: Part, source: int) -> Missing:
    first, end = _rows(part, "source")
    return Missing(source, _span(part, "source"), first, end)


def _foreign(part: Part) -> Foreign:
    first, end = _rows(part, "clip")
    return Foreign(_span(part, "clip"), first, end, part.flag("still"))
