"""What a C2PA manifest in a file states, and whether its own checksums hold.

A manifest is a signed statement that cameras, programs and services can put into a file: who wrote it and what was done to the
picture. It says what its signer says, no more; most files have none.
"""

from dataclasses import dataclass
from enum import Enum


class Reading(Enum):
    """How far the manifest could be read."""

    VALID = "valid"
    """The signature fits the statement, and the checksums in it fit the file."""
    INVALID = "invalid"
    """At least one of them does not: the program that reads it found a mismatch in this file's own statement."""
    UNDECIDED = "undecided"
    """No mismatch in this file's own statement, but something else was reported: of an earlier file's, or not understood."""
    UNREADABLE = "unreadable"
    """The library gave up on it."""
    NOT_INSTALLED = "not installed"
    """The library that reads manifests is not there."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a manifest says was done."""

    name: str
    """As in the specification: `c2pa.edited`, `c2pa.cropped`."""
    program: str
    """What is said to have done it; empty where not stated."""
    when: str
    own: bool
    """Stated by the manifest of this very file; otherwise by that of a file that it was made from."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The manifest store of one file. All texts were written by somebody else: printable, at most 200 characters."""

    reading: Reading
    places: tuple[tuple[int, int], ...]
    """Byte ranges [start, end) of the blocks that hold it."""
    signer: str = ""
    """Name in the certificate that signed it; nobody vouches for it here."""
    issuer: str = ""
    signed: str = ""
    """Time of signing as stated, ISO 8601."""
    program: str = ""
    """What made the statement."""
    actions: tuple[Action, ...] = ()
    """At most 100, own ones first."""
    sources: tuple[str, ...] = ()
    """Digital source types that actions state, the last part of each address."""
    failures: tuple[str, ...] = ()
    """Codes of the specification for what does not fit in this file's own statement, each once, sorted."""
    remarks: tuple[str, ...] = ()
    """Other codes that are reported as failures: of the statements of earlier files, or of what was not understood; likewise."""
    manifests: int = 0
    """This file's own and those of the files that it was made from."""
    library: str = ""
    """Name and version."""
