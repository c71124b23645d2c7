"""Writes the index of a case folder: page, table, JSON, SARIF, and the lists of hashes that anybody can check."""

from pathlib import Path

from entirety.case.layout import INDEX
from entirety.model.case import Case
from entirety.report.case_record import item_record
from entirety.report.document import serialise
from entirety.report.record import Json
from entirety.report.write import write_bytes


def write_index(case: Case, folder: Path) -> None:
    """Write every file of the index. Raises OutputRefused."""
    by_hash = {item.sha256: item for item in case.items}
    items: list[Json] = []
    for entry in case.entries:
        item = by_hash.get(entry.sha256)
        more = item_record(item) if item else {}
        items.append(
            {
                "path": entry.path,
                "sha256": entry.sha256,
                "bytes": entry.size,
                "outcome": entry.fate.value,
                "reason": entry.reason,
                "answer": more.get("answer"),
                "findings": more.get("findings", []),
            }
        )
    write_bytes(folder / INDEX[2], serialise({"items": items}))
