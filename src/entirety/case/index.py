"""Writes the index of a case folder: page, table, JSON, SARIF, and the lists of hashes that anybody can check.

What is printed follows from the `Case` and from the measured error rates alone, so that it can be printed again and compared.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from entirety.case.layout import EVIDENCE, INDEX, MANIFEST
from entirety.knowledge.performance import table
from entirety.model.case import Case
from entirety.report.case_csv import case_csv
from entirety.report.case_json import case_document
from entirety.report.case_lists import sums
from entirety.report.case_page import case_page
from entirety.report.case_sarif import case_sarif
from entirety.report.document import serialise
from entirety.report.files import hash_of, listed, write_bytes
from entirety.report.names import MANIFEST as ITEM_MANIFEST


def write_index(case: Case, folder: Path) -> None:
    """Write every file of the index, the manifest last. Raises OutputRefused."""
    printed = print_index(case)
    for name, content in printed.items():
        write_bytes(folder / name, content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in printed.items()}
    write_bytes(folder / MANIFEST, sums(sorted({**hashes, **dict(_items(case, folder))}.items())))


def print_index(case: Case) -> Mapping[str, bytes]:
    """The files of the index by name: the same bytes every time."""
    page, rows, document, sarif = INDEX
    measured = table()
    master = serialise(case_document(case, measured))
    evidence = sums((entry.path, entry.sha256) for entry in case.entries if entry.sha256)
    return {
        document: master,
        page: case_page(case, measured, hashlib.sha256(master).hexdigest()),
        rows: case_csv(case),
        sarif: serialise(case_sarif(case)),
        EVIDENCE: evidence,
    }


def _items(case: Case, folder: Path) -> Iterator[tuple[str, str]]:
    """Files of the reports, by the hashes that were written down when they were written, and the pictures."""
    for item in case.items:
        own = f"{item.folder}/{ITEM_MANIFEST}"
        yield own, hash_of(folder / own)
        yield from ((f"{item.folder}/{name}", sha256) for name, sha256 in listed(folder / item.folder).items())
        if item.picture:
            yield item.picture, hash_of(folder / item.picture)
