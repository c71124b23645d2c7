"""The report as A4 pages in PDF: tagged for screen readers, typefaces inside, the same bytes every time.

The page description is fixed; everything about the clip reaches it as one JSON value of plain strings, so no text of the file can act as
markup. With a recorded run the result meets the archive form PDF/A-3a beside PDF/UA-1, and carries audit.json as an attachment; that form
demands a date, so without a recorded run the result meets PDF/UA-1 alone. Both are confirmed by validators that others wrote: one in
tests/report/test_pdf_form.py, veraPDF in tests/bench/validate_pdf.py.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from entirety.errors import Environment, Mismatch
from entirety.read.page_setter import set_pages
from entirety.report.facts import grouped
from entirety.report.html import TEMPLATES
from entirety.report.names import AUDIT
from entirety.report.record import Json, Object
from entirety.report.reduced import reduce_into, share
from entirety.report.view import View
from entirety.report.visible import drawable, visible

PAGES = ("frame.typ", "report.typ")


def to_pdf(view: View, folder: Path) -> bytes:
    """The pages as PDF bytes. `folder` is the report folder: the stills lie in it under the paths that the view states, and audit.json.

    Raises Environment where the page setter fails, with what it said; Mismatch where audit.json is not the one that the view was made from.
    """
    # A round trip through JSON leaves lists, texts and numbers only.
    data: Object = json.loads(json.dumps(asdict(view)))
    sizes = dict(_pictures(data))
    part = share(sizes)
    data["picture_part"] = part
    pages = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in PAGES)
    texts = json.dumps(_settable(data, ""))
    if view.date is not None:
        _confirm_attached(view, folder)
    try:
        with _root(folder, sizes, part) as root:
            return set_pages(pages, texts, root, ["ua-1"] if view.date is None else ["a-3a", "ua-1"])
    except Environment as error:
        raise Environment(f"The PDF could not be made: {visible(str(error))}.") from error


def _confirm_attached(view: View, folder: Path) -> None:
    try:
        with (folder / AUDIT).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        found = ""
    if found != view.audit_sha256:
        raise Mismatch(f"The PDF was not made: {AUDIT} is missing, or is not the one that is printed.")


@contextmanager
def _root(folder: Path, sizes: Mapping[str, tuple[int, int]], part: int) -> Iterator[str]:
    """A path to the pictures, smaller ones where `part` of 100 rows are to stay, and to audit.json, that the page setter can take: it reads
    Unicode only, and a clip's name, hence its folder's, need not be any.
    """
    path = str(folder.absolute())
    if part == 100 and not any("\ud800" <= character <= "\udfff" for character in path):
        yield path
        return
    with TemporaryDirectory() as copy:
        if part < 100:
            reduce_into(
                folder, Path(copy), {file: size for file, size in sizes.items() if (folder / file).is_file()}, part
            )
        elif (folder / "stills").is_dir():
            shutil.copytree(folder / "stills", Path(copy) / "stills")
        if (folder / AUDIT).is_file():
            shutil.copyfile(folder / AUDIT, Path(copy) / AUDIT)
        yield copy


def _pictures(value: Json) -> Iterator[tuple[str, tuple[int, int]]]:
    """Width and height of each picture in the data, by file."""
    if isinstance(value, dict) and {"alt", "file", "width", "height"} <= value.keys():
        yield str(value["file"]), (int(str(value["width"])), int(str(value["height"])))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _pictures(item)


def _settable(value: Json, name: str) -> Json:
    """The same data with every text as the typefaces in the PDF can set it; the drawing is left as it is, and hashes get breaks."""
    if isinstance(value, dict):
        told = {key: _settable(item, key) for key, item in value.items()}
        if "alt" in told:
            told["hash_lines"] = grouped(str(value["sha256"]))
        return told
    if isinstance(value, list):
        return [_settable(item, name) for item in value]
    return drawable(value) if isinstance(value, str) and name not in ("svg", "file", "id") else value
