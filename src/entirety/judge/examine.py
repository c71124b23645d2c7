"""Examine one file: read and measure it once, let every check look, weigh what they saw, and record all of it as one audit.

The file is hashed before and after. Should the two differ, there is no audit: the evidence changed while it was being read.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from entirety.detect import CHECKS
from entirety.detect.damage import damaged_spans, missing_pictures, unplaced
from entirety.detect.lengths import shown_extent
from entirety.detect.run import run_all
from entirety.judge.against_recording import check_against
from entirety.judge.answer import judge
from entirety.judge.checks import LISTED
from entirety.judge.compared import compared
from entirety.judge.extract import extract as near
from entirety.judge.kind import kind
from entirety.judge.limits import limits
from entirety.judge.notes import notes
from entirety.judge.performance import performance
from entirety.judge.recording_findings import PART
from entirety.judge.second_opinion import second_opinion
from entirety.judge.shot_pictures import shot_pictures
from entirety.judge.shots import shot_table
from entirety.judge.timeline import thin
from entirety.knowledge.performance import table
from entirety.measure import stills
from entirety.measure.clip import measure
from entirety.measure.copies import copies
from entirety.measure.loudness import loudness
from entirety.measure.signature import measure_and_sign
from entirety.measure.strip import strip_pictures
from entirety.model.audit import UNPLACED, Audit, Numbered, Still, Tool, Unexamined
from entirety.model.clip import Clip
from entirety.model.copies import Copy
from entirety.model.finding import Finding, Question, Sentence, Weight
from entirety.model.further import Origin
from entirety.model.signature import Signature
from entirety.model.time import UNSET
from entirety.read import custody

MOST_ILLUSTRATED = 40
"""Findings that get pictures, strongest first; the report says when some went without. Chosen, not measured: a reader looks at no more."""

ROLES = {Origin.ORPHAN: "orphan", Origin.TRACK: "track", Origin.PREVIEW: "preview"}
"""Word for the origin of a picture besides the stored ones of the main video: part of its file's name."""


@dataclass(frozen=True, slots=True)
class Examination:
    """An audit with what belongs beside it in the report folder."""

    audit: Audit
    clip: Clip
    pictures: dict[str, bytes]
    """PNG files by their path relative to the report folder."""
    copies: dict[str, bytes]
    """Playable copies of what is not shown, by their path likewise; empty where none was asked for."""
    signature: Signature | None = None
    """For a search for its footage in other files; None where none was asked for, or it has too many pictures for one."""


def examine(
    path: Path,
    tool: Tool,
    progress: Callable[[int, int], None] | None = None,
    *,
    extract: bool = False,
    second: bool = True,
    sources: Sequence[Path] = (),
    hashes: Path | None = None,
    threads: bool = True,
    signed: bool = False,
    spool: Path | None = None,
) -> Examination:
    """Audit the file at `path`; `progress` is told frames done and frames expected. `extract` makes playable copies of what is not shown;
    `second` asks a second program what it reads in the file. `sources` are longer recordings that the clip is held against, `hashes` a
    folder that keeps what was read for that. `threads` decodes on several cores; the audit is the same. `signed` asks for the signature too,
    from the same decode; `spool` is a file that takes its thumbnails instead of memory, and stays as long as the signature is used.

    Raises CannotOpen, NotVideo, Damaged or Unsupported where there is nothing to audit, ChangedWhileReading where the file changed meanwhile.
    """
    if signed or sources:
        clip, signature = measure_and_sign(path, progress, second=second, threads=threads, spool=spool)
    else:
        clip, signature = measure(path, progress, second=second, threads=threads), None
    coverage = compared(path, sources, hashes, progress, signature)
    checks, findings = run_all((*CHECKS, check_against(coverage)), clip)
    numbered = tuple(Numbered(f"F{number:03d}", finding) for number, finding in enumerate(_ordered(findings), 1))
    unexamined = tuple(_unexamined(clip))
    verdict = judge(findings, checks, unexamined, frames=len(clip.frames), missing=_missing(clip))
    cited = tuple(_pictures(path, clip, numbered))
    table_of_shots = shot_table(clip, numbered)
    cited += tuple(shot_pictures(table_of_shots, cited))
    cited += tuple((_still("", "strip", picture), picture.png) for picture in strip_pictures(path, clip))
    copied = tuple(_copied(path, clip)) if extract else ()
    shown = _shown(clip)
    # Before the last hash: nothing reads the file after it.
    timeline = thin(clip, shown, loudness(path))
    file_kind = kind(clip, findings)
    audit = Audit(
        tool=tool,
        custody=clip.custody,
        sha256_after=custody.confirm(path, clip.custody),
        container=clip.container,
        duration=clip.duration,
        start=clip.start,
        shown=shown,
        frames=len(clip.frames),
        stored=len(clip.packets),
        constant_rate=_constant_rate(clip),
        video=clip.video,
        streams=clip.streams,
        tags=clip.tags,
        answer=verdict.answer,
        sentence=verdict.sentence,
        reason=verdict.reason,
        questions=verdict.questions,
        checks=checks,
        kind=file_kind,
        performance=performance(file_kind, checks, table()),
        findings=numbered,
        stills=tuple(still for still, _ in cited),
        limits=(*limits(clip, findings, _origin()), *_unillustrated(numbered)),
        unexamined=unexamined,
        notes=tuple(notes(clip)),
        timeline=timeline,
        run=None,
        copies=tuple(copy for copy, _ in copied),
        second=second_opinion(clip, shown),
        shots=table_of_shots,
        coverage=coverage,
        extract=near(clip, numbered),
    )
    pictures = {still.file: png for still, png in cited}
    return Examination(
        audit, clip, pictures, {copy.file: content for copy, content in copied}, signature if signed else None
    )


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Strongest first; among equals what bears on the content before what wrote the file, then by time and the order of the checks.

    That the clip is a part of a recording concerns it from its first picture on; it comes after what has a place within it.
    """
    rank = {weight: place for place, weight in enumerate(Weight)}
    place = {check.id: number for number, check in enumerate(LISTED)}
    origin = _origin()
    return sorted(
        findings,
        key=lambda f: (rank[f.weight], f.check in origin, f.code == PART, f.span.start, place[f.check], f.code),
    )


def _origin() -> frozenset[str]:
    return frozenset(check.id for check in LISTED if check.question is Question.ORIGINAL)


def _unexamined(clip: Clip) -> Iterator[Unexamined]:
    for span in damaged_spans(clip):
        reason = Sentence(
            "unexamined.damaged",
            "The decoder reported errors: these pictures are missing, or partly filled in by the decoder.",
        )
        yield Unexamined(span.start, span.end, span.first, span.last, reason)
    if missing := unplaced(clip):
        text = (
            "The decoder reported errors; it did not say for which pictures. Pictures stored that never came out: {missing}. Breaks and "
            "transitions in the picture, standing and repeated pictures, changes of speed and things laid over the picture were therefore not "
            "looked for anywhere; the other checks were made."
        )
        yield Unexamined(clip.start, clip.start, -1, -1, Sentence(UNPLACED, text, (("missing", missing),)))


def _pictures(path: Path, clip: Clip, findings: Sequence[Numbered]) -> Iterator[tuple[Still, bytes]]:
    """The pictures that findings cite, each decoded once however often it is cited."""
    illustrated = findings[:MOST_ILLUSTRATED]
    shown = sorted({frame for numbered in illustrated for frame in numbered.finding.stills})
    hidden = sorted({row for numbered in illustrated for row in numbered.finding.hidden})
    taken = {("shown", picture.number): picture for picture in stills.shown_pictures(path, clip, shown)}
    taken |= {("hidden", picture.number): picture for picture in stills.hidden_pictures(path, clip, hidden)}
    further = sorted({row for numbered in illustrated for row in numbered.finding.further})
    found = stills.further_stills(path, clip, further)
    roles = {picture.number: ROLES[origin] for origin, picture in found}
    taken |= {(roles[picture.number], picture.number): picture for _, picture in found}
    for numbered in illustrated:
        wanted = [("shown", frame) for frame in numbered.finding.stills] + [
            ("hidden", row) for row in numbered.finding.hidden
        ]
        wanted += [(roles[row], row) for row in numbered.finding.further if row in roles]
        for role, number in wanted:
            if (picture := taken.get((role, number))) is not None:
                yield _still(numbered.id, role, picture), picture.png


def _still(finding: str, role: str, picture: stills.Picture) -> Still:
    file = f"stills/{role}-{picture.number:06d}.png"
    return Still(
        finding,
        role,
        picture.number,
        picture.time,
        picture.sha256,
        file,
        picture.png_sha256,
        picture.width,
        picture.height,
    )


def _copied(path: Path, clip: Clip) -> Iterator[tuple[Copy, bytes]]:
    for made in copies(path, clip):
        file = f"hidden-{made.role}-{made.stream}.mkv"
        sha256 = hashlib.sha256(made.content).hexdigest()
        yield Copy(made.role, made.stream, file, sha256, made.pictures, made.lead), made.content


def _unillustrated(findings: Sequence[Numbered]) -> Iterator[Sentence]:
    if len(findings) > MOST_ILLUSTRATED:
        text = "Pictures are printed for the first {most} findings, strongest first; {rest} further findings have none."
        yield Sentence("limit.pictures", text, (("most", MOST_ILLUSTRATED), ("rest", len(findings) - MOST_ILLUSTRATED)))


def _missing(clip: Clip) -> int:
    """Pictures that the file declares or stores for showing and that never came out of the decoder."""
    declared = len(clip.track.samples) if clip.track is not None else 0
    return missing_pictures(clip) + max(0, declared - len(clip.packets))


def _shown(clip: Clip) -> Fraction:
    """Seconds that a player shows, as the edit list cuts them; 0 where no picture states a time."""
    shown = shown_extent(clip, clip.video)
    return Fraction(0) if shown is None else shown.length


def _constant_rate(clip: Clip) -> bool:
    """Every step between shown frames is equal within one tick."""
    steps = np.diff(clip.frames.pts)
    return len(steps) > 0 and bool((clip.frames.pts != UNSET).all()) and int(steps.max() - steps.min()) <= 1
