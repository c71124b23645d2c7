"""Reads the index of a case folder as input that anybody may have written, and holds it against what it was drawn from.

The list of hashes in a case folder can be written anew by whoever changes a file there. So what the index says of a clip is held against
the report on that clip, and what it says of the evidence against the second list of hashes, which `sha256sum` reads.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entirety.case.jobs import tool_of
from entirety.case.layout import EVIDENCE, INDEX
from entirety.case.sums import inside, open_itself, read_sums, reason
from entirety.errors import CannotOpen
from entirety.model.audit import Tool
from entirety.model.case import Entry, Fate, Item
from entirety.report.part import MOST
from entirety.report.rates import SHA256

DOCUMENT = next(name for name in INDEX if name.endswith(".json"))

LARGEST = 512 << 20
"""Bytes of an index.json that are read. A thousand clips of many findings take some 50 MB; beyond this it is not ours."""

MOST_REFUSED = 20
"""Entries that are no entry and are named one by one; the rest are counted."""

UNHASHED = frozenset({Fate.EMPTY, Fate.LINK, Fate.SPECIAL})
"""What has no bytes to be hashed."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the index says of one name in the folder of evidence, and of the audit of its content, where there is one."""

    entry: Entry
    answer: str
    sentence: str
    findings: tuple[tuple[str, str, str], ...]
    """Id, weight and claim of each that is listed."""
    more: int
    """Findings beyond those."""
    report: str

    @property
    def path(self) -> str:
        """Relative; bytes that are no text stand as lone surrogates."""
        return self.entry.path

    @property
    def sha256(self) -> str:
        """Empty where it has none: what is no file, is empty, or could not be read."""
        return self.entry.sha256


@dataclass(frozen=True, slots=True)
class Index:
    """What the index says, and what in it makes no sense."""

    files: dict[str, Named]
    """By path, in the order of the index."""
    differences: tuple[str, ...]
    document: dict[str, Any] = field(default_factory=dict)
    """All of it as it was read."""

    @property
    def tool(self) -> Tool | None:
        """The program that wrote it; None where it does not say so in a form that makes sense."""
        try:
            tool = tool_of(self.document["tool"])
        except (KeyError, TypeError, ValueError, RecursionError):
            return None
        return tool if all(isinstance(text, str) for text in (tool.name, tool.version, tool.decoder)) else None

    @property
    def clips(self) -> dict[str, Named]:
        """The audited contents by hash, each under the first of its names."""
        audited: dict[str, Named] = {}
        for one in self.files.values():
            if one.entry.fate is Fate.AUDITED:
                audited.setdefault(one.sha256, one)
        return audited


def read_index(case: Path) -> Index:
    """The index of a case folder. Raises CannotOpen where there is none that could be ours."""
    document = _document(case / DOCUMENT)
    entries = document.get("items") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise CannotOpen(f"{DOCUMENT} is no index that this program wrote: it lists no items.")
    files: dict[str, Named] = {}
    refused: list[str] = []
    for number, entry in enumerate(entries):
        try:
            one = _named(entry)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            refused.append(f"entry {number} of {DOCUMENT} is none that this program wrote: {_why(error)}")
            continue
        if files.setdefault(one.path, one) is not one:
            refused.append(f"entry {number} of {DOCUMENT} lists {one.path} a second time")
    rest = len(refused) - MOST_REFUSED
    more = [f"{DOCUMENT} has {rest:,} further entries that are none"] if rest > 0 else []
    return Index(files, (*refused[:MOST_REFUSED], *more, *_contradictions(files)), document)


def _contradictions(files: Mapping[str, Named]) -> Iterator[str]:
    """A sentence for each name that has the bytes of another one, and of which the index says other things."""
    firsts: dict[str, Named] = {}
    for one in files.values():
        if one.sha256 and _said(first := firsts.setdefault(one.sha256, one)) != _said(one):
            yield f"{one.path} has the bytes of {first.path}, and {DOCUMENT} does not say the same of both"


def _said(one: Named) -> tuple[object, ...]:
    """What follows from the bytes alone."""
    entry = one.entry
    return entry.size, entry.fate, entry.reason, one.answer, one.sentence, one.findings, one.more, one.report


def _document(path: Path) -> Any:
    try:
        with open_itself(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise CannotOpen(f"{DOCUMENT} is no index that this program wrote: it is larger than any.")
            content = file.read(LARGEST)
    except OSError as error:
        raise CannotOpen(f"{DOCUMENT} cannot be read: {reason(error)}.") from error
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CannotOpen(f"{DOCUMENT} is no index that this program wrote: {str(error)[:200]}.") from error


def _named(entry: Any) -> Named:
    """One entry. Raises KeyError, TypeError or ValueError where it is none."""
    if not isinstance(entry, dict):
        raise TypeError("it is no object")
    digits, fate = entry.get("path_bytes"), Fate(_text(entry["outcome"]))
    sha256 = "" if entry["sha256"] is None else _text(entry["sha256"])
    audited = fate is Fate.AUDITED
    path = _text(entry["path"]) if digits is None else bytes.fromhex(digits).decode("utf-8", "surrogateescape")
    path.encode("utf-8", "surrogateescape")  # no name on a disk holds any other character that is none
    if not inside(path):
        raise ValueError(f"{path[:200]} lies outside the folder of evidence")
    if sha256 and SHA256.fullmatch(sha256) is None:
        raise ValueError("its SHA-256 is none")
    if audited and not sha256:
        raise ValueError("it was audited and has no SHA-256")
    if fate in UNHASHED and sha256:
        raise ValueError(f"its outcome is {fate.value} and it has a SHA-256")
    found = Entry(
        path,
        _count(entry["bytes"]),
        sha256,
        fate,
        _text(entry["reason"]),
        entry["named_as_video"] is True,
    )
    return Named(
        found,
        _text(entry["answer"]) if audited else "",
        _text(entry["sentence"]) if audited else "",
        tuple((_text(one["id"]), _text(one["weight"]), _text(one["claim"])) for one in entry["findings"]),
        _count(entry["more_findings"]),
        _text(entry["report"]) if audited else "",
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is none")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST:
        raise TypeError("a number is none")
    return value


def _why(error: Exception) -> str:
    return f"it has no {error.args[0]}" if isinstance(error, KeyError) and error.args else str(error)[:300]


def against_list(index: Index, case: Path) -> Iterator[str]:
    """A sentence for each file that the index and the list of hashes of the evidence do not say the same of."""
    try:
        sums = read_sums(case / EVIDENCE)
    except CannotOpen as error:
        yield f"the index cannot be held against {EVIDENCE}: {error}"
        return
    yield from sums.refused
    indexed: Mapping[str, str] = {path: one.sha256 for path, one in index.files.items() if one.sha256}
    for path in sorted(indexed.keys() | sums.listed.keys()):
        if indexed.get(path) != sums.listed.get(path):
            yield f"{path}: {DOCUMENT} and {EVIDENCE} do not say the same of it"


def against_audit(one: Named, item: Item) -> Iterator[str]:
    """A sentence for each thing that the index says of a clip and its report, drawn up anew as `item`, does not."""
    if item.sha256 != one.sha256:
        yield f"{item.folder} holds the report on another file than {DOCUMENT} says: its SHA-256 is {item.sha256}"
        return
    if one.answer != item.answer.value:
        yield f"{one.path}: {DOCUMENT} gives the answer as {one.answer[:80]}, its report as {item.answer.value}"
    if one.sentence != item.sentence:
        yield f"{one.path}: {DOCUMENT} gives the answer in other words than its report"
    said, is_so = len(one.findings) + one.more, len(item.findings) + item.more
    if said != is_so:
        yield f"{one.path}: {DOCUMENT} counts {said:,} findings, its report {is_so:,}"
    elif one.findings != tuple((each.id, each.weight.value, each.claim) for each in item.findings):
        yield f"{one.path}: {DOCUMENT} lists other findings than its report"
    if one.report != f"{item.folder}/report.html":
        yield f"{one.path}: {DOCUMENT} names another report than {item.folder}/report.html"
