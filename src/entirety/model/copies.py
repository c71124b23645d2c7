"""Working copies that may lie beside an audit: small files that a player can open, made for looking at what is not shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """A playable working copy of pictures that are not shown, written beside the audit on request; never evidence itself."""

    role: str
    """Where they come from: `edit-list`, `orphan` or `track`."""
    stream: int
    """Index of the stream that they belong to, or whose settings decode them."""
    file: str
    """Path relative to the audit's folder."""
    file_sha256: str
    pictures: int
    """Coded pictures in the copy."""
    lead: int
    """Of these, pictures that are there only because others are built on them."""
