"""Holds the files of a report folder against the audit that they were printed from, for `entirety verify`.

The list of hashes beside a report can be written anew by anybody; so every file is also compared with what the audit itself says it must be.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from entirety.errors import CannotOpen, Mismatch
from entirety.model.audit import Audit
from entirety.report.document import declared, from_document, parse, read
from entirety.report.wording import Catalogue, languages
from entirety.report.write import AUDIT, FORMS, FRAMES, MANIFEST, hash_of, listed, printed, view_of


def recorded_audit(folder: Path) -> Audit:
    """The audit in a report folder. Raises CannotOpen where there is none, Mismatch where its file is not the one that was written."""
    content = read(folder / AUDIT)
    try:
        return declared(from_document(parse(content)))
    except CannotOpen as error:
        raise Mismatch(f"{AUDIT} was changed after it was written: {error}") from error


def changed_files(folder: Path, audit: Audit) -> Iterator[str]:
    """One sentence for each file of the report that is missing, or not as the manifest lists it."""
    known = listed(folder)
    if not known:
        yield f"{MANIFEST} is missing or unreadable: the files of the report cannot be checked against it"
    expected = {AUDIT, FRAMES, *(f"report.{form}" for form in FORMS), *(still.file for still in audit.stills)}
    expected |= {copy.file for copy in audit.copies}
    for name in sorted(expected | known.keys()):
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing from the report folder"
        elif known and name not in known:
            yield f"{name} is not listed in {MANIFEST}"
        elif known and hash_of(path) != known[name]:
            yield f"{name} is not the file that was written: its SHA-256 is not the listed one"


def misprinted(folder: Path, audit: Audit, framehash: Iterable[str]) -> list[str]:
    """One sentence for each file that is not what this audit and this list of frame hashes print; missing files are left to `changed_files`."""
    found = [
        f"{still.file} is not the picture that the audit cites"
        for still in audit.stills
        if (folder / still.file).is_file() and hash_of(folder / still.file) != still.file_sha256
    ]
    found += [
        f"{copy.file} is not the working copy that the audit cites"
        for copy in audit.copies
        if (folder / copy.file).is_file() and hash_of(folder / copy.file) != copy.file_sha256
    ]
    frames = folder / FRAMES
    if frames.is_file() and frames.read_bytes() != "".join(f"{line}\n" for line in framehash).encode():
        found.append(f"{FRAMES} does not list the frames of this clip")
    # A page cannot be printed without its pictures.
    if not found and all((folder / still.file).is_file() for still in audit.stills):
        found += [f"report.{form} does not print this audit" for form in FORMS if not _prints(form, folder, audit)]
    return found


def _prints(form: str, folder: Path, audit: Audit) -> bool:
    """The file equals the printed form in one of the languages; True where there is no file to compare."""
    path = folder / f"report.{form}"
    if not path.is_file():
        return True
    content = path.read_bytes()
    pngs = {still.file: (folder / still.file).read_bytes() for still in audit.stills if (folder / still.file).is_file()}
    copies = [copy.file for copy in audit.copies]
    hashes = {name: hash_of(folder / name) for name in (AUDIT, FRAMES, *pngs, *copies) if (folder / name).is_file()}
    return any(
        content == printed(form, view_of(audit, Catalogue(code), hashes), audit, folder, pngs) for code in languages()
    )
