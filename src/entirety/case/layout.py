"""What lies where in a case folder: the names that scan, verify and bag share."""

from dataclasses import dataclass
from pathlib import Path

STATE = "case.sqlite"
"""What was done so far; everything else can be written again from it and from `items`."""
LOG = "scan.log"
"""What happened when, appended by every run; the only file here with a clock in it besides the run records in `items`."""
ITEMS = "items"
"""One report folder per content, named after its hash."""
PICTURES = "pictures"
"""Small pictures for the index page, one per item at most."""
HASHES = "hashes"
"""What the search for shared footage needs of each clip; can be deleted, and is read again then."""
FORMER = "former"
"""Reports on contents that the folder of evidence does not hold any more, or that a later scan could not audit; no list holds them."""
WORK = "work"
"""What is being written; whatever lies here after an interruption is thrown away."""
REPORT = "report"
"""Folder of a report within that of the job that writes it."""
INDEX = ("index.html", "index.csv", "index.json", "index.sarif")
MANIFEST = "manifest-sha256.txt"
"""Every file of the case folder but itself, STATE, LOG, HASHES, FORMER and WORK, in the form that `sha256sum -c` reads there."""
EVIDENCE = "evidence-sha256.txt"
"""Every file of the evidence that could be read, in the form that `sha256sum -c` reads in the folder of evidence."""

ID = 32
"""Hexadecimal digits of the content's SHA-256 that name its folder: 128 bits, so that no two files can be made to share one."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders of a scan, neither inside the other."""

    evidence: Path
    """Only ever read."""
    case: Path
    """The only place that is written to."""


def item_folder(sha256: str) -> str:
    """Of the report on the content with this hash, relative to the case folder."""
    return f"{ITEMS}/{sha256[:ID]}"


def picture_file(sha256: str) -> str:
    """Of the small picture of this content, relative to the case folder."""
    return f"{PICTURES}/{sha256[:ID]}.jpg"
