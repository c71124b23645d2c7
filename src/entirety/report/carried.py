"""Which printed forms of a report carry the hash of the audit.json that lies beside them, and which carry another one."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from itertools import islice

from entirety.report.beside import Beside
from entirety.report.document import LARGEST
from entirety.report.names import AUDIT, FORM

STREAM = re.compile(rb"stream\r?\n")
"""Where a part of a PDF begins that may be packed."""

HASH = re.compile(rb"[0-9a-f]{64}")

MOST = 3
"""Attached audits that are unpacked; a PDF of ours has one."""

BEGIN = re.compile(rb"\{\s*\"schema_version\"")
"""Begin of an audit.json, as one is attached to a PDF."""


def carried(beside: Beside) -> dict[str, bool]:
    """By name of a printed form whether it carries the hash of audit.json as that is now; one that shows neither this nor another is absent."""
    now, found = beside.hashes[AUDIT], {}
    for name in sorted(beside.hashes):
        form, content = FORM.fullmatch(name), beside.content(name)
        if form is None or content is None:
            continue
        if form[2] == "html":
            if (same := now.encode("ascii") in content) or HASH.search(content):
                found[name] = same
        elif attached := [hashlib.sha256(one).hexdigest() for one in islice(_attached(content), MOST)]:
            found[name] = now in attached
    return found


def _attached(pdf: bytes) -> Iterator[bytes]:
    """Every audit.json inside a PDF. What else is packed in it is unpacked no further than its first bytes."""
    for match in STREAM.finditer(pdf):
        packed = memoryview(pdf)[match.end() :]
        try:
            unpack = zlib.decompressobj()
            if BEGIN.match(unpack.decompress(packed[:4096], 64)):
                yield zlib.decompressobj().decompress(packed, LARGEST)
        except zlib.error:
            if BEGIN.match(packed[:64]):
                yield bytes(packed[: pdf.find(b"endstream", match.end()) - match.end()]).rstrip(b"\r\n")
