"""The report folder: written whole or not at all, file by file, with a list of hashes that anybody can check.

Each file is written under a temporary name and then renamed, so an interruption never leaves half a file. A folder that holds anything
which is not a report of the same video is refused.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from entirety.errors import CannotOpen, Mismatch, OutputRefused
from entirety.model.audit import Audit
from entirety.report.compose import compose
from entirety.report.document import declared, from_document, load, parse, read, serialise, to_document
from entirety.report.exports import exports
from entirety.report.files import hash_of, is_ours, manifest, write_bytes, write_text
from entirety.report.html import to_html
from entirety.report.names import AUDIT, ENVELOPE, EXPORTS, FRAMES, MANIFEST, STATEMENT
from entirety.report.pdf import to_pdf
from entirety.report.statement import languages_in, statement
from entirety.report.view import View
from entirety.report.visible import visible
from entirety.report.wording import SOURCE, Catalogue

FORMS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Finish:
    """What is done to a report besides printing it. Both are given by whoever holds the keys."""

    sign_pdf: Callable[[bytes], bytes] | None = None
    """A printed PDF with a signature after it."""
    seal: Callable[[bytes], bytes] | None = None
    """The signed envelope over a statement."""


PLAIN = Finish()


def write_report(
    audit: Audit,
    folder: Path,
    pngs: Mapping[str, bytes],
    framehash: Iterable[str],
    languages: Sequence[str] = (SOURCE,),
    *,
    copies: Mapping[str, bytes] = MappingProxyType({}),
    finish: Finish = PLAIN,
) -> list[Path]:
    """Write the folder and return its files. `pngs` are the stills by path, `framehash` the lines of the frame-hash list without line ends,
    `copies` the working copies by path. The first of `languages` is printed as report.html, a further one as report.<language>.html.

    Raises OutputRefused where the folder cannot be written, Mismatch where a still or a copy is not the one that the audit cites.
    """
    catalogues, whole = [Catalogue(language) for language in languages], declared(audit)
    _confirm_stills(whole, pngs)
    _confirm_copies(whole, copies)
    files: dict[str, bytes] = {AUDIT: serialise(to_document(whole)), **{name: pngs[name] for name in sorted(pngs)}}
    files |= {name: copies[name] for name in sorted(copies)}
    files[FRAMES] = "".join(f"{line}\n" for line in framehash).encode()
    hashes = {name: _write(folder / name, content) for name, content in files.items()}
    del files
    hashes |= _beside(whole, folder, catalogues[0])
    hashes |= _print(catalogues, hashes, whole, folder, pngs, forms=FORMS, sign=finish.sign_pdf)
    _drop(folder, {STATEMENT, ENVELOPE, *hashes})
    return [folder / name for name in (*hashes, *_close(whole, folder, hashes, languages, finish))]


def render(
    folder: Path, languages: Sequence[str] = (SOURCE,), forms: Iterable[str] = FORMS, *, finish: Finish = PLAIN
) -> list[Path]:
    """Print the report again from audit.json and the stills, without the video; printed forms in other languages are removed, and
    where the languages are others than before both forms are printed.

    Raises CannotOpen or Unsupported where audit.json is none, Mismatch where a still is gone or changed, OutputRefused as above.
    """
    wanted, catalogues, content = tuple(forms), [Catalogue(language) for language in languages], read(folder / AUDIT)
    if unknown := [form for form in wanted if form not in FORMS]:
        raise OutputRefused(f"There is no form {visible(unknown[0], 20)!r}; there is: {', '.join(FORMS)}.")
    whole = declared(from_document(parse(content)))
    if languages_in(_before(folder)) != tuple(languages):
        # A form that was not asked for would be left in another language, or be missing.
        wanted = FORMS
    pngs = {still.file: _still(folder, still.file) for still in whole.stills}
    _confirm_stills(whole, pngs)
    names = {AUDIT, FRAMES, *pngs, *(copy.file for copy in whole.copies)}
    before = {name: hash_of(folder / name) for name in sorted(names) if (folder / name).is_file()}
    before |= _beside(whole, folder, catalogues[0])
    written = _print(catalogues, before, whole, folder, pngs, forms=wanted, sign=finish.sign_pdf)
    known = {printed_name(catalogues, place, form) for place in range(len(catalogues)) for form in FORMS}
    _drop(folder, {STATEMENT, ENVELOPE, *before, *known})
    kept = {name: hash_of(folder / name) for name in known - written.keys() if (folder / name).is_file()}
    return [folder / name for name in (*written, *_close(whole, folder, before | written | kept, languages, finish))]


def _before(folder: Path) -> bytes | None:
    """The statement of the report as it is, where there is one."""
    try:
        return (folder / STATEMENT).read_bytes()
    except OSError:
        return None


def _beside(audit: Audit, folder: Path, words: Catalogue) -> dict[str, str]:
    """Write the files for other programs and return their hashes by name."""
    return {name: _write(folder / name, content) for name, content in exports(audit, words).items()}


def _close(
    audit: Audit, folder: Path, hashes: dict[str, str], languages: Sequence[str], finish: Finish
) -> tuple[str, ...]:
    """Write what is said of all other files: the statement, the signature over it, the list of hashes."""
    said = statement(audit, hashes, languages)
    last = {STATEMENT: said} if finish.seal is None else {STATEMENT: said, ENVELOPE: finish.seal(said)}
    if finish.seal is None:
        # A signature over an earlier statement holds nothing any more.
        (folder / ENVELOPE).unlink(missing_ok=True)
    listed = hashes | {name: _write(folder / name, content) for name, content in last.items()}
    write_text(folder / MANIFEST, manifest(listed))
    return (*last, MANIFEST)


def refuse_foreign(folder: Path, sha256: str) -> None:
    """Raise OutputRefused where `folder` holds anything but a report of the file with this hash."""
    if not folder.exists():
        return
    try:
        others = sorted(p.name for p in folder.iterdir() if not is_ours(p.name) and not p.name.endswith(".part"))
        recorded = load(folder / AUDIT) if (folder / AUDIT).exists() else None
    except (OSError, CannotOpen) as error:
        raise OutputRefused(f"{visible(folder.name)} cannot be used as report folder: {error}") from error
    if others:
        raise OutputRefused(
            f"{visible(folder.name)} holds {visible(others[0])}, which is no part of a report: choose another folder."
        )
    if recorded is not None and from_document(recorded).custody.sha256 != sha256:
        raise OutputRefused(f"{visible(folder.name)} holds the report of another file: choose another folder.")


def printed_name(catalogues: Sequence[Catalogue], place: int, form: str) -> str:
    """The file of one printed form: the first language needs no mark, so that there is one report.html."""
    return f"report.{form}" if place == 0 else f"report.{catalogues[place].language}.{form}"


def _print(
    catalogues: Sequence[Catalogue],
    hashes: Mapping[str, str],
    audit: Audit,
    folder: Path,
    pngs: Mapping[str, bytes],
    *,
    forms: Iterable[str],
    sign: Callable[[bytes], bytes] | None,
) -> dict[str, str]:
    """Write the printed forms and return their hashes by file name."""
    written, wanted = {}, tuple(forms)
    for place, words in enumerate(catalogues):
        view = view_of(audit, words, hashes)
        for form in wanted:
            # One form at a time in memory: an HTML page with its pictures can take as much as its PDF.
            content = printed(form, view, audit, folder, pngs)
            name = printed_name(catalogues, place, form)
            written[name] = _write(folder / name, sign(content) if sign and form == "pdf" else content)
    return written


def _write(path: Path, content: bytes) -> str:
    write_bytes(path, content)
    return hashlib.sha256(content).hexdigest()


def view_of(audit: Audit, words: Catalogue, hashes: Mapping[str, str]) -> View:
    """What the printed forms show of an audit and of the files beside it, whose hashes are given by name."""
    names = (
        AUDIT,
        *sorted(still.file for still in audit.stills),
        *(copy.file for copy in audit.copies),
        FRAMES,
        *EXPORTS,
    )
    beside = {name: hashes[name] for name in names if name in hashes}
    return compose(audit, words, hashes[AUDIT], beside.items())


def printed(form: str, view: View, audit: Audit, folder: Path, pngs: Mapping[str, bytes]) -> bytes:
    """One printed form of an audit: the same bytes every time."""
    return to_html(view, audit.answer.value, pngs) if form == "html" else to_pdf(view, folder)


def _confirm_stills(audit: Audit, pngs: Mapping[str, bytes]) -> None:
    for still in audit.stills:
        png = pngs.get(still.file)
        if png is None or hashlib.sha256(png).hexdigest() != still.file_sha256:
            raise Mismatch(f"The picture {still.file} is missing or is not the one that the audit cites.")


def _confirm_copies(audit: Audit, copies: Mapping[str, bytes]) -> None:
    for copy in audit.copies:
        if hashlib.sha256(copies.get(copy.file, b"")).hexdigest() != copy.file_sha256:
            raise Mismatch(f"The working copy {copy.file} is missing or is not the one that the audit cites.")


def _drop(folder: Path, kept: Collection[str]) -> None:
    """Remove what an earlier run on the same file left and this one has not: stills, working copies, other languages."""
    for path in (*(folder / "stills").glob("*.png"), *folder.iterdir()):
        name = path.relative_to(folder).as_posix()
        if name not in kept and is_ours(name) and path.is_file() and name != MANIFEST:
            path.unlink()


def _still(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise Mismatch(f"The picture {name} is missing from the report folder.") from error
