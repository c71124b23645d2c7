"""Holds one report against its clip: hash again, analyse again, and say in sentences what exactly differs.

Used for a single report and for every report of a case folder alike; there each clip is analysed in a child process of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from entirety.case.jobs import Job
from entirety.errors import EntiretyError, Mismatch
from entirety.judge.examine import examine
from entirety.measure.clip import measure
from entirety.model.audit import Audit, Tool
from entirety.model.copies import REVIEW_FILE, of_hidden
from entirety.read import custody
from entirety.report.beside import SYSTEM, Beside, look_at
from entirety.report.difference import MOST, differences, first_difference
from entirety.report.document import to_document
from entirety.report.framehash import framehash_lines
from entirety.report.names import ALWAYS, AUDIT, FRAMES, LATER
from entirety.report.recheck import about_audit, about_failed, about_files, files_of, recorded_audit
from entirety.report.reprint import Made, cited, made_again
from entirety.report.resealed import about_envelope, about_signed_pdfs, about_statement
from entirety.report.wording import Catalogue

Progress = Callable[[int, int], None]

REPORT = "report"
"""The option of a job that names the report folder, absolute."""
THREADS = "threads"
"""The option that says whether a clip is decoded on several cores."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one report."""

    differences: tuple[str, ...]
    """A sentence for each; none where all is as it must be."""
    notes: tuple[str, ...]
    """What was not checked, and what signatures say."""
    review: bool = False
    """There is a review copy, which is not made again."""


@dataclass(frozen=True, slots=True)
class How:
    """By what means a report is verified."""

    tool: Tool
    """This program."""
    words: Catalogue
    """In which the sentences are said."""
    sources: tuple[Path, ...] = ()
    """Recordings that the clip was held against."""
    hashes: Path | None = None
    """A folder that keeps what was read of them."""
    key: bytes | None = None
    """Content of a public key's file: whose signature there must be."""
    progress: Progress | None = None
    threads: bool = True
    """Decode on several cores; the result is the same."""


@dataclass(frozen=True, slots=True)
class _Again:
    """What a second look at the clip gave."""

    said: tuple[str, ...]
    framehash: bytes | None = None
    """The list of frame hashes; None where the clip was not analysed again."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def verify_one(job: Job, tool: Tool, progress: Progress | None = None) -> list[str]:
    """What a child process does with one clip of a case: a sentence for each difference between its report and a second analysis."""
    how = How(tool, Catalogue("en"), progress=progress, threads=job.options[THREADS])
    return list(verified(Path(job.options[REPORT]), Path(job.path), how).differences)


def verified(folder: Path, clip: Path, how: How) -> Verified:
    """Hold the report in `folder` and its files against each other and against a second analysis of `clip`.

    Raises CannotOpen where there is no report, or no key in what was given as one, Unsupported where a newer program made the report, and
    what reading a video raises.
    """
    beside, words = look_at(folder), how.words
    envelope = about_envelope(beside, how.key, words)
    try:
        recorded = recorded_audit(folder, words)
    except Mismatch as error:
        files = about_files(beside, ALWAYS - LATER, Made({}), words, cited=False) | envelope.differences
        files.pop(AUDIT, None)
        return Verified((str(error), *files.values()), (*envelope.notes, words.text("verify.note.no_analysis")))
    again, same_tool = _again(folder, recorded, clip, how), recorded.tool == how.tool
    carried = about_audit(beside, recorded, words, same_tool=same_tool)
    made = made_again(beside, recorded, again.framehash, again.pictures) if same_tool else cited(beside, recorded)
    pdfs = about_signed_pdfs(beside, made, words)
    found = {
        **(about_statement(beside, recorded, words) if same_tool else {}),
        **about_files(beside, files_of(recorded, beside) - (frozenset() if same_tool else LATER), made, words),
        **about_failed(made, words),
        **envelope.differences,
        **pdfs.differences,
    }
    notes = (*envelope.notes, *pdfs.notes, *_unchecked(beside, recorded, made, again, words, same_tool=same_tool))
    return Verified(
        (*again.said, *carried.values(), *(found[name] for name in sorted(found))), notes, REVIEW_FILE in beside.hashes
    )


def _again(folder: Path, recorded: Audit, clip: Path, how: How) -> _Again:
    """Hash the clip, and where it is the one that was audited analyse it again."""
    taken, words = custody.take(clip), how.words
    if taken.sha256 != recorded.custody.sha256:
        other = words.text("verify.clip.other", name=taken.name, now=taken.sha256, recorded=recorded.custody.sha256)
        return _Again((other, _frames(folder, clip, words, how.progress)))
    named, absent = _recordings(recorded, how.sources, words)
    if absent:
        return _Again(tuple(absent))
    # A review copy is encoded anew, by another encoder in other bytes: only its hash is held against it.
    kept = of_hidden(recorded.copies)
    done = examine(
        clip, how.tool, how.progress, extract=bool(kept), sources=named, hashes=how.hashes, threads=how.threads
    )
    framehash = "".join(f"{line}\n" for line in framehash_lines(done.clip)).encode()
    return _Again(tuple(_analysed(replace(recorded, copies=kept), done.audit, words)), framehash, done.pictures)


def _analysed(recorded: Audit, again: Audit, words: Catalogue) -> Iterator[str]:
    """Differences between the recorded audit and a new one of the same bytes; those that another version may have made are announced."""
    # Which build it was is said in a sentence; line by line its libraries would look like findings.
    all_of_them = differences(to_document(replace(recorded, tool=again.tool)), to_document(again), words)
    listed = list(islice(all_of_them, MOST))
    rest = sum(1 for _ in all_of_them)
    same = "" if listed else "_same"
    if recorded.tool.version != again.tool.version:
        yield words.text(f"verify.version{same}", recorded=recorded.tool.version, now=again.tool.version)
    elif recorded.tool != again.tool:
        yield words.text(f"verify.build{same}", now=again.tool.version)
    yield from listed
    if rest:
        yield words.text("verify.more", n=rest)


def _recordings(recorded: Audit, given: Sequence[Path], words: Catalogue) -> tuple[list[Path], list[str]]:
    """The recordings in the order in which the audit names them, by their hashes; and a sentence for each that was not given."""
    by_hash = {custody.take(path).sha256: path for path in given}
    named = [one.custody for one in recorded.coverage.sources] if recorded.coverage is not None else []
    absent = [
        words.text("verify.clip.no_source", name=one.name, sha256=one.sha256)
        for one in named
        if one.sha256 not in by_hash
    ]
    known = {one.sha256 for one in named}
    absent += [
        words.text("verify.clip.foreign_source", name=path.name, sha256=sha256)
        for sha256, path in by_hash.items()
        if sha256 not in known
    ]
    return [by_hash[one.sha256] for one in named if one.sha256 in by_hash], absent


def _frames(folder: Path, clip: Path, words: Catalogue, progress: Progress | None) -> str:
    """Where the pictures of another file leave the recorded ones, in words."""
    manifest = folder / FRAMES
    if manifest.is_symlink() or not manifest.is_file():
        return words.text("verify.clip.no_frames", file=FRAMES)
    try:
        again = list(framehash_lines(measure(clip, progress)))
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (EntiretyError, OSError, UnicodeDecodeError) as error:
        return words.text("verify.clip.unread_frames", error=str(error))
    return first_difference(lines, again, words) or words.text("verify.clip.same_frames")


def _unchecked(
    beside: Beside, recorded: Audit, made: Made, again: _Again, words: Catalogue, *, same_tool: bool
) -> Iterator[str]:
    """A sentence for everything that was not checked."""
    listed = {name for one in beside.witnesses.values() for name in one}
    absent = sorted(LATER - beside.hashes.keys() - listed)
    if absent and not (same_tool and LATER <= ALWAYS):
        yield words.text("verify.note.older", files=", ".join(absent), version=recorded.tool.version)
    if not same_tool:
        yield words.text("verify.note.not_printed")
    if made.without_pictures:
        yield words.text("verify.note.no_pictures")
    if again.framehash is None:
        yield words.text("verify.note.no_analysis")
    if REVIEW_FILE in beside.hashes:
        yield words.text("verify.note.review", file=REVIEW_FILE)
    if _has_stated(recorded):
        yield words.text("verify.note.stated")
    for name in sorted(SYSTEM & beside.hashes.keys() - listed):
        yield words.text("verify.system", file=name)


def _has_stated(recorded: Audit) -> bool:
    """Whether somebody stated the case, the exhibit or the like, as newer audits can hold."""
    return getattr(recorded, "stated", None) is not None
