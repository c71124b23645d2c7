"""A comparison as one JSON document, `coverage.json`: member names fixed by `schema/coverage-1.schema.json`.

`source` in pieces and missing stretches is an index into `sources`, since two recordings may have one name. Exact times stand beside their
decimals as "n/d". No clock enters outside `run`, so two comparisons of the same files differ there only.
"""

from entirety.compare.competing import continues
from entirety.model.audit import RunRecord, Tool
from entirety.model.clip import Custody
from entirety.model.coverage import Coverage, Foreign, Missing, Piece, Recording
from entirety.report.coverage_words import sentence
from entirety.report.record import Json, Object, decimal, exact, run_part, tool_part
from entirety.report.wording import Catalogue

SCHEMA_VERSION = 1


def to_document(coverage: Coverage, tool: Tool, run: RunRecord | None) -> Object:
    """The comparison as plain JSON values, in the order of the schema."""
    after: dict[int, bool] = {
        at: at > 0 and continues(coverage.pieces[at - 1], piece) for at, piece in enumerate(coverage.pieces)
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_part(tool),
        "sentence": sentence(coverage, Catalogue("en")),
        "clip": recording_part(coverage.clip),
        "sources": [recording_part(source) for source in coverage.sources],
        "pieces": [piece_part(piece, continued=after[at]) for at, piece in enumerate(coverage.pieces)],
        "missing": [missing_part(part) for part in coverage.missing],
        "foreign": [foreign_part(part) for part in coverage.foreign],
        "run": run_part(run),
    }


def recording_part(recording: Recording) -> Object:
    return custody_part(recording.custody) | {
        "frames": recording.frames,
        "length": exact(recording.length),
        "length_s": decimal(recording.length),
        "codec": recording.codec,
        "width": recording.width,
        "height": recording.height,
        "sound": recording.sound,
    }


def custody_part(custody: Custody) -> Object:
    """The file as handed over; it is confirmed to have the same hash after the comparison, else no document is written."""
    return {"name": custody.name, "sha256": custody.sha256, "bytes": custody.size, "modified": custody.modified}


def piece_part(piece: Piece, *, continued: bool) -> Object:
    edges: dict[str, Json] = {}
    for name, time in (
        ("source_start", piece.source_span[0]),
        ("source_end", piece.source_span[1]),
        ("clip_start", piece.clip_span[0]),
        ("clip_end", piece.clip_span[1]),
    ):
        edges |= {f"{name}_s": decimal(time), name: exact(time)}
    return {
        "source": piece.source,
        **edges,
        "source_first_frame": piece.source_first,
        "source_last_frame": piece.source_end - 1,
        "clip_first_frame": piece.clip_first,
        "clip_last_frame": piece.clip_end - 1,
        "speed": decimal(piece.speed),
        "speed_exact": exact(piece.speed),
        "reversed": piece.reversed,
        "mirrored": piece.mirrored,
        "matched_by": piece.matched_by.value,
        "equal_packets": piece.packets,
        "boundary_uncertainty_frames": piece.uncertainty,
        "continues_previous": continued,
        "sound": piece.sound.value,
    }


def missing_part(part: Missing) -> Object:
    return {
        "source": part.source,
        "source_start_s": decimal(part.span[0]),
        "source_start": exact(part.span[0]),
        "source_end_s": decimal(part.span[1]),
        "source_end": exact(part.span[1]),
        "source_first_frame": part.first,
        "source_last_frame": part.end - 1,
    }


def foreign_part(part: Foreign) -> Object:
    return {
        "clip_start_s": decimal(part.span[0]),
        "clip_start": exact(part.span[0]),
        "clip_end_s": decimal(part.span[1]),
        "clip_end": exact(part.span[1]),
        "clip_first_frame": part.first,
        "clip_last_frame": part.end - 1,
        "still": part.still,
    }
