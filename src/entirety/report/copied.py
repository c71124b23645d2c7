"""Working copies, and numbers of pictures besides the listed ones, as JSON values and back.

The first audits of this schema version have neither: a document has both, or it was written by a program that did not look for them.
"""

import re

from entirety.model.copies import REVIEW, REVIEW_FILE, Copy
from entirety.report.part import Part
from entirety.report.rates import SHA256
from entirety.report.record import Object

COPY_FILE = re.compile(r"hidden-(edit-list|orphan|track)-\d{1,4}\.mkv|review-copy\.mp4")
"""The only names such a copy can have, so that no saved audit can point outside its folder."""
ROLE = re.compile(r"edit-list|orphan|track|review")


def copy_part(copy: Copy) -> Object:
    return {
        "role": copy.role,
        "stream": int(copy.stream),
        "file": copy.file,
        "file_sha256": copy.file_sha256,
        "pictures": int(copy.pictures),
        "lead": int(copy.lead),
    }


def copies_of(top: Part) -> tuple[Copy, ...]:
    """The copies of a document; none where it knows of no such thing."""
    return top.each("copies", _copy) if "copies" in top.names() else ()


def further_of(finding: Part, top: Part) -> tuple[int, ...]:
    """Numbers of the pictures that a finding cites. Raises CannotOpen where the rest of the document says that there must be some, or none."""
    if "copies" in top.names():
        return finding.wholes("further")
    if "further" in finding.names():
        raise top.wrong("copies")
    return ()


def _copy(part: Part) -> Copy:
    role, file = part.shaped("role", ROLE), part.shaped("file", COPY_FILE)
    if (role == REVIEW) != (file == REVIEW_FILE):
        raise part.wrong("file")
    return Copy(
        role=role,
        stream=part.count("stream"),
        file=file,
        file_sha256=part.shaped("file_sha256", SHA256),
        pictures=part.count("pictures"),
        lead=part.count("lead"),
    )
