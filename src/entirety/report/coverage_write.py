"""The folder of a comparison: coverage.json, the page, and a list of hashes; written file by file, never over anything else."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from entirety.errors import OutputRefused
from entirety.model.audit import RunRecord, Tool
from entirety.model.coverage import Coverage
from entirety.report.coverage_boundaries import Boundary
from entirety.report.coverage_html import coverage_page
from entirety.report.coverage_json import to_document
from entirety.report.document import serialise
from entirety.report.files import write_bytes, write_text
from entirety.report.names import MANIFEST
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

COVERAGE, PAGE = "coverage.json", "coverage.html"
OURS = frozenset({COVERAGE, PAGE, MANIFEST})
"""Everything that the folder of a comparison holds."""
LARGEST = 200 << 20
"""Bytes of an older coverage.json that are looked at."""


def write_coverage(
    coverage: Coverage, folder: Path, tool: Tool, run: RunRecord | None, ends: Sequence[Boundary], *, words: Catalogue
) -> bytes:
    """Write the folder and return coverage.json. Raises OutputRefused where that is not possible."""
    document = serialise(to_document(coverage, tool, run))
    sha256 = hashlib.sha256(document).hexdigest()
    page = coverage_page(coverage, tool, ends, sha256, words)
    write_bytes(folder / COVERAGE, document)
    write_bytes(folder / PAGE, page)
    write_text(folder / MANIFEST, f"{hashlib.sha256(page).hexdigest()}  {PAGE}\n{sha256}  {COVERAGE}\n")
    return document


def refuse_foreign(folder: Path, clip_sha256: str) -> None:
    """Raise OutputRefused where `folder` holds anything but a comparison of the clip with this hash."""
    if not folder.exists():
        return
    name = visible(folder.name)
    try:
        others = sorted(p.name for p in folder.iterdir() if p.name not in OURS and not p.name.endswith(".part"))
        old = folder / COVERAGE
        held = old.read_bytes() if old.exists() and old.stat().st_size <= LARGEST else b""
        recorded = json.loads(held)["clip"]["sha256"] if held else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise OutputRefused(
            f"{name} holds something that is no comparison of this program: choose another folder."
        ) from error
    if others:
        raise OutputRefused(
            f"{name} holds {visible(others[0])}, which is no part of a comparison: choose another folder."
        )
    if recorded not in (None, clip_sha256):
        raise OutputRefused(f"{name} holds the comparison of another clip: choose another folder.")
