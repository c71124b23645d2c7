"""`entirety overlap CLIP_OR_FOLDER...`: which clips share footage, and how they lie on one common axis."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entirety.cli.terminal import counted, progress, safe, say
from entirety.errors import CannotOpen, EntiretyError, NotVideo, OutputRefused

if TYPE_CHECKING:
    from entirety.compare.motion_hash import MotionHashes
    from entirety.model.overlap import Overlaps, Unread
    from entirety.model.signature import Signature

FEWEST = 2
"""Clips that can overlap."""
MOST_NAMED = 6
"""Clips of a group that are named in one line on the terminal."""


def overlap(
    clips: Annotated[
        list[Path],
        typer.Argument(metavar="CLIP_OR_FOLDER...", help="Video files, and folders of them with all below; read only."),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write overlap.json and overlap.html into this folder.")
    ] = None,
    hashes: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep what was read of each file in this folder, so that it is read once."),
    ] = None,
) -> None:
    """Find clips that share footage and place them on one common axis: groups, order, gaps.

    Footage at the same speed, re-encoded or scaled, of which some three seconds move; a standing picture can be placed nowhere.
    """
    from entirety.cli.tool import tool
    from entirety.compare.overlap import overlaps
    from entirety.compare.overlap_groups import compared
    from entirety.report.document import serialise
    from entirety.report.files import write_bytes
    from entirety.report.overlap_page import overlap_page
    from entirety.report.overlap_record import overlap_document

    files = list(_files(clips, [folder for folder in (out, hashes) if folder is not None]))
    given = {file.absolute() for file in files}
    if out is not None and any((out / name).absolute() in given for name in ("overlap.json", "overlap.html")):
        raise OutputRefused(
            "The output would lie where a file is that was handed over: choose another folder with --out."
        )
    signatures, unread, code = _signed(files, hashes)
    found = compared(signatures, overlaps(signatures, _hashed(signatures, hashes)), unread)
    if out is not None:
        document = serialise(overlap_document(found, tool()))
        write_bytes(out / "overlap.json", document)
        write_bytes(out / "overlap.html", overlap_page(found, tool(), hashlib.sha256(document).hexdigest()))
    for line in _lines(found):
        say(safe(line))
    if len(signatures) < FEWEST:
        # Nothing was held against anything: a result of 0 would say that it was.
        code = max(code, CannotOpen.exit_code)
    if code:
        raise typer.Exit(code)


def _files(given: Sequence[Path], ours: Sequence[Path]) -> Iterator[Path]:
    """Every file, once; of a folder all below it, in order of name, links and our own output left out."""
    seen = set()
    own = [folder.absolute() for folder in ours]
    for path in given:
        inside = (
            sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
            if path.is_dir()
            else [path]
        )
        for file in inside:
            place = file.absolute()
            if place not in seen and (not path.is_dir() or not any(place.is_relative_to(folder) for folder in own)):
                seen.add(place)
                yield file


def _signed(files: Sequence[Path], hashes: Path | None) -> "tuple[list[Signature], list[Unread], int]":
    """The signatures of all files that are videos, the others with the reason, and the exit code."""
    from entirety.model.overlap import Unread

    signatures, unread, code = [], [], 0
    for file in files:
        try:
            signatures.append(_sign(file, hashes))
        except EntiretyError as error:
            say(f"entirety: {safe(str(error))}")
            unread.append(Unread(file.name, str(error)))
            # A folder holds texts and pictures too: that such a file is no video is no failure.
            code = max(code, 0 if isinstance(error, NotVideo) else error.exit_code)
    return signatures, unread, code


def _sign(file: Path, hashes: Path | None) -> "Signature":
    from entirety.compare.kept import signature_of
    from entirety.read.custody import confirm

    with progress(file.name) as tell:
        signature, kept = signature_of(file, hashes, tell)
    if not kept:
        # What was kept belongs to bytes that were hashed just now.
        confirm(file, signature.custody)
    return signature


def _hashed(signatures: "Sequence[Signature]", folder: Path | None) -> "list[MotionHashes]":
    """The motion hashes of each, kept where the signatures are."""
    from entirety.compare.overlap import hashed
    from entirety.compare.overlap_store import load_hashes, save_hashes

    made = []
    for signature in signatures:
        kept = None if folder is None else load_hashes(folder, signature)
        made.append(kept or hashed(signature))
        if folder is not None and kept is None:
            save_hashes(folder, signature, made[-1])
    return made


def _lines(found: "Overlaps") -> Iterator[str]:
    """What is said on the terminal; the last line is the result."""
    from entirety.report.coverage_words import lasting
    from entirety.report.wording import Catalogue

    words = Catalogue("en")
    for number, group in enumerate(found.groups, start=1):
        names = [found.clips[one.clip].custody.name for one in group.placed]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        length = lasting(max(one.span[1] for one in group.placed), words)
        gaps = counted(len(group.gaps), "gap") if group.gaps else "no gap"
        yield (
            f"Group {number}: {len(names)} clips, together {length} long on one axis: {', '.join(names[:MOST_NAMED])}{more}; "
            f"{gaps} between them"
            + (f"; {counted(len(group.conflicts), 'overlap')} off their place on it" if group.conflicts else "")
            + "."
        )
    if len(found.clips) < FEWEST:
        yield f"Nothing was compared: {counted(len(found.clips), 'video')} could be read, and it takes two."
        return
    linked = sum(len(group.placed) for group in found.groups)
    not_read = f"; {counted(len(found.unread), 'file')} not compared" if found.unread else ""
    groups = f", in {counted(len(found.groups), 'group')}" if found.groups else ""
    share = (
        f"{linked:,} of {counted(len(found.clips), 'clip')} share footage" if linked else "No shared footage was found"
    )
    among = "" if linked else f" among {counted(len(found.clips), 'clip')}; that does not show that there is none"
    yield f"{share}{groups}{among}{not_read}."
