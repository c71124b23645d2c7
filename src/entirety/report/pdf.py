"""The report as A4 pages in PDF: tagged for screen readers, typefaces inside, the same bytes every time.

The page description is fixed; everything about the clip reaches it as one JSON value of plain strings, so no text of the file can act as
markup. With a recorded run the result also meets the archive form PDF/A-2a, which demands a date; without, it meets PDF/UA-1 alone.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from entirety.errors import Environment
from entirety.read.page_setter import set_pages
from entirety.report.facts import grouped
from entirety.report.html import TEMPLATES
from entirety.report.record import Json
from entirety.report.view import View
from entirety.report.visible import drawable, visible


def to_pdf(view: View, folder: Path) -> bytes:
    """The pages as PDF bytes. `folder` is the report folder, where the stills lie under the paths that the view states.

    Raises Environment where the page setter fails, with what it said.
    """
    # A round trip through JSON leaves lists, texts and numbers only.
    data: Json = json.loads(json.dumps(asdict(view)))
    pages, texts = (TEMPLATES / "report.typ").read_text(encoding="utf-8"), json.dumps(_settable(data, ""))
    try:
        with _root(folder) as root:
            return set_pages(pages, texts, root, ["ua-1"] if view.date is None else ["a-2a", "ua-1"])
    except Environment as error:
        raise Environment(f"The PDF could not be made: {visible(str(error))}.") from error


@contextmanager
def _root(folder: Path) -> Iterator[str]:
    """A path to the stills that the page setter can take: it reads Unicode only, and a clip's name, hence its folder's, need not be any."""
    path = str(folder.absolute())
    if not any("\ud800" <= character <= "\udfff" for character in path):
        yield path
        return
    with TemporaryDirectory() as copy:
        if (folder / "stills").is_dir():
            shutil.copytree(folder / "stills", Path(copy) / "stills")
        yield copy


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
