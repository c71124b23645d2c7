"""Makes the files of a report anew from its audit, so that one which was changed shows even where every list of hashes was changed with it.

A page is printed in the language that the statement or its own name gives it, or that it states itself, with the pictures that the audit cites.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from entirety.errors import EntiretyError
from entirety.model.audit import Audit
from entirety.report.beside import Beside
from entirety.report.carried import carried
from entirety.report.exports import exports
from entirety.report.names import AUDIT, FORM, FRAMES, STATEMENT, kind_of
from entirety.report.statement import languages_in
from entirety.report.wording import Catalogue, languages
from entirety.report.write import printed, view_of

PAGE = "report.html"

LANG = re.compile(rb"<html[^>]{0,200}\slang=\"([a-z]{2,3})\"")

EARLY = 4_096
"""Bytes of a page in which its language stands."""


BEFORE = frozenset({"audit", "still", "copy", "frames", "export", "review"})
"""Kinds of files that are written before the printed forms, which list them."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made anew, and whether the files are that."""

    same: Mapping[str, bool]
    """By name; a file that was not made anew is absent."""
    begins: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """By name of a printed form after which more follows in its file: bytes of that form, and their SHA-256."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """By name of a printed form why it could not be printed again."""
    without_pictures: bool = False
    """Pages were not printed, as pictures that the audit cites are not at hand."""


def cited(beside: Beside, audit: Audit) -> Made:
    """What the audit alone says of pictures and working copies that are there: whether each is the one that it cites."""
    return Made(
        {name: beside.hashes[name] == sha256 for name, sha256 in _cited(audit).items() if name in beside.hashes}
    )


def made_again(beside: Beside, audit: Audit, framehash: bytes | None, pictures: Mapping[str, bytes]) -> Made:
    """Make what follows from the audit. `framehash` is the list of frame hashes, where the clip was read again; `pictures` are those that were
    taken from it then. A printed form that carries the hash of another audit.json is left out: it says itself that it prints another one.
    """
    must = _cited(audit)
    if framehash is not None:
        must[FRAMES] = hashlib.sha256(framehash).hexdigest()
    stated = languages_in(beside.content(STATEMENT))[:1]
    known = languages()
    first = list(stated) if stated and stated[0] in known else [*_stated_in(beside.content(PAGE)), *known]
    must |= {name: hashlib.sha256(content).hexdigest() for name, content in _exports(beside, audit, first).items()}
    same = {name: beside.hashes[name] == sha256 for name, sha256 in must.items() if name in beside.hashes}
    pngs = _pictures(beside, audit, pictures)
    other = {name for name, mine in carried(beside).items() if not mine}
    forms = sorted(name for name in beside.hashes if FORM.fullmatch(name) and name not in other)
    if pngs is None or not forms:
        return Made(same, without_pictures=pngs is None)
    begins: dict[str, tuple[int, str]] = {}
    failed: dict[str, str] = {}
    hashes = _before(beside, must)
    view = cache(lambda code: view_of(audit, Catalogue(code), hashes))
    with _place(beside, audit, pngs) as folder:
        for name in forms:
            made = (
                printed(name[-4:].strip("."), view(code), audit, folder, pngs) for code in _codes(beside, name, first)
            )
            try:
                same[name], begin = _held(beside.content(name), made)
            except EntiretyError as error:
                failed[name] = str(error)
            else:
                if begin and name.endswith("pdf"):
                    begins[name] = len(begin), hashlib.sha256(begin).hexdigest()
    return Made(same, begins, failed)


def _held(content: bytes | None, made: Iterable[bytes]) -> tuple[bool, bytes]:
    """Whether a file is one of those that were made; and the one that it begins with, where more follows."""
    for one in made:
        if content == one:
            return True, b""
        if content is not None and content.startswith(one):
            return False, one
    return False, b""


def _cited(audit: Audit) -> dict[str, str]:
    """SHA-256 of pictures and working copies by name, as the audit cites them."""
    stills = {still.file: still.file_sha256 for still in audit.stills}
    return stills | {copy.file: copy.file_sha256 for copy in audit.copies}


def _stated_in(page: bytes | None) -> list[str]:
    """The language that a page states, where it is one that there is."""
    match = None if page is None else LANG.search(page[:EARLY])
    return [code] if match and (code := match[1].decode("ascii")) in languages() else []


def _codes(beside: Beside, name: str, first: Sequence[str]) -> list[str]:
    """Languages in which a printed form may be: that of its name, the one in `first`, or of several the one that it states itself."""
    form = FORM.fullmatch(name)
    if form is not None and form[1] in languages():
        return [form[1]]
    if name.endswith("html") and len(first) > 1:
        return _stated_in(beside.content(name)) or languages()
    return list(dict.fromkeys(first))


def _exports(beside: Beside, audit: Audit, codes: Iterable[str]) -> dict[str, bytes]:
    """Every export as it must be, in the language of the report: that in which all of them fit, or the one that its page states."""
    tried = []
    for code in dict.fromkeys(codes):
        made = exports(audit, Catalogue(code))
        tried.append(made)
        if all(beside.hashes.get(name) == hashlib.sha256(content).hexdigest() for name, content in made.items()):
            return made
    return tried[0]


def _pictures(beside: Beside, audit: Audit, taken: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """The pictures that the audit cites, from the folder or as they were taken again; None where one is not at hand."""
    pngs = {}
    for still in audit.stills:
        if beside.hashes.get(still.file) == still.file_sha256:
            pngs[still.file] = (beside.folder / still.file).read_bytes()
        elif hashlib.sha256(taken.get(still.file, b"")).hexdigest() == still.file_sha256:
            pngs[still.file] = taken[still.file]
        else:
            return None
    return pngs


def _before(beside: Beside, must: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 by name of what was written before the printed forms, as it must have been: one changed file shall not make each page look changed."""
    listed = {name: sha256 for one in beside.witnesses.values() for name, sha256 in one.items()}
    known = {**beside.hashes, **listed, **must, AUDIT: beside.hashes[AUDIT]}
    return {name: sha256 for name, sha256 in known.items() if kind_of(name) in BEFORE}


@contextmanager
def _place(beside: Beside, audit: Audit, pngs: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the audit and the right pictures, from which pages can be set: the report's own, where they lie in it."""
    if all(beside.hashes.get(still.file) == still.file_sha256 for still in audit.stills):
        yield beside.folder
        return
    with TemporaryDirectory() as copy:
        for name, content in {**pngs, AUDIT: (beside.folder / AUDIT).read_bytes()}.items():
            (Path(copy) / name).parent.mkdir(exist_ok=True)
            (Path(copy) / name).write_bytes(content)
        yield Path(copy)
