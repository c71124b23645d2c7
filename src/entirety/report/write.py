"""The report folder: written whole or not at all, file by file, with a list of hashes that anybody can check.

Each file is written under a temporary name and then renamed, so an interruption never leaves half a file. A folder that holds anything
which is not a report of the same video is refused.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from entirety.errors import CannotOpen, Mismatch, OutputRefused
from entirety.model.audit import Audit
from entirety.report.compose import compose
from entirety.report.copied import COPY_FILE
from entirety.report.document import declared, from_document, load, parse, read, serialise, to_document
from entirety.report.html import to_html
from entirety.report.pdf import to_pdf
from entirety.report.restore import STILL_FILE
from entirety.report.view import View
from entirety.report.visible import visible
from entirety.report.wording import SOURCE, Catalogue

AUDIT, FRAMES, MANIFEST = "audit.json", "frames.framehash", "manifest-sha256.txt"
FORMS = ("html", "pdf")
OURS = frozenset({AUDIT, FRAMES, MANIFEST, "stills"})
"""Everything that a report folder holds, printed forms and working copies apart."""

PRINTED = re.compile(r"report(\.(?P<language>[a-z]{2,3}))?\.(?P<form>html|pdf)")
"""Names of the printed forms: report.html in the first language, report.kk.html in a further one."""


def write_report(
    audit: Audit,
    folder: Path,
    pngs: Mapping[str, bytes],
    framehash: Iterable[str],
    languages: Sequence[str] = (SOURCE,),
    *,
    copies: Mapping[str, bytes] = MappingProxyType({}),
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
    for name, content in files.items():
        write_bytes(folder / name, content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    del files
    written = _print(catalogues, hashes, whole, folder, pngs, forms=FORMS)
    _drop_old(folder, hashes | written)
    write_text(folder / MANIFEST, _manifest(hashes | written))
    return [folder / name for name in (*hashes, *written, MANIFEST)]


def render(folder: Path, languages: Sequence[str] = (SOURCE,), forms: Iterable[str] = FORMS) -> list[Path]:
    """Print the report again from audit.json and the stills, without the video; printed forms in other languages are removed.

    Raises CannotOpen or Unsupported where audit.json is none, Mismatch where a still is gone or changed, OutputRefused as above.
    """
    wanted, catalogues, content = tuple(forms), [Catalogue(language) for language in languages], read(folder / AUDIT)
    if unknown := [form for form in wanted if form not in FORMS]:
        raise OutputRefused(f"There is no form {visible(unknown[0], 20)!r}; there is: {', '.join(FORMS)}.")
    whole = declared(from_document(parse(content)))
    pngs = {still.file: _still(folder, still.file) for still in whole.stills}
    _confirm_stills(whole, pngs)
    hashes = listed(folder) or {name: hash_of(folder / name) for name in (FRAMES,) if (folder / name).is_file()}
    hashes |= {AUDIT: hashlib.sha256(content).hexdigest()}
    written = _print(catalogues, hashes, whole, folder, pngs, forms=wanted)
    names = [
        printed_name(words.language, form, first=place == 0) for place, words in enumerate(catalogues) for form in FORMS
    ]
    for path in folder.glob("report.*"):
        if PRINTED.fullmatch(path.name) and path.name not in names:
            path.unlink()
            hashes.pop(path.name, None)
    write_text(folder / MANIFEST, _manifest(hashes | written))
    return [folder / name for name in (*written, MANIFEST)]


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


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically. Raises OutputRefused."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it, then rename it into place. Raises OutputRefused where that is not possible."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputRefused(
            f"{visible(str(path))} cannot be written: {error.strerror or error}. Choose another folder."
        ) from error


def printed_name(language: str, form: str, *, first: bool) -> str:
    """The file of one printed form: the first language needs no mark, so that there is one report.html."""
    return f"report.{form}" if first else f"report.{language}.{form}"


def _print(
    catalogues: Sequence[Catalogue],
    hashes: Mapping[str, str],
    audit: Audit,
    folder: Path,
    pngs: Mapping[str, bytes],
    *,
    forms: Iterable[str],
) -> dict[str, str]:
    """Write the printed forms and return their hashes by file name."""
    written, wanted = {}, tuple(forms)
    for place, words in enumerate(catalogues):
        view = view_of(audit, words, hashes)
        for form in wanted:
            # One form at a time in memory: an HTML page with its pictures can take as much as its PDF.
            name = printed_name(words.language, form, first=place == 0)
            written[name] = _write(folder / name, printed(form, view, audit, folder, pngs))
    return written


def _write(path: Path, content: bytes) -> str:
    write_bytes(path, content)
    return hashlib.sha256(content).hexdigest()


def view_of(audit: Audit, words: Catalogue, hashes: Mapping[str, str]) -> View:
    """What the printed forms show of an audit and of the files beside it, whose hashes are given by name."""
    beside = [
        (name, hashes[name])
        for name in (
            AUDIT,
            *sorted(still.file for still in audit.stills),
            *(copy.file for copy in audit.copies),
            FRAMES,
        )
        if name in hashes
    ]
    return compose(audit, words, hashes[AUDIT], dict(beside).items())


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


def _drop_old(folder: Path, written: Mapping[str, str]) -> None:
    """Remove what an earlier run on the same file left and this one has not: stills, working copies, other languages."""
    for path in (*(folder / "stills").glob("*.png"), *folder.iterdir()):
        name = path.relative_to(folder).as_posix()
        ours = name not in OURS and is_ours(name)
        if name not in written and ours:
            path.unlink()


def is_ours(name: str) -> bool:
    """Whether a file of this name, relative to the report folder, is part of a report."""
    return name in OURS or any(pattern.fullmatch(name) for pattern in (PRINTED, STILL_FILE, COPY_FILE))


def _still(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise Mismatch(f"The picture {name} is missing from the report folder.") from error


def hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotOpen(f"{visible(path.name)} cannot be read: {error.strerror or error}.") from error


def _manifest(hashes: Mapping[str, str]) -> str:
    """The form that `sha256sum -c` reads, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def listed(folder: Path) -> dict[str, str]:
    """Names and hashes of the manifest; empty where it is missing or names anything that is no part of a report."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in lines]
    listed = {match[2]: match[1] for match in found if match}
    plain = all(is_ours(name) for name in listed)
    return listed if plain and len(listed) == len(lines) else {}
