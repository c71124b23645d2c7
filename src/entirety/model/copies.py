"""Copies that may lie beside an audit for looking at: what is not shown made playable, or the whole clip with its frames numbered.

None of them is evidence; each is named in the audit with its hash, so that it cannot be taken for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass

REVIEW = "review"
"""Role of the copy of the whole clip that any browser plays."""
REVIEW_FILE = "review-copy.mp4"


@dataclass(frozen=True, slots=True)
class Copy:
    """A playable copy of pictures, written beside the audit on request; never evidence itself."""

    role: str
    """Where they come from: `edit-list`, `orphan` or `track` for pictures that are not shown, coded as they are in the file; REVIEW for all
    that are shown, encoded anew."""
    stream: int
    """Index of the stream that they belong to, or whose settings decode them."""
    file: str
    """Path relative to the audit's folder."""
    file_sha256: str
    pictures: int
    """Coded pictures in the copy."""
    lead: int
    """Of these, pictures that are there only because others are built on them."""


def of_hidden(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """Those of what is not shown: a second analysis makes them again. Of the review copy another encoder makes other bytes, so only its hash is
    held against it.
    """
    return tuple(copy for copy in copies if copy.role != REVIEW)
